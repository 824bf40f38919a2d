"""What charts are given: scores as integer tenths, levels by number, nothing to format.

All of it is frozen and hashable, so that a page can cache a drawn chart by what it
shows. A score always comes with both ends of its range, so that no chart can take
an open answer for a zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from maturity.mark import Mark, Standing, level_range
from maturity.quarter import Quarter
from maturity.scoring import shown


@dataclass(frozen=True)
class Scale:
    """The numbers of a model's lowest and highest level; some models start at 1.

    Where bands take the place of levels, they are numbered from 0 and begin at
    `edges`, in tenths; the highest score is `most`.
    """

    lowest: int
    top: int
    edges: tuple[int, ...] = ()
    most: int = 0

    @property
    def levels(self) -> range:
        return range(self.lowest, self.top + 1)

    @property
    def tenths(self) -> tuple[int, int]:
        """Both ends as scores."""
        return 10 * self.lowest, self.most if self.edges else 10 * self.top

    def at(self, level: int) -> int:
        """The score in tenths at which a level, or a band, begins."""
        return self.edges[level - self.lowest] if self.edges else 10 * level

    @property
    def marks(self) -> list[int]:
        """The scores that axes and rings are drawn at: edges, and both ends."""
        return sorted({self.at(level) for level in self.levels} | set(self.tenths))

    def mark(self, level: int) -> str:
        """A level's number, or what a band is above, where there is little room."""
        if not self.edges or level == self.lowest:
            return str(level)
        return f">{shown(self.at(level)).removesuffix('.0')}"

    def share(self, tenths: int) -> float:
        """How far up the scale a score is, from 0 to 1."""
        low, high = self.tenths
        return (tenths - low) / (high - low)


@dataclass(frozen=True)
class Span:
    """What a category, or the whole model, comes to.

    Both ends are the same unless open answers can still move it.
    """

    lowest: Mark
    highest: Mark
    bands: tuple[str, ...] = ()
    """The names of the bands by number, where they take the place of levels."""

    @classmethod
    def of(cls, score: Standing | None) -> Self | None:
        """The span of a score; None where nothing is applicable or nothing known."""
        if score is None or score.lowest is None or score.highest is None:
            return None
        return cls(score.lowest, score.highest, score.bands)

    @property
    def settled(self) -> bool:
        return self.lowest == self.highest

    @property
    def score(self) -> str:
        """2.7, or 1.2 to 2.7."""
        low, high = shown(self.lowest.tenths), shown(self.highest.tenths)
        return low if low == high else f"{low} to {high}"

    @property
    def level(self) -> str:
        """Level 2, or Level 1 to 2."""
        return level_range(self.lowest.level, self.highest.level, self.bands)

    def named(self, level: int) -> str:
        """A level on the same scale: Level 3, or a band's name."""
        return level_range(level, level, self.bands)


def goal(target: int | None, now: Span | None) -> str:
    """The level aimed for: Level 3, a band's name, or a dash."""
    if target is None:
        return "\N{EN DASH}"
    return level_range(target, target, now.bands if now else ())


def column(spans: Iterable[Span | None]) -> str:
    """What a column of levels is headed: Level, or Band."""
    return "Band" if any(span and span.bands for span in spans) else "Level"


class Named(Protocol):
    """What a series is called: a quarter, or a plan."""

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class CategoryScore:
    """One category in one quarter, beside an earlier quarter and its target."""

    name: str
    short_name: str
    """At most 12 characters: what stands in the picture."""
    now: Span | None
    """None: nothing applicable."""
    before: Span | None = None
    target: int | None = None
    """The number of a level."""


@dataclass(frozen=True)
class QuarterScore:
    """What the whole model came to in one quarter, for the trend."""

    quarter: Quarter
    now: Span | None
    """None: nothing applicable."""
    edition: str
    """Scores of two editions are never joined."""
    target: int | None = None
    """The level aimed for, by the target in force in that quarter."""
    proven: int | None = None
    """The number of the level by answers with evidence; None where nothing applies."""


@dataclass(frozen=True)
class QuarterColumn:
    """One assessed quarter of the heatmap."""

    quarter: Quarter
    edition: str
    cells: tuple[Span | None, ...]
    """One for each category, in the order of the chart; None: nothing applicable."""


@dataclass(frozen=True)
class TeamScore:
    """One team of a portfolio, for the heatmap of teams."""

    name: str
    change: str
    """Since the quarter before, in at most six characters: +0.4, new."""
    movement: str
    """The same as a sentence says it: moved up by 0.4, first assessment."""
    way: int
    """1 for up, -1 for down, 0 for anything else."""
    whole: Span | None
    """None: not assessed, or nothing applicable."""
    cells: tuple[Span | None, ...]
    """One for each category, in the order of the chart."""
    assessed: bool = True


@dataclass(frozen=True)
class LevelCount:
    """How many teams were at each level in one quarter."""

    quarter: Quarter
    edition: str
    counts: tuple[int, ...]
    """One for each level, lowest first."""
    unsure: int
    """Teams whose open answers leave more than one level."""
    absent: int


@dataclass(frozen=True)
class Stride:
    """One step of the bridge: a kind of change and what it did to the score."""

    name: str
    tenths: int
    """The score after it, minus the one before."""


@dataclass(frozen=True)
class PlannedStep:
    """One step of a plan on the timeline."""

    name: str
    start: Quarter
    """When it was planned."""
    due: Quarter
    status: str
    """Planned, Doing, Done or Late: what its colour says."""
    owner: str = ""


@dataclass(frozen=True)
class Outlook:
    """What a quarter came to, and what the plan makes of it."""

    quarter: Quarter
    real: Span | None
    """None: not assessed, or nothing applicable."""
    planned: Span | None
    """None: before the plan, or nothing applicable."""
