"""A real server and a real browser: what a person at the screen would meet.

Every page is watched. A request to another host, an error of a script or an exception
on screen fails the test, even one that has gone again by the time the test ends; a
failed test leaves a picture in `test-artifacts`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.harness import ready
from tests.server import HERE, ROOT, TODAY, Server

ARTIFACTS = ROOT / "test-artifacts"
TIMEOUT = 30_000
"""Milliseconds to wait for what must come: other tests may keep the machine busy."""
expect.set_options(timeout=TIMEOUT)
WATCH = """
const told = new WeakSet();
new MutationObserver(() => {
  const shown = '[data-testid=stException], .st-key-page-error';
  for (const element of document.querySelectorAll(shown)) {
    if (told.has(element)) continue;
    told.add(element);
    // Its text may still be on the way.
    setTimeout(() => window.tellProblem('On screen: ' + element.innerText), 50);
  }
}).observe(document, {childList: true, subtree: true});
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server on an empty database, which the test starts once that is arranged."""
    server = Server(tmp_path / "maturity.duckdb")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory) -> Iterator[Server]:
    """One server on an empty database, for every test that leaves it empty."""
    server = Server(tmp_path_factory.mktemp("empty") / "maturity.duckdb").start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory) -> Path:
    """A file with the demo teams; a test that writes takes a copy."""
    from maturity import demo, library
    from maturity.service import Service
    from maturity.storage import open_store

    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    store = open_store(str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATURITY_TODAY", TODAY)  # the servers' day, not this machine's
        demo.load(Service(store, library.load()))
    store.close()
    return path


@pytest.fixture(scope="session")
def demo_server(demo_database, tmp_path_factory) -> Iterator[Server]:
    """One server on the demo teams, for every test that only looks."""
    folder = tmp_path_factory.mktemp("demo-server")
    server = Server(Path(shutil.copy(demo_database, folder))).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def problems() -> list[str]:
    """What the pages did wrong; a test that provokes it clears the list."""
    return []


@pytest.fixture
def open_page(browser, problems, request) -> Iterator[Callable[..., Page]]:
    """Open an address as a visitor of its own: `open_page(url, width=390)`."""
    pages: list[Page] = []

    def open_(
        url: str, *, width: int = 1280, height: int = 900, scheme: str = "light"
    ) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        pages.append(page)
        page.set_default_timeout(TIMEOUT)
        page.expose_function("tellProblem", lambda text: problems.append(text))
        page.add_init_script(WATCH)
        page.on("request", lambda asked: _stay_here(asked.url, problems))
        page.on("websocket", lambda opened: _stay_here(opened.url, problems))
        page.on("pageerror", lambda error: problems.append(f"In a script: {error}"))
        page.goto(url)
        return ready(page)

    yield open_
    if problems or getattr(request.node, "failed", False):
        _keep_pictures(request.node.name, pages)
    for page in pages:
        page.close()
    assert not problems, "\n".join(problems)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


def _stay_here(url: str, problems: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.hostname != HERE:
        problems.append(f"A request to another host: {url}")


def _keep_pictures(test: str, pages: list[Page]) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    name = re.sub(r"[^\w-]+", "-", test).strip("-")
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=ARTIFACTS / f"{name}-{number}.png", full_page=True)
