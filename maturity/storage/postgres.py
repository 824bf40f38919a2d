"""The store's database on a PostgreSQL server: many processes, many machines.

Statements are those that DuckDB gets: `RawCursor` leaves their `$1` placeholders
alone. This module is imported only when an address asks for PostgreSQL, because its
driver is an optional extra.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool, PoolTimeout

from maturity.schema import Execute, Row
from maturity.storage.errors import (
    DiskFullError,
    ReadOnlyError,
    StoreError,
    UnreachableError,
)

CONNECTIONS = 8
PATIENCE = 10.0
"""Seconds to wait for the server before saying that it does not answer."""

_ALONE = "select pg_advisory_xact_lock(727001)"  # any number, as long as it is ours

Connection = psycopg.Connection[Row]


class PostgresDatabase:
    """A PostgreSQL database, through a pool of connections."""

    refusals: tuple[type[Exception], ...] = (errors.IntegrityError, errors.DataError)

    def __init__(self, address: str) -> None:
        self.shown = _shown(address)
        with self._told():
            # Tried once by hand: a pool would only say that it waited in vain.
            psycopg.connect(address, connect_timeout=int(PATIENCE)).close()
            self._pool: ConnectionPool[Connection] = ConnectionPool(
                address,
                min_size=1,
                max_size=CONNECTIONS,
                timeout=PATIENCE,
                open=True,
                # A server that was restarted costs nobody an error.
                check=ConnectionPool.check_connection,
                configure=_configure,
                kwargs={"autocommit": True, "cursor_factory": psycopg.RawCursor},
            )

    def read(self, sql: str, args: Sequence[object] = ()) -> list[Row]:
        with self._told(), self._pool.connection() as connection:
            return _execute(connection, sql, args)

    @contextmanager
    def transaction(self, *, alone: bool = False) -> Iterator[Execute]:
        with (
            self._told(),
            self._pool.connection() as connection,
            connection.transaction(),
        ):
            if alone:
                _execute(connection, _ALONE, ())
            yield lambda sql, args: _execute(connection, sql, args)

    @contextmanager
    def snapshot(self) -> Iterator[Execute]:
        with self.transaction() as execute:
            execute("set transaction isolation level repeatable read, read only", ())
            yield execute

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what a person can mend into a StoreError; the rest is left to fail."""
        try:
            yield
        except PoolTimeout as error:
            reason = "no connection became free in time"
            raise UnreachableError(self.shown, reason) from error
        except psycopg.Error as error:
            told = self._explained(error)
            if told is None:
                raise
            raise told from error

    def _explained(self, error: psycopg.Error) -> StoreError | None:
        reason = str(error).strip().partition("\n")[0]
        if isinstance(error, errors.DiskFull):
            return DiskFullError(self.shown)
        if isinstance(
            error, errors.ReadOnlySqlTransaction | errors.InsufficientPrivilege
        ):
            return ReadOnlyError(self.shown, reason)
        # Class 57 is the server shutting down or starting up, 08 and no class at
        # all are the line to it; other operational errors are mistakes of ours.
        if isinstance(error, psycopg.OperationalError) and (
            error.sqlstate is None
            or error.sqlstate[:2] in ("08", "28", "3D", "53", "57")
        ):
            return UnreachableError(self.shown, reason)
        return None


def _configure(connection: Connection) -> None:
    # The store relies on it: a statement that waited for a lock reads what the
    # holder of the lock wrote.
    connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED


def _execute(connection: Connection, sql: str, args: Sequence[object]) -> list[Row]:
    cursor = connection.execute(sql, list(args))
    return cursor.fetchall() if cursor.description else []


def _shown(address: str) -> str:
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        # The driver's own words would repeat the address, with its password.
        raise UnreachableError(
            "in MATURITY_DATABASE",
            "its address is not written as postgresql://user:password@host/name, "
            "with special characters as in %20",
        ) from None
    host, name = parts.get("host") or "localhost", parts.get("dbname") or ""
    return f"{name!s} on {host!s}"
