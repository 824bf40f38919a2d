"""What narrows a portfolio down: group, label and what teams are, in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from maturity.group import TOP, Tree
from maturity.group_rules import absent
from maturity.portfolio import Portfolio, matching
from maturity.team import folded
from maturity.ui import glossary
from maturity.ui.addresses import FILTERS
from maturity.ui.choice import Context
from maturity.ui.layout import escape
from maturity.ui.teaming import SERVING

ANY = ""


def chosen(context: Context, portfolio: Portfolio) -> Portfolio:
    """The same with the teams that the group and the filters leave."""
    tree = context.tree()
    group = context.group if context.group in tree.groups else TOP
    if context.group and not group:
        st.info(escape(absent(context.organisation(), context.group, tree.quarter)))
    domains = _distinct(row.team.domain for row in portfolio.rows)
    sizes = _distinct(row.team.size for row in portfolio.rows)
    servings = _distinct(row.team.serving for row in portfolio.rows)
    labels = _distinct(label for row in portfolio.rows for label in row.labels)
    _gone(portfolio, labels)
    offered = {
        "label": ("Label", labels),
        "domain": ("Works on", domains),
        "size": ("Size", sizes),
        "serving": ("Predictions are made", servings),
    }
    offered = {name: (label, v) for name, (label, v) in offered.items() if v}
    rows = portfolio.rows
    number = len(offered) + bool(tree.groups)
    if not number:
        return portfolio
    wanted = dict.fromkeys(("domain", "size", "serving", "label"), ANY)
    with st.grid(number, min_column_width=180, gap="small"):
        if tree.groups:
            _group(tree, group)
        for name, (label, values) in offered.items():
            shown = SERVING.get if name == "serving" else str
            term = glossary.meaning("label") if name == "label" else None
            wanted[name] = _select(name, label, values, shown, term)
    if group:
        inside = tree.teams_of(group)
        rows = tuple(row for row in rows if row.team.id in inside)
    found = matching(
        rows,
        domain=wanted["domain"],
        size=wanted["size"],
        serving=wanted["serving"],
        label=wanted["label"],
    )
    return portfolio.only(found)


def _group(tree: Tree, group: str) -> None:
    """The groups of the quarter that is looked at."""
    st.session_state["filter_group"] = group
    st.selectbox(
        "Group",
        [TOP, *tree.groups],
        key="filter_group",
        format_func=lambda each: tree.label(each) or "All",
        help=glossary.meaning("group"),
        on_change=_enter,
    )


def _enter() -> None:
    st.session_state["_group"] = st.session_state["filter_group"]
    _first_part()


def _distinct(values: Iterable[str]) -> list[str]:
    """Every value once, whatever its case, in the order of the alphabet."""
    known = {folded(value): value for value in values if value}
    return [known[key] for key in sorted(known)]


def label(portfolio: Portfolio) -> str:
    """The label that the teams are narrowed down to, as it is written; "" for none."""
    written = {folded(each): each for row in portfolio.rows for each in row.labels}
    return written.get(folded(st.session_state.get(FILTERS["label"]) or ""), "")


def _gone(portfolio: Portfolio, labels: Sequence[str]) -> None:
    """Say so where nobody had the label that is asked for in the quarter."""
    wanted = st.session_state.get(FILTERS["label"]) or ""
    if wanted and folded(wanted) not in map(folded, labels):
        when = portfolio.quarter.label
        st.info(
            f"No team here had the label {escape(wanted)} in {when}. You see teams "
            "with any label, and without one; choose another quarter or label."
        )


def _select(
    name: str,
    label: str,
    values: Sequence[str],
    shown: Callable[[str], str | None],
    help: str | None,
) -> str:
    slot, key = FILTERS[name], f"filter_{name}"
    current = next(
        (v for v in values if folded(v) == folded(st.session_state.get(slot) or "")),
        ANY,
    )
    st.session_state[key] = current
    picked: str = st.selectbox(
        label,
        [ANY, *values],
        key=key,
        format_func=lambda value: (shown(value) or value) if value else "All",
        help=help,
        on_change=keep,
        args=(name, key),
    )
    return picked


def keep(name: str, key: str) -> None:
    """Remember a filter for the session and the address; a callback of its widget."""
    value = st.session_state[key]
    if isinstance(value, bool):
        value = "yes" if value else ""
    st.session_state[FILTERS[name]] = value
    _first_part()


def _first_part() -> None:
    for name in ("part", "trends"):
        st.session_state.pop(FILTERS[name], None)
