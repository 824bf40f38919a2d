"""Scoring: answers in, level, score, range and their reasons out. Pure functions.

The rules are those of docs/scoring.md. One engine scores one assessment for a screen
and hundreds of thousands for a portfolio: every function below that takes a matrix
has one row an assessment and one column a practice, and no loop over rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from maturity.answer import Answer
from maturity.model import Criterion, Definition
from maturity.quarter import Quarter

OPEN = -1
"""In an answer matrix: no answer that counts."""
NOT_APPLICABLE = -2
"""In an answer matrix: taken out, with a reason."""


class Verdict(StrEnum):
    MET = "met"
    UNMET = "unmet"
    OPEN = "open"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Mark:
    """A level with its score in integer tenths: 27 is shown as 2.7."""

    level: int
    tenths: int


@dataclass(frozen=True)
class Step:
    """What one level asks of a category or of the whole model, gating criteria alone."""

    level: int
    met: int
    unmet: int
    open: int
    not_applicable: int

    @property
    def asked(self) -> int:
        """The applicable criteria: y of "x of y criteria met"."""
        return self.met + self.unmet + self.open


@dataclass(frozen=True)
class Score:
    """What one category, or the whole model, comes to.

    The three marks are None where nothing is applicable.
    """

    lowest: Mark | None
    """Open answers count as the first rung: the level and score that are shown."""
    highest: Mark | None
    """Open answers count as the last rung."""
    evidenced: Mark | None
    """Answers without valid evidence count as the first rung."""
    own_level: int | None
    """Before the lift: for a category its own rule, for the whole model its level."""
    steps: tuple[Step, ...]
    """One for each level of the model above the lowest."""
    next: Step | None
    """The next level above the lowest mark's that asks anything; None at the top."""
    asked: int
    """Distinct practices behind gating criteria."""
    answered: int
    open: int
    not_applicable: int
    """Of the asked practices; asked = answered + open, not applicable is answered."""


@dataclass(frozen=True)
class Judged:
    """One criterion with its verdict."""

    criterion: Criterion
    verdict: Verdict
    rank: int | None
    """The rung of the answer; None where no rung is chosen."""
    needed: int
    """The rank of the lowest rung that meets the criterion."""


@dataclass(frozen=True)
class Result:
    """One assessment, scored, with all that a derivation needs."""

    overall: Score
    categories: Mapping[str, Score]
    judged: tuple[Judged, ...]
    """Every criterion in model order, informative ones included."""

    @property
    def unmet(self) -> list[str]:
        """Ids of the gating criteria not met at the next level that asks anything."""
        ...


def score(
    definition: Definition, answers: Mapping[str, Answer], quarter: Quarter
) -> Result:
    """Score one assessment; `answers` is by practice id, `quarter` dates evidence."""
    ...


def shown(tenths: int) -> str:
    """A score as every screen, chart, export and command shows it: 27 -> 2.7."""
    return f"{tenths // 10}.{tenths % 10}"
