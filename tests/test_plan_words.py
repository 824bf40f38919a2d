"""The sentences of the way up, whole."""

import pytest
import small
from small import not_applicable, rung
from test_roadmap import BY_HAND, QUARTER, read, row

from maturity import plan_words
from maturity.plan import Status
from maturity.roadmap import Unlock, if_taken, projection, ways
from maturity.storage.plans import Replanned

GATED = small.definition([small.criterion("data", 1, "a", "scripted")]).model


def test_the_title_says_how_much_there_is_to_change():
    assert plan_words.title(GATED, ways(read(), 1, []), 1, 0) == (
        "3 practices to change to reach Level 1"
    )
    one = read({**BY_HAND, "versions": rung("scripted"), "checks": rung("scripted")})
    assert plan_words.title(GATED, ways(one, 1, []), {"data": 1}, 0) == (
        "1 practice to change to reach your targets"
    )
    assert plan_words.title(GATED, [], 2, 0) == "Nothing is left to change for Level 2"


def test_the_title_does_not_call_open_questions_done():
    assert plan_words.title(GATED, [], 2, 1) == "1 question to answer first for Level 2"
    assert plan_words.title(GATED, [], {"data": 1}, 3) == (
        "3 questions to answer first for your targets"
    )


def test_effort_and_value_stand_beside_each_other():
    one, *_ = ways(read(), 2, [])
    assert plan_words.effort(one) == "Effort: medium a rung, 2 rungs up"
    assert plan_words.value(one) == "Brings 2 criteria here, the first at Level 1"

    low, *_ = ways(read(), 1, [])
    object.__setattr__(low, "elsewhere", (Unlock("A", 3, 1), Unlock("B", 1, 2)))
    assert plan_words.effort(low) == "Effort: medium, 1 rung up"
    assert plan_words.value(low) == (
        "Brings 1 criterion here, at Level 1; also 3 of A and 1 of B"
    )


def test_a_what_if_says_what_the_steps_come_to():
    reading = read()
    steps = {"versions": "scripted", "checks": "scripted", "rollout": "scripted"}

    assert plan_words.standing(reading) == (
        "Level 0, with evidence Level 0, score 0.0. 0 of 3 criteria met for Level 1."
    )
    assert plan_words.what_if(reading, if_taken(reading, steps), 3) == (
        "With 3 steps: Level 1, score 1.0. 0 of 2 criteria met for Level 2."
    )
    late_one = if_taken(reading, {"rollback": "scripted"})
    assert plan_words.what_if(reading, late_one, 1) == (
        "With 1 step: still Level 0, score 0.0. 0 of 3 criteria met for Level 1."
    )
    assert plan_words.what_if(reading, reading, 0).startswith("Switch steps on")


def test_a_reading_without_a_level_says_so():
    nothing = read({practice: not_applicable() for practice in BY_HAND})

    assert plan_words.standing(nothing) == (
        "Nothing in this model applies to this team."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], "Nothing to save."),
        ([(row("a"), None)], "Plan saved: 1 added."),
        (
            [
                (row("a"), row("a", status=Status.DROPPED)),
                (row("b", due="2027-Q1"), row("b")),
                (row("c", status=Status.DROPPED), row("c")),
            ],
            "Plan saved: 1 added, 1 changed, 1 dropped.",
        ),
    ],
)
def test_what_was_saved_is_counted(changes, said):
    assert plan_words.saved([Replanned(*change) for change in changes]) == said


def test_the_plan_is_titled_by_its_steps():
    assert plan_words.plan_title([]) == "No plan yet"
    assert plan_words.plan_title([row("a")]) == "The plan: 1 step"
    done = row("b", status=Status.DONE)
    assert plan_words.plan_title([row("a"), done]) == "The plan: 2 steps, 1 done"


def test_only_a_late_step_is_called_late():
    assert plan_words.due(row("a", due="2026-Q3"), QUARTER) == "Late: due Q3 2026"
    assert plan_words.due(row("a", due="2026-Q4"), QUARTER) == ""


def test_the_outlook_says_what_the_plan_comes_to():
    reading = read()
    steps = ("versions", "checks", "rollout")
    rows = [row(step, due="2027-Q2") for step in steps]
    projected = projection(reading, rows, QUARTER)

    assert plan_words.outlook_title(reading, projected) == (
        "Level 0 now, Level 1 in Q2 2027 if the plan holds"
    )
    assert plan_words.outlook_title(reading, projected[:1]) == (
        "Still Level 0 in Q1 2027 if the plan holds"
    )


def test_steps_without_a_date_are_counted():
    assert plan_words.undated([row("a", due="2027-Q1")]) == ""
    assert plan_words.undated([row("a")]) == (
        "1 step has no date yet and is not in these pictures."
    )
    assert plan_words.undated([row("a"), row("b")]) == (
        "2 steps have no date yet and are not in these pictures."
    )


def test_a_status_is_late_only_where_something_is_still_to_do():
    doing = row("a", due="2026-Q1", status=Status.DOING)

    assert plan_words.status(doing, QUARTER) == "Late"
    assert plan_words.status(row("a", status=Status.DONE), QUARTER) == "Done"


def test_pairs_of_answers_are_counted():
    assert plan_words.doubts_title(1) == "1 pair of answers does not fit together"
    assert plan_words.doubts_title(2) == "2 pairs of answers do not fit together"
