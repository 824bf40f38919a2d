"""Benchmarks of others in the store: added, listed, and removed for good."""

from __future__ import annotations

from maturity.benchmark_row import BenchmarkRow
from maturity.storage.part import NO_TEAM, Part, count_change, note, plain_text

_ROWS = """
select id, source, model, demo, body, author, saved_at from benchmarks
order by saved_at, id
"""
_ADD = """
insert into benchmarks (id, source, model, demo, body, author, saved_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""
_REMOVE = "delete from benchmarks where id = $1 returning source"


class Benchmarks(Part):
    """The part of the store that holds benchmarks of other organisations."""

    def benchmarks(self) -> list[BenchmarkRow]:
        """Every benchmark, in the order they came in."""
        return [BenchmarkRow(*row) for row in self.database.read(_ROWS)]

    def add_benchmark(self, row: BenchmarkRow) -> None:
        source, body = plain_text(row.source), plain_text(row.body)
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            about = [row.id, source, row.model, row.demo]
            execute(_ADD, [*about, body, row.author, row.at])

    def remove_benchmark(self, id: str, by: str) -> bool:
        """Delete a benchmark, which leaves an audit row; False where there is none."""
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            removed = execute(_REMOVE, [id])
            if removed:
                note(execute, "remove-benchmark", id, str(removed[0][0]), by)
        return bool(removed)
