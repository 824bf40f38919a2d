"""The fields of the forms that change groups; regrouping.py does what they say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity import group_targets, words
from maturity.group import ALWAYS, TOP, Tree
from maturity.group_targets import Scope
from maturity.label import spelling
from maturity.quarter import Quarter
from maturity.team import NAME_LENGTH, Team
from maturity.ui.choice import OLDEST, Context
from maturity.ui.layout import escape

AHEAD = 4
"""Quarters before which a change may be planned."""
TARGET_AHEAD = 8


def since(
    at: str,
    usual: Quarter,
    *,
    label: str = "From the beginning of",
    keep: str = "Quarters before keep the groups they had.",
) -> Quarter:
    """From which quarter on a change holds."""
    now = Quarter.current()
    options = [now.shift(ahead) for ahead in range(AHEAD, -OLDEST - 1, -1)]
    options.append(ALWAYS)
    chosen: Quarter = st.selectbox(
        label,
        options,
        index=options.index(usual),
        key=f"{at}/since",
        format_func=lambda quarter: (
            "always, past quarters too" if quarter == ALWAYS else quarter.label
        ),
        help=keep,
    )
    return chosen


def _name(at: str, value: str = "") -> None:
    st.text_input("Group's name", value, max_chars=NAME_LENGTH, key=f"{at}/name")


def _teams(
    at: str, label: str, teams: Sequence[Team], tree: Tree, *, where: bool
) -> None:
    names = {
        team.id: (
            f"{team.name} ({tree.label(tree.members[team.id])})"
            if where and team.id in tree.members
            else team.name
        )
        for team in teams
    }
    st.multiselect(label, list(names), key=f"{at}/teams", format_func=names.__getitem__)


def add(at: str) -> None:
    with st.grid(2, min_column_width=200, gap="small"):
        _name(at)
        since(at, ALWAYS)


def fill(at: str, tree: Tree, group: str, teams: Sequence[Team]) -> None:
    others = [team for team in teams if tree.members.get(team.id) != group]
    _teams(at, "Teams", others, tree, where=True)
    placed = any(team.id in tree.members for team in teams)
    since(at, Quarter.current() if placed else ALWAYS)


def place(at: str, tree: Tree, team: Team) -> None:
    """A group for one team, or none."""
    options, here = [TOP, *tree.groups], tree.members.get(team.id, TOP)
    with st.grid(2, min_column_width=200, gap="small"):
        st.selectbox(
            "Group to move into",
            options,
            index=options.index(here),
            key=f"{at}/into",
            format_func=lambda group: tree.label(group) or "No group",
        )
        since(at, Quarter.current() if here else ALWAYS)


def rename(at: str, tree: Tree, group: str) -> None:
    _name(at, tree.groups[group].name)
    st.caption("The new name holds for past quarters too.")


def into(at: str, tree: Tree, group: str, label: str, *, top: bool) -> None:
    """Another group to go into; never itself or one inside it."""
    options = [g for g in tree.groups if g not in tree.under(group)]
    if top:
        options = [TOP, *options]
    with st.grid(2, min_column_width=200, gap="small"):
        st.selectbox(
            label,
            options,
            index=None if not top else 0,
            key=f"{at}/into",
            format_func=lambda g: tree.label(g) or "The first level",
            placeholder="Choose a group",
        )
        since(at, Quarter.current())
    if not top:
        st.caption("Its teams and groups go there, and it ends.")


def split(at: str, tree: Tree, group: str, teams: Sequence[Team]) -> None:
    inside = [team for team in teams if tree.members.get(team.id) == group]
    with st.grid(2, min_column_width=200, gap="small"):
        _name(at)
        since(at, Quarter.current())
    _teams(at, "Teams that go into the new group", inside, tree, where=False)
    if not inside:
        st.caption(
            "No team is directly in this group; those of its subgroups stay there."
        )


def archive(at: str) -> None:
    since(at, Quarter.current())
    st.caption("Only a group with nothing in it can be archived.")


def target(context: Context, at: str, tree: Tree, group: str) -> None:
    model = context.service.library.definition(context.model).model
    known = group_targets.targets(context.service, model.id, tree.quarter)
    own = known.get(Scope(group))
    whole = own.whole if own else None
    aiming = [s.label for s in known if s.group == group and s.label]
    labels = spelling([*tree.every_label, *aiming])
    quarters = [Quarter.current().shift(ahead) for ahead in range(TARGET_AHEAD + 1)]
    levels = [level.number for level in model.scale[1:]]
    names = {"": "The whole model", **{c.id: c.name for c in model.deciding}}
    whose = "every team in it" if group else "every team"
    others = ", or every team with a label," if labels else ""
    st.caption(
        f"What {whose}{others} is to reach through {escape(model.short_name)}. "
        "Choose another model in the sidebar."
    )
    with st.grid(2 if labels else 3, min_column_width=180, gap="small"):
        if labels:
            st.selectbox(
                "Teams",
                ["", *(labels[key] for key in sorted(labels))],
                key=f"{at}/label",
                format_func=lambda label: (
                    f"Those labelled {label}" if label else "Every team"
                ),
            )
        st.selectbox(
            "For", list(names), key=f"{at}/category", format_func=names.__getitem__
        )
        st.selectbox(
            "Band to reach" if model.by_points else "Level to reach",
            [None, *levels],
            index=levels.index(whole.level) + 1
            if whole and whole.level in levels
            else 0,
            key=f"{at}/level",
            format_func=lambda number: (
                "No target" if number is None else words.level_title(model, number)
            ),
        )
        st.selectbox(
            "By the end of",
            quarters,
            index=quarters.index(whole.by) if whole and whole.by in quarters else 4,
            key=f"{at}/by",
            format_func=lambda quarter: quarter.label,
        )
