"""The sentences of several people's answers, whole."""

from dataclasses import replace

import pytest

from maturity import agreement, agreement_words
from maturity.agreement import Effect
from maturity.respondent import NOT_APPLICABLE, UNKNOWN
from tests.small import QUARTER, criterion, definition, not_applicable, practice, rung

MODEL = definition([criterion("data", 1, "checks", "scripted")])


def spread(*votes):
    answers = {f"p{n}": {"checks": vote} for n, vote in enumerate(votes)}
    return agreement.spreads(MODEL, answers, {}, [], QUARTER)[0]


LOW, MIDDLE, HIGH = map(rung, ("by-hand", "scripted", "automatic"))


@pytest.mark.parametrize(
    ("votes", "apart"),
    [
        ([], "no vote"),
        ([LOW], "1 vote"),
        ([LOW, LOW], "same answer"),
        ([LOW, MIDDLE], "1 rung apart"),
        ([LOW, HIGH, MIDDLE], "2 rungs apart"),
        ([LOW, not_applicable()], "applies or not"),
        ([not_applicable(), not_applicable()], "same answer"),
    ],
)
def test_how_far_votes_lie_apart(votes, apart):
    assert agreement_words.apart(spread(*votes)) == apart


@pytest.mark.parametrize(
    ("found", "title"),
    [
        ([], "No practice is contested"),
        ([spread(LOW, LOW)], "No practice is contested"),
        ([spread(LOW, HIGH)], "1 of 1 practice is contested"),
        ([spread(LOW, HIGH), spread(LOW)], "1 of 2 practices is contested"),
        ([spread(LOW, HIGH)] * 2, "2 of 2 practices are contested"),
    ],
)
def test_the_title_counts_the_contested(found, title):
    assert agreement_words.title(found) == title


@pytest.mark.parametrize(
    ("effect", "gating", "said"),
    [
        (Effect.LEVEL, True, "What you agree on decides the Small level."),
        (Effect.CATEGORY, True, "What you agree on decides the level of a category."),
        (Effect.NONE, True, "As the other answers stand, no level depends on it."),
        (Effect.NONE, False, "No level depends on it."),
    ],
)
def test_what_a_contested_practice_decides(effect, gating, said):
    one = replace(spread(LOW, HIGH), effect=effect, gating=gating)

    assert agreement_words.effect(one, MODEL) == said


@pytest.mark.parametrize(
    ("answered", "invited", "said"),
    [
        (0, 0, "Nobody is invited: count hands, or decide together."),
        (0, 1, "0 of 1 person have answered this."),
        (1, 5, "1 of 5 people has answered this."),
        (3, 5, "3 of 5 people have answered this."),
    ],
)
def test_how_many_have_answered(answered, invited, said):
    assert agreement_words.turnout(answered, invited) == said


@pytest.mark.parametrize(
    ("names", "hands", "said"),
    [
        ([], 0, ""),
        (["Ana"], 0, "1 vote, Ana"),
        (["Ana", "Bo"], 3, "2 votes, Ana and Bo; 3 hands"),
        ([], 1, "1 hand"),
    ],
)
def test_who_is_behind_an_answer(names, hands, said):
    assert agreement_words.behind(names, hands) == said


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("scripted", "It is scripted."),
        (UNKNOWN, "We don't know"),
        (NOT_APPLICABLE, "Not applicable to this team"),
        ("dropped", "dropped"),
    ],
)
def test_an_option_reads_as_on_the_ladder(option, said):
    assert agreement_words.chosen(practice("checks"), option) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Take the common answer for the one that agrees"),
        (2, "Take the common answer for both that agree"),
        (11, "Take the common answer for all 11 that agree"),
    ],
)
def test_the_common_answers_are_counted(number, said):
    assert agreement_words.common(number) == said


@pytest.mark.parametrize(
    ("number", "submitted", "said"),
    [
        (1, 0, "1 person is invited to answer, 0 have submitted"),
        (5, 1, "5 people are invited to answer, 1 has submitted"),
    ],
)
def test_who_is_invited_is_counted(number, submitted, said):
    assert agreement_words.invited(number, submitted) == said


def test_the_chart_is_told_in_a_sentence():
    finding = agreement_words.chart_finding

    assert finding([spread(LOW, LOW)]) == "Votes on 1 practice: none is contested"
    assert finding([spread(LOW, HIGH), spread(LOW)]) == (
        "Votes on 2 practices: 1 contested, most of all Checks, 2 rungs apart"
    )
