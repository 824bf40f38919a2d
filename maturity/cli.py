"""The command line: the same functions without a browser, and the way to open one.

Nothing heavy is imported before a command needs it, so that `score` answers at once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import get_args

from maturity import (
    __version__,
    backup_commands,
    benchmark_commands,
    group_commands,
    library,
    model_commands,
    portfolio_commands,
)
from maturity.answer_file import AnswersError, read_answers
from maturity.exchange import commands as exchange
from maturity.exchange.results import report
from maturity.library import Library, ModelError
from maturity.model import Definition
from maturity.practice import Serving
from maturity.quarter import Quarter, check_settings, today
from maturity.report import commands as reports
from maturity.scoring import score
from maturity.structure import listed, nearest

PROBLEMS = 1
WRONG_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; what it returns is the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        check_settings()
    except ValueError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    if not given or (given[0].startswith("--") and "." in given[0]):
        return _open_dashboard(given)
    parser = _parser()
    chosen, rest = parser.parse_known_args(given)
    if rest and chosen.command != "demo":
        parser.error(f"unrecognised: {' '.join(rest)}")
    try:
        if chosen.command == "score":
            return _score(chosen.model, chosen.files, chosen.serving)
        if chosen.command == "validate":
            return _validate(chosen.files)
        if chosen.command in ("teams", "groups", "organisation"):
            return group_commands.run(chosen)
        if chosen.command in ("export", "history", "import", "calendar"):
            return exchange.run(chosen)
        if chosen.command == "report":
            return reports.run(chosen)
        if chosen.command in ("backup", "restore"):
            return backup_commands.run(chosen)
        if chosen.command == "benchmark":
            return benchmark_commands.run(chosen)
        if chosen.command == "portfolio":
            return portfolio_commands.run(chosen)
        if chosen.command in ("models", "convert"):
            return model_commands.run(chosen)
        return _demo(rest, only_load=chosen.load)
    except (ModelError, AnswersError, exchange.WrongError) as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mlops-maturity",
        description="Without a command, opens the dashboard in the browser. "
        "Streamlit's options may follow, as in --server.port 8600.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    scored = commands.add_parser(
        "score", help="score files of answers by a model; a line of JSON each"
    )
    scored.add_argument("model", metavar="MODEL", help="the id of a model, as in azure")
    scored.add_argument("files", metavar="FILE", nargs="+", type=Path)
    scored.add_argument(
        "--serving",
        choices=[serving for serving in get_args(Serving) if serving],
        default="",
        help="how the team serves; without it, everything counts",
    )
    checked = commands.add_parser("validate", help="check model and practice files")
    checked.add_argument("files", metavar="FILE", nargs="*", type=Path)
    group_commands.add_to(commands)
    model_commands.add_to(commands)
    exchange.add_to(commands)
    reports.add_to(commands)
    backup_commands.add_to(commands)
    benchmark_commands.add_to(commands)
    portfolio_commands.add_to(commands)
    demo = commands.add_parser("demo", help="open the dashboard on demo data")
    demo.add_argument(
        "--load", action="store_true", help="only write the demo data into the database"
    )
    return parser


# score


def _score(model: str, files: Sequence[Path], serving: Serving) -> int:
    known = library.load()
    if model not in known.models:
        known = model_commands.stored_library()
    definition = _definition(known, model).of(serving)
    practices = {
        **known.practices,
        **{p.id: p for m in known.models.values() for p in m.practices},
    }
    results, problems = [], []
    for path in files:
        try:
            answers = read_answers(path, practices, today())
        except AnswersError as error:
            problems.append(str(error))
        else:
            results.append(score(definition, answers, Quarter.current()))
    if problems:
        raise AnswersError("\n".join(problems))
    for result in results:
        print(json.dumps(report(definition, result)))
    return 0


def _definition(known: Library, model: str) -> Definition:
    if model in known.models:
        return known.definition(model)
    broken = "".join(f"\n{problem}" for problem in known.problems)
    raise ModelError(
        f"There is no model {model!r}{nearest(model, known.models)}. "
        f"There are {listed(known.models)}.{broken}"
    )


# validate


def _validate(files: Sequence[Path]) -> int:
    messages = library.check(files)
    for message in messages:
        print(message)
    if messages:
        return PROBLEMS
    if files:
        print(f"{len(files)} {'file is' if len(files) == 1 else 'files are'} valid")
    else:
        known = library.load()
        print(
            f"{len(known.models)} models and {len(known.practices)} practices are valid"
        )
    return 0


# The dashboard


def _demo(options: Sequence[str], *, only_load: bool) -> int:
    from maturity import demo
    from maturity.service import Service
    from maturity.storage import StoreError, database_address, default_path, open_store

    if not only_load:
        named = os.environ.get("MATURITY_DEMO_DATABASE", "").strip()
        file = named or str(default_path().with_name("demo.duckdb"))
        os.environ["MATURITY_DATABASE"] = file
    try:
        store = open_store(database_address())
        demo.load(Service(store, library.load()))
        store.close()
    except StoreError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    if only_load:
        print(f"The demo teams are in {database_address()}")
        return 0
    return _open_dashboard(options)


def _open_dashboard(options: Sequence[str]) -> int:
    """Hand over to Streamlit, with the app of the checkout or of the wheel.

    What pages draw with is loaded before the server answers: until the first run of
    the app has drawn the menu, a visitor sees Streamlit's list of the pages' files.
    """
    from streamlit.web import cli

    from maturity import ui

    for module in iter_modules(ui.__path__):
        import_module(f"{ui.__name__}.{module.name}")
    app = library.data_folder().parent / "app.py"
    sys.argv = ["streamlit", "run", str(app), *options]
    cli.main()
    return 0


def run() -> None:
    """The console script."""
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has enough, as `head` does; Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)


if __name__ == "__main__":
    run()
