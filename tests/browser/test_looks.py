"""Every page in light and dark, wide and narrow: readable, complete, accessible."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Page, TimeoutError

from maturity.storage import open_store
from tests.browser.harness import ROOT, ready, violations

pytestmark = pytest.mark.browser

PAGES = sorted(path.stem for path in ROOT.glob("pages/*.py"))
SCHEMES = {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 17, 21)"}
STEPS = ("people", "review")

STREAMLITS_OWN = ("list", "listitem")
"""Its menu puts the title of a section into the list of its pages."""

CUT = """() => {
  const cut = [];
  const scrolls = e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX);
  const inScroller = e => {
    for (; e && e !== document.body; e = e.parentElement) {
      if (scrolls(e) && e.scrollWidth > e.clientWidth) return true;
    }
    return false;
  };
  for (const e of document.querySelectorAll('.st-key-page *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || inScroller(e)) continue;
    const box = e.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const text = document.createRange();
    text.selectNodeContents(e);
    const right = text.getBoundingClientRect().right;
    const hidden = box.width > 1 && e.closest('[data-testid=stMarkdownContainer]');
    let cutBy = hidden && e;
    while (cutBy && cutBy !== document.body
        && (getComputedStyle(cutBy).overflowX === 'visible'
            || right <= cutBy.getBoundingClientRect().right + 1)) {
      cutBy = cutBy.parentElement;
    }
    if (box.right > innerWidth + 1 || box.left < -1
        || (cutBy && cutBy !== document.body)) {
      cut.push(e.innerText.trim().slice(0, 80));
    }
  }
  return cut;
}"""
"""Texts that reach beyond the window or their own box, outside of what scrolls.

Not those in a closed fold: they are laid out when it is opened.
"""

BACKGROUND = """expected => {
  const app = document.querySelector('[data-testid=stApp]');
  return getComputedStyle(app).backgroundColor === expected;
}"""
PHONE = {"width": 390, "height": 844}


def wide(page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return page.evaluate(
        """() => Math.max(...['stMain', 'stAppViewContainer'].map(id => {
          const e = document.querySelector(`[data-testid=${id}]`);
          return e.scrollWidth - e.clientWidth;
        }), document.documentElement.scrollWidth - innerWidth)"""
    )


def address(server, name: str, **extra: str) -> str:
    pairs = "&".join(f"{key}={value}" for key, value in extra.items())
    return f"{server.url}/{'' if name == 'overview' else name}?{pairs}"


@pytest.fixture
def look_at(open_page) -> Callable[..., Page]:
    """Open a page and wait until it is there: an empty one would pass everything."""

    def look(address: str, **options: object) -> Page:
        page = open_page(address, **options)
        page.get_by_role("heading", level=1).wait_for()
        return ready(page)

    return look


def open_everything(page) -> None:
    """Open every fold, so that what is in it is looked at too."""
    page.evaluate(
        "document.querySelectorAll('.st-key-page details:not([open]) > summary')"
        ".forEach(summary => summary.click())"
    )
    ready(page)


def looks_well(page: Page) -> None:
    """Accessible in both themes, and complete on a phone.

    One visit for all three: the app follows theme and width of a window that is open.
    """
    for scheme, expected in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(BACKGROUND, arg=expected)
        assert violations(ready(page), STREAMLITS_OWN) == [], scheme
    page.set_viewport_size(PHONE)
    fits(page)


def fits(page: Page) -> None:
    """Nothing is cut and nothing scrolls sideways, once the charts are drawn anew."""
    ready(page)
    with suppress(TimeoutError):
        page.wait_for_function(f"() => !({CUT})().length", timeout=10_000)
    assert (wide(page), page.evaluate(CUT)) == (0, [])


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_in_both_themes_and_fits_a_phone(
    demo_server, look_at, name
):
    page = look_at(address(demo_server, name))

    looks_well(page)
    open_everything(page)
    fits(page)


@pytest.mark.parametrize("step", STEPS)
def test_every_kind_of_step_is_accessible_in_both_themes_and_fits_a_phone(
    demo_server, look_at, step
):
    looks_well(look_at(address(demo_server, "assess", step=step)))


def test_the_welcome_is_accessible_in_both_themes_and_fits_a_phone(
    empty_server, look_at
):
    looks_well(look_at(empty_server.url))


def test_markup_in_a_name_is_shown_as_it_was_typed(server, look_at):
    name = ":red[X] **b** <b>c</b> $x$ `d` [e](https://example.org)"
    store = open_store(str(server.database))
    store.add_team(name, by="")
    store.close()
    server.start()

    page = look_at(server.url)

    assert page.get_by_role("heading", level=1).inner_text() == name
    assert page.locator(".st-key-page h2").first.inner_text().startswith(name)
    page.goto(f"{server.url}/teams")
    ready(page)
    page.get_by_text(name, exact=True).last.wait_for()
    links = page.locator(".st-key-page a").all()
    # Markdown makes links of plain addresses; those say where they lead.
    assert [a.get_attribute("href") for a in links] == [a.inner_text() for a in links]


def test_what_opens_over_a_page_is_accessible_in_the_dark_theme(demo_server, look_at):
    page = look_at(address(demo_server, "progress"), scheme="dark")
    page.get_by_role("button", name="Share").click()
    page.get_by_role("radio", name="30 days").wait_for()

    assert violations(ready(page), STREAMLITS_OWN) == []


def test_the_keyboard_never_lands_below_the_foot_of_an_assessment(demo_server, look_at):
    page = look_at(address(demo_server, "assess", step="people"), height=900)
    page.get_by_role("radio").first.focus()
    foot = page.locator(".st-key-steps").bounding_box()["y"]
    bottoms = []

    for _ in range(14):
        page.keyboard.press("Tab")
        page.wait_for_timeout(100)
        bottoms.append(
            page.evaluate(
                """() => document.activeElement.closest('.st-key-page')
                  ? document.activeElement.getBoundingClientRect().bottom : 0"""
            )
        )
    assert 0 < max(bottoms) <= foot
