"""The same answers through several models: on what the models differ, and what is open.

Nothing is converted here. Two models share answers and never levels, so what is
compared is what each of them makes of one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity.model import MaturityModel
from maturity.practice import Practice, Rung
from maturity.reading import Reading
from maturity.scoring import Judged, Verdict


@dataclass(frozen=True)
class Ask:
    """What one model asks of a practice at one of its levels."""

    model: MaturityModel
    level: int
    rung: Rung
    """The lowest rung that is enough there."""
    later: int | None = None
    """A higher level of the same model that asks for more than was answered."""


@dataclass(frozen=True)
class Difference:
    """One answer that some models wait for and others are content with."""

    practice: Practice
    said: str
    """The answer, as a sentence that stands alone."""
    asked: tuple[Ask, ...]
    """Of the models that ask for more at their next level."""
    met: tuple[Ask, ...]
    """Of the models that have what they ask for so far."""


@dataclass(frozen=True)
class Shared:
    """One practice that holds back several models at once."""

    practice: Practice
    said: str
    asked: tuple[Ask, ...]


def differences(readings: Sequence[Reading]) -> list[Difference]:
    """The practices that one model asks for at its next level and another has met.

    Those that most models wait for come first. An open answer is left out, since no
    model has a verdict on it.
    """
    found = []
    for practice, asked in _stops(readings).items():
        waiting = {ask.model.id for ask in asked}
        met = tuple(
            ask
            for reading in readings
            if reading.definition.model.id not in waiting
            and (ask := _content(reading, practice)) is not None
        )
        if met:
            one, said = _answered(readings, practice)
            found.append(Difference(one, said, asked, met))
    return sorted(found, key=lambda difference: -len(difference.asked))


def shared(readings: Sequence[Reading]) -> list[Shared]:
    """The practices that two or more models ask for at their next level."""
    found = [
        Shared(*_answered(readings, practice), asked)
        for practice, asked in _stops(readings).items()
        if len(asked) > 1
    ]
    return sorted(found, key=lambda one: -len(one.asked))


def missing(reading: Reading) -> list[Practice]:
    """The open practices behind the level, those that the lowest levels want first."""
    wanted: dict[str, int] = {}
    for judged in reading.result.judged:
        if judged.criterion.gating and judged.verdict is Verdict.OPEN:
            practice, level = judged.criterion.practice, judged.level
            wanted[practice] = min(level, wanted.get(practice, level))
    return [
        reading.definition.practices[practice]
        for practice in sorted(wanted, key=wanted.__getitem__)
    ]


def _stops(readings: Sequence[Reading]) -> dict[str, tuple[Ask, ...]]:
    """By practice id: what each model that waits for it asks, one entry a model."""
    found: dict[str, tuple[Ask, ...]] = {}
    for reading in readings:
        highest: dict[str, Judged] = {}
        for judged in reading.result.stops():
            practice = judged.criterion.practice
            known = highest.get(practice)
            if judged.verdict is Verdict.UNMET and (
                known is None or judged.needed > known.needed
            ):
                highest[practice] = judged
        for practice, judged in highest.items():
            found[practice] = (*found.get(practice, ()), _ask(reading, judged))
    return found


def _content(reading: Reading, practice: str) -> Ask | None:
    """The most that a model has got of a practice, if it has got anything."""
    asks = [
        judged
        for judged in reading.result.judged
        if judged.criterion.practice == practice and judged.criterion.gating
    ]
    met = [judged for judged in asks if judged.verdict is Verdict.MET]
    if not met:
        return None
    unmet = [j.level for j in asks if j.verdict is Verdict.UNMET]
    most = max(met, key=lambda judged: (judged.level, judged.needed))
    return _ask(reading, most, later=min(unmet, default=None))


def _ask(reading: Reading, judged: Judged, later: int | None = None) -> Ask:
    definition = reading.definition
    rung = definition.practices[judged.criterion.practice].rungs[judged.needed]
    return Ask(definition.model, judged.level, rung, later)


def _answered(readings: Sequence[Reading], practice: str) -> tuple[Practice, str]:
    """The practice with what the team said of it, the same in every reading."""
    asking = next(r for r in readings if practice in r.definition.practices)
    found = asking.definition.practices[practice]
    return found, asking.answer_text(found)
