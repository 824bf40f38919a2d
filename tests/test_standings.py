"""Many assessments at once: figures equal to those of one assessment at a time."""

import json

import small
from hypothesis import given
from hypothesis import strategies as st
from test_scoring_properties import QUARTER, answers_to, assessments, checked

from maturity import library
from maturity.reading import freeze
from maturity.scoring import Result, score
from maturity.standings import Asked, Figures, Outcome, Scored, Thaw, thaw_overall

POINTS = library.load().definition("ml-test-score")


def figures(one) -> Figures:
    """A score of the one engine, without its steps."""
    names = Figures.__dataclass_fields__
    return Figures(**{name: getattr(one, name) for name in names})


def same(outcome: Outcome, result: Result) -> None:
    parts = {category: figures(one) for category, one in result.categories.items()}
    following = result.overall.next
    assert figures(outcome.overall) == figures(result.overall)
    assert {c: figures(one) for c, one in outcome.categories.items()} == parts
    assert outcome.next == (following.level if following else None)
    assert outcome.judged == result.judged
    assert outcome.stops == result.stops()


@checked
@given(assessments(), st.data())
def test_scored_together_is_scored_one_by_one(assessment, data):
    definition, answers = assessment
    other = {p.id: data.draw(answers_to(p)) for p in definition.asked[:2]}
    every = [
        Asked(answers, QUARTER),
        Asked(other, QUARTER.shift(-1)),
        Asked({}, QUARTER),
    ]

    scored = Scored(definition, every)

    for place, one in enumerate(every):
        same(scored.outcome(place), score(definition, one.answers, one.quarter))
        assert scored.overall(place) == scored.outcome(place).overall


@checked
@given(assessments())
def test_a_frozen_result_comes_back_with_the_figures_it_was_frozen_with(assessment):
    definition, answers = assessment
    result = score(definition, answers, QUARTER)

    same(Thaw(definition).outcome(freeze(result)), result)
    overall = json.dumps(json.loads(freeze(result))["overall"])
    assert thaw_overall(overall) == figures(result.overall)


@checked
@given(st.data())
def test_points_and_bands_are_the_same_by_either_way(data):
    answers = {p.id: data.draw(answers_to(p)) for p in POINTS.asked[::3]}
    result = score(POINTS, answers, QUARTER)

    (together,) = [Scored(POINTS, [Asked(answers, QUARTER)]).outcome(0)]

    same(together, result)
    same(Thaw(POINTS).outcome(freeze(result)), result)


def test_of_two_criteria_on_one_practice_the_higher_one_is_what_is_missed():
    definition = library.load().definition("azure")
    missed = Scored(definition, [Asked({}, QUARTER)]).outcome(0).missed
    assert missed == {}  # an open answer misses nothing

    lowest = {p.id: small.rung(p.ladder[0]) for p in definition.asked}
    outcome = Scored(definition, [Asked(lowest, QUARTER)]).outcome(0)
    by_practice: dict[str, int] = {}
    for judged in outcome.stops:
        practice = judged.criterion.practice
        by_practice[practice] = max(judged.needed, by_practice.get(practice, 0))
    assert by_practice
    assert {p: j.needed for p, j in outcome.missed.items()} == by_practice


def test_an_informative_category_has_no_figures_and_no_place_in_the_result():
    definition = library.load().definition("marvelous")
    yes = {p.id: small.rung("yes") for p in definition.asked}

    result = score(definition, yes, QUARTER)

    assert list(result.categories) == [c.id for c in definition.model.deciding]
    assert len(result.judged) == 60
    assert result.overall.lowest.tenths == 10
    same(Scored(definition, [Asked(yes, QUARTER)]).outcome(0), result)
    same(Thaw(definition).outcome(freeze(result)), result)
