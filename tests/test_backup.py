"""A full backup: everything goes out and comes back; a wrong file changes nothing."""

import gzip
import io
import json
import zipfile
from datetime import date, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from maturity import backup, cli, demo, library, schema, storage
from maturity.answer import Answer, State
from maturity.backup import BackupError
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.storage import LookOnlyError, NotEmptyError, RowRefusedError, look_only
from maturity.storage.copying import Kind

QUARTER = Quarter(2026, 4)
LIBRARY = library.load()
NASTY = 'a "b"\n\u2028 =1+1 \U0001f680 \\ <b>'


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")


@pytest.fixture
def small(tmp_path) -> bytes:
    """The backup of one team with an answer."""
    store = storage.open_store(str(tmp_path / "small.duckdb"))
    team = store.add_team("Fraud", by="")
    answer = Answer(State.RUNG, "some", note=NASTY)
    Service(store, LIBRARY).answer(team.id, QUARTER, "training.code", answer, "")
    data = written(store)
    store.close()
    return data


def written(store):
    return b"".join(backup.lines(store))


def restored(data, address):
    return backup.restore("b.jsonl", io.BytesIO(data), address)


def backed_up(address):
    store = storage.open_store(address)
    try:
        return written(store)
    finally:
        store.close()


def signed(*lines):
    """Lines with an end that says that they are whole."""
    body = b"".join(line + b"\n" for line in lines)
    end = {"rows": len(lines) - 1, "sha256": sha256(body).hexdigest()}
    return body + json.dumps(end, separators=(",", ":")).encode() + b"\n"


def fill_every_table(store):
    """Two rows in each table, and a third without what may be empty."""
    number = count(1)
    with store.copy() as copy:
        columns = copy.columns
    samples = {
        Kind.TEXT: lambda: f"{NASTY} {next(number)}",
        Kind.INTEGER: lambda: next(number),
        Kind.NUMBER: lambda: next(number) / 8,
        Kind.BOOLEAN: lambda: next(number) % 2 == 0,
        Kind.TIME: lambda: datetime(2026, 11, 24, 9, 30, 0, next(number)),
        Kind.DAY: lambda: date(2026, 11, 1 + next(number) % 28),
    }
    with store.database.transaction() as execute:
        for table, its in columns.items():
            places = ", ".join(f"${place}" for place in range(1, len(its) + 1))
            for sparse in (False, False, True):
                row = [
                    None if sparse and c.optional else samples[c.kind]() for c in its
                ]
                execute(f"insert into {table} values ({places})", row)
    return columns


@pytest.mark.parametrize("target", ["duckdb", "postgres"])
def test_every_row_of_every_table_comes_back_byte_for_byte(
    store, target, request, tmp_path
):
    into = str(tmp_path / "restored.duckdb")
    if target == "postgres":
        into = request.getfixturevalue("other_schema")
    columns = fill_every_table(store)
    made = written(store)

    filled = restored(made, into)

    assert backed_up(into) == made
    assert filled == {t: 4 if t == "change_counters" else 3 for t in columns}


@pytest.fixture
def other_schema(postgres) -> str:
    """A second empty database on the server."""
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("create schema restored")
    yield f"{postgres}&options=-csearch_path%3Drestored"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("drop schema restored cascade")


def test_no_table_is_forgotten(store):
    found = store.database.read(
        "select table_name from information_schema.tables "
        "where table_schema = current_schema()"
    )

    with store.copy() as copy:
        assert {name for (name,) in found} - {"schema_versions"} == set(copy.columns)


def test_restored_teams_read_as_before(duck_store, tmp_path):
    before = Service(duck_store, LIBRARY)
    demo.load(before)

    restored(written(duck_store), str(tmp_path / "new.duckdb"))

    after = Service(storage.open_store(str(tmp_path / "new.duckdb")), LIBRARY)
    teams = before.store.teams()
    assert after.store.teams() == teams
    assert len(teams) > 5
    for team in teams:
        assert after.store.plan(team.id) == before.store.plan(team.id)
        assert after.sheet(team.id, QUARTER) == before.sheet(team.id, QUARTER)
        for model in LIBRARY.models:
            assert after.history(team, model) == before.history(team, model)
    after.store.close()


def test_what_is_answered_after_a_restore_is_newer_than_what_was_restored(
    small, tmp_path
):
    restored(small, str(tmp_path / "new.duckdb"))

    store = storage.open_store(str(tmp_path / "new.duckdb"))
    (team,) = store.teams()
    service = Service(store, LIBRARY)
    service.answer(team.id, QUARTER, "training.code", Answer(State.UNKNOWN), "")
    assert (
        service.sheet(team.id, QUARTER).current()["training.code"].state
        is State.UNKNOWN
    )
    store.close()


def test_a_backup_holds_one_moment(store):
    store.add_team("Fraud", by="")
    lines = backup.lines(store)
    head = next(lines)

    store.add_team("Search", by="")

    whole = b"".join([head, *lines])
    assert b"Fraud" in whole
    assert b"Search" not in whole


def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    store, address, monkeypatch, tmp_path
):
    with monkeypatch.context() as patch:
        patch.setattr(schema, "STEPS", schema.STEPS[:3])
        database = storage._connect(str(tmp_path / "old.duckdb"))
        schema.migrate(database, schema.STEPS)
        old = storage.Store(database)
        old.add_team("Fraud", by="")
        made = written(old)
        old.close()
    store.close()

    restored(made, address)  # an empty database that has the newest tables already

    store = storage.open_store(address)
    (team,) = store.teams()
    assert team.name == "Fraud"
    assert store.links(team.id) == []
    store.close()


def test_a_database_that_holds_something_is_left_as_it_is(store, address, small):
    store.add_team("Search", by="")
    before = written(store)
    store.close()

    with pytest.raises(NotEmptyError, match="holds something already"):
        restored(small, address)

    assert backed_up(address) == before


def test_tables_of_another_program_are_left_alone(small, tmp_path):
    import duckdb

    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("create table teams (goals hugeint)")

    with pytest.raises(NotEmptyError):
        restored(small, str(path))

    with duckdb.connect(str(path)) as other:
        assert other.execute("select goals from teams").fetchall() == []


def lines_of(data):
    return data.splitlines()[:-1]


def changed(data, **head):
    first, *rest = lines_of(data)
    return signed(json.dumps({**json.loads(first), **head}).encode(), *rest)


def with_team(data, **columns):
    """The backup with a value of the first row of `teams` changed, and signed anew."""
    first, row, *rest = lines_of(data)
    team = {**json.loads(row)["teams"], **columns}
    return signed(first, json.dumps({"teams": team}).encode(), *rest)


def zipped(data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.jsonl", data)
    return packed.getvalue()


WRONG = {
    "an empty file": (lambda d: b"", "is no backup"),
    "a picture": (lambda d: b"\x89PNG\r\n\x1a\n" + d, "is no backup"),
    "a file of answers": (
        lambda d: b'{"format": "mlops-maturity answers"}\n',
        "is no backup",
    ),
    "a gzip file": (gzip.compress, "is packed"),
    "a zip file": (zipped, "is packed"),
    "cut within a line": (lambda d: d[:-200], "cut off"),
    "cut before the end": (
        lambda d: b"\n".join(lines_of(d)) + b"\n",
        "its last line is missing",
    ),
    "a row left out": (
        lambda d: b"\n".join(line for line in d.split(b"\n") if b"Fraud" not in line),
        "checksum does not match",
    ),
    "a letter changed": (lambda d: d.replace(b"Fraud", b"Fraut"), "checksum does not"),
    "more after its end": (lambda d: d + b"{}\n", "stands after the end"),
    "a newer schema": (
        lambda d: changed(d, schema=len(schema.STEPS) + 1),
        "made by a newer version",
    ),
    "a newer format": (lambda d: changed(d, version=2), "made by a newer version"),
    "no schema": (lambda d: changed(d, schema="six"), "'schema' is 'six'"),
    "other tables": (lambda d: changed(d, tables={}), "not those of its schema"),
    "an unknown table": (
        lambda d: signed(*lines_of(d), b'{"users": {}}'),
        "is no row of a table",
    ),
    "a list for a row": (lambda d: signed(*lines_of(d), b"[1]"), "is no JSON object"),
    "deep nesting": (
        lambda d: signed(*lines_of(d), b"[" * 100_000),
        "nested too deeply",
    ),
    "a column too many": (lambda d: with_team(d, admin=True), "not the columns"),
    "a wrong type": (
        lambda d: with_team(d, demo="no"),
        "line 2: teams.demo is 'no', and should be true or false",
    ),
    "a time that is none": (
        lambda d: with_team(d, saved_at="soon"),
        "should be a time in UTC",
    ),
    "an empty value": (lambda d: with_team(d, name=None), "should be text"),
    "half a character": (lambda d: with_team(d, name="\ud800"), "should be text"),
    "bytes that are no text": (
        lambda d: signed(*lines_of(d), b'{"teams": "\xff"}'),
        "is not UTF-8",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_refused_and_leaves_nothing_behind(
    small, tmp_path, spoil, said
):
    target = tmp_path / "target" / "new.duckdb"

    with pytest.raises(BackupError, match=r"b\.jsonl") as refused:
        restored(spoil(small), str(target))

    assert said in str(refused.value)
    assert not target.exists()


def test_rows_that_contradict_each_other_are_refused(small, store, address):
    first, row, *rest = lines_of(small)
    store.close()

    with pytest.raises(RowRefusedError, match="row of teams cannot be stored"):
        restored(signed(first, row, row, *rest), address)

    store = storage.open_store(address)
    assert store.teams() == []
    store.close()


def test_a_line_without_an_end_does_not_fill_the_memory(small, tmp_path, monkeypatch):
    monkeypatch.setattr(backup, "LONGEST_LINE", 4_000)
    first, *rest = lines_of(small)

    with pytest.raises(BackupError, match="line 2: is longer than any line"):
        restored(signed(first, b"x" * 5_000, *rest), str(tmp_path / "new.duckdb"))


def test_whoever_may_only_look_gets_no_backup(duck_store):
    with pytest.raises(LookOnlyError):
        written(look_only(duck_store))


@pytest.fixture
def command(monkeypatch, tmp_path, capsys):
    """Run a command beside a database with one team; its status and what it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MATURITY_DATABASE", "maturity.duckdb")
    store = storage.open_store("maturity.duckdb")
    store.add_team("Fraud", by="")
    store.close()

    def run(*arguments):
        status = cli.main(list(arguments))
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_the_commands_write_a_backup_and_put_it_into_a_new_database(
    command, monkeypatch, tmp_path
):
    assert command("backup", "--out", "b.jsonl")[0] == 0
    status, said = command("restore", "b.jsonl", "--into", "new.duckdb")

    assert status == 0
    assert "teams: 1\n" in said
    assert (tmp_path / "b.jsonl").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("MATURITY_DATABASE", "new.duckdb")
    assert command("teams") == (0, "Fraud\n")


def test_the_commands_say_what_cannot_be(command, tmp_path):
    assert "no/b.jsonl cannot be written" in command("backup", "--out", "no/b.jsonl")[1]
    missing = command("restore", "none.jsonl", "--into", "new.duckdb")
    assert missing == (2, "none.jsonl cannot be read: No such file or directory\n")
    Path("wrong.jsonl").write_text("{}\n", "utf-8")
    status, said = command("restore", "wrong.jsonl", "--into", "new.duckdb")
    assert status == 2
    assert "is no backup of this program" in said
    assert not Path("new.duckdb").exists()


@pytest.mark.page
def test_teams_offers_a_backup_once_there_is_something(visit, service):
    assert not visit("teams").app.get("download_button")
    service.store.add_team("Fraud", by="")

    buttons = visit("teams").app.get("download_button")

    assert "Download a backup" in [button.proto.label for button in buttons]
