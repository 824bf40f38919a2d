"""Present in a room: nothing small, nothing around it, moved through by keys."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pypdf import PdfReader

from maturity import storage
from maturity.quarter import Quarter
from tests.browser.harness import ready

pytestmark = pytest.mark.browser

SMALL = """
() => {
  const root = document.querySelector('.st-key-present'), found = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    const icon = element.getAttribute('data-testid') === 'stIconMaterial';
    if (!text || icon || !element.getBoundingClientRect().width) continue;
    if (element.closest('[role=img][aria-label$=icon]')) continue;
    let zoom = 1;
    for (let at = element; at; at = at.parentElement) {
      zoom *= parseFloat(getComputedStyle(at).zoom) || 1;
    }
    const size = zoom * parseFloat(getComputedStyle(element).fontSize);
    if (size < 20) found.push(`${text}: ${size}`);
  }
  return found;
}
"""


@pytest.mark.parametrize(
    ("of", "scheme"), [("", "light"), ("", "dark"), ("?of=all", "light")]
)
def test_a_deck_is_read_from_the_back_of_the_room_and_turned_by_keys(
    demo_server, open_page, of, scheme
):
    page = open_page(f"{demo_server.url}/present{of}", height=720, scheme=scheme)

    for slide in range(1, 5):
        page.get_by_text(f"· {slide} of 4").wait_for()
        ready(page)
        assert page.evaluate(SMALL) == []
        main = page.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth")
        assert not page.locator("header").first.is_visible()
        assert not page.get_by_test_id("stSidebar").is_visible()
        assert page.get_by_role("button", name="Next").first.evaluate(
            "e => e.getBoundingClientRect().bottom <= innerHeight"
        )
        page.keyboard.press("ArrowRight" if slide % 2 else "PageDown")

    page.keyboard.press("PageUp")
    page.get_by_text("· 3 of 4").wait_for()
    ready(page)
    assert parse_qs(urlsplit(page.url).query)["slide"] == ["3"]


def test_the_menu_is_gone_from_the_first_slide_and_back_after_the_last(
    demo_server, open_page
):
    page = open_page(demo_server.url)
    menu = page.get_by_test_id("stSidebar")
    menu.wait_for()

    page.get_by_test_id("stMain").get_by_role("link", name="Present").click()
    page.get_by_text("· 1 of 4").wait_for()
    ready(page)
    assert not menu.is_visible()

    page.get_by_role("link", name="Exit").click()
    page.get_by_role("link", name="Start Q4 assessment").or_(
        page.get_by_role("button", name="Start Q4 assessment")
    ).wait_for()
    assert menu.is_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_notice_of_a_look_only_link_covers_no_slide(demo_server, open_page, width):
    page = open_page(f"{demo_server.url}/present?of=all")
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_test_id("stCode").inner_text().strip()
    deck = open_page(link, width=width, height=900)
    ready(deck)

    notice = deck.get_by_text("Look-only.").bounding_box()
    over_line = deck.get_by_text("Where we are", exact=True).bounding_box()
    foot = deck.locator(".st-key-foot").bounding_box()
    assert over_line["y"] >= notice["y"] + notice["height"]
    if width > 1200:
        assert foot["y"] + foot["height"] <= 900


def test_a_deck_is_turned_by_its_buttons_on_a_phone(demo_server, open_page):
    page = open_page(f"{demo_server.url}/present?slide=2", width=390, height=844)

    places = [
        page.get_by_role("button", name=name).first.bounding_box()
        for name in ("Back", "Next")
    ]
    assert places[0]["y"] == places[1]["y"]
    assert places[1]["y"] + places[1]["height"] <= 844


def test_the_page_taken_along_from_the_slides_of_a_group_is_the_groups(
    demo_server, demo_database, open_page
):
    store = storage.open_store(str(demo_database))
    tree = store.tree(Quarter(2026, 3))
    inside = next(g for g in tree.groups if len(tree.path(g)) > 1 and tree.teams_of(g))
    label = tree.label(inside)
    store.close()
    page = open_page(f"{demo_server.url}/present?of={inside}&quarter=2026-Q3")

    page.get_by_role("button", name="Export").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="One page as PDF").click()

    reader = PdfReader(Path(waiting.value.path()))
    assert len(reader.pages) == 1
    assert label in reader.pages[0].extract_text()
