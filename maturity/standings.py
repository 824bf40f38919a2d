"""Many assessments at once, each as figures: a score without the steps it is made of.

A screen about one team shows every step; one about all teams would spend its time on
building them. Submitted results are read as they were frozen; answers that were never
submitted go through the one engine, all of them together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from maturity.answer import Answer
from maturity.engine import NO_LEVEL, NOT_APPLICABLE, OPEN, Engine, Marks, Ranks
from maturity.mark import Mark
from maturity.model import Definition
from maturity.practice import Serving
from maturity.quarter import Quarter
from maturity.scoring import Judged, Verdict, judge, level_of, rank_of


@dataclass(frozen=True)
class Figures:
    """What one category, or the whole model, comes to; see `scoring.Score`."""

    lowest: Mark | None
    highest: Mark | None
    evidenced: Mark | None
    asked: int
    answered: int
    open: int
    not_applicable: int
    bands: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Outcome:
    """One assessment without its steps: figures, and the verdict on each criterion."""

    overall: Figures
    next: int | None
    """The next level that asks anything; None at the top and where nothing applies."""
    categories: Mapping[str, Figures]
    judged: tuple[Judged, ...]

    @cached_property
    def missed(self) -> dict[str, Judged]:
        """By practice: the most that the next level asks of it and does not get."""
        found: dict[str, Judged] = {}
        for one in self.stops:
            known = found.get(one.criterion.practice)
            if one.verdict is Verdict.UNMET and (
                known is None or one.needed > known.needed
            ):
                found[one.criterion.practice] = one
        return found

    @property
    def stops(self) -> list[Judged]:
        """What keeps the whole model from its next level, open criteria included."""
        return [
            one
            for one in self.judged
            if one.criterion.gating
            and one.level == self.next
            and one.verdict in (Verdict.UNMET, Verdict.OPEN)
        ]


@dataclass(frozen=True)
class _Next:
    level: int


@dataclass(frozen=True)
class _Overall(Figures):
    next: _Next | None = None


@dataclass(frozen=True)
class _Frozen:
    overall: _Overall
    categories: dict[str, Figures]
    judged: list[tuple[str, Verdict, int | None, int]]


_FIGURES = TypeAdapter(Figures)
_FROZEN = TypeAdapter(_Frozen)


def thaw_overall(text: str) -> Figures:
    """The figures in the part `overall` of a frozen result, or in one category's."""
    return _FIGURES.validate_json(text)


class Thaw:
    """Frozen results of one definition, read back one after another.

    Verdicts are shared between assessments: there are only so many different ones.
    """

    def __init__(self, definition: Definition) -> None:
        self.model = definition.model
        self._criteria = {c.id: c for c in definition.model.criteria}
        self._shared: dict[tuple[object, ...], Judged] = {}

    def outcome(self, text: str) -> Outcome:
        """What `reading.freeze` wrote, without the steps."""
        frozen = _FROZEN.validate_json(text)
        return Outcome(
            overall=frozen.overall,
            next=frozen.overall.next.level if frozen.overall.next else None,
            categories=frozen.categories,
            judged=tuple(
                self._judged(criterion, verdict, rank, needed, frozen.categories)
                for criterion, verdict, rank, needed in frozen.judged
            ),
        )

    def _judged(
        self,
        criterion_id: str,
        verdict: Verdict,
        rank: int | None,
        needed: int,
        categories: Mapping[str, Figures],
    ) -> Judged:
        criterion = self._criteria[criterion_id]
        level = level_of(self.model, criterion, categories)
        key = (criterion.id, verdict, rank, level)
        if key not in self._shared:
            self._shared[key] = Judged(criterion, verdict, rank, needed, level)
        return self._shared[key]


@dataclass(frozen=True)
class Asked:
    """The answers of one assessment that is to be scored."""

    answers: Mapping[str, Answer]
    """By practice id."""
    quarter: Quarter
    """Dates the evidence."""
    serving: Serving = ""
    """How the team served; what does not apply to it is not applicable."""


class Scored:
    """Assessments scored together by the rules of `scoring.score`, in their order."""

    def __init__(self, definition: Definition, asked: Sequence[Asked]) -> None:
        self.definition = definition
        self.engine = Engine(definition)
        said, proven = _matrices(definition, self.engine.practices, asked)
        left = _left_out(definition, self.engine.practices, asked)
        said[left] = proven[left] = NOT_APPLICABLE
        lowest = self.engine.marks(said)
        self._ranks = said.tolist()
        self._following = lowest.next[:, 0].tolist()
        self._lowest = _marks(lowest)
        self._highest = _marks(self.engine.marks(self.engine.highest(said)))
        self._evidenced = _marks(self.engine.marks(proven))
        self._asked = self.engine.asked.tolist()
        self._left = self.engine.behind(left).tolist()
        self._open = self.engine.behind(said == OPEN).tolist()
        self._out = self.engine.behind(said == NOT_APPLICABLE).tolist()
        self._bands = tuple(band.name for band in definition.model.bands)

    def overall(self, place: int) -> Figures:
        """What the whole model comes to in one of them."""
        return self._figures(place, 0)

    def outcome(self, place: int) -> Outcome:
        """One of them with the verdict on every criterion."""
        model = self.definition.model
        categories = {
            category.id: self._figures(place, group)
            for group, category in enumerate(model.categories, start=1)
            if not category.informative
        }
        practices = self.engine.practices
        ranks = dict(zip(practices, self._ranks[place], strict=True))
        following = self._following[place]
        return Outcome(
            overall=self.overall(place),
            next=None if following == NO_LEVEL else following,
            categories=categories,
            judged=tuple(
                judge(self.definition, c, ranks[c.practice], categories)
                for c in model.criteria
            ),
        )

    def _figures(self, row: int, group: int) -> Figures:
        left, waiting = self._left[row][group], self._open[row][group]
        asked = self._asked[group] - left
        return Figures(
            lowest=_mark(*self._lowest[row][group]),
            highest=_mark(*self._highest[row][group]),
            evidenced=_mark(*self._evidenced[row][group]),
            asked=asked,
            answered=asked - waiting,
            open=waiting,
            not_applicable=self._out[row][group],
            bands=self._bands,
            left_out=left,
        )


def _left_out(
    definition: Definition, practices: Sequence[str], asked: Sequence[Asked]
) -> NDArray[np.bool_]:
    """Which practices do not apply to which of the teams."""
    rows = {
        serving: [id in definition.of(serving).left_out for id in practices]
        for serving in {one.serving for one in asked}
    }
    return np.array([rows[one.serving] for one in asked], np.bool_)


def _matrices(
    definition: Definition, practices: Sequence[str], asked: Sequence[Asked]
) -> tuple[Ranks, Ranks]:
    """The ranks as said, and with those without valid evidence at the first rung."""
    said = np.full((len(asked), len(practices)), OPEN, np.int8)
    proven = said.copy()
    columns = {practice: column for column, practice in enumerate(practices)}
    # Most teams say the same few things, so each is looked up once.
    known: dict[tuple[str, Answer], int] = {}
    for row, one in enumerate(asked):
        for practice, answer in one.answers.items():
            rank = known.get((practice, answer))
            if rank is None:
                rank = rank_of(definition.practices[practice], answer)
                known[practice, answer] = rank
            column = columns[practice]
            said[row, column] = rank
            holds = rank <= 0 or answer.evidenced(one.quarter)
            proven[row, column] = rank if holds else 0
    return said, proven


def _marks(marks: Marks) -> list[list[list[int]]]:
    """Level and tenths of each group, row by row."""
    both: list[list[list[int]]] = np.stack([marks.level, marks.tenths], 2).tolist()
    return both


def _mark(level: int, tenths: int) -> Mark | None:
    return None if level == NO_LEVEL else Mark(level, tenths)
