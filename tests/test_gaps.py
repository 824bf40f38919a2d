"""Gaps: what stands between a team and a target, and in what order."""

import small
from small import criterion, rung

from maturity.gaps import answer_first, gaps
from maturity.scoring import score

CRITERIA = [
    criterion("data", 1, "pipeline", "scripted"),
    criterion("data", 2, "checks", "scripted"),
    criterion("release", 2, "build", "scripted"),
    criterion("release", 2, "rollout", "automatic"),
    criterion("release", 3, "build", "automatic"),
    criterion("release", 2, "catalogue", "scripted", gating=False),
]
BY_HAND = {c.practice: rung("by-hand") for c in CRITERIA}


def found(aim, answers=BY_HAND, criteria=CRITERIA):
    definition = small.definition(criteria)
    return gaps(definition, score(definition, answers, small.QUARTER), aim)


def test_lower_levels_come_first_then_the_category_with_most_to_do():
    assert [gap.practice.id for gap in found(3)] == [
        "pipeline",
        "build",
        "rollout",
        "checks",
    ]


def test_criteria_above_the_target_are_no_gaps():
    assert [gap.practice.id for gap in found(1)] == ["pipeline"]


def test_a_practice_is_one_gap_with_its_next_step_and_the_rung_for_the_target():
    build = found(3)[1]

    assert (build.now.id, build.next.id, build.goal.id) == (
        "by-hand",
        "scripted",
        "automatic",
    )
    assert (build.level, build.category) == (2, "release")
    assert [c.level for c in build.criteria] == [2, 3]


def test_of_two_criteria_at_one_level_the_higher_rung_is_the_next_step():
    criteria = [
        criterion("data", 1, "checks", "scripted"),
        criterion("release", 1, "checks", "automatic"),
    ]

    (gap,) = found(1, {"checks": rung("by-hand")}, criteria)

    assert gap.next.id == "automatic"


def test_a_step_that_is_already_made_is_no_gap():
    answers = {**BY_HAND, "build": rung("scripted")}

    build = next(gap for gap in found(3, answers) if gap.practice.id == "build")

    assert (build.level, build.now.id, build.next.id) == (3, "scripted", "automatic")


def test_a_category_without_a_target_has_no_gaps():
    assert [gap.practice.id for gap in found({"data": 2})] == ["pipeline", "checks"]


def test_open_practices_are_no_gaps_and_are_to_be_answered_first():
    answers = {**BY_HAND, "build": small.UNKNOWN}
    del answers["checks"]
    definition = small.definition(CRITERIA)
    result = score(definition, answers, small.QUARTER)

    assert [gap.practice.id for gap in gaps(definition, result, 2)] == [
        "pipeline",
        "rollout",
    ]
    waiting = answer_first(definition, result, 2)
    assert [practice.id for practice in waiting] == ["checks", "build"]


def test_at_the_top_nothing_is_left_to_do():
    answers = {c.practice: rung("automatic") for c in CRITERIA}

    assert found(3, answers) == []
