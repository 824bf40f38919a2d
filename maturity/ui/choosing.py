"""The first part of Assess: a card for each model, with what it asks of a team."""

from __future__ import annotations

import streamlit as st

from maturity import words
from maturity.quarter import Quarter
from maturity.reading import open_questions
from maturity.readings import Sheet
from maturity.team import AssessmentRow
from maturity.ui import steps
from maturity.ui.choice import Context
from maturity.ui.layout import card, escape, head


def choose_model(context: Context) -> None:
    """A card for each model: what it asks, how long it takes, whom it suits."""
    with head(
        f"Assess {escape(context.team.name)}",
        f"{context.quarter.label} · Choose a model. You can answer more than one: an "
        "answer given for one model is already there for the next.",
        badges={"Demo data": "orange"} if context.team.demo else {},
    ):
        pass
    ahead = context.quarter - Quarter.current()
    if ahead:
        which = "a past quarter" if ahead < 0 else "the coming quarter"
        st.caption(
            f":orange[:material/calendar_month: You are answering for {which}.] "
            f"Now it is {Quarter.current().label}."
        )
    sheet = context.service.sheet(context.team.id, context.quarter)
    models = context.service.library.models
    with st.grid(3, min_column_width=260, gap="small"):
        for model_id in models:
            with card():
                _model_card(context, sheet, model_id)
    if sheet.carried:
        verb = "is" if len(sheet.carried) == 1 else "are"
        st.caption(
            f"{words.count(len(sheet.carried), 'answer')} of earlier quarters {verb} "
            "offered again. Keep what is still true and change what is different."
        )


def _model_card(context: Context, sheet: Sheet, model_id: str) -> None:
    definition = context.service.definition(context.team, model_id)
    model, current = definition.model, sheet.current()
    asked = definition.asked
    done = len(asked) - len(open_questions(definition, current))
    row = context.service.assessment(context.team.id, model_id, context.quarter)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.header(model.short_name, anchor=False, width="content")
        badge = _badge(row, done)
        if badge:
            st.badge(badge, color="green" if badge == "Submitted" else "gray")
    st.markdown(model.summary)
    names = ", ".join(category.called for category in model.categories)
    parts = words.count(len(model.categories), "category", "categories")
    st.markdown(
        f":small[:material/help: {words.count(len(asked), 'question')}  \n"
        f":material/schedule: about {words.count(definition.minutes, 'minute')}  \n"
        f":material/category: {parts}: {names}]"
    )
    st.caption(f"Good for: {model.good_for}")
    st.space("stretch")
    if row is not None and row.state == "submitted":
        label = f"Change {context.quarter.label} answers"
    elif done:
        label = f"Continue, {done} of {len(asked)}"
    else:
        label = "Start"
    primary = row is not None and row.state == "started"
    if model_id == context.model and not primary:
        primary = row is None
    st.button(
        label,
        key=f"start-{model_id}",
        type="primary" if primary else "secondary",
        width="stretch",
        on_click=steps.begin,
        args=(context, model_id, context.quarter),
        help=f"{label}: {model.name}",
    )


def _badge(row: AssessmentRow | None, done: int) -> str:
    if row is not None and row.state == "submitted":
        return "Submitted"
    return "In progress" if row is not None else ("Partly answered" if done else "")
