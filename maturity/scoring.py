"""Scoring: answers in, level, score, range and their reasons out. Pure functions.

The rules are those of docs/scoring.md. One assessment goes through the same engine
as a portfolio does (`engine.py`), as three rows: open answers at the first rung, at
the last rung, and answers without valid evidence at the first rung.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from maturity.answer import Answer
from maturity.engine import NO_LEVEL, NOT_APPLICABLE, OPEN, Engine, Marks
from maturity.mark import Mark, Standing
from maturity.model import AnyCriterion, Criterion, Definition, MaturityModel
from maturity.practice import Practice, Serving
from maturity.quarter import Quarter

Aim = int | Mapping[str, int]
"""The level aimed for: everywhere, or by category id where one is set."""


class Verdict(StrEnum):
    MET = "met"
    UNMET = "unmet"
    OPEN = "open"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class Step:
    """What one level asks of a category, or of the whole model, to be reached.

    Of a band: the tests that give all their points and those that do not yet.
    """

    level: int
    met: int
    unmet: int
    open: int
    not_applicable: int
    short: int = 0
    """Of a band: the tenths missing to reach it, over all sections that miss any."""

    @property
    def asked(self) -> int:
        """The applicable criteria: y of "x of y criteria met"."""
        return self.met + self.unmet + self.open


@dataclass(frozen=True)
class Score:
    """What one category, or the whole model, comes to.

    The three marks are None where nothing is applicable.
    """

    lowest: Mark | None
    """Open answers count as the first rung: the level and score that are shown."""
    highest: Mark | None
    """Open answers count as the last rung."""
    evidenced: Mark | None
    """Answers without valid evidence count as the first rung."""
    own_level: int | None
    """Before the lift: for a category its own rule, for the whole model its level."""
    steps: tuple[Step, ...]
    """One for each level of the model above the lowest."""
    next: Step | None
    """The next level above the lowest mark's that asks anything; None at the top."""
    asked: int
    """Distinct practices behind gating criteria that the team is asked."""
    answered: int
    open: int
    not_applicable: int
    """Of the same practices and of those left out. asked = answered + open, and what
    was answered as not applicable is answered."""
    bands: tuple[str, ...] = ()
    """The names of the bands by number, of a model that has them; else none."""
    left_out: int = 0
    """Practices behind gating criteria that do not apply to how the team serves: not
    applicable, and not asked."""

    @property
    def lifted(self) -> bool:
        """Whether the level is the model's, because this category asks for less."""
        return self.lowest is not None and self.lowest.level != self.own_level


@dataclass(frozen=True)
class Judged:
    """One criterion with its verdict."""

    criterion: AnyCriterion
    verdict: Verdict
    rank: int | None
    """The rung of the answer; None where no rung is chosen."""
    needed: int
    """The rank of the lowest rung that meets the criterion, with all its points."""
    level: int
    """The level that asks for it; of a test the band that its section reaches next."""


@dataclass(frozen=True)
class Result:
    """One assessment, scored, with all that a derivation needs."""

    overall: Score
    categories: Mapping[str, Score]
    """Of the categories that have a level."""
    judged: tuple[Judged, ...]
    """Every criterion in model order, informative ones included."""
    serving: Serving = ""
    """How the team served for which it was worked out."""

    def stops(self, category: str | None = None) -> list[Judged]:
        """What keeps a category, or the whole model, from the next level.

        Its unmet gating criteria at the next level that asks anything, open ones
        included, in model order; none at the top.
        """
        following = (self.categories[category] if category else self.overall).next
        return [
            j
            for j in self.judged
            if following is not None
            and j.criterion.gating
            and j.level == following.level
            and self.short_of(following.level, j.criterion)
            and category in (None, j.criterion.category)
            and j.verdict in (Verdict.UNMET, Verdict.OPEN)
        ]

    def short_of(self, level: int, criterion: AnyCriterion) -> bool:
        """Whether a level still waits here: a test does not once its section is there.

        A section in the highest band may have tests that could give more points.
        """
        reached = self.categories[criterion.category].lowest
        return isinstance(criterion, Criterion) or (
            reached is not None and reached.level < level
        )

    @property
    def unmet(self) -> list[str]:
        """Ids of the gating criteria not met at the next level that asks anything."""
        return [j.criterion.id for j in self.stops()]


def score(
    definition: Definition, answers: Mapping[str, Answer], quarter: Quarter
) -> Result:
    """Score one assessment; `answers` is by practice id, `quarter` dates evidence.

    What does not apply to how the team serves is not applicable, whatever was said.
    """
    answers = definition.counted(answers)
    engine = Engine(definition)
    ranks = [
        rank_of(definition.practices[practice], answers.get(practice))
        for practice in engine.practices
    ]
    proven = [
        rank if rank <= 0 or answers[practice].evidenced(quarter) else 0
        for practice, rank in zip(engine.practices, ranks, strict=True)
    ]
    said = np.array([ranks], np.int8)
    rows = np.concatenate([said, engine.highest(said), np.array([proven], np.int8)])
    marks = engine.marks(rows)
    left = np.array([[id in definition.left_out for id in engine.practices]], np.bool_)
    left_out = engine.behind(left)[0]
    scores = _scores(
        definition,
        marks,
        open_criteria=engine.criteria(said == OPEN)[0].tolist(),
        out_criteria=engine.criteria(said == NOT_APPLICABLE)[0].tolist(),
        asked=(engine.asked - left_out).tolist(),
        open_practices=engine.behind(said == OPEN)[0].tolist(),
        out_practices=engine.behind(said == NOT_APPLICABLE)[0].tolist(),
        left_out=left_out.tolist(),
    )
    by_practice = dict(zip(engine.practices, ranks, strict=True))
    sections = {
        category.id: scores[place]
        for place, category in enumerate(definition.model.categories, start=1)
        if not category.informative
    }
    return Result(
        overall=scores[0],
        categories=sections,
        judged=tuple(
            judge(definition, criterion, by_practice[criterion.practice], sections)
            for criterion in definition.model.criteria
        ),
        serving=definition.serving,
    )


def rank_of(practice: Practice, answer: Answer | None) -> int:
    """The answer's place on the ladder, or OPEN or NOT_APPLICABLE: a matrix entry.

    A rung that the ladder no longer has is open, never an error.
    """
    if answer is None:
        return OPEN
    if answer.not_applicable:
        return NOT_APPLICABLE
    rank = practice.rank(answer.chosen) if answer.chosen else None
    return OPEN if rank is None else rank


def shown(tenths: int) -> str:
    """A score as every screen, chart, export and command shows it: 27 -> 2.7."""
    return f"{tenths // 10}.{tenths % 10}"


def level_of(
    model: MaturityModel, criterion: AnyCriterion, categories: Mapping[str, Standing]
) -> int:
    """The level that waits for a criterion; of a test its section's next band."""
    if isinstance(criterion, Criterion):
        return criterion.level
    section = categories[criterion.category].lowest
    return model.top if section is None else min(section.level + 1, model.top)


def judge(
    definition: Definition,
    criterion: AnyCriterion,
    rank: int,
    categories: Mapping[str, Standing],
) -> Judged:
    """The verdict on one criterion, by the rank of its practice's answer."""
    level = level_of(definition.model, criterion, categories)
    needed = definition.practices[criterion.practice].rank(criterion.at_least)
    if needed is None:
        raise ValueError(f"{criterion.id} asks for a rung that its practice lacks")
    if rank == NOT_APPLICABLE:
        return Judged(criterion, Verdict.NOT_APPLICABLE, None, needed, level)
    if rank == OPEN:
        return Judged(criterion, Verdict.OPEN, None, needed, level)
    verdict = Verdict.MET if rank >= needed else Verdict.UNMET
    return Judged(criterion, verdict, rank, needed, level)


def _scores(
    definition: Definition,
    marks: Marks,
    *,
    open_criteria: list[list[int]],
    out_criteria: list[list[int]],
    asked: list[int],
    open_practices: list[int],
    out_practices: list[int],
    left_out: list[int],
) -> list[Score]:
    """A score for each group: the whole model, then its categories."""
    level, tenths = marks.level.tolist(), marks.tenths.tolist()
    own, following = marks.own[0].tolist(), marks.next[0].tolist()
    met, applicable = marks.met[0].tolist(), marks.asked[0].tolist()
    numbers = range(definition.model.lowest + 1, definition.model.top + 1)
    bands = tuple(band.name for band in definition.model.bands)

    def mark(row: int, group: int) -> Mark | None:
        if level[row][group] == NO_LEVEL:
            return None
        return Mark(level[row][group], tenths[row][group])

    scores = []
    for group in range(len(asked)):
        steps = tuple(
            Step(
                number,
                met=m,
                unmet=a - m - o,
                open=o,
                not_applicable=n,
                short=_short(definition.model, tenths[0], group, number),
            )
            for number, m, a, o, n in zip(
                numbers,
                met[group],
                applicable[group],
                open_criteria[group],
                out_criteria[group],
                strict=True,
            )
        )
        at = following[group]
        scores.append(
            Score(
                lowest=mark(0, group),
                highest=mark(1, group),
                evidenced=mark(2, group),
                own_level=None if own[group] == NO_LEVEL else own[group],
                steps=steps,
                next=None if at == NO_LEVEL else steps[at - numbers.start],
                asked=asked[group],
                answered=asked[group] - open_practices[group],
                open=open_practices[group],
                not_applicable=out_practices[group],
                bands=bands,
                left_out=left_out[group],
            )
        )
    return scores


def _short(model: MaturityModel, tenths: list[int], group: int, band: int) -> int:
    """The tenths that a section, or all of them, miss to reach a band."""
    if not model.by_points:
        return 0
    # A score is a number of halves, and has to be above the edge.
    needed = model.edges[band] + 5
    sections = tenths[1:] if group == 0 else [tenths[group]]
    return sum(max(0, needed - section) for section in sections)
