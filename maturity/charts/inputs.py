"""What charts are given: scores as integer tenths, levels by number, nothing to format.

All of it is frozen and hashable, so that a page can cache a drawn chart by what it
shows. A score always comes with both ends of its range, so that no chart can take
an open answer for a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self

from maturity.quarter import Quarter
from maturity.scoring import Mark, Score, shown


@dataclass(frozen=True)
class Scale:
    """The numbers of a model's lowest and highest level; some models start at 1."""

    lowest: int
    top: int

    @property
    def levels(self) -> range:
        return range(self.lowest, self.top + 1)

    @property
    def tenths(self) -> tuple[int, int]:
        """Both ends as scores."""
        return 10 * self.lowest, 10 * self.top

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

    @classmethod
    def of(cls, score: Score | None) -> Self | None:
        """The span of a score; None where nothing is applicable or nothing known."""
        if score is None or score.lowest is None or score.highest is None:
            return None
        return cls(score.lowest, score.highest)

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
        low, high = self.lowest.level, self.highest.level
        return f"Level {low}" if low == high else f"Level {low} to {high}"


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


@dataclass(frozen=True)
class QuarterColumn:
    """One assessed quarter of the heatmap."""

    quarter: Quarter
    edition: str
    cells: tuple[Span | None, ...]
    """One for each category, in the order of the chart; None: nothing applicable."""


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
