"""What other answers suggest, as it stands below a question that is still open."""

import pytest

from maturity import respondents
from maturity.answer import Answer, State
from maturity.quarter import Quarter

pytestmark = pytest.mark.page

LAST, NOW = Quarter(2026, 3), Quarter(2026, 4)
CODE = "training.code"
LINE = "Suggested by your answer to “Code kept together”:"
BECAUSE = "Because training code is in version control with all that belongs to it"


@pytest.fixture
def team(service):
    team = service.store.add_team("Search", by="")
    say(service, team, "marvelous.17", "yes")
    return team


def say(service, team, practice, rung, quarter=NOW, note=""):
    answer = Answer(State.RUNG, rung, note=note)
    service.answer(team.id, quarter, practice, answer, "")


def assess(visit, team, page="assess", **more):
    """The step of Azure that asks where training code is kept."""
    where = {"team": team.id, "model": "azure", "quarter": str(NOW), "step": "creation"}
    return visit(page, **where | more)


def answers(service, team):
    return service.sheet(team.id, NOW).current()


def test_an_open_question_says_what_another_answer_suggests_and_why(
    visit, team, service
):
    visitor = assess(visit, team)

    assert visitor.reads(LINE)
    assert visitor.reads(BECAUSE)
    assert visitor.offers("suggested-all", CODE)


def test_nothing_is_chosen_or_counted_before_it_is_taken(visit, team, service):
    visitor = assess(visit, team)

    assert visitor.answered(CODE) is None
    assert visitor.reads("0 of 25** answered")
    assert CODE not in answers(service, team)
    assert service.draft(team, "azure", NOW).overall.answered == 0


def test_taking_it_saves_the_answer_and_undo_takes_it_back(visit, team, service):
    visitor = assess(visit, team).press("suggested-all", CODE)

    assert visitor.answered(CODE) == "all"
    assert answers(service, team)[CODE] == Answer(State.RUNG, "all")
    assert visitor.reads("1 of 25** answered")
    assert not visitor.reads(LINE)

    visitor.click("undo")
    assert CODE not in answers(service, team)
    assert visitor.reads(LINE)


def test_an_answered_question_offers_nothing_and_an_unknown_one_does(
    visit, team, service
):
    visitor = assess(visit, team).answer(CODE, "some")
    assert not visitor.reads(LINE)

    visitor.answer(CODE, "-")
    assert not visitor.reads(LINE)

    visitor.answer(CODE, "?")
    assert visitor.reads(LINE)


def test_a_note_that_is_there_stays_when_a_suggestion_is_taken(visit, team, service):
    noted = Answer(State.CLEARED, note="Ask Ana.")
    service.answer(team.id, NOW, CODE, noted, "")

    assess(visit, team).press("suggested-all", CODE)

    assert answers(service, team)[CODE] == Answer(State.RUNG, "all", note="Ask Ana.")


def test_an_earlier_answer_that_is_offered_again_goes_first(visit, team, service):
    say(service, team, CODE, "some", quarter=LAST)

    visitor = assess(visit, team)

    assert visitor.offers("keep", CODE)
    assert not visitor.reads(LINE)


def test_an_answer_of_an_earlier_quarter_suggests_nothing(visit, service):
    team = service.store.add_team("Search", by="")
    say(service, team, "marvelous.17", "yes", quarter=LAST)

    assert not assess(visit, team).reads(LINE)


def test_where_answers_suggest_different_rungs_both_are_offered(visit, team, service):
    say(service, team, "marvelous.16", "yes")
    say(service, team, "mlts.M1", "manual")

    visitor = assess(visit, team)

    assert visitor.offers("suggested-some", CODE)
    assert visitor.offers("suggested-all", CODE)
    assert visitor.reads(
        "Suggested by your answers to “Data code versions” and “Model code review test”"
    )


def test_who_answers_alone_is_told_nothing_of_the_teams_answers(visit, team, service):
    respondents.invite(service, team.id, "azure", NOW, ["Ana"], "")
    ana = service.store.person("Ana")
    visitor = assess(visit, team, page="answer", **{"as": ana})
    visitor.click("i_am")
    assert visitor.asks(CODE)
    assert not visitor.reads("Suggested by")

    own = Answer(State.RUNG, "yes")
    service.answer(team.id, NOW, "marvelous.17", own, ana, ana)
    visitor.click("previous").click("next")
    assert visitor.reads(LINE)
    visitor.press("suggested-all", CODE)
    assert service.sheet(team.id, NOW, ana).current()[CODE].rung == "all"
    assert CODE not in answers(service, team)
