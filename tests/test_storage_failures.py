"""What can go wrong with a database: a plain message, and nothing lost.

Every failure here is real: a process is killed, a disk limit is reached, a file is
damaged, another user may not write. Nothing is simulated inside the store.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from maturity import schema, storage
from maturity.storage import (
    DamagedError,
    DiskFullError,
    FolderError,
    InUseError,
    NewerVersionError,
    ReadOnlyError,
    UnreachableError,
)

ROOT = Path(__file__).parents[1]

PRELUDE = """
import random, resource, sys
from datetime import datetime
from pathlib import Path
from maturity import storage
from maturity.answer import Answer, State
from maturity.team import NewAnswer

def new(team, note=""):
    answer = Answer(State.RUNG, "schedule", note=note)
    return NewAnswer(team, "2026-Q4", "p", answer, "ana", datetime(2026, 11, 24))

def room(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
"""


def python(script, *args):
    """Start a Python process that runs the script, with the store at hand."""
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + script, *map(str, args)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(script, *args):
    """What a script prints, once it has ended well."""
    out, error = python(script, *args).communicate(timeout=60)
    assert not error, error
    return out.split("\n")[:-1]


@pytest.fixture
def path(tmp_path) -> Path:
    """A database file with one team."""
    path = tmp_path / "maturity.duckdb"
    store = storage.open_store(str(path))
    store.add_team("Fraud", by="")
    store.close()
    return path


# Killed

SAVE_UNTIL_KILLED = """
store = storage.open_store(sys.argv[1])
team = store.teams()[0].id
while True:
    print(store.append([new(team)])[0].row.seq, flush=True)
"""


@pytest.mark.slow
def test_a_process_killed_while_saving_loses_nothing_it_had_acknowledged(path):
    acknowledged = []
    for round_ in range(5):
        process = python(SAVE_UNTIL_KILLED, path)
        acknowledged += [int(process.stdout.readline()) for _ in range(40 + round_)]
        process.send_signal(signal.SIGKILL)
        # Not communicate(), which would miss the lines that readline() has buffered.
        rest = process.stdout.read()
        process.communicate()
        whole_lines = rest[: rest.rfind("\n") + 1]
        acknowledged += [int(seq) for seq in whole_lines.split()]

        store = storage.open_store(str(path))
        team = store.teams()[0]
        kept = [row.seq for row in store.history(team.id, "p")]
        assert set(acknowledged) <= set(kept)
        assert len(kept) <= len(acknowledged) + round_ + 1
        assert store.changes(team.id) == len(kept) + 1
        store.close()


# In use

HOLD = """
store = storage.open_store(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
print(store.append([new(store.teams()[0].id)])[0].row.seq, flush=True)
"""


@pytest.mark.slow
def test_a_second_process_is_told_who_has_the_file_and_the_first_goes_on(path):
    holder = python(HOLD, path)
    holder.stdout.readline()

    with pytest.raises(InUseError, match=f"in use by process {holder.pid}") as raised:
        storage.open_store(str(path))

    out, error = holder.communicate("go on\n", timeout=60)
    assert raised.value.pid == holder.pid
    assert (out, error) == ("1\n", "")


# The folder


def test_a_missing_folder_is_created(tmp_path):
    path = tmp_path / "not" / "yet" / "maturity.duckdb"

    storage.open_store(str(path)).close()

    assert path.is_file()


def test_a_folder_that_cannot_be_created_is_named_with_the_reason(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(FolderError) as raised:
        storage.open_store(str(tmp_path / "file" / "maturity.duckdb"))

    assert str(raised.value) == (
        f"The folder {tmp_path / 'file'} cannot be used for the database (File exists)."
        " Nothing is lost: nothing was written. Create the folder, or set"
        " MATURITY_DATABASE to a file in a folder that you can write to."
    )


# Read-only

TELL = """
import os
if os.geteuid() == 0:  # root may write everywhere
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    store = storage.open_store(sys.argv[1])
    print("open", [team.name for team in store.teams()])
    store.append([new(store.teams()[0].id)])
except storage.StoreError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def open_folder():
    """A folder whose path every user may walk; those of pytest are closed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield folder
        folder.chmod(0o755)


@pytest.mark.slow
def test_a_file_that_may_not_be_written_is_named(path, open_folder):
    file = Path(shutil.copy(path, open_folder / "locked.duckdb"))
    file.chmod(0o444)
    open_folder.chmod(0o555)

    (told,) = said(TELL, file)

    assert told.startswith(f"ReadOnlyError The database {file} cannot be written to (")
    assert "Permission denied). Nothing that was saved is lost" in told


@pytest.mark.slow
def test_where_the_folder_may_not_be_written_reading_works_and_saving_is_told(
    path, open_folder
):
    file = Path(shutil.copy(path, open_folder / "locked.duckdb"))
    file.chmod(0o666)
    open_folder.chmod(0o555)

    opened, told = said(TELL, file)

    assert opened == "open ['Fraud']"
    assert told.startswith("ReadOnlyError")


# Damaged

DAMAGES = {
    "no database": lambda content: b"Dear diary" * 3000,
    "empty": lambda content: b"",
    "sqlite": lambda content: b"SQLite format 3\0" + bytes(8000),
    "cut in its head": lambda content: content[:5000],
    "cut in half": lambda content: content[: len(content) // 2],
    "overwritten": lambda content: content[:4096] + bytes(len(content) - 4096),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_named_and_left_as_it_is(path, damage):
    path.write_bytes(damage(path.read_bytes()))
    content = path.read_bytes()

    with pytest.raises(DamagedError) as raised:
        storage.open_store(str(path)).teams()

    assert str(raised.value).startswith(f"The file {path} is damaged or is no database")
    assert path.read_bytes() == content


LEAVE_WITHOUT_CLOSING = """
import os
store = storage.open_store(sys.argv[1])
for _ in range(3):
    store.append([new(store.teams()[0].id)])
os._exit(0)
"""


@pytest.mark.slow
def test_a_damaged_write_ahead_file_is_told_and_kept(path):
    said(LEAVE_WITHOUT_CLOSING, path)
    wal = path.with_name(f"{path.name}.wal")
    content = bytearray(wal.read_bytes())
    content[-12] ^= 255
    wal.write_bytes(content)

    with pytest.raises(DamagedError, match=r"Corrupt WAL file.*ending in \.wal"):
        storage.open_store(str(path))

    assert wal.read_bytes() == content


# No room

FILL_UP = """
store = storage.open_store(sys.argv[1])
team = store.teams()[0].id
store.append([new(team)])
room(int(sys.argv[2]))
saved, failed = 1, 0
note, count = int(sys.argv[3]), int(sys.argv[4])
while failed < 3:
    rows = [new(team, random.randbytes(note // 2).hex()) for _ in range(count)]
    try:
        saved += len(store.append(rows))
    except storage.DiskFullError as error:
        failed, told = failed + 1, error
        assert len(store.history(team, "p")) == saved
print(told)
room(resource.RLIM_INFINITY)
saved += len(store.append([new(team)]))
print(saved, len(store.history(team, "p")))
store.close()
print(len(storage.open_store(sys.argv[1]).history(team, "p")))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "note", "count"),
    [
        pytest.param(400_000, 2_000, 1, id="while saving"),
        pytest.param(20_000_000, 10_000, 100, id="while tidying up"),
    ],
)
def test_a_full_disk_loses_nothing_saved_and_saving_goes_on_when_there_is_room(
    path, size, note, count
):
    told, saved, reopened = said(FILL_UP, path, size, note, count)

    assert told.startswith(f"There is no room left on the disk of the database {path}")
    assert "what you just entered is not saved" in told
    assert saved.split()[0] == saved.split()[1] == reopened


COMMITTED_AND_NOT_TIDIED = """
from maturity.storage.duck import DuckDatabase
database = DuckDatabase(Path(sys.argv[1]))
with database.transaction() as execute:
    execute("create table filler (content text)")
room(20_000_000)
fill = \"\"\"
insert into filler
select md5(n || $1) || md5(n || 'x' || $1) || repeat('y', 300) from range(3000) as t (n)
\"\"\"
saved = 0
while not database._broken:
    with database.transaction() as execute:
        execute(fill, [str(saved)])
    saved += 3000
print(saved, *database.read("select count(*) from filler")[0])
"""


@pytest.mark.slow
def test_what_was_committed_before_the_disk_was_full_counts_as_saved(tmp_path):
    (counts,) = said(COMMITTED_AND_NOT_TIDIED, tmp_path / "filler.duckdb")

    saved, found = counts.split()
    assert saved == found


# A newer version


def test_a_database_of_a_newer_version_is_refused_untouched(address):
    store = storage.open_store(address)
    newer = [*schema.STEPS, ("create table of_tomorrow (id text)",)]
    schema.migrate(store.database, newer)
    store.close()
    file = Path(address)
    content = file.read_bytes() if file.is_file() else None

    with pytest.raises(NewerVersionError, match=r"newer version.*left untouched"):
        storage.open_store(address)

    assert content is None or file.read_bytes() == content
    assert not file.with_suffix(".duckdb.wal").exists()


# PostgreSQL


def test_a_server_that_does_not_answer_is_named_without_the_password(tmp_path):
    address = f"postgresql://ana:secret@/maturity?host={tmp_path}"

    with pytest.raises(UnreachableError) as raised:
        storage.open_store(address)

    assert str(raised.value).startswith(
        f"The database maturity on {tmp_path} cannot be reached (connection"
    )
    assert "secret" not in str(raised.value)


def test_a_database_that_the_server_does_not_have_is_named(postgres):
    with pytest.raises(UnreachableError, match='database "elsewhere" does not exist'):
        storage.open_store(postgres.replace("/postgres?", "/elsewhere?"))


def test_an_address_with_a_mistake_is_told_without_the_password():
    with pytest.raises(UnreachableError) as raised:
        storage.open_store("postgresql://ana:sec ret@host/name")

    assert "not written as postgresql://user:password@host/name" in str(raised.value)
    assert "sec" not in str(raised.value)


def test_a_lost_connection_costs_nobody_an_answer(postgres, postgres_address):
    store = storage.open_store(postgres_address)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where pid <> pg_backend_pid() and backend_type = 'client backend'"
        )

    assert store.add_team("Fraud", by="") in store.teams()
    store.close()


def test_a_user_who_may_not_write_is_told(postgres, postgres_address):
    storage.open_store(postgres_address).close()
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("drop role if exists reader")
        connection.execute("create role reader login")
        connection.execute("grant pg_read_all_data to reader")
    store = storage.open_store(postgres_address.replace("postgres:@", "reader:@"))

    with pytest.raises(ReadOnlyError, match="permission denied"):
        store.add_team("Fraud", by="")

    assert store.teams() == []
    store.close()


WITHOUT_DRIVER = """
sys.modules["psycopg"] = None
try:
    storage.open_store("postgresql://ana:secret@host/maturity")
except storage.DriverMissingError as error:
    print(error)
"""


@pytest.mark.slow
def test_without_the_driver_the_message_says_how_to_install_it():
    (told,) = said(WITHOUT_DRIVER)

    assert told.endswith('Install it with: pip install "mlops-maturity[postgres]"')
    assert "secret" not in told


def test_no_failure_reaches_into_other_files(duck_store):
    with pytest.raises(Exception, match="disabled by configuration"):
        duck_store.database.read("select * from read_csv('/etc/hostname')")
    with pytest.raises(Exception, match="configuration has been locked"):
        duck_store.database.read("set enable_external_access = true")


def test_every_message_says_that_nothing_is_lost():
    errors = [
        InUseError(Path("a"), None),
        FolderError(Path("a"), "b"),
        ReadOnlyError("a", "b"),
        DamagedError(Path("a"), "b"),
        DiskFullError("a"),
        NewerVersionError("a", "b", "c"),
        UnreachableError("a", "b"),
        storage.DriverMissingError("a"),
    ]

    assert all(" lost" in str(error) for error in errors)
