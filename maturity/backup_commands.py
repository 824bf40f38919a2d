"""The commands `backup` and `restore`: everything that is stored, out and back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from maturity.exchange.commands import WRONG_INPUT, Commands, WrongError


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """The options of both commands."""
    out = commands.add_parser("backup", help="write everything stored into one file")
    out.add_argument("--out", required=True, metavar="FILE", type=Path)
    back = commands.add_parser(
        "restore", help="put a backup into a new or empty database"
    )
    back.add_argument("file", metavar="FILE", type=Path)
    back.add_argument(
        "--into",
        required=True,
        metavar="DATABASE",
        help="a file that is not there yet, or a postgresql:// address",
    )


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    from maturity.backup import BackupError
    from maturity.storage import StoreError

    try:
        return _backup(chosen) if chosen.command == "backup" else _restore(chosen)
    except (BackupError, StoreError, WrongError) as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT


def _backup(chosen: argparse.Namespace) -> int:
    from maturity import backup
    from maturity.storage import database_address, open_store

    store = open_store(database_address())
    try:
        size = backup.write(store, chosen.out)
    except OSError as error:
        raise WrongError(f"{chosen.out} cannot be written: {error.strerror}") from error
    finally:
        store.close()
    print(f"{chosen.out} holds everything that is stored ({size:,} bytes)")
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    from maturity import backup

    try:
        with chosen.file.open("rb") as file:
            rows = backup.restore(chosen.file.name, file, chosen.into)
    except OSError as error:
        raise WrongError(f"{chosen.file} cannot be read: {error.strerror}") from error
    for table, number in rows.items():
        if number:
            print(f"{table}: {number:,}")
    print("Everything is restored. Set MATURITY_DATABASE to this database to use it.")
    return 0
