"""When the next assessment is due, on the Overview, and as a file for a calendar."""

from __future__ import annotations

from functools import partial

import streamlit as st

from maturity import calendar_file, words
from maturity.cadence import Review, Stage, going_stale, review
from maturity.exchange import outgoing
from maturity.quarter import now, today
from maturity.reading import Reading
from maturity.ui.choice import Context
from maturity.ui.layout import escape

TITLES = {
    Stage.AHEAD: "Next review: {quarter}",
    Stage.DUE: "{model} is due for {quarter}",
    Stage.OVERDUE: "{model} is overdue",
}


def card(context: Context) -> None:
    """One quiet line: by when, what is late, and whose evidence grows old."""
    history = context.history()
    found = review(context.model, [r.quarter for r in history], today())
    if found is None:
        return
    with (
        st.container(border=True, key="next-review"),
        st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ),
    ):
        with st.container(gap=None, width="content"):
            name = escape(context.short_name(context.model))
            title = TITLES[found.stage].format(model=name, quarter=found.quarter.label)
            icon = ":material/event:"
            if found.stage is not Stage.AHEAD:
                icon = ":orange[:material/notification_important:]"
            st.markdown(f"{icon} **{title}**")
            st.caption(_said(found, history[-1]))
        st.download_button(
            "Add to calendar",
            partial(_file, context, found),
            outgoing.file_name(
                context.team, context.model, str(found.quarter), ending="ics"
            ),
            calendar_file.MEDIA_TYPE,
            key="next_review",
            icon=":material/calendar_add_on:",
            on_click="ignore",
            help="A file with the last day as an event, and a reminder a week before.",
        )


def _said(found: Review, latest: Reading) -> str:
    said = f"Submit it by {words.day(found.due)}."
    if found.missed is not None:
        said = f"{found.missed.label} was not submitted. {said}"
    stale = going_stale(latest.answers.values(), latest.quarter, found.quarter)
    if stale:
        said += f" Evidence of {words.count(stale, 'answer')} grows too old by then."
    return said


def _file(context: Context, found: Review) -> bytes:
    return calendar_file.event(context.team, context.name(context.model), found, now())
