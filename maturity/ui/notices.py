"""What could not be done by a click is said at the top of the next run.

A callback runs before the page does, outside of everything that could show a message,
so it leaves its message here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

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


def show() -> None:
    """The message of the last click, once."""
    notice: str | None = st.session_state.pop("_notice", None)
    if notice:
        st.error(escape(notice), title="That was not done", icon=":material/error:")
