"""The sentences about what teams aim for together, and how far they are."""

from __future__ import annotations

from maturity.group import Tree
from maturity.group_targets import (
    Covering,
    Progress,
    Scope,
    Toward,
    progress,
    targets,
    toward,
)
from maturity.model import MaturityModel
from maturity.reading import Reading, Target
from maturity.service import Service
from maturity.words import count, level_number, listed

HEADINGS = {
    Toward.BELOW: "On the way",
    Toward.OPEN: "Perhaps there, as questions are open",
    Toward.MET: "At the target or above",
    Toward.ABSENT: "Not assessed",
    Toward.OUT: "Does not apply to",
}
"""Above the names of the teams."""

_YOU = {
    Toward.MET: "Your team is there.",
    Toward.BELOW: "Your team is on the way.",
    Toward.OPEN: "Open questions decide whether your team is there.",
}


def aims(covering: Covering, reading: Reading) -> list[str]:
    """What a team's group aims for, a sentence a target, and how far the team is.

    As in: Your group Retail aims for Level 3 by Q4 2026. Your team is on the way.
    """
    scores = {"": reading.overall, **reading.result.categories}
    said = []
    for category, aim in covering.targets.every().items():
        goal = target(reading.definition.model, category, aim)
        score = scores.get(category)
        you = _YOU.get(toward(aim, score), "") if score else ""
        said.append(f"{_yours(covering)} aims for {goal}. {you}".strip())
    return said


def _yours(covering: Covering) -> str:
    group, label = covering.group, covering.scope.label
    if group is not None and not label:
        return f"Your group {group.name}"
    return every_team(group.name if group else "", label)


def every_team(group: str = "", label: str = "") -> str:
    """Every team of Retail labelled tier-1."""
    return " ".join(
        [
            "Every team",
            *([f"of {group}"] if group else []),
            *([f"labelled {label}"] if label else []),
        ]
    )


def whose(tree: Tree, scope: Scope) -> str:
    """A group by its path, or every team that is meant."""
    path = tree.label(scope.group)
    return path if path and not scope.label else every_team(path, scope.label)


def target(model: MaturityModel, category: str, aim: Target) -> str:
    """Level 3 in People by Q4 2026."""
    known = {c.id: c.name for c in model.categories}
    where = f" in {known.get(category, category)}" if category else ""
    by = f" by {aim.by.label}" if aim.by else ""
    return f"{level_number(model, aim.level)}{where}{by}"


def standing(progress: Progress) -> str:
    """5 of 8 teams are there, 2 are on the way and 1 is not assessed."""
    teams = len(progress.positions) - len(progress.of(Toward.OUT))
    if not teams:
        return "It applies to no team."
    if teams == 1:
        way = next(p for p in Toward if p is not Toward.OUT and progress.of(p))
        return f"The one team is {'there' if way is Toward.MET else way.value}."
    met = len(progress.of(Toward.MET))
    verb = "is" if met == 1 else "are"
    said = [f"{met} of {count(teams, 'team')} {verb} there"]
    for way in (Toward.BELOW, Toward.OPEN, Toward.ABSENT):
        number = len(progress.of(way))
        if number:
            said.append(f"{number} {'is' if number == 1 else 'are'} {way.value}")
    return f"{listed(said)}."


def all_aims(
    service: Service, tree: Tree, group: str, model: MaturityModel
) -> list[str]:
    """What a group, or the whole organisation, aims for, and how many are there."""
    said = []
    for scope, found in targets(service, model.id, tree.quarter).items():
        if scope.group != group:
            continue
        who = every_team(label=scope.label) + " aims" if scope.label else "We aim"
        for category, aim in found.every().items():
            there = standing(progress(service, tree, scope, model.id, category, aim))
            there = there[0].lower() + there[1:]
            said.append(f"{who} for {target(model, category, aim)}: {there}")
    return said
