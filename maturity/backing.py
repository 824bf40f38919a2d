"""How much of what a team says is backed by evidence, and how much was reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from maturity.answer import Answer
from maturity.model import Definition
from maturity.practice import Practice
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


@dataclass(frozen=True)
class Renewal:
    """An answer whose evidence runs out before the quarter ends."""

    practice: Practice
    category: str
    """The id of the category that asks it."""
    until: date
    """The last day on which the evidence counts, or counted."""


def to_renew(
    definition: Definition, answers: Mapping[str, Answer], quarter: Quarter
) -> list[Renewal]:
    """The claims with evidence that no longer counts at the quarter's end.

    What ran out first comes first.
    """
    deciding = {c.practice for c in definition.model.criteria if c.gating}
    found = []
    for category, practices in definition.questions.items():
        for practice in practices:
            answer = answers.get(practice.id)
            if practice.id not in deciding or answer is None:
                continue
            until = answer.counts_until
            if until is None or until >= quarter.last_day:
                continue
            if rank_of(practice, answer) > 0:
                found.append(Renewal(practice, category, until))
    return sorted(found, key=lambda one: one.until)
