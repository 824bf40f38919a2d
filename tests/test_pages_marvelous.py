"""The Marvelous questionnaire on the pages: one level, sections that decide none."""

import pytest

from maturity.answer import Answer, State
from maturity.quarter import Quarter

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)
MODEL = "marvelous"
INFORMATIVE = "Data transformation pipelines and feature store"


def answer(service, team, numbers, rung):
    for number in numbers:
        said = Answer(State.RUNG, rung)
        service.answer(team.id, NOW, f"{MODEL}.{number}", said, "")


@pytest.fixture
def team(service):
    """A batch team that says yes to every basic statement, and to three others."""
    team = service.store.add_team("Forecast", serving="batch", by="")
    answer(service, team, range(1, 50), "yes")
    answer(service, team, range(50, 54), "no")
    return team


def to(team, page, visit, **more):
    return visit(page, team=team.id, model=MODEL, quarter=str(NOW), **more)


def test_yes_to_all_basic_statements_is_mature_whatever_the_others_say(visit, team):
    results = to(team, "results", visit)

    assert results.reads("Level 1")
    assert results.reads("Mature")
    assert results.reads("4 not applicable")
    assert results.reads("All 42 practices that decide the level are answered.")
    assert results.reads("This is the highest level of this model.")


def test_an_informative_section_says_what_is_in_place_and_has_no_level(visit, team):
    results = to(team, "results", visit)

    assert results.reads(f"**{INFORMATIVE}: informative**")
    assert results.reads("3 of 7 in place. It decides no level.")
    assert results.reads("0 of 4 in place, 4 open. It decides no level.")
    assert not results.reads(f"{INFORMATIVE}: Level")
    assert not results.reads(f"{INFORMATIVE}: Not applicable")


def test_its_questions_say_that_they_decide_nothing(visit, team):
    basic = to(team, "assess", visit, step="documentation")
    beyond = to(team, "assess", visit, step="features")

    said = "Informative: these answers are shown and decide no level."
    assert beyond.reads(said)
    assert not basic.reads(said)


def test_no_target_can_be_set_for_an_informative_section(visit, team, service):
    results = to(team, "results", visit)

    labels = [box.label for box in results.app.selectbox]
    assert "Documentation" in labels
    assert INFORMATIVE not in labels


def test_what_is_met_stands_folded_below_dozens_of_next_steps(visit, team, service):
    answer(service, team, range(9, 29), "no")

    results = to(team, "results", visit)

    assert results.reads("Change these 20 practices to reach Level 1.")
    assert results.reads("40 criteria that are met, do not apply or decide nothing")


def test_models_marks_what_is_informative(visit, team):
    models = to(team, "models", visit)

    assert models.reads("Each has its own level and its own spoke, unless it is")
    assert models.reads("7 questions]] :gray-badge[informative]")
    assert models.reads("NOTICE-marvelous-mlops")
