"""A step in the life of a model that was added here: an edition, disabled, enabled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """What a row says of its model."""

    ADDED = "added"
    """An edition came in, whole; an earlier one that is restored comes in again."""
    DISABLED = "disabled"
    ENABLED = "enabled"


@dataclass(frozen=True)
class ModelRow:
    """A row as stored; rows are only ever added."""

    seq: int
    """From the sequence of the answers, so that a row is before or after an answer."""
    model: str
    edition: str
    """Which edition came in; empty where none did."""
    step: Step
    body: str
    """The YAML text as it was uploaded; empty where none came in."""
    author: str
    at: datetime
