"""One question on screen: its ladder, its reason, its note and evidence.

Before each widget is drawn its key is set from the database, and its callback writes
the whole answer anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

import streamlit as st

from maturity.answer import Answer, AnswerRow, State
from maturity.practice import Practice
from maturity.quarter import today
from maturity.service import NOTE_LENGTH, Sheet
from maturity.ui import glossary, past, saving
from maturity.ui.choice import Context
from maturity.ui.layout import clock, escape

UNKNOWN = "?"


NOT_APPLICABLE = "-"


REASON_NEEDED = "Say why it does not apply; until then the question counts as open."


Part = Literal["reason", "note", "link", "evidence_on"]


@dataclass(frozen=True)
class Asked:
    """A question as this run draws it."""

    context: Context
    practice: Practice
    row: AnswerRow | None
    carried: AnswerRow | None

    @cached_property
    def shown(self) -> Answer:
        """The answer to show: the unsaved one, the current, else the carried one."""
        waiting = saving.unsaved().get(_place(self))
        if waiting is not None:
            return waiting[0]
        if self.row is not None and (
            self.row.answer.state is not State.CLEARED or self.carried is None
        ):
            return self.row.answer
        if self.carried is not None:
            note = self.row.answer.note if self.row is not None else ""
            carried = self.carried.answer
            return replace(carried, note=note) if note else carried
        return Answer(State.CLEARED)

    @property
    def seen(self) -> int:
        """The seq of the row on screen, to notice someone else's."""
        return self.row.seq if self.row else 0

    def key(self, part: str) -> str:
        context = self.context
        who = [context.respondent] if context.respondent else []
        place = [context.team.id, str(context.quarter), *who, self.practice.id]
        return "/".join([part, *place])


def asked(context: Context, sheet: Sheet, practice: Practice) -> Asked:
    return Asked(
        context,
        practice,
        sheet.answers.get(practice.id),
        sheet.carried.get(practice.id),
    )


def draw(question: Asked, place: str) -> None:
    """The question with its ladder; `place` is as in "Question 1 of 5"."""
    practice, state = question.practice, st.session_state
    with st.container(key=f"q-{practice.id.replace('.', '-')}", gap="xsmall"):
        with st.container(gap=None):
            st.caption(f"{place} · {practice.name}")
            st.subheader(practice.question, anchor=False, help=practice.why)
            glossary.beside(practice)
        options = [*practice.ladder, UNKNOWN, NOT_APPLICABLE]
        key = question.key("answer")
        state[key] = _choice(question)
        st.radio(
            practice.question,
            options,
            key=key,
            format_func=lambda option: _option_text(practice, option),
            captions=_captions(question, options),
            label_visibility="collapsed",
            on_change=_choose,
            args=(question,),
            width="stretch",
        )
        if _is_carried(question):
            _offer_keep(question)
        if state[key] == NOT_APPLICABLE:
            _ask_reason(question)
        _conflict(question)
        _note_and_evidence(question)
        past.history(question.context, practice, question.key("history"))


def _choice(question: Asked) -> str | None:
    answer = question.shown
    if answer.state is State.UNKNOWN:
        return UNKNOWN
    if answer.chosen:
        known = question.practice.rank(answer.chosen) is not None
        return answer.chosen if known else None
    if answer.state in (State.NOT_APPLICABLE, State.KEPT):
        return NOT_APPLICABLE
    return None


def _option_text(practice: Practice, option: str) -> str:
    if option == UNKNOWN:
        return ":gray[We don't know]"
    if option == NOT_APPLICABLE:
        return ":gray[Not applicable to this team]"
    rung = practice.rung(option)
    return rung.text if rung else option


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


def _is_carried(question: Asked) -> bool:
    return question.carried is not None and _place(question) not in saving.unsaved()


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
        on_change=_edit,
        args=(question, "reason"),
        placeholder="As in: we only predict in batches, once a night",
    )
    if not question.shown.reason.strip():
        st.caption(f":orange[:material/help:] {REASON_NEEDED}")


def _note_and_evidence(question: Asked) -> None:
    answer, state = question.shown, st.session_state
    held = [
        word
        for word, there in (("a note", answer.note), ("a link", answer.link))
        if there
    ]
    label = "Note and evidence" + (f": {' and '.join(held)}" if held else "")
    stale = bool(answer.link) and not answer.evidenced(question.context.quarter)
    if stale:
        label += ", too old to count"
    with st.expander(
        label, icon=":material/attach_file:", type="compact", key=question.key("more")
    ):
        st.caption("What would show it: " + " · ".join(question.practice.evidence))
        note, link, day = (question.key(part) for part in ("note", "link", "day"))
        state[note], state[link] = answer.note, answer.link
        state[day] = answer.evidence_on
        st.text_area(
            "Note",
            key=note,
            max_chars=NOTE_LENGTH,
            height=80,
            on_change=_edit,
            args=(question, "note"),
            placeholder="What a colleague needs to know to agree with this answer",
        )
        st.text_input(
            "Link to evidence",
            key=link,
            max_chars=NOTE_LENGTH,
            on_change=_edit,
            args=(question, "link"),
            placeholder="https://",
        )
        st.date_input(
            "Date of the evidence",
            key=day,
            value=None,
            format="YYYY-MM-DD",
            max_value=today(),
            on_change=_edit,
            args=(question, "evidence_on"),
            help="Evidence counts for two quarters from its date.",
        )
        if stale:
            quarter = question.context.quarter.label
            st.caption(
                f":orange[:material/history:] This evidence does not cover {quarter}. "
                "Look whether it still holds, and give it a new date."
            )
        problem = state.get("_refused", {}).get(_place(question))
        if problem:
            st.caption(f":red[:material/error:] {escape(problem)}")
        if question.row is not None and _choice(question) is not None:
            st.button(
                "Clear answer",
                key=question.key("clear"),
                type="tertiary",
                on_click=_clear,
                args=(question,),
            )


def _conflict(question: Asked) -> None:
    """Someone else's answer that this session's own has just replaced."""
    other: AnswerRow | None = saving.conflicts().get(_place(question))
    if other is None:
        return
    who = escape(question.context.author(other.author) or "Someone")
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


def _place(question: Asked) -> saving.Place:
    return saving.place(question.context, question.practice.id)


def _choose(question: Asked) -> None:
    choice = st.session_state[question.key("answer")]
    base = replace(question.shown, rung="", reason="")
    if choice == UNKNOWN:
        answer = replace(base, state=State.UNKNOWN)
    elif choice == NOT_APPLICABLE:
        reason = question.shown.reason
        answer = replace(base, state=State.NOT_APPLICABLE, reason=reason)
    else:
        answer = replace(base, state=State.RUNG, rung=choice)
    _save(question, answer)


def _edit(question: Asked, part: Part) -> None:
    key = question.key("day" if part == "evidence_on" else part)
    value: str | date | None = st.session_state[key]
    answer = question.shown
    if part == "evidence_on":
        answer = replace(answer, evidence_on=value if isinstance(value, date) else None)
    else:
        text = str(value or "").strip()
        if part == "reason":
            answer = replace(answer, reason=text)
        elif part == "note":
            answer = replace(answer, note=text)
        else:
            day = (answer.evidence_on or today()) if text else None
            answer = replace(answer, link=text, evidence_on=day)
    if _is_carried(question) and answer.state is State.RUNG:
        answer = replace(answer, state=State.KEPT)
    _save(question, answer)


def _keep(question: Asked) -> None:
    assert question.carried is not None
    _save(question, replace(question.shown, state=State.KEPT))


def _clear(question: Asked) -> None:
    _save(question, replace(question.shown, state=State.CLEARED, rung="", reason=""))


def _take(question: Asked, other: AnswerRow) -> None:
    _save(question, other.answer)


def _save(question: Asked, answer: Answer) -> None:
    saving.conflicts().pop(_place(question), None)
    saving.flush()
    saving.write(question.context, _place(question), answer, question.seen)
