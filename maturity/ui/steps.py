"""The steps of an assessment: a category each, then the review, in any order."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from maturity.model import Definition
from maturity.quarter import Quarter
from maturity.reading import open_questions
from maturity.readings import Sheet
from maturity.service import RefusedError
from maturity.storage import StoreError
from maturity.ui import addresses, saving
from maturity.ui.choice import Context
from maturity.ui.layout import NARROW, escape
from maturity.ui.notices import careful

REVIEW = "review"


@careful
def begin(context: Context, model_id: str, quarter: Quarter) -> None:
    """Start or go on with an assessment, at the first open question's category."""
    service = context.service
    definition = service.definition(context.team, model_id)
    if service.assessment(context.team.id, model_id, quarter) is None:
        scope = _last_scope(context, model_id)
        by = context.person()
        service.start(context.team.id, model_id, quarter, scope, by)
    st.session_state.update(_model=model_id, _quarter_assess=str(quarter))
    sheet = service.sheet(context.team.id, quarter)
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


def go(step: str | None) -> None:
    """Open a step; the view goes back to the top and the focus to the heading."""
    st.session_state["_step"] = step
    st.session_state.pop("_asked_for", None)
    addresses.moved()


def current_step(definition: Definition) -> str | None:
    """The step in the session, if this model has it."""
    step: str | None = st.session_state.get("_step")
    return step if step in order(definition) else None


def asked_for(definition: Definition, step: str) -> str:
    """The practice of this step that the address leads to; "" where it names none."""
    practice: str = st.session_state.get("_asked_for") or ""
    asked = {p.id for p in definition.questions.get(step, ())}
    return practice if practice in asked else ""


def order(definition: Definition) -> list[str]:
    """Every step in order: the category ids, then the review."""
    return [*(category.id for category in definition.model.categories), REVIEW]


def step_bar(definition: Definition, sheet: Sheet, step: str) -> None:
    """All steps in a row; a finished category carries a check mark."""
    model = definition.model
    waiting = set(open_questions(definition, sheet.current()))
    labels = {}
    for category in model.categories:
        practices = definition.questions[category.id]
        done = all(practice.id not in waiting for practice in practices)
        mark = ":material/check: " if done else ""
        labels[category.id] = f"{mark}{category.called}"
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


def footer(
    definition: Definition, step: str, sheet: Sheet, start: str = "All models"
) -> None:
    """Previous, the next open question, and next; nobody is forced forward.

    `start` names what comes before the first step.
    """
    every = order(definition)
    place = every.index(step)
    following = every[place + 1]
    with (
        st.bottom,
        st.container(horizontal_alignment="center"),
        st.container(
            width=NARROW,
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="steps",
        ),
    ):
        back(every, place, start)
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
            else definition.model.category(following).called
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


def submit(
    definition: Definition, label: str, key: str, act: Callable[[], object]
) -> bool:
    """Previous and submit, below the review; whether it was just submitted."""
    every = order(definition)
    with (
        st.bottom,
        st.container(horizontal_alignment="center"),
        st.container(width=NARROW, horizontal=True, horizontal_alignment="distribute"),
    ):
        back(every, len(every) - 1)
        pressed = st.button(label, key=key, type="primary")
    if not pressed:
        return False
    saving.flush()
    try:
        if saving.unsaved():
            raise RefusedError(
                "Some answers could not be saved yet, so they would not count. Try "
                "again."
            )
        act()
    except (RefusedError, StoreError) as error:
        st.error(escape(str(error)), title="Not submitted", icon=":material/error:")
        return False
    return True


def back(steps: list[str], place: int, start: str = "All models") -> None:
    st.button(
        "Previous" if place else start,
        key="previous",
        icon=":material/arrow_back:",
        on_click=go,
        args=(steps[place - 1] if place else None,),
    )


def open_elsewhere(definition: Definition, sheet: Sheet, step: str) -> str | None:
    """The next category, wrapping around, that has an open question."""
    waiting = set(open_questions(definition, sheet.current()))
    categories = order(definition)[:-1]
    start = categories.index(step)
    for category in [*categories[start + 1 :], *categories[:start]]:
        if any(p.id in waiting for p in definition.questions[category]):
            return category
    return None
