"""Reviewing evidence: who looked at what backs an answer, and when.

A review is kept in the answer's row, so undo, the history and a frozen quarter hold it
like any other part; `Answer.but` takes it away with what it was of.
"""

from __future__ import annotations

from dataclasses import replace

from maturity.answer import AnswerRow
from maturity.quarter import Quarter, today
from maturity.service import RefusedError, Service
from maturity.team import Appended


def review(service: Service, seen: AnswerRow, by: str) -> Appended:
    """Say that `by` looked at the evidence of an answer, as it was seen.

    For somebody with a name who did not give this answer with this evidence.
    """
    quarter, answer = Quarter.parse(seen.quarter), seen.answer
    current = service.sheet(seen.team, quarter).answers.get(seen.practice)
    if current is None or current.seq != seen.seq:
        raise RefusedError(
            "Somebody has just changed this answer. Look at it again, then say that "
            "you reviewed it."
        )
    if not answer.chosen or answer.counts_until is None:
        raise RefusedError(
            "There is no evidence to review. Choose an answer, and give it a link and "
            "a date first."
        )
    if not by:
        raise RefusedError("A review needs a name. Say who you are, then try again.")
    if by in given_by(service, seen):
        raise RefusedError(
            "You gave this answer with this evidence yourself. Ask somebody else to "
            "look at it."
        )
    reviewed = replace(answer, reviewed_by=by, reviewed_on=today())
    return service.answer(seen.team, quarter, seen.practice, reviewed, by)


def given_by(service: Service, row: AnswerRow) -> set[str]:
    """Who gave this answer with this evidence: now, in an earlier quarter, or alone."""
    found: set[str] = set()
    last: dict[tuple[str, str], tuple[object, ...]] = {}
    for one in service.store.history(row.team, row.practice):
        place, substance = (one.quarter, one.respondent), one.answer.substance
        # A row that only adds a note or a review gives nothing anew.
        if substance == row.answer.substance and last.get(place) != substance:
            found.add(one.author)
        last[place] = substance
    return found
