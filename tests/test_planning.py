"""Saving a plan, as pages do it: what is checked, what comes back, what is undone."""

import pytest

from maturity import library, planning
from maturity.answer import Answer, State
from maturity.plan import NewStep, Status
from maturity.quarter import Quarter
from maturity.service import RefusedError, Service

QUARTER = Quarter(2026, 4)
PRACTICE = "validation.code-tests"
STEP = NewStep(PRACTICE, "features", due="2027-Q1")


@pytest.fixture
def service(duck_store) -> Service:
    return Service(duck_store, library.load())


@pytest.fixture
def team(service) -> str:
    return service.store.add_team("Fraud detection", by="").id


def row(service, team):
    (only,) = service.store.plan(team)
    return only


def test_a_step_gets_an_owner_a_date_and_a_status_and_keeps_the_rest(service, team):
    planning.save(service, team, [STEP], "")
    planning.assign(service, team, PRACTICE, "Ana Lima", "")
    planning.date(service, team, PRACTICE, "2027-Q3", "")
    planning.move(service, team, PRACTICE, Status.DOING, "")

    saved = row(service, team)
    assert service.store.names([saved.owner]) == {saved.owner: "Ana Lima"}
    assert (saved.rung, saved.due, saved.status) == ("features", "2027-Q3", "doing")


def test_an_owner_is_stored_as_an_id_and_can_be_forgotten(service, team):
    planning.save(service, team, [STEP], "")
    planning.assign(service, team, PRACTICE, "Ana Lima", "")
    owner = row(service, team).owner
    service.store.forget_person(owner, "")

    planning.move(service, team, PRACTICE, Status.DOING, "")

    assert "Ana" not in str(service.store.plan_history(team))
    assert row(service, team).owner == owner


def test_an_owner_can_be_taken_away(service, team):
    planning.save(service, team, [STEP], "")
    planning.assign(service, team, PRACTICE, "Ana", "")
    planning.assign(service, team, PRACTICE, "  ", "")

    assert row(service, team).owner == ""


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (NewStep("no.such", "some"), "no practice no.such"),
        (NewStep(PRACTICE, "gone"), "has no answer 'gone'"),
        (NewStep(PRACTICE, "some", due="soon"), "write it as 2026-Q4"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_is_saved(
    service, team, step, said
):
    with pytest.raises(RefusedError, match=said):
        planning.save(service, team, [STEP, step], "")

    assert service.store.plan(team) == []


def test_an_endless_name_is_refused(service, team):
    planning.save(service, team, [STEP], "")

    with pytest.raises(RefusedError, match="at most 80"):
        planning.assign(service, team, PRACTICE, "x" * 81, "")


def test_a_step_that_is_not_in_the_plan_cannot_be_changed(service, team):
    with pytest.raises(RefusedError, match="not in the plan any more"):
        planning.move(service, team, PRACTICE, Status.DONE, "")


def test_undo_brings_back_what_held_and_drops_what_was_new(service, team):
    added = planning.save(service, team, [STEP], "")
    moved = planning.move(service, team, PRACTICE, Status.DOING, "")

    planning.put_back(service, team, moved, "")
    assert row(service, team).status is Status.PLANNED

    with pytest.raises(RefusedError, match="changed by somebody since"):
        planning.put_back(service, team, added, "")


def test_undo_of_a_new_step_drops_it(service, team):
    planning.put_back(service, team, planning.save(service, team, [STEP], ""), "")

    assert row(service, team).status is Status.DROPPED


def test_a_done_step_proposes_its_rung_until_the_quarter_says_it(service, team):
    planning.save(service, team, [STEP], "")
    assert planning.done(service, team, QUARTER) == []
    planning.move(service, team, PRACTICE, Status.DONE, "")
    old = Answer(State.RUNG, "some", note="Only pipelines", link="https://x.org/1")
    service.answer(team, QUARTER, PRACTICE, old, "")

    (proposed,) = planning.done(service, team, QUARTER)
    answer = planning.as_answer(service, team, QUARTER, proposed)
    assert answer == Answer(State.RUNG, "features", note="Only pipelines")

    service.answer(team, QUARTER, PRACTICE, answer, "")
    assert planning.done(service, team, QUARTER) == []


@pytest.mark.parametrize(
    "answer", [Answer(State.RUNG, "all"), Answer(State.NOT_APPLICABLE, reason="None")]
)
def test_nothing_lower_is_proposed_nor_what_does_not_apply(service, team, answer):
    planning.save(service, team, [NewStep(PRACTICE, "some", status=Status.DONE)], "")
    service.answer(team, QUARTER, PRACTICE, answer, "")

    assert planning.done(service, team, QUARTER) == []
