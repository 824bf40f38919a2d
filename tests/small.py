"""Small models for tests: every practice has the same three rungs.

They are built without the checks for files, so that a test may have a category
without criteria or a practice that nothing gates on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from maturity.answer import Answer, State
from maturity.model import (
    Category,
    Criterion,
    Definition,
    Level,
    MaturityModel,
    Source,
)
from maturity.practice import Practice, Rung
from maturity.quarter import Quarter
from maturity.reading import Reading, Targets
from maturity.scoring import score
from maturity.team import Team

QUARTER = Quarter(2026, 4)
LADDER = ("by-hand", "scripted", "automatic")


def practice(id: str, ladder: Iterable[str] = LADDER) -> Practice:
    return Practice(
        id=id,
        name=id.capitalize(),
        question="How is it done?",
        why="It matters.",
        evidence=["A run."],
        effort="M",
        rungs=[Rung(id=rung, text=f"It is {rung}.") for rung in ladder],
    )


def criterion(
    category: str,
    level: int,
    practice: str,
    at_least: str,
    *,
    gating: bool = True,
    id: str = "",
) -> Criterion:
    return Criterion(
        id=id or f"{category}.{level}.{practice}",
        level=level,
        category=category,
        text="Do it.",
        cites="Section 1",
        practice=practice,
        at_least=at_least,
        gating=gating,
    )


def definition(
    criteria: Iterable[Criterion],
    *,
    top: int = 3,
    lowest: int = 0,
    categories: Iterable[str] = (),
    practices: Mapping[str, Practice] | None = None,
) -> Definition:
    """A model of these criteria; what is not named is taken from them."""
    criteria = list(criteria)
    names = list(categories) or list(dict.fromkeys(c.category for c in criteria))
    model = MaturityModel.model_construct(
        id="small",
        name="Small model",
        short_name="Small",
        summary="A model for tests.",
        good_for="Tests.",
        edition="1",
        source=Source(title="T", publisher="P", url="https://example.org", licence="L"),
        ours="All of it.",
        rule="gated",
        levels=[
            Level(number=number, name=f"Step {number}", summary="A step.")
            for number in range(lowest, top + 1)
        ],
        categories=[
            Category.model_construct(id=name, name=name, short_name=name, summary="A.")
            for name in names
        ],
        criteria=criteria,
        practices=[],
    )
    asked = dict.fromkeys(c.practice for c in criteria)
    own = practices or {}
    return Definition(model, {id: own.get(id) or practice(id) for id in asked})


def rung(
    id: str, evidence_on: date | None = None, valid_until: date | None = None
) -> Answer:
    link = "https://example.org/run" if evidence_on else ""
    return Answer(
        State.RUNG, rung=id, link=link, evidence_on=evidence_on, valid_until=valid_until
    )


def not_applicable(reason: str = "No such data.") -> Answer:
    return Answer(State.NOT_APPLICABLE, reason=reason)


UNKNOWN = Answer(State.UNKNOWN)


def reading(
    definition: Definition,
    answers: Mapping[str, Answer],
    quarter: Quarter = QUARTER,
    targets: Targets | None = None,
) -> Reading:
    """A draft of a team that said this."""
    result = score(definition, answers, quarter)
    return Reading(
        team=Team("t", "Fraud detection"),
        definition=definition,
        quarter=quarter,
        answers=answers,
        result=result,
        if_kept=result,
        carried=0,
        submitted=None,
        changed=0,
        targets=targets or Targets(),
    )
