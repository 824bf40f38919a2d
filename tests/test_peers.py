"""Quartiles of other teams, and the choices of teams that give no team away."""

from collections import Counter
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity import peers
from maturity.mark import Mark
from maturity.peers import FEWEST, WHOLE, Choice, LowEnds, Peer, Place, Quartiles
from maturity.quarter import Quarter
from maturity.scoring import Score
from maturity.team import Team

NOW = Quarter(2026, 3)
OURS = {
    "domain": "fraud",
    "size": "1 to 5 people",
    "serving": "batch",
    "group": "retail",
}


def score(low: int | None, high: int | None = None) -> Score:
    def mark(tenths: int | None) -> Mark | None:
        return None if tenths is None else Mark(tenths // 10, tenths)

    top = low if high is None else high
    return Score(mark(low), mark(top), mark(low), None, (), None, 1, 1, 0, 0)


def peer(tenths: int = 10, quarter: Quarter = NOW, *, ranged=False, **about) -> Peer:
    return Peer(about, quarter, {WHOLE: tenths, "data": tenths}, ranged)


def like(number: int, **about: str) -> list[Peer]:
    return [peer(**about) for _ in range(number)]


@pytest.mark.parametrize(
    ("tenths", "expected"),
    [
        ([1, 2, 3, 4, 5], Quartiles(2, 3, 4)),
        ([6, 5, 4, 3, 2, 1], Quartiles(2, 3, 5)),
        ([1, 2, 3, 4, 5, 6, 7], Quartiles(2, 4, 6)),
        ([1, 2, 3, 4, 5, 6, 7, 8], Quartiles(2, 4, 6)),
        ([0, 0, 0, 0, 40], Quartiles(0, 0, 0)),
    ],
)
def test_a_quartile_is_the_score_at_its_rank(tenths, expected):
    assert peers.quartiles(tenths) == expected


def test_fewer_than_five_scores_have_no_quartiles():
    with pytest.raises(ValueError, match="at least 5"):
        peers.quartiles([10, 20, 30, 40])


@given(st.sets(st.integers(0, 60), min_size=FEWEST))
def test_the_lowest_and_the_highest_score_are_never_shown(tenths):
    among = peers.quartiles(tenths)
    shown = {among.lower, among.median, among.upper}

    assert shown <= tenths - {min(tenths), max(tenths)}
    for quarters, value in enumerate((among.lower, among.median, among.upper), 1):
        # At least k quarters of the scores are no higher, and no lower one does.
        assert 4 * sum(t <= value for t in tenths) >= quarters * len(tenths)
        assert 4 * sum(t < value for t in tenths) < quarters * len(tenths)


def test_figures_say_how_many_are_ranges_and_how_many_are_older():
    group = [
        *(peer(10 * n) for n in range(3)),
        peer(30, NOW.shift(-1), ranged=True),
        peer(40, NOW.shift(-3)),
    ]

    among = peers.figures(group, NOW)

    assert among.teams == 5
    assert among.scores == {"": Quartiles(10, 20, 30), "data": Quartiles(10, 20, 30)}
    assert (among.ranged, among.earlier, among.oldest) == (1, 2, NOW.shift(-3))


def test_a_range_counts_at_its_low_end():
    ends = peers.low_ends(score(12, 27), {"data": score(20)})

    assert ends == LowEnds({"": 12, "data": 20}, ranged=True)
    assert peers.low_ends(score(12), {"data": score(20)}).ranged is False


def test_a_team_to_which_a_category_does_not_apply_is_no_peer():
    assert peers.low_ends(score(12), {"data": score(None)}) is None


def test_what_a_team_says_of_itself_is_compared_without_case():
    team = Team("t", "T", domain=" Card  FRAUD", serving="batch")

    assert peers.about(team) == {"domain": "card fraud", "serving": "batch"}
    assert peers.about(team, "retail")["group"] == "retail"


def test_all_teams_are_a_choice_from_five_on():
    assert peers.choices(like(4), {}) == (Choice((), 4, offered=False),)
    assert peers.choices(like(5), {}) == (Choice((), 5, offered=True),)
    assert peers.choices([], OURS)[0] == Choice((), 0, offered=False)


def test_the_most_attributes_that_leave_five_teams_are_usual():
    everyone = [
        *like(5, size="1 to 5 people", serving="batch"),
        *like(5, size="1 to 5 people", serving="real-time"),
        *like(5, size="over 50 people"),
    ]

    chosen = peers.usual(peers.choices(everyone, OURS))

    assert chosen == Choice(("size", "serving"), 5, offered=True)
    assert len(peers.alike(everyone, OURS, chosen.by)) == 5


def test_without_five_teams_alike_every_other_team_is_usual():
    everyone = [*like(4, serving="batch"), *like(9)]

    found = {one.by: one for one in peers.choices(everyone, OURS)}

    assert found["serving",] == Choice(("serving",), 4, offered=False)
    assert peers.usual(list(found.values())) == Choice((), 13, offered=True)


def test_a_choice_that_leaves_out_fewer_than_five_is_not_offered():
    everyone = [*like(9, serving="batch"), *like(4)]

    found = {one.by: one.offered for one in peers.choices(everyone, OURS)}

    assert found["serving",] is False
    assert found[()] is True


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                name: st.sampled_from([value, "other"]) for name, value in OURS.items()
            },
        ),
        max_size=40,
    )
)
def test_no_comparison_of_choices_singles_out_fewer_than_five(said):
    """Every team belongs to a part that all offered choices together cannot cut
    below five: whatever is added or taken away, no smaller group comes out."""
    everyone = [peer(**about) for about in said]
    offered = [one for one in peers.choices(everyone, OURS) if one.offered]

    parts = Counter(
        tuple(all(about.get(a) == OURS[a] for a in one.by) for one in offered)
        for about in said
    )

    if offered:
        assert min(parts.values()) >= FEWEST
    for one in offered:
        assert one.teams == len(peers.alike(everyone, OURS, one.by)) >= FEWEST


def test_every_choice_of_what_the_team_said_is_judged_once():
    found = [frozenset(one.by) for one in peers.choices(like(5), OURS)]
    every = chain.from_iterable(combinations(OURS, size) for size in range(5))

    assert Counter(found) == Counter(map(frozenset, every))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (31, 31, Place.ABOVE),
        (30, 30, Place.WITHIN),
        (10, 10, Place.WITHIN),
        (9, 9, Place.BELOW),
        (12, 28, Place.WITHIN),
        (9, 10, Place.UNSURE),
        (30, 31, Place.UNSURE),
        (0, 40, Place.UNSURE),
        (31, 40, Place.ABOVE),
        (0, 9, Place.BELOW),
    ],
)
def test_a_place_is_said_only_where_the_whole_range_has_it(low, high, expected):
    assert peers.place(score(low, high), Quartiles(10, 20, 30)) is expected


def test_without_a_score_there_is_no_place():
    assert peers.place(score(None), Quartiles(10, 20, 30)) is None
