"""Several people answer, as each meets it: invited, alone, then agreeing together."""

from collections.abc import Callable

import pytest
from visitor import Visitor

from maturity import library, respondents
from maturity.answer import Answer, State
from maturity.quarter import Quarter
from maturity.respondent import Stage
from maturity.team import Team

pytestmark = pytest.mark.page

NOW, LAST = Quarter(2026, 4), Quarter(2026, 3)
AZURE = library.load().definition("azure")
FIRST = AZURE.asked[0]
LOW, MIDDLE, HIGH = FIRST.ladder[0], FIRST.ladder[1], FIRST.ladder[-1]
ANA, BO = "Ana [x](y)", "Bo"


@pytest.fixture
def team(service) -> Team:
    return service.store.add_team("Fraud detection", by="")


@pytest.fixture
def visit(visit, team) -> Callable[..., Visitor]:
    """Open a page of the team and its quarter."""
    here = {"team": team.id, "model": "azure", "quarter": str(NOW)}
    return lambda page, **address: visit(page, **here | address)


def invite(service, team, *names):
    respondents.invite(service, team.id, "azure", NOW, names, "")
    return [service.store.person(name) for name in names]


def say(service, team, person, rung, practice=FIRST.id, **more):
    answer = Answer(State.RUNG, rung, **more)
    respondents.answer(service, team.id, "azure", NOW, person, practice, answer)


def submit(service, team, *people):
    for person in people:
        respondents.submit(service, team.id, "azure", NOW, person)


def stage(service, team, person):
    return respondents.invitation(service, team.id, "azure", NOW, person).stage


def agreed(service, team):
    return service.sheet(team.id, NOW).current()


@pytest.fixture
def contested(service, team) -> list[str]:
    """Two people who disagree on the first practice and agree on the second."""
    people = invite(service, team, ANA, BO)
    second = AZURE.asked[1]
    for person, rung in zip(people, (LOW, HIGH), strict=True):
        say(service, team, person, rung, note=f"Note of {rung}.")
        say(service, team, person, second.ladder[1], second.id)
    submit(service, team, *people)
    return people


def test_whoever_answers_alone_meets_a_link_and_nothing_else(visit):
    visitor = visit("assess")
    assert visitor.reads("Ask several people to answer, then agree")

    visitor = visit("assess", step=AZURE.model.categories[0].id)

    assert visitor.asks(FIRST.id)
    assert not visitor.reads("several people")


def test_people_are_invited_several_at_once_and_each_has_a_link(visit, service, team):
    visitor = visit("agree")
    assert visitor.reads("Nobody is invited yet")

    visitor.write("Invite people", f"{ANA}\n\n{BO}\n").click("Invite")

    ana, bo = service.store.person(ANA), service.store.person(BO)
    assert visitor.reads("0 of 2 people submitted")
    assert visitor.reads(f"Invited · 0 of {len(AZURE.asked)} answered")
    for person in (ana, bo):
        link = f"/answer?team={team.id}&model=azure&quarter=2026-Q4&as={person}"
        assert visitor.reads(link)
    assert not any(ANA in text for text in visitor.markdown)
    assert visitor.reads("Without sign-in this is a courtesy")


def test_nobody_written_is_said_and_changes_nothing(visit, service):
    visitor = visit("agree").click("Invite")

    assert visitor.reads("Write at least one name, one a line.")


def test_a_link_asks_once_who_opens_it(visit, service, team):
    (ana,) = invite(service, team, ANA)
    visitor = visit("answer", **{"as": ana})
    assert visitor.title == f"Are you {ANA}?"
    assert visitor.reads("Nobody checks this")

    visitor.click("i_am")

    assert visitor.title == "Your own answers"
    assert visitor.reads("You start with an empty sheet")
    assert visitor.reads("your answers are shown with your name")
    assert visitor.open("answer").title == "Your own answers"
    assert visitor.address["as"] == ana


@pytest.mark.parametrize("who", ["", "nobody"])
def test_a_link_of_nobody_says_what_to_do(visit, who):
    visitor = visit("answer", **{"as": who} if who else {})

    assert visitor.title == "This invitation is not open"


def test_a_withdrawn_invitation_is_not_open(visit, service, team):
    (ana,) = invite(service, team, ANA)
    respondents.withdraw(service, team.id, "azure", NOW, ana, "")

    assert visit("answer", **{"as": ana}).title == "This invitation is not open"


def test_a_respondent_answers_alone_and_undoes(visit, service, team):
    ana, bo = invite(service, team, ANA, BO)
    say(service, team, bo, HIGH, note="A secret of Bo.")
    service.answer(team.id, NOW, FIRST.id, Answer(State.RUNG, MIDDLE), "")
    visitor = visit("answer", **{"as": ana}).click("i_am").click("respond")
    assert visitor.answered(FIRST.id) is None

    visitor.answer(FIRST.id, LOW)

    mine = service.sheet(team.id, NOW, ana).current()
    assert mine[FIRST.id].rung == LOW
    assert agreed(service, team)[FIRST.id].rung == MIDDLE
    assert visitor.reads(f"1 of {len(AZURE.asked)}")
    assert not visitor.reads("A secret of Bo.")
    visitor.click("undo")
    assert service.sheet(team.id, NOW, ana).current() == {}
    assert agreed(service, team)[FIRST.id].rung == MIDDLE


def test_ones_own_earlier_answers_are_offered_and_the_teams_are_not(
    visit, service, team
):
    (ana,) = invite(service, team, ANA)
    said, other = Answer(State.RUNG, LOW), AZURE.asked[1].id
    service.answer(team.id, LAST, FIRST.id, said, ana, ana)
    theirs = Answer(State.RUNG, AZURE.asked[1].ladder[0])
    service.answer(team.id, LAST, other, theirs, "")
    visitor = visit("answer", **{"as": ana}).click("i_am")
    assert visitor.reads("1 answer of your own from earlier quarters")

    visitor.click("respond")

    assert visitor.offers("keep", FIRST.id)
    assert not visitor.offers("keep", other)
    visitor.click("keep_all")
    assert service.sheet(team.id, NOW, ana).current()[FIRST.id].state is State.KEPT
    assert agreed(service, team) == {}


def test_a_respondent_reviews_and_submits_and_then_nothing_can_be_changed(
    visit, service, team
):
    (ana,) = invite(service, team, ANA)
    visitor = visit("answer", **{"as": ana}).click("i_am").click("respond")
    visitor.answer(FIRST.id, LOW)
    stale = visit("answer", **{"as": ana}).click("i_am").click("respond")
    visitor.choose("pick_step", "review")
    assert visitor.reads("without your answer")

    visitor.click("submit_mine")

    assert visitor.title == "Submitted, thank you"
    assert stage(service, team, ana) is Stage.SUBMITTED
    stale.answer(FIRST.id, HIGH)
    assert stale.title == "Submitted, thank you" or stale.reads("not open any more")
    assert service.sheet(team.id, NOW, ana).current()[FIRST.id].rung == LOW


def test_an_empty_sheet_cannot_be_submitted(visit, service, team):
    (ana,) = invite(service, team, ANA)
    visitor = visit("answer", step="review", **{"as": ana}).click("i_am")

    visitor.click("submit_mine")

    assert visitor.reads("Nothing is answered yet")
    assert stage(service, team, ana) is Stage.INVITED


def test_the_lead_sees_how_far_each_is_and_no_answer_of_one(visit, service, team):
    ana, bo = invite(service, team, ANA, BO)
    say(service, team, ana, LOW, note="Hers alone.")
    say(service, team, bo, HIGH)
    submit(service, team, bo)

    visitor = visit("agree")

    assert visitor.reads("1 of 2 people submitted")
    assert visitor.reads(f"Invited · 1 of {len(AZURE.asked)} answered")
    assert visitor.reads("Once two people have submitted")
    assert not visitor.reads("Hers alone.")
    assert not visitor.reads(FIRST.question)


def test_whoever_still_answers_does_not_see_the_others(visit, service, team, contested):
    (cy,) = invite(service, team, "Cy")
    visitor = visit("answer", **{"as": cy}).click("i_am")

    visitor.open("agree")
    assert visitor.reads("You are invited too")
    assert not visitor.reads(FIRST.question)
    visitor.open("workshop")
    assert visitor.reads("You are invited too")


def test_the_contested_are_shown_with_names_and_decided_with_a_reason(
    visit, service, team, contested
):
    visitor = visit("agree")
    assert visitor.reads("1 practice to discuss")
    assert visitor.reads(f"1 of {len(AZURE.asked)} practices is contested")
    assert visitor.reads(f"Note of {LOW}.")

    visitor.click("Record what we agreed")
    assert visitor.reads("Choose the answer that you agreed on first.")
    choose(visitor, HIGH).click("Record what we agreed")
    assert visitor.reads("Say in a few words why")
    choose(visitor, HIGH).write("Why", "We *saw* it.").click("Record what we agreed")

    assert agreed(service, team)[FIRST.id].rung == HIGH
    assert visitor.reads("Nothing is left to discuss")
    assert visitor.reads("Because: We *saw* it.")
    (decision,) = service.store.decisions(team.id, str(NOW))
    assert decision.reason == "We *saw* it."
    visitor.click("undo_decision")
    assert FIRST.id not in agreed(service, team)
    assert visitor.reads("1 practice to discuss")


def test_the_next_one_to_discuss_follows_a_decision(visit, service, team, contested):
    third = AZURE.asked[2]
    for person, rung in zip(contested, third.ladder, strict=False):
        respondents.reopen(service, team.id, "azure", NOW, person, "")
        say(service, team, person, rung, third.id)
    submit(service, team, *contested)
    visitor = visit("agree")
    assert visitor.reads("2 practices to discuss")
    assert visitor.reads(FIRST.question)

    choose(visitor, HIGH).write("Why", "We saw it.").click("Record what we agreed")

    assert visitor.reads("1 practice to discuss")
    assert visitor.reads(third.question)


def choose(visitor, option):
    (radio,) = [r for r in visitor.app.radio if r.label == "We agree on"]
    radio.set_value(option)
    return visitor


def test_the_common_answers_are_taken_in_one_click_and_undone(
    visit, service, team, contested
):
    visitor = visit("agree").click("take_common")

    second = AZURE.asked[1]
    assert {p: a.rung for p, a in agreed(service, team).items()} == {
        second.id: second.ladder[1]
    }
    assert "take_common" not in [b.key for b in visitor.app.button]
    visitor.click("undo_decision")
    assert agreed(service, team) == {}


def test_somebody_is_opened_again_withdrawn_and_invited_anew(
    visit, service, team, contested
):
    ana, _ = contested
    visitor = visit("agree").click(f"reopen/{ana}")
    assert visitor.reads("Answers again")
    assert visitor.reads("1 of 2 people submitted")

    visitor.click(f"withdraw/{ana}")

    assert visitor.reads("1 of 1 person submitted")
    visitor.write("Invite people", ANA).click("Invite")
    assert stage(service, team, ana) is Stage.INVITED


def test_what_was_withdrawn_meanwhile_is_said(visit, service, team, contested):
    ana, _ = contested
    visitor = visit("agree")
    respondents.withdraw(service, team.id, "azure", NOW, ana, "")

    visitor.click(f"reopen/{ana}")

    assert visitor.reads("There is nothing to reopen")


def test_a_decision_over_somebody_elses_names_them(visit, service, team, contested):
    visitor = choose(visit("agree"), LOW).write("Why", "We looked.")
    dee = service.store.person("Dee")
    service.answer(team.id, NOW, FIRST.id, Answer(State.RUNG, MIDDLE), dee)

    visitor.click("Record what we agreed")

    assert agreed(service, team)[FIRST.id].rung == LOW
    assert any("Dee had recorded" in t.value for t in visitor.app.toast)


# With sign-in


def sign_in(team, page="answer", **address):
    """The visit of an account that is signed in."""
    visitor = Visitor()
    visitor.app.user = {
        "is_logged_in": True,
        "iss": "https://login.example.org",
        "sub": "7",
        "name": "Ana Lima",
        "email": "ana@example.org",
    }
    visitor.app.secrets = {"auth": {"client_id": "maturity"}}
    whole = {"team": team.id, "model": "azure", "quarter": str(NOW)} | address
    return visitor.open(page, **whole)


def test_a_link_of_somebody_who_answered_does_not_open_for_another_account(
    team, contested
):
    ana, _ = contested
    visitor = sign_in(team, **{"as": ana})

    assert visitor.title == f"This link is for {ANA}"
    assert visitor.reads("You are signed in as Ana Lima.")
    assert visitor.reads("Ask whoever sent it to invite you too.")
    assert not visitor.reads(f"Note of {LOW}.")


def test_who_was_invited_by_name_takes_the_link_over_and_answers(service, team):
    (ana,) = invite(service, team, ANA)
    visitor = sign_in(team, **{"as": ana}).click("take_over")
    assert visitor.title == "Your own answers"
    assert visitor.reads("your link opens for you alone")

    visitor.click("respond").answer(FIRST.id, LOW)

    (me,) = [p for p, name in service.store.names().items() if name == "Ana Lima"]
    assert service.sheet(team.id, NOW, me).current()[FIRST.id].rung == LOW
    assert stage(service, team, ana) is Stage.WITHDRAWN
    assert sign_in(team, "agree").reads("Sign-in is on")


def test_an_account_that_still_answers_sees_no_votes_anywhere(service, team, contested):
    (cy,) = invite(service, team, "Cy")
    sign_in(team, **{"as": cy}).click("take_over")

    for page in ("agree", "workshop"):
        visitor = sign_in(team, page)
        assert visitor.reads("You are invited too")
        assert not visitor.reads(f"Note of {LOW}.")


# Workshop


def test_the_workshop_works_without_any_vote(visit, service, team):
    visitor = visit("workshop")
    assert visitor.title == FIRST.question
    assert visitor.reads(f"1 of {len(AZURE.asked)}")
    assert visitor.reads("Nobody is invited")
    assert "Show the votes" not in visitor.buttons

    choose(visitor, MIDDLE).click("Record what we agreed")

    assert agreed(service, team)[FIRST.id].rung == MIDDLE
    visitor.click("next")
    assert visitor.title == AZURE.asked[1].question
    assert visitor.address["practice"] == AZURE.asked[1].id


def test_votes_are_hidden_until_they_are_shown(visit, service, team, contested):
    visitor = visit("workshop")
    assert visitor.title == FIRST.question
    assert visitor.reads("1 of 1")
    assert visitor.reads("2 of 2 people have answered this.")
    assert not visitor.reads("1 vote")

    visitor.click("show_votes")

    assert visitor.reads("1 vote, Bo")


def test_hands_are_counted_and_kept_with_the_decision(visit, service, team):
    visitor = visit("workshop")
    hands = {n.key.rpartition("/")[2]: n for n in visitor.app.number_input}
    hands[MIDDLE].set_value(4).run()
    assert visitor.reads("4 hands")

    choose(visitor, MIDDLE).click("Record what we agreed")

    (decision,) = service.store.decisions(team.id, str(NOW))
    assert decision.hands == {MIDDLE: 4}


def test_whoever_votes_in_the_workshop_is_shown_there_before_submitting(
    visit, service, team
):
    ana, bo = invite(service, team, ANA, BO)
    say(service, team, bo, HIGH)
    voter = visit("answer", **{"as": ana}).click("i_am").click("vote_live")
    assert voter.reads("You vote in the workshop")
    voter.click("respond").answer(FIRST.id, LOW)

    visitor = visit("workshop").click("show_votes")

    assert visitor.reads("2 of 2 people have answered this.")
    assert visitor.reads(f"1 vote, {ANA}")
    assert not visitor.reads("1 vote, Bo")


def test_a_question_that_is_not_there_is_the_first(visit):
    assert visit("workshop", practice="nothing").title == FIRST.question


def test_assess_says_who_is_invited_and_leads_to_agree(visit, service, team):
    assert not visit("assess", step="review").reads("invited to answer")
    invite(service, team, ANA, BO)

    for address in ({}, {"step": "review"}):
        visitor = visit("assess", **address)
        assert visitor.reads("2 people are invited to answer, 0 have submitted")


def test_what_is_no_rung_is_grey_where_the_team_agrees_too(visit, contested):
    (radio,) = [r for r in visit("agree").app.radio if r.label == "We agree on"]

    assert radio.options[-2:] == [
        ":gray[We don't know]",
        ":gray[Not applicable to this team]",
    ]
    assert radio.options[:-2] == [rung.text for rung in FIRST.rungs]
