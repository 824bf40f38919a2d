"""Undo, earlier answers and old evidence, as a visitor meets them in Assess."""

from datetime import date

import pytest
from test_pages import FIRST, LAST, NOW, database, rung, service, submit, team, visit

from maturity.answer import Answer, State

__all__ = ["database", "service", "team", "visit"]

pytestmark = pytest.mark.page


def current(service, team):
    return service.sheet(team.id, NOW).current().get(FIRST)


def test_undo_takes_the_last_change_back_and_once_more_brings_it_again(
    visit, service, team
):
    visitor = visit().open("assess", team=team.id).click("start-azure")
    visitor.answer(FIRST, rung(FIRST, 1).rung)
    visitor.answer(FIRST, rung(FIRST, 2).rung)

    visitor.click("undo")
    assert current(service, team) == rung(FIRST, 1)
    visitor.click("undo")
    assert current(service, team) == rung(FIRST, 2)


def test_undoing_a_first_answer_leaves_the_question_open(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")
    assert not visitor.reads("Takes back your last change")

    visitor.answer(FIRST, rung(FIRST, 1).rung)
    visitor.click("undo")

    assert visitor.answered(FIRST) is None
    assert visitor.reads("**0 of 25** answered")


def test_an_earlier_answer_is_used_again_and_nothing_of_the_later_one_is_lost(
    visit, service, team
):
    submit(service, team, LAST, 1)
    ana = service.store.person("Ana Lima")
    service.answer(team.id, NOW, FIRST, rung(FIRST, 2), ana)
    visitor = visit().open("assess", team=team.id, quarter=str(NOW))
    visitor.click("start-azure")
    visitor.choose("pick_step", "people")

    visitor.app.session_state[f"history/{team.id}/{NOW}/{FIRST}"] = True
    visitor.app.run()
    assert visitor.reads("Q4 2026 · 24 Nov 2026")
    assert visitor.reads("Ana Lima")
    old = service.store.history(team.id, FIRST)[0]
    visitor.click(f"again/{NOW}/{old.seq}")

    assert current(service, team) == rung(FIRST, 1)
    assert len(service.store.history(team.id, FIRST)) == 3


def test_evidence_that_is_too_old_says_so_beside_its_question(visit, service, team):
    old = Answer(
        State.RUNG,
        rung(FIRST, 1).rung,
        link="https://example.org/run",
        evidence_on=date(2026, 3, 1),
    )
    service.answer(team.id, NOW, FIRST, old, "")
    visitor = visit().open("assess", team=team.id).click("start-azure")

    assert visitor.reads("Note and evidence: a link, too old to count")
    visitor.write("Date of the evidence", date(2026, 11, 2), FIRST)
    assert not visitor.reads("too old to count")
