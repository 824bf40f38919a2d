"""When an assessment is due, and the calendar file of it."""

from datetime import date, datetime

import pytest
from icalendar import Calendar
from visitor import Visitor

from maturity import calendar_file, cli, library
from maturity.answer import Answer, State
from maturity.cadence import Review, Stage, review
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.team import Team

Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in (1, 2, 3, 4))
MOMENT = datetime(2026, 11, 24, 9, 30)
AZURE = library.load().definition("azure")


@pytest.mark.parametrize(
    ("submitted", "day", "expected"),
    [
        ([], date(2026, 11, 24), None),
        ([Q3], date(2026, 11, 24), Review("azure", Q4, Stage.AHEAD)),
        ([Q3], date(2026, 11, 30), Review("azure", Q4, Stage.AHEAD)),
        ([Q3], date(2026, 12, 1), Review("azure", Q4, Stage.DUE)),
        ([Q3], date(2026, 12, 31), Review("azure", Q4, Stage.DUE)),
        ([Q3], date(2027, 1, 1), Review("azure", Quarter(2027, 1), Stage.OVERDUE, Q4)),
        ([Q2], date(2026, 10, 1), Review("azure", Q4, Stage.OVERDUE, Q3)),
        ([Q1, Q4], date(2026, 11, 24), Review("azure", Quarter(2027, 1), Stage.AHEAD)),
    ],
)
def test_a_model_used_once_is_due_every_quarter(submitted, day, expected):
    assert review("azure", submitted, day) == expected


def event(name: str = "Fraud detection") -> bytes:
    team = Team("t1", name)
    found = Review("azure", Q4, Stage.AHEAD)
    return calendar_file.event(team, "Azure MLOps maturity model", found, MOMENT)


def test_a_calendar_program_reads_the_last_day_as_an_all_day_event_with_a_reminder():
    calendar = Calendar.from_ical(event())

    (read,) = calendar.walk("VEVENT")
    (alarm,) = calendar.walk("VALARM")
    assert read.decoded("DTSTART") == date(2026, 12, 31)
    assert read.decoded("DTEND") == date(2027, 1, 1)
    assert read["UID"] == "t1-azure-2026-Q4@mlops-maturity"
    assert read.decoded("DTSTAMP").replace(tzinfo=None) == MOMENT
    assert alarm.decoded("TRIGGER").days == -7
    assert str(read["SUMMARY"]) == (
        "Fraud detection: Azure MLOps maturity model assessment, Q4 2026"
    )


@pytest.mark.parametrize(
    "name",
    ["a;b,c\\n\\d", "Größe " * 12, "漢字" * 40, "x\r\nEND:VEVENT\r\nBEGIN:VEVENT"],
)
def test_any_name_of_a_team_comes_back_and_breaks_nothing(name):
    content = event(name)

    (read,) = Calendar.from_ical(content).walk("VEVENT")
    shown = name.replace("\r", "")
    assert str(read["SUMMARY"]).startswith(f"{shown}: Azure")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.fixture
def service(service) -> Service:
    """A team that submitted the second quarter."""
    team = service.store.add_team("Fraud detection", by="")
    practice = AZURE.asked[0]
    service.answer(team.id, Q2, practice.id, Answer(State.RUNG, practice.ladder[1]), "")
    service.submit(team.id, "azure", Q2, "", "")
    return service


@pytest.mark.page
def test_the_overview_says_what_is_overdue_and_offers_the_date(service):
    visitor = Visitor().open()

    assert visitor.reads("Azure is overdue")
    assert visitor.reads("Q3 2026 was not submitted. Submit it by 31 Dec 2026.")
    assert visitor.app.get("download_button")


@pytest.mark.page
def test_the_overview_names_what_is_late_by_other_models_too(service):
    team = service.store.teams()[0]
    google = service.library.definition("google").asked[0]
    service.answer(team.id, Q4, google.id, Answer(State.RUNG, google.ladder[1]), "")
    service.submit(team.id, "google", Q4, "", "")

    visitor = Visitor().open(team=team.id, model="google", quarter="2026-Q4")

    assert visitor.reads("Next review: Q1 2027")
    assert visitor.reads("Azure is overdue too: submit it by 31 Dec 2026")

    visitor = Visitor().open(team=team.id, model="azure", quarter="2026-Q2")
    assert visitor.reads("Azure is overdue")
    assert not visitor.reads("Google is")


def test_the_command_writes_the_file_of_the_next_review(service, tmp_path, capsys):
    service.store.close()
    out = tmp_path / "review.ics"
    asked = ["calendar", "--team", "fraud detection", "--model", "azure"]

    assert cli.main([*asked, "--out", str(out)]) == 0

    (read,) = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert read.decoded("DTSTART") == date(2026, 12, 31)
    asked[-1] = "google"
    assert cli.main([*asked, "--out", str(out)]) == 2
    assert "never submitted" in capsys.readouterr().err
