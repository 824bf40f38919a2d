"""Saving a plan: the steps, their owners and dates, and what is done.

Every write takes the id of the acting person and checks again what it is given, as in
`service.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maturity.answer import Answer, State
from maturity.plan import NewStep, PlanRow, Status
from maturity.quarter import Quarter, now
from maturity.service import RefusedError, Service
from maturity.storage.plans import Replanned

OWNER_LENGTH = 80


def save(
    service: Service, team: str, steps: Sequence[NewStep], by: str
) -> list[Replanned]:
    """Store steps, all or none; what held until now comes back with each."""
    for step in steps:
        _check(service, step)
    return service.store.plan_steps(team, steps, by=by, at=now())


def assign(
    service: Service, team: str, practice: str, owner: str, by: str
) -> list[Replanned]:
    """Say by name who does a step; an empty name is nobody yet."""
    if len(owner.strip()) > OWNER_LENGTH:
        raise RefusedError(f"An owner's name has at most {OWNER_LENGTH} characters.")
    row = _row(service, team, practice)
    person = service.store.person(owner)
    return save(service, team, [replace(_again(row), owner=person)], by)


def date(
    service: Service, team: str, practice: str, due: str, by: str
) -> list[Replanned]:
    """Say by the end of which quarter a step is due; "" for no date yet."""
    row = _row(service, team, practice)
    return save(service, team, [replace(_again(row), due=due)], by)


def move(
    service: Service, team: str, practice: str, status: Status, by: str
) -> list[Replanned]:
    """Say how far a step is."""
    row = _row(service, team, practice)
    return save(service, team, [replace(_again(row), status=status)], by)


def put_back(
    service: Service, team: str, changes: Sequence[Replanned], by: str
) -> list[Replanned]:
    """Undo: what held before holds again; a step that was new is dropped.

    A step that somebody else changed since is refused, and so is all of it.
    """
    current = {row.practice: row.seq for row in service.store.plan(team)}
    if any(current.get(c.row.practice) != c.row.seq for c in changes):
        raise RefusedError(
            "The plan was changed by somebody since, so undoing would take that away. "
            "Change the step itself instead."
        )
    steps = [
        _again(c.before) if c.before else replace(_again(c.row), status=Status.DROPPED)
        for c in changes
    ]
    return service.store.plan_steps(team, steps, by=by, at=now())


def done(service: Service, team: str, quarter: Quarter) -> list[PlanRow]:
    """The steps said to be done that the quarter's answers do not say yet."""
    said = service.sheet(team, quarter).current()
    known = service.store.team(team)
    serving = known.serving if known else ""
    found = []
    for row in service.store.plan(team):
        practice = service.practice(row.practice)
        rank = practice.rank(row.rung) if practice else None
        if row.status is not Status.DONE or practice is None or rank is None:
            continue
        answer = said.get(row.practice)
        if not practice.asked_of(serving) or (answer and answer.not_applicable):
            continue
        there = practice.rank(answer.chosen) if answer and answer.chosen else None
        if there is None or there < rank:
            found.append(row)
    return found


def as_answer(service: Service, team: str, quarter: Quarter, row: PlanRow) -> Answer:
    """The answer that a done step proposes: the note stays, old evidence does not."""
    before = service.sheet(team, quarter).answers.get(row.practice)
    note = before.answer.note if before else ""
    return Answer(State.RUNG, rung=row.rung, note=note)


def _again(row: PlanRow) -> NewStep:
    return NewStep(row.practice, row.rung, row.owner, row.due, row.status)


def _row(service: Service, team: str, practice: str) -> PlanRow:
    for row in service.store.plan(team):
        if row.practice == practice:
            return row
    raise RefusedError(
        "This step is not in the plan any more. Switch it on and save the plan again."
    )


def _check(service: Service, step: NewStep) -> None:
    practice = service.practice(step.practice)
    if practice is None:
        raise RefusedError(f"There is no practice {step.practice}.")
    if practice.rung(step.rung) is None:
        raise RefusedError(f"{practice.name} has no answer {step.rung!r}.")
    if step.due:
        try:
            Quarter.parse(step.due)
        except ValueError as error:
            raise RefusedError(f"{error}.") from error
