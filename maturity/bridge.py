"""Why a score moved between two quarters: the movement split by kind of change.

One kind of change after the other is applied to the earlier answers, in the order of
`Kind`, and each part is the shown score after it minus the shown score before it. So
the parts always sum to the whole movement, and nothing is left over. Another order
would give other parts; this one is the same everywhere and said with every bridge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from maturity.answer import Answer
from maturity.engine import NOT_APPLICABLE, OPEN
from maturity.model import Definition
from maturity.reading import Reading
from maturity.scoring import Result, Score, rank_of, score


class Kind(StrEnum):
    """A kind of change, in the order in which they are applied."""

    EDITION = "edition"
    """The model itself: what a new edition asks for."""
    NOT_APPLICABLE = "not-applicable"
    """To not applicable, or away from it."""
    ANSWERED = "answered"
    """From open to a rung."""
    IMPROVED = "improved"
    WORSENED = "worsened"
    """To a lower rung, or open again: an open answer counts as the first rung."""
    LIFTED = "lifted"
    """Of a category alone: the rest of the model moved, and its level with it."""


@dataclass(frozen=True)
class Part:
    """What one kind of change did to the shown score."""

    kind: Kind
    tenths: int
    """The shown score after this kind of change, minus the one before it."""
    practices: tuple[str, ...]
    """The names of the practices whose answers changed in this way."""
    reopened: int = 0
    """How many of them are open again."""


@dataclass(frozen=True)
class Bridge:
    """How one shown score became another."""

    before: Score
    after: Score
    start: int
    """In tenths: the low end of the earlier score."""
    end: int
    """In tenths: the low end of the later score."""
    parts: tuple[Part, ...]
    """In the order of `Kind`; only kinds of which something happened."""

    @property
    def tenths(self) -> int:
        return self.end - self.start


def bridge(
    before: Reading, after: Reading, category: str | None = None
) -> Bridge | None:
    """The movement of a category's score, or of the whole model's.

    None where there is nothing to split: a quarter has no score, the earlier edition
    had no such category, or a score was frozen by other rules than today's.
    """
    first, last = _of(before.result, category), _of(after.result, category)
    start, end = _tenths(first), _tenths(last)
    if first is None or last is None or start is None or end is None:
        return None
    if _scored(before.definition, before.answers, before, category) != start:
        return None
    answers, reached = dict(before.answers), start
    parts: list[Part] = []
    for kind, practices in _changes(before, after, category).items():
        for practice in practices:
            _apply(answers, after.answers, practice)
        now = _scored(after.definition, answers, after, category)
        # Where nothing applies halfway, the next kind of change says what it did.
        now = reached if now is None else now
        happened = practices and kind is not Kind.LIFTED
        if happened or now != reached or (kind is Kind.EDITION and _new(before, after)):
            parts.append(_part(kind, now - reached, practices, after))
        reached = now
    return Bridge(first, last, start, end, tuple(parts)) if reached == end else None


def _part(kind: Kind, tenths: int, practices: list[str], after: Reading) -> Part:
    if kind is Kind.LIFTED:
        return Part(kind, tenths, ())
    known = after.definition.practices
    return Part(
        kind,
        tenths,
        tuple(known[practice].name for practice in practices),
        reopened=sum(
            rank_of(known[practice], after.answers.get(practice)) == OPEN
            for practice in practices
            if kind is Kind.WORSENED
        ),
    )


def _changes(
    before: Reading, after: Reading, category: str | None
) -> dict[Kind, list[str]]:
    """The practices of the later model by the kind of change of their answers.

    For a category, every change outside it is in the last kind: it can move the
    category's score only by moving the model's level.
    """
    found: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    if category is None:
        del found[Kind.LIFTED]
    own = {
        criterion.practice
        for criterion in after.definition.model.criteria
        if category in (None, criterion.category)
    }
    for practice in after.definition.every:
        was = rank_of(practice, before.answers.get(practice.id))
        now = rank_of(practice, after.answers.get(practice.id))
        if was != now:
            kind = _kind(was, now) if practice.id in own else Kind.LIFTED
            found[kind].append(practice.id)
    return found


def _kind(was: int, now: int) -> Kind:
    if NOT_APPLICABLE in (was, now):
        return Kind.NOT_APPLICABLE
    if was == OPEN:
        return Kind.ANSWERED
    # OPEN is below every rung, as it is in the shown score.
    return Kind.IMPROVED if now > was else Kind.WORSENED


def _apply(
    answers: dict[str, Answer], later: Mapping[str, Answer], practice: str
) -> None:
    answers.pop(practice, None)
    if practice in later:
        answers[practice] = later[practice]


def _scored(
    definition: Definition,
    answers: Mapping[str, Answer],
    reading: Reading,
    category: str | None,
) -> int | None:
    """The shown score of some answers; None where nothing is applicable.

    What is left out stands in the answers as not applicable, of the quarter it was
    left out in, so that a change of how the team serves is a kind of change too.
    """
    definition = definition.of("")
    return _tenths(_of(score(definition, answers, reading.quarter), category))


def _of(result: Result, category: str | None) -> Score | None:
    return result.overall if category is None else result.categories.get(category)


def _tenths(one: Score | None) -> int | None:
    return None if one is None or one.lowest is None else one.lowest.tenths


def _new(before: Reading, after: Reading) -> bool:
    return before.definition.model.edition != after.definition.model.edition
