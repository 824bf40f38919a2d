"""Reviewed evidence: who may say it, what ends it, and what files carry of it."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
import small
from openpyxl import load_workbook

from maturity import library, reviews
from maturity.answer import Answer, State
from maturity.backing import Backing, backing, to_renew
from maturity.exchange import changes, outgoing, table_reader, tables, workbook
from maturity.quarter import Quarter
from maturity.service import RefusedError, Service

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
LIBRARY = library.load()
AZURE = LIBRARY.definition("azure")
CODE = "training.code"
LADDER = AZURE.practices[CODE].ladder
SAID = Answer(
    State.RUNG, LADDER[1], link="https://example.org", evidence_on=date(2026, 10, 2)
)
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def november(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", str(TODAY))


@pytest.fixture
def service(duck_store):
    return Service(duck_store, LIBRARY)


@pytest.fixture
def team(service):
    return service.store.add_team("Search", by="")


@pytest.fixture
def ana(service):
    return service.store.person("Ana Lima")


@pytest.fixture
def ben(service):
    return service.store.person("Ben Okoro")


def say(service, team, by, answer=SAID, quarter=Q4):
    return service.answer(team.id, quarter, CODE, answer, by).row


def current(service, team, quarter=Q4):
    return service.sheet(team.id, quarter).answers[CODE]


def test_another_person_reviews_the_evidence_and_the_answer_stays(
    service, team, ana, ben
):
    row = say(service, team, ana)

    reviews.review(service, row, ben)

    assert current(service, team).answer == replace(
        SAID, reviewed_by=ben, reviewed_on=TODAY
    )


def test_whoever_gave_the_evidence_cannot_review_it(service, team, ana, ben):
    row = say(service, team, ana)
    noted = say(service, team, ben, replace(SAID, note="See the second page."))

    with pytest.raises(RefusedError, match="Ask somebody else"):
        reviews.review(service, noted, ana)
    reviews.review(service, noted, ben)  # a note gives no evidence

    assert reviews.given_by(service, row) == {ana}


def test_an_answer_kept_from_an_earlier_quarter_is_of_those_who_gave_and_kept_it(
    service, team, ana, ben
):
    say(service, team, ana, quarter=Q3)
    service.keep(team.id, Q4, [CODE], ben)

    assert reviews.given_by(service, current(service, team)) == {ana, ben}


def test_a_review_needs_a_name_evidence_and_an_unchanged_answer(
    service, team, ana, ben
):
    row = say(service, team, ana)
    with pytest.raises(RefusedError, match="needs a name"):
        reviews.review(service, row, "")
    bare = say(service, team, ana, replace(SAID, link=""))
    with pytest.raises(RefusedError, match="no evidence to review"):
        reviews.review(service, bare, ben)
    with pytest.raises(RefusedError, match="just changed"):
        reviews.review(service, row, ben)


@pytest.mark.parametrize(
    "parts",
    [
        {"rung": LADDER[2]},
        {"state": State.UNKNOWN},
        {"link": "https://example.org/other"},
        {"evidence_on": date(2026, 11, 3)},
        {"valid_until": date(2027, 1, 1)},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_review_ends_with_what_it_was_of(parts):
    reviewed = replace(SAID, reviewed_by="ben", reviewed_on=TODAY)

    changed = reviewed.but(**parts)

    assert not changed.reviewed
    assert changed == replace(SAID, **parts)


def test_a_review_outlives_a_note_and_a_kept_quarter():
    reviewed = replace(SAID, reviewed_by="ben", reviewed_on=TODAY)

    assert reviewed.but(note="New.").reviewed
    assert reviewed.but(state=State.KEPT).reviewed


def test_only_what_claims_something_is_counted(service, team, ana, ben):
    first = replace(SAID, rung=LADDER[0])
    assert backing(AZURE, {CODE: first}, Q4) == Backing(0, 0, 0)
    assert backing(AZURE, {CODE: SAID}, Q4) == Backing(1, 1, 0)
    reviewed = replace(SAID, reviewed_by=ben, reviewed_on=TODAY)
    assert backing(AZURE, {CODE: reviewed}, Q4) == Backing(1, 1, 1)
    # What only an informative criterion asks for decides nothing.
    informative = {"marvelous.47": replace(SAID, rung="yes")}
    assert backing(LIBRARY.definition("marvelous"), informative, Q4) == Backing(0, 0, 0)
    # Old evidence backs nothing, and neither does the review of it.
    assert backing(AZURE, {CODE: reviewed}, Quarter(2027, 4)) == Backing(1, 0, 0)


def test_what_decides_no_level_is_not_counted():
    definition = small.definition(
        [
            small.criterion("data", 1, "pipeline", "scripted"),
            small.criterion("data", 1, "checks", "scripted", gating=False),
        ]
    )
    said = small.rung("scripted", date(2026, 10, 2))

    found = backing(definition, {"pipeline": said, "checks": said}, Q4)

    assert found == Backing(claims=1, backed=1, reviewed=0)


def test_only_claims_that_decide_and_run_out_by_the_end_are_to_be_renewed():
    definition = small.definition(
        [
            small.criterion("data", 1, "pipeline", "scripted"),
            small.criterion("data", 1, "checks", "scripted"),
            small.criterion("data", 1, "labels", "scripted"),
            small.criterion("data", 1, "versions", "scripted", gating=False),
        ]
    )
    answers = {
        "pipeline": small.rung("scripted", date(2026, 5, 31)),
        "checks": small.rung("scripted", date(2026, 5, 1), date(2026, 11, 1)),
        "labels": small.rung("by-hand", date(2026, 1, 1)),
        "versions": small.rung("scripted", date(2026, 1, 1)),
    }

    found = to_renew(definition, answers, Q4)

    assert [(one.practice.id, one.until) for one in found] == [
        ("checks", date(2026, 11, 1)),
        ("pipeline", date(2026, 11, 30)),
    ]
    lasting = small.rung("scripted", date(2026, 6, 30), Q4.last_day)
    assert to_renew(definition, {"pipeline": lasting}, Q4) == []


# Files


@pytest.fixture
def files(service, team, ana, ben):
    """A reviewed answer in every format, by file name."""
    reviews.review(service, say(service, team, ana), ben)
    rows = service.sheet(team.id, Q4).answers
    names = outgoing.reviewers(service, rows)
    asked = [AZURE.practices[CODE]]
    return {
        "a.xlsx": workbook.write(outgoing.sheet(service, team, "azure", Q4)),
        "a.csv": tables.answers_csv(team, Q4, asked, rows, names),
        "a.json": tables.answers_json(team, Q4, asked, rows, names),
    }


def read(service, team, name, data):
    taken = table_reader.read(name, data, LIBRARY.practices)
    return changes.preview(service, team, Q4, taken)


def test_every_format_says_who_reviewed_and_when(files):
    (line,) = csv.DictReader(io.StringIO(files["a.csv"].decode("utf-8-sig")))
    assert (line["reviewed_by"], line["reviewed_on"]) == ("Ben Okoro", "2026-11-24")
    said = json.loads(files["a.json"])["answers"][CODE]["reviewed"]
    assert said == {"by": "Ben Okoro", "on": "2026-11-24"}
    page = load_workbook(io.BytesIO(files["a.xlsx"]))["Answers"]
    cells = {cell.value for row in page for cell in row}
    assert "2026-11-24, Ben Okoro" in cells


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.json"])
def test_a_file_that_changes_nothing_leaves_the_review(service, team, files, name):
    seen = read(service, team, name, files[name])

    assert (seen.changes, seen.conflicts) == ((), ())


def test_no_file_brings_a_review_in(service, team, ana):
    say(service, team, ana)
    rows = service.sheet(team.id, Q4).answers
    data = json.loads(tables.answers_json(team, Q4, [AZURE.practices[CODE]], rows, {}))
    data["answers"][CODE] |= {
        "note": "Forged.",
        "reviewed": {"by": "Ben Okoro", "on": "2026-11-24"},
    }

    (change,) = read(service, team, "a.json", json.dumps(data).encode()).changes

    assert change.answer == replace(SAID, note="Forged.")


def test_a_file_that_changes_the_link_ends_the_review_and_says_so(service, team, files):
    data = files["a.csv"].replace(b"https://example.org", b"https://example.org/new")

    (change,) = read(service, team, "a.csv", data).changes

    assert not change.answer.reviewed
    assert "reviewed" in change.was
    assert "reviewed" not in change.becomes
