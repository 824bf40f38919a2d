"""A look-only link: one view, for whoever has the address, until a day.

The address holds a token that nobody can guess. Only its hash is stored, so that
whoever reads the database cannot open what was shared.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Link:
    """What one link shows: a page of a team, model and quarter, and nothing else.

    In place of a team it may be a group, or all teams.
    """

    hash: str
    page: str
    """The page's own address, as in "results"."""
    team: str
    """The id of a team or of a group; empty for all teams together."""
    model: str
    quarter: str
    since: str
    """The quarter it is compared with; empty where the page compares nothing."""
    author: str
    at: datetime
    until: date
    """The last day on which it opens."""
    revoked_at: datetime | None = None

    def opens(self, day: date) -> bool:
        return self.revoked_at is None and day <= self.until


def new_token() -> str:
    """A token of 256 random bits, as an address holds it."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
