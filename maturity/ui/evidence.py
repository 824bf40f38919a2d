"""What backs an answer, beside its question: a note, a link, and how long it counts."""

from __future__ import annotations

from datetime import date
from typing import Literal

import streamlit as st

from maturity import evidence_words, reviews, words
from maturity.answer import Answer, State, usual_day, usual_end
from maturity.quarter import today
from maturity.service import NOTE_LENGTH, RefusedError
from maturity.storage import StoreError
from maturity.ui import identity, saving
from maturity.ui.asked import Asked, edit, save
from maturity.ui.layout import escape

Part = Literal["note", "link", "day", "until"]

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
"""What the fields for days take; outside them a widget would refuse its own value."""


def note_and_evidence(question: Asked, *, unfolded: bool = False) -> None:
    """The fields for what backs the answer, folded away under what they hold."""
    answer, state = question.shown, st.session_state
    quarter = question.context.quarter
    with st.expander(
        evidence_words.label(answer, quarter),
        expanded=unfolded and bool(answer.link),
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
        _review(question)
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
        edit(question, question.shown.but(note=text))
    elif text:
        day = question.shown.evidence_on or usual_day(question.context.quarter)
        edit(question, question.shown.but(link=text, evidence_on=day))
    else:
        edit(question, _dated(question.shown.but(link=""), "day", None))


def _dated(answer: Answer, part: Part, day: date | None) -> Answer:
    """The answer with another day; one past the old end begins a new validity."""
    if part == "until":
        return answer.but(valid_until=day)
    until = answer.valid_until
    over = day is None or (until is not None and until < day)
    return answer.but(evidence_on=day, valid_until=None if over else until)


def _review(question: Asked) -> None:
    """The review that there is, or the button to give one."""
    answer, context = question.shown, question.context
    if context.respondent or question.is_carried or question.row is None:
        return
    if answer.counts_until is None or not answer.chosen:
        return
    if answer.reviewed_on is not None:
        who = escape(context.author(answer.reviewed_by))
        said = evidence_words.reviewed(who, answer.reviewed_on)
        st.caption(f":green[:material/verified:] {said}")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not identity.verified():
            st.session_state[question.key("reviewer")] = identity.name()
            st.text_input(
                "Your name",
                key=question.key("reviewer"),
                max_chars=80,
                width=220,
                on_change=_name,
                args=(question,),
                help="Shown with the review. Nobody checks it: this dashboard has no "
                "sign-in.",
            )
        st.button(
            "I reviewed this",
            key=question.key("review"),
            icon=":material/verified:",
            help="Says that you looked at the evidence and that it shows the answer. "
            "For somebody other than whoever gave it.",
            on_click=_say_reviewed,
            args=(question,),
        )


def _name(question: Asked) -> None:
    typed = str(st.session_state[question.key("reviewer")] or "")
    st.session_state["my_name"] = typed.strip()


def _say_reviewed(question: Asked) -> None:
    context, row, place = question.context, question.row, question.place
    refused: dict[saving.Place, str] = st.session_state.setdefault("_refused", {})
    refused.pop(place, None)
    assert row is not None
    try:
        done = reviews.review(context.service, row, context.person())
    except (RefusedError, StoreError) as error:
        refused[place] = str(error)
        return
    saving.written(place, done, row.seq)


def _clear(question: Asked) -> None:
    save(question, question.shown.but(state=State.CLEARED, rung="", reason=""))
