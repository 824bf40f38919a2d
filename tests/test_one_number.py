"""One number everywhere: screens, files and commands say what the engine says.

Two demo quarters, one with a range of levels and one with bands, are read in every
place that shows them. A new place is one line of `PLACES` and a function that reads it.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader
from test_web import Page
from visitor import Visitor

from maturity import cli, demo, library
from maturity.mark import Mark
from maturity.model import MaturityModel
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.scoring import Score, score
from maturity.service import Service
from maturity.storage import open_store
from maturity.ui import choice

pytestmark = pytest.mark.page

QUARTER, TODAY = Quarter(2026, 3), "2026-11-24"
CASES = [("Visual inspection", "azure"), ("Credit scoring", "ml-test-score")]
LEVEL, SCORE = "level", "score"
Said = dict[str, str]
"""What a place says: the level and score, and by the name of a category its score."""


@dataclass(frozen=True)
class Case:
    """One team's quarter through one model."""

    service: Service
    reading: Reading
    folder: Path

    @property
    def model(self) -> MaturityModel:
        return self.reading.definition.model

    def visit(self, page: str, **more: str) -> Visitor:
        address = {
            "team": self.reading.team.id,
            "model": self.model.id,
            "quarter": str(QUARTER),
        }
        visitor = Visitor().open(page, **address, **more)
        assert not visitor.app.exception
        return visitor

    def run(self, *arguments: str) -> bytes:
        """What a command writes into its file, for this team and model."""
        out = self.folder / "out"
        options = ["--model", self.model.id, "--quarter", str(QUARTER)]
        team = ["--team", self.reading.team.name]
        assert cli.main([*arguments, *team, *options, "--out", str(out)]) == 0
        return out.read_bytes()


# What the engine says, written out by this test itself


def decimal(tenths: int) -> str:
    return f"{tenths / 10:.1f}"


def expected(case: Case) -> Said:
    reading = case.reading
    result = score(reading.definition, reading.answers, QUARTER)
    whole = marks(result.overall)
    return written(case.model, *whole) | {
        case.model.category(category).name: ends(*marks(one))
        for category, one in result.categories.items()
    }


def marks(of: Score) -> tuple[Mark, Mark]:
    assert of.lowest is not None
    assert of.highest is not None
    return of.lowest, of.highest


def written(model: MaturityModel, low: Mark, high: Mark) -> Said:
    """Level 1 to 2, or the names of bands; and the score or both ends of it."""
    said = [name(model, mark.level) for mark in (low, high)]
    level = said[0] if said[0] == said[1] else f"{said[0]} to {said[1]}"
    level = level.replace("to Level ", "to ")
    return {LEVEL: level, SCORE: ends(low, high)}


def name(model: MaturityModel, level: int) -> str:
    return model.bands[level].name if model.by_points else f"Level {level}"


def ends(low: Mark, high: Mark) -> str:
    first, last = decimal(low.tenths), decimal(high.tenths)
    return first if first == last else f"{first} to {last}"


# The places: screens


def of_table(visitor: Visitor, column: str = f"Score {QUARTER.label}") -> Said:
    """The scores of the first table with a row for each category."""
    rows = next(t for t in visitor.tables if column in t[0] and "Category" in t[0])
    return {row["Category"]: row[column] for row in rows}


def overview(case: Case) -> Said:
    visitor = case.visit("overview")
    level = visitor.app.header[0].value
    return {LEVEL: level, SCORE: visitor.metric("Score")} | of_table(visitor)


def results(case: Case) -> Said:
    visitor = case.visit("results")
    return {LEVEL: visitor.app.header[0].value} | of_table(visitor)


def reasons(case: Case) -> Said:
    """Results again, where it says why each category stands there."""
    text = case.visit("results").text
    return {
        category.name: re.search(
            rf"\*\*{re.escape(category.name)}: .*score ([\d. to]+\d)\]", text
        )[1]
        for category in case.model.categories
    }


def way_up(case: Case) -> Said:
    visitor = case.visit("plan", to=str(case.model.top))  # Where steps are left.
    line = next(c.value for c in visitor.app.caption if ", score " in c.value)
    stands, rest = line.split(", score ")
    level, _, proven = stands.partition(", with evidence ")
    assert proven
    said = {LEVEL: level, SCORE: rest.split(". ")[0]}
    return said | of_table(visitor)


def progress(case: Case) -> Said:
    visitor = case.visit("progress")
    now = next(row for row in visitor.tables[0] if row["Quarter"] == QUARTER.label)
    level = now.get("Level", now.get("Band", ""))
    return {LEVEL: level, SCORE: now["Score"]} | of_table(visitor, QUARTER.label)


def through_every_model(case: Case) -> Said:
    app = case.visit("compare").app
    place = [h.value for h in app.header].index(case.model.short_name)
    scores = [c.value for c in app.caption if c.value.startswith("Score ")]
    level = app.subheader[place].value
    return {LEVEL: level, SCORE: scores[place].removeprefix("Score ")}


def among_others(case: Case) -> Said:
    text = case.visit("among").text
    found = re.search(
        r"This team: \*\*(.+), with evidence .+ · score ([^*]+)\*\*", text
    )
    assert found is not None
    return {LEVEL: found[1], SCORE: found[2]}


def told(headline: str) -> Said:
    """The level, and where it is said the score, of the story's first sentence."""
    level = re.search(r": (?:still )?(.+?)(?:,| with a score of)", headline)
    assert level is not None
    number = re.search(r"with a score of ([\d. to]+\d)", headline)
    return {LEVEL: level[1]} | ({SCORE: number[1]} if number else {})


def presented(case: Case) -> Said:
    visitor = case.visit("present")
    return told(visitor.title) | of_table(visitor)


# The places: files and commands


def of_numbers(model: MaturityModel, one: dict[str, str], key: str) -> Said:
    """The same texts from the columns of a CSV."""
    low, high = (
        Mark(int(one[f"level_{end}"]), round(10 * float(one[f"score_{end}"])))
        for end in ("lowest", "highest")
    )
    return written(model, low, high) if not key else {key: ends(low, high)}


def results_csv(case: Case) -> Said:
    text = case.run("export", "--results", "--format", "csv").decode("utf-8-sig")
    said: Said = {}
    for row in csv.DictReader(text.splitlines()):
        if row["quarter"] == str(QUARTER):
            key = row["category"] and case.model.category(row["category"]).name
            said |= of_numbers(case.model, row, key)
    return said


def of_report(case: Case, report: dict[str, object]) -> Said:
    """The same texts from the object that `score` prints."""

    def spans(one) -> tuple[Mark, Mark]:
        low, high = (
            Mark(one["range"][end], round(10 * one["score_range"][end]))
            for end in ("lowest", "highest")
        )
        assert one["level"] == low.level
        assert one["score"] == low.tenths / 10
        return low, high

    categories = report["categories"]
    assert isinstance(categories, dict)
    return written(case.model, *spans(report)) | {
        case.model.category(category).name: ends(*spans(one))
        for category, one in categories.items()
    }


def results_json(case: Case) -> Said:
    found = json.loads(case.run("export", "--results", "--format", "json"))
    return of_report(case, next(r for r in found if r["quarter"] == str(QUARTER)))


def scored_by_command(case: Case, capsys) -> Said:
    """The exported answers, scored by `mlops-maturity score`."""
    file = case.folder / "answers.json"
    file.write_bytes(case.run("export", "--format", "json"))
    capsys.readouterr()
    assert cli.main(["score", case.model.id, str(file)]) == 0
    return of_report(case, json.loads(capsys.readouterr().out))


def slides(case: Case) -> Said:
    deck = Presentation(BytesIO(case.run("report", "--format", "pptx")))
    first = deck.slides[0]
    chart = next(shape.chart for shape in first.shapes if shape.has_chart)
    series = {s.name: list(s.values) for s in chart.plots[0].series}
    low = series[QUARTER.label]
    high = series.get("At best, with open questions", low)
    said = told(first.shapes.title.text)
    for category, a, b in zip(case.model.categories, low, high, strict=True):
        said[category.name] = f"{a:.1f}" if a == b else f"{a:.1f} to {b:.1f}"
    return said


def workbook(case: Case) -> Said:
    book = load_workbook(BytesIO(case.run("report", "--format", "xlsx")))
    summary = dict(row[:2] for row in book["Summary"].iter_rows(values_only=True))
    heads, *rows = book["Categories"].iter_rows(values_only=True)
    level = summary.get("Level range", summary.get("Level", summary.get("Band")))
    return {LEVEL: level, SCORE: summary["Score"]} | {
        row[0]: row[heads.index("Score")] for row in rows if row[0]
    }


def printed(case: Case) -> Said:
    return tiles(case, first_page(case.run("report", "--format", "pdf")))


def one_page(case: Case) -> Said:
    data = case.run("report", "--format", "pdf", "--one-page")
    return tiles(case, first_page(data))


def web_page(case: Case) -> Said:
    return tiles(case, Page(case.run("report", "--format", "html")).text)


def first_page(pdf: bytes) -> str:
    return " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())


def tiles(case: Case, text: str) -> Said:
    """The figures on top of a report: the level, and the score."""
    names = "|".join(re.escape(name(case.model, n.number)) for n in case.model.scale)
    found = re.search(
        rf"(?:Level|Band)(?: range)? ((?:{names})(?: to (?:\d|{names}))?) "
        r".*? Score ([\d.]+(?: to [\d.]+)?) ",
        text,
    )
    assert found is not None, text
    return {LEVEL: found[1], SCORE: found[2]}


def portfolio(case: Case) -> Said:
    visitor = case.visit("portfolio")
    team = case.reading.team.name
    row = next(
        row
        for table in visitor.tables
        for row in table
        if row.get("Team") == team and "Whole model" in row
    )
    known = {c.name: c.name for c in case.model.categories} | {"Whole model": SCORE}
    return {known[column]: said for column, said in row.items() if column in known}


def portfolio_command(case: Case) -> Said:
    out = case.folder / "portfolio.csv"
    options = ["--model", case.model.id, "--quarter", str(QUARTER)]
    assert cli.main(["portfolio", *options, "--out", str(out)]) == 0
    rows = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    return of_numbers(
        case.model, next(r for r in rows if r["team"] == case.reading.team.name), ""
    )


def history_command(case: Case) -> Said:
    out = case.folder / "history.csv"
    team = ["--team", case.reading.team.name]
    assert cli.main(["history", "--format", "csv", *team, "--out", str(out)]) == 0
    said: Said = {}
    for row in csv.DictReader(out.read_text("utf-8-sig").splitlines()):
        if (row["model"], row["quarter"]) == (case.model.id, str(QUARTER)):
            said |= of_numbers(case.model, row, row["category_name"])
    return said


PLACES: dict[str, Callable[[Case], Said]] = {
    "Overview": overview,
    "Results": results,
    "Results, reasons": reasons,
    "Way up": way_up,
    "Progress": progress,
    "Through every model": through_every_model,
    "Among others": among_others,
    "Present": presented,
    "export --results --format csv": results_csv,
    "export --results --format json": results_json,
    "report --format pptx": slides,
    "report --format xlsx": workbook,
    "report --format pdf": printed,
    "report --format pdf --one-page": one_page,
    "report --format html": web_page,
    "history --format csv": history_command,
    "Portfolio": portfolio,
    "portfolio --format csv": portfolio_command,
}


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    """The demo teams; nothing here writes to them."""
    address = str(tmp_path_factory.mktemp("one") / "demo.duckdb")
    store = open_store(address)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATURITY_TODAY", TODAY)
        demo.load(Service(store, library.load()))
    store.close()
    return address


@pytest.fixture
def opened(database, monkeypatch) -> Iterator[Service]:
    """The demo teams, where pages and commands find them."""
    monkeypatch.setenv("MATURITY_DATABASE", database)
    monkeypatch.setenv("MATURITY_TODAY", TODAY)
    store = open_store(database)
    yield Service(store, library.load())
    store.close()
    choice._service.clear()
    choice._history.clear()


@pytest.fixture(params=CASES, ids=["levels with a range", "bands"])
def case(request, opened, tmp_path) -> Case:
    return Case(opened, read(opened, *request.param), tmp_path)


def read(service: Service, team: str, model: str) -> Reading:
    found = next(t for t in service.store.teams() if t.name == team)
    reading = service.reading(found, model, QUARTER)
    assert reading is not None
    return reading


@pytest.mark.parametrize("place", PLACES)
def test_a_place_says_what_the_engine_says(case, place):
    said, engine = PLACES[place](case), expected(case)

    assert len(said) > 1
    assert said == {key: engine[key] for key in said}


def test_the_command_scores_exported_answers_alike(case, capsys, monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", str(QUARTER.last_day))

    assert scored_by_command(case, capsys) == expected(case)


def test_the_two_quarters_are_a_range_and_a_band(opened):
    """Without a range, or without bands, the comparisons would prove little."""
    ranged, banded = (read(opened, *case).overall for case in CASES)

    assert ranged.lowest.level < ranged.highest.level
    assert banded.bands
