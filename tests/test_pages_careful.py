"""What must not happen quietly: wrong targets, lost answers, far quarters."""

from unittest.mock import patch

import pytest
from test_pages import (
    FIRST,
    LAST,
    NOW,
    SECOND,
    answer_all,
    database,
    rung,
    service,
    submit,
    team,
    visit,
)

from maturity.answer import Answer, State
from maturity.quarter import now
from maturity.storage import DiskFullError, Store
from maturity.team import NewAnswer

__all__ = ["database", "service", "team", "visit"]

pytestmark = pytest.mark.page


def test_one_teams_target_is_not_offered_to_another(visit, service, team):
    other = service.store.add_team("Search", by="")
    for one in (team, other):
        submit(service, one, NOW, 1)
        service.set_target(one.id, "azure", "", 3, NOW, "")
    service.set_target(team.id, "azure", "people", 4, NOW, "")
    visitor = visit().open("results", team=team.id, model="azure", quarter=str(NOW))

    visitor.choose("pick_team", other.id)
    visitor.click("Save target")

    assert service.targets(other.id, "azure", NOW).categories == {}


def test_an_answer_that_waits_is_saved_before_the_assessment_is_frozen(
    visit, service, team, tmp_path
):
    answer_all(service, team, NOW, 1)
    visitor = visit().open("assess", team=team.id).click("start-azure")
    visitor.choose("pick_step", "people")
    with patch.object(Store, "append", side_effect=DiskFullError(tmp_path)):
        visitor.answer(FIRST, rung(FIRST, 2).rung)

    visitor.choose("pick_step", "review")
    visitor.click("submit")

    frozen = service.reading(team, "azure", NOW)
    assert frozen.answers[FIRST] == rung(FIRST, 2)


@pytest.mark.parametrize("quarter", ["2099-Q1", "9999-Q4", "0000-Q1", "1999-Q4"])
def test_a_quarter_that_may_not_be_opened_is_told(visit, service, team, quarter):
    visitor = visit().open("assess", team=team.id, model="azure", quarter=quarter)

    assert visitor.reads("This link names no quarter")
    assert visitor.address["quarter"] == str(NOW)


def test_an_answer_that_is_open_anyway_is_not_offered_again(service, team):
    gone = Answer(State.RUNG, "gone")
    service.store.append([_row(team, FIRST, gone)])
    service.answer(team.id, LAST, SECOND, Answer(State.NOT_APPLICABLE), "")

    assert service.sheet(team.id, NOW).carried == {}


def _row(team, practice, answer):
    return NewAnswer(team.id, str(LAST), practice, answer, author="", at=now())


def test_clearing_an_answer_keeps_its_note_beside_the_carried_one(visit, service, team):
    submit(service, team, LAST, 1)
    visitor = visit().open("assess", team=team.id, quarter=str(NOW))
    visitor.click("start-azure")
    visitor.answer(FIRST, rung(FIRST, 2).rung)
    visitor.write("Note", "Ask Bo.", FIRST)

    visitor.press("clear", FIRST)
    visitor.press("keep", FIRST)

    kept = service.sheet(team.id, NOW).current()[FIRST]
    assert (kept.state, kept.note) == (State.KEPT, "Ask Bo.")


def test_the_current_answer_is_marked_though_another_quarter_changed_later(
    visit, service, team
):
    service.answer(team.id, NOW, FIRST, rung(FIRST, 1), "")
    service.answer(team.id, LAST, FIRST, rung(FIRST, 2), "")
    visitor = visit().open("assess", team=team.id).click("start-azure")
    visitor.choose("pick_step", "people")

    visitor.app.session_state[f"history/{team.id}/{NOW}/{FIRST}"] = True
    visitor.app.run()

    assert visitor.reads("Current")
