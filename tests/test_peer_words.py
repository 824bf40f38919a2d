"""What a comparison says in words, sentence by sentence."""

import pytest

from maturity import peer_words
from maturity.peers import Choice, Figures, Place
from maturity.quarter import Quarter

NOW = Quarter(2026, 3)
A, W, B, U = Place.ABOVE, Place.WITHIN, Place.BELOW, Place.UNSURE


def among(teams=12, ranged=0, earlier=0) -> Figures:
    return Figures(teams, {}, ranged, earlier, Quarter(2025, 4))


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([A, B, W], "Above the middle half in Data, below it in Release"),
        ([A, W, W], "Above the middle half in Data"),
        ([W, B, B], "Below the middle half in Release and People"),
        ([A, A, A], "Above the middle half in every category"),
        ([W, W, W], "Within the middle half in every category"),
        ([W, U, W], "Within the middle half in Data and People, unsure in Release"),
        ([U, U, U], "Unsure in every category"),
        ([A, U, W], "Above the middle half in Data"),
        ([A, None, None], "Above the middle half in Data"),
        ([None, None, None], "Nothing in this model applies to this team"),
    ],
)
def test_a_finding_names_the_categories_that_stand_out(places, said):
    names = ("Data", "Release", "People")

    assert peer_words.finding(list(zip(names, places, strict=True))) == said


def test_many_categories_are_counted_and_not_named():
    places = [(f"C{n}", A if n < 4 else B) for n in range(5)]

    assert peer_words.title(places, 7) == (
        "Above the middle half in 4 categories, below it in C4; 7 comparable teams"
    )


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice((), 4, False), "4 comparable teams; a comparison needs at least five"),
        (Choice((), 1, False), "1 comparable team; a comparison needs at least five"),
        (
            Choice(("size",), 9, False),
            "9 comparable teams, but comparing this choice with another would single "
            "out fewer than five teams",
        ),
    ],
)
def test_too_few_teams_are_counted_and_the_reason_is_said(choice, said):
    assert peer_words.too_few(choice) == said


@pytest.mark.parametrize(
    ("figures", "partial", "said"),
    [
        (among(), 0, []),
        (
            among(ranged=1),
            0,
            ["1 of them has open questions and counts at the low end of its range."],
        ),
        (
            among(ranged=12),
            0,
            [
                "All of them have open questions and count at the low end of their "
                "range."
            ],
        ),
        (
            among(earlier=2),
            1,
            [
                "2 of them are from before Q3 2026, the oldest from Q4 2025.",
                "1 more team is left out, because a category does not apply to it.",
            ],
        ),
    ],
)
def test_what_has_to_be_known_of_the_teams_is_said(figures, partial, said):
    assert peer_words.remarks(figures, NOW, partial) == said


@pytest.mark.parametrize(
    ("values", "demo", "said"),
    [
        ([], False, "Every other team of your organisation"),
        ([], True, "Every other demo team"),
        (
            ["Batch", "6 to 15 people"],
            False,
            "Other teams of your organisation that are alike in Batch and "
            "6 to 15 people",
        ),
        (["Batch"], True, "Other demo teams that are alike in Batch"),
    ],
)
def test_whom_a_team_is_compared_with_is_named(values, demo, said):
    assert peer_words.compared(values, demo=demo) == said
