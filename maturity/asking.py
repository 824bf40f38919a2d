"""What leaders are asked for: one text for a team or a group, a model and a quarter.

A group is named by its id, all teams together by ALL.

Every write takes the id of the acting person and checks again what it is given, as in
`service.py`.
"""

from __future__ import annotations

from maturity.quarter import Quarter, now
from maturity.service import RefusedError, Service
from maturity.storage.asks import AskRow

ALL = ""
"""In place of a team or a group: all teams together."""
LONGEST = 400
"""Characters of an ask: what one slide has room for."""


def current(service: Service, team: str, model: str, quarter: Quarter) -> str:
    """The text in force; "" where the team wrote none, or took it back."""
    rows = service.store.asks(team, model, str(quarter))
    return rows[-1].wording if rows else ""


def earlier(service: Service, team: str, model: str, quarter: Quarter) -> AskRow | None:
    """The newest text that differs from the one in force, to go back to."""
    rows = service.store.asks(team, model, str(quarter))
    texts = [row for row in rows if row.wording and row.wording != rows[-1].wording]
    return texts[-1] if texts else None


def write(
    service: Service,
    team: str,
    model: str,
    quarter: Quarter,
    wording: str,
    by: str,
    *,
    of_group: bool = False,
) -> None:
    """Store the text; an empty one gives the slide back to the figures."""
    wording = "\n".join(line.strip() for line in wording.strip().splitlines())
    if len(wording) > LONGEST:
        raise RefusedError(
            f"What you ask for has {len(wording)} characters; a slide has room for "
            f"{LONGEST}. Say less, or put the rest in the plan."
        )
    if of_group and team not in (ALL, *service.store.organisation().groups):
        raise RefusedError("This group is not here any more. Choose another one.")
    if wording != current(service, team, model, quarter):
        key = (team, model, str(quarter))
        service.store.ask(*key, wording, by=by, at=now(), of_group=of_group)
