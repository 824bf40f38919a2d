"""Both scoring rules over many assessments at once: a matrix of answers in, arrays out.

One row an assessment, one column a practice, and no loop over rows, so a portfolio
is scored as fast as it is read. `scoring.score` sends its one assessment through
here too; no other code decides a level. Everything is counted in integers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maturity.model import Criterion, Definition, PointsCriterion

OPEN = -1
"""In an answer matrix: no answer that counts."""
NOT_APPLICABLE = -2
"""In an answer matrix: taken out, with a reason."""
NO_LEVEL = -1
"""In `Marks`: nothing is applicable, so there is no level and no score."""

ROWS_AT_ONCE = 20_000
"""Keeps what is worked on within a processor's cache, whatever the portfolio."""

Ranks = NDArray[np.int8]
Counts = NDArray[np.int32]


@dataclass(frozen=True)
class Marks:
    """What each assessment comes to: rows as in the matrix, then groups, then levels.

    Group 0 is the whole model, group n the model's nth category. Levels are those
    above the lowest, in order.
    """

    own: Counts
    """Assessments x groups: the level by the group's own criteria, or NO_LEVEL."""
    level: Counts
    """Assessments x groups: `own`, or the whole model's level where that is higher."""
    tenths: Counts
    """Assessments x groups: the score in integer tenths, or NO_LEVEL."""
    next: Counts
    """Assessments x groups: the next level that asks anything, or NO_LEVEL."""
    met: Counts
    """Assessments x groups x levels: applicable gating criteria that are met."""
    asked: Counts
    """Assessments x groups x levels: applicable gating criteria."""


class Engine:
    """A definition compiled: which columns meet which criteria, and where they count.

    Columns are the practices of `Definition.every`, in that order. Compiling takes
    a few hundredths of a millisecond, so nobody needs to keep an engine.
    """

    def __init__(self, definition: Definition) -> None:
        model, asked = definition.model, definition.every
        column = {practice.id: place for place, practice in enumerate(asked)}
        group = {c.id: place for place, c in enumerate(model.categories)}
        gating = [c for c in model.criteria if c.gating]
        self.practices = tuple(column)
        self.lowest = model.lowest
        self.levels = model.top - model.lowest
        self.groups = len(group) + 1
        self.last_rungs = np.array([len(p.rungs) - 1 for p in asked], np.int8)
        self._columns = np.array([column[c.practice] for c in gating], np.intp)
        self._needed = np.array(
            [definition.practices[c.practice].rank(c.at_least) for c in gating], np.int8
        )
        self._sums = _Sums(definition) if model.by_points else None
        self._place = np.zeros((len(gating), len(group) * self.levels), np.int32)
        self._member = np.zeros((len(asked), self.groups), np.int32)
        for row, criterion in enumerate(gating):
            category = group[criterion.category]
            start = category * self.levels
            if isinstance(criterion, Criterion):
                self._place[row, start + criterion.level - self.lowest - 1] = 1
            else:
                # A test counts on the way to every band.
                self._place[row, start : start + self.levels] = 1
            self._member[column[criterion.practice], [0, category + 1]] = 1
        self.asked: Counts = self._member.sum(axis=0, dtype=np.int32)
        """By group: the distinct practices behind gating criteria."""

    def highest(self, matrix: Ranks) -> Ranks:
        """The matrix with every open answer at its last rung."""
        return np.where(matrix == OPEN, self.last_rungs, matrix)

    def marks(self, matrix: Ranks) -> Marks:
        """Every assessment scored, open answers counting as the first rung."""
        parts = [
            self._marks(matrix[start : start + ROWS_AT_ONCE])
            for start in range(0, max(1, len(matrix)), ROWS_AT_ONCE)
        ]
        return parts[0] if len(parts) == 1 else _joined(parts)

    def criteria(self, which: NDArray[np.bool_]) -> Counts:
        """Assessments x groups x levels: the gating criteria whose answer is marked."""
        return self._placed(which[:, self._columns])

    def behind(self, which: NDArray[np.bool_]) -> Counts:
        """Assessments x groups: the distinct gating practices that are marked."""
        return which.astype(np.int32) @ self._member

    def _placed(self, which: NDArray[np.bool_]) -> Counts:
        counts = (which.astype(np.int32) @ self._place).reshape(
            len(which), self.groups - 1, self.levels
        )
        whole = counts.sum(axis=1, keepdims=True, dtype=np.int32)
        return np.concatenate([whole, counts], axis=1)

    def _marks(self, matrix: Ranks) -> Marks:
        ranks = matrix[:, self._columns]
        # An open answer, below every rung, is unmet here as the first rung is:
        # no gating criterion is met by the first rung.
        met = self._placed(ranks >= self._needed)
        asked = self._placed(ranks != NOT_APPLICABLE)

        if self._sums is not None:
            return self._sums.marks(ranks, met, asked)

        step = np.arange(1, self.levels + 1, dtype=np.int32)
        asks = asked > 0
        held = np.logical_and.accumulate(met == asked, axis=2) & asks
        own = (held * step).max(axis=2, initial=0)
        reached = np.maximum(own, own[:, :1])

        above = asks & (step > reached[:, :, None])
        more = _any(above)
        following = above.argmax(axis=2)
        share = (10 * _at(met, following)) // np.maximum(_at(asked, following), 1)

        level = reached + self.lowest
        tenths = 10 * level + np.where(more, share, 0)
        applicable = _any(asks)
        return Marks(
            own=_where(applicable, own + self.lowest),
            level=_where(applicable, level),
            tenths=_where(applicable, tenths),
            next=_where(more, following + self.lowest + 1),
            met=met,
            asked=asked,
        )


class _Sums:
    """The rule minimum-of-sums: a category's points, and the lowest sum of them.

    Points are counted in halves. Not applicable and open answers give none.
    """

    def __init__(self, definition: Definition) -> None:
        model = definition.model
        tests = [c for c in model.criteria if isinstance(c, PointsCriterion)]
        longest = max(len(definition.practices[c.practice].rungs) for c in tests)
        group = {c.id: place for place, c in enumerate(model.categories)}
        self.top = model.top
        self.edges = np.array(model.edges[1:], np.int32)
        self.halves = np.zeros((len(tests), longest), np.int32)
        self.member = np.zeros((len(tests), len(group)), np.int32)
        for row, test in enumerate(tests):
            ladder = definition.practices[test.practice].ladder
            for rank in range(len(ladder)):
                self.halves[row, rank] = test.tenths(ladder, rank) // 5
            self.member[row, group[test.category]] = 1

    def marks(self, ranks: Ranks, met: Counts, asked: Counts) -> Marks:
        given = self.halves[np.arange(len(self.halves)), np.maximum(ranks, 0)]
        sums = 5 * (given @ self.member)
        tenths = np.concatenate([sums.min(axis=1, keepdims=True), sums], axis=1)
        level = (tenths[:, :, None] > self.edges).sum(axis=2, dtype=np.int32)
        following = np.where(level < self.top, level + 1, NO_LEVEL)
        return Marks(
            own=level,
            level=level,
            tenths=tenths.astype(np.int32),
            next=following.astype(np.int32),
            met=met,
            asked=asked,
        )


def _at(counts: Counts, places: NDArray[np.intp]) -> Counts:
    picked: Counts = np.take_along_axis(counts, places[:, :, None], axis=2)[:, :, 0]
    return picked


def _any(of_levels: NDArray[np.bool_]) -> NDArray[np.bool_]:
    some: NDArray[np.bool_] = np.logical_or.reduce(of_levels, axis=2)
    return some


def _where(known: NDArray[np.bool_], values: NDArray[np.integer]) -> Counts:
    return np.where(known, values, NO_LEVEL).astype(np.int32)


def _joined(parts: list[Marks]) -> Marks:
    return Marks(
        own=np.concatenate([p.own for p in parts]),
        level=np.concatenate([p.level for p in parts]),
        tenths=np.concatenate([p.tenths for p in parts]),
        next=np.concatenate([p.next for p in parts]),
        met=np.concatenate([p.met for p in parts]),
        asked=np.concatenate([p.asked for p in parts]),
    )
