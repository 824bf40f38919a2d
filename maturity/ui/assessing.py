"""The three parts of Assess: choose a model, answer a category a step, review.

Everything below the step bar is one fragment, so that a click redraws the questions
of one category with the progress above them and nothing else.
"""

from __future__ import annotations

import math

import streamlit as st

from maturity import words
from maturity.model import Category, Definition, MaturityModel
from maturity.reading import answer_text, is_open
from maturity.service import RefusedError, Sheet, open_questions
from maturity.team import AssessmentRow
from maturity.ui import frame, questions
from maturity.ui.choice import Context
from maturity.ui.layout import card, escape, head, section

REVIEW = "review"
PARTS = {"people": "People"}
INSTRUCTION = (
    "Answer for what is true of nearly all trained models in scope; between two "
    "answers, take the lower."
)


# Choosing a model


def choose_model(context: Context) -> None:
    """A card for each model: what it asks, how long it takes, whom it suits."""
    with head(
        f"Assess {escape(context.team.name)}",
        f"{context.quarter.label} · Choose a model. You can answer more than one: an "
        "answer given for one model is already there for the next.",
    ):
        pass
    sheet = context.service.sheet(context.team.id, context.quarter)
    models = context.service.library.models
    with st.grid(3, min_column_width=260, gap="small"):
        for model_id in models:
            with card():
                _model_card(context, sheet, model_id)
    if sheet.carried:
        st.caption(
            f"{words.count(len(sheet.carried), 'answer')} of earlier quarters are "
            "filled in for you. Keep what is still true and change what is different."
        )


def _model_card(context: Context, sheet: Sheet, model_id: str) -> None:
    definition = context.service.library.definition(model_id)
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
    names = ", ".join(category.short_name for category in model.categories)
    st.markdown(
        f":small[:material/help: {words.count(len(asked), 'question')}  \n"
        f":material/schedule: about {words.count(definition.minutes, 'minute')}  \n"
        f":material/category: {words.count(len(model.categories), 'category', 'categories')}: "
        f"{names}]"
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
        on_click=begin,
        args=(context, model_id),
        help=f"{label}: {model.name}",
    )


def _badge(row: AssessmentRow | None, done: int) -> str:
    if row is not None and row.state == "submitted":
        return "Submitted"
    return "In progress" if row is not None else ("Partly answered" if done else "")


def begin(context: Context, model_id: str) -> None:
    """Start or go on with an assessment, at the first open question's category."""
    service = context.service
    definition = service.library.definition(model_id)
    if service.assessment(context.team.id, model_id, context.quarter) is None:
        scope = _last_scope(context, model_id)
        by = context.person()
        service.start(context.team.id, model_id, context.quarter, scope, by)
    st.session_state["_model"] = model_id
    sheet = service.sheet(context.team.id, context.quarter)
    waiting = set(open_questions(definition, sheet.current()))
    steps = [
        category
        for category, practices in definition.questions.items()
        if any(practice.id in waiting for practice in practices)
    ]
    go(steps[0] if steps else REVIEW)


def _last_scope(context: Context, model_id: str) -> str:
    """What the team's newest assessment covered, so that it need not be said again."""
    rows = context.service.store.assessments(context.team.id)
    mine = [row for row in rows if row.model == model_id] or rows
    return mine[-1].scope if mine else ""


# Moving between steps


def go(step: str | None) -> None:
    """Open a step; the view goes back to the top and the focus to the heading."""
    st.session_state["_step"] = step
    st.session_state["_moved"] = st.session_state.get("_moved", 0) + 1


def current_step(definition: Definition) -> str | None:
    """The step in the session, if this model has it."""
    step: str | None = st.session_state.get("_step")
    known = {category.id for category in definition.model.categories} | {REVIEW}
    return step if step in known else None


def step_bar(definition: Definition, sheet: Sheet, step: str) -> None:
    """All steps in a row; a finished category carries a check mark."""
    model = definition.model
    waiting = set(open_questions(definition, sheet.current()))
    labels = {}
    for category in model.categories:
        practices = definition.questions[category.id]
        done = all(practice.id not in waiting for practice in practices)
        mark = ":material/check: " if done else ""
        labels[category.id] = f"{mark}{category.name}"
    labels[REVIEW] = "Review"
    st.session_state["pick_step"] = step
    st.segmented_control(
        "Step",
        list(labels),
        format_func=labels.__getitem__,
        key="pick_step",
        label_visibility="collapsed",
        required=True,
        width="stretch",
        wrap=False,
        on_change=lambda: go(st.session_state["pick_step"]),
    )


# One category


@st.fragment
def category_step(context: Context, definition: Definition, category: Category) -> None:
    """The questions of a category, with the progress above them."""
    with frame.safely():
        sheet = context.service.sheet(context.team.id, context.quarter)
        _progress(context, definition, sheet)
        questions.unsaved_warning()
        with st.container(gap=None):
            st.title(category.name, anchor=False)
            st.caption(f"{category.summary} {INSTRUCTION}")
        practices = definition.questions[category.id]
        if not practices:
            st.caption("Everything this category needs is asked in an earlier one.")
        _keep_all(context, sheet, [practice.id for practice in practices])
        for number, practice in enumerate(practices, start=1):
            place = f"Question {number} of {len(practices)}"
            questions.draw(questions.asked(context, sheet, practice), place)


def _progress(context: Context, definition: Definition, sheet: Sheet) -> None:
    total = len(definition.asked)
    waiting = open_questions(definition, sheet.current())
    done = total - len(waiting)
    minutes = math.ceil(len(waiting) / total * definition.minutes)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.caption(
            f"{escape(context.team.name)} · {definition.model.short_name} · "
            f"{context.quarter.label}",
            width="content",
        )
        st.markdown(f":small[{questions.saved_line()}]", width="content")
    left = f"about {max(1, minutes)} min left" if waiting else "all answered"
    st.progress(done / total, text=f"**{done} of {total}** answered · {left}")


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
        )
        st.button(
            "Keep them all", key="keep_all", on_click=_keep, args=(context, carried)
        )


def _keep(context: Context, practices: list[str]) -> None:
    context.service.keep(context.team.id, context.quarter, practices, context.person())


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
            on_change=lambda: context.service.start(
                context.team.id,
                context.model,
                context.quarter,
                state["scope"],
                context.person(),
            ),
        )
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


def footer(definition: Definition, step: str, sheet: Sheet) -> None:
    """Previous, the next open question, and next; nobody is forced forward."""
    steps = [category.id for category in definition.model.categories] + [REVIEW]
    place = steps.index(step)
    following = steps[place + 1]
    with (
        st.bottom,
        st.container(horizontal_alignment="center"),
        st.container(
            width=720,
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ),
    ):
        back(steps, place)
        waiting = open_elsewhere(definition, sheet, step)
        if waiting is not None and waiting != following:
            st.button(
                "Next open question",
                key="next_open",
                type="tertiary",
                on_click=go,
                args=(waiting,),
                help=f"Goes to {definition.model.category(waiting).name}",
            )
        name = (
            "Review"
            if following == REVIEW
            else definition.model.category(following).short_name
        )
        st.button(
            f"Next: {name}",
            key="next",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=go,
            args=(following,),
        )


def back(steps: list[str], place: int) -> None:
    st.button(
        "Previous" if place else "All models",
        key="previous",
        icon=":material/arrow_back:",
        on_click=go,
        args=(steps[place - 1] if place else None,),
    )


def open_elsewhere(definition: Definition, sheet: Sheet, step: str) -> str | None:
    """The next category, wrapping around, that has an open question."""
    waiting = set(open_questions(definition, sheet.current()))
    order = [category.id for category in definition.model.categories]
    start = order.index(step) + 1 if step in order else 0
    for category in [*order[start:], *order[: max(0, start - 1)]]:
        if any(p.id in waiting for p in definition.questions[category]):
            return category
    return None


# Review and submit


def review(context: Context, definition: Definition, row: AssessmentRow | None) -> None:
    """Every answer once more, what is open, and the one button that freezes it."""
    model = definition.model
    sheet = context.service.sheet(context.team.id, context.quarter)
    draft = context.service.draft(context.team, model.id, context.quarter)
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
    _open_warning(definition, sheet, draft.overall.open)
    carried = [p.id for p in definition.asked if p.id in sheet.carried]
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
            on_click=_keep,
            args=(context, carried),
        )
    for category in model.categories:
        if definition.questions[category.id]:
            with st.container(border=True, gap="xsmall"):
                _review_category(definition, sheet, model, category)
    about(context, row)


def _open_warning(definition: Definition, sheet: Sheet, gating: int) -> None:
    waiting = open_questions(definition, sheet.current())
    if not waiting:
        return
    first = next(
        category
        for category, practices in definition.questions.items()
        if any(practice.id in waiting for practice in practices)
    )
    verb = "is" if len(waiting) == 1 else "are"
    effect = (
        "Your level shows as a range until you answer them."
        if gating
        else "None of them decides a level."
    )
    st.warning(
        f"{effect} You can submit now and come back.",
        title=f"{words.count(len(waiting), 'question')} {verb} not answered",
        icon=":material/help:",
    )
    st.button(
        "Go to the first open question", key="first_open", on_click=go, args=(first,)
    )


def _review_category(
    definition: Definition, sheet: Sheet, model: MaturityModel, category: Category
) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.header(category.name, anchor=False, width="content")
        st.button(
            "Change",
            key=f"change-{category.id}",
            type="tertiary",
            help=f"Go back to {category.name}",
            on_click=go,
            args=(category.id,),
        )
    rows = []
    for practice in definition.questions[category.id]:
        answer = sheet.current().get(practice.id)
        if is_open(practice, answer):
            said = ":orange[:material/help: Not answered]"
            if practice.id in sheet.carried:
                said = ":orange[:material/history: Carried, not kept yet]"
        else:
            said = escape(answer_text(practice, answer))
        rows.append({"Question": f"**{practice.name}**", "Answer": said})
    st.table(rows, border="horizontal", hide_index=True, hide_header=True)


def submit_footer(context: Context, definition: Definition) -> bool:
    """Previous and submit; whether the assessment was just submitted."""
    steps = [category.id for category in definition.model.categories] + [REVIEW]
    with (
        st.bottom,
        st.container(horizontal_alignment="center"),
        st.container(width=720, horizontal=True, horizontal_alignment="distribute"),
    ):
        back(steps, len(steps) - 1)
        pressed = st.button(
            f"Submit {context.quarter.label} assessment", key="submit", type="primary"
        )
    if not pressed:
        return False
    try:
        context.service.submit(
            context.team.id,
            context.model,
            context.quarter,
            st.session_state.get("scope", ""),
            context.person(),
        )
    except RefusedError as error:
        section("")
        st.error(escape(str(error)), title="Not submitted", icon=":material/error:")
        return False
    return True
