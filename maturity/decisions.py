"""Recording what several people agreed on: the agreed answer with its reason.

Every write takes the id of the acting person and checks again what it is given, as in
`service.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from maturity import agreement
from maturity.agreement import Spread
from maturity.answer import Answer, State
from maturity.quarter import Quarter, now
from maturity.respondent import NOT_APPLICABLE, UNKNOWN, NewDecision
from maturity.service import NOTE_LENGTH, RefusedError, Service
from maturity.storage import TeamGoneError
from maturity.storage.respondents import Decided


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
        said = base.but(state=State.UNKNOWN, rung="", reason="")
    elif option == NOT_APPLICABLE:
        said = base.but(state=State.NOT_APPLICABLE, rung="", reason=reason)
    else:
        said = base.but(state=State.RUNG, rung=option, reason="")
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
