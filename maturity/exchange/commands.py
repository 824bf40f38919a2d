"""The commands `export`, `history`, `calendar`, `import`: files without a browser."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maturity import cadence, calendar_file
from maturity.exchange.lines import LARGEST, FileRefusedError
from maturity.quarter import Quarter, now, today
from maturity.structure import listed, nearest

if TYPE_CHECKING:
    from maturity.exchange.changes import Change, Preview
    from maturity.group import Tree
    from maturity.service import Service
    from maturity.team import Team

Commands = argparse._SubParsersAction  # the only name that argparse has for it
FORMATS = ("xlsx", "csv", "json")
PROBLEMS = 1
WRONG_INPUT = 2


class WrongError(Exception):
    """What was asked for cannot be; the message says why and what to do."""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """The options of the commands."""
    out = commands.add_parser("export", help="write answers or results into a file")
    out.add_argument("--team", required=True, metavar="NAME")
    out.add_argument("--model", metavar="ID", help="without it: every practice asked")
    out.add_argument("--quarter", metavar="QUARTER", help="as in 2026-Q4")
    out.add_argument(
        "--results", action="store_true", help="results instead of answers (csv, json)"
    )
    out.add_argument("--format", required=True, choices=FORMATS)
    out.add_argument("--out", required=True, metavar="FILE", type=Path)
    when = commands.add_parser(
        "calendar", help="write the next review into a calendar file"
    )
    when.add_argument("--team", required=True, metavar="NAME")
    when.add_argument("--model", required=True, metavar="ID")
    when.add_argument("--out", required=True, metavar="FILE", type=Path)
    rows = commands.add_parser(
        "history", help="write every submitted result as rows for other programs"
    )
    rows.add_argument("--team", metavar="NAME", help="without it: all teams")
    rows.add_argument("--format", required=True, choices=("csv", "parquet"))
    rows.add_argument("--out", required=True, metavar="FILE", type=Path)
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
    if chosen.command == "history":
        return with_service(_history, chosen)
    acts = {"export": _export, "calendar": _calendar, "import": _import}
    return for_team(chosen.team, acts[chosen.command], chosen)


def for_team(
    name: str,
    act: Callable[[Service, Team, argparse.Namespace], int],
    chosen: argparse.Namespace,
) -> int:
    """Open the database and act for a team by name; what is wrong is said."""
    return with_service(lambda s, c: act(s, _team(s, name), c), chosen)


def with_service(
    act: Callable[[Service, argparse.Namespace], int], chosen: argparse.Namespace
) -> int:
    """Open the database and act; what is wrong is said."""
    from maturity import collection
    from maturity.service import RefusedError, Service
    from maturity.storage import StoreError, database_address, open_store

    try:
        store = open_store(database_address())
        try:
            return act(Service(store, collection.library_of(store)), chosen)
        finally:
            store.close()
    except (WrongError, FileRefusedError, RefusedError, StoreError) as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT


def _team(service: Service, name: str) -> Team:
    from maturity.team import folded

    teams = {folded(team.name): team for team in service.store.teams()}
    found = teams.get(folded(name))
    if found is None:
        near = nearest(folded(name), teams)
        known = f" There are {listed(t.name for t in teams.values())}." if teams else ""
        raise WrongError(f"There is no team {name!r}{near}.{known}")
    return found


def read_quarter(text: str) -> Quarter:
    try:
        quarter = Quarter.parse(text)
    except ValueError as error:
        raise WrongError(str(error)) from error
    if not Quarter(2000, 1) <= quarter <= Quarter.current().shift(1):
        raise WrongError(f"{quarter} is not past, present or next; choose another one")
    return quarter


def known_model(service: Service, model: str) -> None:
    """Refuse a model that is not here, with the ones that are."""
    models = service.library.models
    if model not in models:
        raise WrongError(
            f"There is no model {model!r}{nearest(model, models)}. "
            f"There are {listed(models)}."
        )


def labelled(tree: Tree, label: str) -> frozenset[str]:
    """The teams with a label in the quarter of a tree; refused where none has it."""
    found = tree.labelled(label)
    if not found:
        known = tree.every_label
        there = f" There are {listed(known)}." if known else ""
        raise WrongError(
            f"No team has the label {label!r} in {tree.quarter.label}"
            f"{nearest(label, known) or '.'}{there}"
        )
    return found


# export


def _export(service: Service, team: Team, chosen: argparse.Namespace) -> int:
    if chosen.model is not None:
        known_model(service, chosen.model)
    data = _results(service, team, chosen) if chosen.results else None
    if data is None:
        data = _answers(service, team, chosen)
    return write(chosen.out, data)


def _history(service: Service, chosen: argparse.Namespace) -> int:
    from maturity.exchange import history

    only = _team(service, chosen.team) if chosen.team is not None else None
    rows = list(history.rows(service, only))
    if not rows:
        who = f"{only.name} has never" if only else "No team has ever"
        raise WrongError(f"{who} submitted anything, so there is no history.")
    kinds = {"csv": history.history_csv, "parquet": history.history_parquet}
    return write(chosen.out, kinds[chosen.format](rows))


def _calendar(service: Service, team: Team, chosen: argparse.Namespace) -> int:
    known_model(service, chosen.model)
    submitted = service.submissions(team.id, chosen.model)
    found = cadence.review(chosen.model, submitted, today())
    if found is None:
        raise WrongError(
            f"{team.name} has never submitted {chosen.model}, so no review of it is "
            "due yet."
        )
    name = service.library.models[chosen.model].name
    return write(chosen.out, calendar_file.event(team, name, found, now()))


def write(path: Path, data: bytes) -> int:
    """Write a file and say so."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise WrongError(f"{path} cannot be written: {error.strerror}") from error
    print(f"{path} is written")
    return 0


def _answers(service: Service, team: Team, chosen: argparse.Namespace) -> bytes:
    from maturity.exchange import outgoing, tables

    quarter = read_quarter(chosen.quarter) if chosen.quarter else Quarter.current()
    if chosen.format == "xlsx":
        from maturity.exchange import workbook

        if chosen.model is None:
            raise WrongError(
                "A questionnaire is of one model: give --model, one of "
                f"{listed(service.library.models)}."
            )
        return workbook.write(outgoing.sheet(service, team, chosen.model, quarter))
    rows = service.sheet(team.id, quarter).answers
    practices = outgoing.every_practice(service)
    if chosen.model is not None:
        every = service.library.definition(chosen.model).every
        practices = {practice.id: practice for practice in every}
    write = tables.answers_csv if chosen.format == "csv" else tables.answers_json
    names = outgoing.reviewers(service, rows)
    return write(team, quarter, practices.values(), rows, names)


def _results(service: Service, team: Team, chosen: argparse.Namespace) -> bytes:
    from maturity.exchange import outgoing, results

    if chosen.format == "xlsx":
        raise WrongError("Results are written as csv or json; give --format csv.")
    quarter = read_quarter(chosen.quarter) if chosen.quarter else None
    models = [chosen.model] if chosen.model else list(service.library.models)
    readings = [
        r for model in models for r in outgoing.every_reading(service, team, model)
    ]
    if quarter is not None:
        readings = [reading for reading in readings if reading.quarter == quarter]
    if not readings:
        when = f" in {quarter}" if quarter else ""
        raise WrongError(f"{team.name} has no results{when}; leave --quarter out.")
    if chosen.format == "csv":
        return results.results_csv(readings)
    return results.results_json(readings)


# import


def _import(service: Service, team: Team, chosen: argparse.Namespace) -> int:
    from maturity.exchange import changes, outgoing, table_reader

    name, data = chosen.file.name, read_bytes(chosen.file)
    taken = table_reader.read(name, data, outgoing.every_practice(service))
    said = chosen.quarter or str(taken.quarter or Quarter.current())
    seen = changes.preview(service, team, read_quarter(said), taken)
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


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """What a file holds, and one byte more than it may where it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(largest + 1)
    except FileNotFoundError:
        raise WrongError(
            f"{path.name}: there is no such file; check the name"
        ) from None
    except OSError as error:
        raise WrongError(f"{path.name}: cannot be read: {error.strerror}") from error


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
