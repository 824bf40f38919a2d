"""A benchmark of another organisation, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SOURCE_LENGTH = 60


@dataclass(frozen=True)
class BenchmarkRow:
    """A row as stored; it is removed for good, and never changed."""

    id: str
    source: str
    """Who the figures are from, as whoever imported them typed it."""
    model: str
    demo: bool
    body: str
    """The file, as JSON."""
    author: str
    at: datetime
