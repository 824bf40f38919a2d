"""A real server in a process of its own, on loopback.

It has a home and a database of its own, so that nothing of the person who runs the
tests is read or changed, and it ends its own process and no other.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
HERE = "127.0.0.1"
TODAY = "2026-11-24"
STREAMLIT = (sys.executable, "-m", "streamlit", "run")


@dataclass
class Server:
    """The dashboard, started as `make run` does; one process may have a database."""

    database: Path
    today: str = TODAY
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    command: Sequence[str] = (*STREAMLIT, str(ROOT / "app.py"))
    folder: Path = ROOT
    settings: Mapping[str, str] = field(default_factory=dict)
    """More of the environment."""

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.port}"

    @property
    def log(self) -> Path:
        return self.database.with_suffix(".log")

    def start(self) -> Server:
        environment = clean_environment(self.database.parent) | {
            "MATURITY_DATABASE": str(self.database),
            "MATURITY_TODAY": self.today,
            **self.settings,
        }
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
                    [*self.command, *(f"--{name}={options[name]}" for name in options)],
                    cwd=self.folder,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            if self._answers():
                return self
            self.stop()
        raise RuntimeError(f"The dashboard did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _answers(self) -> bool:
        """Wait for the first sign of life; whether it came."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                return False
            try:
                urlopen(f"{self.url}/_stcore/health", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                return True
        return False


def clean_environment(home: Path) -> dict[str, str]:
    """This environment without the settings of whoever runs the tests."""
    ours = ("STREAMLIT_", "MATURITY_", "XDG_", "PYTHONPATH")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(ours)}
    return kept | {"HOME": str(home)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
    return port
