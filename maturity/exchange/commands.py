"""The commands `export` and `import`: the same files without a browser."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maturity import library
from maturity.exchange.lines import LARGEST, FileRefusedError
from maturity.quarter import Quarter
from maturity.structure import listed, nearest

if TYPE_CHECKING:
    from maturity.exchange.changes import Change, Preview
    from maturity.service import Service
    from maturity.team import Team

Commands = argparse._SubParsersAction  # the only name that argparse has for it
FORMATS = ("xlsx", "csv", "json")
PROBLEMS = 1
WRONG_INPUT = 2


class _WrongError(Exception):
    """What was asked for cannot be; the message says why and what to do."""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """The options of both commands."""
    out = commands.add_parser("export", help="write answers or results into a file")
    out.add_argument("--team", required=True, metavar="NAME")
    out.add_argument("--model", metavar="ID", help="without it: every practice asked")
    out.add_argument("--quarter", metavar="QUARTER", help="as in 2026-Q4")
    out.add_argument(
        "--results", action="store_true", help="results instead of answers (csv, json)"
    )
    out.add_argument("--format", required=True, choices=FORMATS)
    out.add_argument("--out", required=True, metavar="FILE", type=Path)
    back = commands.add_parser(
        "import", help="show what a file of answers changes; with --yes, change it"
    )
    back.add_argument("file", metavar="FILE", type=Path)
    back.add_argument("--team", required=True, metavar="NAME")
    back.add_argument("--quarter", metavar="QUARTER", help="as in 2026-Q4")
    back.add_argument("--yes", action="store_true", help="write the changes")
    back.add_argument(
        "--conflicts",
        choices=("keep", "take"),
        help="where somebody changed an answer after the file was made: keep theirs, "
        "or take the file's",
    )


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    from maturity.service import RefusedError, Service
    from maturity.storage import StoreError, database_address, open_store

    try:
        store = open_store(database_address())
        try:
            service = Service(store, library.load())
            team = _team(service, chosen.team)
            if chosen.command == "export":
                return _export(service, team, chosen)
            return _import(service, team, chosen)
        finally:
            store.close()
    except (_WrongError, FileRefusedError, RefusedError, StoreError) as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT


def _team(service: Service, name: str) -> Team:
    from maturity.team import folded

    teams = {folded(team.name): team for team in service.store.teams()}
    found = teams.get(folded(name))
    if found is None:
        near = nearest(folded(name), teams)
        known = f" There are {listed(t.name for t in teams.values())}." if teams else ""
        raise _WrongError(f"There is no team {name!r}{near}.{known}")
    return found


def _quarter(text: str) -> Quarter:
    try:
        quarter = Quarter.parse(text)
    except ValueError as error:
        raise _WrongError(str(error)) from error
    if not Quarter(2000, 1) <= quarter <= Quarter.current().shift(1):
        raise _WrongError(f"{quarter} is not past, present or next; choose another one")
    return quarter


# export


def _export(service: Service, team: Team, chosen: argparse.Namespace) -> int:
    models = service.library.models
    if chosen.model is not None and chosen.model not in models:
        raise _WrongError(
            f"There is no model {chosen.model!r}{nearest(chosen.model, models)}. "
            f"There are {listed(models)}."
        )
    data = _results(service, team, chosen) if chosen.results else None
    if data is None:
        data = _answers(service, team, chosen)
    try:
        chosen.out.write_bytes(data)
    except OSError as error:
        raise _WrongError(
            f"{chosen.out} cannot be written: {error.strerror}"
        ) from error
    print(f"{chosen.out} is written")
    return 0


def _answers(service: Service, team: Team, chosen: argparse.Namespace) -> bytes:
    from maturity.exchange import outgoing, tables

    quarter = _quarter(chosen.quarter) if chosen.quarter else Quarter.current()
    if chosen.format == "xlsx":
        from maturity.exchange import workbook

        if chosen.model is None:
            raise _WrongError(
                "A questionnaire is of one model: give --model, one of "
                f"{listed(service.library.models)}."
            )
        return workbook.write(outgoing.sheet(service, team, chosen.model, quarter))
    rows = service.sheet(team.id, quarter).answers
    practices = outgoing.every_practice(service)
    if chosen.model is not None:
        asked = service.library.definition(chosen.model).asked
        practices = {practice.id: practice for practice in asked}
    write = tables.answers_csv if chosen.format == "csv" else tables.answers_json
    return write(team, quarter, practices.values(), rows)


def _results(service: Service, team: Team, chosen: argparse.Namespace) -> bytes:
    from maturity.exchange import outgoing, results

    if chosen.format == "xlsx":
        raise _WrongError("Results are written as csv or json; give --format csv.")
    quarter = _quarter(chosen.quarter) if chosen.quarter else None
    models = [chosen.model] if chosen.model else list(service.library.models)
    readings = [
        r for model in models for r in outgoing.every_reading(service, team, model)
    ]
    if quarter is not None:
        readings = [reading for reading in readings if reading.quarter == quarter]
    if not readings:
        when = f" in {quarter}" if quarter else ""
        raise _WrongError(f"{team.name} has no results{when}; leave --quarter out.")
    if chosen.format == "csv":
        return results.results_csv(readings)
    return results.results_json(readings)


# import


def _import(service: Service, team: Team, chosen: argparse.Namespace) -> int:
    from maturity.exchange import changes, outgoing, table_reader

    name, data = chosen.file.name, _bytes(chosen.file)
    taken = table_reader.read(name, data, outgoing.every_practice(service))
    said = chosen.quarter or str(taken.quarter or Quarter.current())
    seen = changes.preview(service, team, _quarter(said), taken)
    for change in (*seen.changes, *seen.conflicts):
        print(_line(change))
    print(_summary(seen))
    if not chosen.yes:
        if seen.changes or seen.conflicts:
            print("Nothing is written yet. Give --yes to write it.")
        return 0
    if seen.conflicts and chosen.conflicts is None:
        print(
            "Nothing was written: give --conflicts keep or --conflicts take.",
            file=sys.stderr,
        )
        return PROBLEMS
    over: Mapping[str, Change] = {}
    if chosen.conflicts == "take":
        over = {change.practice.id: change for change in seen.conflicts}
    written = changes.take(service, seen, "", over)
    print(f"{len(written)} written")
    return 0


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _WrongError(
            f"{path.name}: there is no such file; check the name"
        ) from None
    except OSError as error:
        raise _WrongError(f"{path.name}: cannot be read: {error.strerror}") from error


def _line(change: Change) -> str:
    mark = "  (changed here since the file was made)" if change.overtaken else ""
    told = f"{change.practice.id}: {change.was} -> {change.becomes}{mark}"
    # One line a change, and nothing in it that a terminal obeys.
    return "".join(c for c in " ".join(told.split()) if c.isprintable())


def _summary(seen: Preview) -> str:
    parts = [f"{len(seen.changes)} to change", f"{seen.unchanged} unchanged"]
    if seen.conflicts:
        parts.insert(1, f"{len(seen.conflicts)} in conflict")
    return f"{seen.team.name}, {seen.quarter.label}: {', '.join(parts)}"
