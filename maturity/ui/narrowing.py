"""What narrows a portfolio down: the attributes of teams, kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from maturity.portfolio import Portfolio, matching
from maturity.team import folded
from maturity.ui.addresses import FILTERS
from maturity.ui.teaming import SERVING

ANY = ""


def chosen(portfolio: Portfolio) -> Portfolio:
    """The same with the teams that the filters leave."""
    domains = _distinct(row.team.domain for row in portfolio.rows)
    sizes = _distinct(row.team.size for row in portfolio.rows)
    servings = _distinct(row.team.serving for row in portfolio.rows)
    offered = {
        "domain": ("Works on", domains),
        "size": ("Size", sizes),
        "serving": ("Predictions are made", servings),
    }
    offered = {name: (label, v) for name, (label, v) in offered.items() if v}
    if not offered:
        return portfolio
    wanted = dict.fromkeys(("domain", "size", "serving"), ANY)
    with st.grid(len(offered), min_column_width=180, gap="small"):
        for name, (label, values) in offered.items():
            shown = SERVING.get if name == "serving" else str
            wanted[name] = _select(name, label, values, shown)
    found = matching(
        portfolio.rows,
        domain=wanted["domain"],
        size=wanted["size"],
        serving=wanted["serving"],
    )
    return portfolio.only(found)


def _distinct(values: Iterable[str]) -> list[str]:
    """Every value once, whatever its case, in the order of the alphabet."""
    known = {folded(value): value for value in values if value}
    return [known[key] for key in sorted(known)]


def _select(
    name: str, label: str, values: Sequence[str], shown: Callable[[str], str | None]
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
    if name not in ("part", "trends"):
        for slot in ("part", "trends"):
            st.session_state.pop(FILTERS[slot], None)
