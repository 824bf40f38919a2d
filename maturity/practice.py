"""A practice: one question about how a team works, with its ladder of answers.

Practices are YAML files in `data/practices`, a list a file. Answers belong to a
team and a practice, never to a model, so ids are stored with answers: a practice
or rung id is never renamed and never reused. `library.py` reads the files.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)*$"
    ),
]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Effort = Literal["S", "M", "L"]
Serving = Literal["real-time", "batch", "both", ""]
"""How a team's predictions are made; "" where nobody has said."""


class Record(BaseModel):
    """Base for everything read from YAML: immutable, and strict about typos."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Rung(Record):
    """One answer on a practice's ladder."""

    id: Id = Field(description="Stored with answers: never renamed, never reused.")
    text: Text = Field(
        description="One sentence of at most 24 words that a team can say yes or no "
        "to. It is shown alone, so it never says 'as above'."
    )
    how: Text | None = Field(
        default=None,
        description="How a team gets to this rung, with kinds of tools and open "
        "examples. Every rung but the first has it.",
    )


class Practice(Record):
    """One thing an ML team does, asked as one question."""

    id: Id = Field(description="Words with dots, as in training.trigger.")
    name: Text = Field(description="A short label for tables and charts.")
    question: Text = Field(description="What a team is asked, in one sentence.")
    why: Text = Field(description="Why it matters, in one sentence.")
    evidence: list[Text] = Field(min_length=1, description="What would show it.")
    effort: Effort = Field(description="S, M or L: the work to climb one rung.")
    applies_to: Literal["real-time", "batch"] | None = Field(
        default=None,
        description="Asked only of teams that serve this way; left out, of all.",
    )
    rungs: list[Rung] = Field(min_length=2, description="Lowest first.")

    def asked_of(self, serving: Serving) -> bool:
        """Whether a team that serves this way is asked; in doubt, it is."""
        return self.applies_to is None or serving in ("", "both", self.applies_to)

    def rank(self, rung_id: str) -> int | None:
        """The place of a rung on the ladder, the first is 0; None if unknown."""
        for place, rung in enumerate(self.rungs):
            if rung.id == rung_id:
                return place
        return None

    def rung(self, rung_id: str) -> Rung | None:
        rank = self.rank(rung_id)
        return None if rank is None else self.rungs[rank]

    @property
    def ladder(self) -> tuple[str, ...]:
        """The rung ids in order: the same ladder, whatever the wording."""
        return tuple(rung.id for rung in self.rungs)
