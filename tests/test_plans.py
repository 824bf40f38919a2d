"""Plans in the store, on both engines: steps are added, and the newest one holds."""

from datetime import datetime

import pytest

from maturity import storage
from maturity.plan import NewStep, PlanRow, Status
from maturity.storage import TeamGoneError
from maturity.storage.plans import PLAN_OF
from maturity.team import Team

AT = datetime(2026, 11, 24, 14, 30, 5, 123456)
STEP = NewStep("data.versions", "snapshots", "bo", "2027-Q1", Status.DOING)


@pytest.fixture
def team(store) -> Team:
    return store.add_team("Fraud detection", by="ana")


def plan(store, team, *steps):
    return store.plan_steps(team.id, steps, by="ana", at=AT)


def test_a_step_comes_back_whole(store, team):
    ((row, before),) = [(r.row, r.before) for r in plan(store, team, STEP)]

    assert before is None
    assert row == PlanRow(
        row.seq,
        team.id,
        "data.versions",
        "snapshots",
        "bo",
        "2027-Q1",
        Status.DOING,
        "ana",
        AT,
    )
    assert store.plan(team.id) == [row]


def test_the_newest_row_of_a_practice_holds_and_the_older_ones_stay(store, team):
    (first,) = plan(store, team, STEP)
    plan(store, team, NewStep("data.checks", "some"))
    (second,) = plan(store, team, NewStep("data.versions", "", status=Status.DROPPED))

    assert second.before == first.row
    assert [r.practice for r in store.plan(team.id)] == ["data.checks", "data.versions"]
    assert store.plan(team.id)[-1].status is Status.DROPPED
    assert len(store.plan_history(team.id)) == 3


def test_two_steps_of_one_practice_at_once_follow_each_other(store, team):
    one, two = plan(store, team, STEP, NewStep("data.versions", "all"))

    assert two.before == one.row
    assert store.plan(team.id) == [two.row]


def test_every_saved_plan_is_counted_and_nothing_to_save_is_not(store, team):
    before = store.changes(team.id)

    assert plan(store, team) == []
    assert store.changes(team.id) == before
    plan(store, team, STEP)
    assert store.changes(team.id) == before + 1


def test_a_team_sees_its_own_plan_alone(store, team):
    other = store.add_team("Other", by="")
    plan(store, team, STEP)

    assert store.plan(other.id) == []
    assert store.plan("nobody") == []


def test_nothing_is_planned_for_a_team_that_is_gone(store):
    with pytest.raises(TeamGoneError):
        store.plan_steps("nobody", [STEP], by="", at=AT)

    assert store.plan_history("nobody") == []


def test_removing_the_demo_removes_its_plans_and_keeps_the_others(store, team):
    demo = store.add_team("Demo", demo=True, by="")
    plan(store, team, STEP)
    plan(store, demo, STEP)

    store.remove_demo("")

    assert store.plan(demo.id) == []
    assert len(store.plan(team.id)) == 1


def test_a_plan_is_read_by_index_on_duckdb(duck_store):
    database = duck_store.database
    with database.transaction() as execute:
        execute(
            "insert into plans select n, 't' || (n % 400), 'p' || n, 'r', '', '', "
            "'planned', '', $1 from generate_series(1, 300000) as numbers (n)",
            [AT],
        )

    ((_, explained),) = database.read(f"explain analyze {PLAN_OF}", ["t7"])

    assert "Index Scan" in explained
    assert "Sequential Scan" not in explained


def test_a_plan_is_read_by_index_on_postgresql(postgres_address):
    store = storage.open_store(postgres_address)
    with store.database.transaction() as execute:
        execute(
            "insert into plans select n, 't' || (n % 400), 'p' || n, 'r', '', '', "
            "'planned', '', $1 from generate_series(1, 60000) as numbers (n)",
            [AT],
        )
    store.database.read("analyze plans")

    rows = store.database.read(f"explain {PLAN_OF}", ["t7"])

    assert "plans_of_team" in "\n".join(line for (line,) in rows)
    store.close()
