"""The way up, as a visitor meets it: what if, the plan, and what is done."""

import pytest

from maturity.answer import Answer, State
from maturity.plan import NewStep, Status
from maturity.quarter import Quarter, now
from maturity.team import Team

pytestmark = pytest.mark.page

NOW, LAST = Quarter(2026, 4), Quarter(2026, 3)


@pytest.fixture
def team(service) -> Team:
    return service.store.add_team("Fraud [detection](x)", by="")


@pytest.fixture
def home() -> str:
    return "plan"


def submit(service, team, model="google", quarter=LAST, rank=0, **others):
    """An assessment with every answer at one rung, but for some."""
    definition = service.library.definition(model)
    for practice in definition.asked:
        rung = practice.ladder[min(rank, len(practice.ladder) - 1)]
        answer = others.get(practice.id.replace(".", "_"), Answer(State.RUNG, rung))
        service.answer(team.id, quarter, practice.id, answer, "")
    service.submit(team.id, model, quarter, "", "")


def switches(visitor):
    return {t.key.rpartition("/")[2]: t for t in visitor.app.toggle}


def switch(visitor, practice, on=True):
    switches(visitor)[practice].set_value(on).run()


def planned(service, team):
    return {row.practice: row for row in service.store.plan(team.id)}


def save(service, team, practice, **step):
    definition = service.library.definition("google")
    rung = step.pop("rung", definition.practices[practice].ladder[-1])
    steps = [NewStep(practice, rung, **step)]
    service.store.plan_steps(team.id, steps, by="", at=now())


def first(visitor):
    return next(iter(switches(visitor)))


def test_without_an_answer_the_page_leads_to_assess(visit, service, team):
    visitor = visit()

    assert visitor.reads("has no assessment")
    assert "Start the assessment" in visitor.buttons


def test_every_gap_has_what_is_what_would_do_how_effort_and_what_it_brings(
    visit, service, team
):
    submit(service, team)

    visitor = visit(model="google")

    definition = service.library.definition("google")
    practice = definition.practices[first(visitor)]
    assert visitor.title == "Way up"
    assert visitor.reads("to change to reach Level 1")
    assert visitor.reads(practice.rungs[0].text)
    assert visitor.reads(practice.rungs[1].text)
    assert visitor.reads(practice.rungs[1].how)
    assert visitor.reads("Effort: ")
    assert visitor.reads("criteria here")
    assert visitor.reads("of Azure")


def test_a_switch_moves_the_level_and_nothing_is_saved(visit, service, team):
    submit(service, team)
    visitor = visit(model="google")
    changes = service.store.changes(team.id)
    assert visitor.reads("Nothing is saved until you ask")

    for practice in list(switches(visitor)):
        switch(visitor, practice)

    assert visitor.reads("Level 1, score 1.")
    assert visitor.reads("With these steps")
    assert service.store.changes(team.id) == changes
    assert service.store.plan(team.id) == []


def test_with_bands_the_least_effort_is_proposed_and_the_other_tests_stay_there(
    visit, service, team
):
    submit(service, team, "ml-test-score")
    visitor = visit(model="ml-test-score")

    assert visitor.reads("The least effort to Some testing: 4 steps, 4 small rungs up")
    assert visitor.reads("Other tests that can give points")
    assert len(switches(visitor)) == 28
    visitor.click("Switch on all 4")

    on = {practice for practice, toggle in switches(visitor).items() if toggle.value}
    assert on == set(list(switches(visitor))[:4])
    assert visitor.reads("With 4 steps: Some testing, score 0.5.")
    visitor.click("save_plan")
    assert {row.rung for row in service.store.plan(team.id)} == {"manual"}
    assert visitor.reads("Brings 0.5 points here.")


def test_back_to_the_plan_forgets_the_switches(visit, service, team):
    submit(service, team)
    visitor = visit(model="google")
    practice = first(visitor)
    switch(visitor, practice)

    visitor.click("reset_plan")

    assert not switches(visitor)[practice].value


def test_switches_are_saved_as_the_plan_and_undone(visit, service, team):
    submit(service, team)
    visitor = visit(model="google")
    practice = first(visitor)
    assert visitor.reads("No plan yet")

    switch(visitor, practice)
    visitor.click("save_plan")

    row = planned(service, team)[practice]
    assert (row.status, row.due) == (Status.PLANNED, "2027-Q1")
    assert visitor.reads("The plan: 1 step")
    assert switches(visitor)[practice].value

    visitor.click("undo_plan")
    assert planned(service, team)[practice].status is Status.DROPPED
    assert visitor.reads("Dropped: 1")


def test_a_step_switched_off_and_saved_is_dropped(visit, service, team):
    submit(service, team)
    save(service, team, "training.trigger")
    visitor = visit(model="google")

    switch(visitor, "training.trigger", on=False)
    visitor.click("save_plan")

    assert planned(service, team)["training.trigger"].status is Status.DROPPED


def test_a_step_gets_an_owner_a_date_and_a_status(visit, service, team):
    submit(service, team)
    save(service, team, "training.trigger")
    visitor = visit(model="google")

    visitor.write("Owner", "*Ana* [x](y)")
    visitor.choose("due/training.trigger", "Q2 2027")
    visitor.choose("status/training.trigger", "Doing")

    row = planned(service, team)["training.trigger"]
    assert service.store.names([row.owner])[row.owner] == "*Ana* [x](y)"
    assert (row.due, row.status) == ("2027-Q2", Status.DOING)
    assert not any("[x](y)" in text for text in visitor.markdown)


def test_a_late_step_says_so(visit, service, team):
    submit(service, team)
    save(service, team, "training.trigger", due="2026-Q1")

    assert visit(model="google").reads("Late: due Q1 2026")


def test_a_done_step_is_taken_as_this_quarters_answer_and_back(visit, service, team):
    submit(service, team)
    save(service, team, "training.trigger", status=Status.DONE)
    visitor = visit(model="google")
    assert visitor.reads("You said this is done")
    assert visitor.reads("the answer for Q4 2026")

    visitor.click("take-step/training.trigger")

    answers = service.sheet(team.id, NOW).answers
    ladder = service.practice("training.trigger").ladder
    assert answers["training.trigger"].answer.rung == ladder[-1]
    assert not visitor.reads("You said this is done")
    frozen = service.history(service.store.team(team.id), "google")[0]
    assert frozen.answers["training.trigger"].rung == ladder[0]

    visitor.click("undo")
    assert visitor.reads("You said this is done")


def test_open_questions_are_to_be_answered_first(visit, service, team):
    submit(service, team, training_trigger=Answer(State.UNKNOWN))

    visitor = visit(model="google")

    assert visitor.reads("Answer first")
    assert "training.trigger" not in switches(visitor)


def test_at_the_top_nothing_is_left(visit, service, team):
    submit(service, team, rank=9)

    visitor = visit(model="google")

    assert visitor.reads("Nothing is left to change for Level 2")
    assert not switches(visitor)
    assert not visitor.reads("What if")
    assert not visitor.reads("Switch steps on")


def test_the_way_goes_to_any_target_and_to_the_teams_own(visit, service, team):
    submit(service, team, quarter=NOW)
    service.set_target(team.id, "google", "", 1, Quarter(2027, 2), "")
    visitor = visit(model="google")
    assert visitor.reads("to change to reach your targets")
    fewer = len(switches(visitor))

    visitor.choose("way_aim", 2)

    assert visitor.reads("to change to reach Level 2")
    assert len(switches(visitor)) > fewer


def test_two_who_change_one_step_do_not_take_each_others_change_back(
    visit, service, team
):
    submit(service, team)
    save(service, team, "training.trigger")
    visitor = visit(model="google")
    visitor.choose("status/training.trigger", "Doing")
    save(service, team, "training.trigger", due="2027-Q4")

    visitor.click("undo_plan")

    assert visitor.reads("changed by somebody since")
    assert planned(service, team)["training.trigger"].due == "2027-Q4"


def test_a_step_that_no_model_asks_for_any_more_can_be_dropped(visit, service, team):
    submit(service, team)
    steps = [NewStep("gone.practice", "gone")]
    service.store.plan_steps(team.id, steps, by="", at=now())

    assert visit(model="google").reads("No model here asks for this any more")


def test_the_plan_is_seen_over_time_with_the_score_it_leads_to(visit, service, team):
    submit(service, team)
    visitor = visit(model="google")
    assert not visitor.reads("Timeline")
    for practice in list(switches(visitor)):
        switch(visitor, practice)
    visitor.click("save_plan")

    assert visitor.reads("Level 0 now, Level 1 in Q1 2027 if the plan holds")
    assert visitor.reads("Timeline")
    outlook = next(t for t in visitor.tables if "Level by the plan" in t[0])
    by_quarter = {line["Quarter"]: line["Level by the plan"] for line in outlook}
    assert by_quarter["Q4 2026"] == "Level 0"
    assert by_quarter["Q1 2027"] == "Level 1"


def test_steps_without_a_date_are_counted_beside_the_pictures(visit, service, team):
    submit(service, team)
    save(service, team, "training.trigger", due="2027-Q1")
    steps = [p for p in service.library.practices if p != "training.trigger"]
    ladder = service.library.practices[steps[0]].ladder
    undated = [NewStep(steps[0], ladder[-1])]
    service.store.plan_steps(team.id, undated, by="", at=now())

    assert visit(model="google").reads("1 step has no date yet")


def test_answers_that_cannot_both_be_true_are_flagged(visit, service, team):
    submit(
        service,
        team,
        quarter=NOW,
        **{
            "training_trigger": Answer(State.RUNG, "live"),
            "training_pipeline": Answer(State.RUNG, "cells"),
        },
    )
    visitor = visit(model="google")

    assert visitor.reads("1 pair of answers does not fit together")
    assert visitor.reads("yet a person starts its steps")


def test_the_plan_is_offered_for_a_ticket_system(visit, service, team):
    submit(service, team)
    assert not visit(model="google").app.get("download_button")
    save(service, team, "training.trigger", due="2027-Q1")

    (button,) = visit(model="google").app.get("download_button")

    assert button.label == "For a ticket system (CSV)"
