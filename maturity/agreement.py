"""Agreement: several people's answers in, how far they lie apart out, in order.

Pure. A vote is a rung or "not applicable" with its reason; whoever did not answer or
does not know has no vote. A practice is contested when its votes are not all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from maturity.answer import Answer
from maturity.engine import NOT_APPLICABLE, OPEN
from maturity.model import Definition
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.respondent import Decision, option_of
from maturity.scoring import Result, rank_of, score

Answers = Mapping[str, Answer]
"""One person's answers, by practice id."""


class Effect(IntEnum):
    """What the choice between the lowest and the highest vote decides."""

    NONE = 0
    CATEGORY = 1
    """The level of a category."""
    LEVEL = 2
    """The level of the whole model."""


@dataclass(frozen=True)
class Vote:
    """One person's answer to one practice."""

    person: str
    answer: Answer
    rank: int | None
    """The place of the rung; None for not applicable."""

    @property
    def option(self) -> str:
        return option_of(self.answer)


@dataclass(frozen=True)
class Spread:
    """One practice with all votes."""

    practice: Practice
    category: str
    votes: tuple[Vote, ...]
    """Lowest first, those of not applicable last."""
    silent: tuple[str, ...]
    """Who did not answer, or does not know."""
    gating: bool
    effect: Effect
    agreed: Answer | None
    """The agreed answer as it stands; None where there is none."""
    decision: Decision | None
    """What was decided last; None where nothing was, or it was taken back."""

    @property
    def contested(self) -> bool:
        return len({vote.option for vote in self.votes}) > 1

    @property
    def common(self) -> Answer | None:
        """The answer that everybody gave; None where somebody gave another or none."""
        if len(self.votes) < 2 or self.silent or self.contested:
            return None
        return self.votes[0].answer

    @property
    def distance(self) -> int:
        """How many rungs the votes lie apart.

        Whether a practice applies at all is further apart than any two rungs.
        """
        ranks = [vote.rank for vote in self.votes if vote.rank is not None]
        if ranks and len(ranks) < len(self.votes):
            return len(self.practice.rungs)
        return max(ranks) - min(ranks) if ranks else 0

    @property
    def changed(self) -> bool:
        """Whether somebody has voted otherwise since the decision."""
        if self.decision is None:
            return False
        known = self.decision.votes
        return any(known.get(vote.person) != vote.option for vote in self.votes)

    @property
    def decided(self) -> bool:
        """Whether a decision holds that knew all these votes."""
        return self.decision is not None and not self.changed

    def choosing(self, option: str) -> tuple[str, ...]:
        """Who chose an option."""
        return tuple(vote.person for vote in self.votes if vote.option == option)


def spreads(
    definition: Definition,
    votes: Mapping[str, Answers],
    agreed: Answers,
    decisions: Sequence[Decision],
    quarter: Quarter,
) -> list[Spread]:
    """Every practice of the model with its votes, in the order asked.

    `votes` is by person id; `decisions` are oldest first, and the newest holds.
    """
    newest = {decision.practice: decision for decision in decisions}
    gating = {c.practice for c in definition.model.criteria if c.gating}
    found = []
    base = _base(definition, votes, agreed)
    for category, practices in definition.questions.items():
        for practice in practices:
            given = _votes(practice, votes)
            voted = {vote.person for vote in given}
            decision = newest.get(practice.id)
            found.append(
                Spread(
                    practice=practice,
                    category=category,
                    votes=given,
                    silent=tuple(person for person in votes if person not in voted),
                    gating=practice.id in gating,
                    effect=_effect(definition, base, practice, given, quarter),
                    agreed=agreed.get(practice.id),
                    decision=decision if decision and decision.option else None,
                )
            )
    return found


def ordered(found: Sequence[Spread]) -> list[Spread]:
    """Most contested first: by distance, then what it decides, then as asked.

    Votes of one distance: those on a gating practice first, and of these those that
    change the level, then those that change a category's.
    """
    return sorted(
        found, key=lambda s: (not s.contested, -s.distance, not s.gating, -s.effect)
    )


def to_discuss(found: Sequence[Spread]) -> list[Spread]:
    """The contested practices that nothing is decided of yet, in order."""
    return [s for s in ordered(found) if s.contested and not s.decided]


def in_common(found: Sequence[Spread]) -> list[Spread]:
    """What everybody answered alike and the agreed answer does not say yet."""
    return [
        s
        for s in found
        if s.common is not None and option_of(s.common) != option_of(s.agreed)
    ]


def incomplete(found: Sequence[Spread]) -> list[Spread]:
    """What nobody disputes, but not everybody answered, and nothing is agreed of."""
    return [
        s
        for s in found
        if not s.contested
        and s.common is None
        and rank_of(s.practice, s.agreed) == OPEN
    ]


def _votes(practice: Practice, votes: Mapping[str, Answers]) -> tuple[Vote, ...]:
    given = []
    for person, answers in votes.items():
        answer = answers.get(practice.id)
        rank = rank_of(practice, answer)
        if answer is not None and rank != OPEN:
            placed = None if rank == NOT_APPLICABLE else rank
            given.append(Vote(person, answer, placed))
    last = len(practice.rungs)
    return tuple(sorted(given, key=lambda v: last if v.rank is None else v.rank))


def _base(
    definition: Definition, votes: Mapping[str, Answers], agreed: Answers
) -> dict[str, Answer]:
    """What to read the others by: the agreed answer, else the most frequent vote.

    Of votes that are equally frequent the lowest is taken, as between two rungs.
    """
    base = {}
    for practice in definition.asked:
        said = agreed.get(practice.id)
        if said is not None and rank_of(practice, said) != OPEN:
            base[practice.id] = said
            continue
        given = _votes(practice, votes)
        if given:
            often = Counter(vote.option for vote in given)
            base[practice.id] = max(given, key=lambda v: often[v.option]).answer
    return base


def _effect(
    definition: Definition,
    base: Answers,
    practice: Practice,
    given: Sequence[Vote],
    quarter: Quarter,
) -> Effect:
    options = {vote.option: vote.answer for vote in given}
    if len(options) < 2:
        return Effect.NONE
    results = [
        score(definition, {**base, practice.id: answer}, quarter)
        for answer in options.values()
    ]
    if len({_level(result, None) for result in results}) > 1:
        return Effect.LEVEL
    for category in results[0].categories:
        if len({_level(result, category) for result in results}) > 1:
            return Effect.CATEGORY
    return Effect.NONE


def _level(result: Result, category: str | None) -> int | None:
    shown = result.categories[category] if category else result.overall
    return shown.lowest.level if shown.lowest else None
