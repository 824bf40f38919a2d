"""An organisation of teams that all submitted, for what looks at many of them."""

from __future__ import annotations

from datetime import datetime

from maturity.answer import Answer, State
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.team import NewAnswer, Team

AT = datetime(2026, 11, 24, 9, 30)
LAST = Quarter(2026, 3)


def submit(
    service: Service,
    team: Team,
    rank: int,
    quarter: Quarter = LAST,
    *,
    model: str = "google",
    leave: int = 0,
) -> None:
    """Answer every question by the rung at this place and submit; leave some open."""
    practices = service.library.definition(model).asked
    rows = []
    for practice in practices[: len(practices) - leave]:
        rung = practice.ladder[min(rank, len(practice.ladder) - 1)]
        given = Answer(State.RUNG, rung)
        rows.append(NewAnswer(team.id, str(quarter), practice.id, given, "", AT))
    service.store.append(rows)
    service.submit(team.id, model, quarter, "", "")


def teams(service: Service, number: int, prefix: str = "Team", **about) -> list[Team]:
    """So many teams, of which each has submitted in Q3 2026, some higher than others.

    They differ by where on the ladders they are, not at random.
    """
    found = []
    for place in range(number):
        team = service.store.add_team(f"{prefix} {place}", by="", **about)
        submit(service, team, place % 4)
        found.append(team)
    return found
