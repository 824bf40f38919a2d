"""The middle part of Assess: the questions of one category, saved on every click.

All of it is one fragment, so that a click redraws the questions of one category with
the progress above them and nothing else.
"""

from __future__ import annotations

import math

import streamlit as st

from maturity import respondents, words
from maturity.model import Category, Definition
from maturity.reading import open_questions
from maturity.readings import Sheet
from maturity.team import AssessmentRow
from maturity.ui import (
    frame,
    glossary,
    identity,
    notices,
    past,
    questions,
    saving,
    steps,
    suggestions,
)
from maturity.ui.asked import asked
from maturity.ui.choice import Context
from maturity.ui.layout import escape
from maturity.ui.notices import careful

INSTRUCTION = (
    "Choose the highest answer that is true of nearly all trained models in scope; in "
    "doubt, take the one below."
)
DECIDES_NOTHING = "Informative: these answers are shown and decide no level."


@st.fragment
def category_step(context: Context, definition: Definition, category: Category) -> None:
    """The questions of a category, with the progress above them."""
    with frame.safely():
        notices.show()
        sheet = context.sheet()
        _progress(context, definition, sheet)
        saving.unsaved_warning()
        with st.container(gap=None):
            st.title(category.name, anchor=False)
            aside = f"{DECIDES_NOTHING} " if category.informative else ""
            st.caption(f"{escape(category.summary)} {aside}{INSTRUCTION}")
        alone = bool(context.respondent)
        if category is definition.model.categories[0] and not alone:
            row = context.service.assessment(
                context.team.id, context.model, context.quarter
            )
            about(context, row)
        practices = definition.questions[category.id]
        left_out = words.not_asked(definition, definition.by_category[category.id])
        if not practices and not left_out:
            st.caption("Everything this category needs is asked in an earlier one.")
        _keep_all(context, sheet, [practice.id for practice in practices])
        marked = "" if alone else steps.asked_for(definition, category.id)
        for number, practice in enumerate(practices, start=1):
            place = f"Question {number} of {len(practices)}"
            question = asked(context, sheet, practice)
            suggested = suggestions.of(context, sheet, question)
            questions.draw(question, place, suggested, marked=practice.id == marked)
        if left_out:
            where = "" if alone else " How it serves is said on the Teams page."
            st.caption(f":material/remove: {escape(left_out)}{where}")


def _progress(context: Context, definition: Definition, sheet: Sheet) -> None:
    total = len(definition.asked)
    waiting = open_questions(definition, sheet.current())
    done = total - len(waiting)
    share = done / total if total else 1.0
    minutes = math.ceil((1 - share) * definition.minutes)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.caption(
            f"{escape(context.team.name)} · {definition.model.short_name} · "
            f"{context.quarter.label}",
            width="content",
        )
        with st.container(
            horizontal=True, width="content", vertical_alignment="center"
        ):
            past.undo_button(context)
            st.markdown(f":small[{saving.saved_line()}]", width="content")
    left = f"about {max(1, minutes)} min left" if waiting else "all answered"
    st.progress(share, text=f"**{done} of {total}** answered · {left}")


def _keep_all(context: Context, sheet: Sheet, practices: list[str]) -> None:
    carried = [practice for practice in practices if practice in sheet.carried]
    if not carried:
        return
    with st.container(
        border=True,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        st.markdown(
            f":material/history: **{words.count(len(carried), 'answer')} from earlier "
            "quarters, not kept yet**",
            width="content",
            help=glossary.meaning("carried"),
        )
        st.button(
            "Keep them all", key="keep_all", on_click=keep, args=(context, carried)
        )


@careful
def keep(context: Context, practices: list[str]) -> None:
    service, team, quarter = context.service, context.team.id, context.quarter
    if context.respondent:
        respondents.keep(
            service, team, context.model, quarter, context.respondent, practices
        )
    else:
        service.keep(team, quarter, practices, context.person())
    saving.forget_change()


def about(context: Context, row: AssessmentRow | None) -> None:
    """What the assessment covers and who answers; asked on the first step."""
    state = st.session_state
    with st.container(border=True, gap="xsmall"):
        state["scope"] = row.scope if row else ""
        st.text_input(
            "Which trained models does this cover?",
            key="scope",
            max_chars=300,
            placeholder="As in: all fraud models in production",
            help=glossary.meaning("scope", "trained model"),
            on_change=_save_scope,
            args=(context,),
        )
        if identity.verified():
            return
        state["name_field"] = state.get("my_name", "")
        st.text_input(
            "Your name",
            key="name_field",
            max_chars=80,
            placeholder="May stay empty",
            help="Shown beside what you answer. Nobody checks it: this dashboard has "
            "no sign-in.",
            on_change=lambda: state.update(my_name=state["name_field"].strip()),
        )


@careful
def _save_scope(context: Context) -> None:
    context.service.start(
        context.team.id,
        context.model,
        context.quarter,
        st.session_state["scope"],
        context.person(),
    )
