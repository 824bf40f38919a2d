"""A real server and a real browser: what a person at the screen would meet.

A page fails its test on any request to another host, on any error in the page and on
any traceback on screen; a failed test leaves a picture in `test-artifacts`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "test-artifacts"
TIMEOUT = 30_000

READY = """
() => document.querySelector('[data-testid=stApp]')
        ?.getAttribute('data-test-script-state') === 'notRunning'
   && !document.querySelector('[data-testid=stSkeleton]')
   && !document.querySelector('[data-stale=true]')
"""


@dataclass
class Server:
    """The dashboard, started as the README says, on a database of its own."""

    database: Path
    today: str = "2026-11-24"
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        self.port = _free_port()
        environment = os.environ | {
            "MATURITY_DATABASE": str(self.database),
            "MATURITY_TODAY": self.today,
        }
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        options = {
            "server.address": "127.0.0.1",
            "server.port": str(self.port),
            "server.headless": "true",
            "server.fileWatcherType": "none",
        }
        for name, value in options.items():
            command += [f"--{name}", value]
        with (self.database.parent / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        for _ in range(200):
            with contextlib.suppress(URLError, ConnectionError):
                urlopen(f"{self.url}/_stcore/health", timeout=1).close()
                return self
            time.sleep(0.1)
        raise TimeoutError("the server did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=20)
            self.process = None

    def move_to(self, today: str) -> None:
        """The same database on another day."""
        self.stop()
        self.today = today
        self.start()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server nobody has opened yet, on an empty database."""
    server = Server(tmp_path / "maturity.duckdb").start()
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


@dataclass
class Watched:
    """What went wrong behind a page's back."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and (
            parts.hostname != "127.0.0.1"
        ):
            self.foreign.append(request.url)


@pytest.fixture
def open_page(browser: Browser, request) -> Iterator[Callable[..., Page]]:
    """Open an address in a browser of its own: `open_page(url, width=390)`."""
    watched, pages = Watched(), []

    def open_(
        url: str, *, width: int = 1280, height: int = 900, scheme: str = "light"
    ) -> Page:
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        page.set_default_timeout(TIMEOUT)
        page.on("request", watched.request)
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        pages.append(page)
        page.goto(url)
        ready(page)
        return page

    yield open_
    failed = getattr(request.node, "failed", False)
    tracebacks = [
        p.url for p in pages if p.locator("[data-testid=stException]").count()
    ]
    for number, page in enumerate(pages):
        if failed or tracebacks:
            ARTIFACTS.mkdir(exist_ok=True)
            page.screenshot(path=ARTIFACTS / f"{request.node.name}-{number}.png")
        page.close()
    assert not watched.foreign, f"requests to another host: {watched.foreign}"
    assert not watched.errors, f"errors in the page: {watched.errors}"
    assert not tracebacks, f"tracebacks on screen: {tracebacks}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


def ready(page: Page) -> None:
    """Wait until the script has run and everything it drew is there."""
    page.wait_for_selector("[data-testid=stApp]")
    page.wait_for_function(READY)
    page.wait_for_timeout(150)
    page.wait_for_function(READY)
