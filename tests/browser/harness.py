"""What a browser journey is made of: a real server, and waiting for a page.

The server is started as the README says, on loopback, with a home and a database of
its own, so that nothing of the person who runs the tests is read or changed.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
HERE = "127.0.0.1"
TODAY = "2026-11-24"

IDLE = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const idle = app?.getAttribute('data-test-script-state') === 'notRunning'
    && app.getAttribute('data-test-connection-state') === 'CONNECTED'
    && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
    && document.fonts.status === 'loaded';
  if (!idle) { window.idleSince = undefined; return false; }
  window.idleSince ??= performance.now();
  return performance.now() - window.idleSince > 150;
}"""
"""Quiet for a moment: right after a click the script has not even begun."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Server:
    """The dashboard in a process of its own; only one may have a database file."""

    database: Path
    today: str = TODAY
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.port}"

    @property
    def log(self) -> Path:
        return self.database.with_suffix(".log")

    def start(self) -> Server:
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
        for _ in range(3):  # another process may take the port in between
            self.port = free_port()
            options = {
                "server.address": HERE,
                "server.port": str(self.port),
                "server.headless": "true",
                "server.fileWatcherType": "none",
            }
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    [*command, *(f"--{name}={options[name]}" for name in options)],
                    cwd=self.database.parent,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            if answers(self.url, self.process):
                return self
            self.stop()
        raise RuntimeError(f"The dashboard did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        """End this server and no other."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def move_to(self, today: str) -> None:
        """The same database on another day."""
        self.stop()
        self.today = today
        self.start()

    def _environment(self) -> dict[str, str]:
        return clean_environment(self.database.parent) | {
            "MATURITY_DATABASE": str(self.database),
            "MATURITY_TODAY": self.today,
        }


def clean_environment(home: Path) -> dict[str, str]:
    """This environment without the settings of whoever runs the tests."""
    ours = ("STREAMLIT_", "MATURITY_", "XDG_")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(ours)}
    return kept | {"HOME": str(home)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
    return port


def answers(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> bool:
    """Wait for a server's first sign of life; whether it came."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(f"{url}/_stcore/health", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def ready(page: Page) -> Page:
    """Wait until the script has run and everything it drew is there."""
    page.evaluate("window.idleSince = undefined")
    page.wait_for_function(IDLE, polling=50, timeout=30_000)
    return page


def violations(page: Page, ignore: tuple[str, ...] = ()) -> list[str]:
    """What axe finds serious or critical, but for rules named with a reason."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [
        f"{rule['impact']}, {rule['id']}: {node['html']}"
        for rule in found
        if rule["impact"] in ("serious", "critical") and rule["id"] not in ignore
        for node in rule["nodes"]
    ]
