"""A benchmark file out of one dashboard and into another, as people do it."""

import shutil
from pathlib import Path

import pytest

from tests.browser.harness import ready
from tests.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def other_server(demo_database, tmp_path):
    """Another dashboard with teams of its own."""
    server = Server(Path(shutil.copy(demo_database, tmp_path))).start()
    yield server
    server.stop()


def test_a_file_goes_out_of_one_dashboard_and_is_compared_with_in_another(
    demo_server, other_server, open_page, tmp_path
):
    here = open_page(f"{demo_server.url}/among")
    with here.expect_download() as download:
        here.get_by_role("button", name="Benchmark as JSON").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "benchmark-azure-2026-Q3-demo.json"

    there = open_page(f"{other_server.url}/among", width=390)
    there.locator("input[type=file]").set_input_files(file)
    there.get_by_role("textbox", name="Who is it from?").fill("the Lyon office")
    there.get_by_role("button", name="Take it in").click()

    there.get_by_text("The file from the Lyon office is taken in.").wait_for()
    ready(there)
    there.get_by_text("Every team in the file from the Lyon office").wait_for()
    there.get_by_role("heading", name="8 comparable teams").wait_for()
    again = open_page(there.url)
    again.get_by_text("Every team in the file from the Lyon office").wait_for()
