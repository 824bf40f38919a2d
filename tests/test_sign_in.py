"""Sign-in: what a visitor meets before it, whose name is on a save, and the way out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from visitor import PAGES, Visitor

ANA = {
    "is_logged_in": True,
    "iss": "https://login.example.org",
    "sub": "7",
    "name": "Ana Lima",
    "email": "ana@example.org",
}


@pytest.fixture
def secrets_file(tmp_path, monkeypatch) -> Iterator[Path]:
    """Where Streamlit looks for secrets; nothing is there yet."""
    path = tmp_path / "secrets.toml"
    usual = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    monkeypatch.setattr(secrets_singleton, "_secrets", None)
    yield path
    config.set_option("secrets.files", usual)


def arrive(**user: object) -> Visitor:
    visitor = Visitor()
    visitor.app.user = dict(user)
    if "is_logged_in" in user:
        visitor.app.secrets = {"auth": {"client_id": "maturity"}}
    return visitor


@pytest.mark.page
@pytest.mark.parametrize("page", PAGES)
def test_before_sign_in_no_page_shows_anything_of_a_team(service, page):
    team = service.store.add_team("Fraud detection", by="")

    visitor = arrive(is_logged_in=False).open(page, team=team.id)

    assert visitor.title == "MLOps maturity"
    assert visitor.buttons == ["Sign in"]
    assert not visitor.reads("Fraud detection")
    assert not visitor.app.selectbox


@pytest.mark.page
def test_what_is_saved_carries_whoever_is_signed_in(service):
    visitor = arrive(**ANA).open("teams")

    visitor.write("Name", "Fraud detection").click("Add team")

    (team,) = service.store.teams()
    assert visitor.reads("Ana Lima")
    assert list(service.store.names().values()) == ["Ana Lima"]
    visitor.open("assess", team=team.id, model="azure", step="people")
    assert "Your name" not in [field.label for field in visitor.app.text_input]


@pytest.mark.page
def test_a_session_that_is_signed_out_writes_nothing(service):
    team = service.store.add_team("Fraud detection", by="")
    visitor = arrive(**ANA).open("teams")

    visitor.app.user = {"is_logged_in": False}
    visitor.click(f"archive-{team.id}")

    assert service.store.teams() == [team]
    assert visitor.buttons == ["Sign in"]


@pytest.mark.page
def test_an_account_without_issuer_and_subject_gets_nowhere(service):
    service.store.add_team("Fraud detection", by="")

    visitor = arrive(is_logged_in=True, name="Ana").open()

    assert visitor.title == "Nobody can sign in"
    assert not visitor.reads("Fraud detection")


@pytest.mark.page
def test_a_damaged_secrets_file_closes_the_dashboard(service, secrets_file):
    service.store.add_team("Fraud detection", by="")
    secrets_file.write_text("[auth\n")

    visitor = arrive().open()

    assert visitor.title == "Nobody can sign in"
    assert visitor.reads("The file of secrets cannot be read")
    assert not visitor.reads("Fraud detection")


@pytest.mark.page
def test_without_sign_in_nothing_speaks_of_it(service):
    service.store.add_team("Fraud detection", by="")

    visitor = arrive(email="test@example.com").open()

    assert "Sign out" not in visitor.buttons
    assert visitor.title == "Fraud detection"


def test_two_people_of_one_name_stay_two_and_a_new_name_keeps_the_person(store):
    typed = store.person("Ana Lima")

    first = store.known_person("a" * 32, "Ana Lima", "ana@example.org")
    second = store.known_person("b" * 32, "Ana Lima", "ana@example.org")
    store.known_person("a" * 32, "Ana Souza", "ana@example.org")

    assert len({typed, first, second}) == 3
    assert store.names() == {
        typed: "Ana Lima",
        first: "Ana Souza",
        second: "Ana Lima (bbbbbb)",
    }
