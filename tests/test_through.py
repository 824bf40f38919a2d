"""One set of answers through several models: what differs, and what is open."""

import small
from small import criterion, definition, rung

from maturity import through_words
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.through import differences, missing, shared


def reading(name, criteria, answers) -> Reading:
    asked = definition(criteria)
    named = {"id": name.lower(), "name": f"{name} model", "short_name": name}
    model = asked.model.model_copy(update=named)
    asked = type(asked)(model, asked.practices)
    mine = {key: value for key, value in answers.items() if key in asked.practices}
    return small.reading(asked, mine)


def strict(answers):
    return reading("Strict", [criterion("data", 1, "runs", "automatic")], answers)


def mild(answers):
    wanted = [
        criterion("data", 1, "runs", "scripted"),
        criterion("data", 2, "tests", "scripted"),
        criterion("data", 3, "runs", "automatic"),
    ]
    return reading("Mild", wanted, answers)


def test_one_answer_that_one_model_has_met_and_another_waits_for_is_a_difference():
    answers = {"runs": rung("scripted"), "tests": rung("by-hand")}

    (found,) = differences([strict(answers), mild(answers)])

    assert found.practice.id == "runs"
    assert found.said == "It is scripted."
    (asked,), (met,) = found.asked, found.met
    assert (through_words.asks(asked), asked.rung.id) == (
        "Strict, Level 1",
        "automatic",
    )
    assert (through_words.asks(met), met.rung.id) == ("Mild, Level 1", "scripted")
    assert through_words.later(met) == "More at Level 3."


def test_an_open_answer_is_neither_a_difference_nor_something_to_change():
    readings = [strict({"tests": rung("by-hand")}), mild({"tests": rung("by-hand")})]

    assert differences(readings) == []
    assert shared(readings) == []


def test_models_that_wait_for_the_same_practice_agree():
    answers = {"runs": rung("by-hand"), "tests": rung("by-hand")}
    readings = [strict(answers), mild(answers)]

    (both,) = shared(readings)

    assert differences(readings) == []
    assert [through_words.asks(ask) for ask in both.asked] == [
        "Strict, Level 1",
        "Mild, Level 1",
    ]
    assert [ask.rung.id for ask in both.asked] == ["automatic", "scripted"]


def test_the_questions_that_complete_a_reading_are_those_of_the_lowest_levels_first():
    one = reading(
        "Mixed",
        [
            criterion("data", 3, "late", "scripted"),
            criterion("data", 1, "early", "scripted"),
            criterion("data", 2, "known", "scripted"),
            criterion("data", 1, "shown", "scripted", gating=False),
        ],
        {"known": rung("by-hand")},
    )

    assert [practice.id for practice in missing(one)] == ["early", "late"]
    assert through_words.coverage(one.overall) == "1 of 3 practices answered"
    assert through_words.completing(one, missing(one)) == (
        "2 questions complete it: Early and Late. "
        "Answer them to get one level instead of a range."
    )


def test_many_open_questions_are_named_in_part():
    wanted = [criterion("data", 1, f"p{n}", "scripted") for n in range(7)]
    one = reading("Long", wanted, {})

    assert through_words.completing(one, missing(one)) == (
        "7 questions complete it: P0, P1, P2, P3 and 3 more. "
        "Answer them to get one level instead of a range."
    )
    assert through_words.completing(one, []) == "Complete: nothing is open."


def test_a_reading_says_how_it_relates_to_what_was_submitted():
    low = {"runs": rung("scripted"), "tests": rung("by-hand")}
    high = {"runs": rung("scripted"), "tests": rung("scripted")}

    assert through_words.standing(None, mild(low)) == "Not assessed through this model"
    assert through_words.standing(None, mild(low), begun=True) == (
        "Draft, not submitted yet"
    )
    assert through_words.standing(mild(low), mild(low)) == "As submitted"
    assert through_words.standing(mild(low), mild(high)) == (
        "Submitted as Level 1, score 1.0, before answers changed"
    )


def test_an_old_quarter_is_called_a_re_reading():
    newest = Quarter(2026, 3)

    assert through_words.source(Quarter(2025, 1), newest).startswith(
        "A re-reading: the answers of Q1 2025, through the models as they are today."
    )
    assert through_words.source(newest, newest).startswith("The latest answers")


def test_the_number_of_differences_is_said_in_words():
    answers = {"runs": rung("scripted"), "tests": rung("by-hand")}
    found = differences([strict(answers), mild(answers)])

    assert through_words.differences_title(found) == "1 practice makes the difference"
    assert through_words.differences_title([]) == "No practice makes a difference"
    assert through_words.differences_title([*found, *found]) == (
        "2 practices make the difference"
    )
