"""Share: make a look-only link to the view on screen, list those open, revoke one."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Subject:
    """Whose view is shared."""

    id: str
    said: str
    of_group: bool


def popover(
    context: Context,
    quarter: Quarter,
    since: Quarter | None = None,
    *,
    group: str | None = None,
) -> None:
    """The button beside a view; nothing for whoever may only look themselves.

    The view is the team's, or that of a group; of all teams where that is `asking.ALL`.
    """
    if context.look is not None:
        return
    if group is None:
        subject = _Subject(context.team.id, "this team", False)
    else:
        subject = _Subject(group, "this group" if group else "all teams", True)
    place = f"{context.page}/{subject.id}/{context.model}/{quarter}/{since or ''}"
    with st.popover("Share", icon=":material/share:", key="share"):
        shows = f"{PAGES[context.page]}, {context.short_name(context.model)}"
        st.markdown(f"**Look-only link to {escape(shows)}, {quarter.label}**")
        st.caption(
            f"Whoever has it sees this view of {subject.said} and can change nothing. "
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
            args=(context, subject, quarter, since, days, place),
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
        _list(context, subject)


@careful
def _make(
    context: Context,
    subject: _Subject,
    quarter: Quarter,
    since: Quarter | None,
    days: int,
    place: str,
) -> None:
    token = new_token()
    context.service.store.add_link(
        Link(
            hash=hashed(token),
            page=context.page,
            team=subject.id,
            model=context.model,
            quarter=str(quarter),
            since=str(since) if since else "",
            author=context.person(),
            at=now(),
            until=today() + timedelta(days=days if days in DAYS else min(DAYS)),
        ),
        of_group=subject.of_group,
    )
    st.session_state["_made_link"] = (place, token)


def _list(context: Context, subject: _Subject) -> None:
    """The links of the team or group that still open, each with its end."""
    links = [k for k in context.service.store.links(subject.id) if k.opens(today())]
    if not links:
        return
    st.divider()
    st.markdown(f"**{words.count(len(links), 'link')} of {subject.said} open**")
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
                args=(context, subject, link),
            )


@careful
def _revoke(context: Context, subject: _Subject, link: Link) -> None:
    context.person()  # whoever is signed out by now changes nothing
    context.service.store.revoke_link(
        subject.id, link.hash, now(), of_group=subject.of_group
    )
    st.session_state.pop("_made_link", None)
