"""The layers of the package, kept true: what imports what, and what a page may hold.

A new module must be placed in the table, so that somebody decides where it belongs.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import ROOT

LAYERS = {
    "the words everything is said in": {"document", "practice", "quarter"},
    "answers": {"answer", "suggestion"},
    "models": {"model"},
    "what is built of them": {
        "benchmark_row",
        "engine",
        "json_text",
        "mark",
        "model_row",
        "model_text",
        "plan",
        "link",
        "respondent",
        "structure",
        "team",
    },
    "the rules of files, of scores, of tables and of labels": {
        *("label", "rules", "schema", "scoring"),
    },
    "the rules of files and plans where tests give points, or that are added here": {
        *("added_rules", "least", "point_rules", "suggestion_rules"),
    },
    "reading files and results": {
        *("agreement", "answer_file", "gaps", "group", "iso33020", "library"),
        *("peers", "reading", "standings"),
    },
    "what is remembered, and what a result tells": {
        *("backing", "benchmark", "bridge", "cadence", "contradictions"),
        *("glossary", "roadmap", "suggesting"),
        *("storage", "through", "words"),
    },
    "what the quarters of a team hold": {"readings"},
    "what pages and commands ask for, and say": {
        *(
            "agreement_words",
            "bridge_words",
            "calendar_file",
            "collection",
            "demo_groups",
            "evidence_words",
            "foreign",
            "gap_words",
            "group_rules",
            "model_changes",
            "movement_words",
            "peer_words",
            "portfolio",
            "reasons",
            "service",
            "through_words",
        ),
    },
    "invented teams, plans, pictures and files": {
        *(
            "adding",
            "asking",
            "charts",
            "comparing",
            "decisions",
            "exchange",
            "group_targets",
            "grouping",
            "labelling",
            "plan_words",
            "planning",
            "portfolio_findings",
            "respondents",
            "reviews",
        ),
        "story",
    },
    "what is made of them": {
        *(
            "backup",
            "benchmarking",
            "group_words",
            "organising",
            "portfolio_words",
            "portfolios",
        ),
        *("demo_respondents", "reference", "theme", "tickets"),
    },
    "the story of many teams": {"group_story", "portfolio_readings"},
    "files for leaders, and models, backups and benchmarks by command": {
        *("backup_commands", "benchmark_commands", "group_commands"),
        *("model_commands", "portfolio_commands", "report"),
        "demo",
    },
    "the screen": {"ui"},
    "commands, one of which opens the screen": {"cli"},
}
"""Lowest first. A module imports only from layers below its own."""

ONLY = {
    # The command line hands over to Streamlit's own; it draws nothing.
    "streamlit": {"ui", "cli"},
    "altair": {"charts"},
    "duckdb": {"storage"},
    "psycopg": {"storage"},
    "psycopg_pool": {"storage"},
    "openpyxl": {"exchange", "report"},
    "pptx": {"report"},
    "typst": {"report"},
    "vl_convert": {"report"},
}
"""Which modules may import a library."""

BLIND = {
    "storage": {"engine", "mark", "scoring", "reading"},
    "charts": {"storage", "readings", "service"},
}
"""What a module must not know of, although it lies below: the store knows no scores,
a chart no database."""

PAGES_MAY = {
    *("bridge", "charts", "reading", "service", "through", "ui"),
    *(
        "portfolio_words",
        "words",
        "reasons",
        "respondents",
        "bridge_words",
        "movement_words",
        "story",
        "through_words",
    ),
}
PAGE_LINES, FILE_LINES = 120, 350
HTML = r"</?[a-z]+[^>]*>"
SQL = r"(?is)\b(select\b.+\bfrom|insert into|update\b.+\bset|delete from)\b"

PACKAGE = ROOT / "maturity"
MODULES = sorted(PACKAGE.rglob("*.py"))
PAGES = sorted(ROOT.glob("pages/*.py"))


def place(module: str) -> int:
    """The number of a module's layer."""
    for number, modules in enumerate(LAYERS.values()):
        if module in modules:
            return number
    pytest.fail(f"{module} has no layer yet: place it in the table of {__file__}")


def unit(path: Path) -> str:
    """`scoring` for maturity/scoring.py, `ui` for everything in maturity/ui."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every name that a file imports, wherever in it, with dots."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    """The modules of the package that a file imports."""
    names = (name.split(".") for name in imported(path))
    return {n[1] for n in names if n[0] == "maturity"} - {"__version__"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_from_the_layers_below_its_own(path):
    mine = unit(path)
    if mine == "__init__":
        assert not ours(path)
        return

    for other in ours(path) - {mine}:
        assert place(other) < place(mine), f"{mine} must not import {other}"
        assert other not in BLIND.get(mine, ()), f"{mine} must not know of {other}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_short_enough_to_be_read_at_once(path):
    assert len(path.read_text("utf-8").splitlines()) <= FILE_LINES


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_library_is_imported_only_where_it_belongs(path):
    for library in {name.split(".")[0] for name in imported(path)} & ONLY.keys():
        assert unit(path) in ONLY[library], f"{library} does not belong here"


def test_every_module_has_one_layer():
    placed = [module for modules in LAYERS.values() for module in modules]

    assert len(placed) == len(set(placed))
    assert set(placed) >= {unit(path) for path in MODULES} - {"__init__"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_begins_with_the_guard(path):
    docstring, *rest = ast.parse(path.read_text("utf-8")).body
    statements = [n for n in rest if not isinstance(n, ast.Import | ast.ImportFrom)]

    assert isinstance(docstring, ast.Expr)
    assert isinstance(docstring.value, ast.Constant)
    assert ast.unparse(statements[0]) == "page_guard()"
    assert "maturity.ui.page_guard" in imported(path)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_imports_only_what_it_draws_with(path):
    others = {name.split(".")[0] for name in imported(path)} - {"maturity"}

    assert others == {"streamlit"}
    assert ours(path) <= PAGES_MAY


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_is_short_and_holds_no_sql_no_html_and_no_formula(path):
    text = path.read_text("utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    constants = (n.value for n in nodes if isinstance(n, ast.Constant))
    texts = [value for value in constants if isinstance(value, str)]
    reckoning = (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)

    assert len(text.splitlines()) <= PAGE_LINES
    for pattern in (HTML, SQL):
        assert not [found for found in texts if re.search(pattern, found)]
    for node in nodes:
        if isinstance(node, ast.Attribute):
            assert node.attr != "html"
        elif isinstance(node, ast.keyword):
            assert not (node.arg or "").startswith("unsafe")
        elif isinstance(node, ast.BinOp | ast.AugAssign):
            assert not isinstance(node.op, reckoning), ast.unparse(node)


def listed() -> dict[str, list[list[Path]]]:
    """The table of CONTRIBUTING.md: what to change, and the files of each cell.

    A name without a folder stands in the folder of the name before it.
    """
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.split("| to change |")[1].split("\n\n")[0].splitlines()[2:]
    found: dict[str, list[list[Path]]] = {}
    for row in table:
        change, *cells = row.strip("| ").split(" | ")
        assert change not in found, f"{change!r} has two rows: write it as one"
        found[change] = [list(_files(cell)) for cell in cells]
    return found


def _files(cell: str) -> Iterator[Path]:
    folder = ROOT
    for written in re.findall(r"`([^` ]*[./][^` ]*)`", cell):
        from_the_root = "/" in written and (ROOT / written.split("/")[0]).exists()
        place = (ROOT if from_the_root else folder) / written
        matching = sorted(place.parent.glob(place.name))
        assert matching, f"CONTRIBUTING.md names {written}, and there is no such file"
        yield from matching
        folder = place if written.endswith("/") else place.parent


def test_what_to_change_is_listed_once_with_files_that_are_there():
    for change, (_, tests) in listed().items():
        assert tests, f"{change!r} names no test"


def test_every_module_is_named_for_some_change():
    named = {path for edit, _ in listed().values() for path in edit}
    modules = {path for path in MODULES if path.name != "__init__.py"}

    missing = [name(path) for path in modules if not named & {path, *path.parents}]

    assert not missing, f"give them a row in the table of CONTRIBUTING.md: {missing}"
