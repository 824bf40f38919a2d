"""Targets of teams together: every team of a group, or with a label, at a level.

Such a target stands beside the teams' own and changes none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from maturity.group import TOP, Group, Tree
from maturity.group_rules import absent
from maturity.label import accepted_labels
from maturity.mark import Standing
from maturity.quarter import Quarter, now
from maturity.reading import Target, Targets, in_force
from maturity.service import RefusedError, Service
from maturity.standings import thaw_overall
from maturity.storage.part import plain_text
from maturity.team import GroupTargetRow, Team, folded


class Toward(StrEnum):
    """How far a team is on the way to its group's target, in the order listed."""

    BELOW = "on the way"
    OPEN = "perhaps there"
    """Some answers are open: the level may be the target's, and may be lower."""
    MET = "there"
    ABSENT = "not assessed"
    OUT = "not applicable"


@dataclass(frozen=True)
class Scope:
    """Whose target it is: every team of a group, or only those with a label."""

    group: str = TOP
    """TOP for the whole organisation."""
    label: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What two of them have in common that are one, whatever the label's case."""
        return self.group, folded(self.label)

    def teams(self, tree: Tree) -> Callable[[str], bool]:
        """Whether the team of an id is meant, by the groups and labels of a quarter."""
        inside = tree.teams_of(self.group) if self.group else None
        having = tree.labelled(self.label) if self.label else None
        return lambda team: (
            (inside is None or team in inside) and (having is None or team in having)
        )


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
    """Every team of a scope against one target, by name."""

    scope: Scope
    target: Target
    category: str
    quarter: Quarter
    positions: Sequence[Position]

    def of(self, toward: Toward) -> list[Position]:
        return [p for p in self.positions if p.toward is toward]


@dataclass(frozen=True)
class Covering:
    """A group or label that a team is meant by, and what is aimed for."""

    scope: Scope
    group: Group | None
    """None for the whole organisation."""
    targets: Targets


def set_target(
    service: Service,
    scope: Scope,
    model: str,
    category: str,
    level: int | None,
    by_quarter: Quarter | None,
    by: str,
) -> None:
    """Set the target of a scope for a category, or the whole model ("").

    None for a level removes it. NameRefusedError for what cannot be a label.
    """
    organisation, quarter = service.store.organisation(), Quarter.current()
    tree = organisation.tree(quarter)
    if scope.group and scope.group not in tree.groups:
        raise RefusedError(absent(organisation, scope.group, quarter))
    service.check_target(model, category, level)
    label = "".join(accepted_labels([plain_text(scope.label)], tree.every_label))
    service.store.set_group_target(
        scope.group,
        model,
        category=category,
        level=level,
        by_quarter=str(by_quarter) if by_quarter else "",
        by=by,
        at=now(),
        label=label,
    )


def targets(service: Service, model: str, quarter: Quarter) -> dict[Scope, Targets]:
    """The targets in force in a quarter; scopes without one are left out.

    Those of groups themselves come before those of labels. Where there is a real team,
    the demo has no say in what the whole organisation aims for.
    """
    found = service.store.group_targets(model)
    if any(row.demo and not row.team for row in found):
        real = any(not team.demo for team in service.store.teams())
        found = [row for row in found if row.team or not (row.demo and real)]
    rows: dict[tuple[str, str], list[GroupTargetRow]] = defaultdict(list)
    scopes: dict[tuple[str, str], Scope] = {}
    for row in found:
        scope = Scope(row.team, row.label)
        rows[scope.key].append(row)
        scopes[scope.key] = scope
    ordered = sorted(rows, key=lambda key: key[1])
    held = {scopes[key]: in_force(rows[key], quarter) for key in ordered}
    return {scope: t for scope, t in held.items() if t.every()}


def target_of(service: Service, scope: Scope, model: str, quarter: Quarter) -> Targets:
    """The targets of one scope in force in a quarter."""
    known = targets(service, model, quarter).items()
    return next((t for each, t in known if each.key == scope.key), Targets())


def covering(
    service: Service, team: str, model: str, quarter: Quarter
) -> list[Covering]:
    """What a team is meant by in a quarter, the nearest group first."""
    known = targets(service, model, quarter)
    if not known:
        return []
    tree = service.store.tree(quarter)
    path = [*reversed(tree.path(tree.members.get(team, TOP))), None]
    return [
        Covering(scope, group, found)
        for group in path
        for scope, found in known.items()
        if scope.group == (group.id if group else TOP) and scope.teams(tree)(team)
    ]


def progress(
    service: Service,
    tree: Tree,
    scope: Scope,
    model: str,
    category: str,
    target: Target,
) -> Progress:
    """How far the teams of a scope are, by what they submitted up to the quarter."""
    meant = scope.teams(tree)
    teams = [team for team in service.store.teams() if meant(team.id)]
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
    return Progress(scope, target, category, tree.quarter, positions)


def toward(target: Target, score: Standing) -> Toward:
    """Met only where the lowest end of the range is; open where only the highest is."""
    if score.lowest is None or score.highest is None:
        return Toward.OUT
    if score.lowest.level >= target.level:
        return Toward.MET
    return Toward.OPEN if score.highest.level >= target.level else Toward.BELOW
