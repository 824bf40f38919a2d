"""Scoring: the traps, one by one. The rules at large are in the properties."""

from datetime import date

import numpy as np
import pytest
import small
from small import criterion, rung

from maturity.answer import Answer, State
from maturity.engine import NOT_APPLICABLE, OPEN, ROWS_AT_ONCE, Engine
from maturity.mark import Mark
from maturity.scoring import Verdict, rank_of, score, shown


def scored(criteria, answers, **model):
    """A small model scored; an answer given as text is a rung."""
    said = {
        practice: rung(answer) if isinstance(answer, str) else answer
        for practice, answer in answers.items()
    }
    return score(small.definition(criteria, **model), said, small.QUARTER)


def levels(result):
    return {
        id: one.lowest and one.lowest.level for id, one in result.categories.items()
    }


def test_a_level_three_criterion_does_not_make_up_for_an_unmet_level_one():
    criteria = [
        criterion("data", 1, "pipeline", "scripted"),
        criterion("data", 3, "checks", "automatic"),
    ]

    result = scored(criteria, {"pipeline": "by-hand", "checks": "automatic"})

    assert levels(result) == {"data": 0}
    assert result.overall.lowest == Mark(0, 0)


def test_categories_at_0_3_and_3_give_0():
    criteria = [
        criterion(category, level, f"{category}{level}", "scripted")
        for category in ("data", "training", "release")
        for level in (1, 2, 3)
    ]
    answers = {c.practice: "automatic" for c in criteria} | {"data1": "by-hand"}

    result = scored(criteria, answers)

    assert levels(result) == {"data": 0, "training": 3, "release": 3}
    assert result.overall.lowest == Mark(0, 6)


def test_a_category_without_criteria_at_a_level_is_lifted_and_says_so():
    criteria = [
        criterion("people", 1, "handover", "scripted"),
        criterion("release", 2, "build", "scripted"),
        criterion("release", 3, "rollout", "scripted"),
    ]
    answers = {"handover": "scripted", "build": "scripted", "rollout": "by-hand"}

    people = scored(criteria, answers).categories["people"]

    assert (people.own_level, people.lowest) == (1, Mark(2, 20))
    assert people.lifted
    assert people.next is None


def test_a_category_that_is_where_its_own_criteria_put_it_is_not_lifted():
    result = scored([criterion("data", 1, "pipeline", "scripted")], {})

    assert not result.categories["data"].lifted
    assert not result.overall.lifted


def test_a_level_with_nothing_applicable_is_not_earned():
    criteria = [
        criterion("data", 1, "pipeline", "scripted"),
        criterion("data", 2, "labels", "scripted"),
    ]
    answers = {"pipeline": "scripted", "labels": small.not_applicable()}

    result = scored(criteria, answers)

    assert result.overall.lowest == Mark(1, 10)
    assert result.overall.steps[1].not_applicable == 1
    assert result.unmet == []


def test_a_level_with_nothing_applicable_does_not_stand_in_the_way():
    criteria = [
        criterion("data", 1, "labels", "scripted"),
        criterion("data", 2, "pipeline", "scripted"),
    ]
    answers = {"labels": small.not_applicable(), "pipeline": "scripted"}

    assert scored(criteria, answers).overall.lowest == Mark(2, 20)


def test_nothing_answered_is_a_range_from_the_lowest_level_to_the_top():
    criteria = [
        criterion("data", 1, "pipeline", "scripted"),
        criterion("data", 3, "checks", "automatic"),
    ]

    overall = scored(criteria, {}).overall

    assert (overall.lowest, overall.highest) == (Mark(0, 0), Mark(3, 30))
    assert (overall.answered, overall.asked, overall.open) == (0, 2, 2)


def test_nothing_applicable_has_no_level_anywhere():
    criteria = [criterion("data", 1, "pipeline", "scripted")]

    result = scored(criteria, {"pipeline": small.not_applicable()})

    for one in (result.overall, result.categories["data"]):
        assert (one.lowest, one.highest, one.evidenced) == (None, None, None)
        assert (one.answered, one.asked) == (1, 1)
    assert result.unmet == []


def test_answers_to_practices_that_the_model_does_not_ask_change_nothing():
    criteria = [criterion("data", 1, "pipeline", "scripted")]

    with_dropped = scored(criteria, {"pipeline": "scripted", "dropped": "automatic"})

    assert with_dropped == scored(criteria, {"pipeline": "scripted"})


@pytest.mark.parametrize(
    "answer",
    [
        small.UNKNOWN,
        Answer(State.CLEARED, rung="automatic"),
        Answer(State.NOT_APPLICABLE, reason="  "),
        Answer(State.RUNG, rung="by-committee"),
        Answer(State.RUNG),
        Answer(State.KEPT),
    ],
    ids=["unknown", "cleared", "no reason", "rung gone", "no rung", "kept nothing"],
)
def test_an_answer_that_settles_nothing_is_open(answer):
    result = scored(
        [criterion("data", 1, "pipeline", "scripted")], {"pipeline": answer}
    )

    assert result.judged[0].verdict is Verdict.OPEN
    assert (result.overall.lowest, result.overall.highest) == (Mark(0, 0), Mark(1, 10))


@pytest.mark.parametrize(
    ("answer", "rank"),
    [
        (Answer(State.KEPT, rung="scripted"), 1),
        (Answer(State.KEPT, reason="No such data."), NOT_APPLICABLE),
        (None, OPEN),
    ],
)
def test_a_kept_answer_counts_as_what_it_keeps(answer, rank):
    assert rank_of(small.practice("pipeline"), answer) == rank


def test_criteria_are_counted_and_not_added_up_as_fractions():
    criteria = [criterion("data", 1, f"p{n}", "scripted") for n in range(10)]
    answers = {f"p{n}": "scripted" for n in range(7)}

    assert scored(criteria, answers).overall.lowest == Mark(0, 7)


def test_ninety_nine_of_a_hundred_is_not_the_level():
    criteria = [criterion("data", 1, f"p{n}", "scripted") for n in range(100)]
    answers = {f"p{n}": "scripted" for n in range(99)}

    assert scored(criteria, answers).overall.lowest == Mark(0, 9)


def test_informative_criteria_are_judged_and_never_decide():
    criteria = [
        criterion("data", 1, "pipeline", "scripted"),
        criterion("data", 1, "catalogue", "scripted", gating=False),
    ]

    result = scored(criteria, {"pipeline": "scripted", "catalogue": "by-hand"})

    assert [str(j.verdict) for j in result.judged] == ["met", "unmet"]
    assert result.overall.lowest == Mark(1, 10)
    assert result.overall.asked == 1


@pytest.mark.parametrize(
    ("evidence_on", "valid_until", "evidenced"),
    [
        (date(2026, 6, 30), None, Mark(0, 0)),
        (date(2026, 7, 1), None, Mark(1, 10)),
        (None, None, Mark(0, 0)),
        (date(2026, 11, 2), date(2026, 12, 30), Mark(0, 0)),
        (date(2024, 3, 1), date(2026, 12, 31), Mark(1, 10)),
        (date(2026, 12, 31), None, Mark(1, 10)),
        (date(2027, 1, 1), None, Mark(0, 0)),
    ],
    ids=[
        "ends a day early",
        "covers the last day",
        "none",
        "said to end a day early",
        "old, and said to cover the last day",
        "of the last day",
        "of the day after",
    ],
)
def test_evidence_has_to_cover_the_last_day_of_the_quarter(
    evidence_on, valid_until, evidenced
):
    criteria = [criterion("data", 1, "pipeline", "scripted")]

    result = scored(criteria, {"pipeline": rung("scripted", evidence_on, valid_until)})

    assert result.overall.lowest == Mark(1, 10)
    assert result.overall.evidenced == evidenced


def test_a_scale_may_begin_at_level_one():
    criteria = [
        criterion("data", 2, "pipeline", "scripted"),
        criterion("data", 3, "checks", "scripted"),
    ]

    result = scored(criteria, {"pipeline": "scripted"}, lowest=1)

    assert scored(criteria, {}, lowest=1).overall.lowest == Mark(1, 10)
    assert result.overall.lowest == Mark(2, 20)
    assert [step.level for step in result.overall.steps] == [2, 3]


def test_what_stops_a_category_is_its_own_next_level():
    criteria = [
        criterion("data", 1, "pipeline", "scripted"),
        criterion("release", 1, "build", "scripted"),
        criterion("release", 2, "rollout", "scripted"),
        criterion("release", 2, "rollback", "scripted"),
    ]
    result = scored(criteria, {"build": "scripted", "rollout": "scripted"})

    assert result.unmet == ["data.1.pipeline"]
    assert [j.criterion.id for j in result.stops("release")] == ["release.2.rollback"]


def test_a_practice_in_two_categories_counts_once_in_the_model():
    criteria = [
        criterion("data", 1, "checks", "scripted"),
        criterion("release", 2, "checks", "automatic"),
    ]

    result = scored(criteria, {"checks": "scripted"})

    assert result.overall.asked == 1
    assert [one.asked for one in result.categories.values()] == [1, 1]


def test_a_portfolio_larger_than_one_portion_comes_back_whole_and_in_order():
    criteria = [
        criterion("data", level, f"p{level}", "scripted") for level in (1, 2, 3)
    ]
    engine = Engine(small.definition(criteria))
    some = np.array([[0, 0, 0], [1, 0, 0], [1, 2, 0], [1, 1, 1]], np.int8)
    many = np.tile(some, (ROWS_AT_ONCE // 4 + 1, 1))

    marks = engine.marks(many)

    assert len(marks.level) == len(many) > ROWS_AT_ONCE
    assert (marks.level[:, 0].reshape(-1, 4) == [0, 1, 2, 3]).all()
    assert (marks.met[-1] == engine.marks(some).met[-1]).all()


def test_a_portfolio_without_assessments_is_empty():
    engine = Engine(small.definition([criterion("data", 1, "pipeline", "scripted")]))

    assert engine.marks(np.empty((0, 1), np.int8)).level.shape == (0, 2)


def test_a_score_is_shown_with_one_decimal():
    assert [shown(tenths) for tenths in (0, 7, 10, 27, 100)] == [
        "0.0",
        "0.7",
        "1.0",
        "2.7",
        "10.0",
    ]
