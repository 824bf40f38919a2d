"""The last part of Assess: every answer once more, and the button that freezes them."""

from __future__ import annotations

import streamlit as st

from maturity import words
from maturity.model import Category, Definition
from maturity.reading import answer_text, is_open, open_questions
from maturity.readings import Sheet
from maturity.scoring import Score
from maturity.ui import answering, saving, steps
from maturity.ui.choice import Context
from maturity.ui.layout import escape


def review(context: Context, definition: Definition) -> None:
    """Every answer once more, what is open, and the one button that freezes it."""
    model = definition.model
    sheet = context.service.sheet(context.team.id, context.quarter)
    draft = context.service.draft(context.team, model.id, context.quarter)
    row = context.service.assessment(context.team.id, model.id, context.quarter)
    with st.container(gap=None):
        st.title("Review and submit", anchor=False)
        st.caption(
            f"{escape(context.team.name)} · {model.name} · {context.quarter.label}"
        )
    if row is not None and row.state == "submitted":
        st.caption(
            ":material/history: You are changing a submitted assessment. The old "
            "version is kept."
        )
    saving.unsaved_warning()
    carried = [p.id for p in definition.asked if p.id in sheet.carried]
    _open_warning(definition, sheet, draft.if_kept.overall)
    if carried:
        st.info(
            f"With all of them kept you are at {words.level(draft.if_kept.overall)}. "
            "Without, they count as open.",
            title=f"{words.count(len(carried), 'carried answer')} not kept yet",
            icon=":material/history:",
        )
        st.button(
            "Keep all carried answers",
            key="keep_rest",
            on_click=answering.keep,
            args=(context, carried),
        )
    for category in model.categories:
        category_answers(definition, sheet, category)
    answering.about(context, row)


def _open_warning(definition: Definition, sheet: Sheet, score: Score) -> None:
    waiting = open_questions(definition, sheet.if_kept())
    if not waiting:
        return
    first = next(
        category
        for category, practices in definition.questions.items()
        if any(practice.id in waiting for practice in practices)
    )
    verb = "is" if len(waiting) == 1 else "are"
    none = f"None of them decides a {words.word_of(score)}."
    effect = words.answering(score) if score.open else none
    st.warning(
        f"{effect} You can submit now and come back.",
        title=f"{words.count(len(waiting), 'question')} {verb} not answered",
        icon=":material/help:",
    )
    st.button(
        "Go to the first open question",
        key="first_open",
        on_click=steps.go,
        args=(first,),
    )


def category_answers(
    definition: Definition, sheet: Sheet, category: Category, *, change: bool = True
) -> None:
    """The answers of a category, with a way back to its questions."""
    if not definition.by_category[category.id]:
        return
    with st.container(border=True, gap="xsmall"):
        _category(category, change)
        st.table(
            _answers(definition, sheet, category),
            border="horizontal",
            hide_index=True,
            hide_header=True,
        )


def _category(category: Category, change: bool) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.header(category.name, anchor=False, width="content")
        if change:
            st.button(
                "Change",
                key=f"change-{category.id}",
                type="tertiary",
                help=f"Go back to {category.name}",
                on_click=steps.go,
                args=(category.id,),
            )


def _answers(
    definition: Definition, sheet: Sheet, category: Category
) -> list[dict[str, str]]:
    rows = []
    answers = definition.counted(sheet.current())
    for practice in definition.by_category[category.id]:
        answer = answers.get(practice.id)
        said = escape(answer_text(practice, answer))
        if is_open(practice, answer):
            said = f":orange[:material/help:] {said}"
            if practice.id in sheet.carried:
                before = answer_text(practice, sheet.carried[practice.id].answer)
                said = f":orange[:material/history: Not kept yet:] {escape(before)}"
        rows.append({"Question": f"**{practice.name}**", "Answer": said})
    return rows


def submit_footer(context: Context, definition: Definition) -> bool:
    """Previous and submit; whether the assessment was just submitted."""
    return steps.submit(
        definition,
        f"Submit {context.quarter.label} assessment",
        "submit",
        lambda: context.service.submit(
            context.team.id,
            context.model,
            context.quarter,
            st.session_state.get("scope", ""),
            context.person(),
        ),
    )
