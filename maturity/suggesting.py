"""What a team's answers suggest for a practice that it has not answered yet.

Each suggestion comes with its reason, and a person takes it or does not. Where two
answers suggest different rungs, both are there: nobody decides between them here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.answer import Answer
from maturity.library import Library
from maturity.practice import Practice, Rung, Serving
from maturity.suggestion import Suggestion


@dataclass(frozen=True)
class Reason:
    """One answer that suggests a rung."""

    practice: Practice
    """The practice that was answered."""
    because: str
    """A sentence."""


@dataclass(frozen=True)
class Suggested:
    """One rung, with every answer that suggests it."""

    rung: Rung
    reasons: tuple[Reason, ...]


def suggested(
    library: Library,
    practice: Practice,
    answers: Mapping[str, Answer],
    serving: Serving = "",
) -> list[Suggested]:
    """The rungs that these answers suggest for a practice, the lowest first.

    `answers` are those that one and the same respondent, or the team, has given. An
    answer to what does not apply to how the team serves suggests nothing.
    """
    strongest: dict[str, tuple[int, Suggestion]] = {}
    for one in library.suggestions:
        if one.suggests != practice.id:
            continue
        source = library.practices.get(one.when)
        if source is None or not source.asked_of(serving):
            continue
        needed, said = source.rank(one.at_least), _rank(source, answers)
        if needed is None or said is None or said < needed:
            continue
        if one.when not in strongest or needed > strongest[one.when][0]:
            strongest[one.when] = needed, one
    by_rung: dict[str, list[Reason]] = {}
    for when, (_, one) in strongest.items():
        reason = Reason(library.practices[when], f"Because {one.because}")
        by_rung.setdefault(one.rung, []).append(reason)
    return [
        Suggested(rung, tuple(by_rung[rung.id]))
        for rung in practice.rungs
        if rung.id in by_rung
    ]


def _rank(practice: Practice, answers: Mapping[str, Answer]) -> int | None:
    answer = answers.get(practice.id)
    return practice.rank(answer.chosen) if answer and answer.chosen else None
