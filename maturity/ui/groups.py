"""The groups on the Teams page: which one is looked at, what it holds and aims for.

Changing them is `regrouping.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from maturity import group_targets, group_words, words
from maturity.group import ALWAYS, BELOW, TOP, Organisation, Tree
from maturity.group_rules import absent
from maturity.group_targets import Progress, Toward
from maturity.quarter import Quarter
from maturity.team import Team
from maturity.ui import glossary, menu, regrouping
from maturity.ui.choice import OLDEST, Context
from maturity.ui.layout import escape, section
from maturity.ui.paging import page_of

AHEAD = 4
"""Quarters that can be looked at, and planned, before they begin."""


def panel(context: Context, teams: Sequence[Team]) -> Tree:
    """The groups of a quarter, one of them opened; gives back the tree shown."""
    organisation = context.organisation()
    now = Quarter.current()
    regrouping.said(context)
    with st.grid(2, min_column_width=240, gap="small"):
        picking = st.container()
        quarter = _quarter(organisation, now)
    tree = organisation.tree(quarter)
    active = {team.id for team in teams}
    with picking:
        _pick(context, tree)
    group = context.group if context.group in tree.groups else TOP
    if context.group and not group:
        st.info(escape(absent(organisation, context.group, quarter)))
    _up(tree, group)
    _title(tree, group, active)
    if group:
        _portfolio(context, group)
    _targets(context, tree, group)
    _inside(tree, group, active)
    if quarter == now:
        regrouping.changes(context, organisation, tree, group, teams)
    else:
        st.caption(
            f"These are the groups of {quarter.label}. Go back to {now.label} to "
            "change something: each change asks from which quarter on it holds."
        )
    return tree


def _pick(context: Context, tree: Tree) -> None:
    options = [TOP, *tree.groups]
    st.session_state["pick_group"] = context.group if context.group in options else TOP
    st.selectbox(
        "Group",
        options,
        key="pick_group",
        format_func=lambda group: tree.label(group) or "All teams",
        on_change=lambda: open_group(st.session_state["pick_group"]),
    )


def open_group(group: str) -> None:
    """Look at another group, or at all teams; a callback."""
    st.session_state["_group"] = group
    for slot in ("groups_part", "teams_part", "find_team"):
        st.session_state.pop(slot, None)


def _quarter(organisation: Organisation, now: Quarter) -> Quarter:
    """Which quarter's groups are shown: today's, unless somebody looks elsewhere."""
    near = {now.shift(ahead) for ahead in range(-OLDEST, AHEAD + 1)}
    begins = set(organisation.starts(ALWAYS)) - {ALWAYS}
    options = sorted(near | begins, reverse=True)
    return st.selectbox(
        "Groups as of",
        options,
        key="groups_of",
        index=options.index(now),
        format_func=lambda q: f"{q.label} (now)" if q == now else q.label,
    )


def _up(tree: Tree, group: str) -> None:
    """The ways to the groups above, and to all teams."""
    if not group:
        return
    with st.container(horizontal=True, gap="small"):
        for parent in (TOP, *(g.id for g in tree.path(group)[:-1])):
            st.button(
                escape(tree.groups[parent].name) if parent else "All teams",
                key=f"up-{parent}",
                type="tertiary",
                icon=":material/arrow_upward:",
                on_click=open_group,
                args=(parent,),
            )


def _title(tree: Tree, group: str, active: Collection[str]) -> None:
    """What is looked at, and how much is in it."""
    groups = len(tree.under(group)) - 1 if group else len(tree.groups)
    if group:
        teams = len(tree.teams_of(group) & set(active))
        title = escape(tree.label(group))
        if tree.groups[group].demo:
            title += " :orange-badge[Demo data]"
    else:
        teams = len(active)
        title = "Groups of teams" if groups else "No groups yet"
    if not tree.groups:
        section(
            title,
            "Groups are departments, products or whatever your organisation calls "
            "them, one inside another, up to three deep. A past quarter keeps the "
            "groups of then.",
        )
        return
    said = [words.count(teams, "team"), words.count(groups, "group")]
    if not group and (alone := len(set(active) - tree.members.keys())):
        said.append(f"{words.count(alone, 'team')} in no group")
    section(title, " · ".join(said), help=None if group else glossary.meaning("group"))


def _portfolio(context: Context, group: str) -> None:
    """The way to how the teams of the group stand; none where there is no team."""
    if context.chosen is None:
        return
    with st.container(key="more-portfolio", width="content"):
        st.page_link(
            menu.PORTFOLIO,
            label="See its portfolio",
            icon=":material/arrow_forward:",
            icon_position="right",
            query_params={
                "team": context.chosen.id,
                "model": context.model,
                "group": group,
            },
        )


def _inside(tree: Tree, group: str, active: Collection[str]) -> None:
    """The groups below, each a button that opens it."""
    above = len(tree.path(group))
    inside = tree.under(group) - {group} if group else tree.groups.keys()
    below = [g for g in tree.groups if g in inside]
    shown = page_of(below, "groups_part", "groups")
    with st.container(gap=None):
        for each in shown:
            _row(tree, each, above, active)


def _row(tree: Tree, group: str, above: int, active: Collection[str]) -> None:
    """A group as a button that opens it, named from the group on screen down."""
    path = [escape(g.name) for g in tree.path(group)[above:]]
    label = " ".join(
        [*(f":gray[{name}{BELOW.rstrip()}]" for name in path[:-1]), path[-1]]
    )
    teams = words.count(len(tree.teams_of(group) & set(active)), "team")
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        gap="small",
    ):
        st.button(
            label,
            key=f"open-{group}",
            type="tertiary",
            on_click=open_group,
            args=(group,),
        )
        st.caption(teams, width="content")


def _targets(context: Context, tree: Tree, group: str) -> None:
    """What the group, or everybody, aims for by the chosen model, and who is there."""
    library = context.service.library
    if context.model not in library.models:
        return
    model = library.models[context.model]
    known = group_targets.targets(context.service, context.model, tree.quarter)
    for scope, targets in known.items():
        if scope.group != group:
            continue
        name = model.short_name
        if scope.label or not group:
            who = group_words.every_team(label=scope.label)
            name = f"{who} through {name}"
        for category, aim in targets.every().items():
            found = group_targets.progress(
                context.service, tree, scope, context.model, category, aim
            )
            goal = group_words.target(model, category, aim)
            st.markdown(
                f":orange[:material/flag:] **{escape(name)}: {escape(goal)}.** "
                f"{group_words.standing(found)}"
            )
            key = f"where-{scope.label}-{category}"
            with st.expander("Who is where", type="compact", key=key):
                _where(found)


def _where(found: Progress) -> None:
    for toward in Toward:
        positions = found.of(toward)
        if not positions:
            continue
        names = [
            escape(
                f"{p.team.name} ({words.level(p.score)}, {p.quarter.label})"
                if p.score is not None and p.quarter is not None
                else p.team.name
            )
            for p in positions
        ]
        heading = group_words.HEADINGS[toward]
        st.markdown(f"**{heading}:** {', '.join(names)}")
