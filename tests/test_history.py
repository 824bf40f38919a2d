"""The history as rows for other programs, read by DuckDB: the figures of the screen."""

from __future__ import annotations

import csv
import io

import duckdb
import pytest

from maturity import cli, grouping, library, storage
from maturity.answer import Answer, State
from maturity.exchange import history
from maturity.quarter import Quarter
from maturity.scoring import shown
from maturity.service import Service

TODAY = "2026-11-24"
LIBRARY = library.load()
QUARTER = Quarter(2026, 4)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", TODAY)


def parquet(rows, tmp_path):
    """The rows as DuckDB reads them out of the file."""
    path = tmp_path / "history.parquet"
    path.write_bytes(history.history_parquet(rows))
    with duckdb.connect() as connection:
        found = connection.execute(f"select * from '{path}'")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def csv_rows(rows):
    text = history.history_csv(rows).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def tenths(value):
    return None if value is None else f"{value:.1f}"


def test_every_figure_of_every_submitted_quarter_is_the_screens(told, tmp_path):
    found = {
        (row["team"], row["model"], row["quarter"], row["category"]): row
        for row in parquet(history.rows(told), tmp_path)
    }

    for team in told.store.teams():
        for model in LIBRARY.models:
            for reading in told.history(team, model):
                scores = {"": reading.overall, **reading.result.categories}
                for category, score in scores.items():
                    row = found.pop((team.name, model, str(reading.quarter), category))
                    low, high = score.lowest, score.highest
                    aim = reading.targets.of(category or None)
                    assert row["level_lowest"] == low.level
                    assert row["level_highest"] == high.level
                    assert tenths(row["score_lowest"]) == shown(low.tenths)
                    assert tenths(row["score_highest"]) == shown(high.tenths)
                    assert tenths(row["evidenced_score"]) == shown(
                        score.evidenced.tenths
                    )
                    assert row["target_level"] == (aim.level if aim else None)
                    assert row["answered"] + row["open"] == row["asked"] == score.asked
                    assert row["not_applicable"] == score.not_applicable
                    assert row["submitted_at"] == reading.submitted.at
                    assert row["quarter_ends"] == reading.quarter.last_day
                    assert row["demo"]
    assert not found


def test_csv_holds_the_same_rows(told, tmp_path):
    rows = list(history.rows(told))

    read = csv_rows(rows)

    assert list(read[0]) == list(history.COLUMNS)
    for one, other in zip(parquet(rows, tmp_path), read, strict=True):
        assert other["score_lowest"] == (tenths(one["score_lowest"]) or "")
        assert other["demo"] == str(one["demo"]).lower()
        assert other["quarter_ends"] == one["quarter_ends"].isoformat()
        assert other["submitted_at"] == one["submitted_at"].isoformat(
            timespec="seconds"
        )


@pytest.fixture
def service(store):
    return Service(store, LIBRARY)


def submit(service, team, quarter=QUARTER):
    practice = LIBRARY.definition("azure").asked[0]
    answer = Answer(State.RUNG, practice.ladder[-1])
    service.answer(team.id, quarter, practice.id, answer, "")
    return service.submit(team.id, "azure", quarter, "", "")


def test_the_last_revision_counts_and_drafts_are_left_out(service, tmp_path):
    team = service.store.add_team("Search", by="")
    submit(service, team)
    submit(service, team)
    service.start(team.id, "google", QUARTER, "", "")

    rows = parquet(history.rows(service), tmp_path)

    assert {(row["model"], row["revision"]) for row in rows} == {("azure", 2)}
    assert len(rows) == 1 + len(LIBRARY.models["azure"].categories)
    assert rows[0]["category"] == rows[0]["category_name"] == ""
    assert rows[0]["score_lowest"] < rows[0]["score_highest"]


def test_one_team_can_be_asked_for_and_archived_ones_are_marked(service, tmp_path):
    names = ("Search", "Fraud")
    search, fraud = (service.store.add_team(name, by="") for name in names)
    for team in (search, fraud):
        submit(service, team)
    service.store.archive_team(fraud.id, "")

    both = parquet(history.rows(service), tmp_path)
    one = parquet(history.rows(service, search), tmp_path)

    assert {(row["team"], row["archived"]) for row in both} == {
        ("Search", False),
        ("Fraud", True),
    }
    assert {row["team"] for row in one} == {"Search"}


def test_a_team_is_in_the_group_of_that_quarter(service, tmp_path):
    team = service.store.add_team("Search", by="")
    moved = QUARTER.shift(-1)
    group = grouping.create(service, "Retail", "", moved, "").group
    grouping.move_teams(service, [team.id], group, moved, "")
    for quarter in (QUARTER.shift(-2), QUARTER):
        submit(service, team, quarter)

    rows = parquet(history.rows(service), tmp_path)

    assert {(row["quarter"], row["team_group"]) for row in rows} == {
        ("2026-Q2", ""),
        ("2026-Q4", "Retail"),
    }


def test_the_oldest_quarter_comes_first(service, tmp_path):
    team = service.store.add_team("Search", by="")
    for back in (0, 2, 1):
        submit(service, team, QUARTER.shift(-back))

    quarters = [row["quarter"] for row in parquet(history.rows(service), tmp_path)]

    assert quarters == sorted(quarters)
    assert len(set(quarters)) == 3


def test_names_that_look_like_formulas_are_text(service, tmp_path):
    submit(service, service.store.add_team("=1+1", by=""))

    rows = list(history.rows(service))

    assert csv_rows(rows)[0]["team"] == "'=1+1"
    assert parquet(rows, tmp_path)[0]["team"] == "=1+1"


def test_the_commands_write_both_files_and_say_what_is_not_there(
    monkeypatch, tmp_path, capsys
):
    monkeypatch.setenv("MATURITY_DATABASE", str(tmp_path / "maturity.duckdb"))
    monkeypatch.chdir(tmp_path)
    store = storage.open_store(storage.database_address())
    team = store.add_team("Search", by="")
    store.close()

    def run(*arguments):
        return cli.main(["history", *arguments])

    assert run("--format", "csv", "--out", "h.csv") == 2
    assert "No team has ever submitted anything" in capsys.readouterr().err
    assert not (tmp_path / "h.csv").exists()
    store = storage.open_store(storage.database_address())
    submit(Service(store, LIBRARY), team)
    store.close()
    assert run("--format", "csv", "--out", "h.csv") == 0
    assert run("--format", "parquet", "--team", "search", "--out", "h.parquet") == 0
    assert run("--format", "csv", "--team", "Nobody", "--out", "n.csv") == 2
    assert "There is no team 'Nobody'" in capsys.readouterr().err
    with duckdb.connect() as connection:
        for name in ("h.csv", "h.parquet"):
            counted = connection.execute(f"select count(*) from '{tmp_path / name}'")
            assert counted.fetchone()[0] == 1 + len(LIBRARY.models["azure"].categories)
