"""A maturity model: a source's levels, categories and criteria, and who says so.

Models are YAML files in `data/models`, one model a file. A criterion names the
practice that answers it and the lowest rung that meets it, so the same practice
id in two models is the crosswalk between them. `library.py` reads the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag

from maturity.answer import Answer, State
from maturity.practice import Id, Practice, Record, Serving, Text

SECONDS_A_QUESTION = 30
SERVES: Mapping[Serving, str] = {
    "real-time": "This team serves in real time.",
    "batch": "This team serves in batch.",
}
"""Why a practice for the other way of serving does not apply, by how a team serves."""

ShortName = Annotated[str, StringConstraints(min_length=1, max_length=12)]


class Source(Record):
    """Where a model is published."""

    title: Text = Field(description="What the publication is called.")
    publisher: Text = Field(description="Who published it.")
    url: Text = Field(description="The address where it can be read.")
    licence: Text = Field(
        description="Under which terms, and what is not known about them."
    )


class Level(Record):
    """A step of a model's scale."""

    number: int = Field(
        ge=0, description="Counts up by one from the lowest, which is often 0."
    )
    name: Text = Field(description="The source's name for the level.")
    summary: Text = Field(description="What a team at this level is like.")


class Band(Record):
    """A part of the scale of scores, in a model whose tests give points."""

    name: Text = Field(description="A short name for those whose score lies in it.")
    summary: Text = Field(description="What a team in this band is like.")
    above: float | None = Field(
        default=None,
        ge=0,
        multiple_of=0.5,
        description="A score above this, in halves, is in the band or a higher one; "
        "the first band has none.",
    )


class Category(Record):
    """A part of a model, with its own level and spoke unless it is informative."""

    id: Id = Field(description="Stored with targets: never renamed, never reused.")
    name: Text = Field(description="The category's name, as in the source.")
    short_name: ShortName = Field(description="At most 12 characters, for charts.")
    summary: Text = Field(description="What the category is about.")
    informative: bool = Field(
        default=False,
        description="True: all its criteria are informative, so it has no level and "
        "no spoke; its answers are shown and decide nothing.",
    )

    @property
    def called(self) -> str:
        """The short name where it is a word of its own, for buttons and sentences."""
        return self.name if self.short_name.endswith(".") else self.short_name


class Criterion(Record):
    """What the source asks for at a level, and the answer that meets it."""

    id: Id = Field(description="Begins with the model's id and a dot.")
    level: int = Field(description="The number of the level that asks for it.")
    category: Id = Field(description="The id of a category of this model.")
    text: Text = Field(description="What the source asks for, in our words.")
    cites: Text = Field(description="The section of the source that says so.")
    practice: Id = Field(description="The id of the practice that answers it.")
    at_least: Id = Field(description="The lowest rung that meets it.")
    gating: bool = Field(description="False: shown, and never decides a level.")


class PointsCriterion(Record):
    """A test that gives points, by the rung of the practice that answers it."""

    id: Id = Field(description="Begins with the model's id and a dot.")
    category: Id = Field(description="The id of the section that it counts in.")
    text: Text = Field(description="What the source asks for, in our words.")
    cites: Text = Field(description="The section of the source that says so.")
    practice: Id = Field(description="The id of the practice that answers it.")
    points: dict[Id, Annotated[float, Field(ge=0, le=100, multiple_of=0.5)]] = Field(
        min_length=1,
        description="Points by rung, in halves, in the order of the ladder; the first "
        "rung gives none, and a rung that is left out gives those of the one below.",
    )

    @property
    def gating(self) -> bool:
        """Every test counts in its section."""
        return True

    @property
    def at_least(self) -> str:
        """The lowest rung that gives all its points."""
        return max(self.points, key=self.points.__getitem__)

    def tenths(self, ladder: tuple[str, ...], rank: int) -> int:
        """The points of a rung, in tenths: its own, or those of the nearest below."""
        given = [
            self.points[rung] for rung in ladder[: rank + 1] if rung in self.points
        ]
        return round(10 * given[-1]) if given else 0


def _kind(criterion: object) -> str:
    if isinstance(criterion, dict):
        scored = "points" in criterion and "level" not in criterion
    else:
        scored = isinstance(criterion, PointsCriterion)
    return POINTS if scored else LEVEL


LEVEL, POINTS = "criterion-with-level", "criterion-with-points"
"""What kind a criterion is, in the places that pydantic names."""

AnyCriterion = Criterion | PointsCriterion


class MaturityModel(Record):
    """One edition of one maturity model.

    The rule says which scale it has: `levels` for gated, `bands` for
    minimum-of-sums. Bands are numbered from 0 and read like levels everywhere.
    """

    id: Id = Field(description="The file's name without .yaml.")
    name: Text = Field(description="The model's name, as in the source.")
    short_name: ShortName = Field(description="At most 12 characters, for charts.")
    summary: Text = Field(description="What the model is, in one sentence.")
    good_for: Text = Field(description="Whom the model suits.")
    edition: Text = Field(
        description="Which publication of the source, such as its date, in quotes."
    )
    source: Source = Field(description="Where the model is published.")
    ours: Text = Field(
        description="What in this file is the project's own; the screen shows it."
    )
    rule: Literal["gated", "minimum-of-sums"] = Field(
        description="gated: a level is reached when all it asks for is met. "
        "minimum-of-sums: each category adds up points, and the lowest sum counts."
    )
    levels: list[Level] = Field(
        default=[], min_length=2, description="Of a gated model, lowest first."
    )
    bands: list[Band] = Field(
        default=[],
        min_length=2,
        description="Of minimum-of-sums, lowest first; instead of levels.",
    )
    categories: list[Category] = Field(
        min_length=1,
        description="Each with a gating criterion, or declared as informative.",
    )
    criteria: list[
        Annotated[
            Annotated[Criterion, Tag(LEVEL)] | Annotated[PointsCriterion, Tag(POINTS)],
            Discriminator(_kind),
        ]
    ] = Field(
        min_length=1, description="What each level asks for, category by category."
    )
    practices: list[Practice] = Field(
        default=[],
        description="Practices that only this model needs; their ids begin with the "
        "model's id and a dot.",
    )

    @property
    def by_points(self) -> bool:
        """Whether its tests give points, so that bands take the place of levels."""
        return self.rule == "minimum-of-sums"

    @property
    def scale(self) -> list[Level]:
        """The levels, or the bands as levels counted from 0, lowest first."""
        if not self.by_points:
            return self.levels
        return [
            Level(number=number, name=band.name, summary=band.summary)
            for number, band in enumerate(self.bands)
        ]

    @property
    def edges(self) -> tuple[int, ...]:
        """For each step of the scale the tenths at which it begins.

        Of a band but the first: the tenths that a score has to be above.
        """
        if not self.by_points:
            return tuple(10 * level.number for level in self.levels)
        return tuple(round(10 * (band.above or 0)) for band in self.bands)

    @property
    def most_tenths(self) -> int:
        """The highest score that there is, in tenths."""
        if not self.by_points:
            return 10 * self.top
        most = {category.id: 0.0 for category in self.categories}
        for criterion in self.criteria:
            if isinstance(criterion, PointsCriterion):
                most[criterion.category] += max(criterion.points.values())
        return round(10 * min(most.values()))

    @property
    def lowest(self) -> int:
        """The number of the lowest level, or band."""
        return 0 if self.by_points else self.levels[0].number

    @property
    def top(self) -> int:
        """The number of the highest level, or band."""
        return len(self.bands) - 1 if self.by_points else self.levels[-1].number

    @property
    def deciding(self) -> list[Category]:
        """The categories that have a level: all but the informative ones."""
        return [category for category in self.categories if not category.informative]

    @property
    def informative(self) -> list[Category]:
        """The categories without a level: shown, and never deciding."""
        return [category for category in self.categories if category.informative]

    def level(self, number: int) -> Level:
        return self.scale[number - self.lowest]

    def category(self, category_id: str) -> Category:
        return next(c for c in self.categories if c.id == category_id)


@dataclass(frozen=True)
class Definition:
    """A model together with the practices its criteria ask for.

    What an assessment is answered and scored against; `library.canonical` turns
    it into the text that is stored once for each hash. Who it is asked of is no part
    of that text: it is kept with each result.
    """

    model: MaturityModel
    practices: Mapping[str, Practice]
    serving: Serving = ""
    """How the team serves that is asked; "" asks everything."""

    def of(self, serving: Serving) -> Definition:
        """The same as a team that serves this way is asked it."""
        return self if serving == self.serving else replace(self, serving=serving)

    @cached_property
    def left_out(self) -> dict[str, Answer]:
        """By practice id: why what is for another way of serving does not apply."""
        reason = SERVES.get(self.serving, "")
        return {
            practice.id: Answer(State.NOT_APPLICABLE, reason=reason)
            for practice in self.every
            if not practice.asked_of(self.serving)
        }

    def counted(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers as they count: what was said of a practice left out does not."""
        return {**answers, **self.left_out}

    @cached_property
    def questions(self) -> dict[str, list[Practice]]:
        """The practices that the team is asked, by category id, in model order."""
        return {
            category: [p for p in practices if p.asked_of(self.serving)]
            for category, practices in self.by_category.items()
        }

    @cached_property
    def by_category(self) -> dict[str, list[Practice]]:
        """Every practice of the model by category id, in model order.

        A practice in two categories stands once, in the first. Practices behind
        informative criteria alone are asked too; they never gate.
        """
        asked: dict[str, list[Practice]] = {c.id: [] for c in self.model.categories}
        seen: set[str] = set()
        for category in self.model.categories:
            for criterion in self.model.criteria:
                if criterion.category == category.id and criterion.practice not in seen:
                    seen.add(criterion.practice)
                    asked[category.id].append(self.practices[criterion.practice])
        return asked

    @property
    def asked(self) -> list[Practice]:
        """The practices that the team is asked, in the order asked."""
        return [p for practices in self.questions.values() for p in practices]

    @property
    def every(self) -> list[Practice]:
        """Every practice of the model, whoever is asked it, in the order asked."""
        return [p for practices in self.by_category.values() for p in practices]

    @property
    def minutes(self) -> int:
        """How long answering takes, in whole minutes, at 30 seconds a question."""
        return max(1, round(len(self.asked) * SECONDS_A_QUESTION / 60))
