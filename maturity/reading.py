"""A reading: one team's quarter seen through one model, with all a page shows of it.

A submitted assessment is read from what was frozen when it was submitted, the model
text included; everything else is worked out from the answers as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel

from maturity.answer import Answer, State
from maturity.engine import OPEN
from maturity.model import Definition
from maturity.practice import Practice, Serving
from maturity.quarter import Quarter, local_day
from maturity.scoring import Judged, Result, Score, Verdict, level_of, rank_of
from maturity.team import AssessmentRow, TargetRow, Team


@dataclass(frozen=True)
class Target:
    """The level aimed for by a quarter."""

    level: int
    by: Quarter | None


@dataclass(frozen=True)
class Targets:
    """The targets in force in a quarter: the model's, and others that differ."""

    whole: Target | None = None
    categories: Mapping[str, Target] = field(default_factory=dict)

    def of(self, category: str | None = None) -> Target | None:
        """A category's own target, or the model's."""
        if category is None:
            return self.whole
        return self.categories.get(category, self.whole)

    def every(self) -> dict[str, Target]:
        """Each that was set, by category; the whole model's, under "", comes first."""
        whole = {"": self.whole} if self.whole else {}
        return {**whole, **self.categories}


def in_force(rows: Iterable[TargetRow], quarter: Quarter) -> Targets:
    """The targets of one team and model that hold in a quarter, of its rows in order.

    They are the newest that were set by the quarter's last day.
    """
    newest: dict[str, Target] = {}
    for row in rows:
        if local_day(row.at) > quarter.last_day:
            continue
        newest.pop(row.category, None)
        if row.level is not None:
            by = Quarter.parse(row.by_quarter) if row.by_quarter else None
            newest[row.category] = Target(row.level, by)
    whole = newest.pop("", None)
    return Targets(whole, newest)


@dataclass(frozen=True)
class Reading:
    """One team, one model, one quarter."""

    team: Team
    definition: Definition
    quarter: Quarter
    answers: Mapping[str, Answer]
    """The answers that count, by practice id, with those left out as not applicable."""
    result: Result
    if_kept: Result
    """The same with every carried answer kept; `result` itself where none is."""
    carried: int
    """How many answers of earlier quarters are offered and not yet kept."""
    submitted: AssessmentRow | None
    """The frozen row that this reading is of; None for a draft."""
    changed: int
    """How many of the model's answers changed since the submission."""
    targets: Targets

    @property
    def draft(self) -> bool:
        return self.submitted is None

    @property
    def begun(self) -> bool:
        """Whether the team has answered anything."""
        return bool(self.answers.keys() - self.definition.left_out.keys())

    @property
    def overall(self) -> Score:
        return self.result.overall

    def answer_text(self, practice: Practice) -> str:
        """What the team said, as a sentence that stands alone."""
        return answer_text(practice, self.answers.get(practice.id))


def answer_text(practice: Practice, answer: Answer | None) -> str:
    """An answer as a sentence that stands alone."""
    if answer is None:
        return "Not answered"
    if answer.state is State.UNKNOWN:
        return "We don't know"
    if answer.not_applicable:
        return f"Not applicable: {answer.reason}"
    if answer.state is State.NOT_APPLICABLE:
        return "Not applicable, but the reason is missing"
    rung = practice.rung(answer.chosen)
    return rung.text if rung else "Not answered"


def is_open(practice: Practice, answer: Answer | None) -> bool:
    """Whether the question still wants an answer; a dropped rung wants one again."""
    return rank_of(practice, answer) == OPEN


def open_questions(definition: Definition, answers: Mapping[str, Answer]) -> list[str]:
    """The practices of a model that still want an answer, in the order asked."""
    return [p.id for p in definition.asked if is_open(p, answers.get(p.id))]


class Way(StrEnum):
    """How an answer moved between two quarters."""

    UP = "up"
    DOWN = "down"
    NEW = "newly answered"
    OPEN = "open again"
    NOT_APPLICABLE = "not applicable now"
    APPLICABLE = "applicable again"


@dataclass(frozen=True)
class Move:
    """One answer that differs between two readings."""

    practice: Practice
    category: str
    way: Way
    before: str
    after: str


def moves(before: Reading, after: Reading) -> list[Move]:
    """The answers that differ, in the order of the later model's questions."""
    found = []
    for category, practices in after.definition.by_category.items():
        for practice in practices:
            old, new = before.answers.get(practice.id), after.answers.get(practice.id)
            way = _way(practice, old, new)
            if way is not None:
                was, now = answer_text(practice, old), answer_text(practice, new)
                found.append(Move(practice, category, way, was, now))
    return found


def _way(practice: Practice, old: Answer | None, new: Answer | None) -> Way | None:
    was, now = _standing(practice, old), _standing(practice, new)
    if was == now:
        return None
    if now is None:
        return Way.OPEN
    if was is None:
        return Way.NEW
    if now == "out":
        return Way.NOT_APPLICABLE
    if was == "out":
        return Way.APPLICABLE
    return Way.UP if int(now) > int(was) else Way.DOWN


def _standing(practice: Practice, answer: Answer | None) -> str | None:
    """The rank as text, "out" for not applicable, None for open."""
    if answer is None or is_open(practice, answer):
        return None
    return "out" if answer.not_applicable else str(practice.rank(answer.chosen))


class _Scores(BaseModel):
    overall: Score
    categories: dict[str, Score]


class _Served(BaseModel):
    serving: Serving = ""


class _Frozen(_Scores, _Served):
    judged: list[tuple[str, Verdict, int | None, int]]


def freeze(result: Result) -> str:
    """A result as the JSON text that a submitted assessment keeps."""
    judged = [(j.criterion.id, j.verdict, j.rank, j.needed) for j in result.judged]
    return _Frozen(
        overall=result.overall,
        categories=dict(result.categories),
        judged=judged,
        serving=result.serving,
    ).model_dump_json()


def thaw_scores(text: str) -> tuple[Score, dict[str, Score]]:
    """The scores alone of what `freeze` wrote, for reading many at once."""
    frozen = _Scores.model_validate_json(text)
    return frozen.overall, frozen.categories


def served(text: str) -> Serving:
    """How the team served when `freeze` wrote a result."""
    return _Served.model_validate_json(text).serving


def thaw(text: str, definition: Definition) -> Result:
    """The result that `freeze` wrote."""
    frozen = _Frozen.model_validate_json(text)
    criteria = {c.id: c for c in definition.model.criteria}
    return Result(
        overall=frozen.overall,
        categories=frozen.categories,
        judged=tuple(
            Judged(
                criteria[criterion],
                verdict,
                rank,
                needed,
                level_of(definition.model, criteria[criterion], frozen.categories),
            )
            for criterion, verdict, rank, needed in frozen.judged
        ),
        serving=frozen.serving,
    )
