"""The commands `models` and `convert`: adding models without a browser."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from maturity import library
from maturity.document import Unreadable, content
from maturity.exchange.commands import (
    Commands,
    WrongError,
    known_model,
    with_service,
    write,
)
from maturity.library import Library, ModelError

if TYPE_CHECKING:
    from maturity.adding import Proposal
    from maturity.service import Service


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """The options of both commands."""
    models = commands.add_parser("models", help="list, add, export or disable models")
    acts = models.add_subparsers(dest="act")
    added = acts.add_parser(
        "add", help="show what a model file would add or change; with --yes, add it"
    )
    added.add_argument("file", metavar="FILE", type=Path)
    added.add_argument("--yes", action="store_true", help="add it")
    out = acts.add_parser("export", help="write a model as a file that can be added")
    out.add_argument("model", metavar="ID")
    out.add_argument("--out", required=True, metavar="FILE", type=Path)
    out.add_argument(
        "--as-start", action="store_true", help="a copy under an id of its own"
    )
    told = {
        "disable": "take a model off every list",
        "enable": "put a disabled model back on the lists",
    }
    for act, help in told.items():
        acts.add_parser(act, help=help).add_argument("model", metavar="ID")
    convert = commands.add_parser(
        "convert", help="make a model file of an AWS custom lens or a DSOMM model"
    )
    convert.add_argument("file", metavar="FILE", type=Path)
    convert.add_argument("--out", required=True, metavar="FILE", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    if chosen.command == "convert":
        return _convert(chosen)
    return with_service(_ACTS.get(chosen.act, _list), chosen)


def stored_library() -> Library:
    """The models in the database too; WrongError where it cannot be opened."""
    from maturity import collection
    from maturity.storage import StoreError, database_address, is_there, open_store

    address = database_address()
    if not is_there(address):  # reading makes no database
        return library.load()
    try:
        store = open_store(address)
    except StoreError as error:
        raise WrongError(str(error)) from error
    try:
        return collection.library_of(store)
    finally:
        store.close()


def _convert(chosen: argparse.Namespace) -> int:
    from maturity import collection, foreign, words

    converted = foreign.convert(chosen.file.name, _bytes(chosen.file))
    if converted is None:
        raise WrongError(
            f"{chosen.file.name} is neither an AWS custom lens (JSON with pillars) nor "
            "a DSOMM model (YAML with dimensions, parts and activities)."
        )
    bundled = library.load()
    model = collection.read(chosen.out.name, converted.text.encode(), bundled)
    status = write(chosen.out, converted.text.encode())
    questions = words.count(len(bundled.defined(model).asked), "question")
    print(f"From {converted.kind}: {model.name}, {questions}")
    _print(converted.notes)
    return status


def _list(service: Service, chosen: argparse.Namespace) -> int:
    known = service.library
    for state, models in (("", known.models), ("  (disabled)", known.disabled)):
        for model in models.values():
            _print([f"{model.id}  {model.name}, edition {model.edition}{state}"])
    for problem in known.problems:
        print(problem, file=sys.stderr)
    return 0


def _add(service: Service, chosen: argparse.Namespace) -> int:
    from maturity import adding

    found = adding.propose(service, chosen.file.name, _bytes(chosen.file))
    _print(_told(found))
    if found.same:
        print("This is what is here already; there is nothing to add.")
        return 0
    if not chosen.yes:
        print("Nothing is added yet. Give --yes to add it.")
        return 0
    adding.add(service, found, "")
    print(f"{found.model.id} is added. `models disable {found.model.id}` undoes it.")
    return 0


def _told(found: Proposal) -> Iterable[str]:
    from maturity import model_changes, words

    model = found.model
    questions = words.count(len(found.definition.asked), "question")
    yield f"{model.name}, edition {model.edition}: {questions}"
    yield from found.notes
    if found.changes is not None:
        for heading, lines in model_changes.told(found.changes):
            yield heading
            yield from (f"  {line}" for line in lines)


def _export(service: Service, chosen: argparse.Namespace) -> int:
    from maturity import adding

    known_model(service, chosen.model)
    text = adding.text(service, chosen.model, as_start=chosen.as_start)
    return write(chosen.out, text.encode())


def _disable(service: Service, chosen: argparse.Namespace) -> int:
    from maturity import adding

    known_model(service, chosen.model)
    adding.disable(service, chosen.model, "")
    print(f"{chosen.model} is disabled. `models enable {chosen.model}` undoes it.")
    return 0


def _enable(service: Service, chosen: argparse.Namespace) -> int:
    from maturity import adding

    adding.enable(service, chosen.model, "")
    print(f"{chosen.model} is enabled")
    return 0


_ACTS = {"add": _add, "export": _export, "disable": _disable, "enable": _enable}


def _bytes(path: Path) -> bytes:
    try:
        return content(path)
    except Unreadable as error:
        raise ModelError(error.message(path.name)) from error


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        # One line each, and nothing in it that a terminal obeys.
        print("".join(c for c in line if c.isprintable()))
