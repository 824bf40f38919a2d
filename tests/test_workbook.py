"""The report as a workbook, opened by a reader of such files: the screen's figures."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, LineChart, RadarChart
from printed import HOSTILE, figures_in, figures_of

from maturity import cli, library, reasons, words
from maturity.answer import Answer, State
from maturity.report import brand, text, workbook
from maturity.scoring import shown

TODAY = "2026-11-24"
LIBRARY = library.load()
SHEETS = ["Summary", "Categories", "Scores", "Criteria", "Answers", "History"]


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", TODAY)


def opened(found):
    return load_workbook(BytesIO(workbook.workbook(found, brand.read())))


def rows(page):
    """The rows of a table by the names of its columns."""
    names, *others = [[cell.value for cell in row] for row in page.iter_rows()]
    return [dict(zip(names, row, strict=True)) for row in others]


def assert_says(row, reading, score, target):
    """A row says what the screen does, as text and as numbers."""
    what = words.step_word(reading.definition.model).capitalize()
    assert row[what] == words.level(score)
    assert row["Score"] == words.tenths(score)
    for column, mark in (
        ("Lowest", score.lowest),
        ("Highest", score.highest),
        ("With evidence", score.evidenced),
    ):
        assert (row[column] is None) is (mark is None)
        if mark is not None:
            assert f"{row[column]:.1f}" == shown(mark.tenths)
    aim = words.level_number(reading.definition.model, target.level) if target else None
    assert row["Target"] == aim
    counts = [row[name] for name in ("Answered", "Asked", "Open", "Not applicable")]
    assert counts == [score.answered, score.asked, score.open, score.not_applicable]


@pytest.mark.parametrize("model", LIBRARY.models)
def test_every_score_of_every_quarter_is_the_screens(told, model):
    found = figures_in(told, model)
    book = opened(found)
    assert book.sheetnames == SHEETS

    told_rows = {(r["Quarter"], r["Category"]): r for r in rows(book["Scores"])}
    by_quarter = {row["Quarter"]: row for row in rows(book["History"])}
    now = {row["Category"]: row for row in rows(book["Categories"])}

    for reading in found.readings:
        label, target = reading.quarter.label, reading.targets.of()
        for row in (told_rows[label, "Whole model"], by_quarter[label]):
            assert_says(row, reading, reading.overall, target)
        for category in reading.definition.model.deciding:
            score = reading.result.categories[category.id]
            row = told_rows[label, category.name]
            assert_says(row, reading, score, reading.targets.of(category.id))
            if reading is found.reading:
                assert_says(
                    now[category.name], reading, score, reading.targets.of(category.id)
                )
    asked = len(found.reading.definition.model.deciding) + 1
    assert len(told_rows) == len(found.readings) * asked


@pytest.mark.parametrize("model", LIBRARY.models)
def test_criteria_and_answers_are_the_screens(told, model):
    found = figures_in(told, model)
    reading = found.reading
    book = opened(found)

    criteria = {row["Id"]: row for row in rows(book["Criteria"])}
    answers = {row["Id"]: row for row in rows(book["Answers"])}

    assert len(criteria) == len(reading.result.judged)
    for judged in reading.result.judged:
        row = criteria[judged.criterion.id]
        practice = reading.definition.practices[judged.criterion.practice]
        assert row["Verdict"] == reasons.VERDICTS[judged.verdict]
        assert row["Criterion"] == judged.criterion.text
        assert row["Source"] == judged.criterion.cites
        assert row["Answer"] == reading.answer_text(practice)
    assert set(answers) == {p.id for p in reading.definition.asked}
    for practice in reading.definition.asked:
        row, answer = answers[practice.id], reading.answers.get(practice.id)
        assert row["Answer"] == reading.answer_text(practice)
        assert row["Link to evidence"] == ((answer.link or None) if answer else None)
        assert row["Evidence counts"] == (
            None
            if answer is None
            else "Yes"
            if answer.evidenced(reading.quarter)
            else "No"
        )


def test_the_points_of_tests_add_up_to_the_score_of_their_section(told):
    found = figures_in(told, "ml-test-score")

    given = rows(opened(found)["Criteria"])

    for category in found.reading.definition.model.deciding:
        score = found.reading.result.categories[category.id]
        points = [row["Points"] for row in given if row["Category"] == category.name]
        assert f"{sum(points):.1f}" == shown(score.lowest.tenths)


def test_the_summary_says_what_the_story_says(told):
    found = figures_in(told, "azure")

    page = opened(found)["Summary"]

    said = [str(row[1].value) for row in page.iter_rows()]
    assert page["A1"].value == found.title
    assert said[1] == found.told.verdict.sentence
    for slide in found.told.slides[1:]:
        assert slide.headline in said
    for note in found.notes:
        assert note in said


def test_charts_are_native_and_draw_the_cells(told):
    found = figures_in(told, "azure")
    book = opened(found)

    shape, trend = book["Summary"]._charts
    (bars,) = book["Categories"]._charts

    kinds = [type(chart) for chart in (shape, trend, bars)]
    assert kinds == [RadarChart, LineChart, BarChart]
    drawn = [c.now.lowest.tenths / 10 for c in found.categories]
    for chart in (shape, bars):
        assert values(book, chart.series[0]) == drawn
        assert names(chart)[0] == found.reading.quarter.label
    scored = [q.now.lowest.tenths / 10 for q in found.quarters]
    assert values(book, trend.series[0]) == scored
    assert names(trend)[0] == "Score"


def names(chart):
    return [series.tx.v for series in chart.series]


def values(book, series):
    sheet, _, area = series.val.numRef.f.rpartition("!")
    cells = book[sheet.strip("'")][area.replace("$", "")]
    return [cell.value for (cell,) in cells]


def test_a_quarter_without_an_assessment_stays_empty_and_editions_stay_apart(
    duck_store,
):
    found = figures_of(duck_store, quarters=5, long=False)
    gap, *later = found.readings[1:]
    older = found.readings[0]
    changed = older.definition.model.model_copy(update={"edition": "2019"})
    older = replace_model(older, changed)
    found = with_readings(found, (older, *later))

    page = opened(found)["History"]

    history = rows(page)
    assert [row["State"] for row in history].count("Not assessed") == 1
    assert history[1] == {
        **dict.fromkeys(history[1]),
        "Quarter": gap.quarter.label,
        "State": "Not assessed",
    }
    apart = [
        (row["Score, edition 2019"], row["Score, edition 2026"]) for row in history
    ]
    assert [old is None for old, _ in apart] == [False, True, True, True, True]
    assert [new is None for _, new in apart] == [True, True, False, False, False]


def replace_model(reading, model):
    return replace(reading, definition=replace(reading.definition, model=model))


def with_readings(found, readings):
    return replace(found, readings=readings)


def test_a_range_stands_as_text_and_as_two_numbers(duck_store):
    found = figures_of(duck_store, quarters=2, unknown=True)

    book = opened(found)

    last = rows(book["History"])[-1]
    assert last["Score"] == words.tenths(found.reading.overall)
    assert " to " in last["Score"]
    assert last["Lowest"] < last["Highest"]
    (shape, trend) = book["Summary"]._charts
    for chart in (shape, trend):
        assert text.BEST in names(chart)


def test_two_categories_make_bars_and_not_a_line(duck_store):
    shape, _ = opened(figures_of(duck_store, categories=2, quarters=1))[
        "Summary"
    ]._charts

    assert isinstance(shape, BarChart)


def test_text_from_people_is_text_and_never_a_formula(duck_store):
    formula = '=HYPERLINK("https://example.org","here")'
    found = figures_of(
        duck_store,
        name=f"={HOSTILE}"[:60],
        categories=3,
        quarters=1,
        ask="+1\n@SUM(A1)",
    )
    reading = found.reading
    asked = reading.definition.asked[0].id
    note = Answer(State.RUNG, "rung1", note=f"{formula}\n\x1b-2", link=formula)
    found = with_reading(found, {**reading.answers, asked: note})

    book = opened(found)

    for page in book.worksheets:
        for row in page.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"]
    answered = {row["Id"]: row for row in rows(book["Answers"])}[asked]
    assert answered["Note"] == f"{formula}\n-2"
    assert answered["Link to evidence"] == formula
    assert not book["Answers"]._hyperlinks
    said = [row[1].value for row in book["Summary"].iter_rows()]
    assert "@SUM(A1)" in said
    assert "+1" in said


def with_reading(found, answers):
    return replace(found, reading=replace(found.reading, answers=answers))


def test_a_long_title_has_the_lines_it_takes_and_no_logo_without_one(duck_store):
    short, long = (
        opened(figures_of(duck_store, name=name, quarters=1))["Summary"]
        for name in ("Ads", "A team of many words " * 2)
    )

    assert short["A1"].alignment.wrap_text
    assert long.row_dimensions[1].height > short.row_dimensions[1].height
    assert not short._images


def test_tables_keep_their_names_in_sight_and_print_across_the_page(duck_store):
    book = opened(figures_of(duck_store, quarters=1))

    for page in book.worksheets:
        assert page.page_setup.orientation == "landscape"
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.paperSize == 9
        down = 1 if page.title == "Summary" else 0
        assert page.page_setup.fitToHeight == down
    for name in SHEETS[1:]:
        page = book[name]
        assert page.freeze_panes == "B2"
        assert page.print_title_rows == "$1:$1"
        for row in page.iter_rows(min_row=2):
            texts = [cell for cell in row if isinstance(cell.value, str)]
            assert all(cell.alignment.wrap_text for cell in texts)


def test_the_command_writes_the_workbook(told, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("MATURITY_DATABASE", told.store.database.shown)
    out = tmp_path / "report.xlsx"

    command = ["report", "--team", "Credit scoring", "--model", "azure"]
    assert cli.main([*command, "--format", "xlsx", "--out", str(out)]) == 0

    assert load_workbook(out).sheetnames == SHEETS
