"""Every view has an address that reopens it, for whoever is given it."""

import re

import pytest

from maturity.answer import Answer, State
from maturity.quarter import Quarter
from maturity.team import Team

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)


@pytest.fixture
def team(service) -> Team:
    """A team with three submitted quarters."""
    team = service.store.add_team("Fraud detection", by="")
    for rank, quarter in enumerate([NOW.shift(-2), NOW.shift(-1), NOW]):
        for practice in service.library.definition("azure").asked:
            rung = practice.ladder[min(rank, len(practice.ladder) - 1)]
            service.answer(team.id, quarter, practice.id, Answer(State.RUNG, rung), "")
        service.submit(team.id, "azure", quarter, "", "")
    return team


def seen(visitor) -> str:
    """What is on screen, without the names of files that are made for one session."""
    return re.sub(r"[0-9a-f]{32}", "", visitor.text)


VIEWS = [
    ("progress", {"from": "2026-Q2", "to": "2026-Q3", "why": "people"}),
    ("plan", {"to": "4"}),
    ("models", {"read": "gigaom"}),
    ("glossary", {"find": "canary"}),
    ("assess", {"step": "creation"}),
    ("assess", {"step": "creation", "practice": "training.code"}),
    ("present", {"slide": "3"}),
]


@pytest.mark.parametrize(("page", "view"), VIEWS)
def test_the_address_that_a_view_writes_reopens_it(visit, team, page, view):
    asked = {"team": team.id, "model": "azure", "quarter": str(NOW)}

    first = visit(page, **asked, **view)
    assert first.address == {**asked, **view}

    second = visit(page, **first.address)
    assert seen(second) == seen(first)
    assert second.address == first.address


def test_what_is_chosen_on_a_page_goes_into_its_address(visit, team):
    visitor = visit("progress", team=team.id, model="azure", quarter=str(NOW))
    assert visitor.address["from"] == "2026-Q3"
    assert visitor.address["to"] == "2026-Q4"

    visitor.choose("compare_from", "2026-Q2").choose("compare_to", "2026-Q3")
    assert visitor.address["from"] == "2026-Q2"
    assert visitor.address["to"] == "2026-Q3"

    other = visit("progress", **visitor.address)
    assert other.reads("Q2 2026 to Q3 2026")


def test_a_view_that_does_not_exist_is_the_usual_one(visit, team):
    for page, view in (
        ("progress", {"from": "2019-Q1", "to": "never", "why": "<b>"}),
        ("plan", {"to": "99"}),
        ("plan", {"to": "high"}),
        ("models", {"read": "nobody"}),
        ("assess", {"step": "nowhere"}),
        ("assess", {"practice": "h1, *"}),
    ):
        asked = {"team": team.id, "model": "azure", "quarter": str(NOW)}
        usual = seen(visit(page, **asked))
        assert seen(visit(page, **asked, **view)) == usual


def test_a_link_without_a_view_opens_the_usual_one_for_whoever_chose_another(
    visit, team
):
    asked = {"team": team.id, "model": "azure", "quarter": str(NOW)}
    visitor = visit("progress", **asked, **{"from": "2026-Q2", "to": "2026-Q3"})

    visitor.open("progress", **asked)

    assert visitor.address["from"] == "2026-Q3"
