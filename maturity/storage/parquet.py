"""Rows as a Parquet file, written by a database of its own that is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

PAGE = 2000
"""Rows handed over at once."""


def parquet(columns: Mapping[str, str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """The rows, in their order, in columns of these SQL types."""
    values = ", ".join(
        f"unnest(cast(${number} as {kind}[]))"
        for number, kind in enumerate(columns.values(), start=1)
    )
    made = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute("set threads = 1")
        connection.execute(f"create table history ({made})")
        left = iter(rows)
        while page := list(islice(left, PAGE)):
            connection.execute(
                f"insert into history select {values}",
                [[row[name] for row in page] for name in columns],
            )
        path = Path(folder) / "history.parquet"
        connection.execute(
            "copy (select * from history) to $1 (format parquet)", [str(path)]
        )
        return path.read_bytes()
