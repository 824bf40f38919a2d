"""When the next assessment is due, on the Overview, and as a file for a calendar."""

from __future__ import annotations

from functools import partial

import streamlit as st

from maturity import cadence, calendar_file, words
from maturity.cadence import Review, Stage, review
from maturity.exchange import outgoing
from maturity.quarter import Quarter, now, today
from maturity.ui import menu
from maturity.ui.choice import Context
from maturity.ui.layout import escape

TITLES = {
    Stage.AHEAD: "Next review: {quarter}",
    Stage.DUE: "{model} is due for {quarter}",
    Stage.OVERDUE: "{model} is overdue",
}


def card(context: Context) -> None:
    """Quiet lines: by when, and what else is late."""
    history = context.history()
    found = review(context.model, [r.quarter for r in history], today())
    late = _late(context)
    if found is None and not late:
        return
    with st.container(border=True, key="next-review"):
        if found is not None:
            _next(context, found)
        for other in late:
            _other(context, other)


def _next(context: Context, found: Review) -> None:
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        with st.container(gap=None, width="content"):
            name = escape(context.short_name(context.model))
            title = TITLES[found.stage].format(model=name, quarter=found.quarter.label)
            icon = ":material/event:"
            if found.stage is not Stage.AHEAD:
                icon = ":orange[:material/notification_important:]"
            st.markdown(f"{icon} **{title}**")
            st.caption(_said(found))
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


def _late(context: Context) -> list[Review]:
    """What is due or overdue by the team's other models that still take answers."""
    submitted: dict[str, list[Quarter]] = {}
    for row in context.service.store.assessments(context.team.id):
        if row.state == "submitted" and row.model in context.models:
            submitted.setdefault(row.model, []).append(Quarter.parse(row.quarter))
    submitted.pop(context.model, None)
    found = cadence.reviews(submitted, today())
    return [review for review in found if review.stage is not Stage.AHEAD]


def _other(context: Context, found: Review) -> None:
    name = context.short_name(found.model)
    title = TITLES[found.stage].format(model=name, quarter=found.quarter.label)
    st.page_link(
        menu.ASSESS,
        label=f"{escape(title)} too: submit it by {words.day(found.due)}",
        icon=":material/notification_important:",
        query_params={
            "team": context.team.id,
            "model": found.model,
            "quarter": str(found.quarter),
        },
    )


def _said(found: Review) -> str:
    said = f"Submit it by {words.day(found.due)}."
    if found.missed is not None:
        said = f"{found.missed.label} was not submitted. {said}"
    return said


def _file(context: Context, found: Review) -> bytes:
    return calendar_file.event(context.team, context.name(context.model), found, now())
