"""The very first request of a fresh server, whatever page it asks for."""

import pytest

from maturity.ui.menu import BARE
from tests.server import ROOT

pytestmark = pytest.mark.browser

PAGES = sorted(path.stem for path in ROOT.glob("pages/*.py"))


@pytest.mark.parametrize("name", PAGES)
def test_a_cold_deep_link_opens_inside_the_frame(server, open_page, name):
    page = open_page(f"{server.url}/{'' if name == 'overview' else name}")
    page.get_by_role("heading", level=1).wait_for()
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.title().endswith("MLOps maturity")
    menu = page.get_by_test_id("stSidebarNav").get_by_text("Overview")
    assert menu.is_visible() == (name not in BARE)
