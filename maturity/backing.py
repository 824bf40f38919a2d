"""How much of what a team says is backed by evidence, and how much was reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity.answer import Answer
from maturity.model import Definition
from maturity.quarter import Quarter
from maturity.scoring import rank_of


@dataclass(frozen=True)
class Backing:
    """Counts of answers to the questions that decide a model's levels."""

    claims: int
    """Above the first rung, which claims nothing and so needs no evidence."""
    backed: int
    """Of the claims, those with evidence that counts in the quarter."""
    reviewed: int
    """Of the backed ones, those whose evidence somebody else looked at."""


def backing(
    definition: Definition, answers: Mapping[str, Answer], quarter: Quarter
) -> Backing:
    deciding = {c.practice for c in definition.model.criteria if c.gating}
    claims = [
        answer
        for practice in definition.asked
        if practice.id in deciding
        and (answer := answers.get(practice.id)) is not None
        and rank_of(practice, answer) > 0
    ]
    backed = [answer for answer in claims if answer.evidenced(quarter)]
    return Backing(len(claims), len(backed), sum(answer.reviewed for answer in backed))
