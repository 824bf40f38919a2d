"""What a portfolio says in sentences."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from maturity import library
from maturity import portfolio_words as says
from maturity.cadence import review
from maturity.mark import Mark
from maturity.portfolio import Portfolio, Row, Seen, by_movement
from maturity.portfolio_findings import Help, Why, level_columns
from maturity.quarter import Quarter
from maturity.reading import Target
from maturity.standings import Figures
from maturity.team import Team

Q1, Q2, Q3 = (Quarter(2026, number) for number in (1, 2, 3))
AT = datetime(2026, 9, 12, 10)
AZURE = library.load().definition("azure")
POINTS = library.load().definition("ml-test-score")
PRACTICE = AZURE.practices["training.registry"]


def figures(lowest: int, highest: int | None = None, **more) -> Figures:
    """27 is 2.7 at Level 2; with a second score, a range."""
    low = Mark(lowest // 10, lowest)
    high = low if highest is None else Mark(highest // 10, highest)
    given = {"asked": 21, "answered": 21, "open": 0, "not_applicable": 0, **more}
    return Figures(low, high, low, **given)


def row(name="Search", *, now=None, before=None, then=None, **more) -> Row:
    """A team with figures of Q3, of Q2, and of Q1."""
    said = ((Q1, then), (Q2, before), (Q3, now))
    history = tuple(Seen(quarter, "1", one, AT) for quarter, one in said if one)
    return Row(Team(name, name), Q3, history, None, **more)


def portfolio(*rows: Row, definition=AZURE) -> Portfolio:
    return Portfolio(definition, Q3, tuple(by_movement(rows)))


UP = row("Up", before=figures(12), now=figures(27))
UP_TOO = replace(UP, team=Team("2", "2"))
DOWN = row("Down", before=figures(27), now=figures(21))
SAME = row("Same", before=figures(12), now=figures(12))
UNSURE = row("Unsure", before=figures(12), now=figures(10, 20))
FIRST = row("First", now=figures(12))
AGAIN = row("Again", then=figures(12), now=figures(12))
LOW = row(now=figures(3))
ABSENT = row("Absent", before=figures(12))


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [UP, replace(UP, team=Team("2", "2")), DOWN],
            "2 teams moved up since Q2, 1 moved down",
        ),
        ([UP, SAME], "1 team moved up since Q2"),
        ([DOWN], "1 team moved down since Q2"),
        ([SAME], "No team moved since Q2"),
        ([SAME, UNSURE], "No team surely moved since Q2"),
        ([FIRST], "1 team is assessed for the first time"),
        ([FIRST, AGAIN], "2 teams are assessed in Q3 2026"),
        ([ABSENT], "No team is assessed in Q3 2026"),
        ([], "No team is assessed in Q3 2026"),
    ],
)
def test_the_title_is_the_finding(rows, title):
    assert says.title(portfolio(*rows)) == title


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, ""),
        (1, "1 demo team is left out."),
        (8, "8 demo teams are left out."),
    ],
)
def test_demo_teams_that_are_left_out_are_counted(number, said):
    assert says.demo_left_out(replace(portfolio(), demo_left_out=number)) == said


def test_the_others_are_counted_beside_those_that_moved():
    assert says.movement_caption(portfolio(UP, DOWN, SAME, UNSURE, FIRST, AGAIN)) == (
        "1 team reached a higher level. 1 team did not move. For 1 team it is not "
        "certain, as open questions leave ranges. 1 team assessed for the first time. "
        "1 team assessed again, after a gap."
    )


@pytest.mark.parametrize(
    ("one", "long", "short", "moved"),
    [
        (UP, "moved up by 1.5", "+1.5", "+1.5 to 2.7 · Level 2, was Level 1"),
        (
            DOWN,
            "moved down by 0.6",
            "\N{MINUS SIGN}0.6",
            "\N{MINUS SIGN}0.6 to 2.1 · still Level 2",
        ),
        (SAME, "no change", "0.0", ""),
        (UNSURE, "not certain, as ranges overlap", "?", ""),
        (FIRST, "first assessment", "new", ""),
        (AGAIN, "assessed again, after a gap", "again", ""),
        (ABSENT, "not assessed", "", ""),
    ],
)
def test_a_movement_is_said_with_its_sign_and_its_levels(one, long, short, moved):
    assert says.movement(one) == long
    assert says.short_movement(one) == short
    assert says.moved(one) == moved


def test_why_a_team_moved_names_the_practices():
    assert says.reason(Why(("A", "B"), ("C",), ("D",))) == (
        "Now met: A and B. No longer met: C. Not applicable now: D."
    )
    assert says.reason(Why((), (), ())) == ""
    assert says.some(list("ABCDEF")) == "A, B, C, D, E and F"
    assert says.some(list("ABCDEFG")) == "A, B, C, D, E and 2 more"


def test_help_says_who_misses_what_and_whom_to_ask():
    teams = [Team(name, name) for name in "ABCDEFGH"]
    one = Help(PRACTICE, "technology", PRACTICE.rungs[1], tuple(teams[:2]), ())

    assert says.help_title([one]) == f"2 teams miss “{PRACTICE.name}”"
    assert says.help_title([]) == "No team surely misses a practice"
    assert says.missed_by(one, 1200) == "Missed by 2 of 1,200 teams"
    assert says.talk_to(one) == "No team here does it yet"
    assert says.talk_to(replace(one, able=tuple(teams[:1]))) == "Ask A, who does it"
    assert says.talk_to(replace(one, able=tuple(teams))) == (
        "Ask A, B, C, D, E and 3 more, who do it"
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([UP, DOWN, SAME], "2 of 3 teams are at Level 2 or above"),
        ([row(now=figures(40))], "The one team is at Level 4"),
        ([row(now=figures(23))], "The one team is at Level 2"),
        (
            [row(now=figures(3)), row("B", now=figures(2))],
            "2 of 2 teams are at Level 0",
        ),
        ([UNSURE], "Open questions leave the one team as a range"),
        ([ABSENT], "No team has a level in Q3 2026"),
    ],
)
def test_levels_are_summed_up_by_where_most_teams_are(rows, title):
    columns = level_columns(portfolio(*rows))
    assert says.levels_title(columns, AZURE.model) == title


def test_a_model_of_bands_says_band_and_no_level():
    bands = tuple(band.name for band in POINTS.model.bands)
    low, high = Mark(1, 10), Mark(3, 30)
    before = Figures(low, low, low, 28, 28, 0, 0, bands)
    now = Figures(high, high, high, 28, 28, 0, 0, bands)
    one = row(before=before, now=now)
    found = portfolio(one, definition=POINTS)

    said = " ".join(
        [
            says.moved(one),
            says.movement_caption(found),
            says.levels_title(level_columns(found), POINTS.model),
            says.levels_caption(level_columns(found), POINTS.model),
            says.standing(one),
        ]
    )
    assert bands[3] in said
    assert "higher band" in said
    assert "evel" not in said


def test_columns_say_what_is_not_counted_in_them():
    read = row("Read", now=figures(12))
    read = replace(read, history=(replace(read.history[0], at=None),))
    other = row("Other", now=figures(12))
    other = replace(other, history=(replace(other.history[0], edition="0"),))
    columns = level_columns(portfolio(read, other, UP, UNSURE, ABSENT))

    assert says.levels_caption(columns, AZURE.model) == (
        "How many teams were at each level, the lowest at the foot. “?” counts those "
        "whose open questions leave more than one level. A dash counts those not "
        "assessed in the quarter. 1 is read from answers, not submitted. 1 team of "
        "another edition left out."
    )


def test_targets_are_counted_where_there_are_some():
    aim = Target(2, None)
    rows = [replace(UP, target=aim), replace(SAME, target=aim), DOWN]

    assert says.on_target(portfolio(*rows)) == ("1", "of 2 with a target")
    assert says.on_target(portfolio(DOWN)) == ("No target", "is set")


def test_a_team_that_is_not_there_keeps_its_last_known_result():
    assert says.last_known(ABSENT) == (
        "Last known: Level 1, with evidence Level 1, score 1.2, in Q2 2026, "
        "submitted 12 Sep 2026"
    )
    assert says.last_known(row()) == "Never assessed through this model"
    assert says.standing(row()) == "Never assessed"


def test_who_is_late_says_by_when():
    due = review("azure", [Q1], date(2026, 11, 24))
    assert says.late(replace(ABSENT, review=due, latest=Q1)) == (
        "Last submitted for Q1 2026. Submit Q4 2026 by 31 Dec 2026."
    )


def test_open_questions_are_counted_by_team():
    open_ = row("Open", now=figures(12, 20, answered=18, open=3))

    assert (
        says.coverage_title(portfolio(open_, UP)) == "1 of 2 teams left questions open"
    )
    assert says.coverage_title(portfolio(UP)) == "No question that counts is open"
    assert says.coverage_title(portfolio()) == "Nothing is answered yet"
