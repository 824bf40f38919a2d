"""One question on screen: its ladder, its reason, and what was said before.

Before each widget is drawn its key is set from the database, and its callback writes
the whole answer anew.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity import agreement_words
from maturity.answer import AnswerRow, State
from maturity.practice import Practice
from maturity.service import NOTE_LENGTH
from maturity.suggesting import Suggested
from maturity.ui import evidence, glossary, past, saving, suggestions
from maturity.ui.asked import NOT_APPLICABLE, UNKNOWN, Asked, edit, save
from maturity.ui.layout import clock, escape

REASON_NEEDED = "Say why it does not apply; until then the question counts as open."


def spot(practice: str) -> str:
    """The key of the container that holds a question."""
    return f"q-{practice.replace('.', '-')}"


def draw(
    question: Asked,
    place: str,
    suggested: Sequence[Suggested] = (),
    *,
    marked: bool = False,
) -> None:
    """The question with its ladder; `place` is as in "Question 1 of 5".

    One that is marked stands out, with what backs its answer unfolded.
    """
    practice, state = question.practice, st.session_state
    with st.container(key=spot(practice.id), gap="xsmall", border=marked):
        with st.container(gap=None):
            st.caption(f"{place} · {practice.name}")
            st.subheader(practice.question, anchor=False, help=practice.why)
            glossary.beside(practice)
        options = [*practice.ladder, UNKNOWN, NOT_APPLICABLE]
        key = question.key("answer")
        state[key] = question.choice
        st.radio(
            practice.question,
            options,
            key=key,
            format_func=lambda option: option_text(practice, option),
            captions=_captions(question, options),
            label_visibility="collapsed",
            on_change=_choose,
            args=(question,),
            width="stretch",
        )
        if question.is_carried:
            _offer_keep(question)
        suggestions.offer(question, suggested)
        if state[key] == NOT_APPLICABLE:
            _ask_reason(question)
        gone = st.session_state.get("_review_gone", {}).get(question.place)
        if gone and not question.shown.reviewed:
            st.caption(f":orange[:material/history:] {gone}")
        _conflict(question)
        evidence.note_and_evidence(question, unfolded=marked)
        past.history(question.context, practice, question.key("history"))


def option_text(practice: Practice, option: str) -> str:
    """An option as it stands in a list to choose from; what is no rung is grey."""
    said = agreement_words.chosen(practice, option)
    return f":gray[{said}]" if option in (UNKNOWN, NOT_APPLICABLE) else said


def _captions(question: Asked, options: Sequence[str]) -> list[str]:
    carried = question.carried
    if carried is None:
        return []
    given = carried.answer.chosen or NOT_APPLICABLE
    # Grey in place of the usual fading, too pale on the tint of a chosen option.
    label = f":gray[:material/history: Your answer in {_quarter_label(carried)}]"
    return [label if option == given else "" for option in options]


def _quarter_label(row: AnswerRow) -> str:
    year, number = row.quarter.split("-")
    return f"{number} {year}"


def _offer_keep(question: Asked) -> None:
    assert question.carried is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Keep this answer",
            key=question.key("keep"),
            icon=":material/check:",
            on_click=_keep,
            args=(question,),
        )
        since = f"From {_quarter_label(question.carried)}."
        if question.carried.quarter == str(question.context.quarter):
            since = "The answers to choose from have changed since you gave it."
        st.caption(f"{since} It counts as open until you keep it or choose another.")


def _ask_reason(question: Asked) -> None:
    key = question.key("reason")
    st.session_state[key] = question.shown.reason
    st.text_input(
        "Why does this not apply?",
        key=key,
        max_chars=NOTE_LENGTH,
        on_change=_give_reason,
        args=(question,),
        placeholder="As in: we only predict in batches, once a night",
    )
    if not question.shown.reason.strip():
        st.caption(f":orange[:material/help:] {REASON_NEEDED}")


def _conflict(question: Asked) -> None:
    """Someone else's answer that this session's own has just replaced."""
    other: AnswerRow | None = saving.conflicts().get(question.place)
    if other is None:
        return
    who = escape(question.context.author(other.author) or "Somebody")
    said = escape(past.said(question.practice, other.answer))
    st.warning(
        f"{who} answered this at {clock(other.at)} with “{said}” Yours is the "
        "current one.",
        icon=":material/group:",
    )
    st.button(
        f"Take the answer of {who}",
        key=question.key("take"),
        on_click=_take,
        args=(question, other),
    )


def _choose(question: Asked) -> None:
    choice = st.session_state[question.key("answer")]
    shown = question.shown
    if choice == UNKNOWN:
        answer = shown.but(state=State.UNKNOWN, rung="", reason="")
    elif choice == NOT_APPLICABLE:
        answer = shown.but(state=State.NOT_APPLICABLE, rung="")
    else:
        answer = shown.but(state=State.RUNG, rung=choice, reason="")
    save(question, answer)


def _give_reason(question: Asked) -> None:
    reason = str(st.session_state[question.key("reason")] or "").strip()
    edit(question, question.shown.but(reason=reason))


def _keep(question: Asked) -> None:
    assert question.carried is not None
    save(question, question.shown.but(state=State.KEPT))


def _take(question: Asked, other: AnswerRow) -> None:
    save(question, other.answer)
