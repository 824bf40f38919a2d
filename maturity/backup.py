"""A full backup: one file with everything that is stored, and the way back.

The file is JSON, a value a line: what it is, then every row, then how many rows there
were and the checksum of all lines before. So it is written and read row by row,
however much there is. docs/formats.md describes it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from maturity import schema, storage
from maturity.exchange.lines import quoted
from maturity.json_text import JsonError, parsed
from maturity.quarter import today
from maturity.storage import Store
from maturity.storage.copying import Column, Columns, Kind

FORMAT = "mlops-maturity backup"
VERSION = 1
LONGEST_LINE = 64 * 1024 * 1024
"""Bytes; the longest text in a row is a model with all its practices."""
_PACKED = (b"PK", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_SHOULD_BE = {
    Kind.TEXT: "text that a database can hold",
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.BOOLEAN: "true or false",
    Kind.DAY: "a day, as in 2026-11-24",
    Kind.TIME: "a time in UTC, as in 2026-11-24T09:30:00",
}


class BackupError(Exception):
    """A file cannot be restored; the message says where it is wrong and why."""


def lines(store: Store) -> Iterator[bytes]:
    """The backup, line by line; the rows are those of the moment it begins."""
    digest = hashlib.sha256()
    number = 0
    with store.copy() as copy:
        names = {t: [c.name for c in its] for t, its in copy.columns.items()}
        head = {"format": FORMAT, "version": VERSION, "schema": len(schema.STEPS)}
        line = _line({**head, "tables": names})
        digest.update(line)
        yield line
        for table, row in copy.rows:
            number += 1
            values = dict(zip(names[table], map(_plain, row), strict=True))
            line = _line({table: values})
            digest.update(line)
            yield line
    yield _line({"rows": number, "sha256": digest.hexdigest()})


def write(store: Store, path: Path) -> int:
    """Write the backup into a file that only its owner reads; its size in bytes.

    What stood there before is replaced once the new one is whole. OSError where the
    folder cannot be written to.
    """
    with NamedTemporaryFile(dir=path.parent, delete=False) as begun:
        try:
            for line in lines(store):
                begun.write(line)
            size = begun.tell()
            begun.close()
            Path(begun.name).replace(path)
        except BaseException:
            begun.close()
            Path(begun.name).unlink()
            raise
    return size


def file_name() -> str:
    """mlops-maturity-backup-2026-11-24.jsonl."""
    return f"mlops-maturity-backup-{today()}.jsonl"


def restore(name: str, file: BinaryIO, address: str) -> dict[str, int]:
    """Put everything of a backup into a new or empty database, all or nothing.

    How many rows came into each table. BackupError where the file is wrong,
    StoreError where the database is.
    """
    found = _File(name, file)
    return storage.fill_new(address, found.schema, found.rows)


class _File:
    """A backup while it is read, once, from its first line to its last."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self.name = name
        self._file = file
        self._digest = hashlib.sha256()
        self._number = 0
        head = self._head()
        self._known(head, "version", VERSION)
        self.schema = self._known(head, "schema", len(schema.STEPS))
        self._tables = head.get("tables")

    def rows(self, columns: Columns) -> Iterator[tuple[str, Sequence[object]]]:
        """Every row, with values as the columns hold them."""
        expected = {t: [c.name for c in its] for t, its in columns.items()}
        if self._tables != expected:
            raise self._wrong("its tables are not those of its schema")
        count = 0
        digest = self._digest.hexdigest()
        while line := self._next():
            value = self._object(line)
            if value.keys() == {"rows", "sha256"}:
                self._ends(value, count, digest)
                return
            yield self._row(value, columns)
            count += 1
            digest = self._digest.hexdigest()
        raise BackupError(
            f"{self.name} is cut off: its last line is missing. Nothing was restored. "
            "Copy or download it again."
        )

    def _head(self) -> Mapping[str, object]:
        start = self._file.read(8)
        self._file.seek(0)
        if start.startswith(_PACKED):
            raise BackupError(f"{self.name} is packed; unpack it, then restore it.")
        head: Mapping[str, object] = {}
        if start.startswith(b"{"):
            with suppress(BackupError):
                head = self._object(self._next())
        if head.get("format") != FORMAT:
            raise BackupError(
                f"{self.name} is no backup of this program. A backup is made on the "
                "page Teams, or by `mlops-maturity backup`."
            )
        return head

    def _known(self, head: Mapping[str, object], key: str, newest: int) -> int:
        found = head.get(key)
        if not isinstance(found, int) or found < 1:
            raise self._wrong(f"'{key}' is {quoted(found)}, and is a number from 1")
        if found > newest:
            raise BackupError(
                f"{self.name} was made by a newer version of this program (its {key} "
                f"is {found}, this program knows {newest}). Update this program, then "
                "restore it."
            )
        return found

    def _next(self) -> bytes:
        line = self._file.readline(LONGEST_LINE + 1)
        self._number += 1
        if len(line) > LONGEST_LINE:
            raise self._wrong("is longer than any line of a backup")
        return line

    def _object(self, line: bytes) -> Mapping[str, object]:
        cut = "" if line.endswith(b"\n") else ". The file may be cut off."
        try:
            value = parsed(line.decode())
        except UnicodeDecodeError as error:
            raise self._wrong(f"is not UTF-8{cut}") from error
        except JsonError as error:
            said = re.sub(r"^line 1, ", "", str(error))
            raise self._wrong(f"{said}{cut}") from error
        if not isinstance(value, dict):
            raise self._wrong("is no JSON object")
        self._digest.update(line)
        return value

    def _row(
        self, value: Mapping[str, object], columns: Columns
    ) -> tuple[str, list[object]]:
        table = next(iter(value), "")
        row = value.get(table)
        if len(value) != 1 or table not in columns or not isinstance(row, dict):
            raise self._wrong("is no row of a table of this backup")
        if list(row) != [column.name for column in columns[table]]:
            raise self._wrong(f"has not the columns of {table}")
        return table, [self._value(table, c, row[c.name]) for c in columns[table]]

    def _value(self, table: str, column: Column, value: object) -> object:
        if value is None and column.optional:
            return None
        try:
            return _stored(column.kind, value)
        except ValueError as error:
            raise self._wrong(
                f"{table}.{column.name} is {quoted(value)}, and should be {error}"
            ) from error

    def _ends(self, value: Mapping[str, object], count: int, digest: str) -> None:
        if value != {"rows": count, "sha256": digest}:
            raise BackupError(
                f"{self.name} was changed or damaged after it was made: its checksum "
                "does not match. Nothing was restored. Take another copy of it."
            )
        if self._next():
            raise self._wrong("stands after the end of the backup")

    def _wrong(self, reason: str) -> BackupError:
        return BackupError(f"{self.name}, line {self._number}: {reason}")


def _line(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _plain(value: object) -> object:
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    return value


def _stored(kind: Kind, value: object) -> object:
    """The value of a column; ValueError says what it should have been."""
    match kind, value:
        case Kind.TEXT, str() if _storable(value):
            return value
        case Kind.BOOLEAN, bool():
            return value
        case ((Kind.INTEGER | Kind.NUMBER), bool()):
            pass
        case Kind.INTEGER, int() if abs(value) < 2**63:
            return value
        case Kind.NUMBER, int() | float():
            return float(value)
        case Kind.DAY, str():
            with suppress(ValueError):
                return date.fromisoformat(value)
        case Kind.TIME, str():
            with suppress(ValueError):
                found = datetime.fromisoformat(value)
                if found.tzinfo is None:
                    return found
    raise ValueError(_SHOULD_BE[kind])


def _storable(text: str) -> bool:
    """Half a character, and NUL, are JSON but nothing that PostgreSQL keeps."""
    return "\0" not in text and not re.search("[\ud800-\udfff]", text)
