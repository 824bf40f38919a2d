"""What saving one answer costs, beside a bare insert into the same table.

    python -m bench.save

Both commit once an answer, to files on the same disk, by turns; the bare insert writes
the same row without reading what was current, counting the change or checking the team.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from statistics import median

import duckdb

from maturity.answer import Answer, State
from maturity.storage import open_store
from maturity.team import NewAnswer

ROUNDS = 200
STORED = 5_000
"""Answers that are there already: a team of some years."""
AT = datetime(2026, 11, 24, 12)
ANSWER = Answer(
    State.RUNG,
    "all",
    note="As agreed in the meeting.",
    link="https://example.org/run",
    evidence_on=date(2026, 11, 1),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        here, bare = _ours(Path(folder)), _bare(Path(folder))
        times: dict[str, list[float]] = {"here": [], "bare": []}
        for _ in range(ROUNDS):
            times["here"].append(_took(here))
            times["bare"].append(_took(bare))
    ours, theirs = median(times["here"]) * 1000, median(times["bare"]) * 1000
    print(f"saving one answer here     {ours:6.2f} ms")
    print(f"a bare insert and commit   {theirs:6.2f} ms")
    print(f"ratio                      {ours / theirs:6.2f}")


def _took(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _ours(folder: Path) -> Callable[[], object]:
    store = open_store(str(folder / "here.duckdb"))
    team = store.add_team("Fraud detection", by="").id
    store.append([_new(team, f"p{n % 50}", f"Q{n // 50}") for n in range(STORED)])
    return lambda: store.append([_new(team, "p1", "2026-Q4")])


def _new(team: str, practice: str, quarter: str) -> NewAnswer:
    return NewAnswer(team, quarter, practice, ANSWER, author="", at=AT)


def _bare(folder: Path) -> Callable[[], object]:
    connection = duckdb.connect(str(folder / "bare.duckdb"))
    connection.execute(
        "create table answers (seq bigint primary key, team text, quarter text, "
        "practice text, respondent text, state text, rung text, reason text, "
        "note text, link text, evidence_on date, author text, saved_at timestamp)"
    )
    connection.execute("create sequence seq")
    connection.execute("create index of_team on answers (team)")
    row = ["team", "2026-Q4", "p1", "", "rung", "all", "", ANSWER.note, ANSWER.link]
    values = [*row, ANSWER.evidence_on, "", AT]
    insert = (
        "insert into answers values (nextval('seq'), "
        + ", ".join(f"${place}" for place in range(1, len(values) + 1))
        + ")"
    )
    return lambda: connection.execute(insert, values)


if __name__ == "__main__":
    main()
