"""Slides, opened again by a reader of such files: the figures of the screen."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_AXIS_CROSSES, XL_MARKER_STYLE
from pptx.util import Inches
from printed import ONE_WORD, figures_of

from maturity import asking, cli, demo, library, storage, words
from maturity.quarter import Quarter
from maturity.report import brand, figures, slides
from maturity.report.slide_parts import Line, height
from maturity.report.text import plain
from maturity.scoring import shown
from maturity.service import Service

TODAY = "2026-11-24"
LIBRARY = library.load()
NAMES = "Recommendations and search for the marketplace, north and we"
HOSTILE = "=1+2 <b>_x_</b> & [a](b) \u202eabc \U0001f680 " + "long " * 4


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", TODAY)


def readings(service):
    for team in service.store.teams():
        for model in service.library.models:
            for reading in service.history(team, model)[-1:]:
                yield reading, service.history(team, model)


def opened(found):
    return Presentation(BytesIO(slides.deck(found, brand.read())))


def texts(deck):
    return [
        paragraph.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]


def charts(deck):
    return [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]


def test_every_headline_and_every_value_is_the_screens(told):
    count = 0
    for reading, history in readings(told):
        found = figures.gather(told, reading, history)
        deck = opened(found)

        titles = [slide.shapes.title.text for slide in deck.slides]
        for slide in found.told.slides:
            assert slide.headline in titles
        for chart in charts(deck)[::2]:
            scores = {s.name: s.values for s in chart.plots[0].series}
            drawn = scores[reading.quarter.label]
            categories = reading.result.categories.values()
            assert [f"{value:.1f}" for value in drawn] == [
                shown(score.lowest.tenths) for score in categories if score.lowest
            ]
        table = next(
            shape.table
            for slide in deck.slides
            for shape in slide.shapes
            if shape.has_table
        )
        said = [row.cells[1].text for row in table.rows][1:]
        assert said == [
            words.tenths(score) if score.lowest else "Not applicable"
            for score in reading.result.categories.values()
        ]
        count += 1
    assert count > 10


def test_the_trend_holds_every_submitted_quarter_and_leaves_gaps_open(told):
    for reading, history in readings(told):
        deck = opened(figures.gather(told, reading, history))
        chart = charts(deck)[1]
        names = list(chart.plots[0].categories)
        (drawn,) = [s for s in chart.plots[0].series if s.name == "Score"]
        by_quarter = dict(zip(names, drawn.values, strict=True))
        scored = {r.quarter.label: r.overall.lowest.tenths / 10 for r in history}
        assert {q: v for q, v in by_quarter.items() if v is not None} == scored


def test_charts_are_native_have_words_and_number_their_slides(told):
    reading, history = next(iter(readings(told)))
    data = slides.deck(figures.gather(told, reading, history), brand.read())

    with ZipFile(BytesIO(data)) as file:
        names = file.namelist()
        assert sum(name.startswith("ppt/embeddings/") for name in names) == 3
        assert not [name for name in names if name.startswith("ppt/media/")]
        slide = file.read("ppt/slides/slide1.xml").decode()
    assert 'descr="Score by category: ' in slide
    assert 'type="slidenum"' in slide


def test_text_from_people_stays_text(duck_store):
    service = Service(duck_store, LIBRARY)
    team = duck_store.add_team(HOSTILE, by="")
    quarter = Quarter(2026, 4)
    asking.write(service, team.id, "azure", quarter, f"{HOSTILE}\n@SUM(A1)", "")
    reading = service.draft(team, "azure", quarter)

    said = texts(opened(figures.gather(service, reading, [])))

    assert plain(HOSTILE) in said
    assert "1. @SUM(A1)" in said
    assert any(line.startswith(f"{plain(HOSTILE)} · Azure") for line in said)
    assert "A draft: not submitted yet, and it may still change." in said


@pytest.fixture
def database(told, monkeypatch, tmp_path):
    """The same demo for the command line, in a file of its own."""
    monkeypatch.setenv("MATURITY_DATABASE", str(tmp_path / "demo.duckdb"))
    store = storage.open_store(storage.database_address())
    demo.load(Service(store, LIBRARY))
    store.close()


def test_the_command_writes_the_deck_and_refuses_what_is_not_there(
    database, capsys, tmp_path
):
    out = tmp_path / "deck.pptx"
    base = ["report", "--format", "pptx", "--out", str(out)]

    def run(*arguments):
        return cli.main([*base, *arguments])

    assert run("--team", "credit scoring", "--model", "azure") == 0
    assert len(Presentation(str(out)).slides) == 6
    out.unlink()
    assert run("--team", "Nobody", "--model", "azure") == 2
    assert "There is no team 'Nobody'" in capsys.readouterr().err
    assert run("--team", "Credit scoring", "--model", "azur") == 2
    assert "did you mean azure?" in capsys.readouterr().err
    assert run("--team", "Credit scoring", "--model", "gigaom") == 2
    assert "Credit scoring has no assessment through gigaom" in capsys.readouterr().err
    wrong = ("--team", "Credit scoring", "--model", "azure", "--quarter", "Q3")
    assert run(*wrong) == 2
    assert "write it as 2026-Q4" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("name", ["Ads", ONE_WORD, NAMES])
@pytest.mark.parametrize("categories", [2, 8])
def test_every_text_fits_its_box(duck_store, name, categories):
    found = figures_of(
        duck_store, name=name, categories=categories, quarters=2, unknown=True
    )
    deck = opened(found)

    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                lines = [
                    Line(p.text, p.runs[0].font.size.pt, bold=p.runs[0].font.bold)
                    for p in shape.text_frame.paragraphs
                    if p.runs
                ]
                tall = height(lines, shape.width / Inches(1))
                assert tall <= shape.height / Inches(1), shape.text_frame.text
            if shape.has_table:
                assert shape.top + shape.height <= deck.slide_height
                assert all(len(row.cells[0].text) <= 36 for row in shape.table.rows)


def test_a_column_without_an_entry_is_left_out(duck_store):
    first = opened(figures_of(duck_store, categories=2, quarters=1))

    (table,) = [s.table for s in first.slides[2].shapes if s.has_table]

    assert [cell.text for cell in table.rows[0].cells] == [
        "Category",
        "Q4 2026",
        "Target",
    ]


def test_the_scale_of_the_bars_is_below_them_and_holds_no_target(duck_store):
    found = figures_of(duck_store, categories=2, quarters=2)

    shape, _, bars = charts(opened(found))

    for chart in (shape, bars):
        assert chart.value_axis._element.crosses.val == XL_AXIS_CROSSES.MAXIMUM
        assert "Target" not in [s.name for s in chart.plots[0].series]


def test_a_target_of_one_quarter_is_seen(duck_store):
    _, trend, _ = charts(opened(figures_of(duck_store, quarters=2)))

    (target,) = [s for s in trend.plots[0].series if s.name == "Target"]

    assert [value for value in target.values if value is not None] == [3]
    assert target.marker.style == XL_MARKER_STYLE.DASH


def test_the_middle_of_a_radar_holds_no_number_and_its_edge_has_room(duck_store):
    found = figures_of(duck_store, quarters=1, unknown=True)

    radar, _, _ = charts(opened(found))

    low = radar.plots[0].series[0]
    gone = low._element.xpath("c:dLbls/c:dLbl[c:delete/@val='1']/c:idx/@val")
    assert [int(at) for at in gone] == [
        at for at, value in enumerate(low.values) if value == 0
    ]
    assert gone
    assert 3 < radar.value_axis.maximum_scale < 4
