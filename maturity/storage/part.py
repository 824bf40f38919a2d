"""What every part of the store shares: the database, and the change counters.

A counter is raised in the transaction of the change it counts, and first of all in
it. On PostgreSQL that also makes writers about one team take turns, so what one reads
before it writes is still true when it has written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from maturity.quarter import now
from maturity.schema import Database, Execute
from maturity.storage.errors import TeamGoneError

NO_TEAM = ""
"""Counts what concerns the list of teams and people, and no single team."""

CHUNK = 100
"""Rows in one statement: fewer are slower, more are no faster."""

_COUNT = """
update change_counters set changes = changes + 1 where team = $1 returning changes
"""

_NOTE = """
insert into audit (seq, action, subject, detail, author, saved_at)
values ($1, $2, $3, $4, $5, $6)
"""


class Part:
    """A part of the store."""

    def __init__(self, database: Database) -> None:
        self.database = database


def count_change(execute: Execute, *teams: str) -> None:
    """Raise the change counters; TeamGoneError if there is no such team."""
    for team in sorted(set(teams)):  # always in one order, so that nobody deadlocks
        if not execute(_COUNT, [team]):
            raise TeamGoneError


def next_seqs(execute: Execute, sequence: str, count: int = 1) -> list[int]:
    """The next numbers of a sequence, lowest first."""
    sql = "select nextval($1) from generate_series(1, cast($2 as integer))"
    return sorted(seq for (seq,) in execute(sql, [sequence, count]))


def insert_rows(execute: Execute, sql: str, rows: Sequence[Sequence[object]]) -> None:
    """Store many rows of one width; `sql` ends with the word `values`."""
    for start in range(0, len(rows), CHUNK):
        some = rows[start : start + CHUNK]
        width = len(some[0])
        values = ", ".join(
            "(" + ", ".join(f"${place * width + n + 1}" for n in range(width)) + ")"
            for place in range(len(some))
        )
        execute(f"{sql} {values}", [value for row in some for value in row])


def plain_text(text: str) -> str:
    """A text that both databases can hold: PostgreSQL refuses the character NUL."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def distinct(items: Collection[str]) -> list[str]:
    return list(dict.fromkeys(items))


def note(execute: Execute, action: str, subject: str, detail: str, by: str) -> None:
    """Leave an audit row: a change that no other row remembers."""
    (seq,) = next_seqs(execute, "audit_seq")
    execute(_NOTE, [seq, action, subject, detail, by, now()])
