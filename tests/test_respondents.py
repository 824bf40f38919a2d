"""Several people answer: alone until they submit, and only the agreed answer counts."""

import threading
from datetime import date, datetime

import pytest

from maturity import decisions, library, respondents
from maturity.answer import Answer, State
from maturity.exchange import outgoing, tables
from maturity.quarter import Quarter
from maturity.respondent import Stage, option_of
from maturity.service import RefusedError, Service
from maturity.storage import TeamGoneError
from maturity.storage.respondents import DECISIONS_OF, INVITATIONS_OF

NOW, BEFORE = Quarter(2026, 4), Quarter(2026, 3)
AT = datetime(2026, 11, 24, 14, 30)
LIBRARY = library.load()
PRACTICE = LIBRARY.practices["training.tracking"]
LOW, MIDDLE, *_, HIGH = PRACTICE.ladder


@pytest.fixture
def service(store) -> Service:
    return Service(store, LIBRARY)


@pytest.fixture
def team(service) -> str:
    return service.store.add_team("Fraud detection", by="").id


def invite(service, team, *names):
    respondents.invite(service, team, "azure", NOW, names, "lead")
    return [service.store.person(name) for name in names]


def say(service, team, person, rung=MIDDLE, practice=PRACTICE.id, **more):
    answer = Answer(State.RUNG, rung, **more)
    return respondents.answer(service, team, "azure", NOW, person, practice, answer)


def submit(service, team, *people):
    for person in people:
        respondents.submit(service, team, "azure", NOW, person)


def panel(service, team, **how):
    return respondents.panel(service, team, "azure", NOW, **how)


def spread(service, team, practice=PRACTICE.id, **how):
    found = panel(service, team, **how).spreads
    return next(s for s in found if s.practice.id == practice)


def decide(service, team, option, reason="We looked at the last run.", **how):
    seen = spread(service, team)
    return decisions.decide(service, team, NOW, seen, option, reason, "lead", **how)


def agreed(service, team):
    return service.sheet(team, NOW).current().get(PRACTICE.id)


def stages(service, team):
    return [row.stage for row in service.store.invitations(team, "azure", str(NOW))]


# Inviting


def test_people_are_invited_by_name_and_once(service, team):
    names = ["Ana", " Bo  Lee ", "", "Ana"]
    first = respondents.invite(service, team, "azure", NOW, names, "lead")
    again = respondents.invite(service, team, "azure", NOW, ["Ana"], "lead")

    invited = service.store.names([row.person for row in first])
    assert sorted(invited.values()) == ["Ana", "Bo Lee"]
    assert again == []
    assert stages(service, team) == [Stage.INVITED] * 2


@pytest.mark.parametrize("names", [[], ["", "  "], ["x" * 81], ["a"] * 51])
def test_no_name_too_long_a_name_and_a_crowd_are_refused(service, team, names):
    with pytest.raises(RefusedError):
        respondents.invite(service, team, "azure", NOW, names, "lead")
    assert service.store.names() == {}


def test_nobody_is_invited_for_a_team_that_is_gone(service):
    with pytest.raises(RefusedError):
        respondents.invite(service, "gone", "azure", NOW, ["Ana"], "lead")
    with pytest.raises(TeamGoneError):
        service.store.bring_to(
            Stage.INVITED, "gone", "azure", str(NOW), ["a"], by="", at=AT
        )


def test_an_invitation_is_for_one_model_and_quarter(service, team):
    (ana,) = invite(service, team, "Ana")

    assert respondents.invitation(service, team, "google", NOW, ana) is None
    assert respondents.invitation(service, team, "azure", BEFORE, ana) is None
    assert respondents.may_look(service, team, "google", NOW, ana)
    assert not respondents.may_look(service, team, "azure", NOW, ana)


def test_a_withdrawn_person_can_be_invited_again_and_keeps_the_answers(service, team):
    (ana,) = invite(service, team, "Ana")
    say(service, team, ana)
    respondents.withdraw(service, team, "azure", NOW, ana, "lead")
    assert panel(service, team).parts == ()
    with pytest.raises(RefusedError):
        say(service, team, ana)

    invite(service, team, "Ana")

    (part,) = panel(service, team).parts
    assert (part.stage, part.answered) == (Stage.INVITED, 1)


def test_two_who_withdraw_at_once_are_not_both_first(service, team):
    (ana,) = invite(service, team, "Ana")
    done, refused = [], []

    def withdraw():
        try:
            respondents.withdraw(service, team, "azure", NOW, ana, "lead")
            done.append(1)
        except RefusedError:
            refused.append(1)

    threads = [threading.Thread(target=withdraw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(done), len(refused)) == (1, 3)
    assert stages(service, team) == [Stage.WITHDRAWN]


def test_a_name_that_nobody_used_is_taken_over_once(service, team):
    ana, known = invite(service, team, "Ana", "Known")
    where = (team, "azure", NOW, ana)

    respondents.take_over(service, *where, "account-1")

    seen = [(p.person, p.stage) for p in panel(service, team).parts]
    assert seen == [(known, Stage.INVITED), ("account-1", Stage.INVITED)]
    for other in ("account-2", known):
        with pytest.raises(RefusedError):
            respondents.take_over(service, *where, other)


def test_a_name_with_answers_or_a_submission_is_not_taken_over(service, team):
    ana, bo = invite(service, team, "Ana", "Bo")
    say(service, team, ana)
    say(service, team, bo)
    submit(service, team, bo)

    for person in (ana, bo):
        with pytest.raises(RefusedError):
            respondents.take_over(service, team, "azure", NOW, person, "account")
    assert len(panel(service, team).parts) == 2


# Answering


def test_an_answer_of_ones_own_is_not_the_teams(service, team):
    (ana,) = invite(service, team, "Ana")
    changes = service.store.changes(team)

    row = say(service, team, ana).row

    assert (row.respondent, row.author) == (ana, ana)
    assert agreed(service, team) is None
    known = service.store.team(team)
    assert service.draft(known, "azure", NOW).answers == {}
    assert service.store.changes(team) == changes + 1


def test_two_people_answer_at_once_and_both_answers_stay(service, team):
    people = invite(service, team, "Ana", "Bo")
    threads = [
        threading.Thread(target=say, args=(service, team, person, rung))
        for person, rung in zip(people, (LOW, HIGH), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    kept = [service.sheet(team, NOW, p).current()[PRACTICE.id].rung for p in people]
    assert kept == [LOW, HIGH]


def test_carried_answers_are_ones_own(service, team):
    (ana,) = invite(service, team, "Ana")
    said = Answer(State.RUNG, HIGH)
    service.answer(team, BEFORE, PRACTICE.id, Answer(State.RUNG, LOW), "")
    assert service.sheet(team, NOW, ana).carried == {}

    service.answer(team, BEFORE, PRACTICE.id, said, ana, ana)
    assert service.sheet(team, NOW, ana).carried[PRACTICE.id].answer == said
    service.keep(team, NOW, [PRACTICE.id], ana, ana)

    assert service.sheet(team, NOW, ana).current()[PRACTICE.id].state is State.KEPT
    assert agreed(service, team) is None


def test_until_somebody_submits_the_lead_sees_how_far_they_are_and_no_answer(
    service, team
):
    ana, bo = invite(service, team, "Ana", "Bo")
    say(service, team, ana)
    say(service, team, bo, HIGH)

    seen = panel(service, team)

    assert [(p.answered, p.asked) for p in seen.parts] == [
        (1, len(seen.definition.asked))
    ] * 2
    assert not any(s.votes or s.silent for s in seen.spreads)
    submit(service, team, ana)
    assert [v.person for v in spread(service, team).votes] == [ana]
    assert not respondents.may_look(service, team, "azure", NOW, bo)
    assert respondents.may_look(service, team, "azure", NOW, ana)


def test_nothing_answered_cannot_be_submitted(service, team):
    (ana,) = invite(service, team, "Ana")

    with pytest.raises(RefusedError, match="Nothing is answered yet"):
        submit(service, team, ana)


def test_after_submitting_nothing_changes_until_it_is_reopened(service, team):
    ana, bo = invite(service, team, "Ana", "Bo")
    for person in (ana, bo):
        say(service, team, person)
    submit(service, team, ana, bo)
    with pytest.raises(RefusedError, match="not open any more"):
        say(service, team, ana, HIGH)
    with pytest.raises(RefusedError):
        submit(service, team, ana)

    respondents.reopen(service, team, "azure", NOW, ana, "lead")

    assert [v.person for v in spread(service, team).votes] == [bo]
    say(service, team, ana, HIGH)
    submit(service, team, ana)
    assert spread(service, team).contested


def test_in_the_workshop_votes_of_those_who_said_so_are_shown_too(service, team):
    ana, bo = invite(service, team, "Ana", "Bo")
    say(service, team, ana)
    say(service, team, bo)

    respondents.vote_live(service, team, "azure", NOW, ana)

    assert spread(service, team).votes == ()
    assert [v.person for v in spread(service, team, live=True).votes] == [ana]
    say(service, team, ana, HIGH)
    assert spread(service, team, live=True).votes[0].option == HIGH


# Agreeing


def contested(service, team):
    ana, bo = invite(service, team, "Ana", "Bo")
    say(service, team, ana, LOW, note="Only the last run.")
    say(
        service,
        team,
        bo,
        HIGH,
        link="https://example.org/run",
        evidence_on=date(2026, 11, 1),
    )
    submit(service, team, ana, bo)
    return ana, bo


def test_the_agreed_rung_is_recorded_with_its_reason_and_the_votes(service, team):
    ana, bo = contested(service, team)

    decided = decide(service, team, HIGH)

    assert agreed(service, team).rung == HIGH
    assert decided.decision.reason == "We looked at the last run."
    assert decided.decision.votes == {ana: LOW, bo: HIGH}
    assert service.store.decisions(team, str(NOW)) == [decided.decision]
    assert spread(service, team).decided
    assert service.sheet(team, NOW, ana).current()[PRACTICE.id].rung == LOW


def test_evidence_comes_from_whoever_chose_the_same_and_notes_do_not(service, team):
    contested(service, team)

    decide(service, team, LOW)
    assert (agreed(service, team).link, agreed(service, team).note) == ("", "")
    decide(service, team, HIGH)
    assert agreed(service, team).link == "https://example.org/run"
    assert agreed(service, team).evidence_on == date(2026, 11, 1)


def test_the_agreed_answers_own_note_and_evidence_stay(service, team):
    contested(service, team)
    own = Answer(State.RUNG, LOW, note="Ours", link="https://example.org/ours")
    service.answer(team, NOW, PRACTICE.id, own, "")

    decide(service, team, HIGH)

    assert agreed(service, team).note == "Ours"
    assert agreed(service, team).link == "https://example.org/ours"


@pytest.mark.parametrize(
    ("option", "reason"), [("", "x"), (HIGH, " "), ("-", ""), ("gone", "x")]
)
def test_a_decision_without_an_answer_or_a_needed_reason_is_refused(
    service, team, option, reason
):
    contested(service, team)

    with pytest.raises(RefusedError):
        decide(service, team, option, reason)

    assert agreed(service, team) is None
    assert service.store.decisions(team, str(NOW)) == []


def test_not_applicable_is_agreed_with_its_reason(service, team):
    contested(service, team)

    decide(service, team, "-", "We train nothing.")

    assert agreed(service, team).not_applicable


def test_hands_are_kept_with_the_decision_and_need_no_votes(service, team):
    decided = decide(service, team, HIGH, hands={LOW: 1, HIGH: 4})

    assert decided.decision.hands == {LOW: 1, HIGH: 4}
    assert service.store.decisions(team, str(NOW))[0].hands == {LOW: 1, HIGH: 4}


def test_a_vote_that_changes_after_the_decision_brings_the_practice_back(service, team):
    ana, _ = contested(service, team)
    seen = spread(service, team)
    respondents.reopen(service, team, "azure", NOW, ana, "lead")
    say(service, team, ana, MIDDLE)
    decisions.decide(service, team, NOW, seen, HIGH, "As seen.", "lead")
    assert spread(service, team).decided

    submit(service, team, ana)

    assert spread(service, team).changed
    assert agreed(service, team).rung == HIGH


def test_a_decision_can_be_taken_back(service, team):
    contested(service, team)
    service.answer(team, NOW, PRACTICE.id, Answer(State.RUNG, LOW, note="Ours"), "")
    decided = decide(service, team, HIGH)

    decisions.take_back(service, team, NOW, [decided], "lead")

    assert agreed(service, team) == Answer(State.RUNG, LOW, note="Ours")
    assert spread(service, team).decision is None
    assert len(service.store.decisions(team, str(NOW))) == 2


def test_the_common_answers_are_taken_at_once_and_the_contested_are_left(service, team):
    ana, bo = contested(service, team)
    for person in (ana, bo):
        respondents.reopen(service, team, "azure", NOW, person, "lead")
    others = [p for p in LIBRARY.definition("azure").asked if p.id != PRACTICE.id][:3]
    for practice in others:
        for person in (ana, bo):
            say(service, team, person, practice.ladder[0], practice.id)
    submit(service, team, ana, bo)

    found = panel(service, team).spreads
    taken = decisions.take_common(service, team, NOW, found, "lead")

    said = service.sheet(team, NOW).current()
    assert {p: option_of(a) for p, a in said.items()} == {
        p.id: p.ladder[0] for p in others
    }
    assert len(taken) == 3
    decisions.take_back(service, team, NOW, taken, "lead")
    assert service.sheet(team, NOW).current() == {}


def test_only_agreed_answers_are_scored_and_taken_along(service, team):
    contested(service, team)
    known = service.store.team(team)

    assert service.reading(known, "azure", NOW) is None
    with pytest.raises(RefusedError):
        service.submit(team, "azure", NOW, "", "")
    assert "Only the last run." not in exported(service, team)
    assert PRACTICE.rungs[-1].text not in exported(service, team)

    decide(service, team, HIGH)

    service.submit(team, "azure", NOW, "", "")
    row = service.assessment(team, "azure", NOW)
    assert [r.respondent for r in service.store.rows(row.counted)] == [""]
    assert "Only the last run." not in exported(service, team)
    assert PRACTICE.rungs[-1].text in exported(service, team)


def exported(service, team):
    known = service.store.team(team)
    sheet = outgoing.sheet(service, known, "azure", NOW)
    asked = sheet.definition.asked
    return tables.answers_csv(known, NOW, asked, sheet.rows, sheet.names).decode()


# The store


@pytest.mark.parametrize(
    ("table", "sql", "args"),
    [
        ("invitations", INVITATIONS_OF, ["t7", "azure", str(NOW)]),
        ("decisions", DECISIONS_OF, ["t7", str(NOW)]),
    ],
)
def test_a_teams_rows_are_found_by_an_index(duck_store, table, sql, args):
    database = duck_store.database
    columns = {
        "invitations": "'azure', '2026-Q4', 'p', 'invited', '', now()",
        "decisions": "'2026-Q4', 'p', 1, 'r', '', '{}', '{}', '', now()",
    }[table]
    with database.transaction() as execute:
        execute(
            f"insert into {table} select n, 't' || (n % 5000), {columns} "
            "from generate_series(1, 100000) g(n)",
            [],
        )

    ((_, plan),) = database.read(f"explain analyze {sql}", args)

    assert "Index Scan" in plan
    assert "Sequential Scan" not in plan


def test_a_forgotten_person_stays_as_somebody(service, team):
    ana, _ = contested(service, team)

    service.store.forget_person(ana, "lead")

    assert len(panel(service, team).parts) == 2
    assert ana not in service.store.names()
