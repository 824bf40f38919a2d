"""The sentences of the way up: what a step brings and costs, and what a plan makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from maturity import gap_words, words
from maturity.least import Least
from maturity.model import MaturityModel
from maturity.plan import PlanRow, Status
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.roadmap import Projected, Unlock, Way, late
from maturity.scoring import Aim
from maturity.storage.plans import Replanned

EFFORTS = {"S": "small", "M": "medium", "L": "large"}


def title(model: MaturityModel, found: Sequence[Way], aim: Aim, waiting: int) -> str:
    """8 practices to change to reach Level 3; `waiting` questions are open for it."""
    where = _where(model, aim)
    if not found and waiting:
        return f"{words.count(waiting, 'question')} to answer first for {where}"
    if not found:
        return f"Nothing is left to change for {where}"
    return f"{words.count(len(found), 'practice')} to change to reach {where}"


def least_title(
    model: MaturityModel, found: Sequence[Way], aim: Aim, waiting: int, least: Least
) -> str:
    """The least effort to a band: 5 steps, 3 small and 4 medium rungs up."""
    where = _where(model, aim)
    if least.beyond:
        return gap_words.out_of_reach(model, where, least.beyond)
    needed = [way for way in found if way.gap.needed]
    if not needed:
        return title(model, needed, aim, waiting)
    steps = words.count(len(needed), "step")
    if least.waiting:
        questions = words.count(waiting, "question")
        return f"{steps} to take and {questions} to answer first for {where}"
    return f"The least effort to {where}: {steps}, {_rungs(needed)} up"


def order(model: MaturityModel, found: Sequence[Way], least: Least | None) -> str:
    """Under the title: how the steps are sorted, or why there are none."""
    if least is not None and least.beyond:
        return "Tests that are not applicable give no points."
    if not any(way.gap.needed for way in found):
        return ""
    return f"In {soonest(model)}. Switch one on to see what it would do."


def soonest(model: MaturityModel) -> str:
    """How steps are sorted: the order that lifts the level, or the score, soonest."""
    lifted = "score" if model.by_points else "level"
    return f"the order that lifts the {lifted} soonest"


def _where(model: MaturityModel, aim: Aim) -> str:
    return words.level_number(model, aim) if isinstance(aim, int) else "your targets"


def _rungs(ways: Sequence[Way]) -> str:
    """3 small and 4 medium rungs: what there is to climb, by effort."""
    climbed = Counter[str]()
    for way in ways:
        climbed[way.gap.practice.effort] += len(way.climb)
    said = [f"{climbed[size]} {EFFORTS[size]}" for size in EFFORTS if climbed[size]]
    return f"{words.listed(said)} {'rung' if climbed.total() == 1 else 'rungs'}"


def effort(way: Way) -> str:
    """Effort: medium, 1 rung up."""
    size = EFFORTS[way.gap.practice.effort]
    if len(way.climb) == 1:
        return f"Effort: {size}, 1 rung up"
    return f"Effort: {size} a rung, {len(way.climb)} rungs up"


def value(way: Way) -> str:
    """Brings 2 criteria here, the first at Level 1; 3 of Azure and 1 of GigaOm."""
    here = way.here
    said = f"Brings {words.points(here.tenths)} here"
    if not here.tenths:
        said = _criteria(here)
    if way.elsewhere:
        others = [
            f"{words.points(u.tenths) if u.tenths else u.criteria} of {u.model}"
            for u in way.elsewhere
        ]
        said += f"; also {words.listed(others)}"
    return said


def _criteria(here: Unlock) -> str:
    at = f"at Level {here.lowest}"
    at = at if here.criteria == 1 else f"the first {at}"
    return f"Brings {words.criteria(here.criteria)} here, {at}"


def standing(reading: Reading) -> str:
    """Level 2, with evidence Level 1, score 2.7. 7 of 10 criteria met for Level 3."""
    score = reading.overall
    if score.lowest is None:
        return "Nothing in this model applies to this team."
    said = f"{words.level_and_evidence(score)}, score {words.tenths(score)}."
    return f"{said} {words.next_step(reading.definition.model, score)}"


def what_if(reading: Reading, seen: Reading, steps: int) -> str:
    """What the ticked steps make of the level, beside what it is."""
    if not steps:
        return (
            "Switch steps on to see what they would do. Nothing is saved until you "
            "ask for it."
        )
    before, after = reading.overall, seen.overall
    same = (before.lowest, before.highest) == (after.lowest, after.highest)
    still = "still " if same else ""
    model = seen.definition.model
    return (
        f"With {words.count(steps, 'step')}: {still}{words.level(after)}, "
        f"score {words.tenths(after)}. {words.next_step(model, after)}"
    )


def saved(changed: Sequence[Replanned]) -> str:
    """Plan saved: 2 steps added, 1 changed, 1 dropped."""
    dropped = sum(c.row.status is Status.DROPPED for c in changed)
    added = sum(
        c.row.status is not Status.DROPPED
        and (c.before is None or c.before.status is Status.DROPPED)
        for c in changed
    )
    other = len(changed) - added - dropped
    parts = {"added": added, "changed": other, "dropped": dropped}
    said = [f"{number} {what}" for what, number in parts.items() if number]
    return f"Plan saved: {', '.join(said)}." if said else "Nothing to save."


def plan_title(rows: Sequence[PlanRow]) -> str:
    """The plan: 5 steps, 2 done."""
    return plan_size(len(rows), sum(row.status is Status.DONE for row in rows))


def plan_size(steps: int, finished: int) -> str:
    """The same by numbers, where the steps are text already."""
    if not steps:
        return "No plan yet"
    said = f"The plan: {words.count(steps, 'step')}"
    return f"{said}, {finished} done" if finished else said


def due(row: PlanRow, today: Quarter) -> str:
    """Late, due Q1 2026; or nothing where all is in time."""
    if late(row, today):
        return f"Late: due {Quarter.parse(row.due).label}"
    return ""


def outlook_title(reading: Reading, projected: Sequence[Projected]) -> str:
    """Level 2 now, Level 3 in Q4 2027 if the plan holds."""
    last = projected[-1]
    now, then = words.level(reading.overall), words.level(last.score)
    if now == then:
        return f"Still {now} in {last.quarter.label} if the plan holds"
    return f"{now} now, {then} in {last.quarter.label} if the plan holds"


def undated(rows: Sequence[PlanRow]) -> str:
    """2 steps have no date and are not in these pictures."""
    number = sum(not row.due for row in rows)
    if not number:
        return ""
    verb, be = ("has", "is") if number == 1 else ("have", "are")
    return (
        f"{words.count(number, 'step')} {verb} no date yet and {be} not in these "
        "pictures."
    )


def status(row: PlanRow, today: Quarter) -> str:
    """Planned, Doing or Done; Late where it should be done and is not."""
    return "Late" if late(row, today) else row.status.value.capitalize()


def doubts_title(number: int) -> str:
    """1 pair of answers does not fit together."""
    verb = "does" if number == 1 else "do"
    pairs = words.count(number, "pair of answers", "pairs of answers")
    return f"{pairs} {verb} not fit together"
