"""What can go wrong between the product and its database, in words for a person.

Every message says what happened, that nothing is lost, and what to do.
"""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """The database cannot be used just now; the message says why and what to do."""


class LookOnlyError(StoreError):
    """A session that may only look asked for a change."""

    def __init__(self) -> None:
        super().__init__(
            "This link is for looking only, so nothing was changed. To change "
            "something, open the dashboard itself."
        )


class InUseError(StoreError):
    """Another process has the database file open."""

    def __init__(self, path: Path, pid: int | None) -> None:
        self.pid = pid
        by = f"process {pid}" if pid else "another process"
        super().__init__(
            f"The database {path} is in use by {by}. Nothing is lost: the dashboard "
            "is probably open already, so use that one, or stop it and try again. "
            "To run several at once, use PostgreSQL (docs/data.md)."
        )


class FolderError(StoreError):
    """The folder of the database file is missing and cannot be created."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The folder {path.parent} cannot be used for the database ({reason}). "
            "Nothing is lost: nothing was written. Create the folder, or set "
            "MATURITY_DATABASE to a file in a folder that you can write to."
        )


class ReadOnlyError(StoreError):
    """The database cannot be written to."""

    def __init__(self, shown: object, reason: str) -> None:
        super().__init__(
            f"The database {shown} cannot be written to ({reason}). Nothing that was "
            "saved is lost; what you just entered is not saved. Give the account "
            "that runs the dashboard the right to write to the database (for a "
            "file, to its folder too), or set MATURITY_DATABASE to another one."
        )


class DamagedError(StoreError):
    """The file is not a database, or is broken."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The file {path} is damaged or is no database of this program "
            f"({reason}). It was left as it is, so nothing more is lost. Put it aside "
            "together with the file ending in .wal beside it, copy back your latest "
            "backup, or set MATURITY_DATABASE to another file."
        )


class DiskFullError(StoreError):
    """There is no room left for what was to be saved."""

    def __init__(self, shown: object) -> None:
        super().__init__(
            f"There is no room left on the disk of the database {shown}. Nothing that "
            "was saved is lost; what you just entered is not saved. Make room, then "
            "save again: a restart is not needed."
        )


class NewerVersionError(StoreError):
    """A newer version of the program wrote this database."""

    def __init__(self, shown: object, found: str, known: str) -> None:
        super().__init__(
            f"The database {shown} was written by a newer version of this program "
            f"(it is at {found}, this program knows {known}). It was left untouched, "
            "so nothing is lost. Update this program, or set MATURITY_DATABASE to "
            "another database."
        )


class NotEmptyError(StoreError):
    """A backup was to be restored where there is something already."""

    def __init__(self, shown: object) -> None:
        super().__init__(
            f"The database {shown} holds something already, and a backup is never "
            "mixed with it. Nothing was changed. Name a database that is not there "
            "yet, or an empty one."
        )


class RowRefusedError(StoreError):
    """A row that was handed in cannot be stored."""

    def __init__(self, table: str, reason: str) -> None:
        said = " ".join(reason.split())[:200]
        super().__init__(f"A row of {table} cannot be stored ({said})")


class UnreachableError(StoreError):
    """The PostgreSQL server does not answer, or lets nobody in."""

    def __init__(self, shown: object, reason: str) -> None:
        super().__init__(
            f"The database {shown} cannot be reached ({reason}). Nothing that was "
            "saved is lost; what you just entered is not saved. Check that the "
            "server is running and that the address, the user and the password in "
            "MATURITY_DATABASE are right, then try again."
        )


class DriverMissingError(StoreError):
    """PostgreSQL is asked for, and its driver is not installed."""

    def __init__(self, shown: object) -> None:
        super().__init__(
            f"The database {shown} needs the PostgreSQL driver, which is not "
            "installed. Nothing is lost. Install it with: "
            'pip install "mlops-maturity[postgres]"'
        )


class ModelGoneError(StoreError):
    """The text of a model that something was submitted through is not there."""

    def __init__(self, quarter: str) -> None:
        super().__init__(
            f"The model of {quarter} is missing from the database. Restore the "
            "database from its backup."
        )


class TeamGoneError(StoreError):
    """The team was removed while somebody was still working on it."""

    def __init__(self) -> None:
        super().__init__(
            "This team no longer exists: it was removed a moment ago. Other teams "
            "are not affected. Choose another team."
        )
