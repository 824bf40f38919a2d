"""Answers that cannot both be true, so that one of them is looked at again.

The pairs are read from `data/contradictions.yaml`. They change no level and no score.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field, TypeAdapter

from maturity.answer import Answer
from maturity.library import data_folder
from maturity.practice import Id, Practice, Record, Text


class Side(Record):
    """One of the two answers."""

    practice: Id = Field(description="The id of a practice of the library.")
    rung: Id = Field(description="One of its rungs.")


class Contradiction(Record):
    """Two answers that cannot both be true, and why."""

    id: Id = Field(description="A name for it, unlike every other.")
    high: Side = Field(description="Said at this rung or any above.")
    low: Side = Field(description="Said at this rung or any below.")
    says: Text = Field(description="What does not fit, in one sentence.")


def read(path: Path) -> tuple[Contradiction, ...]:
    """The pairs of a file, in its order."""
    return tuple(
        TypeAdapter(list[Contradiction]).validate_python(
            yaml.safe_load(path.read_text("utf-8"))
        )
    )


@cache
def known() -> tuple[Contradiction, ...]:
    """Every pair of the product."""
    return read(data_folder() / "contradictions.yaml")


def found(
    practices: Mapping[str, Practice], answers: Mapping[str, Answer]
) -> list[Contradiction]:
    """The pairs that these answers hold; an open answer contradicts nothing."""
    contradicting = []
    for pair in known():
        high = _above(pair.high, practices, answers)
        low = _above(pair.low, practices, answers)
        if high is not None and low is not None and high >= 0 >= low:
            contradicting.append(pair)
    return contradicting


def _above(
    side: Side, practices: Mapping[str, Practice], answers: Mapping[str, Answer]
) -> int | None:
    """How many rungs an answer stands above the side's; None where it is open."""
    practice, answer = practices.get(side.practice), answers.get(side.practice)
    if practice is None or answer is None or not answer.chosen:
        return None
    said, meant = practice.rank(answer.chosen), practice.rank(side.rung)
    return None if said is None or meant is None else said - meant
