"""What stands between a team and the next band, in whole sentences."""

import pytest
import small
from test_points import ONE, TWO, definition, halves
from test_roadmap import QUARTER, read, row

from maturity import gap_words, plan_words, reasons, words
from maturity.gaps import answer_first, steps_to
from maturity.least import least_effort
from maturity.roadmap import changes, ticked, ways
from maturity.story import tell, verdict
from maturity.tickets import tickets

OUT = {f"d{n}": small.not_applicable() for n in (5, 6, 7)}
LOW = halves("d", 0) | halves("m", 0)
WAITING = halves("m", 0) | {"d1": small.rung("by-hand")}


def points(answers, model=TWO):
    return read(answers, model)


def title(answers, aim, model=TWO):
    reading = points(answers, model)
    result = reading.result
    return plan_words.least_title(
        model.model,
        ways(reading, aim, []),
        aim,
        len(answer_first(model, result, aim)),
        least_effort(model, result, aim),
    )


@pytest.mark.parametrize(
    ("answers", "aim", "said"),
    [
        (LOW, 1, "The least effort to Over 0: 2 steps, 2 medium rungs up"),
        (
            halves("d", 14) | halves("m", 0),
            1,
            "The least effort to Over 0: 1 step, 1 medium rung up",
        ),
        (
            LOW,
            {"data": 1},
            "The least effort to your targets: 1 step, 1 medium rung up",
        ),
        (
            LOW | OUT,
            5,
            "Over 5 is out of reach: data can come to 4 points at most",
        ),
        (
            LOW | OUT,
            {"data": 5},
            "Your targets are out of reach: data can come to 4 points at most",
        ),
        (WAITING, 3, "3 steps to take and 6 questions to answer first for Over 2"),
        ({}, 3, "14 questions to answer first for Over 2"),
        (halves("d", 14) | halves("m", 14), 5, "Nothing is left to change for Over 5"),
    ],
)
def test_the_way_to_a_band_is_titled_by_its_least_effort(answers, aim, said):
    assert title(answers, aim) == said


def test_under_the_title_stands_how_the_steps_are_sorted():
    found = ways(points(LOW), 1, [])
    least = least_effort(TWO, points(LOW).result, 1)

    assert plan_words.order(TWO.model, found, least).startswith(
        "In the order that lifts the score soonest."
    )
    beyond = least_effort(TWO, points(LOW | OUT).result, 5)
    assert plan_words.order(TWO.model, found, beyond) == (
        "Tests that are not applicable give no points."
    )
    assert plan_words.order(TWO.model, [], least_effort(TWO, points({}).result, 1)) == (
        ""
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (LOW, "1 point is missing; the least effort to it is 2 steps."),
        (
            halves("d", 2) | halves("m", 3),
            "0.5 points are missing; the least effort to them is 1 step.",
        ),
        (
            halves("m", 14)
            | {"d1": small.rung("automatic"), "d2": small.rung("by-hand")},
            "0.5 points are missing; the least effort to them is 1 step. "
            "5 questions are open: answer them first.",
        ),
    ],
)
def test_what_is_missing_stands_with_the_least_effort_to_it(answers, said):
    reading = points(answers)
    step = reading.overall.next
    found = ways(reading, step.level, [])
    waiting = answer_first(TWO, reading.result, step.level)
    known = steps_to(TWO, reading.result, step.level)

    assert gap_words.holding_back(len(found), len(waiting), step, known) == said


def test_without_known_steps_the_tests_that_may_give_points_are_counted():
    step = points(LOW).overall.next

    assert gap_words.holding_back(5, 0, step) == (
        "1 point is missing; 5 tests can still give some."
    )


def test_steps_or_tests_lead_to_a_band():
    step = points(LOW).overall.next

    assert gap_words.to_reach(TWO.model, 0, step) == (
        "1 point more, out of these tests, leads to Over 0."
    )
    assert gap_words.to_reach(TWO.model, 1, step) == (
        "This step leads to Over 0 with the least effort."
    )
    assert gap_words.to_reach(TWO.model, 2, step) == (
        "These 2 steps lead to Over 0 with the least effort."
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            LOW,
            "2 steps lead to Over 0 with the least effort, 1 of them in data.",
        ),
        (
            halves("d", 5) | halves("m", 10),
            "One step leads to Over 3: D4.",
        ),
        (
            halves("d", 10) | halves("m", 14),
            "One step leads to Over 5: D6.",
        ),
        (
            {**halves("m", 0), "d1": small.rung("by-hand")},
            "2 steps lead to Over 0 with the least effort, 1 of them in data.",
        ),
        (halves("m", 0), "1 step and 7 open questions stand between us and Over 0."),
        ({}, "14 open questions stand between us and Over 0."),
        (
            LOW | {f"d{n}": small.not_applicable() for n in range(1, 8)},
            "Over 0 is out of reach: data can come to 0 points at most.",
        ),
        (
            halves("d", 14) | halves("m", 11),
            "Nothing holds us back: this is the highest band.",
        ),
    ],
)
def test_the_story_says_what_holds_back_from_a_band(answers, said):
    assert tell(points(answers), []).back.headline == said


def test_the_story_asks_for_the_steps_of_the_least_effort():
    story = tell(points(halves("d", 3) | halves("m", 2)), [])

    assert [(hold.name, hold.wanted) for hold in story.holds] == [
        ("M2", "It is scripted.")
    ]
    assert story.ask.headline == "To reach Over 1, help us to change this one thing."


def test_a_quarter_that_stands_still_waits_for_the_next_band():
    before = read(halves("d", 3) | halves("m", 2), TWO, quarter=QUARTER.shift(-1))
    now = points(halves("d", 4) | halves("m", 2))

    assert verdict(now, before).sentence == (
        "Stable: Over 0 with a score of 1.0, as in Q3 2026: 1 answer improved, and the "
        "next band waits for other answers."
    )


def test_a_ticket_says_what_a_step_of_half_a_point_brings():
    reading = points(halves("d", 3) | halves("m", 2))
    found = ways(reading, 2, [])

    content = tickets(
        [row("m2", "scripted")], TWO.practices.get, reading.answers, found, {}
    )

    assert "M2: It is scripted." in content.decode()
    assert "Brings 0.5 points here." in content.decode()


def test_a_planned_step_that_the_least_effort_does_without_stays_as_it_is():
    reading = points(halves("d", 3) | halves("m", 2))
    plan = [row("m5", "scripted")]
    found = ways(reading, 2, [])

    kept = ticked(found, plan, {})

    assert kept == {"m5": "scripted"}
    assert changes(plan, [way.gap.practice.id for way in found], kept, "") == []


def test_all_points_at_once_is_one_climb_where_no_rung_gives_half():
    model = definition({"data": {"a": {"automatic": 1.0}}}, (0,))

    assert title({"a": small.rung("by-hand")}, 1, model) == (
        "The least effort to Over 0: 1 step, 2 medium rungs up"
    )


def test_one_section_needs_no_of_them():
    assert tell(points(halves("d", 1), ONE), []).back.headline == (
        "One step leads to Over 1: D2."
    )


def test_of_bands_no_sentence_says_level():
    reading = points({**halves("d", 14), "m1": small.rung("automatic")})

    assert words.coverage(reading.overall) == (
        "8 of 14 practices that decide the band are answered"
    )
    assert words.answering(reading.overall) == (
        "Answer them to get one band instead of a range."
    )
    settled = points(halves("d", 0) | {"m1": small.rung("automatic")}).overall
    assert words.answering(settled) == (
        "Answering cannot change the band; it makes the picture complete."
    )
    full = points(halves("d", 4) | halves("m", 4)).overall
    assert reasons.range_sentence(full) == (
        "No question is open, so this is one band and not a range."
    )
