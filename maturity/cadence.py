"""When an assessment is due: docs/cadence.md, as pure functions of a day.

A model that a team has submitted once is due every quarter, by the quarter's last day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from maturity.quarter import Quarter

REMINDED = timedelta(days=30)
"""How long before the last day a reminder begins."""


class Stage(Enum):
    AHEAD = "ahead"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Review:
    """The next assessment of a team by a model."""

    model: str
    quarter: Quarter
    """The quarter to submit."""
    stage: Stage
    missed: Quarter | None = None
    """The quarter before, where it was due and is not submitted."""

    @property
    def due(self) -> date:
        return self.quarter.last_day


def review(model: str, submitted: Collection[Quarter], day: date) -> Review | None:
    """The next assessment by a model; None where none was ever submitted.

    A submission of this quarter, or of a later one, settles this quarter and every one
    before; then the quarter after the latest submission is next.
    """
    if not submitted:
        return None
    current, latest = Quarter.of(day), max(submitted)
    if latest >= current:
        return Review(model, latest.shift(1), Stage.AHEAD)
    if latest < current.shift(-1):
        return Review(model, current, Stage.OVERDUE, missed=current.shift(-1))
    near = current.last_day - day <= REMINDED
    return Review(model, current, Stage.DUE if near else Stage.AHEAD)


def reviews(
    submitted: Mapping[str, Collection[Quarter]], day: date
) -> Iterator[Review]:
    """The next assessment by each model that was submitted at least once."""
    for model, quarters in submitted.items():
        if (found := review(model, quarters, day)) is not None:
            yield found
