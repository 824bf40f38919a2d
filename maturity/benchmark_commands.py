"""The command `benchmark`: figures of the teams out, those of others in."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.exchange.commands import (
    Commands,
    known_model,
    read_bytes,
    read_quarter,
    with_service,
    write,
)
from maturity.quarter import Quarter

if TYPE_CHECKING:
    from maturity.benchmarking import Preview
    from maturity.service import Service


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    benchmark = commands.add_parser(
        "benchmark", help="exchange quartiles of teams with other organisations"
    )
    acts = benchmark.add_subparsers(dest="act")
    out = acts.add_parser("export", help="write the quartiles of the teams here")
    out.add_argument("--model", required=True, metavar="ID")
    out.add_argument("--quarter", metavar="QUARTER", help="as in 2026-Q4")
    out.add_argument("--out", required=True, metavar="FILE", type=Path)
    back = acts.add_parser(
        "import", help="show what a benchmark file holds; with --yes, take it in"
    )
    back.add_argument("file", metavar="FILE", type=Path)
    back.add_argument("--source", metavar="NAME", help="who the file is from")
    back.add_argument("--yes", action="store_true", help="take it in")
    acts.add_parser("list", help="the files that were taken in")
    gone = acts.add_parser("remove", help="delete a file that was taken in")
    gone.add_argument("id", metavar="ID", help="as `list` prints it")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    return with_service(_ACTS.get(chosen.act, _list), chosen)


def _export(service: Service, chosen: argparse.Namespace) -> int:
    from maturity import benchmarking
    from maturity.exchange import benchmarks

    known_model(service, chosen.model)
    quarter = read_quarter(chosen.quarter) if chosen.quarter else Quarter.current()
    teams = service.store.teams()
    # Demo teams are only written where there are no others, and then marked.
    demo = bool(teams) and all(team.demo for team in teams)
    found = benchmarking.own(service, chosen.model, quarter, demo=demo)
    status = write(chosen.out, benchmarks.write(found))
    if demo:
        print("The teams in it are invented, and the file says so.")
    return status


def _import(service: Service, chosen: argparse.Namespace) -> int:
    from maturity import benchmarking
    from maturity.exchange import benchmarks

    data = read_bytes(chosen.file, benchmarks.LARGEST)
    seen = benchmarking.propose(service, chosen.file.name, data)
    for line in _told(seen):
        _print(line)
    if seen.already is not None:
        _print(f"This file is here already, from {seen.already.source}.")
        return 0
    if not chosen.yes:
        print("Nothing is taken in yet. Give --source NAME and --yes to take it in.")
        return 0
    row = benchmarking.take(service, seen, chosen.source or "", "")
    print(f"It is taken in. `benchmark remove {row.id}` deletes it again.")
    return 0


def _told(seen: Preview) -> Iterator[str]:
    from maturity import benchmark, words

    found = seen.benchmark
    yield (
        f"{words.count(found.all.teams, 'team')}, {seen.model.name}, edition "
        f"{found.edition}, {seen.quarter.label}"
    )
    for split in benchmark.SPLITS:
        groups = found.groups(split)
        if groups:
            parts = [f"{value} ({group.teams})" for value, group in groups.items()]
            yield f"{split}: {', '.join(parts)}"
    yield from seen.notes


def _list(service: Service, chosen: argparse.Namespace) -> int:
    from maturity import benchmarking, words

    for one in benchmarking.stored(service):
        found = one.benchmark
        teams = words.count(found.all.teams, "team")
        about = f"{found.model} {found.edition}, {found.quarter}, {teams}"
        demo = "  (demo)" if found.demo else ""
        _print(f"{one.row.id}  {one.source}: {about}{demo}")
    return 0


def _remove(service: Service, chosen: argparse.Namespace) -> int:
    from maturity import benchmarking

    benchmarking.remove(service, chosen.id, "")
    print("It is removed.")
    return 0


_ACTS = {
    "export": _export,
    "import": _import,
    "remove": _remove,
}


def _print(line: str) -> None:
    # One line each, and nothing in it that a terminal obeys.
    print("".join(c for c in line if c.isprintable()))
