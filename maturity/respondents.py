"""Several people answer one assessment: invite, answer, submit, agree.

Every write takes the id of the acting person and checks again what it is given, as in
`service.py`. Nobody sees another's answers before both have submitted, and only the
agreed answers are scored.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from maturity import agreement
from maturity.agreement import Spread
from maturity.answer import Answer, State
from maturity.model import Definition
from maturity.quarter import Quarter, now
from maturity.reading import is_open, open_questions
from maturity.respondent import (
    ANSWERING,
    NOT_APPLICABLE,
    UNKNOWN,
    Decision,
    Invitation,
    NewDecision,
    Stage,
)
from maturity.service import NOTE_LENGTH, RefusedError, Service
from maturity.storage import TeamGoneError
from maturity.storage.respondents import Decided
from maturity.team import Appended, plain_name

PERSON_LENGTH = 80
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Part:
    """One person's part in an assessment, without any answer of theirs."""

    invitation: Invitation
    answered: int
    asked: int

    @property
    def person(self) -> str:
        return self.invitation.person

    @property
    def stage(self) -> Stage:
        return self.invitation.stage


@dataclass(frozen=True)
class Panel:
    """All that the lead may see of an assessment that several people answer."""

    definition: Definition
    quarter: Quarter
    parts: tuple[Part, ...]
    """Those who take part, in the order of inviting; the withdrawn are left out."""
    spreads: tuple[Spread, ...]
    """Every practice with the votes of those whose answers may be shown."""
    decisions: tuple[Decision, ...]

    @property
    def submitted(self) -> list[Part]:
        return [part for part in self.parts if part.stage is Stage.SUBMITTED]


def invite(
    service: Service,
    team: str,
    model: str,
    quarter: Quarter,
    names: Sequence[str],
    by: str,
) -> list[Invitation]:
    """Invite people by name; those who are invited already are left as they are."""
    wanted = [name for name in map(plain_name, names) if name]
    if not wanted:
        raise RefusedError("Write at least one name, one a line.")
    if len(wanted) > MOST_AT_ONCE:
        raise RefusedError(f"Invite at most {MOST_AT_ONCE} people at once.")
    long = next((name for name in wanted if len(name) > PERSON_LENGTH), None)
    if long is not None:
        raise RefusedError(
            f"{long[:30]}… is too long: a name has at most {PERSON_LENGTH} characters."
        )
    if service.store.team(team) is None:
        raise RefusedError(str(TeamGoneError()))
    service.library.definition(model)
    people = [service.store.person(name) for name in wanted]
    return _bring(service, Stage.INVITED, team, model, quarter, people, by)


def withdraw(
    service: Service, team: str, model: str, quarter: Quarter, person: str, by: str
) -> None:
    """Take an invitation back; what the person answered stays, and counts no more."""
    if not _bring(service, Stage.WITHDRAWN, team, model, quarter, [person], by):
        raise RefusedError("This person is not invited, or was withdrawn already.")


def reopen(
    service: Service, team: str, model: str, quarter: Quarter, person: str, by: str
) -> None:
    """Let somebody who submitted answer again; until then nobody sees the answers."""
    if not _bring(service, Stage.REOPENED, team, model, quarter, [person], by):
        raise RefusedError("There is nothing to reopen: nothing is submitted here.")


def vote_live(
    service: Service, team: str, model: str, quarter: Quarter, person: str
) -> None:
    """Let the workshop show one's answers as they stand, and go on answering."""
    if not _bring(service, Stage.VOTING, team, model, quarter, [person], person):
        raise RefusedError(_CLOSED)


def submit(
    service: Service, team: str, model: str, quarter: Quarter, person: str
) -> None:
    """Hand in one's own answers; nothing answered at all is refused."""
    definition = service.library.definition(model)
    sheet = service.sheet(team, quarter, person)
    if not {p.id for p in definition.asked} & sheet.given().keys():
        raise RefusedError(
            "Nothing is answered yet. Answer at least one question, then submit."
        )
    if not _bring(service, Stage.SUBMITTED, team, model, quarter, [person], person):
        raise RefusedError(_CLOSED)


_CLOSED = (
    "This invitation is not open any more: it was submitted or withdrawn. "
    "Ask whoever invited you to open it again."
)


def invitation(
    service: Service, team: str, model: str, quarter: Quarter, person: str
) -> Invitation | None:
    """A person's invitation as it stands; None for whoever was never invited."""
    rows = service.store.invitations(team, model, str(quarter))
    return next((row for row in rows if row.person == person), None)


def answer(
    service: Service,
    team: str,
    model: str,
    quarter: Quarter,
    person: str,
    practice: str,
    said: Answer,
) -> Appended:
    """Save one answer of an invited person; refused once it is submitted."""
    _check_open(service, team, model, quarter, person)
    return service.answer(team, quarter, practice, said, person, person)


def keep(
    service: Service,
    team: str,
    model: str,
    quarter: Quarter,
    person: str,
    practices: Collection[str],
) -> None:
    """Keep some of a person's own carried answers."""
    _check_open(service, team, model, quarter, person)
    service.keep(team, quarter, practices, person, person)


def panel(
    service: Service, team: str, model: str, quarter: Quarter, *, live: bool = False
) -> Panel:
    """Who takes part and how far they are, and the votes that may be shown.

    Those are the submitted ones; in the workshop (`live`) also those of people who
    chose to vote there.
    """
    definition = service.library.definition(model)
    shown = {Stage.SUBMITTED, Stage.VOTING} if live else {Stage.SUBMITTED}
    asked = [practice.id for practice in definition.asked]
    parts, votes = [], {}
    for row in service.store.invitations(team, model, str(quarter)):
        if row.stage is Stage.WITHDRAWN:
            continue
        answers = service.sheet(team, quarter, row.person).current()
        waiting = open_questions(definition, answers)
        parts.append(Part(row, len(asked) - len(waiting), len(asked)))
        if row.stage in shown:
            votes[row.person] = answers
    decisions = service.store.decisions(team, str(quarter))
    agreed = service.sheet(team, quarter).current()
    return Panel(
        definition=definition,
        quarter=quarter,
        parts=tuple(parts),
        spreads=tuple(agreement.spreads(definition, votes, agreed, decisions, quarter)),
        decisions=tuple(d for d in decisions if d.practice in set(asked)),
    )


def may_look(
    service: Service,
    team: str,
    model: str,
    quarter: Quarter,
    me: str,
    *,
    live: bool = False,
) -> bool:
    """Whether somebody may see others' answers: not while answering themselves.

    In the workshop (`live`) those who vote there may.
    """
    mine = invitation(service, team, model, quarter, me) if me else None
    if mine is None or mine.stage not in ANSWERING:
        return True
    return live and mine.stage is Stage.VOTING


def turnout(
    service: Service, team: str, model: str, quarter: Quarter, practice_id: str
) -> tuple[int, int]:
    """How many of those invited have answered a practice, and how many there are."""
    practice = service.library.definition(model).practices[practice_id]
    people = [
        row.person
        for row in service.store.invitations(team, model, str(quarter))
        if row.stage is not Stage.WITHDRAWN
    ]
    answered = sum(
        not is_open(
            practice, service.sheet(team, quarter, person).current().get(practice_id)
        )
        for person in people
    )
    return answered, len(people)


def decide(
    service: Service,
    team: str,
    quarter: Quarter,
    spread: Spread,
    option: str,
    reason: str,
    by: str,
    *,
    hands: Mapping[str, int] | None = None,
) -> Decided:
    """Record the agreed answer of a practice, with the reason and the votes it knew.

    A contested practice needs a reason, and so does "not applicable".
    """
    reason = reason.strip()
    if not option:
        raise RefusedError("Choose the answer that you agreed on first.")
    disputed = spread.contested or sum(n > 0 for n in (hands or {}).values()) > 1
    if not reason and (disputed or option == NOT_APPLICABLE):
        raise RefusedError("Say in a few words why you agreed on this answer.")
    if len(reason) > NOTE_LENGTH:
        raise RefusedError(f"A text here has at most {NOTE_LENGTH:,} characters.")
    new = _decision(spread, option, reason, hands)
    service.check(new.practice, new.answer)
    return _decide(service, team, quarter, [new], by)[0]


def take_common(
    service: Service, team: str, quarter: Quarter, found: Sequence[Spread], by: str
) -> list[Decided]:
    """Take the answer that everybody gave, for every practice where there is one."""
    new = [
        _decision(spread, spread.votes[0].option, spread.votes[0].answer.reason, None)
        for spread in agreement.in_common(found)
    ]
    for one in new:
        service.check(one.practice, one.answer)
    return _decide(service, team, quarter, new, by)


def take_back(
    service: Service, team: str, quarter: Quarter, decided: Sequence[Decided], by: str
) -> list[Decided]:
    """Undo: the answers that held before hold again, and nothing is decided."""
    return _decide(
        service,
        team,
        quarter,
        [
            NewDecision(
                one.decision.practice,
                one.answer.before.answer
                if one.answer.before
                else Answer(State.CLEARED),
                undone=True,
            )
            for one in decided
        ],
        by,
    )


def _check_open(
    service: Service, team: str, model: str, quarter: Quarter, person: str
) -> None:
    """RefusedError unless the person may answer now, whatever a screen still shows."""
    stands = invitation(service, team, model, quarter, person)
    if stands is None or stands.stage not in ANSWERING:
        raise RefusedError(_CLOSED)


def _bring(
    service: Service,
    stage: Stage,
    team: str,
    model: str,
    quarter: Quarter,
    people: Sequence[str],
    by: str,
) -> list[Invitation]:
    try:
        return service.store.bring_to(
            stage, team, model, str(quarter), people, by=by, at=now()
        )
    except TeamGoneError as error:
        raise RefusedError(str(error)) from error


def _decide(
    service: Service, team: str, quarter: Quarter, new: Sequence[NewDecision], by: str
) -> list[Decided]:
    try:
        return service.store.decide(team, str(quarter), new, by=by, at=now())
    except TeamGoneError as error:
        raise RefusedError(str(error)) from error


def _decision(
    spread: Spread, option: str, reason: str, hands: Mapping[str, int] | None
) -> NewDecision:
    base = _evidence(spread, option)
    if option == UNKNOWN:
        said = replace(base, state=State.UNKNOWN, rung="", reason="")
    elif option == NOT_APPLICABLE:
        said = replace(base, state=State.NOT_APPLICABLE, rung="", reason=reason)
    else:
        said = replace(base, state=State.RUNG, rung=option, reason="")
    return NewDecision(
        spread.practice.id,
        said,
        reason,
        votes={vote.person: vote.option for vote in spread.votes},
        hands=hands,
    )


def _evidence(spread: Spread, option: str) -> Answer:
    """What the agreed answer carries on: its own note and evidence.

    Without evidence of its own it takes the newest of those who chose the same.
    """
    agreed = spread.agreed or Answer(State.CLEARED)
    if agreed.link:
        return agreed
    backed = [
        vote.answer
        for vote in spread.votes
        if vote.option == option and vote.answer.link and vote.answer.evidence_on
    ]
    if not backed:
        return agreed
    newest = max(backed, key=lambda said: str(said.evidence_on))
    return replace(newest, note=agreed.note)
