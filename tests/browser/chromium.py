"""Finds a Chromium to test with; as a command, downloads one where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The one without a window of its own first: it opens a page at a fifth of the cost."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
"""Without them Chromium calls its maker's hosts at every start; the last one keeps
the pages on this machine too."""


def executable() -> str | None:
    """The one named by CHROMIUM, else an installed one, else None: Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named and shutil.which(named) is None:
        sys.exit(f"CHROMIUM names {named}, which is no program on this machine.")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> int:
    if executable():
        return 0
    # At once where it has been downloaded before.
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
