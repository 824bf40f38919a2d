"""The story of many teams: whole sentences for every way a quarter can go."""

from dataclasses import replace
from datetime import datetime

import pytest

from maturity import group_story, library
from maturity.group_story import tell
from maturity.mark import Mark
from maturity.portfolio import Portfolio, Row, Seen
from maturity.portfolio_findings import Help, LevelColumn
from maturity.quarter import Quarter
from maturity.reading import Target
from maturity.standings import Figures
from maturity.story import Direction
from maturity.team import Team

Q1, Q2, Q3 = (Quarter(2026, number) for number in (1, 2, 3))
AZURE = library.load().definition("azure")
POINTS = library.load().definition("ml-test-score")
EDITION = AZURE.model.edition
AT = datetime(2026, 9, 18, 10, 0)


def seen(quarter: Quarter, low: int, high: int | None = None, edition=EDITION) -> Seen:
    """A result from `low` to `high` tenths; settled where `high` is left out."""
    top = low if high is None else high
    figures = Figures(
        lowest=Mark(low // 10, low),
        highest=Mark(top // 10, top),
        evidenced=None,
        asked=21,
        answered=21 if top == low else 19,
        open=0 if top == low else 2,
        not_applicable=0,
    )
    return Seen(quarter, edition, figures, AT)


def row(name: str, *history: Seen, target: int | None = None) -> Row:
    aim = None if target is None else Target(target, None)
    return Row(Team(name, name), Q3, history, None, target=aim)


def portfolio(*rows: Row) -> Portfolio:
    return Portfolio(AZURE, Q3, rows)


UP = row("Up", seen(Q2, 5), seen(Q3, 12))
UP_TOO = row("Up too", seen(Q2, 12), seen(Q3, 23))
DOWN = row("Down", seen(Q2, 23), seen(Q3, 5))
SAME = row("Same", seen(Q2, 12), seen(Q3, 12))
SAME_TOO = row("Same too", seen(Q2, 23), seen(Q3, 23))
UNSURE = row("Unsure", seen(Q2, 12), seen(Q3, 8, 20))
FIRST = row("First", seen(Q3, 12))
AGAIN = row("Again", seen(Q1, 12), seen(Q3, 12))
OTHER = row("Other", seen(Q2, 12, edition="2020"), seen(Q3, 12))
ABSENT = row("Absent", seen(Q2, 12))

VERDICTS = [
    ([], "No team was in this group in Q3 2026."),
    ([ABSENT], "The one team is not assessed in Q3 2026."),
    ([ABSENT, ABSENT], "None of 2 teams is assessed in Q3 2026."),
    ([FIRST], "First assessment: the one team is assessed in Q3 2026."),
    ([FIRST, ABSENT], "First assessment: 1 of 2 teams is assessed in Q3 2026."),
    (
        [OTHER, FIRST],
        "A new edition of the model: 2 of 2 teams are assessed in Q3 2026, and nothing "
        "compares with Q2 2026.",
    ),
    (
        [AGAIN, FIRST],
        "Not certain: 2 of 2 teams are assessed in Q3 2026, and none of them in "
        "Q2 2026.",
    ),
    ([SAME], "Stable: the one team did not move since Q2 2026."),
    ([SAME, SAME_TOO, FIRST], "Stable: none of 2 teams moved since Q2 2026."),
    (
        [SAME, UNSURE],
        "Stable: no team surely moved since Q2 2026; open questions leave 1 of 2 as "
        "ranges.",
    ),
    (
        [UNSURE],
        "Not certain: no team surely moved since Q2 2026; open questions leave a "
        "range.",
    ),
    ([UP], "Better: the one team moved up since Q2 2026."),
    (
        [UP, UP_TOO, SAME],
        "Better: 2 of 3 teams moved up since Q2 2026 and none moved down.",
    ),
    ([DOWN, SAME], "Worse: 1 of 2 teams moved down since Q2 2026 and none moved up."),
    (
        [UP, UP_TOO, DOWN],
        "Mixed: 2 teams moved up since Q2 2026 and 1 moved down.",
    ),
]


@pytest.mark.parametrize(
    ("rows", "sentence"), VERDICTS, ids=[said.partition(":")[0] for _, said in VERDICTS]
)
def test_the_verdict_counts_teams_and_says_only_what_is_sure(rows, sentence):
    assert group_story.verdict(portfolio(*rows)).sentence == sentence


def test_the_first_slide_says_where_most_are_who_reached_a_target_and_who_is_missing():
    aimed = row("Aimed", seen(Q2, 12), seen(Q3, 23), target=2)

    told = tell(portfolio(aimed, UP_TOO, SAME, ABSENT))

    assert told.verdict.direction is Direction.BETTER
    assert told.where.facts == (
        "2 of 3 teams are at Level 2 or above.",
        "1 of 1 target reached.",
        "3 of 4 teams are assessed.",
    )


def test_what_a_group_aims_for_takes_the_place_of_the_teams_own_targets():
    told = tell(portfolio(UP), ["Retail aims for Level 3 by Q4 2026: 0 of 1 is there."])

    assert told.where.facts[-1].startswith("Retail aims for Level 3")


def column(quarter: Quarter, *counts: int, unsure: int = 0, edition=EDITION):
    levels = dict(enumerate([*counts, *[0] * (5 - len(counts))]))
    return LevelColumn(quarter, edition, levels, unsure, 0, 0, 0)


@pytest.mark.parametrize(
    ("columns", "headline"),
    [
        ([], "No quarter has a result yet."),
        (
            [column(Q3, 1, 2, 3)],
            "One quarter so far: 3 of 6 teams are at Level 2 or above.",
        ),
        (
            [column(Q2, 4, edition="2020"), column(Q3, 1, 2, 3)],
            "One quarter by this edition: 3 of 6 teams are at Level 2 or above.",
        ),
        (
            [column(Q1, 4, 1), column(Q2), column(Q3, 1, 2, 3)],
            "From 0 of 5 teams at Level 2 or above to 3 of 6 in 2 quarters.",
        ),
        (
            [column(Q2, 1, 2, 3), column(Q3, 2, 1, 3)],
            "Still 3 of 6 teams at Level 2 or above after 1 quarter.",
        ),
        (
            [column(Q2, 3, 1), column(Q3, 4)],
            "From 3 of 4 teams at Level 0 to 4 of 4 in 1 quarter.",
        ),
        (
            [column(Q2, 3), column(Q3, 1, unsure=3)],
            "Open questions leave 3 of 4 teams as a range.",
        ),
    ],
)
def test_how_far_they_came_compares_one_level_over_the_quarters_of_one_edition(
    columns, headline
):
    assert group_story.far(columns, AZURE.model) == headline


def missed(practice: str, *teams: str) -> Help:
    asked = AZURE.practices[practice]
    missing = tuple(Team(team, team) for team in teams)
    return Help(asked, "technology", asked.rungs[1], missing, (Team("Able", "Able"),))


@pytest.mark.parametrize(
    ("rows", "needed", "headline"),
    [
        (
            [ABSENT],
            [],
            "Nothing is assessed, so nobody knows what holds these teams back.",
        ),
        (
            [SAME],
            [],
            "Nothing holds these teams back: each meets every criterion that applies.",
        ),
        (
            [UNSURE],
            [],
            "Only open questions stand between these teams and their next level.",
        ),
        (
            [UP, DOWN],
            [missed("training.registry", "Up")],
            "No practice holds back more than one team.",
        ),
        (
            [UP],
            [missed("training.registry", "Up")],
            "“Model registry” holds us back: the team misses it at its next level.",
        ),
        (
            [UP, DOWN],
            [missed("training.registry", "Up", "Down")],
            "“Model registry” holds us back: every team misses it at its next level.",
        ),
        (
            [UP, DOWN, SAME],
            [missed("training.registry", "Up", "Down")],
            "“Model registry” holds back most: 2 of 3 teams miss it at their next "
            "level.",
        ),
    ],
)
def test_what_holds_them_back_is_what_most_of_them_miss(rows, needed, headline):
    assert group_story.back(portfolio(*rows), needed) == headline


@pytest.mark.parametrize(
    ("rows", "needed", "headline"),
    [
        ([SAME], [], "Nothing holds these teams back: each is in the highest band."),
        (
            [UNSURE],
            [],
            "Only open questions stand between these teams and their next band.",
        ),
        (
            [UP, DOWN],
            [missed("training.registry", "Up", "Down")],
            "“Model registry” holds us back: every team misses it at its next band.",
        ),
        (
            [UP, DOWN, SAME],
            [missed("training.registry", "Up", "Down")],
            "“Model registry” holds back most: 2 of 3 teams miss it at their next "
            "band.",
        ),
    ],
)
def test_where_tests_give_points_it_is_the_next_band_that_they_miss(
    rows, needed, headline
):
    edition = POINTS.model.edition
    teams = tuple(
        replace(each, history=tuple(replace(s, edition=edition) for s in each.history))
        for each in rows
    )

    assert group_story.back(Portfolio(POINTS, Q3, teams), needed) == headline


def test_what_was_written_for_leaders_is_asked_and_else_nothing_new():
    assert tell(portfolio(SAME), ask="Two engineers\nA budget").ask.facts == (
        "A budget",
    )
    assert tell(portfolio(SAME)).ask.headline.startswith("Nothing new")
