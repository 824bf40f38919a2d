"""Several people answer one assessment: invite, answer, submit, agree.

Every write takes the id of the acting person and checks again what it is given, as in
`service.py`. Nobody sees another's answers before both have submitted, and only the
agreed answers are scored.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from maturity import agreement
from maturity.agreement import Spread
from maturity.answer import Answer
from maturity.model import Definition
from maturity.quarter import Quarter, now
from maturity.reading import is_open, open_questions
from maturity.respondent import (
    ANSWERING,
    Decision,
    Invitation,
    Stage,
)
from maturity.service import RefusedError, Service
from maturity.storage import TeamGoneError
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


def may_take_over(
    service: Service, team: str, model: str, quarter: Quarter, person: str, me: str
) -> bool:
    """Whether `me` can answer in place of an invited name that nobody used yet."""
    theirs = invitation(service, team, model, quarter, person)
    mine = invitation(service, team, model, quarter, me)
    unused = not service.store.current(team, [str(quarter)], person)
    new = mine is None or mine.stage is Stage.WITHDRAWN
    return theirs is not None and theirs.stage is Stage.INVITED and unused and new


def take_over(
    service: Service, team: str, model: str, quarter: Quarter, person: str, me: str
) -> None:
    """Answer in place of an invited name: who signed in is somebody else to the store.

    The lead sees the one leave and the other come; of two who try, one succeeds.
    """
    where = (team, model, quarter)
    if not may_take_over(service, *where, person, me) or not _bring(
        service, Stage.WITHDRAWN, *where, [person], me
    ):
        raise RefusedError(_CLOSED)
    _bring(service, Stage.INVITED, *where, [me], me)


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
    definition = service.definition(team, model)
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
    definition = service.definition(team, model)
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
