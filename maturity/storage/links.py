"""Look-only links in the store; revoking one is the only change to it.

The column `team` holds the id of a team or of a group; "" is all teams together.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from maturity.link import Link
from maturity.schema import Database, Execute, Row
from maturity.storage.errors import LookOnlyError
from maturity.storage.part import NO_TEAM, Part, count_change

_COLUMNS = """
hash, page, team, model, quarter, since, author, saved_at, until_day, revoked_at
"""
_LINK = f"select {_COLUMNS} from links where hash = $1"
_LINKS = f"select {_COLUMNS} from links where team = $1 order by saved_at desc, hash"
_ADD = f"""
insert into links ({_COLUMNS})
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
_REVOKE = """
update links set revoked_at = $3
where team = $1 and hash = $2 and revoked_at is null
"""


class Links(Part):
    """The part of the store that holds look-only links."""

    def add_link(self, link: Link, *, of_group: bool = False) -> None:
        """Store a link; TeamGoneError if its team is no more."""
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM if of_group else link.team)
            about = [link.page, link.team, link.model, link.quarter, link.since]
            times = [link.at, link.until, link.revoked_at]
            execute(_ADD, [link.hash, *about, link.author, *times])

    def link(self, hash: str) -> Link | None:
        rows = self.database.read(_LINK, [hash])
        return _link(rows[0]) if rows else None

    def links(self, team: str) -> list[Link]:
        """Every link of a team or group, revoked ones too, newest first."""
        return [_link(row) for row in self.database.read(_LINKS, [team])]

    def revoke_link(
        self, team: str, hash: str, at: datetime, *, of_group: bool = False
    ) -> None:
        """Close a link of a team for good; one that is closed stays as it was."""
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM if of_group else team)
            execute(_REVOKE, [team, hash, at])


class LookOnlyDatabase:
    """A database that reads, and refuses every transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.shown = database.shown
        self.refusals = database.refusals

    def read(self, sql: str, args: Sequence[object] = ()) -> list[Row]:
        return self._database.read(sql, args)

    def transaction(self, *, alone: bool = False) -> AbstractContextManager[Execute]:
        raise LookOnlyError

    def snapshot(self) -> AbstractContextManager[Execute]:
        # Whoever may look at one view may not take everything away.
        raise LookOnlyError

    def close(self) -> None:
        """It belongs to whoever opened it."""


def _link(row: Row) -> Link:
    return Link(*row)
