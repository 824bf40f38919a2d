"""What any score comes to: two ends, what is proven, and what it was worked out from.

A team's own score (`scoring.py`) knows its steps as well; those of all teams at once
(`standings.py`) do without. Words and charts need no more than this of either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Mark:
    """A level, or a band's number, with the score in integer tenths: 27 is 2.7."""

    level: int
    tenths: int


class Standing(Protocol):
    """What any score comes to, with its steps or without: all that words need."""

    @property
    def lowest(self) -> Mark | None: ...
    @property
    def highest(self) -> Mark | None: ...
    @property
    def evidenced(self) -> Mark | None: ...
    @property
    def asked(self) -> int: ...
    @property
    def answered(self) -> int: ...
    @property
    def open(self) -> int: ...
    @property
    def not_applicable(self) -> int: ...
    @property
    def left_out(self) -> int: ...
    @property
    def bands(self) -> tuple[str, ...]: ...


def level_range(low: int, high: int, bands: tuple[str, ...]) -> str:
    """Level 2, Level 1 to 2; or the names of bands, where there are any."""
    if bands:
        return bands[low] if low == high else f"{bands[low]} to {bands[high]}"
    return f"Level {low}" if low == high else f"Level {low} to {high}"
