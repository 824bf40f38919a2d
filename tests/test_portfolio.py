"""Many teams in one quarter: who moved, what most of them miss, who is late."""

from dataclasses import replace
from datetime import date

import crowd
import pytest

from maturity import library, portfolios
from maturity.answer import Answer, State
from maturity.portfolio import Movement, matching
from maturity.portfolio_findings import help_needed, level_columns, targets_met
from maturity.quarter import Quarter, now
from maturity.service import Service
from maturity.team import NewAnswer

Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in range(1, 5))
LIBRARY = library.load()
AZURE = LIBRARY.definition("azure")
REGISTRY, TRACKING = "training.registry", "training.tracking"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")


@pytest.fixture
def service(duck_store):
    return Service(duck_store, LIBRARY)


def add(service, name, **about):
    return service.store.add_team(name, by="", **about)


def answer(service, team, quarter, rank, model="azure", **other):
    """Every question at one rank; `other` is by practice, with _ for the dot."""
    ranks = {name.replace("_", "."): chosen for name, chosen in other.items()}
    rows = []
    for practice in LIBRARY.definition(model).asked:
        chosen = ranks.get(practice.id, rank)
        if chosen is not None:
            rung = practice.ladder[min(chosen, len(practice.ladder) - 1)]
            said = Answer(State.RUNG, rung)
            row = NewAnswer(team.id, str(quarter), practice.id, said, "", now())
            rows.append(row)
    service.store.append(rows)


def submit(service, team, quarter, rank, model="azure", **other):
    answer(service, team, quarter, rank, model, **other)
    return service.submit(team.id, model, quarter, "", "")


def read(service, quarter=Q3, model="azure", among=None):
    found = portfolios.read(service, model, quarter, among)
    assert found is not None
    return found


def score_of(seen):
    return seen.figures.lowest.tenths


def named(rows):
    return [row.team.name for row in rows]


def test_each_movement_is_told_apart_and_those_that_moved_come_first(service):
    for name, before, after in [
        ("Same", 1, 1),
        ("Up", 1, 2),
        ("Up most", 0, 3),
        ("Down", 2, 1),
        ("First", None, 1),
        ("Gone", 1, None),
    ]:
        team = add(service, name)
        if before is not None:
            submit(service, team, Q2, before)
        if after is not None:
            submit(service, team, Q3, after)
    again = add(service, "Again")
    submit(service, again, Q1, 1)
    submit(service, again, Q3, 1)
    unsure = add(service, "Unsure")
    submit(service, unsure, Q2, 9)
    submit(service, unsure, Q3, 9, training_tracking=None)

    portfolio = read(service)

    assert [(row.team.name, row.movement) for row in portfolio.rows] == [
        ("Up most", Movement.UP),
        ("Up", Movement.UP),
        ("Down", Movement.DOWN),
        ("Unsure", Movement.UNSURE),
        ("Same", Movement.SAME),
        ("Again", Movement.AGAIN),
        ("First", Movement.FIRST),
        ("Gone", Movement.ABSENT),
    ]
    up = portfolio.rows[0]
    assert up.change == score_of(up.now) - score_of(up.before)
    assert [row.change for row in portfolio.rows[3:]] == [None, 0, None, None, None]
    (gone,) = portfolio.absent
    assert gone.last.quarter == Q2
    assert named(matching(portfolio.rows, moved=True)) == ["Up most", "Up", "Down"]


def test_every_figure_is_the_one_on_the_teams_own_page(service):
    for number in range(5):
        team = add(service, f"Team {number}")
        for quarter, rank in ((Q2, number), (Q3, 1 + number // 2)):
            submit(service, team, quarter, rank, training_registry=None)

    for row in read(service).rows:
        own = {
            reading.quarter: reading for reading in service.history(row.team, "azure")
        }
        assert [seen.quarter for seen in row.history] == [Q2, Q3]
        for seen in row.history:
            overall = own[seen.quarter].overall
            figures = seen.figures
            assert (figures.lowest, figures.highest) == (
                overall.lowest,
                overall.highest,
            )
            assert (figures.asked, figures.answered) == (
                overall.asked,
                overall.answered,
            )
        assert row.outcome.judged == own[Q3].result.judged
        assert row.outcome.stops == own[Q3].result.stops()


def test_a_team_that_submitted_another_model_is_read_from_its_answers(service):
    team = add(service, "Search")
    submit(service, team, Q2, 1)
    submit(service, team, Q3, 2)

    (row,) = read(service, model="google").rows

    draft = service.draft(team, "google", Q3)
    assert row.now.at is None
    assert row.now.figures.lowest == draft.overall.lowest
    assert row.now.figures.highest == draft.overall.highest
    assert row.outcome.judged == draft.result.judged
    assert [seen.at for seen in row.history] == [None, None]
    assert row.review is None  # nobody ever submitted Google's


def test_evidence_of_unsubmitted_answers_counts_as_long_as_it_says(service):
    team = add(service, "Search")
    submit(service, team, Q3, 1)
    days = {"evidence_on": date(2025, 1, 7), "valid_until": date(2026, 9, 30)}
    for practice in LIBRARY.definition("google").asked:
        said = Answer(State.RUNG, practice.ladder[-1], link="https://example.org")
        service.answer(team.id, Q3, practice.id, replace(said, **days), "")

    (row,) = read(service, model="google").rows

    draft = service.draft(team, "google", Q3)
    assert draft.overall.evidenced == draft.overall.lowest
    assert row.now.figures.evidenced == draft.overall.evidenced


def test_a_team_that_answered_nothing_of_a_model_is_not_assessed(service):
    submit(service, add(service, "Search"), Q3, 2)

    assert read(service, model="ml-test-score").assessed == []


def test_scores_of_two_editions_are_not_compared(service):
    old = add(service, "Old edition")
    submit(service, old, Q2, 1)
    submit(service, old, Q3, 3)
    service.store.database.read("select 1")
    with service.store.database.transaction() as execute:
        execute(
            "update assessments set edition = '2020' where quarter = $1", ["2026-Q2"]
        )
    for name in ("One", "Two"):
        submit(service, add(service, name), Q3, 1)

    (row,) = [row for row in read(service).rows if row.team.name == "Old edition"]

    assert (row.movement, row.change) == (Movement.EDITION, None)
    before, now = level_columns(read(service))
    assert (before.edition, now.edition) == ("2020", AZURE.model.edition)


def test_levels_are_counted_by_quarter_with_ranges_and_absences_apart(service):
    first, second, third = (add(service, name) for name in ("A", "B", "C"))
    submit(service, first, Q1, 0)
    submit(service, first, Q3, 9)
    submit(service, second, Q3, 0)
    submit(service, third, Q3, 9, training_tracking=None)

    one, two, three = level_columns(read(service))

    top = AZURE.model.top
    assert (one.quarter, one.counts[0], one.unsure, one.absent) == (Q1, 1, 0, 2)
    assert (two.quarter, two.teams, two.absent) == (Q2, 0, 3)
    assert (three.counts[0], three.counts[top], three.unsure) == (1, 1, 1)
    assert (three.absent, three.read, three.other) == (0, 0, 0)
    assert list(three.counts) == list(range(AZURE.model.lowest, top + 1))


def test_help_names_what_most_teams_miss_and_the_teams_that_do_it(service):
    for name in ("A", "B", "C"):
        submit(service, add(service, name), Q3, 9, training_registry=0)
    submit(service, add(service, "Able"), Q3, 9, training_tracking=0)
    open_ = add(service, "Open")
    submit(service, open_, Q3, 9, training_registry=None)

    most, other, *rest = help_needed(read(service))

    assert (most.practice.id, other.practice.id, rest) == (REGISTRY, TRACKING, [])
    assert [team.name for team in most.missing] == ["A", "B", "C"]
    assert [team.name for team in most.able] == ["Able"]
    assert [team.name for team in other.missing] == ["Able"]
    assert [team.name for team in other.able] == ["A", "B", "C", "Open"]
    level = read(service).rows[0].now.figures.lowest.level
    needed = {
        c.level: c.at_least for c in AZURE.model.criteria if c.practice == REGISTRY
    }
    assert most.rung.id == needed[min(n for n in needed if n > level)]


def test_a_movement_says_which_practices_are_behind_it(service):
    team, calm = add(service, "Search"), add(service, "Calm")
    submit(service, team, Q2, 0, training_tracking=9)
    submit(service, team, Q3, 0, training_tracking=0, training_registry=9)
    submit(service, calm, Q2, 1)
    submit(service, calm, Q3, 1)
    portfolio = read(service)
    moved = portfolio.of(Movement.UP, Movement.DOWN)

    told = portfolios.reasons(service, portfolio, portfolio.rows)

    assert set(told) == {row.team.id for row in moved}
    for reason in told.values():
        assert AZURE.practices[REGISTRY].name in reason.met
        assert reason.lost == (AZURE.practices[TRACKING].name,)


def test_a_target_is_met_only_where_the_level_is_sure(service):
    met, not_met, unsure, absent = (add(service, n) for n in ("A", "B", "C", "D"))
    submit(service, met, Q3, 9)
    submit(service, not_met, Q3, 0)
    submit(service, unsure, Q3, 9, training_tracking=None)
    for team in (met, not_met, unsure, absent):
        service.set_target(team.id, "azure", "", AZURE.model.top, None, "")

    assert targets_met(read(service, Q4).rows) == (0, 0)
    rows = read(service, Q4).rows
    assert all(row.target.level == AZURE.model.top for row in rows)
    with service.store.database.transaction() as execute:
        execute("update targets set saved_at = $1", [Q3.first_day])
    assert [row.on_target for row in read(service).rows] == [True, False, None, None]
    assert targets_met(read(service).rows) == (1, 3)


def test_overdue_is_as_of_today_whatever_quarter_is_looked_at(service):
    late, later, settled = (add(service, n) for n in ("Late", "Later", "Settled"))
    submit(service, late, Q2, 1)
    submit(service, later, Q1, 1)
    submit(service, settled, Q3, 1)

    for quarter in (Q2, Q3, Q4):
        assert named(read(service, quarter).overdue) == ["Later", "Late"]


def test_demo_teams_are_left_out_where_real_ones_are(service):
    submit(service, add(service, "Demo", demo=True), Q3, 1)
    assert (named(read(service).rows), read(service).demo_left_out) == (["Demo"], 0)

    submit(service, add(service, "Real"), Q3, 1)

    assert (named(read(service).rows), read(service).demo_left_out) == (["Real"], 1)


def test_the_usual_quarter_is_the_newest_that_half_of_the_teams_submitted(service):
    assert portfolios.usual_quarter(service, "azure") is None
    teams = [add(service, f"Team {number}") for number in range(4)]
    submit(service, teams[0], Q4, 1)
    assert portfolios.usual_quarter(service, "azure") == Q4

    for team in teams[1:]:
        submit(service, team, Q3, 1)

    assert portfolios.usual_quarter(service, "azure") == Q3


def test_teams_are_found_by_name_and_by_what_they_are(service):
    add(service, "Fraud", domain="Payments", size="6 to 15 people", serving="batch")
    add(service, "Search ranking", domain="Shop", serving="real-time")
    rows = read(service).rows

    assert named(matching(rows, search="SEARCH  rank")) == ["Search ranking"]
    assert named(matching(rows, domain="payments", serving="batch")) == ["Fraud"]
    assert named(matching(rows, size="6 to 15 people")) == ["Fraud"]
    assert matching(rows, domain="Payments", serving="real-time") == []


def test_an_older_result_than_the_history_is_still_the_last_known(service):
    team = add(service, "Search")
    submit(service, team, Quarter(2023, 1), 1)
    archived = add(service, "Archived")
    submit(service, archived, Q3, 1)
    service.store.archive_team(archived.id, "")

    (row,) = read(service).rows

    assert row.history == ()
    assert row.last.quarter == Quarter(2023, 1)
    assert row.last.figures.lowest is not None


def test_some_teams_can_be_asked_for(service):
    ids = [add(service, name).id for name in ("A", "B", "C")]

    assert named(read(service, among=ids[:2]).rows) == ["A", "B"]


def test_a_model_that_nobody_knows_has_no_portfolio(service):
    assert portfolios.read(service, "gone", Q3) is None


def test_hundreds_of_teams_take_as_many_queries_as_one(duck_store, monkeypatch):
    service = Service(duck_store, LIBRARY)
    asked, counts = [], []
    read_ = duck_store.database.read
    monkeypatch.setattr(
        duck_store.database,
        "read",
        lambda sql, args=(): asked.append(sql) or read_(sql, args),
    )
    for teams, name in ((1, "One"), (200, "Many")):
        crowd.settle(service, teams, Q3, 3, name=name)
        asked.clear()
        assert len(read(service).assessed) >= teams
        read(service, model="google")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 16
