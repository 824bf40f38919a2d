"""The Teams page: forms that add and describe a team, and what a row offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

import streamlit as st

from maturity import backup, grouping, labelling, words
from maturity.group import ALWAYS, TOP, Tree
from maturity.practice import Serving
from maturity.quarter import Quarter
from maturity.service import RefusedError
from maturity.team import NAME_LENGTH, SIZES, NameRefusedError, Team, folded
from maturity.ui import labels, regrouping
from maturity.ui.choice import Context
from maturity.ui.layout import escape
from maturity.ui.notices import careful
from maturity.ui.paging import page_of

SERVING = {
    "": "Not said",
    "real-time": "Real-time",
    "batch": "Batch",
    "both": "Real-time and batch",
}
FEW = 10
"""Teams that are found without a search."""


def create(
    context: Context,
    name: str,
    *,
    group: str = TOP,
    labelled: Sequence[str] = (),
    **attributes: str,
) -> bool:
    """Add a team and choose it; a refused name is shown where it was typed.

    In a group it is as long as the group is there without a break.
    """
    serving, by = attributes.get("serving", ""), context.person()
    try:
        labels.check(labelled)
        team = context.service.store.add_team(
            name,
            domain=attributes.get("domain", "").strip(),
            size=attributes.get("size", ""),
            serving=_serving(serving),
            by=by,
        )
    except NameRefusedError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return False
    try:
        if group:
            since = context.organisation().begun(group, Quarter.current())
            grouping.move_teams(context.service, [team.id], group, since, by)
        labelling.relabel(context.service, team.id, labelled, ALWAYS, by)
    except RefusedError as error:  # somebody archived the group at this moment
        st.session_state["_notice"] = str(error)
    st.session_state["_team"] = team.id
    for slot in ("_quarter_read", "_quarter_assess", "_step"):
        st.session_state.pop(slot, None)
    return True


def _serving(text: str) -> Serving:
    known: tuple[Serving, ...] = get_args(Serving)
    return next((serving for serving in known if serving == text), "")


def add_form(context: Context) -> None:
    with st.form("add-team", border=False, clear_on_submit=False):
        name = st.text_input("Name", max_chars=NAME_LENGTH, key="new_name")
        group = _group(context)
        domain, size, serving = _attributes("new", Team("", ""))
        labelled = labels.field("new", context.organisation().tree(Quarter.current()))
        about = {"domain": domain, "size": size, "serving": serving}
        if st.form_submit_button("Add team", type="primary") and create(
            context, name, group=group, labelled=labelled, **about
        ):
            st.toast("Team added.", icon=":material/check_circle:")
            st.rerun()


def _group(context: Context) -> str:
    """The group of a new team, where there are groups; usually the one looked at."""
    tree = context.organisation().tree(Quarter.current())
    if not tree.groups:
        return TOP
    options = [TOP, *tree.groups]
    usual = context.group if context.group in options else TOP
    chosen: str = st.selectbox(
        "Group",
        options,
        index=options.index(usual),
        key=f"new_group/{usual}",
        format_func=lambda group: tree.label(group) or "None",
    )
    return chosen


def listing(context: Context, teams: Sequence[Team], tree: Tree) -> None:
    """The teams of the group that is looked at, found by name, a part at a time."""
    inside = list(teams)
    if context.group in tree.groups:
        ids = tree.teams_of(context.group)
        inside = [team for team in teams if team.id in ids]
    if len(inside) > FEW:
        typed = st.text_input(
            "Find a team",
            key="find_team",
            placeholder="Part of its name, a label, or of what it works on",
        )
        wanted = folded(typed)
        inside = [
            team
            for team in inside
            if any(
                wanted in folded(text)
                for text in (team.name, team.domain, *tree.labels.get(team.id, ()))
            )
        ]
        if not inside:
            st.markdown(
                f"No team here has {escape(typed)} in its name, its labels or what it "
                "works on. Clear the search to see all."
            )
    elif not inside and context.group in tree.groups:
        st.markdown("No team is in this group. **Put teams here** above adds some.")
    for team in page_of(inside, "teams_part", "teams"):
        with st.container(border=True, key=f"team-{team.id}"):
            row(context, team, tree)


def _attributes(prefix: str, team: Team) -> tuple[str, str, str]:
    """What makes teams comparable later; none of it is required."""
    with st.grid(3, min_column_width=180, gap="small"):
        domain = st.text_input(
            "What it works on",
            value=team.domain,
            max_chars=60,
            key=f"{prefix}_domain",
            placeholder="As in: fraud, search",
        )
        size = st.selectbox(
            "Size",
            SIZES,
            index=SIZES.index(team.size) if team.size in SIZES else 0,
            format_func=lambda size: size or "Not said",
            key=f"{prefix}_size",
        )
        serving = st.selectbox(
            "Predictions are made",
            list(SERVING),
            index=list(SERVING).index(team.serving),
            format_func=SERVING.__getitem__,
            key=f"{prefix}_serving",
            help="A question that is only about the other way is not asked, and counts "
            "as not applicable. No answer is lost when you change this, and submitted "
            "quarters stay as they are.",
        )
    return domain, size, serving


def row(context: Context, team: Team, tree: Tree) -> None:
    """One team: what it is, and what can be done with it."""
    movable = bool(tree.groups) and tree.quarter == Quarter.current()
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        with st.container(gap=None, width="content"):
            badge = " :orange-badge[Demo data]" if team.demo else ""
            st.markdown(f"**{escape(team.name)}**{badge}")
            about = [team.domain, team.size, SERVING[team.serving]]
            said = [text for text in about if text and text != "Not said"]
            st.caption(escape(" · ".join(said)) or "Nothing said about it yet")
            if group := tree.group_of(team.id):
                st.caption(f":material/account_tree: {escape(tree.label(group.id))}")
            if its := tree.labels.get(team.id):
                st.markdown(labels.badges(its))
        with st.container(horizontal=True, width="content", gap="xsmall"):
            with st.popover("Change", icon=":material/edit:"):
                _change_form(context, team)
            if movable:
                regrouping.team_button(team)
            st.button(
                "Archive",
                key=f"archive-{team.id}",
                icon=":material/archive:",
                help=f"Takes {escape(team.name)} out of the pickers. Nothing is "
                "deleted, and you can restore it.",
                on_click=_do(context.service.store.archive_team, team, context),
            )
    if movable:
        regrouping.team_form(context, team, tree)


def archived_row(context: Context, team: Team) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        since = f" · since {words.day(team.archived_at)}" if team.archived_at else ""
        st.markdown(f"{escape(team.name)} :gray[{since}]", width="content")
        st.button(
            "Restore",
            key=f"restore-{team.id}",
            icon=":material/unarchive:",
            on_click=_do(context.service.store.restore_team, team, context),
        )


def back_up(context: Context) -> None:
    """Everything that is stored, in one file to keep somewhere else."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        with st.container(gap=None, width="content"):
            st.markdown("**Back up everything**")
            st.caption(
                "All teams with their history, people, plans and added models, in one "
                "file. `mlops-maturity restore` puts it into an empty database."
            )
        st.download_button(
            "Download a backup",
            lambda: b"".join(backup.lines(context.service.store)),
            file_name=backup.file_name(),
            mime="application/jsonl",
            key="download-backup",
            icon=":material/download:",
            on_click="ignore",
        )


def _do(
    change: Callable[[str, str], Team], team: Team, context: Context
) -> Callable[[], None]:
    @careful
    def act() -> None:
        changed = change(team.id, context.person())
        if changed.archived_at and st.session_state.get("_team") == team.id:
            # Whoever archives the team on screen goes on with another one.
            st.session_state["_team"] = None

    return act


def _change_form(context: Context, team: Team) -> None:
    with st.form(f"change-{team.id}", border=False):
        name = st.text_input(
            "Name", value=team.name, max_chars=NAME_LENGTH, key=f"name-{team.id}"
        )
        domain, size, serving = _attributes(team.id, team)
        chosen, since = labels.fields(context, team)
        if not st.form_submit_button("Save"):
            return
        store, by = context.service.store, context.person()
        try:
            labels.check(chosen)
            if name != team.name:
                store.rename_team(team.id, name, by)
            store.describe_team(team.id, domain.strip(), size, _serving(serving), by)
            labels.save(context, team, chosen, since)
        except (NameRefusedError, RefusedError) as error:
            st.error(escape(str(error)), icon=":material/error:")
            return
        st.rerun()
