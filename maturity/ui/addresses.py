"""What each page has in its address besides team, model and quarter.

A part is a name in the address and the place in the session that holds its value: a
slot of ours, or a widget's key. Whatever an address asks for is put there before the
page is drawn; a widget that does not offer it shows its usual choice instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

LONGEST = 80
"""Characters of a value in an address; more is cut."""


@dataclass(frozen=True)
class Part:
    """One thing that an address says about a page."""

    name: str
    slot: str
    read: Callable[[str], object] = str
    """What the session holds for a text of the address; ValueError for nonsense."""
    resumed: bool = False
    """Whether an address without it goes on where the visitor was."""
    leads: bool = False
    """Whether an address with it leads to a place on the page: see `frame.top`."""


STEP = Part("step", "_step", resumed=True)
FILTERS = {
    name: f"_portfolio_{name}"
    for name in (
        *("domain", "size", "serving", "label"),
        *("search", "moved", "part", "trends"),
    )
}
"""What narrows a portfolio down, and the part that is shown: name to slot."""
GROUP = Part("group", "_group")
"""Of pages about many teams: see `Context.group`."""

PARTS: Mapping[str, tuple[Part, ...]] = {
    "assess": (STEP, Part("practice", "_asked_for", leads=True)),
    "answer": (STEP, Part("as", "_as", resumed=True)),
    "workshop": (Part("practice", "_at", resumed=True),),
    "present": (Part("slide", "_slide"), Part("of", "_present_of")),
    "plan": (Part("to", "way_aim", int),),
    "progress": (
        Part("from", "compare_from"),
        Part("to", "compare_to"),
        Part("why", "bridge_of"),
    ),
    "portfolio": (GROUP, *(Part(name, slot) for name, slot in FILTERS.items())),
    "among": (Part("with", "among_source"), Part("by", "among_by")),
    "models": (Part("read", "read_model"),),
    "glossary": (Part("find", "find_word"),),
    "teams": (GROUP, Part("find", "find_team")),
}
"""By a page's own address."""


def take(page: str, asked: Mapping[str, str]) -> None:
    """Put what an address asks for where the page looks for it.

    A view that a new address does not name is forgotten, so that the same address shows
    the same thing to everybody; work that was begun is not.
    """
    for part in PARTS.get(page, ()):
        given = asked.get(part.name, "")[:LONGEST]
        try:
            value = part.read(given) if given else None
        except ValueError:
            value = None
        if value is not None:
            st.session_state[part.slot] = value
            st.session_state["_led"] = part.leads
        elif asked and not part.resumed:
            st.session_state.pop(part.slot, None)


def moved() -> None:
    """Have the next run go to the top of the page, or where its address leads."""
    st.session_state["_moved"] = st.session_state.get("_moved", 0) + 1


def own(page: str) -> dict[str, str]:
    """What the address of a page says of it now."""
    state = st.session_state
    values = {p.name: state.get(p.slot) for p in PARTS.get(page, ())}
    return {name: str(value) for name, value in values.items() if value}
