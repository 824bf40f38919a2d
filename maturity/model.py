"""A maturity model: a source's levels, categories and criteria, and who says so.

Models are YAML files in `data/models`, one model a file. A criterion names the
practice that answers it and the lowest rung that meets it, so the same practice
id in two models is the crosswalk between them. `library.py` reads the files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maturity.practice import Id, Practice, Record, Text

SECONDS_A_QUESTION = 30

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


class Category(Record):
    """A part of a model with its own level and its own spoke on the radar."""

    id: Id = Field(description="Stored with targets: never renamed, never reused.")
    name: Text = Field(description="The category's name, as in the source.")
    short_name: ShortName = Field(description="At most 12 characters, for charts.")
    summary: Text = Field(description="What the category is about.")


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


class MaturityModel(Record):
    """One edition of one maturity model."""

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
    rule: Literal["gated"] = Field(
        description="gated: a level is reached when all it asks for is met."
    )
    levels: list[Level] = Field(min_length=2, description="Lowest first.")
    categories: list[Category] = Field(
        min_length=1, description="Each with a gating criterion."
    )
    criteria: list[Criterion] = Field(
        min_length=1, description="What each level asks for, category by category."
    )
    practices: list[Practice] = Field(
        default=[],
        description="Practices that only this model needs; their ids begin with the "
        "model's id and a dot.",
    )

    @property
    def lowest(self) -> int:
        """The number of the lowest level."""
        return self.levels[0].number

    @property
    def top(self) -> int:
        """The number of the highest level."""
        return self.levels[-1].number

    def level(self, number: int) -> Level:
        return self.levels[number - self.lowest]

    def category(self, category_id: str) -> Category:
        return next(c for c in self.categories if c.id == category_id)


@dataclass(frozen=True)
class Definition:
    """A model together with the practices its criteria ask for.

    What an assessment is answered and scored against; `library.canonical` turns
    it into the text that is stored once for each hash.
    """

    model: MaturityModel
    practices: Mapping[str, Practice]

    @cached_property
    def questions(self) -> dict[str, list[Practice]]:
        """The practices asked, by category id, in model order.

        A practice in two categories is asked once, in the first. Practices behind
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
        """Every practice the model asks, in the order it asks them."""
        return [p for practices in self.questions.values() for p in practices]

    @property
    def minutes(self) -> int:
        """How long answering takes, in whole minutes, at 30 seconds a question."""
        return max(1, round(len(self.asked) * SECONDS_A_QUESTION / 60))
