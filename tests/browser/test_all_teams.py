"""From all teams to one: found, opened, and back where one was."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.harness import ready, violations
from tests.browser.test_looks import STREAMLITS_OWN

pytestmark = pytest.mark.browser


def test_a_team_is_found_among_all_and_opened_by_its_name(demo_server, open_page):
    page = open_page(f"{demo_server.url}/portfolio?model=azure")
    title = page.get_by_role("heading", level=1)
    expect(title).to_contain_text("moved up since")
    address = page.url

    page.get_by_label("Find a team").fill("fraud")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("search=fraud"))
    ready(page)
    assert violations(page, STREAMLITS_OWN) == []
    page.get_by_text("Open one of these teams").click()
    page.get_by_role("link", name="Fraud detection").last.click()
    expect(title).to_have_text("Results")
    expect(page.get_by_text("Fraud detection").first).to_be_visible()

    page.goto(address)
    expect(title).to_contain_text("moved up since")
    expect(page.get_by_label("Find a team")).to_have_value("")
