"""The way up: what steps bring, which come first, and what a plan comes to."""

from dataclasses import replace
from datetime import datetime
from itertools import combinations

import pytest
import small
from small import QUARTER, criterion, not_applicable, rung

from maturity import library
from maturity.plan import NewStep, PlanRow, Status
from maturity.quarter import Quarter
from maturity.reading import Target, Targets
from maturity.roadmap import (
    Standing,
    aim_of,
    begun,
    changes,
    climb,
    if_taken,
    in_order,
    late,
    projection,
    standing,
    unlocked,
    usual_aim,
    ways,
    what_if,
)
from maturity.scoring import score

CRITERIA = [
    criterion("data", 1, "versions", "scripted"),
    criterion("data", 2, "versions", "automatic"),
    criterion("data", 1, "checks", "scripted"),
    criterion("release", 1, "rollout", "scripted"),
    criterion("release", 2, "rollback", "scripted"),
    criterion("release", 3, "rollback", "automatic"),
]
DEFINITION = small.definition(CRITERIA)
BY_HAND = {c.practice: rung("by-hand") for c in CRITERIA}


def read(answers=BY_HAND, definition=DEFINITION, targets=None, quarter=QUARTER):
    return small.reading(definition, answers, quarter, targets)


def row(practice, rung="scripted", due="", status=Status.PLANNED, owner="ana", seq=1):
    at = datetime(2026, 11, 24)
    return PlanRow(seq, "t", practice, rung, owner, due, status, "ana", at)


def level(result):
    return result.overall.lowest.level


# Ways


def test_a_way_has_every_rung_to_climb_and_what_it_brings_here_and_elsewhere():
    other = small.definition([criterion("any", 2, "versions", "automatic")])
    object.__setattr__(other.model, "id", "other")

    way = next(w for w in ways(read(), 2, [DEFINITION, other]) if w.gap.level == 1)

    assert way.gap.practice.id == "versions"
    assert [r.id for r in way.climb] == ["scripted", "automatic"]
    assert (way.here.criteria, way.here.lowest) == (2, 1)
    assert [(u.criteria, u.lowest) for u in way.elsewhere] == [(1, 2)]
    assert way.value == 3


def test_a_step_brings_nothing_to_a_model_that_has_it_or_leaves_the_practice_out():
    definition = small.definition([criterion("any", 1, "versions", "scripted")])

    assert unlocked(definition, "versions", rung("scripted"), "automatic") is None
    assert unlocked(definition, "versions", not_applicable(), "automatic") is None
    assert unlocked(definition, "nothing", None, "automatic") is None
    assert unlocked(definition, "versions", None, "no-such-rung") is None
    assert unlocked(definition, "versions", None, "scripted").criteria == 1


def test_informative_criteria_are_not_counted_as_brought():
    definition = small.definition(
        [criterion("any", 1, "versions", "scripted", gating=False)]
    )

    assert unlocked(definition, "versions", rung("by-hand"), "automatic") is None


def test_no_fewer_steps_than_the_first_ones_reach_the_next_level():
    reading = read()
    order = ways(reading, 3, [])
    goals = {way.gap.practice.id: way.gap.goal.id for way in order}
    for wanted in (1, 2, 3):
        needed = next(
            n
            for n in range(len(order) + 1)
            for some in [dict(list(goals.items())[:n])]
            if level(what_if(DEFINITION, BY_HAND, QUARTER, some)) >= wanted
        )
        for fewer in combinations(goals.items(), needed - 1):
            reached = what_if(DEFINITION, BY_HAND, QUARTER, dict(fewer))
            assert level(reached) < wanted


@pytest.mark.parametrize("model", ["azure", "gigaom", "google"])
def test_whoever_takes_every_step_reaches_the_target_of_a_real_model(model):
    definition = library.load().definition(model)
    lowest = {p.id: rung(p.rungs[0].id) for p in definition.asked}
    reading = read(lowest, definition)
    for target in range(definition.model.lowest + 1, definition.model.top + 1):
        goals = {w.gap.practice.id: w.gap.goal.id for w in ways(reading, target, [])}

        assert level(what_if(definition, lowest, QUARTER, goals)) >= target


def test_an_unknown_rung_is_no_climb_and_an_open_answer_climbs_from_the_first():
    practice = small.practice("versions")

    assert climb(practice, rung("automatic"), "nowhere") == ()
    assert [r.id for r in climb(practice, None, "scripted")] == ["scripted"]


# Targets


def test_the_aim_is_the_targets_else_the_next_level():
    targets = Targets(Target(2, None), {"release": Target(3, None)})

    assert aim_of(read()) is None
    assert usual_aim(read()) == 1
    assert usual_aim(read(targets=targets)) == {"data": 2, "release": 3}
    assert aim_of(read(targets=Targets(None, {"data": Target(1, None)}))) == {"data": 1}


def test_at_the_top_the_aim_is_the_top():
    best = {c.practice: rung("automatic") for c in CRITERIA}

    assert usual_aim(read(best)) == 3


# What if


def test_a_planned_rung_counts_as_its_answer():
    steps = {"versions": "scripted", "checks": "scripted", "rollout": "automatic"}
    taken = {**BY_HAND, **{p: rung(r) for p, r in steps.items()}}

    assert what_if(DEFINITION, BY_HAND, QUARTER, steps) == score(
        DEFINITION, taken, QUARTER
    )


def test_a_plan_never_lowers_an_answer_and_leaves_out_what_is_not_applicable():
    answers = {**BY_HAND, "versions": rung("automatic"), "checks": not_applicable()}
    steps = {"versions": "scripted", "checks": "scripted", "gone": "x", "rollout": "x"}
    reading = read(answers)

    assert if_taken(reading, steps).answers == answers
    assert if_taken(reading, steps).result == reading.result


def test_a_reading_of_what_may_be_is_a_draft_and_the_real_one_stays():
    reading = read()
    seen = if_taken(reading, {"versions": "automatic"})

    assert seen.draft
    assert seen.answers["versions"].rung == "automatic"
    assert reading.answers == BY_HAND


# The plan


def test_saving_writes_only_what_is_new_higher_or_left_out():
    rows = [
        row("versions", "scripted", "2027-Q1", Status.DOING),
        row("checks", owner="bo"),
        row("rollout"),
        row("elsewhere"),
    ]
    shown = ["versions", "checks", "rollout", "rollback"]
    ticked = {"versions": "automatic", "rollout": "scripted", "rollback": "scripted"}

    assert changes(rows, shown, ticked, "2027-Q2") == [
        NewStep("versions", "automatic", "ana", "2027-Q1", Status.DOING),
        NewStep("rollback", "scripted", "", "2027-Q2", Status.PLANNED),
        NewStep("checks", "scripted", "bo", "", Status.DROPPED),
    ]


def test_a_done_step_is_never_dropped_by_saving_and_a_dropped_one_comes_back():
    rows = [row("versions", status=Status.DONE), row("checks", status=Status.DROPPED)]
    shown = ["versions", "checks"]

    assert changes(rows, shown, {"checks": "scripted"}, "2027-Q1") == [
        NewStep("checks", "scripted", "ana", "2027-Q1")
    ]


def test_a_done_step_with_a_higher_goal_is_planned_again():
    rows = [row("versions", status=Status.DONE)]

    assert changes(rows, ["versions"], {"versions": "automatic"}, "") == [
        NewStep("versions", "automatic", "ana", "", Status.PLANNED)
    ]


def test_the_plan_is_in_the_order_that_lifts_the_level_soonest():
    rows = [
        row("gone", status=Status.DROPPED),
        row("elsewhere", due="2027-Q2"),
        row("also-elsewhere", due="2027-Q1"),
        row("rollback"),
        row("versions"),
    ]

    order = in_order(rows, ways(read(), 3, []))

    assert [r.practice for r in order] == [
        "versions",
        "rollback",
        "also-elsewhere",
        "elsewhere",
        "gone",
    ]


def test_a_step_stands_beside_the_answers():
    answers = {**BY_HAND, "checks": rung("automatic")}

    def of(step):
        return standing(DEFINITION, answers, step)

    assert of(row("versions")) is Standing.AHEAD
    assert of(row("checks")) is Standing.REACHED
    assert of(row("gone")) is Standing.UNKNOWN
    assert of(row("versions", rung="gone")) is Standing.UNKNOWN


def test_each_quarter_counts_the_steps_that_are_due_by_then():
    rows = [
        row("versions", due="2027-Q1"),
        row("checks", due="2027-Q1"),
        row("rollout", due="2027-Q3"),
        row("rollback", status=Status.DROPPED, due="2028-Q1"),
    ]

    found = projection(read(), rows, QUARTER)

    assert [(str(p.quarter), p.score.lowest.tenths, p.steps) for p in found] == [
        ("2027-Q1", 6, 2),
        ("2027-Q2", 6, 2),
        ("2027-Q3", 10, 3),
    ]


def test_a_late_step_counts_from_today_and_a_step_without_a_date_never():
    rows = [row("versions", due="2026-Q1"), row("checks")]
    today = QUARTER.shift(1)

    (only,) = projection(read(), rows, today)

    assert (only.quarter, only.steps) == (today, 1)
    assert projection(read(), [row("checks")], today) == []


def test_a_projection_begins_after_the_quarter_that_is_read():
    rows = [row("versions", due="2027-Q1")]

    found = projection(read(), rows, QUARTER)

    assert [p.quarter for p in found] == [QUARTER.shift(1)]


def test_only_an_open_step_is_late():
    due = str(QUARTER.shift(-1))

    assert late(row("a", due=due), QUARTER)
    assert late(row("a", due=due, status=Status.DOING), QUARTER)
    assert not late(row("a", due=due, status=Status.DONE), QUARTER)
    assert not late(row("a", due=str(QUARTER)), QUARTER)
    assert not late(row("a"), QUARTER)


def test_a_step_begins_when_it_was_planned_and_anew_when_it_was_dropped():
    early, mid, later = datetime(2026, 1, 5), datetime(2026, 5, 5), datetime(2026, 8, 5)
    rows = [
        replace(row("a"), at=early),
        replace(row("a", status=Status.DOING), at=later),
        replace(row("b"), at=early),
        replace(row("b", status=Status.DROPPED), at=mid),
        replace(row("b"), at=later),
        replace(row("c"), at=early),
        replace(row("c", status=Status.DROPPED), at=mid),
    ]

    assert begun(rows) == {"a": Quarter(2026, 1), "b": Quarter(2026, 3)}
