"""Who serves in batch is not asked about real-time use, on every page alike."""

import pytest
from test_serving import LIVE, ON_CALL, RELEASE

from maturity.answer import Answer, State
from maturity.model_row import Step
from maturity.quarter import Quarter, now

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)
LEFT_OUT = "Not asked: On call. This team serves in batch."


@pytest.fixture
def team(service):
    service.store.add_model_row(
        "house", Step.ADDED, seen=0, edition="1", body=LIVE, by="", at=now()
    )
    return service.store.add_team("Forecast", serving="batch", by="")


def to(team, page, visit, **more):
    return visit(page, team=team.id, model="house", quarter=str(NOW), **more)


def answer(service, team):
    for practice, rung in ((RELEASE, "pipeline"), ("monitoring.health", "alerts")):
        service.answer(team.id, NOW, practice, Answer(State.RUNG, rung), "")


def test_assess_leaves_the_question_out_and_says_so(visit, team, service):
    answer(service, team)
    visitor = to(team, "assess", visit, step="care")

    assert visitor.asks("monitoring.health")
    assert not visitor.asks(ON_CALL)
    assert visitor.reads(f"{LEFT_OUT} How it serves is said on the Teams page.")
    assert visitor.reads("2 of 2** answered")

    service.store.describe_team(team.id, "", "", "real-time", "")
    asked = to(team, "assess", visit, step="care")
    assert asked.asks(ON_CALL)
    assert asked.reads("2 of 3** answered")
    assert not asked.reads("Not asked:")


def test_the_review_and_the_results_show_it_as_not_applicable(visit, team, service):
    answer(service, team)
    review = to(team, "assess", visit, step="review")
    last = review.tables[-1][-1]

    assert last["Question"] == "**On call**"
    assert last["Answer"].replace("\\", "") == (
        "Not applicable: This team serves in batch."
    )
    results = review.click("submit")

    assert results.title == "Results"
    assert results.reads("Level 2")
    assert results.reads("1 not applicable")
    assert results.reads("Both practices that decide the level are answered.")
    assert results.reads("On call.** Not applicable: This team serves in batch.")


def test_an_old_quarter_is_read_anew_as_the_team_served_then(visit, team, service):
    last = NOW.shift(-1)
    for practice, rung in ((RELEASE, "pipeline"), ("monitoring.health", "alerts")):
        service.answer(team.id, last, practice, Answer(State.RUNG, rung), "")
    added = visit("models", team=team.id)  # the service of a page knows the model
    assert "House" in added.app.selectbox(key="pick_model").options
    assess = visit("assess", team=team.id, model="house", quarter=str(last))
    assess.open("assess", team=team.id, model="house", quarter=str(last), step="review")
    assess.click("submit")
    service.store.describe_team(team.id, "", "", "real-time", "")

    anew = visit("compare", team=team.id, quarter=str(last))

    assert anew.reads("1 not applicable")
    assert "complete-house" not in [button.key for button in anew.app.button]


def test_a_category_in_which_nothing_is_asked_says_why(visit, service):
    text = LIVE.replace(
        "    practice: monitoring.health", "    practice: house.on-call"
    )
    text = text.replace("    at_least: alerts", "    at_least: rota")
    service.store.add_model_row(
        "house", Step.ADDED, seen=0, edition="1", body=text, by="", at=now()
    )
    team = service.store.add_team("Forecast", serving="batch", by="")
    visitor = to(team, "assess", visit, step="care")

    assert len(visitor.app.radio) == 0
    assert visitor.reads(LEFT_OUT)
    assert not visitor.reads("asked in an earlier one")


def test_models_says_whom_a_criterion_is_for(visit, team):
    assert to(team, "models", visit).reads("real-time only")
