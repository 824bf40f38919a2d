"""The very first request of a fresh server, whatever page it asks for.

Every page begins with the same guard (`test_architecture.py`), so one of each kind is
opened: the start page, one with the menu and one without.
"""

import pytest

from maturity.ui.menu import BARE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["", "results", BARE[0]])
def test_a_cold_deep_link_opens_inside_the_frame(server, open_page, name):
    page = open_page(f"{server.start().url}/{name}")
    page.get_by_role("heading", level=1).wait_for()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.title().endswith("MLOps maturity")
    menu = page.get_by_test_id("stSidebarNav").get_by_text("Overview")
    assert menu.is_visible() == (name not in BARE)
