"""What a team said of a practice in a quarter.

An answer belongs to a team, a quarter and a practice, never to a model: what was
answered for one model is answered for all.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from maturity.quarter import Quarter, today

EVIDENCE_MONTHS = 6
"""How long evidence counts from its date, unless the answer says until when."""
EVIDENCE_YEARS = 5
"""How long it counts at the most: a day further off is most likely a slip."""


class State(StrEnum):
    """What kind of answer a row holds."""

    RUNG = "rung"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"
    CLEARED = "cleared"
    KEPT = "kept"
    """An earlier quarter's answer, kept: it has a rung, or a reason without one."""


@dataclass(frozen=True)
class Answer:
    """One answer, whole; every edit writes all of it anew."""

    state: State
    rung: str = ""
    reason: str = ""
    note: str = ""
    link: str = ""
    evidence_on: date | None = None
    valid_until: date | None = None
    """The last day on which the evidence counts; None for the usual two quarters."""
    reviewed_by: str = ""
    """The id of who looked at the evidence; "" for nobody known."""
    reviewed_on: date | None = None

    def but(self, **parts: Any) -> Answer:
        """The answer with some parts changed.

        A review was of this choice with this evidence, so it does not outlive them.
        """
        changed = replace(self, **parts)
        if changed.substance == self.substance:
            return changed
        return replace(changed, reviewed_by="", reviewed_on=None)

    @property
    def substance(self) -> tuple[object, ...]:
        """What a review looks at: the choice, the link and its days."""
        return (
            *(self.chosen, self.not_applicable),
            *(self.link.strip(), self.evidence_on, self.valid_until),
        )

    @property
    def reviewed(self) -> bool:
        return self.reviewed_on is not None

    @property
    def not_applicable(self) -> bool:
        """Taken out of the scoring: said so, with a reason."""
        said = self.state is State.NOT_APPLICABLE or (
            self.state is State.KEPT and not self.rung
        )
        return said and bool(self.reason.strip())

    @property
    def chosen(self) -> str:
        """The rung id, or "" where no rung is chosen."""
        return self.rung if self.state in (State.RUNG, State.KEPT) else ""

    def evidenced(self, quarter: Quarter) -> bool:
        """Whether a link backs the answer on the quarter's last day.

        A note alone is no evidence, and a link without a date is none either. Nor is
        one dated after the quarter, which shows how things were later.
        """
        until = self.counts_until
        if until is None or self.evidence_on is None:
            return False
        return self.evidence_on <= quarter.last_day <= until

    @property
    def counts_until(self) -> date | None:
        """The last day on which the evidence counts; None where there is none."""
        if not self.link.strip() or self.evidence_on is None:
            return None
        return self.valid_until or usual_end(self.evidence_on)

    @property
    def evidence_problem(self) -> str:
        """What is wrong with the dates of the evidence, as a message; "" if nothing."""
        day, until = self.evidence_on, self.valid_until
        if until is None:
            return ""
        if day is None or not self.link.strip():
            return (
                "Valid until says how long evidence counts, and there is none yet. "
                "Give its link and its date first."
            )
        if until < day:
            return (
                f"Valid until {until} is before the date of the evidence, {day}. "
                "Give a later day, or leave it empty for two quarters."
            )
        if (until.year - EVIDENCE_YEARS, until.month, until.day) > (
            day.year,
            day.month,
            day.day,
        ):
            return (
                f"Valid until {until} is more than {EVIDENCE_YEARS} years after the "
                f"date of the evidence, {day}. Give an earlier day, and look at the "
                "evidence again by then."
            )
        return ""


def usual_day(quarter: Quarter) -> date:
    """The day of new evidence where none is said; for a quarter, not after its end."""
    return min(today(), quarter.last_day)


def usual_end(evidence_on: date) -> date:
    """The last day on which evidence of that date counts, if no other is said."""
    months = evidence_on.month - 1 + EVIDENCE_MONTHS
    year, month = evidence_on.year + months // 12, months % 12 + 1
    return date(year, month, min(evidence_on.day, monthrange(year, month)[1]))


def is_web_address(text: str) -> bool:
    """Whether a text can be shown as a link without any danger."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


@dataclass(frozen=True)
class AnswerRow:
    """An answer as stored: rows are only ever added, the highest seq is current."""

    seq: int
    team: str
    quarter: str
    practice: str
    respondent: str
    answer: Answer
    author: str
    at: datetime
