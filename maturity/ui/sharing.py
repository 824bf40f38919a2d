"""Share: make a look-only link to the view on screen, list a team's, revoke one."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from maturity import words
from maturity.link import Link, hashed, new_token
from maturity.quarter import Quarter, now, today
from maturity.ui import identity, looking
from maturity.ui.choice import Context, web_address
from maturity.ui.layout import escape, signature
from maturity.ui.notices import careful

PAGES = {"results": "Results", "progress": "Progress", "present": "Presentation"}
"""What can be shared, by the page's address."""
DAYS = (7, 30, 90)


def popover(context: Context, quarter: Quarter, since: Quarter | None = None) -> None:
    """The button beside a view; nothing for whoever may only look themselves."""
    if context.look is not None:
        return
    place = f"{context.page}/{context.team.id}/{context.model}/{quarter}/{since or ''}"
    with st.popover("Share", icon=":material/share:", key="share"):
        shows = f"{PAGES[context.page]}, {context.short_name(context.model)}"
        st.markdown(f"**Look-only link to {escape(shows)}, {quarter.label}**")
        st.caption(
            "Whoever has it sees this view of this team and can change nothing. "
            + (
                "They need not sign in, and reach nothing else."
                if identity.verified()
                else looking.COURTESY
            )
        )
        if context.page == "progress":
            st.caption("Progress holds every submitted quarter of the model.")
        days = st.segmented_control(
            "Opens for",
            DAYS,
            default=30,
            required=True,
            key="share_days",
            format_func=lambda days: words.count(days, "day"),
        )
        st.button(
            "Make a link",
            key="make_link",
            type="primary",
            icon=":material/add_link:",
            on_click=_make,
            args=(context, quarter, since, days, place),
        )
        made: tuple[str, str] | None = st.session_state.get("_made_link")
        if made and made[0] == place:
            st.caption("Copy it now: it is not shown again.")
            asked = {"look": made[1]}
            st.code(
                web_address(context, context.page, asked),
                language=None,
                wrap_lines=True,
            )
        _list(context)


@careful
def _make(
    context: Context, quarter: Quarter, since: Quarter | None, days: int, place: str
) -> None:
    token = new_token()
    context.service.store.add_link(
        Link(
            hash=hashed(token),
            page=context.page,
            team=context.team.id,
            model=context.model,
            quarter=str(quarter),
            since=str(since) if since else "",
            author=context.person(),
            at=now(),
            until=today() + timedelta(days=days if days in DAYS else min(DAYS)),
        )
    )
    st.session_state["_made_link"] = (place, token)


def _list(context: Context) -> None:
    """The links of the team that still open, each with its end."""
    links = [
        k for k in context.service.store.links(context.team.id) if k.opens(today())
    ]
    if not links:
        return
    st.divider()
    st.markdown(f"**{words.count(len(links), 'link')} of this team open**")
    for link in links:
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            where = f"{PAGES.get(link.page, link.page)}, "
            where += f"{context.short_name(link.model)}, "
            where += Quarter.parse(link.quarter).label
            made = signature(context.author(link.author), link.at)
            st.caption(
                f"**{escape(where)}**  \n{made} · until {words.day(link.until)}",
                width="content",
            )
            st.button(
                "Revoke",
                key=f"revoke-{link.hash[:12]}",
                icon=":material/link_off:",
                help="It opens nothing from now on. You can make a new one.",
                on_click=_revoke,
                args=(context, link),
            )


@careful
def _revoke(context: Context, link: Link) -> None:
    context.person()  # whoever is signed out by now changes nothing
    context.service.store.revoke_link(link.team, link.hash, now())
    st.session_state.pop("_made_link", None)
