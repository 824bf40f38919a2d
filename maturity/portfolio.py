"""Many teams in one quarter through one model: who moved, who needs help, who is late.

It leads with movement and never with a score: a list of teams by score tells nobody
what to do. Everything here is read from figures that the engine has worked out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from maturity.cadence import Review, Stage
from maturity.model import Definition
from maturity.quarter import Quarter, local_day
from maturity.reading import Target
from maturity.standings import Figures, Outcome
from maturity.team import Team, folded
from maturity.words import compare, one_level

QUARTERS = 8
"""How many quarters the history of a portfolio holds, the chosen one included."""


class Movement(StrEnum):
    """What a team did since the quarter before, in the order teams are listed in."""

    UP = "up"
    DOWN = "down"
    UNSURE = "not certain"
    SAME = "no change"
    AGAIN = "assessed again"
    """Not assessed in the quarter before, but in an earlier one."""
    FIRST = "first assessment"
    EDITION = "new edition"
    ABSENT = "not assessed"


_ORDER = list(Movement)


@dataclass(frozen=True)
class Seen:
    """What a team came to in one quarter."""

    quarter: Quarter
    edition: str
    figures: Figures
    at: datetime | None
    """When it was submitted; None where it is read from answers that were not."""

    @property
    def submitted(self) -> date | None:
        """The day of it, where the dashboard runs."""
        return None if self.at is None else local_day(self.at)


@dataclass(frozen=True)
class Row:
    """One team in the chosen quarter, with its past."""

    team: Team
    quarter: Quarter
    history: tuple[Seen, ...]
    """Oldest first; the chosen quarter is the last of them if it is there at all."""
    outcome: Outcome | None
    """Of the chosen quarter; None where the team is not assessed then."""
    older: Seen | None = None
    """The newest result from before the history, where there is none in it."""
    target: Target | None = None
    """For the whole model, in force in the quarter."""
    review: Review | None = None
    """When it is next due, as of today; None where it was never submitted."""
    latest: Quarter | None = None
    """The newest quarter that was ever submitted, later ones included."""
    labels: tuple[str, ...] = ()
    """As the team had them in the quarter."""

    @cached_property
    def now(self) -> Seen | None:
        return self._at(self.quarter)

    @cached_property
    def before(self) -> Seen | None:
        """The quarter before, where it is assessed."""
        return self._at(self.quarter.shift(-1))

    @cached_property
    def last(self) -> Seen | None:
        """The newest earlier result, whichever quarter it is of."""
        earlier = [seen for seen in self.history if seen.quarter < self.quarter]
        return earlier[-1] if earlier else self.older

    @cached_property
    def movement(self) -> Movement:
        """Up and down are said only where the two ranges do not overlap."""
        if self.now is None:
            return Movement.ABSENT
        if self.before is None:
            return Movement.AGAIN if self.last else Movement.FIRST
        if self.before.edition != self.now.edition:
            return Movement.EDITION
        way = compare(self.before.figures, self.now.figures)
        if way is None:
            return Movement.UNSURE
        return {1: Movement.UP, -1: Movement.DOWN, 0: Movement.SAME}[way]

    @property
    def moved(self) -> bool:
        return self.movement in (Movement.UP, Movement.DOWN)

    @property
    def change(self) -> int | None:
        """In tenths of the lowest ends; None where it is not certain."""
        if self.movement is Movement.SAME:
            return 0
        if not self.moved or self.before is None or self.now is None:
            return None
        before, now = self.before.figures.lowest, self.now.figures.lowest
        return None if before is None or now is None else now.tenths - before.tenths

    @property
    def levels(self) -> int | None:
        """How many levels it surely moved; None where either end is a range."""
        if not self.moved or self.before is None or self.now is None:
            return None
        before, now = self.before.figures, self.now.figures
        if not (one_level(before) and one_level(now)):
            return None
        if before.lowest is None or now.lowest is None:
            return None
        return now.lowest.level - before.lowest.level

    @property
    def on_target(self) -> bool | None:
        """Whether the level surely is the target's or above; None: not known."""
        if self.target is None or self.now is None:
            return None
        figures = self.now.figures
        if figures.lowest is None or figures.highest is None:
            return None
        if figures.lowest.level >= self.target.level:
            return True
        return None if figures.highest.level >= self.target.level else False

    @property
    def overdue(self) -> bool:
        return self.review is not None and self.review.stage is Stage.OVERDUE

    def _at(self, quarter: Quarter) -> Seen | None:
        return next((s for s in self.history if s.quarter == quarter), None)


@dataclass(frozen=True)
class Portfolio:
    """The teams of a quarter, those that moved first."""

    definition: Definition
    """Of the edition that most teams of the quarter were assessed by."""
    quarter: Quarter
    rows: tuple[Row, ...]
    demo_left_out: int = 0
    """Demo teams that are not shown because real ones are there."""

    @property
    def edition(self) -> str:
        return self.definition.model.edition

    @cached_property
    def assessed(self) -> list[Row]:
        """With a result in the quarter, submitted or read from answers."""
        return [row for row in self.rows if row.now is not None]

    @cached_property
    def compared(self) -> list[Row]:
        """Those of them that stand side by side: the ones of one edition."""
        return [r for r in self.assessed if r.now and r.now.edition == self.edition]

    @cached_property
    def absent(self) -> list[Row]:
        return [row for row in self.rows if row.now is None]

    def of(self, *movements: Movement) -> list[Row]:
        return [row for row in self.rows if row.movement in movements]

    @property
    def read(self) -> list[Row]:
        """Read from answers that were never submitted through this model."""
        return [r for r in self.assessed if r.now and r.now.at is None]

    @property
    def overdue(self) -> list[Row]:
        """As of today, the longest overdue first."""
        late = [row for row in self.rows if row.overdue]
        return sorted(late, key=lambda row: (row.latest or row.quarter, _by_name(row)))

    def only(self, rows: Iterable[Row]) -> Portfolio:
        """The same quarter with some of the teams."""
        return Portfolio(self.definition, self.quarter, tuple(rows), self.demo_left_out)


def by_movement(rows: Iterable[Row]) -> list[Row]:
    """Those that moved first, the largest change first; then by name."""
    return sorted(
        rows,
        key=lambda row: (
            _ORDER.index(row.movement),
            -abs(row.change or 0),
            _by_name(row),
        ),
    )


def matching(
    rows: Iterable[Row],
    *,
    search: str = "",
    domain: str = "",
    size: str = "",
    serving: str = "",
    label: str = "",
    moved: bool = False,
) -> list[Row]:
    """The teams that all of it is true of; "" asks for nothing."""
    wanted = folded(search)
    return [
        row
        for row in rows
        if wanted in folded(row.team.name)
        and (not domain or folded(row.team.domain) == folded(domain))
        and (not size or row.team.size == size)
        and (not serving or row.team.serving == serving)
        and (not label or folded(label) in map(folded, row.labels))
        and (not moved or row.moved)
    ]


def _by_name(row: Row) -> tuple[str, str]:
    return folded(row.team.name), row.team.id
