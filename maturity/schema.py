"""The database schema, as the list of steps that built it.

Add a step at the end; never edit one that has been released. A step's place in the
list is the version it brings the database to. The same text runs on DuckDB and on
PostgreSQL, so: no foreign keys (DuckDB refuses to update what they point to), no
array columns, `saved_at` because DuckDB reserves `at`, and times in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Row = tuple[Any, ...]  # what a row holds is the statement's business
Execute = Callable[[str, Sequence[object]], list[Row]]
Step = tuple[str, ...]


class Database(Protocol):
    """A database that runs the SQL of this package, DuckDB or PostgreSQL."""

    shown: str
    """The address as messages may show it, without a password."""
    refusals: tuple[type[Exception], ...]
    """What the engine raises for a row that a table cannot hold."""

    def read(self, sql: str, args: Sequence[object] = ()) -> list[Row]:
        """The rows of one query."""
        ...

    def transaction(self, *, alone: bool = False) -> AbstractContextManager[Execute]:
        """Commit everything in the block, or nothing.

        `alone` keeps out every other block that asks for it, of other processes too.
        """
        ...

    def snapshot(self) -> AbstractContextManager[Execute]:
        """Read in the block what was committed when it began, whoever writes now."""
        ...

    def close(self) -> None: ...


STEPS: list[Step] = [
    (
        """
        create table teams (
            id text primary key,
            name text not null,
            folded text not null unique,
            domain text not null,
            size text not null,
            serving text not null,
            demo boolean not null,
            archived_at timestamp,
            author text not null,
            saved_at timestamp not null
        )
        """,
        # One row a team, and one with an empty id for what concerns no single team.
        """
        create table change_counters (
            team text primary key,
            changes bigint not null
        )
        """,
        "insert into change_counters (team, changes) values ('', 0)",
        # A forgotten person keeps the row, without the name.
        "create table people (id text primary key, name text unique)",
        "create sequence answer_seq",
        """
        create table answers (
            seq bigint primary key,
            team text not null,
            quarter text not null,
            practice text not null,
            respondent text not null,
            state text not null,
            rung text not null,
            reason text not null,
            note text not null,
            link text not null,
            evidence_on date,
            author text not null,
            saved_at timestamp not null
        )
        """,
        "create index answers_of_team on answers (team)",
        """
        create table definitions (
            hash text primary key,
            model text not null,
            edition text not null,
            canonical text not null
        )
        """,
        "create sequence assessment_seq",
        """
        create table assessments (
            seq bigint primary key,
            team text not null,
            model text not null,
            quarter text not null,
            revision integer not null,
            state text not null,
            scope text not null,
            edition text not null,
            hash text not null,
            counted text not null,
            result text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
        "create index assessments_of_team on assessments (team)",
        "create sequence target_seq",
        """
        create table targets (
            seq bigint primary key,
            team text not null,
            model text not null,
            category text not null,
            level integer,
            by_quarter text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
        "create index targets_of_team on targets (team)",
        "create sequence audit_seq",
        """
        create table audit (
            seq bigint primary key,
            action text not null,
            subject text not null,
            detail text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
    ),
    (
        "create sequence plan_seq",
        """
        create table plans (
            seq bigint primary key,
            team text not null,
            practice text not null,
            rung text not null,
            owner text not null,
            due text not null,
            status text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
        "create index plans_of_team on plans (team)",
    ),
    (
        "create sequence invitation_seq",
        """
        create table invitations (
            seq bigint primary key,
            team text not null,
            model text not null,
            quarter text not null,
            person text not null,
            stage text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
        "create index invitations_of_team on invitations (team)",
        "create sequence decision_seq",
        """
        create table decisions (
            seq bigint primary key,
            team text not null,
            quarter text not null,
            practice text not null,
            answered bigint not null,
            chosen text not null,
            reason text not null,
            votes text not null,
            hands text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
        "create index decisions_of_team on decisions (team)",
    ),
    (
        "create sequence ask_seq",
        """
        create table asks (
            seq bigint primary key,
            team text not null,
            model text not null,
            quarter text not null,
            wording text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
        "create index asks_of_team on asks (team)",
    ),
    (
        """
        create table links (
            hash text primary key,
            page text not null,
            team text not null,
            model text not null,
            quarter text not null,
            since text not null,
            author text not null,
            saved_at timestamp not null,
            until_day date not null,
            revoked_at timestamp
        )
        """,
        "create index links_of_team on links (team)",
    ),
    # Numbered by the sequence of the answers: see maturity/model_row.py.
    (
        """
        create table model_rows (
            seq bigint primary key,
            model text not null,
            edition text not null,
            step text not null,
            body text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
    ),
    # Numbered by one sequence, with the labels: see maturity/group.py.
    (
        "create sequence group_seq",
        """
        create table group_names (
            seq bigint primary key,
            group_id text not null,
            name text not null,
            demo boolean not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
        """
        create table placements (
            seq bigint primary key,
            item text not null,
            team boolean not null,
            since text not null,
            parent text,
            author text not null,
            saved_at timestamp not null
        )
        """,
    ),
    (
        "create sequence group_target_seq",
        """
        create table group_targets (
            seq bigint primary key,
            group_id text not null,
            model text not null,
            category text not null,
            level integer,
            by_quarter text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
    ),
    (
        """
        create table benchmarks (
            id text primary key,
            source text not null,
            model text not null,
            demo boolean not null,
            body text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
    ),
    # Empty in older rows, which reads as the usual two quarters.
    ("alter table answers add column valid_until date",),
    (
        "alter table answers add column reviewed_by text default ''",
        "alter table answers add column reviewed_on date",
    ),
    (
        """
        create table team_labels (
            seq bigint primary key,
            team text not null,
            since text not null,
            labels text not null,
            author text not null,
            saved_at timestamp not null
        )
        """,
    ),
    (
        "alter table group_targets add column label text default ''",
        "alter table group_targets add column demo boolean default false",
    ),
]

_HAS_VERSIONS = """
select count(*) from information_schema.tables
where table_schema = current_schema() and table_name = 'schema_versions'
"""
_VERSION = "select coalesce(max(version), 0) from schema_versions"


def version(database: Database) -> int:
    """The version a database is at, 0 for an empty one; reads and changes nothing."""
    ((found,),) = database.read(_HAS_VERSIONS)
    if not found:
        return 0
    ((number,),) = database.read(_VERSION)
    return int(number)


def migrate(database: Database, steps: Sequence[Step] = STEPS) -> None:
    """Bring a database, empty or old, up to the newest version.

    Each step is one transaction with its version. Several processes may do this at
    once: one takes the step, and the others see that it is taken.
    """
    if version(database) == len(steps):
        return
    with database.transaction(alone=True) as execute:
        execute("create table if not exists schema_versions (version integer)", ())
    for number, step in enumerate(steps, start=1):
        with database.transaction(alone=True) as execute:
            ((current,),) = execute(_VERSION, ())
            if current >= number:
                continue
            for statement in step:
                execute(statement, ())
            execute("insert into schema_versions (version) values ($1)", [number])
