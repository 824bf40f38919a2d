"""Signing in at a real service, and out again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from maturity.storage import open_store
from tests.browser.harness import Server, ready
from tests.browser.oidc import CLIENT, sign_in_service

pytestmark = pytest.mark.browser

SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "long enough to be a secret of a test"
client_id = "{client}"
client_secret = "secret"
server_metadata_url = "{service}/.well-known/openid-configuration"
"""


@pytest.fixture
def closed_server(tmp_path) -> Iterator[Server]:
    """A server that asks for sign-in; its home folder holds the secrets."""
    with sign_in_service() as service:
        secrets = tmp_path / ".streamlit" / "secrets.toml"
        secrets.parent.mkdir()
        secrets.write_text(SECRETS.format(client=CLIENT, service=service))
        store = open_store(str(tmp_path / "maturity.duckdb"))
        store.add_team("Fraud detection", by="")
        store.close()
        server = Server(tmp_path / "maturity.duckdb").start()
        yield server
        server.stop()


def test_nothing_is_shown_before_sign_in_and_again_after_signing_out(
    open_page, closed_server
):
    page = open_page(f"{closed_server.url}/teams")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Fraud detection")).to_have_count(0)

    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Ana Lima")).to_be_visible()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Fraud detection")

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Fraud detection")).to_have_count(0)
