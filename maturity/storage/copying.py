"""Every row of the database out, for a backup, and back into an empty database.

Tables and columns are those that the steps of the schema make, read from the database
itself, so that a new step is in the next backup without a word here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from maturity import schema
from maturity.schema import Database, Execute, Row
from maturity.storage.errors import NewerVersionError, NotEmptyError, RowRefusedError
from maturity.storage.part import Part

PAGE = 2000
"""Rows read or written at once."""
COUNTERS = "change_counters"
"""Filled by the schema itself, so a database that holds only these rows is empty."""

_COLUMNS = """
select table_name, column_name, data_type, is_nullable
from information_schema.columns
where table_schema = current_schema()
order by table_name, ordinal_position
"""


class Kind(Enum):
    """What a column holds; the value is the type that it is written as."""

    TEXT = "text"
    INTEGER = "bigint"
    NUMBER = "double precision"
    BOOLEAN = "boolean"
    TIME = "timestamp"
    DAY = "date"


_KINDS = {
    "varchar": Kind.TEXT,
    "text": Kind.TEXT,
    "bigint": Kind.INTEGER,
    "integer": Kind.INTEGER,
    "double": Kind.NUMBER,
    "double precision": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "timestamp": Kind.TIME,
    "timestamp without time zone": Kind.TIME,
    "date": Kind.DAY,
}
"""By the names that the two engines give to types."""


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    optional: bool
    """Whether it may be empty."""


Columns = Mapping[str, tuple[Column, ...]]
"""The columns of each table, in the order in which the schema made them."""
Rows = Iterable[tuple[str, Sequence[object]]]
"""Rows with the table of each; those of a table stand together."""
RowsFor = Callable[[Columns], Rows]
"""Gives the rows, once it is known what columns they must have."""


@dataclass(frozen=True)
class Copy:
    """The database as it is at one moment."""

    columns: Columns
    rows: Iterator[tuple[str, Row]]


class Copying(Part):
    """The part of the store that copies everything."""

    @contextmanager
    def copy(self) -> Iterator[Copy]:
        """Everything there is; what is written meanwhile is not in it."""
        with self.database.snapshot() as execute:
            columns = _columns(execute)
            yield Copy(columns, _every_row(execute, columns))


def fill(database: Database, version: int, rows_for: RowsFor) -> dict[str, int]:
    """Put rows into an empty database, all or none, and bring it up to date.

    `version` is the schema that the rows are of. How many came into each table is
    given back. NotEmptyError where there is anything already, RowRefusedError for a
    row that the database cannot hold.
    """
    found, known = schema.version(database), len(schema.STEPS)
    if found > known:
        raise NewerVersionError(database.shown, f"version {found}", f"version {known}")
    with database.transaction(alone=True) as execute:
        _make_anew(execute, database.shown, found, version)
        columns = _columns(execute)
        filled = dict.fromkeys(columns, 0)
        highest = 0
        for table, page in _pages(rows_for(columns)):
            try:
                _insert(execute, table, columns[table], page)
            except database.refusals as error:
                raise RowRefusedError(table, str(error)) from error
            filled[table] += len(page)
            highest = max([highest, *_seqs(columns[table], page)])
        for sequence in _made("sequence", version):
            execute(f"drop sequence {sequence}", [])
            execute(f"create sequence {sequence} start with {highest + 1}", [])
    schema.migrate(database)
    return filled


def _made(what: str, version: int) -> list[str]:
    """The tables or sequences that the steps up to a version make, in their order."""
    steps = [statement for step in schema.STEPS[:version] for statement in step]
    return [
        name
        for statement in steps
        for name in re.findall(rf"create {what} (\w+)", statement)
    ]


def _present(execute: Execute) -> list[str]:
    there = {table for table, *_ in execute(_COLUMNS, [])}
    return [name for name in _made("table", len(schema.STEPS)) if name in there]


def _columns(execute: Execute) -> dict[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {table: [] for table in _present(execute)}
    for table, name, kind, optional in execute(_COLUMNS, []):
        if table in found:
            column = Column(name, _KINDS[kind.lower()], optional == "YES")
            found[table].append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def _every_row(execute: Execute, columns: Columns) -> Iterator[tuple[str, Row]]:
    for table, its in columns.items():
        for row in _rows(execute, table, [column.name for column in its]):
            yield table, row


def _rows(execute: Execute, table: str, names: Sequence[str]) -> Iterator[Row]:
    """In an order that is the same in both engines."""
    every = f"select {', '.join(names)} from {table}"
    if "seq" not in names:
        # These are small; the engines do not sort texts alike.
        yield from sorted(execute(every, []), key=lambda row: [str(v) for v in row])
        return
    after = -1
    place = names.index("seq")
    while page := execute(f"{every} where seq > $1 order by seq limit {PAGE}", [after]):
        yield from page
        after = page[-1][place]


def _make_anew(execute: Execute, shown: str, found: int, version: int) -> None:
    """Tables as they were at a version, in place of the empty ones that are there."""
    for table in _present(execute):
        some = f"select count(*) from (select 1 from {table} limit 1) as found"
        # Without a version of ours a table of that name is somebody else's.
        if not found or (table != COUNTERS and execute(some, [])[0][0]):
            raise NotEmptyError(shown)
    for what in ("table", "sequence"):
        for name in _made(what, len(schema.STEPS)):
            execute(f"drop {what} if exists {name}", [])
    execute("drop table if exists schema_versions", [])
    execute("create table schema_versions (version integer)", [])
    for number, step in enumerate(schema.STEPS[:version], start=1):
        for statement in step:
            execute(statement, [])
        execute("insert into schema_versions (version) values ($1)", [number])
    execute(f"delete from {COUNTERS}", [])


def _pages(rows: Rows) -> Iterator[tuple[str, list[Sequence[object]]]]:
    held: list[Sequence[object]] = []
    its = ""
    for table, row in rows:
        if held and (table != its or len(held) == PAGE):
            yield its, held
            held = []
        its = table
        held.append(row)
    if held:
        yield its, held


def _insert(
    execute: Execute,
    table: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
) -> None:
    names = ", ".join(column.name for column in columns)
    values = ", ".join(
        f"unnest(cast(${number} as {column.kind.value}[]))"
        for number, column in enumerate(columns, start=1)
    )
    lists = [list(values) for values in zip(*rows, strict=True)]
    execute(f"insert into {table} ({names}) select {values}", lists)


def _seqs(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> list[int]:
    places = [place for place, column in enumerate(columns) if column.name == "seq"]
    values = (row[place] for row in rows for place in places)
    return [value for value in values if isinstance(value, int)]
