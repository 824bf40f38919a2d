"""The summary stays one page, whatever stands on it, and says what the screen says."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from printed import HOSTILE, ONE_WORD, OTHER_SCRIPTS, figures_of, places, squeezed
from pypdf import PdfReader

from maturity import cli, words
from maturity.answer import Answer, State
from maturity.asking import LONGEST
from maturity.quarter import Quarter
from maturity.report import brand, figures, one_page, pdf

TODAY = "2026-11-24"
LETTER = (612, 792)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", TODAY)


def printed(found) -> PdfReader:
    return PdfReader(BytesIO(pdf.summary(found, brand.read())))


def text(reader: PdfReader) -> str:
    return squeezed(reader.pages[0].extract_text())


def size(svg: str) -> tuple[int, int]:
    """Pixels of a drawing across and down."""
    width, height = re.search(r'width="(\d+)" height="(\d+)"', svg).groups()
    return int(width), int(height)


def sizes(reader: PdfReader) -> set[float]:
    """The sizes of all letters as they come out on the paper, in points."""
    found: set[float] = set()

    def seen(text, user, matrix, font, size):
        if text.strip():
            found.add(round(abs(size * matrix[3] * user[3]), 1))

    reader.pages[0].extract_text(visitor_text=seen)
    return found


def test_it_says_what_the_screen_says(told):
    team = next(t for t in told.store.teams() if t.name == "Product recommendations")
    history = told.history(team, "azure")
    found = figures.gather(told, history[-1], history)
    reading = found.reading

    reader = printed(found)
    said = text(reader)

    assert len(reader.pages) == 1
    drawn = one_page.summary(found, brand.read().colors).drawings
    assert size(drawn["trend.svg"]) == one_page.TREND
    assert size(drawn["radar.svg"])[0] == one_page.SHAPE[0]
    # The circle fills its drawing, but for the labels around it.
    labels = [
        float(y)
        for y in re.findall(r"translate\([\d.]+,([\d.]+)\)", drawn["radar.svg"])
    ]
    assert max(labels) - min(labels) > 200
    assert squeezed(found.told.verdict.sentence) in said
    assert squeezed(f"Score {words.tenths(reading.overall)}") in said
    for category in found.categories:
        row = [category.name, category.now.score, category.before.score, "Level 3"]
        assert squeezed("".join(row)) in said
    for slide in (found.told.far, found.told.back, found.told.ask):
        assert squeezed(slide.headline) in said
    for line in found.sure:
        assert squeezed(line) in said
    assert squeezed("Made on 24 Nov 2026") in said


@pytest.mark.parametrize(
    ("name", "categories", "quarters"),
    [(HOSTILE, 8, 12), (ONE_WORD, 14, 5), (OTHER_SCRIPTS, 2, 1)],
    ids=["many", "long", "few"],
)
def test_it_is_one_page_that_can_be_read(
    duck_store, monkeypatch, name, categories, quarters
):
    monkeypatch.setenv("MATURITY_PAPER", "letter")
    ask = "\n".join(["How we ask for very much " * 4] * 4)[:LONGEST]
    found = figures_of(
        duck_store, name=name, categories=categories, quarters=quarters, ask=ask
    )

    reader = printed(found)

    (page,) = reader.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == LETTER
    assert squeezed("A self-assessment: nobody from outside") in text(reader)
    assert min(sizes(reader)) >= 4.5
    assert all(20 < y < LETTER[1] - 20 for _, y in places(page))


def test_long_texts_are_cut_with_a_sign_and_lead_to_the_report(duck_store):
    ask = f"{'a long headline ' * 11}\nshort"
    found = figures_of(duck_store, name="W" * 60, categories=8, quarters=3, ask=ask)
    data = one_page.summary(found, brand.read().colors).data

    assert data["ask"].endswith("a long\u2026")
    assert len(data["ask"]) <= one_page.LINE
    assert data["asks"] == ["short"]
    assert data["aside"] == (
        "3 more steps in the report. "
        "Texts that end in \u2026 are in the report in full."
    )
    planned = [row[-1] for row in data["gaps"]["rows"]]
    assert planned == ["W" * 23 + "\u2026, by Q1 2027"] * one_page.GAPS


def test_the_shape_takes_no_more_height_than_it_needs(duck_store):
    found = figures_of(duck_store, quarters=2, unknown=True, long=False)

    drawings = one_page.summary(found, brand.read().colors).drawings

    assert size(drawings["radar.svg"])[1] < one_page.SHAPE[1]


def test_a_score_is_not_broken_in_two_lines(duck_store):
    found = figures_of(duck_store, categories=2, quarters=2, unknown=True, long=False)

    (page,) = printed(found).pages

    lines = page.extract_text().splitlines()
    assert any("Q4 2026" in line and "Q3 2026" in line for line in lines)
    assert any("0.0 to 3.0 0.0 to 3.0" in " ".join(line.split()) for line in lines)


def test_a_page_that_holds_everything_says_nothing_of_the_report(duck_store):
    found = figures_of(duck_store, categories=2, quarters=1, long=False)

    assert one_page.summary(found, brand.read().colors).data["aside"] == ""


def test_the_command_writes_one_page_on_either_paper(service, capsys, tmp_path):
    team = service.store.add_team("Search", by="")
    practice = service.library.definition("azure").asked[0]
    answer = Answer(State.RUNG, practice.rungs[0].id)
    service.answer(team.id, Quarter(2026, 4), practice.id, answer, "")
    service.store.close()
    out = tmp_path / "page.pdf"
    base = ["report", "--team", "Search", "--model", "azure", "--quarter", "2026-Q4"]
    base += ["--out", str(out), "--one-page"]

    assert cli.main([*base, "--format", "pptx"]) == 2
    assert "One page is written as PDF: give --format pdf." in capsys.readouterr().err
    assert not out.exists()
    assert cli.main([*base, "--format", "pdf", "--paper", "letter"]) == 0
    (page,) = PdfReader(out).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == LETTER
