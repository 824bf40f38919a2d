"""Calendar quarters, and the one place that says what day it is.

A quarter's key is `2026-Q4`. `MATURITY_TODAY` overrides today, for demos and tests.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

_KEY = re.compile(r"([0-9]{4})-Q([1-4])")


def today() -> date:
    """Today, or the date in `MATURITY_TODAY` (as in 2026-11-24)."""
    given = os.environ.get("MATURITY_TODAY")
    return date.fromisoformat(given) if given else datetime.now().date()


def now() -> datetime:
    """The time to store, in UTC without a zone; on the day that `today` says."""
    clock = datetime.now(UTC).replace(tzinfo=None)
    if os.environ.get("MATURITY_TODAY"):
        return datetime.combine(today(), clock.time())
    return clock


def local_day(moment: datetime) -> date:
    """The day of a stored time where the dashboard runs, as `today` counts days."""
    if os.environ.get("MATURITY_TODAY"):
        return moment.date()
    return moment.replace(tzinfo=UTC).astimezone().date()


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; they compare and subtract in time order."""

    year: int
    number: int

    @classmethod
    def parse(cls, key: str) -> Self:
        """Read `2026-Q4`; anything else is a ValueError that says how to write it."""
        match = _KEY.fullmatch(key)
        if match is None:
            raise ValueError(f"{key!r} is not a quarter; write it as 2026-Q4")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def current(cls) -> Self:
        return cls.of(today())

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def label(self) -> str:
        """As shown on screen: Q4 2026."""
        return f"Q{self.number} {self.year}"

    def shift(self, quarters: int) -> Self:
        count = self.year * 4 + self.number - 1 + quarters
        return type(self)(count // 4, count % 4 + 1)

    def __sub__(self, other: Quarter) -> int:
        """How many quarters lie between."""
        return (self.year - other.year) * 4 + self.number - other.number

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return self.shift(1).first_day - timedelta(days=1)
