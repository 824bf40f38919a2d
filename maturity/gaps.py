"""What stands between a team and a target: its gaps, and what to answer first.

A gap is a practice, not a criterion: a team changes how it works once, whatever asks
for it. An open practice is no gap, since nobody knows yet whether it is one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from maturity.least import least_effort
from maturity.model import AnyCriterion, Definition
from maturity.practice import Practice, Rung
from maturity.scoring import Aim, Judged, Result, Verdict


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
    needed: bool = True
    """Whether the target takes it; where tests give points, the least effort to it."""


def gaps(definition: Definition, result: Result, aim: Aim) -> list[Gap]:
    """One gap a practice, in the order in which closing them lifts the level.

    Lower levels first, as no higher one counts before them; within a level the
    category with most to do first, then model order. Where tests give points, the
    steps of the least effort come before the other tests that could give some.
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
    found.sort(
        key=lambda gap: (
            gap.level,
            -to_do[gap.level, gap.category],
            order.index(gap.category),
        ),
    )
    return (
        _least_first(definition, result, aim, found)
        if definition.model.by_points
        else found
    )


def _least_first(
    definition: Definition, result: Result, aim: Aim, found: list[Gap]
) -> list[Gap]:
    """The gaps of the least effort, to the rungs that it takes; then the others."""
    least = least_effort(definition, result, aim).rungs
    others = {gap.practice.id: replace(gap, needed=False) for gap in found}
    needed = []
    for practice, rung_id in least.items():
        gap = others.pop(practice)
        rung = gap.practice.rung(rung_id) or gap.goal
        needed.append(replace(gap, next=rung, goal=rung, needed=True))
    return [*needed, *others.values()]


def steps_to(definition: Definition, result: Result, aim: Aim) -> int:
    """How many steps the least effort takes; 0 where there is no choice of steps.

    Nor where open questions have to be answered first to know it.
    """
    if not definition.model.by_points:
        return 0
    least = least_effort(definition, result, aim)
    return 0 if least.waiting else len(least.rungs)


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
        and _within(result, judged, aim)
    ]


def _within(result: Result, judged: Judged, aim: Aim) -> bool:
    level = aim if isinstance(aim, int) else aim.get(judged.criterion.category)
    return (
        level is not None
        and judged.level <= level
        and result.short_of(level, judged.criterion)
    )


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
