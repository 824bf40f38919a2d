"""A question as a run draws it: the answer it shows, its widgets' keys, its saving."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from maturity.answer import Answer, AnswerRow, State
from maturity.practice import Practice
from maturity.readings import Sheet
from maturity.ui import saving
from maturity.ui.choice import Context

UNKNOWN = "?"
NOT_APPLICABLE = "-"


@dataclass(frozen=True)
class Asked:
    """A question as this run draws it."""

    context: Context
    practice: Practice
    row: AnswerRow | None
    carried: AnswerRow | None

    @property
    def place(self) -> saving.Place:
        return saving.place(self.context, self.practice.id)

    @cached_property
    def shown(self) -> Answer:
        """The answer to show: the unsaved one, the current, else the carried one."""
        waiting = saving.unsaved().get(self.place)
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

    @property
    def is_carried(self) -> bool:
        """Whether what is shown is an earlier quarter's answer, not kept yet."""
        return self.carried is not None and self.place not in saving.unsaved()

    @property
    def choice(self) -> str | None:
        """The option that is chosen: a rung's id, UNKNOWN, NOT_APPLICABLE or none."""
        answer = self.shown
        if answer.state is State.UNKNOWN:
            return UNKNOWN
        if answer.chosen:
            known = self.practice.rank(answer.chosen) is not None
            return answer.chosen if known else None
        if answer.state in (State.NOT_APPLICABLE, State.KEPT):
            return NOT_APPLICABLE
        return None

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


def edit(question: Asked, answer: Answer) -> None:
    """Write what was changed beside the choice; a carried answer is so kept."""
    if question.is_carried and answer.state is State.RUNG:
        answer = replace(answer, state=State.KEPT)
    save(question, answer)


def save(question: Asked, answer: Answer) -> None:
    """Write the answer, whole, at once."""
    gone: dict[saving.Place, str] = st.session_state.setdefault("_review_gone", {})
    gone.pop(question.place, None)
    if question.shown.reviewed and not answer.reviewed:
        gone[question.place] = (
            "It was reviewed, and the review does not count any more: it was of the "
            "answer and its evidence as they were. Undo brings both back."
        )
    saving.conflicts().pop(question.place, None)
    saving.flush()
    saving.write(question.context, question.place, answer, question.seen)
