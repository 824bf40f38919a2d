"""A plan: the steps a team wants to take, with who does them and by when.

Like an answer, a step belongs to a team and a practice and never to a model: what is
done for one model is done for all. Rows are only ever added; the newest of a practice
holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """How far a planned step is."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class PlanRow:
    """A planned step as stored."""

    seq: int
    team: str
    practice: str
    rung: str
    """The answer that the team wants to be able to give."""
    owner: str
    """A person's id; empty for nobody yet."""
    due: str
    """A quarter's key; empty for no date yet."""
    status: Status
    author: str
    at: datetime


@dataclass(frozen=True)
class NewStep:
    """A planned step to store; every edit writes all of it anew."""

    practice: str
    rung: str
    owner: str = ""
    due: str = ""
    status: Status = Status.PLANNED
