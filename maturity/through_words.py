"""What is said of one set of answers read through several models."""

from __future__ import annotations

from collections.abc import Sequence

from maturity import words
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.scoring import Score
from maturity.through import Ask, Difference

NAMED = 4
"""How many open questions are called by their names."""


def coverage(score: Score) -> str:
    """12 of 19 practices answered."""
    practices = "practice" if score.asked == 1 else "practices"
    return f"{score.answered} of {score.asked} {practices} answered"


def source(quarter: Quarter, newest: Quarter) -> str:
    """Whose answers these are, and that an old quarter is read anew."""
    if quarter < newest:
        return (
            f"A re-reading: the answers of {quarter.label}, through the models as they "
            "are today. What was submitted then stays as it was."
        )
    return (
        f"The latest answers, {quarter.label}, through every model. Only answers are "
        "shared: a level of one model is never turned into a level of another."
    )


def standing(then: Reading | None, now: Reading, *, begun: bool = False) -> str:
    """How a reading relates to what the team submitted through that model."""
    if then is None and begun:
        return "Draft, not submitted yet"
    if then is None:
        return "Not assessed through this model"
    if (
        words.level(then.overall) == words.level(now.overall)
        and words.tenths(then.overall) == words.tenths(now.overall)
        and coverage(then.overall) == coverage(now.overall)
    ):
        return "As submitted"
    old, new = then.definition.model.edition, now.definition.model.edition
    why = f"by edition {old}" if old != new else "before answers changed"
    return (
        f"Submitted as {words.level(then.overall)}, score "
        f"{words.tenths(then.overall)}, {why}"
    )


def completing(reading: Reading, missing: Sequence[Practice]) -> str:
    """Which questions would complete a reading, and what they can still change."""
    if not missing:
        return "Complete: nothing is open."
    names = [practice.name for practice in missing]
    said = words.listed(names)
    if len(names) > NAMED + 1:
        said = f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
    verb = "completes" if len(missing) == 1 else "complete"
    return (
        f"{words.count(len(missing), 'question')} {verb} it: {said}. "
        f"{words.answering(reading.overall)}"
    )


def asks(ask: Ask) -> str:
    """Azure, Level 2."""
    return f"{ask.model.short_name}, {words.level_number(ask.model, ask.level)}"


def later(ask: Ask) -> str:
    """That a model which is content now wants more at a higher level; "" if not."""
    if ask.later is None:
        return ""
    return f"More at {words.level_number(ask.model, ask.later)}."


def differences_title(found: Sequence[Difference]) -> str:
    """3 practices make the difference."""
    if not found:
        return "No practice makes a difference"
    verb = "makes" if len(found) == 1 else "make"
    return f"{words.count(len(found), 'practice')} {verb} the difference"


def newer(quarter: Quarter) -> str:
    """That there are later answers which nobody has submitted."""
    return f"{quarter.label} has answers too, not submitted yet."
