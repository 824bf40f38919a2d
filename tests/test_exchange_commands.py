"""Export and import on the command line: what is written, shown and refused."""

import json

import pytest
from openpyxl import load_workbook

from maturity import cli, library, storage
from maturity.answer import Answer, State
from maturity.quarter import Quarter
from maturity.service import Service

QUARTER = Quarter(2026, 4)
CODE, TRACKING = "training.code", "training.tracking"


@pytest.fixture(autouse=True)
def database(monkeypatch, tmp_path):
    """A database with the teams Search and Fraud, and an answer."""
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")
    monkeypatch.setenv("MATURITY_DATABASE", str(tmp_path / "maturity.duckdb"))
    monkeypatch.chdir(tmp_path)
    opened(lambda service: service.store.add_team("Search", by=""))
    opened(lambda service: service.store.add_team("Fraud", by=""))
    say(CODE, Answer(State.RUNG, "some"))


def opened(use):
    store = storage.open_store(storage.database_address())
    found = use(Service(store, library.load()))
    store.close()
    return found


def team(service, name="Search"):
    return next(t for t in service.store.teams() if t.name == name)


def say(practice, answer):
    opened(lambda s: s.answer(team(s).id, QUARTER, practice, answer, ""))


def stored():
    return opened(lambda s: s.sheet(team(s).id, QUARTER).current())


def run(capsys, *arguments):
    assert cli.main(list(arguments)) == 0
    return capsys.readouterr().out


def refused(capsys, *arguments, status=2):
    assert cli.main(list(arguments)) == status
    return capsys.readouterr().err


def export(capsys, *arguments, name="answers.json", kind="json"):
    files = ("--format", kind, "--out", name)
    return run(capsys, "export", "--team", "search", *arguments, *files)


def test_answers_go_out_and_change_nothing_when_they_come_back(capsys):
    export(capsys, "--model", "azure")

    said = run(capsys, "import", "answers.json", "--team", "Search", "--yes")

    assert said.splitlines()[0] == "Search, Q4 2026: 0 to change, 25 unchanged"


def test_an_exported_file_is_scored_as_it_is(capsys, tmp_path):
    say(TRACKING, Answer(State.NOT_APPLICABLE, reason="No runs.", note="=1+1"))
    export(capsys, "--model", "google", "--quarter", "2026-Q4")

    said = json.loads(run(capsys, "score", "google", "answers.json"))

    assert (said["level"], said["range"]) == (0, {"lowest": 0, "highest": 1})
    assert 0 < said["coverage"] < 1


def test_a_mistake_in_an_exported_file_is_told_with_its_line(capsys, tmp_path):
    export(capsys, "--model", "google", "--quarter", "2026-Q4")
    text = (tmp_path / "answers.json").read_text("utf-8")
    (tmp_path / "answers.json").write_text(text.replace('"some"', '"most"'), "utf-8")
    line = next(n for n, part in enumerate(text.splitlines(), 1) if CODE in part)

    told = refused(capsys, "score", "google", "answers.json")

    assert f"answers.json, line {line}, {CODE}" in told


def test_a_workbook_is_shown_first_and_written_with_yes(capsys, tmp_path):
    export(capsys, "--model", "azure", name="q.xlsx", kind="xlsx")
    book = load_workbook("q.xlsx")
    page = book["Answers"]
    row = next(row for row in page.iter_rows() if row[-1].value == TRACKING)
    row[2].value = "We don't know"
    book.save("q.xlsx")

    said = run(capsys, "import", "q.xlsx", "--team", "Search")
    assert f"{TRACKING}: Not answered -> We don't know" in said
    assert "Nothing is written yet" in said
    assert TRACKING not in stored()

    assert "1 written" in run(capsys, "import", "q.xlsx", "--team", "Search", "--yes")
    assert stored()[TRACKING].state is State.UNKNOWN


def test_conflicts_wait_for_a_decision(capsys, tmp_path):
    export(capsys)
    text = json.loads((tmp_path / "answers.json").read_text("utf-8"))
    text["answers"][CODE]["rung"] = "all"
    (tmp_path / "answers.json").write_text(json.dumps(text), "utf-8")
    say(CODE, Answer(State.UNKNOWN))
    command = ("import", "answers.json", "--team", "Search", "--yes")

    assert "--conflicts" in refused(capsys, *command, status=1)
    run(capsys, *command, "--conflicts", "keep")
    assert stored()[CODE].state is State.UNKNOWN
    run(capsys, *command, "--conflicts", "take")
    assert stored()[CODE].rung == "all"


def test_results_of_every_model_go_out_with_their_drafts(capsys, tmp_path):
    export(capsys, "--results", name="results.json")

    found = json.loads((tmp_path / "results.json").read_text("utf-8"))

    assert [one["model"] for one in found] == ["azure", "gigaom", "google"]
    assert {one["state"] for one in found} == {"draft"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--team", "Serch", "--format", "csv"], "There is no team 'Serch'"),
        (["--team", "Search", "--format", "xlsx"], "give --model"),
        (
            ["--team", "Search", "--model", "azur", "--format", "csv"],
            "did you mean azure",
        ),
        (["--team", "Search", "--quarter", "Q4", "--format", "csv"], "write it as"),
        (
            ["--team", "Search", "--quarter", "9999-Q4", "--format", "csv"],
            "not past, present or next",
        ),
        (["--team", "Fraud", "--results", "--format", "csv"], "has no results"),
        (["--team", "Search", "--results", "--format", "xlsx"], "csv or json"),
    ],
)
def test_what_cannot_be_exported_is_told_and_writes_no_file(
    capsys, tmp_path, arguments, reason
):
    said = refused(capsys, "export", *arguments, "--out", "out.file")

    assert reason in said
    assert not (tmp_path / "out.file").exists()


def test_a_folder_that_is_not_there_is_told(capsys):
    said = refused(
        capsys,
        *("export", "--team", "Search", "--format", "csv", "--out", "no/where.csv"),
    )

    assert "cannot be written" in said


def test_the_file_of_another_team_and_a_missing_file_are_refused(capsys):
    export(capsys)

    said = refused(capsys, "import", "answers.json", "--team", "Fraud", "--yes")
    assert "was made for the team 'Search'" in said
    said = refused(capsys, "import", "none.json", "--team", "Search")
    assert "there is no such file" in said


def test_a_change_is_one_line_that_a_terminal_does_not_obey(capsys, tmp_path):
    given = {CODE: {"rung": "all", "note": "a\n\x1b[31mb"}}
    (tmp_path / "a.json").write_text(json.dumps(given), "utf-8")

    said = run(capsys, "import", "a.json", "--team", "Search")

    assert len(said.splitlines()) == 3
    assert "\x1b" not in said
