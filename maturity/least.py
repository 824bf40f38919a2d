"""The least effort to a band: which tests to raise, and to which rung.

Where tests give points a team has a choice: many sets of steps lift a section past an
edge. This finds the cheapest one exactly. It goes through the practices once and keeps,
for every number of points that may still be missing, the cheapest way to get there; a
way that the practices left can not finish is dropped at once, so the sections stay
apart and the work stays small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.model import Definition, PointsCriterion
from maturity.practice import Practice
from maturity.scoring import Aim, Judged, Result, Verdict

EFFORT = {"S": 1, "M": 2, "L": 3}
"""What climbing one rung costs, for adding up: a large rung is three small ones."""

_HALF = 5
"""Tenths in half a point, the smallest that a test gives."""

_Missing = tuple[int, ...]
"""The halves that each section still lacks."""
_Way = tuple[int, int, tuple[tuple[int, int], ...]]
"""Effort, number of practices, and (place, minus rank) of each: the least comes first.

Two ways of the same effort and length differ in the third part alone, which then
prefers the practice that the model asks first, and the higher rung on it.
"""


@dataclass(frozen=True)
class _Climb:
    """One rung that a practice may be raised to."""

    rank: int
    effort: int
    halves: tuple[int, ...]
    """What it brings to each section."""


@dataclass(frozen=True)
class Least:
    """The cheapest steps to a band, and which sections they cannot lift so far."""

    rungs: Mapping[str, str]
    """Rung ids by practice id, in the order that lifts the score soonest.

    None where a section is out of reach.
    """
    waiting: tuple[str, ...]
    """Sections that the answered tests cannot lift that far; the open ones might."""
    beyond: Mapping[str, int]
    """Sections that cannot get that far, with the most they can come to, in tenths."""


def least_effort(definition: Definition, result: Result, aim: Aim) -> Least:
    """The steps with the least effort that lift every section past the band's edge.

    Only answered tests are climbed: an open one counts as its first rung, but nobody
    knows yet what it takes. Of equal efforts the fewest practices win, then the order
    of the model.
    """
    missing = _missing(definition, result, aim)
    tests = _tests(result)
    most = {s: _most(definition, tests, s, with_open=True) for s in missing}
    known = {s: _most(definition, tests, s, with_open=False) for s in missing}
    sums = {
        s: mark.tenths for s, one in result.categories.items() if (mark := one.lowest)
    }
    beyond = {
        s: sums[s] + _HALF * most[s] for s, lack in missing.items() if most[s] < lack
    }
    waiting = tuple(s for s in missing if known[s] < missing[s] <= most[s])
    if beyond:
        return Least({}, waiting, beyond)
    wanted = {s: halves for s, halves in missing.items() if s not in waiting}
    steps = _cheapest(definition, tests, wanted)
    return Least(_in_order(definition, tests, steps, sums), waiting, {})


def _missing(definition: Definition, result: Result, aim: Aim) -> dict[str, int]:
    """The halves that each section lacks to be past the edge that it aims for."""
    model, found = definition.model, {}
    for category in model.categories:
        band = aim if isinstance(aim, int) else aim.get(category.id)
        mark = result.categories[category.id].lowest
        if band is None or band <= model.lowest or mark is None:
            continue
        # An edge has to be passed, and scores come in halves.
        halves = (model.edges[band] - mark.tenths) // _HALF + 1
        if halves > 0:
            found[category.id] = halves
    return found


def _tests(result: Result) -> dict[str, list[Judged]]:
    """The applicable tests by the practice that answers them."""
    found: dict[str, list[Judged]] = {}
    for judged in result.judged:
        if judged.verdict is not Verdict.NOT_APPLICABLE:
            found.setdefault(judged.criterion.practice, []).append(judged)
    return found


def _gain(practice: Practice, tests: list[Judged], section: str, rank: int) -> int:
    """The halves that a section gets when a practice climbs to a rung."""
    gained, ladder = 0, practice.ladder
    for judged in tests:
        test = judged.criterion
        if isinstance(test, PointsCriterion) and test.category == section:
            now = test.tenths(ladder, judged.rank or 0)
            gained += (test.tenths(ladder, rank) - now) // _HALF
    return gained


def _most(
    definition: Definition,
    tests: Mapping[str, list[Judged]],
    section: str,
    *,
    with_open: bool,
) -> int:
    """The halves that a section gets when everything is at its last rung."""
    return sum(
        _gain(practice, tests[practice.id], section, len(practice.rungs) - 1)
        for practice in definition.asked
        if practice.id in tests
        and (with_open or tests[practice.id][0].verdict is not Verdict.OPEN)
    )


def _cheapest(
    definition: Definition,
    tests: Mapping[str, list[Judged]],
    wanted: Mapping[str, int],
) -> dict[str, int]:
    """The exact answer, ranks by practice: the least of all ways to get there."""
    asked, nothing = definition.asked, (0,) * len(wanted)
    climbs = [_climbs(p, tests.get(p.id, []), tuple(wanted)) for p in asked]
    left = [nothing]
    for climb in reversed(climbs):
        # The last rung brings the most to every section: points never fall.
        most = climb[-1].halves if climb else nothing
        left.append(tuple(map(sum, zip(left[-1], most, strict=True))))
    left.reverse()

    best: dict[_Missing, _Way] = {tuple(wanted.values()): (0, 0, ())}
    for place, climb in enumerate(climbs):
        reached: dict[_Missing, _Way] = {}
        for missing, way in best.items():
            _keep(reached, missing, way, left[place + 1])
            effort, number, steps = way
            for one in climb:
                pairs = zip(missing, one.halves, strict=True)
                lacking = tuple(max(0, there - brought) for there, brought in pairs)
                more = (*steps, (place, -one.rank))
                longer = (effort + one.effort, number + 1, more)
                _keep(reached, lacking, longer, left[place + 1])
        best = reached
    _, _, steps = best[nothing]
    return {asked[place].id: -rank for place, rank in steps}


def _in_order(
    definition: Definition,
    tests: Mapping[str, list[Judged]],
    steps: Mapping[str, int],
    sums: Mapping[str, int],
) -> dict[str, str]:
    """Steps of the section that is lowest at that point first, the cheaper before."""
    standing, left, ordered = dict(sums), dict(steps), {}

    def soonest(practice: str) -> tuple[int, int]:
        asked = definition.practices[practice]
        effort = EFFORT[asked.effort] * (
            left[practice] - (tests[practice][0].rank or 0)
        )
        sections = {judged.criterion.category for judged in tests[practice]}
        return min(standing[section] for section in sections), effort

    while left:
        # `min` takes the first of equals, and the steps stand in model order.
        practice = min(left, key=soonest)
        rank, asked = left.pop(practice), definition.practices[practice]
        ordered[practice] = asked.rungs[rank].id
        for section in standing:
            gained = _gain(asked, tests[practice], section, rank)
            standing[section] += _HALF * gained
    return ordered


def _climbs(
    practice: Practice, tests: list[Judged], sections: tuple[str, ...]
) -> list[_Climb]:
    """The climbs from the answer that bring something, the lowest first."""
    if not tests or tests[0].rank is None:
        return []
    now, found = tests[0].rank, []
    before = (0,) * len(sections)
    for rank in range(now + 1, len(practice.rungs)):
        halves = tuple(_gain(practice, tests, section, rank) for section in sections)
        if halves != before:
            found.append(_Climb(rank, EFFORT[practice.effort] * (rank - now), halves))
            before = halves
    return found


def _keep(
    reached: dict[_Missing, _Way], missing: _Missing, way: _Way, left: _Missing
) -> None:
    """Keep a way if it is the cheapest to here, and can still be finished."""
    if any(m > most for m, most in zip(missing, left, strict=True)):
        return
    if missing not in reached or way < reached[missing]:
        reached[missing] = way
