"""Targets of groups: every team of a group at a level by a quarter, and who is there.

A group's target stands beside the teams' own and changes none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from maturity.group import TOP, Group, Tree
from maturity.group_rules import absent
from maturity.mark import Standing
from maturity.quarter import Quarter, now
from maturity.reading import Target, Targets, in_force
from maturity.service import RefusedError, Service
from maturity.standings import thaw_overall
from maturity.team import TargetRow, Team


class Toward(StrEnum):
    """How far a team is on the way to its group's target, in the order listed."""

    BELOW = "on the way"
    OPEN = "perhaps there"
    """Some answers are open: the level may be the target's, and may be lower."""
    MET = "there"
    ABSENT = "not assessed"
    OUT = "not applicable"


@dataclass(frozen=True)
class Position:
    """One team against the target."""

    team: Team
    toward: Toward
    score: Standing | None = None
    """Of its newest submission up to the quarter."""
    quarter: Quarter | None = None


@dataclass(frozen=True)
class Progress:
    """Every team of a group against one target, by name."""

    target: Target
    category: str
    quarter: Quarter
    positions: Sequence[Position]

    def of(self, toward: Toward) -> list[Position]:
        return [p for p in self.positions if p.toward is toward]


@dataclass(frozen=True)
class Covering:
    """A group that a team is in, and what it aims for."""

    group: Group
    targets: Targets


def set_target(
    service: Service,
    group: str,
    model: str,
    category: str,
    level: int | None,
    by_quarter: Quarter | None,
    by: str,
) -> None:
    """Set a group's target for a category, or the whole model (""); None removes it."""
    organisation, quarter = service.store.organisation(), Quarter.current()
    if group not in organisation.tree(quarter).groups:
        raise RefusedError(absent(organisation, group, quarter))
    service.check_target(model, category, level)
    service.store.set_group_target(
        group,
        model,
        category=category,
        level=level,
        by_quarter=str(by_quarter) if by_quarter else "",
        by=by,
        at=now(),
    )


def targets(service: Service, model: str, quarter: Quarter) -> dict[str, Targets]:
    """By group: its targets in force in a quarter; groups without one are left out."""
    rows: dict[str, list[TargetRow]] = defaultdict(list)
    for row in service.store.group_targets(model):
        rows[row.team].append(row)
    found = {group: in_force(of_group, quarter) for group, of_group in rows.items()}
    return {group: t for group, t in found.items() if t.every()}


def covering(
    service: Service, team: str, model: str, quarter: Quarter
) -> list[Covering]:
    """The groups with targets that a team is in, in a quarter, the nearest first."""
    known = targets(service, model, quarter)
    if not known:
        return []
    tree = service.store.tree(quarter)
    path = reversed(tree.path(tree.members.get(team, TOP)))
    return [Covering(g, known[g.id]) for g in path if g.id in known]


def progress(
    service: Service, tree: Tree, group: str, model: str, category: str, target: Target
) -> Progress:
    """How far the teams of a group are, by what they submitted up to the quarter."""
    ids = tree.teams_of(group)
    teams = [team for team in service.store.teams() if team.id in ids]
    # Demo teams never count among real ones.
    teams = [team for team in teams if not team.demo] or teams
    latest = service.store.latest_scores(
        model, category, str(tree.quarter), [team.id for team in teams]
    )
    scores = {
        row.team: (thaw_overall(row.score), Quarter.parse(row.quarter))
        for row in latest
        if row.score is not None
    }
    positions = [
        Position(team, toward(target, scores[team.id][0]), *scores[team.id])
        if team.id in scores
        else Position(team, Toward.ABSENT)
        for team in teams
    ]
    return Progress(target, category, tree.quarter, positions)


def toward(target: Target, score: Standing) -> Toward:
    """Met only where the lowest end of the range is; open where only the highest is."""
    if score.lowest is None or score.highest is None:
        return Toward.OUT
    if score.lowest.level >= target.level:
        return Toward.MET
    return Toward.OPEN if score.highest.level >= target.level else Toward.BELOW
