"""Changing the groups on the Teams page: one short form at a time, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import streamlit as st

from maturity import group_targets, grouping, words
from maturity.group import ALWAYS, TOP, Group, Organisation, Tree
from maturity.group_targets import Scope
from maturity.quarter import Quarter
from maturity.team import Team
from maturity.ui import regroup_forms as forms
from maturity.ui.choice import Context
from maturity.ui.layout import escape
from maturity.ui.notices import careful, with_undo


class Action(StrEnum):
    """What can be done here, as its button says it."""

    ADD = "Add a group"
    FILL = "Put teams here"
    TARGET = "Set target"
    RENAME = "Rename"
    MOVE = "Move"
    MERGE = "Merge"
    SPLIT = "Split"
    ARCHIVE = "Archive"


def changes(
    context: Context,
    organisation: Organisation,
    tree: Tree,
    group: str,
    teams: Sequence[Team],
) -> None:
    """The buttons of what can be changed, and the form of the one that is chosen."""
    options = list(Action) if group else [Action.ADD, Action.TARGET]
    if not group and not tree.groups and not tree.labels:
        _form(context, Action.ADD, group, lambda at: forms.add(at))
        return
    chosen = st.pills(
        "Change this group" if group else "Change the groups",
        options,
        key=_picker(group),
        format_func=lambda action: _label(action, group),
        label_visibility="collapsed",
    )
    draw: dict[Action, Callable[[str], None]] = {
        Action.ADD: lambda at: forms.add(at),
        Action.FILL: lambda at: forms.fill(at, tree, group, teams),
        Action.TARGET: lambda at: forms.target(context, at, tree, group),
        Action.RENAME: lambda at: forms.rename(at, tree, group),
        Action.MOVE: lambda at: forms.into(at, tree, group, "Move into", top=True),
        Action.MERGE: lambda at: forms.into(
            at, tree, group, "Merge it into", top=False
        ),
        Action.SPLIT: lambda at: forms.split(at, tree, group, teams),
        Action.ARCHIVE: lambda at: forms.archive(at),
    }
    if chosen is not None:
        _form(context, chosen, group, draw[chosen])


def _label(action: Action, group: str) -> str:
    return "Add a group inside" if action is Action.ADD and group else action.value


def _picker(group: str) -> str:
    return f"change-{group}"


def _form(
    context: Context, action: Action, group: str, draw: Callable[[str], None]
) -> None:
    """A form whose fields are found again by the place in their keys."""
    at = f"{action.name}/{group}"
    with st.form(f"form/{at}", border=False):
        draw(at)
        st.form_submit_button(
            _label(action, group),
            type="primary",
            key=f"do/{at}",
            on_click=_act,
            args=(context, action, group, at),
        )


# What a form does


@dataclass(frozen=True)
class _Given:
    """What was typed and chosen in a form."""

    context: Context
    group: str
    at: str

    def text(self, field: str) -> str:
        return str(self._field(field) or "")

    @property
    def since(self) -> Quarter:
        since = self._field("since")
        return since if isinstance(since, Quarter) else Quarter.current()

    @property
    def by(self) -> Quarter | None:
        by = self._field("by")
        return by if isinstance(by, Quarter) else None

    @property
    def level(self) -> int | None:
        level = self._field("level")
        return level if isinstance(level, int) else None

    @property
    def teams(self) -> list[str]:
        chosen = self._field("teams")
        return [str(team) for team in chosen] if isinstance(chosen, list) else []

    def _field(self, field: str) -> object:
        return st.session_state.get(f"{self.at}/{field}")


@careful
def _act(context: Context, action: Action, group: str, at: str) -> None:
    """Do what the form says; a refusal is said and leaves the form as it is."""
    given, by = _Given(context, group, at), context.person()
    service, since = context.service, given.since
    tree = service.store.tree(Quarter.current())
    label, parent = tree.label(group), tree.parents.get(group, TOP)
    into = given.text("into")
    match action:
        case Action.ADD:
            name = given.text("name")
            done = grouping.create(service, name, group, since, by)
            said = f"{name} is here"
        case Action.FILL:
            done = grouping.move_teams(service, given.teams, group, since, by)
            said = f"{words.count(len(given.teams), 'team')} moved to {label}"
        case Action.TARGET:
            _aim(given, by)
            _close(given)
            return
        case Action.RENAME:
            done = grouping.rename(service, group, given.text("name"), by)
            said = f"{label} has its new name"
        case Action.MOVE:
            done = grouping.move_group(service, group, into, since, by)
            said = f"{label} moved to {tree.label(into) or 'the first level'}"
        case Action.MERGE:
            done = grouping.merge(service, group, into, since, by)
            said = f"{label} was merged into {tree.label(into)}"
        case Action.SPLIT:
            name = given.text("name")
            done = grouping.split(service, group, name, given.teams, since, by)
            said = f"{name} was split off {label}"
        case Action.ARCHIVE:
            done = grouping.archive(service, group, since, by)
            said = f"{label} was archived"
    if action is not Action.RENAME:
        said += f" {holds_from(since)}"
    remember(f"{said}.", partial(grouping.put_back, done=done))
    if group and group not in service.store.tree(Quarter.current()).groups:
        st.session_state["_group"] = done.group if done.group != group else parent
    _close(given)


def _close(given: _Given) -> None:
    _clear(given)
    st.session_state[_picker(given.group)] = None


def _clear(given: _Given) -> None:
    for key in [k for k in st.session_state if str(k).startswith(f"{given.at}/")]:
        del st.session_state[key]


def holds_from(since: Quarter) -> str:
    """From Q4 2026 on."""
    return "in every quarter" if since == ALWAYS else f"from {since.label} on"


def _aim(given: _Given, by: str) -> None:
    """Set the target, and remember the one that held until now."""
    service, model = given.context.service, given.context.model
    category = given.text("category")
    level, until = given.level, given.by
    scope = Scope(given.group, given.text("label"))
    known = group_targets.target_of(service, scope, model, Quarter.current())
    before = known.every().get(category)
    group_targets.set_target(service, scope, model, category, level, until, by)
    back = partial(
        group_targets.set_target,
        scope=scope,
        model=model,
        category=category,
        level=before.level if before else None,
        by_quarter=before.by if before else None,
    )
    remember("The target was saved." if level else "The target was removed.", back)


# One team


def team_button(team: Team) -> None:
    """Opens and closes the form that moves a team, one at a time."""
    st.button(
        "Move",
        key=f"move-{team.id}",
        icon=":material/drive_file_move:",
        help="Into another group, or out of its group.",
        on_click=_moving,
        args=(team.id,),
    )


def _moving(team: str) -> None:
    opened = st.session_state.get("_moving") == team
    st.session_state["_moving"] = "" if opened else team


def team_form(context: Context, team: Team, tree: Tree) -> None:
    """Where to, and from when on; nothing while another team's is open."""
    if st.session_state.get("_moving") != team.id:
        return
    at = f"TEAM/{team.id}"
    with st.form(f"form/{at}", border=False):
        forms.place(at, tree, team)
        st.form_submit_button(
            f"Move {escape(team.name)}",
            type="primary",
            key=f"do/{at}",
            on_click=_place,
            args=(context, team, at),
        )


@careful
def _place(context: Context, team: Team, at: str) -> None:
    given, by = _Given(context, TOP, at), context.person()
    into, since, service = given.text("into"), given.since, context.service
    done = grouping.move_teams(service, [team.id], into, since, by)
    label = service.store.tree(Quarter.current()).label(into)
    went = f"moved to {label}" if label else "is in no group"
    remember(
        f"{team.name} {went} {holds_from(since)}.",
        partial(grouping.put_back, done=done),
    )
    _clear(given)
    st.session_state.pop("_moving")


# The way back


def remember(said: str, back: Callable[..., object]) -> None:
    """Say what was changed, and keep the way back until the next change."""
    st.session_state["_regrouped"] = (said, back)
    st.toast(escape(said), icon=":material/check_circle:")


def said(context: Context) -> None:
    """What was changed last in this session, and the button that takes it back."""
    text, back = st.session_state.get("_regrouped", ("", None))
    if back is None:
        return
    with_undo(escape(text), "undo-groups", None, _undo, context, back)


@careful
def _undo(context: Context, back: Callable[..., object]) -> None:
    st.session_state.pop("_regrouped", None)
    back(context.service, by=context.person())
    st.toast("That is as it was before.", icon=":material/undo:")


def archived(context: Context, organisation: Organisation) -> None:
    """The groups that have ended, each with its way back."""
    now = Quarter.current()
    for group in grouping.archived(organisation, now):
        last = organisation.stays(group.id)[-1].since
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            st.markdown(
                f"{escape(group.name)} :gray[· a group until {last.shift(-1).label}]",
                width="content",
            )
            st.button(
                "Restore",
                key=f"restore-{group.id}",
                icon=":material/unarchive:",
                on_click=_restore,
                args=(context, group),
            )


@careful
def _restore(context: Context, group: Group) -> None:
    now = Quarter.current()
    done = grouping.restore(context.service, group.id, now, context.person())
    remember(
        f"{group.name} is back {holds_from(now)}.",
        partial(grouping.put_back, done=done),
    )
