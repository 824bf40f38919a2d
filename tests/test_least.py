"""The least effort to a band: edges by hand, and brute force over every set."""

from itertools import product

import pytest
import small
from hypothesis import assume, given
from hypothesis import strategies as st
from test_points import ONE, TWO, assessments, checked, definition, halves, oracle

from maturity.gaps import answer_first, gaps
from maturity.least import EFFORT, least_effort
from maturity.model import Definition
from maturity.scoring import score
from maturity.words import points

QUARTER = small.QUARTER


def weighed(model: Definition, efforts: dict[str, str]) -> Definition:
    """The same model, with the effort of some practices changed."""
    practices = {
        id: practice.model_copy(update={"effort": efforts.get(id, practice.effort)})
        for id, practice in model.practices.items()
    }
    return Definition(model.model, practices)


def least(model, answers, aim):
    return least_effort(model, score(model, answers, QUARTER), aim)


def lifted(model, answers, rungs):
    planned = {practice: small.rung(rung) for practice, rung in rungs.items()}
    return score(model, {**answers, **planned}, QUARTER).overall.lowest


@pytest.mark.parametrize(
    ("band", "halves_needed"), [(1, 1), (2, 3), (3, 5), (4, 7), (5, 11)]
)
def test_every_edge_is_passed_by_half_a_point_and_no_more(band, halves_needed):
    answers = halves("d", 0)

    rungs = least(ONE, answers, band).rungs

    mark = lifted(ONE, answers, rungs)
    assert (mark.level, mark.tenths) == (band, 5 * halves_needed)


@pytest.mark.parametrize("band", [1, 2, 3, 4, 5])
def test_a_score_at_the_edge_itself_still_needs_a_step(band):
    edge = round(2 * (0, 1, 2, 3, 5)[band - 1])

    assert len(least(ONE, halves("d", edge), band).rungs) == 1
    assert least(ONE, halves("d", edge + 1), band).rungs == {}


def test_half_a_point_by_hand_is_taken_where_it_is_enough():
    assert least(ONE, halves("d", 0), 1).rungs == {"d1": "scripted"}


def test_small_steps_are_preferred_to_large_ones():
    model = weighed(ONE, {"d1": "L", "d2": "L", "d6": "S", "d7": "S"})

    rungs = least(model, halves("d", 0), 2).rungs

    assert rungs == {"d6": "automatic", "d7": "scripted"}


def test_of_equal_efforts_the_fewest_practices_win_and_then_the_models_order():
    assert least(ONE, halves("d", 0), 2).rungs == {"d2": "scripted", "d1": "automatic"}


def test_only_sections_below_the_edge_are_raised():
    answers = halves("d", 14) | halves("m", 2)

    assert set(least(TWO, answers, 2).rungs) == {"m2"}


def test_each_section_is_raised_to_its_own_target():
    answers = halves("d", 0) | halves("m", 0)

    rungs = least(TWO, answers, {"data": 1, "model": 2}).rungs

    assert rungs == {"d1": "scripted", "m2": "scripted", "m1": "automatic"}
    assert set(least(TWO, answers, {"model": 1}).rungs) == {"m1"}


def test_the_section_that_is_lowest_at_each_point_comes_first():
    answers = halves("d", 4) | halves("m", 2)

    rungs = least(TWO, answers, 4).rungs

    sections = "".join(practice[0] for practice in rungs)
    assert sections.startswith("m")
    assert lifted(TWO, answers, rungs).level == 4


def test_an_open_test_is_answered_first_and_not_climbed():
    answers = halves("d", 0)
    del answers["d1"]

    found = least(ONE, answers, 1)

    assert found.rungs == {"d2": "scripted"}
    assert found.waiting == ()
    result = score(ONE, answers, QUARTER)
    assert [p.id for p in answer_first(ONE, result, 1)] == ["d1"]


def test_a_section_that_needs_its_open_tests_waits_for_the_answers():
    answers = {"d1": small.rung("by-hand")} | halves("m", 0)

    found = least(TWO, answers, 3)

    assert found.waiting == ("data",)
    assert {practice[0] for practice in found.rungs} == {"m"}


def test_a_band_that_not_applicable_tests_put_out_of_reach_gets_no_steps():
    out = {f"d{n}": small.not_applicable() for n in (5, 6, 7)}
    answers = halves("d", 0) | halves("m", 0) | out

    found = least(TWO, answers, 5)

    assert found.rungs == {}
    assert {s: points(tenths) for s, tenths in found.beyond.items()} == {
        "data": "4 points"
    }
    assert least(TWO, answers, 4).rungs != {}


def test_a_practice_that_counts_in_two_sections_is_climbed_once():
    shared = {"scripted": 0.5, "automatic": 1.0}
    model = definition({"data": {"a": shared, "b": shared}, "model": {"c": shared}})
    twin = model.model.criteria[0].model_copy(
        update={"id": "small.twin", "category": "model"}
    )
    both = model.model.model_copy(update={"criteria": [*model.model.criteria, twin]})
    answers = {p: small.rung("by-hand") for p in "abc"}

    assert least(Definition(both, model.practices), answers, 1).rungs == {
        "a": "scripted"
    }


def test_the_gaps_begin_with_the_least_effort_and_go_on_with_the_other_tests():
    result = score(TWO, halves("d", 14) | halves("m", 0), QUARTER)

    found = gaps(TWO, result, 2)

    assert [(gap.practice.id, gap.next.id, gap.needed) for gap in found] == [
        ("m2", "scripted", True),
        ("m1", "automatic", True),
        *((f"m{number}", "automatic", False) for number in range(3, 8)),
    ]


def test_a_section_in_the_highest_band_holds_nothing_back():
    result = score(TWO, halves("d", 11) | halves("m", 10), QUARTER)

    assert {gap.category for gap in gaps(TWO, result, 5)} == {"model"}
    assert {judged.criterion.category for judged in result.stops()} == {"model"}


# Against brute force


def cheapest(model: Definition, answers, aim: int):
    """Every set of climbs tried: the least by effort, then practices, then order."""
    asked = model.asked
    ranks = []
    for practice in asked:
        answer = answers.get(practice.id)
        now = practice.rank(answer.chosen) if answer and answer.chosen else None
        up = [] if now is None else range(now, len(practice.rungs))
        ranks.append([*up] or [None])
    found = []
    for tried in product(*ranks):
        said, effort, key = dict(answers), 0, []
        for place, (practice, rank, some) in enumerate(
            zip(asked, tried, ranks, strict=True)
        ):
            if rank is not None and rank > some[0]:
                said[practice.id] = small.rung(practice.ladder[rank])
                effort += EFFORT[practice.effort] * (rank - some[0])
                key.append((place, -rank))
        if oracle(model, said, best=False)[""][1] >= aim:
            found.append((effort, len(key), key))
    if not found:
        return None
    return {asked[p].id: asked[p].ladder[-rank] for p, rank in min(found)[2]}


@checked
@given(assessments(), st.data())
def test_no_set_of_steps_is_cheaper_than_the_one_found(assessment, data):
    model, answers = assessment
    assume(len(model.asked) <= 7)
    efforts = st.fixed_dictionaries(
        {practice.id: st.sampled_from("SML") for practice in model.asked}
    )
    model = weighed(model, data.draw(efforts))
    aim = data.draw(st.integers(1, model.model.top))

    found = least(model, answers, aim)

    expected = cheapest(model, answers, aim)
    if expected is None:
        assert found.waiting or found.beyond
    else:
        assert dict(found.rungs) == expected
        assert lifted(model, answers, found.rungs).level >= aim
    if found.beyond:
        assert oracle(model, answers, best=True)[""][1] < aim
