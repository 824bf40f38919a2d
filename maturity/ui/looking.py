"""A look-only session: one view, reached by a token, from which nothing is written.

The session is bound to the token by its first address and never leaves it. The page,
team or group, model and quarter come from the stored link, whatever the address says,
and the store it reads refuses every write.
"""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from maturity import asking, words
from maturity.link import Link, hashed
from maturity.quarter import Quarter, today
from maturity.ui import identity
from maturity.ui.choice import Context, look_only_service
from maturity.ui.layout import NARROW, escape, page

COURTESY = (
    "Without sign-in this is a courtesy: whoever can reach this dashboard can open "
    "everything in it."
)


def token() -> str:
    """The token this session is bound to; empty for a session that may do more."""
    state = st.session_state
    if "_look" not in state and "look" in st.query_params:
        state["_look"] = st.query_params["look"]
    bound: str = state.get("_look", "")
    if "_look" in state and st.query_params.to_dict() != {"look": bound}:
        st.query_params.from_dict({"look": bound})
    return bound


def bound() -> bool:
    """Whether this session may only look."""
    return "_look" in st.session_state or "look" in st.query_params


def look(page: str) -> Context:
    """What the link shows; stops with a clear page where it shows nothing."""
    service, address = look_only_service()
    link = service.store.link(hashed(token()))
    if link is None:
        _nothing(
            "This link does not open anything",
            "It may be cut off. Copy all of it, or ask for a new one.",
        )
    elif link.revoked_at is not None:
        _nothing("This link was revoked", "Ask whoever gave it to you for a new one.")
    elif not link.opens(today()):
        _nothing(
            "This link has expired",
            f"It opened until {words.day(link.until)}. Ask for a new one.",
        )
    if page != link.page:
        _nothing(
            "This link shows something else",
            "It opens one view and nothing beside it. Open it again as you got it.",
        )
    if link.since:
        st.session_state.setdefault("compare_from", link.since)
        st.session_state.setdefault("compare_to", link.quarter)
    team = service.store.team(link.team)
    context = Context(
        service=service,
        address=address,
        page=page,
        teams=(team,) if team else (),
        chosen=team,
        model=link.model,
        quarter=Quarter.parse(link.quarter),
        models=(link.model,),
        warning="",
        group="" if team else link.team,
        look=link,
    )
    groups = context.organisation().groups
    if team is None and link.team not in (asking.ALL, *groups):
        _nothing(
            "This link does not open anything",
            "Its team or group is not here any more.",
        )
    return context


def notice(link: Link) -> None:
    """What whoever looks must know, above the view."""
    said = f"You may look until {words.day(link.until)}, and change nothing."
    if not identity.verified():
        said = f"{said} {COURTESY}"
    with st.container(key="look-only"):
        st.caption(
            f":material/visibility: **Look-only.** {escape(said)}",
            text_alignment="center",
        )


def _nothing(title: str, text: str) -> NoReturn:
    with page(NARROW):
        st.title(title, anchor=False)
        st.markdown(text)
    st.stop()
