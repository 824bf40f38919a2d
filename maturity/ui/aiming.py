"""What groups aim for, on the Portfolio page, and how many of their teams are there."""

from __future__ import annotations

import streamlit as st

from maturity import group_targets, group_words
from maturity.group import TOP, Tree
from maturity.group_targets import Progress
from maturity.quarter import Quarter
from maturity.service import Service
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
) -> dict[str, list[Progress]]:
    """By group, in the order of the tree: how far its teams are to each target."""
    known = group_targets.targets(_service, model, quarter)
    return {
        group: [
            group_targets.progress(_service, _tree, group, model, category, aim)
            for category, aim in known[group].every().items()
        ]
        for group in _tree.groups
        if group in known
    }


def card(context: Context, *, without_demo: bool) -> None:
    """The targets of the chosen group, of those above it and of those in it.

    Where demo teams are left out, so are groups that hold nobody else.
    """
    library = context.service.library
    if context.model not in library.models:
        return
    tree = context.tree()
    changes = context.service.store.changes_all()
    key = (context.address, context.model, tree.quarter, changes)
    group = context.group if context.group in tree.groups else TOP
    scope = tree.under(group) | {above.id for above in tree.path(group)}
    lines = [
        (each, progress)
        for each, aims in _aims(context.service, tree, *key).items()
        if not group or each in scope
        for progress in aims
        if not (without_demo and _only_demo(progress))
    ]
    if not lines:
        return
    model = library.models[context.model]
    with st.container(border=True):
        section(
            "What groups aim for",
            f"As of {tree.quarter.label}, by what each team submitted last.",
        )
        for each, progress in lines[:MOST]:
            goal = group_words.target(model, progress.category, progress.target)
            st.markdown(
                f":orange[:material/flag:] **{escape(tree.label(each))}: "
                f"{escape(goal)}.** {group_words.standing(progress)}"
            )
        if len(lines) > MOST:
            more(menu.TEAMS, f"See all {len(lines)} on Teams", "aims")


def _only_demo(progress: Progress) -> bool:
    teams = [position.team for position in progress.positions]
    return bool(teams) and all(team.demo for team in teams)
