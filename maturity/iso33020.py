"""A second reading of a result, after the rating scale of ISO/IEC 33020.

The standard rates how far something is achieved, N, P, L or F, and gives level n where
level n itself is largely achieved and every level below it fully. Shown beside the
normal reading and never mixed with it: the normal one asks for every criterion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from maturity.scoring import Step


class Rating(StrEnum):
    """How far a level's criteria are met; the bands are the standard's."""

    NOT = "N"
    PARTIALLY = "P"
    LARGELY = "L"
    FULLY = "F"


NAMES = {
    Rating.NOT: "not achieved, up to 15%",
    Rating.PARTIALLY: "partially, over 15 and up to 50%",
    Rating.LARGELY: "largely, over 50 and up to 85%",
    Rating.FULLY: "fully, over 85%",
}


@dataclass(frozen=True)
class RatedLevel:
    """One level with its rating; both are the same where nothing is open."""

    level: int
    lowest: Rating
    highest: Rating


@dataclass(frozen=True)
class IsoReading:
    """What the standard's rule makes of the counts of a result."""

    levels: tuple[RatedLevel, ...]
    """The levels that ask for something that applies."""
    lowest: int
    """Open answers count as not met."""
    highest: int
    """Open answers count as met."""


def rating(met: int, asked: int) -> Rating:
    """The band of `met` out of `asked`, compared in whole numbers."""
    if 100 * met > 85 * asked:
        return Rating.FULLY
    if 100 * met > 50 * asked:
        return Rating.LARGELY
    return Rating.PARTIALLY if 100 * met > 15 * asked else Rating.NOT


def read(steps: Sequence[Step], bottom: int) -> IsoReading | None:
    """Rate the levels of a score; `bottom` is the model's lowest level.

    None where nothing is applicable.
    """
    rated = tuple(
        RatedLevel(
            step.level,
            rating(step.met, step.asked),
            rating(step.met + step.open, step.asked),
        )
        for step in steps
        if step.asked
    )
    if not rated:
        return None
    return IsoReading(
        levels=rated,
        lowest=_reached([(one.level, one.lowest) for one in rated], bottom),
        highest=_reached([(one.level, one.highest) for one in rated], bottom),
    )


def _reached(rated: Sequence[tuple[int, Rating]], bottom: int) -> int:
    reached = bottom
    for level, one in rated:
        if one in (Rating.LARGELY, Rating.FULLY):
            reached = level
        if one is not Rating.FULLY:
            break
    return reached
