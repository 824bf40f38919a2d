"""Answers that cannot both be true: the pairs of the product, and finding them."""

import pytest

from maturity import contradictions, library
from maturity.answer import Answer, State

LIBRARY = library.load()


def said(**rungs):
    return {
        practice.replace("__", ".").replace("_", "-"): Answer(State.RUNG, rung)
        for practice, rung in rungs.items()
    }


def ids(answers):
    return [pair.id for pair in contradictions.found(LIBRARY.practices, answers)]


@pytest.mark.parametrize("pair", contradictions.known(), ids=lambda pair: pair.id)
def test_a_pair_names_two_practices_of_the_library_and_their_rungs(pair):
    high = LIBRARY.practices[pair.high.practice]
    low = LIBRARY.practices[pair.low.practice]

    assert high.id != low.id
    assert (high.rank(pair.high.rung) or 0) > 0
    rank = low.rank(pair.low.rung)
    assert rank is not None
    assert rank < len(low.rungs) - 1
    assert pair.says.endswith(".")
    assert len(pair.says.split()) <= 24


def test_no_pair_is_there_twice():
    pairs = contradictions.known()

    assert len({pair.id for pair in pairs}) == len(pairs)
    sides = {(p.high.practice, p.high.rung, p.low.practice) for p in pairs}
    assert len(sides) == len(pairs)


def test_automatic_release_without_any_tests_is_found():
    answers = said(
        delivery__model_release="policy", validation__deployability="nothing"
    )

    assert ids(answers) == ["released-untested"]


def test_a_higher_rung_above_and_a_lower_one_below_count_too():
    answers = said(
        delivery__pipeline_change="deployed", validation__code_tests="untested"
    )
    assert ids(answers) == ["tested-and-untested"]

    answers = said(delivery__release_owner="ci-cd", delivery__model_release="ad-hoc")
    assert ids(answers) == ["pipeline-and-hand"]


@pytest.mark.parametrize(
    "other", [None, Answer(State.UNKNOWN), Answer(State.NOT_APPLICABLE, reason="None")]
)
def test_an_open_answer_contradicts_nothing(other):
    answers = said(delivery__model_release="policy")
    if other:
        answers["validation.deployability"] = other

    assert ids(answers) == []


def test_answers_that_fit_are_left_alone():
    answers = said(delivery__model_release="policy", validation__deployability="load")
    assert ids(answers) == []

    lowest = {
        p.id: Answer(State.RUNG, p.rungs[0].id) for p in LIBRARY.practices.values()
    }
    highest = {
        p.id: Answer(State.RUNG, p.rungs[-1].id) for p in LIBRARY.practices.values()
    }
    assert ids(lowest) == []
    assert ids(highest) == []
