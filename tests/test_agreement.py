"""Agreement: whose votes differ, how far, what that decides, and what comes first."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity import agreement, agreement_words
from maturity.agreement import Effect
from maturity.answer import Answer, State
from maturity.respondent import Decision, option_of
from tests.small import LADDER, QUARTER, UNKNOWN, criterion, definition, rung
from tests.small import not_applicable as out
from tests.test_points import definition as points

MODEL = definition(
    [
        criterion("data", 1, "checks", "scripted"),
        criterion("data", 2, "versions", "automatic"),
        criterion("delivery", 1, "release", "scripted"),
        criterion("delivery", 2, "notes", "scripted", gating=False),
    ]
)
ALL = [practice.id for practice in MODEL.asked]


def look(votes, agreed=None, decisions=()):
    found = agreement.spreads(MODEL, votes, agreed or {}, decisions, QUARTER)
    return {spread.practice.id: spread for spread in found}


def people(**votes):
    """One practice, "checks", with a vote of each."""
    return {person: {"checks": answer} for person, answer in votes.items()}


def decided(option, votes, practice="checks", seq=1):
    at = datetime(2026, 11, 24, 12)
    return Decision(seq, "t", str(QUARTER), practice, 1, option, "", votes, {}, "", at)


def test_every_practice_is_there_in_the_order_asked():
    assert list(look({})) == ALL


def test_the_same_rung_is_common_and_not_contested():
    spread = look(people(ana=rung("scripted"), bo=rung("scripted")))["checks"]

    assert not spread.contested
    assert spread.common == rung("scripted")
    assert spread.distance == 0


def test_two_rungs_are_contested_by_as_many_rungs_as_lie_between():
    near = look(people(ana=rung("by-hand"), bo=rung("scripted")))["checks"]
    far = look(people(ana=rung("automatic"), bo=rung("by-hand")))["checks"]

    assert near.contested
    assert far.contested
    assert (near.distance, far.distance) == (1, 2)
    assert [vote.person for vote in far.votes] == ["bo", "ana"]


def test_whether_it_applies_at_all_is_further_apart_than_any_two_rungs():
    spread = look(people(ana=out(), bo=rung("by-hand")))["checks"]

    assert spread.contested
    assert spread.distance == 3
    assert [vote.rank for vote in spread.votes] == [0, None]


def test_two_reasons_for_not_applicable_are_one_answer():
    spread = look(people(ana=out("No data."), bo=out("Never.")))["checks"]

    assert not spread.contested
    assert spread.common is not None


@pytest.mark.parametrize(
    "silence", [UNKNOWN, Answer(State.NOT_APPLICABLE), rung("dropped")]
)
def test_who_does_not_know_has_no_vote_and_nothing_is_common(silence):
    spread = look(people(ana=silence, bo=rung("scripted"), cy=rung("scripted")))[
        "checks"
    ]

    assert spread.silent == ("ana",)
    assert not spread.contested
    assert spread.common is None


def test_one_vote_alone_is_nothing_common():
    assert look(people(ana=rung("scripted")))["checks"].common is None


def test_a_vote_that_decides_the_level_says_so():
    others = {"release": rung("scripted"), "versions": rung("by-hand")}
    votes = {
        "ana": {"checks": rung("by-hand"), **others},
        "bo": {"checks": rung("scripted"), **others},
    }

    assert look(votes)["checks"].effect is Effect.LEVEL


def test_a_vote_that_decides_a_category_alone_says_so():
    others = {"release": rung("by-hand")}
    votes = {
        "ana": {"checks": rung("by-hand"), **others},
        "bo": {"checks": rung("scripted"), **others},
    }

    assert look(votes)["checks"].effect is Effect.CATEGORY


def test_a_vote_that_decides_nothing_says_so():
    votes = people(ana=rung("scripted"), bo=rung("automatic"))

    assert look(votes)["checks"].effect is Effect.NONE


def test_the_others_count_as_agreed_before_they_count_as_voted():
    votes = {
        "ana": {"checks": rung("by-hand"), "release": rung("by-hand")},
        "bo": {"checks": rung("scripted"), "release": rung("by-hand")},
    }

    assert look(votes)["checks"].effect is Effect.CATEGORY
    agreed = {"release": rung("scripted")}
    assert look(votes, agreed)["checks"].effect is Effect.LEVEL


def test_the_furthest_apart_comes_first_then_gating_then_what_decides_the_level():
    votes = {
        "ana": dict.fromkeys(ALL, rung("by-hand")),
        "bo": {
            "checks": rung("scripted"),
            "versions": rung("automatic"),
            "release": rung("scripted"),
            "notes": rung("scripted"),
        },
    }

    found = agreement.ordered(list(look(votes).values()))

    assert [s.practice.id for s in found] == ["versions", "checks", "release", "notes"]


def test_what_was_decided_leaves_the_queue_and_stays_among_the_contested():
    votes = people(ana=rung("by-hand"), bo=rung("scripted"))
    known = {"ana": "by-hand", "bo": "scripted"}

    spread = look(votes, decisions=[decided("scripted", known)])["checks"]

    assert spread.decided
    assert spread.contested
    assert agreement.to_discuss([spread]) == []


def test_a_vote_that_the_decision_did_not_know_brings_it_back():
    votes = people(ana=rung("by-hand"), bo=rung("automatic"))
    known = {"ana": "by-hand", "bo": "scripted"}

    spread = look(votes, decisions=[decided("scripted", known)])["checks"]

    assert spread.changed
    assert not spread.decided
    assert agreement.to_discuss([spread]) == [spread]


def test_a_vote_that_is_gone_does_not_bring_it_back():
    votes = people(ana=rung("by-hand"), bo=rung("automatic"))
    known = {"ana": "by-hand", "bo": "automatic", "cy": "scripted"}

    assert look(votes, decisions=[decided("scripted", known)])["checks"].decided


def test_a_decision_that_was_taken_back_is_none():
    votes = people(ana=rung("by-hand"), bo=rung("scripted"))
    known = {"ana": "by-hand", "bo": "scripted"}
    rows = [decided("scripted", known), decided("", {}, seq=2)]

    assert look(votes, decisions=rows)["checks"].decision is None


def test_what_is_common_waits_until_the_agreed_answer_says_it():
    votes = people(ana=rung("scripted"), bo=rung("scripted"))

    assert agreement.in_common(list(look(votes).values()))
    agreed = {"checks": rung("scripted")}
    assert agreement.in_common(list(look(votes, agreed).values())) == []


def test_what_nobody_disputes_and_nobody_settled_is_incomplete():
    votes = people(ana=rung("scripted"), bo=UNKNOWN)
    found = list(look(votes, {"notes": rung("scripted")}).values())

    left = [s.practice.id for s in agreement.incomplete(found)]

    assert left == ["checks", "versions", "release"]


said = st.sampled_from([*map(rung, LADDER), out(), UNKNOWN, None])
panels = st.dictionaries(
    st.sampled_from("abcde"),
    st.dictionaries(st.sampled_from(ALL), said).map(
        lambda answers: {k: v for k, v in answers.items() if v is not None}
    ),
)


@given(panels)
def test_each_person_is_counted_once_and_contested_means_distant(votes):
    for spread in look(votes).values():
        voters = [vote.person for vote in spread.votes]
        assert sorted([*voters, *spread.silent]) == sorted(votes)
        assert spread.contested == (spread.distance > 0)
        assert not (spread.contested and spread.common)
        assert spread.contested or spread.effect is Effect.NONE
        ranks = [len(LADDER) if v.rank is None else v.rank for v in spread.votes]
        assert ranks == sorted(ranks)


@given(panels)
def test_every_practice_is_to_discuss_common_or_incomplete_and_never_two(votes):
    found = list(look(votes).values())
    parts = [
        agreement.to_discuss(found),
        agreement.in_common(found),
        agreement.incomplete(found),
    ]

    names = [s.practice.id for part in parts for s in part]
    assert sorted(names) == sorted(ALL)


@given(panels)
def test_who_answers_first_makes_no_difference(votes):
    there = look(votes)
    back = look(dict(reversed(votes.items())))

    for practice, spread in there.items():
        other = back[practice]
        assert spread.distance == other.distance
        assert spread.effect == other.effect
        assert option_of(spread.common) == option_of(other.common)


def test_a_model_of_points_has_a_band_to_decide():
    tests = {"d1": {"scripted": 0.5, "automatic": 1.0}}
    model = points({"data": tests, "serving": {"s1": {"automatic": 1.0}}})
    others = {"s1": rung("automatic")}
    votes = {
        "ana": {"d1": rung("by-hand"), **others},
        "bo": {"d1": rung("scripted"), **others},
    }

    first, second = agreement.spreads(model, votes, {}, [], QUARTER)

    assert (first.effect, first.gating) == (Effect.LEVEL, True)
    assert agreement_words.effect(first, model) == (
        "What you agree on decides the Small band."
    )
    assert second.effect is Effect.NONE
