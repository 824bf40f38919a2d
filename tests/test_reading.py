"""What a reading says: answers as sentences, how they moved, results put on ice."""

from dataclasses import replace
from datetime import date

import pytest
import small
from small import QUARTER, UNKNOWN, not_applicable, rung

from maturity import library
from maturity.answer import Answer, State
from maturity.quarter import Quarter
from maturity.reading import (
    Target,
    Targets,
    Way,
    answer_text,
    freeze,
    is_open,
    moves,
    thaw,
)
from maturity.scoring import score

TRAINING = small.practice("training")
MODEL = small.definition(
    [
        small.criterion("data", 1, "checks", "scripted"),
        small.criterion("data", 2, "checks", "automatic"),
        small.criterion("release", 1, "training", "scripted"),
        small.criterion("release", 3, "rollback", "automatic", gating=False),
    ]
)
SHIPPED = library.load()


def reading(answers, definition=MODEL, quarter=QUARTER):
    return small.reading(definition, answers, quarter)


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (rung("by-hand"), rung("scripted"), Way.UP),
        (rung("automatic"), rung("by-hand"), Way.DOWN),
        (None, rung("by-hand"), Way.NEW),
        (UNKNOWN, rung("by-hand"), Way.NEW),
        (rung("a-rung-of-old"), rung("by-hand"), Way.NEW),
        (None, not_applicable(), Way.NEW),
        (rung("scripted"), None, Way.OPEN),
        (rung("scripted"), UNKNOWN, Way.OPEN),
        (not_applicable(), not_applicable(reason=" "), Way.OPEN),
        (rung("scripted"), not_applicable(), Way.NOT_APPLICABLE),
        (not_applicable(), rung("by-hand"), Way.APPLICABLE),
    ],
)
def test_an_answer_moves_in_one_of_six_ways(before, after, way):
    was = {"training": before} if before else {}
    now = {"training": after} if after else {}

    (move,) = moves(reading(was), reading(now))

    assert (move.practice.id, move.category, move.way) == ("training", "release", way)
    assert move.before == answer_text(TRAINING, before)
    assert move.after == answer_text(TRAINING, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (rung("scripted"), Answer(State.KEPT, rung="scripted")),
        (rung("scripted"), replace(rung("scripted"), note="As before.")),
        (not_applicable(), Answer(State.KEPT, reason="No such data.")),
        (not_applicable(), not_applicable("Another reason.")),
        (UNKNOWN, Answer(State.CLEARED)),
    ],
)
def test_an_answer_that_counts_the_same_did_not_move(before, after):
    assert moves(reading({"training": before}), reading({"training": after})) == []


def test_moves_come_in_the_order_of_the_questions():
    was = dict.fromkeys(("rollback", "training", "checks"), rung("by-hand"))
    now = dict.fromkeys(("training", "rollback", "checks"), rung("scripted"))

    moved = moves(reading(was), reading(now))

    assert [move.practice.id for move in moved] == ["checks", "training", "rollback"]


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (None, "Not answered"),
        (rung("scripted"), "It is scripted."),
        (Answer(State.KEPT, rung="scripted"), "It is scripted."),
        (not_applicable(), "Not applicable: No such data."),
        (UNKNOWN, "We don't know"),
        (rung("a-rung-of-old"), "Not answered"),
    ],
)
def test_an_answer_reads_as_a_sentence_that_stands_alone(answer, text):
    assert answer_text(TRAINING, answer) == text
    assert is_open(TRAINING, answer) == (text in ("Not answered", "We don't know"))


def test_a_category_without_a_target_of_its_own_has_the_models():
    whole, own = Target(2, Quarter(2027, 1)), Target(3, None)
    targets = Targets(whole, {"release": own})

    assert targets.of() == targets.of("data") == whole
    assert targets.of("release") == own
    assert Targets().of("data") is None


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"checks": rung("automatic"), "training": rung("scripted", date(2026, 11, 1))},
        {"checks": not_applicable(), "training": UNKNOWN},
        dict.fromkeys(("checks", "training", "rollback"), not_applicable()),
    ],
)
def test_a_result_comes_back_whole_from_its_text(answers):
    result = score(MODEL, answers, QUARTER)

    assert thaw(freeze(result), MODEL) == result


@pytest.mark.parametrize("model", SHIPPED.models)
def test_a_result_of_a_shipped_model_comes_back_whole(model):
    definition = SHIPPED.definition(model)
    answers = {
        practice.id: Answer(
            State.RUNG, rung=practice.ladder[place % len(practice.ladder)]
        )
        for place, practice in enumerate(definition.asked)
        if place % 5
    }

    result = score(definition, answers, QUARTER)

    assert thaw(freeze(result), definition) == result
