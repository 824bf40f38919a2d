"""The report as PDF, opened by a reader of such files: the figures of the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from printed import HOSTILE, ONE_WORD, OTHER_SCRIPTS, figures_of, places, squeezed
from pypdf import PdfReader

from maturity import cli, library, reasons, words
from maturity.answer import Answer, State
from maturity.charts.quarters import labelled
from maturity.quarter import Quarter
from maturity.report import brand, chapters, figures, pdf
from maturity.report.figures import Figures
from maturity.report.text import cut, plain
from maturity.theme import palette

TODAY = "2026-11-24"
LIBRARY = library.load()


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", TODAY)


@pytest.fixture(scope="module")
def latest(told) -> Callable[[str], tuple[Figures, PdfReader]]:
    """The last quarter of a team through a model, and its report as it is read."""

    @cache
    def found(model: str) -> tuple[Figures, PdfReader]:
        for team in told.store.teams():
            history = told.history(team, model)
            if history and history[-1].overall.lowest:
                gathered = figures.gather(told, history[-1], history)
                return gathered, opened(gathered)
        raise AssertionError(f"the demo has no team through {model}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATURITY_TODAY", TODAY)
        yield found


def opened(found) -> PdfReader:
    return PdfReader(BytesIO(pdf.report(found, brand.read())))


class Said(str):
    """What is printed, in which a text is found wherever its lines are broken."""

    def __contains__(self, text: object) -> bool:
        return super().__contains__(squeezed(str(text)))


def text(reader: PdfReader) -> Said:
    return Said(squeezed(" ".join(page.extract_text() for page in reader.pages)))


@pytest.mark.parametrize("model", LIBRARY.models)
def test_every_figure_and_sentence_is_the_screens(latest, model):
    found, reader = latest(model)
    reading = found.reading
    definition, result = reading.definition, reading.result

    said = text(reader)

    assert found.told.verdict.sentence in said
    assert f"Score {words.tenths(reading.overall)}" in said
    assert words.level(reading.overall) in said
    for slide in found.told.slides:
        assert slide.headline in said
    for category in definition.model.informative:
        assert reasons.informative_category(result, category.id) in said
    for category in definition.model.deciding:
        score = result.categories[category.id]
        row = f"{category.name} {words.level(score)} {words.tenths(score)}"
        assert row in said
    for quarter in found.quarters:
        level, proven = quarter.now.level, labelled(quarter)["proven"]
        assert f"{quarter.quarter.label} {level} {proven} {quarter.now.score}" in said
    for hold in found.holds:
        assert hold.wanted in said
    for judged in result.judged:
        assert judged.criterion.text in said
        practice = definition.practices[judged.criterion.practice]
        assert reading.answer_text(practice) in said
    for note in found.notes:
        assert note in said


@pytest.mark.parametrize("model", LIBRARY.models)
def test_each_criterion_has_its_verdict(told, model):
    team = told.store.teams()[0]
    draft = told.draft(team, model, Quarter(2026, 3))

    tables = chapters.criteria(figures.gather(told, draft, []))
    printed = [row[-1]["text"] for table in tables for row in table["rows"]]

    judged = [reasons.VERDICTS[one.verdict] for one in draft.result.judged]
    assert sorted(printed) == sorted(judged)


def test_the_file_can_be_read_aloud_and_holds_its_font(latest):
    found, reader = latest("azure")
    root = reader.trailer["/Root"]

    assert reader.metadata.title == plain(found.title)
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    pages = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        assert page.extract_text().rstrip().endswith(f"{number} of {pages}")
    fonts = {
        font["/BaseFont"].split("+")[1]: font["/DescendantFonts"][0]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert set(fonts) == {"Inter-Regular", "Inter-SemiBold"}
    for font in fonts.values():
        assert font.get_object()["/FontDescriptor"]["/FontFile2"]


def test_charts_are_drawn_with_words_for_those_who_cannot_see_them(latest):
    found, reader = latest("azure")
    printed = chapters.report(found, palette("light"))

    assert set(printed.drawings) == {"radar.svg", "bars.svg", "trend.svg"}
    for drawn in printed.drawings.values():
        assert palette("light").token("current") in drawn.upper()
        assert "href" not in drawn
    assert not any("/Subtype /Image" in str(p["/Resources"]) for p in reader.pages)


def test_only_the_source_is_linked(latest):
    found, reader = latest("azure")
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    ]

    assert set(links) == {found.reading.definition.model.source.url}


def test_markup_of_any_kind_stays_text(duck_store):
    found = figures_of(
        duck_store, name=HOSTILE, categories=2, quarters=1, ask=f"{HOSTILE}\n=1+1 #x"
    )

    said = text(opened(found))

    assert said.count(squeezed(HOSTILE)) > 5
    assert "1. =1+1 #x" in said
    assert "A model with a #long *name*" in said
    assert "Chapter 1, <i>part1</i> #1" in said


def test_open_answers_in_two_categories_and_one_quarter_are_printed_as_ranges(
    duck_store,
):
    found = figures_of(
        duck_store, name=OTHER_SCRIPTS, categories=2, quarters=1, unknown=True
    )

    said = text(opened(found))

    assert words.tenths(found.reading.overall) == "0.0 to 0.5"
    assert "0.0 to 0.5" in said
    assert "This is our first quarter: Level 0." in said
    for word in ("Команда", "Ωμέγα"):
        assert word in said


def test_a_long_word_in_eight_categories_and_twelve_quarters_stays_on_the_page(
    duck_store,
):
    found = figures_of(duck_store, name=ONE_WORD, categories=8, quarters=12)

    reader = opened(found)

    assert "From Level 0 to Level 2 in 11 quarters." in text(reader)
    assert ONE_WORD in text(reader)
    width = float(reader.pages[0].mediabox.width)
    for page in reader.pages:
        assert all(50 < x < width - 50 for x, _ in places(page))


def test_a_small_table_stays_on_one_page(duck_store):
    said = text(opened(figures_of(duck_store, categories=3, quarters=6)))

    assert said.count(squeezed("Quarter Level With evidence Score")) == 1


def test_a_draft_says_that_it_is_one(told):
    team = told.store.teams()[0]
    history = told.history(team, "azure")
    draft = told.draft(team, "azure", history[-1].quarter)

    said = text(opened(figures.gather(told, draft, history)))

    assert "Draft" in said
    assert "A draft: not submitted yet, and it may still change." in said


def test_a_text_is_cut_at_a_word_with_a_clear_sign():
    assert cut("one two three", 20) == "one two three"
    assert cut("one two three", 9) == "one two\u2026"
    assert cut("W" * 30, 10) == "W" * 9 + "\u2026"
    assert plain("a\u202eb\x00\n c\ud800") == "ab c"


def test_the_command_writes_the_report(service, tmp_path, capsys):
    team = service.store.add_team("Search", by="")
    practice = service.library.definition("azure").asked[0]
    answer = Answer(State.RUNG, practice.rungs[0].id)
    service.answer(team.id, Quarter(2026, 4), practice.id, answer, "")
    service.store.close()
    out = tmp_path / "report.pdf"
    base = ["report", "--team", "Search", "--model", "azure", "--quarter", "2026-Q4"]

    assert cli.main([*base, "--format", "pdf", "--out", str(out)]) == 0

    assert "Search" in PdfReader(out).pages[0].extract_text()
    assert f"{out} is written" in capsys.readouterr().out
