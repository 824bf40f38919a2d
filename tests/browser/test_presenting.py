"""Present in a room: nothing small, nothing around it, moved through by keys."""

from urllib.parse import parse_qs, urlsplit

import pytest

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
