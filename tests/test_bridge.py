"""Why a score moved: the parts sum to the movement, each of its own kind."""

from dataclasses import replace
from itertools import pairwise

import small
from hypothesis import given, settings
from hypothesis import strategies as st
from small import UNKNOWN, criterion, definition, not_applicable, rung
from test_scoring_properties import answers_to, definitions

from maturity import bridge_words
from maturity.bridge import Kind, bridge
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.team import Team

BEFORE, AFTER = Quarter(2026, 2), Quarter(2026, 3)
TEAM = Team("t", "Fraud detection")


def reading(asked, answers, quarter) -> Reading:
    mine = {key: value for key, value in answers.items() if key in asked.practices}
    return small.reading(asked, mine, quarter)


def edition(asked, name):
    return type(asked)(
        asked.model.model_copy(update={"edition": name}), asked.practices
    )


@st.composite
def movements(draw):
    """Two quarters of one model, of one edition or of two."""
    first = draw(definitions())
    second = first
    if draw(st.booleans()):
        second = edition(draw(definitions()), "2")
    readings = []
    for asked, quarter in ((first, BEFORE), (second, AFTER)):
        answers = {
            p.id: draw(answers_to(p)) for p in asked.asked if draw(st.booleans())
        }
        readings.append(reading(asked, answers, quarter))
    return readings


def shown(reading, category=None):
    result = reading.result
    of = result.categories.get(category) if category else result.overall
    return of.lowest.tenths if of and of.lowest else None


@settings(deadline=None, max_examples=300)
@given(movements())
def test_the_parts_sum_to_the_whole_movement_of_the_model_and_of_each_category(both):
    before, after = both
    for category in [None, *(c.id for c in after.definition.model.categories)]:
        found = bridge(before, after, category)
        start, end = shown(before, category), shown(after, category)
        if start is None or end is None:
            assert found is None
            continue
        assert (found.start, found.end) == (start, end)
        assert sum(part.tenths for part in found.parts) == end - start


@settings(deadline=None, max_examples=200)
@given(movements())
def test_what_improves_never_lowers_a_score_and_what_worsens_never_raises_it(both):
    before, after = both
    for category in [None, *(c.id for c in after.definition.model.categories)]:
        found = bridge(before, after, category)
        for part in found.parts if found else ():
            if part.kind in (Kind.ANSWERED, Kind.IMPROVED):
                assert part.tenths >= 0
            if part.kind is Kind.WORSENED:
                assert part.tenths <= 0
            assert part.kind is not Kind.LIFTED or category


@settings(deadline=None, max_examples=100)
@given(movements())
def test_the_parts_are_in_the_stated_order_and_each_kind_comes_once(both):
    found = bridge(*both)
    kinds = [list(Kind).index(part.kind) for part in found.parts] if found else []

    assert all(one < other for one, other in pairwise(kinds))


TEN = [criterion("data", 1, f"p{n}", "scripted") for n in range(10)]


def ten(**said):
    """Ten practices: scripted, but for those that are named."""
    answers = {f"p{n}": rung("scripted") for n in range(10)}
    return {**answers, **{key: value for key, value in said.items() if value}}


def test_each_kind_of_change_is_a_part_of_its_own():
    asked = definition([*TEN, criterion("data", 2, "top", "automatic")])
    low = rung("by-hand")
    before = ten(p0=low, p1=low, p2=UNKNOWN, p3=low, p9=low)
    after = ten(p0=not_applicable(), p4=low, p9=low)

    found = bridge(reading(asked, before, BEFORE), reading(asked, after, AFTER))

    # 5 of 10, 5 of 9, 6 of 9, 8 of 9, 7 of 9: cut to tenths.
    assert [(part.kind, part.tenths) for part in found.parts] == [
        (Kind.NOT_APPLICABLE, 0),
        (Kind.ANSWERED, 1),
        (Kind.IMPROVED, 2),
        (Kind.WORSENED, -1),
    ]
    assert found.parts[2].practices == ("P1", "P3")
    assert bridge_words.title(found) == "From 0.5 to 0.7: +0.2"
    assert bridge_words.sentences(found) == [
        "1 answer changed to or from not applicable, which left the score as it was: "
        "P0.",
        "1 question was newly answered, which added 0.1: P2.",
        "2 answers improved, which added 0.2: P1 and P3.",
        "1 answer worsened, which took away 0.1: P4.",
    ]


def test_an_answer_that_is_open_again_is_called_that():
    asked = definition(TEN)
    before, after = (
        reading(asked, ten(), BEFORE),
        reading(asked, ten(p0=UNKNOWN), AFTER),
    )

    (part,) = bridge(before, after).parts

    assert (part.kind, part.reopened) == (Kind.WORSENED, 1)
    assert bridge_words.label(part) == "Open again"
    assert bridge_words.sentences(bridge(before, after)) == [
        "1 answer is open again, which took away 0.1: P0."
    ]


def test_answers_that_worsened_and_answers_that_are_open_again_share_a_part():
    asked = definition(TEN)
    later = ten(p0=UNKNOWN, p1=rung("by-hand"))
    found = bridge(reading(asked, ten(), BEFORE), reading(asked, later, AFTER))

    assert bridge_words.label(found.parts[0]) == "Worsened or open again"
    assert bridge_words.sentences(found) == [
        "2 answers worsened, 1 of them by being open again, which took away 0.2: "
        "P0 and P1."
    ]


def test_a_range_says_which_ends_are_compared_and_that_nothing_is_certain():
    asked = definition(TEN)
    before = reading(asked, ten(p0=rung("by-hand")), BEFORE)
    after = reading(asked, ten(p0=UNKNOWN, p1=UNKNOWN), AFTER)

    said = bridge_words.compared(bridge(before, after))

    assert said == (
        "The low ends are compared: open answers count as the first rung. "
        "As ranges: 0.9, then 0.8 to 1.0. "
        "They overlap, so it is not certain that the score moved."
    )
    assert bridge_words.compared(bridge(before, before)) == ""


def test_a_category_is_lifted_when_the_rest_of_the_model_moves():
    asked = definition(
        [
            criterion("people", 1, "team", "scripted"),
            criterion("data", 1, "runs", "scripted"),
            criterion("data", 2, "runs", "automatic"),
        ],
        top=2,
    )
    low = {"team": rung("scripted"), "runs": rung("by-hand")}
    high = {"team": rung("scripted"), "runs": rung("automatic")}
    before, after = reading(asked, low, BEFORE), reading(asked, high, AFTER)

    up, down = bridge(before, after, "people"), bridge(after, before, "people")

    assert [(part.kind, part.tenths) for part in up.parts] == [(Kind.LIFTED, 10)]
    assert bridge_words.sentences(up) == [
        "The level came up with the rest of the model, which added 1.0."
    ]
    assert bridge_words.label(down.parts[0]) == "Down with the model"
    assert [part.kind for part in bridge(before, after).parts] == [Kind.IMPROVED]


def test_a_new_edition_is_a_part_even_where_it_changes_nothing():
    asked = definition(TEN)
    before = reading(asked, ten(), BEFORE)
    after = reading(edition(asked, "2"), ten(), AFTER)

    found = bridge(before, after)

    assert [(part.kind, part.tenths) for part in found.parts] == [(Kind.EDITION, 0)]
    assert bridge_words.title(found) == "Still at 1.0"
    assert bridge_words.sentences(found) == [
        "The new edition of the model left the score as it was."
    ]


def test_a_new_edition_that_asks_for_more_takes_away_what_it_takes_away():
    asked = definition(TEN[:5], top=2)
    harder = edition(definition(TEN, top=2), "2")

    found = bridge(
        reading(asked, ten(), BEFORE), reading(harder, ten(p9=rung("by-hand")), AFTER)
    )

    assert [(part.kind, part.tenths) for part in found.parts] == [
        (Kind.EDITION, -5),
        (Kind.ANSWERED, 4),
    ]


def test_without_a_score_at_both_ends_there_is_no_bridge():
    asked = definition([criterion("data", 1, "runs", "scripted")])
    none = reading(asked, {"runs": not_applicable()}, BEFORE)
    some = reading(asked, {"runs": rung("scripted")}, AFTER)

    assert bridge(none, some) is None
    assert bridge(some, none) is None
    assert bridge(some, some, "people") is None
    assert bridge_words.nothing(none, some).startswith(
        "No movement to explain from Q2 2026 to Q3 2026"
    )


def test_a_score_frozen_by_other_rules_is_not_split():
    asked = definition(TEN)
    before = reading(asked, ten(p0=rung("by-hand")), BEFORE)
    other = reading(asked, ten(p0=rung("by-hand"), p1=rung("by-hand")), BEFORE)

    assert bridge(replace(before, result=other.result), before) is None
    assert bridge(before, replace(before, result=other.result)) is None


def test_equal_answers_have_no_part():
    one = reading(definition(TEN), ten(), BEFORE)

    assert bridge(one, one).parts == ()
    assert bridge_words.sentences(bridge(one, one)) == [
        "No answer changed that counts here."
    ]


def test_many_practices_are_named_in_part():
    asked = definition(TEN)
    nothing = {f"p{n}": rung("by-hand") for n in range(10)}
    found = bridge(reading(asked, nothing, BEFORE), reading(asked, ten(), AFTER))

    assert bridge_words.sentences(found) == [
        "10 answers improved, which added 1.0: P0, P1, P2 and 7 more."
    ]
