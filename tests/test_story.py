"""The story of a quarter: every sentence whole, in each case that can come up."""

from dataclasses import replace
from datetime import datetime

import pytest
import small
from small import UNKNOWN, criterion, definition, not_applicable, rung

from maturity.plan import PlanRow, Status
from maturity.quarter import Quarter
from maturity.story import Direction, Hold, tell, verdict

Q1, Q2, Q3 = (Quarter(2026, number) for number in (1, 2, 3))
SMALL = definition(
    [
        criterion("data", 1, "checks", "scripted"),
        criterion("data", 1, "storage", "scripted"),
        criterion("data", 2, "checks", "automatic"),
        criterion("release", 1, "rollout", "scripted"),
        criterion("release", 2, "rollout", "automatic"),
    ],
    top=2,
)
LOW = {p: rung("by-hand") for p in ("checks", "storage", "rollout")}
ONE = {p: rung("scripted") for p in LOW}
TWO = {p: rung("automatic") for p in LOW}


def read(answers, quarter=Q2, model=SMALL):
    return small.reading(model, answers, quarter)


def edition(answers, name, quarter=Q1):
    model = replace(SMALL, model=SMALL.model.model_copy(update={"edition": name}))
    return read(answers, quarter, model)


def step(practice, owner="", due="", status=Status.PLANNED):
    at = datetime(2026, 5, 1)
    return PlanRow(1, "t", practice, "scripted", owner, due, status, "", at)


CASES = {
    "level up": (
        LOW,
        ONE,
        "Better: Level 1, up from Level 0 in Q1 2026, because 3 answers improved.",
    ),
    "two levels up": (
        LOW,
        TWO,
        "Better: Level 2, up from Level 0 in Q1 2026, because 3 answers improved.",
    ),
    "score up by one answer": (
        ONE,
        {**ONE, "rollout": rung("automatic")},
        "Better: still Level 1, with a score of 1.5 after 1.0 in Q1 2026, because 1 "
        "answer improved.",
    ),
    "up though something worsened": (
        {**LOW, "checks": rung("scripted")},
        {
            "checks": rung("by-hand"),
            "storage": rung("scripted"),
            **{"rollout": rung("scripted")},
        },
        "Better: still Level 0, with a score of 0.6 after 0.3 in Q1 2026, because 2 "
        "answers improved, though 1 answer worsened.",
    ),
    "up by a new answer": (
        {p: a for p, a in ONE.items() if p != "rollout"} | {"rollout": rung("by-hand")},
        ONE,
        "Better: Level 1, up from Level 0 in Q1 2026, because 1 answer improved.",
    ),
    "level down": (
        ONE,
        {**ONE, "storage": rung("by-hand")},
        "Worse: Level 0, down from Level 1 in Q1 2026, because 1 answer worsened.",
    ),
    "score down": (
        {**ONE, "rollout": rung("automatic")},
        ONE,
        "Worse: still Level 1, with a score of 1.0 after 1.5 in Q1 2026, because 1 "
        "answer worsened.",
    ),
    "down by not applicable": (
        {**ONE, "rollout": rung("automatic")},
        {**ONE, "rollout": not_applicable()},
        "Worse: still Level 1, with a score of 1.0 after 1.5 in Q1 2026, because 1 "
        "answer changed to or from not applicable.",
    ),
    "no answer moved": (
        ONE,
        ONE,
        "Stable: Level 1 with a score of 1.0, as in Q1 2026, because no answer moved.",
    ),
    "at the top": (
        TWO,
        TWO,
        "Stable: Level 2, the highest, with a score of 2.0, as in Q1 2026, because no "
        "answer moved.",
    ),
    "moved at the top": (
        {**TWO, "storage": rung("scripted")},
        TWO,
        "Stable: Level 2, the highest, with a score of 2.0, as in Q1 2026: 1 answer "
        "improved.",
    ),
    "moved without effect": (
        ONE,
        {**ONE, "storage": rung("automatic")},
        "Stable: Level 1 with a score of 1.0, as in Q1 2026: 1 answer improved, and "
        "the next level waits for other answers.",
    ),
    "mixed, and it cancels out": (
        {**ONE, "checks": rung("automatic")},
        {**ONE, "rollout": rung("automatic")},
        "Stable: Level 1 with a score of 1.5, as in Q1 2026: 1 answer improved and 1 "
        "answer worsened, which cancel out.",
    ),
    "incomplete, overlapping": (
        ONE,
        {**ONE, "rollout": UNKNOWN},
        "Not certain: Level 0 to 1 with a score of 0.6 to 1.5, after Level 1 with 1.0 "
        "in Q1 2026; the two overlap while 1 question is open.",
    ),
    "overlapping because of then": (
        {**ONE, "rollout": UNKNOWN},
        ONE,
        "Not certain: Level 1 with a score of 1.0, after Level 0 to 1 with 0.6 to 1.5 "
        "in Q1 2026; the two overlap because questions were open then.",
    ),
    "ranges apart": (
        LOW,
        {**ONE, "rollout": UNKNOWN},
        "Better: Level 0 to 1, up from Level 0 in Q1 2026, because 2 answers improved.",
    ),
    "nothing applied then": (
        {p: not_applicable() for p in LOW},
        ONE,
        "Not certain: Level 1 of 2 with a score of 1.0; nothing applied in Q1 2026, so "
        "nothing compares.",
    ),
    "nothing applies now": (
        ONE,
        {p: not_applicable() for p in LOW},
        "Nothing in this model applies to this team.",
    ),
    "first": (
        None,
        ONE,
        "First assessment: Level 1 of 2 with a score of 1.0.",
    ),
    "first, incomplete": (
        None,
        {"checks": rung("scripted")},
        "First assessment: Level 0 to 1 with a score of 0.3 to 1.5 while 2 questions "
        "are open.",
    ),
    "first, one open": (
        None,
        {**ONE, "storage": UNKNOWN},
        "First assessment: Level 0 to 1 with a score of 0.6 to 1.0 while 1 question "
        "is open.",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_verdict_says_which_way_it_went_and_why(case):
    then, now, sentence = case
    before = read(then, Q1) if then is not None else None

    assert verdict(read(now), before).sentence == sentence


def test_editions_are_never_compared():
    said = verdict(read(ONE), edition(TWO, "older"))

    assert said.direction is Direction.NEW_EDITION
    assert said.sentence == (
        "A new edition of the model: Level 1 of 2 with a score of 1.0; Q1 2026 was "
        "read by an earlier edition and does not compare."
    )


def test_each_slide_states_its_finding():
    story = tell(read(ONE), [read(LOW, Q1), read(TWO, Q3)])

    assert [slide.over for slide in story.slides] == [
        "Where we are",
        "How far we came",
        "What holds us back",
        "What we ask for",
    ]
    assert story.where.facts[:2] == ("Step 1.", "0 of 2 criteria met for Level 2.")
    assert story.far.headline == "From Level 0 to Level 1 in 1 quarter."
    assert story.back.headline == (
        "2 practices hold us back from Level 2, in data and release."
    )
    assert story.ask.headline == "To reach Level 2, help us to change these two things."
    assert story.ask.facts == ("It is automatic.", "It is automatic.")


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        (TWO, "Nothing holds us back: we meet every criterion that applies."),
        (
            {**ONE, "storage": rung("by-hand")},
            "One practice holds us back from Level 1: Storage.",
        ),
        (
            {**ONE, "checks": rung("by-hand"), "storage": rung("by-hand")},
            "data holds us back from Level 1: both practices to change.",
        ),
        (LOW, "data holds us back most from Level 1: 2 of 3 practices to change."),
        (
            {**ONE, "storage": UNKNOWN},
            "1 open question stands between us and Level 1.",
        ),
        (
            {"checks": rung("scripted")},
            "2 open questions stand between us and Level 1.",
        ),
        (
            {p: not_applicable() for p in LOW},
            "Nothing in this model applies to this team.",
        ),
    ],
)
def test_what_holds_us_back_is_said_in_one_sentence(answers, headline):
    assert tell(read(answers), []).back.headline == headline


def test_a_first_quarter_has_come_no_way_yet():
    said = tell(read(ONE), []).far.headline

    assert said == "This is our first quarter: Level 1."


def test_what_holds_us_back_has_owner_and_date_of_the_plan():
    plan = [
        step("checks", "ana", "2026-Q4"),
        step("rollout", due="2027-Q1"),
        step("storage", "ana", "2026-Q4", Status.DROPPED),
    ]

    holds = tell(read(LOW), [], plan, {"ana": "Ana Lima"}).holds

    assert {hold.name: hold.planned for hold in holds} == {
        "Checks": "Ana Lima, by Q4 2026",
        "Storage": "Not planned yet",
        "Rollout": "No owner yet, by Q1 2027",
    }
    assert Hold("A", "", "", "", "Ana", None).planned == "Ana, no date yet"


def test_an_open_question_is_answered_first_and_not_asked_for_as_a_change():
    story = tell(read({**ONE, "storage": UNKNOWN}), [])

    assert [hold.planned for hold in story.holds] == ["Answer it first"]
    assert story.ask.headline == "To know whether we reach Level 1, answers to these:"
    assert story.ask.facts == ("How is it done?",)


def test_the_ask_is_what_the_team_wrote():
    written = "Two engineers for a quarter\n\nA test environment\nTime to write tests\n"

    asked = tell(read(LOW), [], ask=written).ask

    assert asked.headline == "Two engineers for a quarter"
    assert asked.facts == ("A test environment", "Time to write tests")


def test_without_anything_to_change_nothing_new_is_asked():
    one = {**ONE, "storage": rung("by-hand")}

    assert tell(read(TWO), []).ask.headline == (
        "Nothing new: help us to keep what we have."
    )
    assert tell(read(one), []).ask.headline == (
        "To reach Level 1, help us to change this one thing."
    )


def test_what_has_evidence_is_named_beside_the_level():
    assert "Level 1, with evidence Level 0." in tell(read(ONE), []).where.facts
