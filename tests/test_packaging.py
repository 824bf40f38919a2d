"""The wheel starts from an empty folder with all its content; the locks hold together.

The wheel goes into an environment of its own that sees the installed dependencies but
not the checkout, so a file that only lies there is missed.
"""

import asyncio
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest
from packaging.requirements import Requirement
from pypdf import PdfReader

from bench.client import Visitor
from tests.server import ROOT, Server, clean_environment

PAGES = sorted(path.stem for path in ROOT.glob("pages/*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.!+-]+)", re.MULTILINE)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    subprocess.run([*command, "--outdir", folder, ROOT], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def console_script(wheel, tmp_path_factory) -> Path:
    """`mlops-maturity`, installed from the wheel."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    # A path in a .pth file is searched, but its own .pth files are not read: an
    # editable install of the checkout stays out of sight.
    packages = sysconfig.get_path("purelib", vars={"base": str(folder)})
    Path(packages, "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", python]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", wheel], check=True)
    return folder / "bin" / "mlops-maturity"


@pytest.fixture
def away(tmp_path) -> Path:
    """An empty folder to start from, in an empty home."""
    folder = tmp_path / "away"
    folder.mkdir()
    return folder


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_app_and_nothing_else(wheel):
    wanted = {
        f"maturity/_app/{path.relative_to(ROOT).as_posix()}"
        for folder in ("pages", "static", "data")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    } | {"maturity/_app/app.py", "maturity/_app/.streamlit/config.toml"}

    names = set(zipfile.ZipFile(wheel).namelist())

    assert {name for name in names if name.startswith("maturity/_app/")} == wanted
    assert not [name for name in names if "__pycache__" in name]
    for licence in ("LICENSE", "data/LICENSE", "data/NOTICE-marvelous-mlops"):
        assert [name for name in names if name.endswith(f"/licenses/{licence}")]


@pytest.mark.slow
def test_the_installed_dashboard_shows_every_page_from_an_empty_folder(
    console_script, away
):
    server = Server(
        away / "maturity.duckdb", command=[str(console_script)], folder=away
    ).start()
    try:
        pages = asyncio.run(_open_all(server.url))
        with urlopen(f"{server.url}/app/static/inter-latin.woff2") as answer:
            font = answer.read()
    finally:
        server.stop()

    assert set(pages) == set(PAGES)
    assert all(pages.values())
    # Static files are only served if .streamlit/config.toml was read.
    assert font.startswith(b"wOF2")


@pytest.mark.slow
def test_the_installed_command_knows_models_and_demo_teams_and_prints_a_report(
    console_script, away
):
    environment = clean_environment(away) | {
        "MATURITY_DATABASE": str(away / "demo.duckdb")
    }

    def run(*arguments: str) -> str:
        return subprocess.run(
            [console_script, *arguments],
            cwd=away,
            env=environment,
            capture_output=True,
            check=True,
            text=True,
        ).stdout

    run("validate")
    run("demo", "--load")

    assert len(run("teams").splitlines()) == 8

    # Templates, fonts and logo come along with the package.
    out = away / "report.pdf"
    team, kind = ("--team", "Fraud detection"), ("--format", "pdf")
    run("report", *team, "--model", "azure", *kind, "--out", str(out))
    fonts = PdfReader(out).pages[0]["/Resources"]["/Font"].values()
    assert {font["/BaseFont"].split("+")[1] for font in fonts} == {
        "Inter-Regular",
        "Inter-SemiBold",
    }


async def _open_all(url: str) -> dict[str, list[str]]:
    """The headings of every page."""
    found = {}
    for name in PAGES:
        async with Visitor(url) as visitor:
            await visitor.open("" if name == "overview" else name)
            found[name] = [str(h.content.body) for h in visitor.elements("heading")]
    return found


def _pins(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / name).read_text("utf-8")))


def test_the_tests_run_with_the_very_versions_that_are_installed_for_use():
    assert _pins("requirements.lock").items() <= _pins("requirements-dev.lock").items()


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", []), ("requirements-dev.lock", ["dev", "postgres"])],
)
def test_a_lock_has_a_version_that_suits_for_everything_that_is_asked_for(lock, extras):
    asked = [*PROJECT["dependencies"]]
    for extra in extras:
        asked += PROJECT["optional-dependencies"][extra]
    pins = _pins(lock)

    for line in map(Requirement, asked):
        if line.name != PROJECT["name"]:
            assert line.specifier.contains(pins[line.name.lower()]), line


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_hashes_and_no_host(lock):
    text = (ROOT / lock).read_text("utf-8")

    assert "://" not in text
    for entry in re.split(r"\n(?=\w)", text):
        assert "--hash=sha256:" in entry, entry
