"""The way up: what a step brings, what a plan comes to, and in which order to go.

Pure functions over readings and gaps. A planned step counts as the answer that it
leads to; what that does to level and score is worked out by `scoring.score` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from maturity.answer import Answer, State
from maturity.engine import NOT_APPLICABLE
from maturity.gaps import Gap, gaps
from maturity.model import Criterion, Definition, PointsCriterion
from maturity.plan import NewStep, PlanRow, Status
from maturity.practice import Practice, Rung
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.scoring import Aim, Result, Score, rank_of, score

Rungs = Mapping[str, str]
"""Rung ids by practice id: what a plan, or a what-if, leads to."""


@dataclass(frozen=True)
class Unlock:
    """What a step brings in one model."""

    model: str
    """The model's short name."""
    criteria: int
    """How many of its criteria are met with the step and are not met without it."""
    lowest: int
    """The lowest level that asks for one of them."""
    tenths: int = 0
    """The points it gives, in tenths, in a model whose tests give points."""


@dataclass(frozen=True)
class Way:
    """One gap on the way to a target: how to climb, and what that brings."""

    gap: Gap
    climb: tuple[Rung, ...]
    """The rungs above the present one, up to the one that the target needs."""
    here: Unlock
    elsewhere: tuple[Unlock, ...]
    """In the other models, in their order; only those where it brings something."""

    @property
    def value(self) -> int:
        """The criteria it meets, over all models."""
        return self.here.criteria + sum(u.criteria for u in self.elsewhere)


@dataclass(frozen=True)
class Projected:
    """What the plan makes of a quarter."""

    quarter: Quarter
    score: Score
    steps: int
    """How many planned steps count by then."""


class Standing(StrEnum):
    """Where a planned step stands beside the answers."""

    AHEAD = "ahead"
    REACHED = "reached"
    """The answer is there already, or a higher one."""
    UNKNOWN = "unknown"
    """The practice, or its rung, is not asked any more."""


def aim_of(reading: Reading) -> Aim | None:
    """The team's own targets as an aim; None where it has none."""
    targets = reading.targets
    if targets.whole is None and not targets.categories:
        return None
    return {
        category.id: target.level
        for category in reading.definition.model.deciding
        if (target := targets.of(category.id)) is not None
    }


def usual_aim(reading: Reading) -> Aim:
    """The targets, or the next level that asks for anything, or the highest."""
    own = aim_of(reading)
    if own is not None:
        return own
    step = reading.overall.next
    return step.level if step else reading.definition.model.top


def ways(reading: Reading, aim: Aim, others: Iterable[Definition]) -> list[Way]:
    """Every gap up to the target, in the order that lifts the level soonest."""
    definition = reading.definition
    elsewhere = [d for d in others if d.model.id != definition.model.id]
    found = []
    for gap in gaps(definition, reading.result, aim):
        answer = reading.answers.get(gap.practice.id)
        goal = gap.goal.id
        here = unlocked(definition, gap.practice.id, answer, goal)
        if here is None:
            raise ValueError(f"{gap.practice.id} is a gap, and its step meets nothing")
        brought = (unlocked(d, gap.practice.id, answer, goal) for d in elsewhere)
        found.append(
            Way(
                gap=gap,
                climb=climb(gap.practice, answer, goal),
                here=here,
                elsewhere=tuple(u for u in brought if u is not None),
            )
        )
    return found


def climb(practice: Practice, answer: Answer | None, rung: str) -> tuple[Rung, ...]:
    """The rungs to climb from an answer to a rung; an open answer is the first."""
    rank = max(0, rank_of(practice, answer))
    goal = practice.rank(rung)
    return () if goal is None else tuple(practice.rungs[rank + 1 : goal + 1])


def unlocked(
    definition: Definition, practice: str, answer: Answer | None, rung: str
) -> Unlock | None:
    """What a model counts as met with this rung and not before; None for nothing."""
    asked = definition.practices.get(practice)
    if asked is None:
        return None
    now, then = rank_of(asked, answer), asked.rank(rung)
    if now == NOT_APPLICABLE or then is None:
        return None
    model = definition.model
    asking = [c for c in model.criteria if c.gating and c.practice == practice]
    met = [c for c in asking if now < (asked.rank(c.at_least) or 0) <= then]
    tenths = sum(
        c.tenths(asked.ladder, then) - c.tenths(asked.ladder, max(now, 0))
        for c in asking
        if isinstance(c, PointsCriterion)
    )
    if not met and tenths <= 0:
        return None
    levels = [c.level for c in met if isinstance(c, Criterion)]
    lowest = min(levels, default=model.lowest + 1)
    return Unlock(model.short_name, len(met), lowest, tenths)


def taken(definition: Definition, answers: Mapping[str, Answer], rungs: Rungs) -> Rungs:
    """Of some rungs, those that the model asks about and that lie above the answers.

    What is not applicable stays out, and no plan ever lowers an answer.
    """
    return {
        practice: rung
        for practice, rung in rungs.items()
        if (asked := definition.practices.get(practice)) is not None
        and (then := asked.rank(rung)) is not None
        and (now := rank_of(asked, answers.get(practice))) != NOT_APPLICABLE
        and then > now
    }


def what_if(
    definition: Definition,
    answers: Mapping[str, Answer],
    quarter: Quarter,
    rungs: Rungs,
) -> Result:
    """The result if these rungs were the answers; evidence is never assumed."""
    planned = {
        practice: Answer(State.RUNG, rung)
        for practice, rung in taken(definition, answers, rungs).items()
    }
    return score(definition, {**answers, **planned}, quarter)


def if_taken(reading: Reading, rungs: Rungs) -> Reading:
    """The whole reading if these rungs were the answers; a draft of what may be."""
    higher = taken(reading.definition, reading.answers, rungs)
    planned = {p: Answer(State.RUNG, rung) for p, rung in higher.items()}
    result = what_if(reading.definition, reading.answers, reading.quarter, rungs)
    return replace(
        reading,
        answers={**reading.answers, **planned},
        result=result,
        if_kept=result,
        carried=0,
        submitted=None,
        changed=0,
    )


# The plan


def standing(
    definition: Definition, answers: Mapping[str, Answer], row: PlanRow
) -> Standing:
    """Whether the answers have caught up with a planned step."""
    practice = definition.practices.get(row.practice)
    then = practice.rank(row.rung) if practice else None
    if practice is None or then is None:
        return Standing.UNKNOWN
    now = rank_of(practice, answers.get(row.practice))
    return Standing.REACHED if now >= then else Standing.AHEAD


def counts(row: PlanRow) -> bool:
    """Whether a step is part of the plan: everything that was not dropped."""
    return row.status is not Status.DROPPED


def rungs_of(rows: Iterable[PlanRow]) -> Rungs:
    """Where the plan leads."""
    return {row.practice: row.rung for row in rows if counts(row)}


def ticked(
    found: Iterable[Way], rows: Iterable[PlanRow], switched: Mapping[str, bool]
) -> Rungs:
    """Where the ticked steps lead: the plan's, unless switched on or off since.

    A step leads to the rung that the target needs, or to the plan's if that is higher
    or the target does without the step.
    """
    planned = rungs_of(rows)
    rungs = {}
    for way in found:
        practice = way.gap.practice
        if switched.get(practice.id, practice.id in planned):
            goal = way.gap.goal.id
            there = practice.rank(planned.get(practice.id, ""))
            higher = there is not None and there > (practice.rank(goal) or 0)
            kept = higher or (there is not None and not way.gap.needed)
            rungs[practice.id] = planned[practice.id] if kept else goal
    return rungs


def changes(
    rows: Sequence[PlanRow], shown: Iterable[str], ticked: Rungs, due: str
) -> list[NewStep]:
    """What saving the ticks writes: what is new in the plan, higher, or left out.

    Only steps that were `shown` are left out: a plan made for one model is not
    dropped by saving another's. A step already there keeps its owner and its date.
    """
    there = {row.practice: row for row in rows if counts(row)}
    before = {row.practice: row for row in rows}
    found = []
    for practice, rung in ticked.items():
        row = there.get(practice)
        if row is None:
            old = before.get(practice)
            found.append(NewStep(practice, rung, old.owner if old else "", due))
        elif row.rung != rung:
            status = Status.PLANNED if row.status is Status.DONE else row.status
            found.append(NewStep(practice, rung, row.owner, row.due, status))
    for practice in shown:
        row = there.get(practice)
        if row is not None and practice not in ticked and row.status is not Status.DONE:
            found.append(
                NewStep(practice, row.rung, row.owner, row.due, Status.DROPPED)
            )
    return found


def in_order(rows: Iterable[PlanRow], found: Sequence[Way]) -> list[PlanRow]:
    """The steps in the order that lifts the level soonest, dropped ones last.

    Steps that the target does not wait for follow, by their date.
    """
    place = {way.gap.practice.id: number for number, way in enumerate(found)}
    return sorted(
        rows,
        key=lambda row: (
            not counts(row),
            place.get(row.practice, len(place)),
            row.due or "9999",
            row.practice,
        ),
    )


def projection(
    reading: Reading, rows: Iterable[PlanRow], today: Quarter
) -> list[Projected]:
    """What each quarter after the reading comes to if its steps are taken in time.

    A step that is late counts from today's quarter on. Steps without a date never
    count here, and the plan says how many there are.
    """
    dated = [(Quarter.parse(row.due), row) for row in rows if row.due and counts(row)]
    if not dated:
        return []
    first = max(reading.quarter.shift(1), today)
    last = max(first, *(due for due, _ in dated))
    found = []
    for ahead in range(last - first + 1):
        quarter = first.shift(ahead)
        rungs = rungs_of(row for due, row in dated if due <= quarter)
        result = what_if(reading.definition, reading.answers, quarter, rungs)
        steps = len(taken(reading.definition, reading.answers, rungs))
        found.append(Projected(quarter, result.overall, steps))
    return found


def late(row: PlanRow, today: Quarter) -> bool:
    """Whether a step should be done by now and is not."""
    open_step = row.status in (Status.PLANNED, Status.DOING)
    return open_step and bool(row.due) and Quarter.parse(row.due) < today


def begun(history: Iterable[PlanRow]) -> dict[str, Quarter]:
    """When each step of the plan was planned: since it was last dropped, if ever."""
    found: dict[str, Quarter] = {}
    for row in history:
        if counts(row):
            found.setdefault(row.practice, Quarter.of(row.at.date()))
        else:
            found.pop(row.practice, None)
    return found
