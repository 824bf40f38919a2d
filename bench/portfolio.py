"""What reading 2,000 teams over 8 quarters costs, beside reading their results at all.

    python -m bench.portfolio

The baseline reads the same frozen results with one bare query and parses each text with
the standard library, and makes nothing of them. Both run by turns on the same file.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from maturity import library, portfolios
from maturity.portfolio import QUARTERS, Portfolio
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.storage import open_store
from tests import crowd

TEAMS = 2_000
LAST = Quarter(2026, 3)
ROUNDS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder, "crowd.duckdb")))
        service = Service(store, library.load())
        crowd.settle(service, TEAMS, LAST, QUARTERS)
        acts: dict[str, Callable[[], object]] = {
            "here": lambda: _portfolio(service),
            "bare": lambda: _texts(service),
        }
        times = {name: [] for name in acts}
        for _ in range(ROUNDS):
            for name, act in acts.items():
                began = time.perf_counter()
                act()
                times[name].append(time.perf_counter() - began)
        store.close()
    ours, theirs = (median(times[name]) for name in acts)
    print(f"a portfolio of {TEAMS:,} teams here  {ours:6.2f} s")
    print(f"the same texts, only parsed     {theirs:6.2f} s")
    print(f"ratio                           {ours / theirs:6.2f}")


def _portfolio(service: Service) -> Portfolio:
    found = portfolios.read(service, "azure", LAST)
    assert found is not None
    assert len(found.assessed) == TEAMS
    return found


def _texts(service: Service) -> list[object]:
    rows = service.store.database.read("select result from assessments")
    return [json.loads(text) for (text,) in rows]


if __name__ == "__main__":
    main()
