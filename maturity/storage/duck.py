"""The store's database in a DuckDB file: one process, many threads.

Threads never share a connection, so each call takes a cursor of its own, and writers
take turns: DuckDB would otherwise refuse the second of two writes to one row.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from maturity.schema import Execute, Row
from maturity.storage.errors import (
    DamagedError,
    DiskFullError,
    FolderError,
    InUseError,
    NewerVersionError,
    ReadOnlyError,
    StoreError,
)

# SQL can reach no other file, load nothing and change none of this.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}

# One for each file and not for each connection: a file opened twice in one process
# is still one database.
_WRITERS: dict[Path, threading.Lock] = {}

_FULL = ("No space left", "File too large", "Disk quota", "Could not write")
_READ_ONLY = ("Permission denied", "Read-only file system", "read-only mode")
_NO_FOLDER = ("No such file or directory", "Not a directory")
_DAMAGED = (
    "not a valid DuckDB database file",
    "Could not read",
    "Corrupt",
    "checksum",
    "erializ",
    "Loading external extensions",
    "invalidated",
    "WAL file",
)


class DuckDatabase:
    """A DuckDB file, opened for this process alone."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        self.shown = str(self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderError(self.path, error.strerror or str(error)) from error
        self._writer = _WRITERS.setdefault(self.path.resolve(), threading.Lock())
        with _told(self.path):
            self._connection = duckdb.connect(str(self.path), config=_CONFIG)

    def read(self, sql: str, args: Sequence[object] = ()) -> list[Row]:
        with _told(self.path), self._connection.cursor() as cursor:
            return cursor.execute(sql, list(args)).fetchall()

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[Execute]:
        # Writers take turns here, so every block is alone.
        with self._writer, _told(self.path), self._connection.cursor() as cursor:

            def execute(sql: str, args: Sequence[object] = ()) -> list[Row]:
                return cursor.execute(sql, list(args)).fetchall()

            cursor.begin()
            try:
                yield execute
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.rollback()
                raise
            cursor.commit()

    def close(self) -> None:
        self._connection.close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what a person can mend into a StoreError; anything else is left to fail."""
    try:
        yield
    except duckdb.Error as error:
        told = _explained(path, str(error))
        if told is None:
            raise
        raise told from error


def _explained(path: Path, text: str) -> StoreError | None:
    reason = text.splitlines()[0].rpartition(": ")[2]
    if "Could not set lock" in text:
        holder = re.search(r"PID (\d+)", text)
        return InUseError(path, int(holder[1]) if holder else None)
    if any(sign in text for sign in _FULL):
        return DiskFullError(path)
    if any(sign in text for sign in _READ_ONLY):
        return ReadOnlyError(path, reason)
    if any(sign in text for sign in _NO_FOLDER):
        return FolderError(path, reason)
    if format_ := re.search(
        r"file with version number (\d+).* versions? (.*?)\.", text
    ):
        return NewerVersionError(path, f"file format {format_[1]}", format_[2])
    if any(sign in text for sign in _DAMAGED):
        return DamagedError(path, reason)
    return None
