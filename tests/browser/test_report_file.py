"""The HTML report in a browser: a file that needs nobody and nothing else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from maturity import library, storage
from maturity.report import brand, figures, web
from maturity.service import Service
from tests.browser.harness import violations
from tests.server import TODAY

pytestmark = pytest.mark.browser

TEAM = "Product recommendations"
LOUD = ("error", "warning")


@pytest.fixture(scope="module")
def gathered(demo_database) -> figures.Figures:
    store = storage.open_store(str(demo_database))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATURITY_TODAY", TODAY)
        service = Service(store, library.load())
        team = next(team for team in store.teams() if team.name == TEAM)
        history = service.history(team, "azure")
        found = figures.gather(service, history[-1], history)
    store.close()
    return found


@pytest.fixture(scope="module")
def file(gathered, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(web.page(gathered, brand.read()))
    return path


@pytest.fixture
def look(browser, file):
    """Open the file as a visitor; what it asks for and complains of is kept."""
    pages = []

    def open_(width: int = 1280, scheme: str = "light", script: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
        )
        page = context.new_page()
        pages.append(context)
        page.asked, page.errors = [], []
        page.on("request", lambda asked: page.asked.append(asked.url))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on(
            "console",
            lambda said: page.errors.append(said.text) if said.type in LOUD else 0,
        )
        page.goto(file.as_uri())
        if script:
            page.wait_for_selector("html[data-ready=yes]")
        return page

    yield open_
    for context in pages:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_file_shows_its_charts_and_asks_nobody(look, gathered, file, scheme, width):
    page = look(width, scheme)

    for slide in gathered.told.slides[1:]:
        assert page.get_by_role("heading", name=slide.headline).is_visible()
    for chart in page.locator(".live").all():
        assert chart.locator("svg").is_visible()
    assert not page.locator(".still").first.is_visible()
    score = gathered.reading.overall.lowest.tenths / 10
    assert page.locator(".live svg").last.get_by_text(f"{score}").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    assert page.errors == []
    own = {file.as_uri()}
    asked = {u for u in page.asked if urlsplit(u).scheme not in ("data", "blob")}
    assert asked == own


def test_a_table_is_sorted_by_its_columns(look, gathered):
    page = look()
    table = page.locator("table").first

    def scores():
        return [
            float(cell) for cell in table.locator("td:nth-child(3)").all_inner_texts()
        ]

    table.get_by_role("button", name="Score", exact=False).first.click()
    assert scores() == sorted(scores())
    assert table.locator("th[aria-sort=ascending]").count() == 1
    table.get_by_role("button", name="Score", exact=False).first.click()
    assert scores() == sorted(scores(), reverse=True)


def test_paper_and_a_browser_without_scripts_get_the_drawings(look):
    still = look(script=False)
    assert still.locator(".still img").count() == 3
    assert still.locator(".still img").first.is_visible()

    printed = look(scheme="dark")
    printed.emulate_media(media="print")
    assert printed.locator(".still img").first.is_visible()
    assert not printed.locator(".live").first.is_visible()


def test_every_chart_follows_the_width_of_the_window(look):
    page = look(1280)

    for width in (600, 1000):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(
            "most => [...document.querySelectorAll('.live')].every(live => {"
            "const drawn = live.querySelector('svg').getBoundingClientRect().width;"
            "return live.clientWidth < most && Math.abs(drawn - live.clientWidth) < 2"
            "})",
            arg=width,
        )
    assert page.errors == []


def test_figures_show_under_the_pointer(look, gathered):
    page = look()
    category = gathered.categories[0]
    mark = page.locator(f".live [aria-label*='{category.name}']").first

    mark.hover(force=True)

    told = page.locator("#vg-tooltip-element")
    told.wait_for()
    assert category.now.score in told.inner_text()
    assert page.errors == []


def test_a_change_of_colours_draws_the_charts_anew(look):
    page = look()
    line = page.locator(".live").last.locator("path[stroke]").last
    before = page.locator(".live").last.inner_html()

    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "old => [...document.querySelectorAll('.live')].at(-1).innerHTML !== old "
        "&& document.querySelectorAll('.live svg').length === 3",
        arg=before,
    )

    assert line.is_visible()
    assert page.errors == []
