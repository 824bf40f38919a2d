"""A long list a part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")
SIZE = 25


def page_of(items: Sequence[T], slot: str, noun: str) -> Sequence[T]:
    """The part of a list that is looked at, with the way to the others above it.

    `slot` is the key of the widget that turns the pages; `noun` is the plural of what
    is listed. A short list is given back whole, and nothing is drawn.
    """
    if len(items) <= SIZE:
        return items
    pages = (len(items) - 1) // SIZE + 1
    if st.session_state.get(slot, 1) > pages:  # the list has become shorter
        st.session_state[slot] = 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        number = st.pagination(pages, key=slot, max_visible_pages=5)
        first = (number - 1) * SIZE
        shown = items[first : first + SIZE]
        st.caption(
            f"{first + 1:,} to {first + len(shown):,} of {len(items):,} {noun}",
            width="content",
        )
    return shown
