"""The store's database in a DuckDB file: one process, many threads.

Threads never share a connection, so each call takes a cursor of its own, and writers
take turns: DuckDB would otherwise refuse the second of two writes to one row.
"""

from __future__ import annotations

import re
import threading
import time
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
    # A team's rows are few: waking other threads costs more than they bring.
    "threads": 1,
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
    "WAL file",
)


class DuckDatabase:
    """A DuckDB file, opened for this process alone."""

    refusals: tuple[type[Exception], ...] = (duckdb.IntegrityError, duckdb.DataError)

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        self.shown = str(self.path)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FolderError(self.path, error.strerror or str(error)) from error
        self._writer = _WRITERS.setdefault(self.path.resolve(), threading.Lock())
        self._mending = threading.Lock()
        self._broken = False
        with _told(self.path):
            self._connection = duckdb.connect(self.shown, config=_CONFIG)

    def read(self, sql: str, args: Sequence[object] = ()) -> list[Row]:
        with _told(self.path):
            try:
                return self._read(sql, args)
            except duckdb.FatalException:
                self._broken = True
                return self._read(sql, args)

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[Execute]:
        # Writers take turns here, so every block is alone.
        with self._writer, _told(self.path), self._begun() as cursor:

            def execute(sql: str, args: Sequence[object] = ()) -> list[Row]:
                return cursor.execute(sql, list(args)).fetchall()

            try:
                yield execute
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.rollback()
                raise
            try:
                cursor.commit()
            except duckdb.FatalException as error:
                self._broken = True
                if "COMMIT succeeded" not in str(error):
                    raise

    @contextmanager
    def snapshot(self) -> Iterator[Execute]:
        # Every transaction of DuckDB reads what stood when it began.
        with _told(self.path), self._begun() as cursor:
            try:
                yield lambda sql, args: cursor.execute(sql, list(args)).fetchall()
            finally:
                with suppress(duckdb.Error):
                    cursor.rollback()

    def close(self) -> None:
        self._connection.close()

    def _read(self, sql: str, args: Sequence[object]) -> list[Row]:
        with self._alive().cursor() as cursor:
            return cursor.execute(sql, list(args)).fetchall()

    @contextmanager
    def _begun(self) -> Iterator[duckdb.DuckDBPyConnection]:
        try:
            cursor = self._alive().cursor()
            cursor.begin()
        except duckdb.FatalException:
            self._broken = True
            cursor = self._alive().cursor()
            cursor.begin()
        with cursor:
            yield cursor

    def _alive(self) -> duckdb.DuckDBPyConnection:
        """The connection, opened anew if DuckDB gave the old one up.

        It does so when it cannot tidy up after a commit because the disk is full,
        and wants the file closed and opened again; the commit itself stands.
        """
        if self._broken:
            with self._mending:
                if self._broken:
                    self._reopen()
        return self._connection

    def _reopen(self) -> None:
        self._connection.close()
        until = time.monotonic() + 2
        while self._broken:
            connection = duckdb.connect(self.shown, config=_CONFIG)
            try:
                connection.execute("select 1")
            except duckdb.FatalException:
                # Still the old one: another thread has not let go of it yet.
                connection.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                self._connection = connection
                self._broken = False


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
    reason = text.splitlines()[0].partition(": ")[2].rstrip("!.") or text
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
