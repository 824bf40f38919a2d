"""Quarters, and the one place that says what day it is.

A quarter's key is `2026-Q4`: the calendar quarter in which its first day lies. Its days
and its name follow `MATURITY_FISCAL_YEAR_START`, the month in which the organisation's
year begins; stored keys never do. `MATURITY_TODAY` overrides today in demos and tests.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Self

_MONTHS = frozenset(str(month) for month in range(1, 13))
_KEY = re.compile(r"([0-9]{4})-Q([1-4])")


def check_settings() -> None:
    """ValueError, with the way out, where a setting of the calendar is wrong."""
    given = os.environ.get("MATURITY_TODAY", "")
    try:
        today()
    except ValueError as error:
        raise ValueError(
            f"MATURITY_TODAY is {given!r}; write a date as 2026-11-24, or take it out "
            "of the environment"
        ) from error
    fiscal_start()


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


def fiscal_start() -> int:
    """The month, 1 to 12, in which the year begins; January where nothing is set.

    ValueError where `MATURITY_FISCAL_YEAR_START` is no month.
    """
    return _month(os.environ.get("MATURITY_FISCAL_YEAR_START", ""))


@lru_cache
def _month(given: str) -> int:
    text = given.strip() or "1"
    if text not in _MONTHS:
        raise ValueError(
            f"MATURITY_FISCAL_YEAR_START is {given!r}; write the month in which your "
            "year begins as a number from 1 to 12, or take it out of the environment"
        )
    return int(text)


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months; they compare and subtract in time order.

    With a year that begins in February, `2026-Q1` lasts from February to April 2026.
    """

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
        """The quarter in which a day lies."""
        months = day.year * 12 + day.month - 1 - _late()
        return cls(months // 12, months % 12 // 3 + 1)

    @classmethod
    def current(cls) -> Self:
        return cls.of(today())

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def label(self) -> str:
        """As shown on screen: Q4 2026; Q1 FY27 where the year begins in October.

        A fiscal year has the number of the calendar year in which it ends.
        """
        if fiscal_start() == 1:
            return f"{self.short} {self.year}"
        return f"{self.short} FY{(self._fiscal // 4) % 100:02}"

    @property
    def short(self) -> str:
        """Its number in the organisation's year: Q4."""
        return f"Q{self._fiscal % 4 + 1}"

    @property
    def _fiscal(self) -> int:
        """Quarters since year 0, as fiscal years count them."""
        begins = (fiscal_start() - 1) // 3
        return (
            self.year * 4 + self.number - 1 + (4 - begins if fiscal_start() > 1 else 0)
        )

    def shift(self, quarters: int) -> Self:
        count = self.year * 4 + self.number - 1 + quarters
        return type(self)(count // 4, count % 4 + 1)

    def __sub__(self, other: Quarter) -> int:
        """How many quarters lie between."""
        return (self.year - other.year) * 4 + self.number - other.number

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2 + _late(), 1)

    @property
    def last_day(self) -> date:
        return self.shift(1).first_day - timedelta(days=1)


def _late() -> int:
    """How many months after the calendar's quarters those of the year begin: 0 to 2."""
    return (fiscal_start() - 1) % 3
