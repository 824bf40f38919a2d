"""A model of one's own on the Models page: previewed, added, undone, disabled."""

import pytest
from house import HOUSE, swap

from maturity.answer import Answer, State
from maturity.quarter import Quarter

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)
YAML = "application/yaml"
NEWER = swap('edition: "2026-10-01"', 'edition: "2026-11-01"')
INSERTED = swap(
    "      - id: rehearsed\n",
    "      - id: paid\n        text: A rota names who is on call, and being on call is "
    "paid.\n        how: Agree on it.\n      - id: rehearsed\n",
    NEWER,
)


def bring(visitor, text, name="house.yaml"):
    raw = text if isinstance(text, bytes) else text.encode()
    visitor.app.file_uploader[0].set_value((name, raw, YAML)).run()
    return visitor


@pytest.fixture
def team(service):
    return service.store.add_team("Fraud detection", by="")


@pytest.fixture
def added(visit, team):
    """The Models page after the house model was added."""
    return bring(visit("models", team=team.id), HOUSE).click("add-this-model")


def models(visitor):
    return visitor.app.selectbox(key="pick_model").options


def test_a_file_is_previewed_and_changes_nothing_until_it_is_added(
    visit, service, team
):
    visitor = bring(visit("models", team=team.id), HOUSE)

    assert visitor.reads("New model: ")
    assert visitor.reads("nothing is saved yet.")
    assert len(visitor.app.radio) > 0
    assert all(radio.disabled for radio in visitor.app.radio)
    assert service.store.model_rows() == []

    visitor.click("add-this-model")

    assert visitor.reads("is added. You find it on Assess.")
    assert len(service.store.model_rows()) == 1
    assert "House" in models(visitor)


def test_what_was_added_is_assessed_at_once_and_can_be_undone(added, service, team):
    assessed = added.open("assess", team=team.id, model="house", quarter=str(NOW))
    assert assessed.reads("House")

    undone = added.open("models", team=team.id).click("undo-model")

    assert "House" not in models(undone)
    assert undone.reads("Disabled models")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (HOUSE.replace("at_least", "atleast", 1), "did you mean at_least?"),
        (HOUSE[: len(HOUSE) // 2], "house.yaml"),
        ("", "is empty"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        ("a: &a [x]\nb: *a\n", "house.yaml"),
        (HOUSE.replace("id: house", "id: azure", 1), "azure"),
    ],
    ids=["misspelt", "truncated", "empty", "binary", "alias", "taken"],
)
def test_a_bad_file_is_told_with_its_place_and_changes_nothing(
    visit, service, team, raw, told
):
    visitor = bring(visit("models", team=team.id), raw)

    assert visitor.app.error[0].proto.title == (
        "This file was not taken; nothing is changed"
    )
    assert visitor.reads(told)
    assert service.store.model_rows() == []

    assert visitor.click("drop-model").reads("Which one to choose")


def test_a_new_edition_says_what_changes_and_asks_again_where_a_ladder_changed(
    added, service, team
):
    rota = Answer(State.RUNG, "rota")
    answered = added.open("assess", team=team.id, model="house", quarter=str(NOW))
    service_now = added.app.session_state["_context"].service
    service_now.answer(team.id, NOW, "house.on-call", rota, "")
    bring(answered.open("models", team=team.id), INSERTED)

    assert added.reads("New edition: ")
    assert added.reads("after 2026")
    added.click("add-this-model")

    sheet = added.app.session_state["_context"].service.sheet(team.id, NOW)
    assert "house.on-call" in sheet.carried
    assert "house.on-call" not in sheet.given()

    added.click("undo-model")
    sheet = (
        added.open("models").app.session_state["_context"].service.sheet(team.id, NOW)
    )
    assert "house.on-call" in sheet.given()


def test_a_disabled_model_is_offered_nowhere_and_comes_back(visit, service, team):
    visitor = visit("models", team=team.id, model="google").click("disable-google")

    assert "Google" not in models(visitor)
    assert visitor.reads("Disabled models")

    visitor.click("enable-google")
    assert "Google" in models(visitor)


def test_names_with_markup_stay_text(visit, team):
    loud = HOUSE.replace("name: ", "name: :red[*loud*] ", 1)
    visitor = bring(visit("models", team=team.id), loud)

    assert ":red[*loud*]" not in "".join(visitor.markdown)
