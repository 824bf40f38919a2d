"""What stands between a team and a target: its gaps, and what to answer first.

A gap is a practice, not a criterion: a team changes how it works once, whatever asks
for it. An open practice is no gap, since nobody knows yet whether it is one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from maturity.model import AnyCriterion, Definition
from maturity.practice import Practice, Rung
from maturity.scoring import Judged, Result, Verdict

Aim = int | Mapping[str, int]
"""The level aimed for: everywhere, or by category id where one is set."""


@dataclass(frozen=True)
class Gap:
    """A practice with unmet gating criteria at or below the target."""

    practice: Practice
    now: Rung
    next: Rung
    """The next step: the lowest rung that meets all it is asked for at `level`."""
    goal: Rung
    """The lowest rung that meets all it is asked for at or below the target."""
    category: str
    """Of the first unmet criterion at `level`."""
    level: int
    """The lowest level that is held back here."""
    criteria: tuple[AnyCriterion, ...]
    """The unmet ones at or below the target, in model order."""
    cites: tuple[str, ...]
    """What says so, of those that hold `level` back."""


def gaps(definition: Definition, result: Result, aim: Aim) -> list[Gap]:
    """One gap a practice, in the order in which closing them lifts the level.

    Lower levels first, as no higher one counts before them; within a level the
    category with most to do first, then model order.
    """
    wanted = _wanted(result, aim, Verdict.UNMET)
    by_practice: dict[str, list[Judged]] = {}
    for judged in wanted:
        by_practice.setdefault(judged.criterion.practice, []).append(judged)
    found = [
        _gap(definition.practices[practice], unmet)
        for practice, unmet in by_practice.items()
    ]
    to_do = Counter((gap.level, gap.category) for gap in found)
    order = [category.id for category in definition.model.categories]
    return sorted(
        found,
        key=lambda gap: (
            gap.level,
            -to_do[gap.level, gap.category],
            order.index(gap.category),
        ),
    )


def answer_first(definition: Definition, result: Result, aim: Aim) -> list[Practice]:
    """The open practices that the target asks for, in model order."""
    wanted = _wanted(result, aim, Verdict.OPEN)
    asked = dict.fromkeys(judged.criterion.practice for judged in wanted)
    return [practice for practice in definition.asked if practice.id in asked]


def _wanted(result: Result, aim: Aim, verdict: Verdict) -> list[Judged]:
    return [
        judged
        for judged in result.judged
        if judged.criterion.gating
        and judged.verdict is verdict
        and _within(judged, aim)
    ]


def _within(judged: Judged, aim: Aim) -> bool:
    level = aim if isinstance(aim, int) else aim.get(judged.criterion.category)
    return level is not None and judged.level <= level


def _gap(practice: Practice, unmet: list[Judged]) -> Gap:
    level = min(judged.level for judged in unmet)
    here = [judged for judged in unmet if judged.level == level]
    rank = unmet[0].rank
    if rank is None:
        raise ValueError(f"{practice.id} is open, and an open practice is no gap")
    return Gap(
        practice=practice,
        now=practice.rungs[rank],
        next=practice.rungs[max(judged.needed for judged in here)],
        goal=practice.rungs[max(judged.needed for judged in unmet)],
        category=here[0].criterion.category,
        level=level,
        criteria=tuple(judged.criterion for judged in unmet),
        cites=tuple(dict.fromkeys(judged.criterion.cites for judged in here)),
    )
