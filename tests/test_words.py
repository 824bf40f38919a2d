"""Every computed sentence, whole, for small assessments scored by the real engine.

An assessment is written as letters: `{"data": {1: "yn?-"}}` is a category with four
criteria at Level 1, answered yes, no, not at all, and not applicable.
"""

from dataclasses import replace
from datetime import date, datetime

import pytest
import small

from maturity import gap_words, library, movement_words, reasons, words
from maturity.answer import Answer, State
from maturity.model import Category, Criterion, Definition, Level, MaturityModel, Source
from maturity.practice import Practice, Rung
from maturity.quarter import Quarter
from maturity.reading import Move, Reading, Way
from maturity.scoring import Score, score

Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in range(1, 5))
LEVELS = ("Nothing", "By hand", "Repeatable", "Automatic")
NAMES = {"data": "Data", "release": "Release", "people": "People"}
RUNGS = {"y": "yes", "n": "no"}
EVIDENCE = {"link": "https://example.org/run", "evidence_on": date(2026, 3, 1)}


def assessed(
    letters: dict[str, dict[int, str]],
    quarter: Quarter = Q3,
    *,
    edition: str = "2026",
    evidence: bool = False,
) -> Reading:
    """A reading of the assessment that the letters describe."""
    criteria, answers = [], {}
    for category, levels in letters.items():
        for level, said in levels.items():
            for place, letter in enumerate(said):
                practice = f"{category}.{level}-{place}"
                criteria.append((category, level, practice))
                if letter == "-":
                    answers[practice] = Answer(State.NOT_APPLICABLE, reason="No need.")
                elif letter != "?":
                    answer = Answer(State.RUNG, RUNGS[letter])
                    answers[practice] = replace(answer, **EVIDENCE if evidence else {})
    definition = Definition(
        _model(list(letters), criteria, edition),
        {practice: _practice(practice) for _, _, practice in criteria},
    )
    return small.reading(definition, answers, quarter)


def _model(categories, criteria, edition) -> MaturityModel:
    return MaturityModel(
        id="small",
        name="Small model",
        short_name="Small",
        summary="A small model.",
        good_for="Tests.",
        edition=edition,
        source=Source(
            title="Small", publisher="Us", url="https://example.org", licence="CC0"
        ),
        ours="All of it.",
        rule="gated",
        levels=[
            Level(number=number, name=name, summary=f"{name}.")
            for number, name in enumerate(LEVELS)
        ],
        categories=[
            Category(id=c, name=NAMES[c], short_name=NAMES[c], summary="Part.")
            for c in categories
        ],
        criteria=[
            Criterion(
                id=f"small.{practice}",
                level=level,
                category=category,
                text="Do it.",
                cites="Page 1",
                practice=practice,
                at_least="yes",
                gating=True,
            )
            for category, level, practice in criteria
        ],
    )


def _practice(practice: str) -> Practice:
    return Practice(
        id=practice,
        name=practice,
        question="Is it so?",
        why="It matters.",
        evidence=["A log."],
        effort="S",
        rungs=[Rung(id="no", text="No."), Rung(id="yes", text="Yes.", how="Do it.")],
    )


def one(levels: dict[int, str], quarter: Quarter = Q3, **options: object) -> Reading:
    """A reading with a single category."""
    return assessed({"data": levels}, quarter, **options)


def overall(levels: dict[int, str], **options: object) -> Score:
    return one(levels, **options).overall


LEVEL_0 = {1: "n", 2: "n", 3: "n"}
LEVEL_1 = {1: "y", 2: "n", 3: "n"}
LEVEL_2 = {1: "y", 2: "y", 3: "n"}
LEVEL_3 = {1: "y", 2: "y", 3: "y"}
NONE = {1: "-", 2: "-", 3: "-"}
ZERO_TO_1 = {1: "?", 2: "n", 3: "n"}
ONE_TO_2 = {1: "y", 2: "?", 3: "n"}
TWO_TO_3 = {1: "y", 2: "y", 3: "?"}


@pytest.mark.parametrize(
    ("levels", "level", "name", "tenths"),
    [
        (LEVEL_0, "Level 0", "Nothing", "0.0"),
        (LEVEL_2, "Level 2", "Repeatable", "2.0"),
        ({1: "y", 2: "y", 3: "yyyyyyynnn"}, "Level 2", "Repeatable", "2.7"),
        (LEVEL_3, "Level 3", "Automatic", "3.0"),
        (ONE_TO_2, "Level 1 to 2", "By hand to Repeatable", "1.0 to 2.0"),
        ({1: "y", 2: "y?n", 3: "n"}, "Level 1", "By hand", "1.3 to 1.6"),
        ({1: "yn", 2: "?", 3: "n"}, "Level 0", "Nothing", "0.5"),
        (
            NONE,
            "Not applicable",
            "Nothing in this model applies to this team",
            "\N{EN DASH}",
        ),
    ],
)
def test_a_level_its_name_and_its_score_show_the_range(levels, level, name, tenths):
    reading = one(levels)
    model, score = reading.definition.model, reading.overall

    assert words.level(score) == level
    assert words.level_name(model, score) == name
    assert words.tenths(score) == tenths


@pytest.mark.parametrize(
    ("levels", "openness", "coverage", "range_sentence"),
    [
        (
            LEVEL_2,
            "",
            "All 3 practices that decide the level are answered",
            "No question is open, so this is one level and not a range.",
        ),
        (
            {1: "y-", 2: "-y", 3: "n"},
            "",
            "All 5 practices that decide the level are answered, 2 as not applicable",
            "No question is open, so this is one level and not a range.",
        ),
        (
            {1: "y"},
            "",
            "The one practice that decides the level is answered",
            "No question is open, so this is one level and not a range.",
        ),
        (
            ONE_TO_2,
            "1 open question",
            "2 of 3 practices that decide the level are answered",
            "1 question is open. The low end counts open questions as not met: 1.0. "
            "The high end counts them as met: 2.0.",
        ),
        (
            {1: "y??", 2: "?", 3: "-"},
            "3 open questions",
            "2 of 5 practices that decide the level are answered, 1 as not applicable",
            "3 questions are open. The low end counts open questions as not met: 0.3. "
            "The high end counts them as met: 2.0.",
        ),
        (
            {1: "?", 2: "?"},
            "2 open questions",
            "0 of 2 practices that decide the level are answered",
            "2 questions are open. The low end counts open questions as not met: 0.0. "
            "The high end counts them as met: 2.0.",
        ),
        (
            {1: "n", 2: "?", 3: "?"},
            "2 open questions cannot change it",
            "1 of 3 practices that decide the level is answered",
            "2 questions are open and cannot change the level or the score.",
        ),
        (
            {1: "n", 2: "?"},
            "1 open question cannot change it",
            "1 of 2 practices that decide the level is answered",
            "1 question is open and cannot change the level or the score.",
        ),
    ],
)
def test_open_questions_are_counted_and_explained(
    levels, openness, coverage, range_sentence
):
    score = overall(levels)

    assert words.openness(score) == openness
    assert words.coverage(score) == coverage
    assert reasons.range_sentence(score) == range_sentence


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        (ONE_TO_2, "Answer it to get one level instead of a range."),
        ({1: "??", 2: "n"}, "Answer them to get one level instead of a range."),
        (
            {1: "y", 2: "y?n", 3: "n"},
            "Answering can still move the score, 1.3 to 1.6, not the level.",
        ),
        (
            {1: "n", 2: "?"},
            "Answering cannot change the level; it makes the picture complete.",
        ),
    ],
)
def test_answering_is_offered_for_what_it_can_still_do(levels, said):
    assert words.answering(overall(levels)) == said


@pytest.mark.parametrize(
    ("levels", "next_step", "derivation"),
    [
        (
            LEVEL_0,
            "0 of 1 criterion met for Level 1.",
            "That is not yet so at any level above Level 0: Nothing. Of Level 1, "
            "0 of 1 criterion is met, so the score is 0 and 0 tenths: 0.0.",
        ),
        (
            {1: "y", 2: "y", 3: "yyyyyyynnn"},
            "7 of 10 criteria met for Level 3.",
            "That is so up to Level 2: Repeatable. Of Level 3, 7 of 10 criteria are "
            "met, so the score is 2 and 7 tenths: 2.7.",
        ),
        (
            {1: "ynnnnnnnnn", 2: "y"},
            "1 of 10 criteria met for Level 1.",
            "That is not yet so at any level above Level 0: Nothing. Of Level 1, "
            "1 of 10 criteria is met, so the score is 0 and 1 tenth: 0.1.",
        ),
        (
            {1: "y", 3: "yn"},
            "1 of 2 criteria met for Level 3.",
            "That is so up to Level 1: By hand. Of Level 3, 1 of 2 criteria is met, "
            "so the score is 1 and 5 tenths: 1.5.",
        ),
        (
            LEVEL_3,
            "This is the highest level of this model.",
            "That is so up to Level 3: Automatic. No higher level asks for more. "
            "The score is the level itself.",
        ),
        (
            {1: "y", 2: "-", 3: "-"},
            "Nothing more is asked that applies to this team.",
            "That is so up to Level 1: By hand. No higher level asks for more. "
            "The score is the level itself.",
        ),
        (
            NONE,
            "Nothing asked here applies to this team.",
            "Here no criterion applies to this team, so there is no level.",
        ),
    ],
)
def test_the_level_is_derived_in_sentences(levels, next_step, derivation):
    reading = one(levels)
    model, score = reading.definition.model, reading.overall

    assert words.next_step(model, score) == next_step
    assert reasons.derivation(model, score) == derivation


@pytest.mark.parametrize(
    ("letters", "reason"),
    [
        (
            {"data": LEVEL_0, "release": LEVEL_3},
            "Level 1 is the first that asks for something here. "
            "0 of 1 criterion met for Level 1.",
        ),
        (
            {"data": {1: "y", 2: "ynn"}, "release": LEVEL_3},
            "Everything it asks for up to Level 1 is met. "
            "1 of 3 criteria met for Level 2.",
        ),
        (
            {"data": LEVEL_3, "release": LEVEL_0},
            "Everything it asks for up to Level 3 is met. "
            "This is the highest level of this model.",
        ),
        (
            {"data": {1: "y"}, "release": LEVEL_1},
            "Everything it asks for up to Level 1 is met. Nothing more is asked here; "
            "Level 2 comes with the other categories.",
        ),
        (
            {"data": {1: "y", 3: "yn"}, "release": LEVEL_2},
            "It asks for nothing more up to Level 2, so it comes up with the rest of "
            "the model. 1 of 2 criteria met for Level 3.",
        ),
        (
            {"data": {1: "y"}, "release": LEVEL_3},
            "It asks for nothing more up to Level 3, so it comes up with the rest of "
            "the model. This is the highest level of this model.",
        ),
        (
            {"data": NONE, "release": LEVEL_2},
            "Nothing that it asks for applies to this team.",
        ),
    ],
)
def test_a_category_says_why_it_stands_there(letters, reason):
    reading = assessed(letters)

    said = reasons.category_reason(
        reading.definition.model, reading.overall, reading.result.categories["data"]
    )

    assert said == reason


def test_an_informative_category_says_how_much_of_it_is_in_place():
    model = library.load().definition("marvelous")
    said = {f"marvelous.{number}": small.rung("yes") for number in (7, 47, 48, 53)}
    said["marvelous.49"] = small.not_applicable()
    result = score(model, said, small.QUARTER)

    assert reasons.informative_category(result, "features") == (
        "3 of 6 in place, 3 open, 1 not applicable. It decides no level."
    )


@pytest.mark.parametrize(
    ("before", "after", "way", "levels"),
    [
        (LEVEL_1, LEVEL_2, 1, "1 level up"),
        (LEVEL_0, LEVEL_3, 1, "3 levels up"),
        (LEVEL_2, LEVEL_1, -1, "1 level down"),
        (LEVEL_3, LEVEL_1, -1, "2 levels down"),
        (LEVEL_1, LEVEL_1, 0, ""),
        ({1: "y", 2: "nn"}, {1: "y", 2: "yn"}, 1, ""),
        (LEVEL_0, ONE_TO_2, 1, ""),
        (LEVEL_3, ONE_TO_2, -1, ""),
        (ONE_TO_2, TWO_TO_3, None, ""),
        (ONE_TO_2, ONE_TO_2, None, ""),
        (LEVEL_1, ONE_TO_2, None, ""),
        (NONE, LEVEL_1, None, ""),
        (LEVEL_1, NONE, None, ""),
    ],
)
def test_up_and_down_are_said_only_of_ranges_that_do_not_overlap(
    before, after, way, levels
):
    before, after = overall(before), overall(after)

    assert words.compare(before, after) == way
    assert words.level_change(before, after) == levels


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(20, 27, "+0.7"), (27, 20, "\u22120.7"), (13, 13, "no change"), (9, 20, "+1.1")],
)
def test_a_change_has_a_sign_or_says_that_there_is_none(before, after, change):
    assert words.change(before, after) == change


@pytest.mark.parametrize(
    ("story", "title"),
    [
        ([], "No level yet"),
        ([NONE], "No level yet"),
        ([LEVEL_1], "Level 1 in Q1 2026"),
        ([ONE_TO_2], "Level 1 to 2 in Q1 2026"),
        ([LEVEL_1, NONE], "Level 1 in Q1 2026"),
        ([LEVEL_0, LEVEL_1], "From Level 0 to Level 1 in 1 quarter"),
        ([LEVEL_0, LEVEL_1, LEVEL_1, LEVEL_3], "From Level 0 to Level 3 in 3 quarters"),
        ([LEVEL_0, LEVEL_2, LEVEL_1, LEVEL_2], "From Level 0 to Level 2 in 3 quarters"),
        ([LEVEL_2, LEVEL_2], "Still at Level 2 after 1 quarter"),
        ([LEVEL_2, None, LEVEL_2], "Still at Level 2 after 2 quarters"),
        ([LEVEL_2, ONE_TO_2, LEVEL_2], "Still at Level 2 after 2 quarters"),
        ([LEVEL_3, LEVEL_1], "Down from Level 3 in Q1 2026 to Level 1"),
        ([LEVEL_3, LEVEL_3, LEVEL_0], "Down from Level 3 in Q2 2026 to Level 0"),
        (
            [LEVEL_0, LEVEL_3, LEVEL_2, LEVEL_1],
            "Down from Level 3 in Q2 2026 to Level 1",
        ),
        ([LEVEL_1, LEVEL_2, LEVEL_1], "Down from Level 2 in Q2 2026 to Level 1"),
        ([LEVEL_2, LEVEL_1, LEVEL_2], "Back at Level 2 after Level 1 in Q2 2026"),
        (
            [LEVEL_2, LEVEL_0, LEVEL_1, LEVEL_2],
            "Back at Level 2 after Level 0 in Q2 2026",
        ),
        ([LEVEL_1, ONE_TO_2], "Level 1 to 2 in Q2 2026, after Level 1 in Q1 2026"),
        ([ZERO_TO_1, LEVEL_2], "Level 2 in Q2 2026, after Level 0 to 1 in Q1 2026"),
        (
            [LEVEL_0, LEVEL_1, ONE_TO_2],
            "Level 1 to 2 in Q3 2026, after Level 1 in Q2 2026",
        ),
        ([ZERO_TO_1, LEVEL_1, LEVEL_2], "From Level 1 to Level 2 in 1 quarter"),
    ],
)
def test_the_trend_is_titled_with_what_it_shows(story, title):
    history = [
        one(levels, quarter)
        for levels, quarter in zip(story, (Q1, Q2, Q3, Q4), strict=False)
        if levels is not None
    ]

    assert movement_words.trend_title(history) == title


def test_the_trend_compares_within_one_edition_only():
    old = [one(LEVEL_3, Q1, edition="2025"), one(LEVEL_3, Q2, edition="2025")]
    first, second = one(LEVEL_1, Q3), one(LEVEL_2, Q4)
    nothing = one(NONE, Q4, edition="2027")

    assert (
        movement_words.trend_title([*old, first])
        == "Level 1 by a new edition of the model"
    )
    assert (
        movement_words.trend_title([*old, first, second])
        == "From Level 1 to Level 2 in 1 quarter"
    )
    assert (
        movement_words.trend_title([*old, nothing])
        == "Still at Level 3 after 1 quarter"
    )


SAME = {"data": LEVEL_1, "release": LEVEL_1, "people": LEVEL_1}


@pytest.mark.parametrize(
    ("after", "title"),
    [
        (SAME, "No category moved"),
        (SAME | {"data": LEVEL_2}, "Data moved most"),
        (SAME | {"data": LEVEL_2, "people": LEVEL_3}, "People moved most"),
        (SAME | {"data": LEVEL_0, "people": LEVEL_2}, "Data and People moved most"),
        (
            {"data": LEVEL_2, "release": LEVEL_2, "people": LEVEL_2},
            "3 categories moved most, each by 1.0",
        ),
        (SAME | {"data": ONE_TO_2}, "No category surely moved"),
        (SAME | {"data": ONE_TO_2, "release": LEVEL_2}, "Release moved most"),
        (SAME | {"data": NONE}, "No category moved"),
    ],
)
def test_two_quarters_are_titled_with_the_category_that_moved_most(after, title):
    assert movement_words.slope_title(assessed(SAME, Q2), assessed(after, Q3)) == title


def test_two_editions_are_not_compared():
    before, after = one(LEVEL_1, Q2, edition="2025"), one(LEVEL_2, Q3)

    assert movement_words.slope_title(before, after) == "Two editions of the model"


def _moved(*ways: Way) -> list[Move]:
    return [Move(_practice("data.1-0"), "data", way, "No.", "Yes.") for way in ways]


@pytest.mark.parametrize(
    ("ways", "title", "summary"),
    [
        ((), "No answer moved", ""),
        ((Way.UP,), "1 answer moved", "1 up"),
        ((Way.DOWN, Way.UP, Way.UP), "3 answers moved", "2 up, 1 down"),
        (
            tuple(Way),
            "6 answers moved",
            "1 up, 1 down, 1 newly answered, 1 open again, 1 not applicable now, "
            "1 applicable again",
        ),
    ],
)
def test_moved_answers_are_counted_by_the_way_they_went(ways, title, summary):
    assert movement_words.moves_title(_moved(*ways)) == title
    assert movement_words.moves_summary(_moved(*ways)) == summary


@pytest.mark.parametrize(
    ("unmet", "waiting", "said"),
    [
        (0, 0, ""),
        (1, 0, "1 practice needs to change."),
        (8, 0, "8 practices need to change."),
        (0, 1, "1 question is open: answer it first."),
        (
            3,
            2,
            "3 practices need to change. 2 questions are open: answer them first.",
        ),
    ],
)
def test_what_holds_a_team_back_is_counted(unmet, waiting, said):
    assert gap_words.holding_back(unmet, waiting, overall(LEVEL_1).steps[1]) == said


@pytest.mark.parametrize(
    ("letters", "badge", "line"),
    [
        ("yyn", "2 of 3 met", "Level 1: By hand: 2 of 3 criteria met, 1 not met"),
        ("y", "1 of 1 met", "Level 1: By hand: 1 of 1 criterion met"),
        (
            "yn?-",
            "1 of 3 met, 1 open",
            "Level 1: By hand: 1 of 3 criteria met, 1 not met, 1 open, "
            "1 not applicable",
        ),
        ("--", "not applicable", "Level 1: By hand: all not applicable"),
        ("", "asks nothing", "Level 1: By hand: asks nothing"),
    ],
)
def test_a_level_counts_its_criteria(letters, badge, line):
    reading = one({1: letters, 2: "n"})
    step = reading.overall.steps[0]

    assert reasons.step_badge(reading.definition.model, step) == badge
    assert reasons.step_line(reading.definition.model, step) == line


@pytest.mark.parametrize(
    ("levels", "evidence", "said"),
    [
        (
            LEVEL_2,
            False,
            "Counting only answers with a link to recent evidence, it would be "
            "Level 0: Nothing, with a score of 0.0.",
        ),
        (
            {1: "y", 2: "y", 3: "yn"},
            True,
            "Counting only answers with a link to recent evidence, it would be "
            "Level 2: Repeatable, with a score of 2.5.",
        ),
        (NONE, False, ""),
    ],
)
def test_the_evidenced_level_is_told_beside_the_claimed_one(levels, evidence, said):
    reading = one(levels, Q2, evidence=evidence)

    assert reasons.evidence_sentence(reading.definition.model, reading.overall) == said


def test_one_practice_or_several_lead_to_the_next_level():
    model, steps = one(LEVEL_1).definition.model, overall(LEVEL_1).steps
    assert (
        gap_words.to_reach(model, 1, steps[1])
        == "Change this practice to reach Level 2."
    )
    assert (
        gap_words.to_reach(model, 8, steps[2])
        == "Change these 8 practices to reach Level 3."
    )


def test_quarters_days_and_targets_read_as_in_a_sentence():
    assert words.since(Q2, Q3) == "since Q2"
    assert words.since(Quarter(2025, 4), Q1) == "since Q4"
    assert words.since(Quarter(2025, 3), Q3) == "since Q3 2025"
    assert (
        movement_words.between(one(LEVEL_1, Q2), one(LEVEL_1, Q3))
        == "Q2 2026 to Q3 2026"
    )
    assert words.day(date(2026, 9, 2)) == "2 Sep 2026"
    assert words.day(datetime(2026, 12, 24, 18, 0)) == "24 Dec 2026"
    model = one(LEVEL_1).definition.model
    assert words.target(model, 3, None) == "Target: Level 3"
    assert words.target(model, 3, Quarter(2027, 1)) == "Target: Level 3 by Q1 2027"


def test_counts_and_lists_read_as_in_a_sentence():
    assert words.count(1, "answer") == "1 answer"
    assert words.count(0, "answer") == "0 answers"
    assert words.count(12000, "answer") == "12,000 answers"
    assert words.criteria(1) == "1 criterion"
    assert words.criteria(10) == "10 criteria"
    assert words.listed([]) == ""
    assert words.listed(["A"]) == "A"
    assert words.listed(["A", "B"]) == "A and B"
    assert words.listed(["A", "B", "C"]) == "A, B and C"
