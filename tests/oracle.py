"""The scoring rules once more, as slowly and plainly as they can be written.

Written from docs/scoring.md and not from the engine: loops over criteria, one case
at a time, and fractions. The property tests hold the engine to it.
"""

from __future__ import annotations

import math
from calendar import monthrange
from fractions import Fraction


def score(definition, answers, quarter):
    """A plain dictionary with everything that a Result says."""
    said = {
        practice.id: _said(practice, answers.get(practice.id))
        for practice in definition.practices.values()
    }
    worst = {id: 0 if rank == "open" else rank for id, rank in said.items()}
    best = {
        id: len(definition.practices[id].rungs) - 1 if rank == "open" else rank
        for id, rank in said.items()
    }
    proven = {
        id: rank if rank == "out" or _backed(answers[id], quarter) else 0
        for id, rank in worst.items()
        if id in answers
    }
    proven |= {id: 0 for id in said if id not in answers}

    result = {"judged": [_verdict(definition, c, said) for c in _criteria(definition)]}
    for category in [None, *(c.id for c in definition.model.categories)]:
        lowest, own, following = _mark(definition, category, worst)
        steps = [
            _step(definition, category, level, said)
            for level in _levels_above_the_lowest(definition)
        ]
        practices = {c.practice for c in _gating(definition, category)}
        result[category] = {
            "lowest": lowest,
            "highest": _mark(definition, category, best)[0],
            "evidenced": _mark(definition, category, proven)[0],
            "own_level": own,
            "steps": steps,
            "next": next((step for step in steps if step[0] == following), None),
            "asked": len(practices),
            "answered": sum(said[practice] != "open" for practice in practices),
            "open": sum(said[practice] == "open" for practice in practices),
            "not_applicable": sum(said[practice] == "out" for practice in practices),
            "stops": [
                c.id
                for c in _gating(definition, category)
                if c.level == following
                and worst[c.practice] != "out"
                and not _met(definition, c, worst)
            ],
        }
    return result


def _said(practice, answer):
    """A rank, "open" or "out"."""
    if answer is None or answer.state in ("unknown", "cleared"):
        return "open"
    if answer.state == "not-applicable" or (answer.state == "kept" and not answer.rung):
        return "out" if answer.reason.strip() else "open"
    ladder = [rung.id for rung in practice.rungs]
    return ladder.index(answer.rung) if answer.rung in ladder else "open"


def _backed(answer, quarter):
    """A link; from its date to its end, six months on or said, is the last day."""
    if not answer.link.strip() or answer.evidence_on is None:
        return False
    year, month = answer.evidence_on.year, answer.evidence_on.month
    for _ in range(6):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    until = (year, month, min(answer.evidence_on.day, monthrange(year, month)[1]))
    if answer.valid_until is not None:
        said = answer.valid_until
        until = (said.year, said.month, said.day)
    last_month = quarter.number * 3
    last_day = monthrange(quarter.year, last_month)[1]
    of = (answer.evidence_on.year, answer.evidence_on.month, answer.evidence_on.day)
    return of <= (quarter.year, last_month, last_day) <= until


def _criteria(definition):
    return definition.model.criteria


def _gating(definition, category):
    return [
        c for c in _criteria(definition) if c.gating and category in (None, c.category)
    ]


def _levels_above_the_lowest(definition):
    return [level.number for level in definition.model.levels][1:]


def _met(definition, criterion, ranks):
    ladder = [rung.id for rung in definition.practices[criterion.practice].rungs]
    return ranks[criterion.practice] >= ladder.index(criterion.at_least)


def _verdict(definition, criterion, said):
    rank = said[criterion.practice]
    if rank == "out":
        return (criterion.id, "not-applicable", None)
    if rank == "open":
        return (criterion.id, "open", None)
    verdict = "met" if _met(definition, criterion, said) else "unmet"
    return (criterion.id, verdict, rank)


def _step(definition, category, level, said):
    verdicts = [
        _verdict(definition, c, said)[1]
        for c in _gating(definition, category)
        if c.level == level
    ]
    return (
        level,
        verdicts.count("met"),
        verdicts.count("unmet"),
        verdicts.count("open"),
        verdicts.count("not-applicable"),
    )


def _own(definition, category, ranks):
    """The highest level with criteria and with nothing unmet up to it."""
    applicable = [
        c for c in _gating(definition, category) if ranks[c.practice] != "out"
    ]
    if not applicable:
        return None
    reached = definition.model.levels[0].number
    for level in _levels_above_the_lowest(definition):
        asks = any(c.level == level for c in applicable)
        up_to_it = [c for c in applicable if c.level <= level]
        if asks and all(_met(definition, c, ranks) for c in up_to_it):
            reached = level
    return reached


def _mark(definition, category, ranks):
    """The level with its score in tenths, the own level, and the next level."""
    own = _own(definition, category, ranks)
    if own is None:
        return None, None, None
    level = max(own, _own(definition, None, ranks))
    for following in _levels_above_the_lowest(definition):
        there = [
            c
            for c in _gating(definition, category)
            if c.level == following and ranks[c.practice] != "out"
        ]
        if following > level and there:
            met = sum(_met(definition, c, ranks) for c in there)
            exact = level + Fraction(met, len(there))
            return (level, math.floor(10 * exact)), own, following
    return (level, 10 * level), own, None
