"""Takes the pictures of the README from the demo teams; a command, not a test."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import executable
from tests.browser.harness import ready
from tests.server import ROOT, TODAY, Server, clean_environment

IMAGES = ROOT / "docs" / "images"
TEAM = "Product recommendations"
SHOTS = [
    ("overview-light", "", 1280, 920, "light"),
    ("results-dark", "results", 1280, 1040, "dark"),
    ("progress-light", "progress", 1280, 1180, "light"),
    ("assess-phone", "assess?step=creation&quarter=2026-Q4", 390, 844, "light"),
]


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "demo.duckdb"
        settings = {"MATURITY_DATABASE": str(database), "MATURITY_TODAY": TODAY}
        subprocess.run(
            [sys.executable, "-m", "maturity.cli", "demo", "--load"],
            env=clean_environment(Path(folder)) | settings,
            cwd=ROOT,
            check=True,
        )
        server = Server(database).start()
        try:
            take(server.url)
        finally:
            server.stop()


def take(url: str) -> None:
    """Every picture, at the size in which the README shows it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox", "--disable-gpu"]
        )
        first = browser.new_page()
        first.goto(url)
        ready(first)
        first.get_by_role("combobox", name="Team").click()
        first.get_by_role("option", name=TEAM).click()
        ready(first)
        team = first.url.partition("?")[2]
        for name, path, width, height, scheme in SHOTS:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                device_scale_factor=1 if width > 500 else 2,
            )
            address, _, own = path.partition("?")
            given = dict(part.split("=") for part in team.split("&"))
            given |= dict(part.split("=") for part in own.split("&") if own)
            query = "&".join(f"{key}={value}" for key, value in given.items())
            page.goto(f"{url}/{address}?{query}")
            ready(page)
            page.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
