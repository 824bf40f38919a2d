"""What backs an answer, beside its question: a note, a link, and how long it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import streamlit as st

from maturity import evidence_words, words
from maturity.answer import Answer, State, usual_day, usual_end
from maturity.quarter import today
from maturity.service import NOTE_LENGTH
from maturity.ui.asked import Asked, edit, save
from maturity.ui.layout import escape

Part = Literal["note", "link", "day", "until"]

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
"""What the fields for days take; outside them a widget would refuse its own value."""


def note_and_evidence(question: Asked) -> None:
    """The fields for what backs the answer, folded away under what they hold."""
    answer, state = question.shown, st.session_state
    quarter = question.context.quarter
    with st.expander(
        evidence_words.label(answer, quarter),
        icon=":material/attach_file:",
        type="compact",
        key=question.key("more"),
    ):
        st.caption("What would show it: " + " · ".join(question.practice.evidence))
        state[question.key("note")] = answer.note
        st.text_area(
            "Note",
            key=question.key("note"),
            max_chars=NOTE_LENGTH,
            height=80,
            on_change=_edit,
            args=(question, "note"),
            placeholder="What a colleague needs to know to agree with this answer",
        )
        state[question.key("link")] = answer.link
        st.text_input(
            "Link to evidence",
            key=question.key("link"),
            max_chars=NOTE_LENGTH,
            on_change=_edit,
            args=(question, "link"),
            placeholder="https://",
        )
        _days(question)
        doubt = evidence_words.doubt(answer, quarter)
        if doubt:
            st.caption(f":orange[:material/history:] {doubt}")
        problem = state.get("_refused", {}).get(question.place)
        if problem:
            st.caption(f":red[:material/error:] {escape(problem)}")
        if question.row is not None and question.choice is not None:
            st.button(
                "Clear answer",
                key=question.key("clear"),
                type="tertiary",
                on_click=_clear,
                args=(question,),
            )


def _days(question: Asked) -> None:
    answer, state = question.shown, st.session_state
    with st.grid(2, min_column_width=220, gap="small"):
        state[question.key("day")] = answer.evidence_on
        st.date_input(
            "Date of the evidence",
            key=question.key("day"),
            value=None,
            format="YYYY-MM-DD",
            min_value=FIRST_DAY,
            max_value=today(),
            on_change=_edit,
            args=(question, "day"),
            help="The day that the evidence shows. It counts for two quarters, unless "
            "you say until when it is valid.",
        )
        with st.container(gap="xxsmall"):
            state[question.key("until")] = answer.valid_until
            st.date_input(
                "Valid until",
                key=question.key("until"),
                value=None,
                format="YYYY-MM-DD",
                min_value=FIRST_DAY,
                max_value=LAST_DAY,
                disabled=answer.evidence_on is None,
                on_change=_edit,
                args=(question, "until"),
                help="For what changes seldom, as a handbook or a policy. May stay "
                "empty.",
            )
            if answer.evidence_on is not None and answer.valid_until is None:
                usual = words.day(usual_end(answer.evidence_on))
                st.caption(f"Left empty, it counts until {usual}.")


def _edit(question: Asked, part: Part) -> None:
    value: str | date | None = st.session_state[question.key(part)]
    if part in ("day", "until"):
        day = value if isinstance(value, date) else None
        edit(question, _dated(question.shown, part, day))
        return
    text = str(value or "").strip()
    if part == "note":
        edit(question, replace(question.shown, note=text))
    elif text:
        day = question.shown.evidence_on or usual_day(question.context.quarter)
        edit(question, replace(question.shown, link=text, evidence_on=day))
    else:
        edit(question, _dated(replace(question.shown, link=""), "day", None))


def _dated(answer: Answer, part: Part, day: date | None) -> Answer:
    """The answer with another day; one past the old end begins a new validity."""
    if part == "until":
        return replace(answer, valid_until=day)
    until = answer.valid_until
    over = day is None or (until is not None and until < day)
    return replace(answer, evidence_on=day, valid_until=None if over else until)


def _clear(question: Asked) -> None:
    save(question, replace(question.shown, state=State.CLEARED, rung="", reason=""))
