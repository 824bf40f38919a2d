"""What could not be done: by a click, at the top of the next run; with a file, here.

A callback runs before the page does, outside of everything that could show a message,
so it leaves its message here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from maturity.exchange.lines import FileRefusedError
from maturity.service import RefusedError
from maturity.storage import StoreError
from maturity.team import NameRefusedError
from maturity.ui.layout import escape

P = ParamSpec("P")


def careful(change: Callable[P, None]) -> Callable[P, None]:
    """A callback whose failures are said and not raised."""

    @wraps(change)
    def act(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            change(*args, **kwargs)
        except (StoreError, RefusedError, NameRefusedError) as error:
            st.session_state["_notice"] = str(error)

    return act


def refused_file(error: FileRefusedError) -> None:
    """All that is wrong with a file that was handed in, a line each."""
    st.error(
        "\n".join(f"- {escape(line)}" for line in str(error).splitlines()),
        title="This file was not taken in; nothing is changed",
        icon=":material/error:",
    )


def with_undo(
    said: str,
    key: str,
    help: str | None,
    undo: Callable[P, None],
    *args: P.args,
    **kw: P.kwargs,
) -> None:
    """What was done last, in markdown, with the way back beside it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":green[:material/check_circle:] {said}", width="content")
        st.button(
            "Undo",
            key=key,
            type="tertiary",
            icon=":material/undo:",
            help=help,
            on_click=undo,
            args=args,
            kwargs=kw,
        )


def show() -> None:
    """The message of the last click, once."""
    notice: str | None = st.session_state.pop("_notice", None)
    if notice:
        st.error(escape(notice), title="That was not done", icon=":material/error:")
