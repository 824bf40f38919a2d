"""What teams aim for together, on the Portfolio page, and how many are there."""

from __future__ import annotations

import streamlit as st

from maturity import group_targets, group_words
from maturity.group import TOP, Tree
from maturity.group_targets import Progress
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.team import folded
from maturity.ui import menu
from maturity.ui.choice import Context
from maturity.ui.layout import escape, more, section

MOST = 8
"""Targets in the list; the Teams page has the others."""


@st.cache_resource(show_spinner=False, max_entries=16)
def _aims(
    _service: Service,
    _tree: Tree,
    address: str,
    model: str,
    quarter: Quarter,
    changes: int,
) -> list[Progress]:
    """How far the teams of each group and label are, in the order of the tree."""
    known = group_targets.targets(_service, model, quarter)
    return [
        group_targets.progress(_service, _tree, scope, model, category, aim)
        for group in (TOP, *_tree.groups)
        for scope, targets in known.items()
        if scope.group == group
        for category, aim in targets.every().items()
    ]


def card(context: Context, label: str, *, without_demo: bool) -> None:
    """The targets of the chosen group, of those above it and of those in it.

    Where the teams are narrowed down to a label, only those of that label. Where demo
    teams are left out, so are targets that mean nobody else.
    """
    library = context.service.library
    if context.model not in library.models:
        return
    tree = context.tree()
    changes = context.service.store.changes_all()
    key = (context.address, context.model, tree.quarter, changes)
    group = context.group if context.group in tree.groups else TOP
    near = {TOP} | tree.under(group) | {above.id for above in tree.path(group)}
    found = [
        each
        for each in _aims(context.service, tree, *key)
        if (not group or each.scope.group in near)
        and (not label or folded(each.scope.label) == folded(label))
        and not (without_demo and _only_demo(each))
    ]
    if not found:
        return
    model = library.models[context.model]
    with st.container(border=True):
        section(
            "What teams aim for together",
            f"As of {tree.quarter.label}, by what each team submitted last.",
        )
        for each in found[:MOST]:
            whose = group_words.whose(tree, each.scope)
            goal = group_words.target(model, each.category, each.target)
            st.markdown(
                f":orange[:material/flag:] **{escape(whose)}: {escape(goal)}.** "
                f"{group_words.standing(each)}"
            )
        if len(found) > MOST:
            more(menu.TEAMS, f"See all {len(found)} on Teams", "aims")


def _only_demo(progress: Progress) -> bool:
    teams = [position.team for position in progress.positions]
    return bool(teams) and all(team.demo for team in teams)
