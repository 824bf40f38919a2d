"""Answers out and in, as a visitor meets them on Assess and Results."""

import io

import pytest
from openpyxl import load_workbook
from visitor import Visitor

from maturity.answer import Answer, State
from maturity.exchange import outgoing, workbook
from maturity.quarter import Quarter
from maturity.team import Team

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)
CODE, TRACKING = "training.code", "training.tracking"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def team(service) -> Team:
    team = service.store.add_team("Search", by="")
    service.answer(team.id, NOW, CODE, Answer(State.RUNG, "some"), "")
    return team


@pytest.fixture
def home() -> str:
    return "assess"


def filled(service, team, **answers) -> bytes:
    """The questionnaire of Azure with sentences or notes written into it."""
    data = workbook.write(outgoing.sheet(service, team, "azure", NOW))
    book = load_workbook(io.BytesIO(data))
    for row in book["Answers"].iter_rows(min_row=4):
        if row[-1].value in answers:
            row[2].value, row[4].value = answers[row[-1].value]
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def bring(visitor: Visitor, data: bytes, name: str = "q.xlsx") -> Visitor:
    visitor.app.file_uploader[0].set_value((name, data, XLSX)).run()
    return visitor


def current(service, team):
    return service.sheet(team.id, NOW).current()


def test_assess_and_results_offer_every_file(visit, team):
    assess, results = visit("assess", model="azure"), visit("results", model="azure")

    labels = [button.label for button in assess.app.download_button]
    assert labels == [
        "Questionnaire of Azure as XLSX",
        "Answers as CSV",
        "Answers as JSON",
    ]
    labels = [button.label for button in results.app.download_button]
    assert labels[:8] == [
        "One page as PDF",
        "Report as PDF",
        "Slides for PowerPoint",
        "Report as a web page",
        "Workbook with charts",
        "Charts as SVG and PNG",
        "Results as CSV",
        "Results as JSON",
    ]
    assert len(labels) == 11


def test_progress_offers_the_history_once_there_is_one(visit, service, team):
    assert not visit("progress", model="azure").app.download_button
    service.submit(team.id, "azure", NOW, "", "")

    labels = [b.label for b in visit("progress", model="azure").app.download_button]

    assert labels == [
        "This team as CSV",
        "This team as Parquet",
        "All teams as CSV",
        "All teams as Parquet",
    ]


def test_a_look_that_cannot_be_used_says_so_in_place_of_the_files(
    visit, team, monkeypatch
):
    monkeypatch.setenv("MATURITY_ACCENT", "#FFCC00")

    results = visit("results", model="azure")

    assert results.reads("MATURITY\\_ACCENT is \\#FFCC00, too pale to read on white")
    labels = [button.label for button in results.app.download_button]
    assert labels[0] == "Results as CSV"


def test_a_file_is_shown_taken_in_and_undone(visit, service, team):
    note = "*Loud* <b>note</b>"
    data = filled(service, team, **{TRACKING: ("We don't know", note)})
    before = current(service, team)

    visitor = bring(visit("assess", model="azure"), data)

    assert visitor.reads("1 answer in this file differs")
    assert visitor.reads(f"We don't know; note: {note}")
    assert note not in "".join(visitor.markdown)
    assert current(service, team) == before

    visitor.click("take-in")
    assert current(service, team)[TRACKING] == Answer(State.UNKNOWN, note=note)
    assert visitor.reads("1 answer taken in and saved.")
    assert not visitor.reads("in this file")

    visitor.click("undo-taken")
    assert current(service, team) == before


def test_a_conflict_keeps_what_is_here_unless_the_file_is_chosen(visit, service, team):
    rungs = service.practice(CODE).rungs
    data = filled(service, team, **{CODE: (rungs[2].text, None)})
    service.answer(team.id, NOW, CODE, Answer(State.RUNG, rungs[0].id), "")

    visitor = bring(visit("assess", model="azure"), data)

    assert visitor.reads("1 answer changed here after the file was made")
    take = next(b for b in visitor.app.button if b.key == "take-in")
    assert take.disabled
    visitor.app.checkbox[0].check().run()
    visitor.click("take-in")
    assert current(service, team)[CODE].rung == rungs[2].id


def test_an_answer_that_moves_while_the_preview_is_open_stops_it(visit, service, team):
    data = filled(service, team, **{CODE: ("We don't know", None)})
    visitor = bring(visit("assess", model="azure"), data)
    newer = Answer(State.RUNG, service.practice(CODE).rungs[0].id)
    service.answer(team.id, NOW, CODE, newer, "")

    visitor.click("take-in")

    assert visitor.reads("Nothing was taken in: somebody has just changed")
    assert current(service, team)[CODE] == newer


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xlsx", b"PK\x03\x04", "is damaged or cut off"),
        ("a.json", b'{"<b>x</b>": "all"}', "there is no practice '<b>x</b>'"),
        ("a.csv", b"practice,answer\ntraining.code,\xff", "is not UTF-8"),
    ],
)
def test_a_wrong_file_is_told_and_changes_nothing(
    visit, service, team, name, data, reason
):
    before = current(service, team)

    visitor = bring(visit("assess", model="azure"), data, name)

    assert visitor.reads("This file was not taken in; nothing is changed")
    assert visitor.reads(reason)
    assert "<b>" not in "".join(visitor.markdown)
    assert current(service, team) == before


def test_a_file_that_says_nothing_new_says_so(visit, service, team):
    visitor = bring(visit("assess", model="azure"), filled(service, team))

    assert visitor.reads("says what is here already")
    assert "take-in" not in [button.key for button in visitor.app.button]


def test_results_without_answers_export_nothing_and_a_file_starts_them(visit, service):
    team = service.store.add_team("New", by="")
    data = filled(service, team, **{CODE: ("We don't know", None)})

    assert not visit("results", model="azure").app.download_button
    bring(visit("assess", model="azure"), data).click("take-in")

    assert list(current(service, team)) == [CODE]
