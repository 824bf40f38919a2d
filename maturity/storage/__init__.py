"""The store: everything the product remembers, and all its SQL.

It knows no scores and no models. Answers, assessments, targets and plans are only
ever added, so history is free; teams and people change in place and leave audit rows.
MATURITY_DATABASE names a file or a PostgreSQL database; the SQL is the same.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from platformdirs import user_data_dir

from maturity import schema
from maturity.schema import Database
from maturity.storage.answers import Answers
from maturity.storage.asks import Asks
from maturity.storage.assessments import Assessments
from maturity.storage.benchmarks import Benchmarks
from maturity.storage.copying import Copying, RowsFor, fill
from maturity.storage.demo import Demo
from maturity.storage.duck import DuckDatabase
from maturity.storage.errors import (
    DamagedError,
    DiskFullError,
    DriverMissingError,
    FolderError,
    InUseError,
    LookOnlyError,
    ModelGoneError,
    NewerVersionError,
    NotEmptyError,
    ReadOnlyError,
    RowRefusedError,
    StoreError,
    TeamGoneError,
    UnreachableError,
)
from maturity.storage.groups import Groups
from maturity.storage.links import Links, LookOnlyDatabase
from maturity.storage.many import Many
from maturity.storage.models import Models
from maturity.storage.plans import Plans
from maturity.storage.respondents import Respondents
from maturity.storage.targets import Targets
from maturity.storage.teams import Teams

__all__ = [
    "DamagedError",
    "DiskFullError",
    "DriverMissingError",
    "FolderError",
    "InUseError",
    "LookOnlyError",
    "ModelGoneError",
    "NewerVersionError",
    "NotEmptyError",
    "ReadOnlyError",
    "RowRefusedError",
    "Store",
    "StoreError",
    "TeamGoneError",
    "UnreachableError",
    "database_address",
    "default_path",
    "fill_new",
    "open_store",
]


class Store(
    Answers,
    Asks,
    Assessments,
    Benchmarks,
    Copying,
    Demo,
    Groups,
    Links,
    Many,
    Models,
    Plans,
    Respondents,
    Targets,
    Teams,
):
    """An open, migrated database. Threads may share it."""

    def close(self) -> None:
        self.database.close()


def default_path() -> Path:
    """The file in the user's data folder that is used where nothing else is set."""
    return Path(user_data_dir("mlops-maturity", appauthor=False)) / "maturity.duckdb"


def database_address() -> str:
    """MATURITY_DATABASE, a file or a postgresql:// address, or the default file."""
    return os.environ.get("MATURITY_DATABASE", "").strip() or str(default_path())


def open_store(address: str) -> Store:
    """Open a database and bring it up to date; StoreError where that cannot be."""
    database = _connect(address)
    try:
        found, known = schema.version(database), len(schema.STEPS)
        if found > known:
            raise NewerVersionError(
                database.shown, f"version {found}", f"version {known}"
            )
        schema.migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(database)


def is_there(address: str) -> bool:
    """Whether opening would read something: a file that is there, or any server."""
    return _on_server(address) or Path(address).exists()


def fill_new(address: str, version: int, rows_for: RowsFor) -> dict[str, int]:
    """Put rows of a schema version into a new or empty database, all or none.

    How many came into each table. Where that fails, a file that was not there before
    is taken away again.
    """
    path = None if _on_server(address) else Path(address).expanduser()
    begun = path is not None and not path.exists()
    try:
        with closing(_connect(address)) as database:
            return fill(database, version, rows_for)
    except BaseException:
        if path is not None and begun:
            path.unlink(missing_ok=True)
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
        raise


def look_only(store: Store) -> Store:
    """The same store for whoever may only look: every write is a LookOnlyError."""
    return Store(LookOnlyDatabase(store.database))


def _on_server(address: str) -> bool:
    return address.startswith(("postgresql://", "postgres://"))


def _connect(address: str) -> Database:
    if not _on_server(address):
        return DuckDatabase(Path(address))
    try:
        from maturity.storage.postgres import PostgresDatabase
    except ImportError as error:
        raise DriverMissingError("on PostgreSQL") from error
    return PostgresDatabase(address)
