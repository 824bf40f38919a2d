"""Groups by keyboard: opened, a team moved and moved back, and the address sent on."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.harness import Server, ready, violations
from tests.browser.test_looks import STREAMLITS_OWN

pytestmark = pytest.mark.browser


@pytest.fixture
def demo_copy(demo_database, tmp_path):
    """A server on demo teams of its own, to be changed."""
    server = Server(Path(shutil.copy(demo_database, tmp_path))).start()
    yield server
    server.stop()


def press(page, name):
    """Go to a button by keyboard, as far as a script can, and press it."""
    page.get_by_role("button", name=name, exact=True).first.focus()
    page.keyboard.press("Enter")
    return ready(page)


def test_a_group_is_opened_and_a_team_moved_by_keyboard(demo_copy, open_page):
    page = open_page(f"{demo_copy.url}/teams", width=390)
    press(page, "Financial services")
    heading = page.locator(".st-key-page h2").first
    assert heading.inner_text().startswith("Financial services")

    press(page, "Move")
    assert not violations(page, ignore=STREAMLITS_OWN)
    page.get_by_role("combobox", name="Group to move into").focus()
    page.keyboard.type("Retail")
    page.keyboard.press("Enter")
    ready(page)
    press(page, "Move Credit scoring")

    page.get_by_text("Credit scoring moved to Retail").first.wait_for()
    teams = page.locator("[class*='st-key-team-']")
    expect(teams).to_have_count(1)
    press(page, "Undo")
    expect(teams).to_have_count(2)
    again = open_page(page.url)
    assert again.locator(".st-key-page h2").first.inner_text() == heading.inner_text()
