"""Taking in an organisation: what a file would change, and the change itself.

Everything is checked before anything is stored, and stored in one transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import uuid4

from maturity import grouping, labelling
from maturity.exchange.lines import FileRefusedError
from maturity.exchange.organisation_file import TeamLine, read
from maturity.group import BELOW, TOP, Group, NewPlacement, Organisation, Tree
from maturity.group_rules import problem
from maturity.label import NewLabels, accepted_labels, spelling
from maturity.quarter import Quarter, now
from maturity.service import RefusedError, Service
from maturity.storage import TeamGoneError
from maturity.team import NameRefusedError, Team, folded
from maturity.words import count


@dataclass(frozen=True)
class Plan:
    """What a file would change."""

    since: Quarter
    """From which quarter on groups and teams are where the file says."""
    seen: int
    """The newest row about groups that the plan knows of."""
    groups: Sequence[Group] = ()
    placements: Sequence[NewPlacement] = ()
    added: Sequence[Team] = ()
    described: Sequence[Team] = ()
    """Teams as they will be, where the file says something else than is here."""
    before: Sequence[Team] = ()
    """The same as they are."""
    moved: Sequence[tuple[str, str, str]] = ()
    """Of each known team that moves: its name, and the groups it leaves and enters."""
    labelled: Sequence[NewLabels] = ()
    relabelled: Sequence[str] = ()
    """Of each known team whose labels change: its name, and what it has then."""
    paths: Sequence[str] = ()
    """Of the new groups."""
    same: int = 0
    """Teams of the file that stay as they are."""

    @property
    def empty(self) -> bool:
        changes = (self.groups, self.placements, self.added, self.described)
        return not any((*changes, self.labelled))


def plan(service: Service, name: str, data: bytes, since: Quarter) -> Plan:
    """What a file would change; FileRefusedError where it cannot be taken in."""
    lines = read(name, data)
    organisation = service.store.organisation()
    known = {folded(team.name): team for team in service.store.teams(archived=True)}
    archived = [
        f"line {line.number}: {line.name} is archived; restore it on the Teams page"
        for line in lines
        if (team := known.get(folded(line.name))) and team.archived_at
    ]
    if archived:
        raise FileRefusedError(name, *archived)
    draft = _Draft(organisation, organisation.tree(since), since)
    for line in lines:
        draft.take(line, known.get(folded(line.name)))
    made = draft.plan()
    after = organisation.after(made.placements, made.groups)
    touched = {placement.item for placement in made.placements}
    said = problem(after, touched, since)
    if said:
        raise FileRefusedError(name, said)
    return made


@dataclass(frozen=True)
class Taken:
    """A file that was taken in, with what undoes it."""

    made: Plan
    newest: int
    """The newest row about groups, as long as nobody changes them again."""
    back: Sequence[NewPlacement]
    labels: Sequence[NewLabels]


def take(service: Service, made: Plan, by: str) -> Taken:
    """Store a plan; RefusedError where somebody changed something since."""
    organisation = service.store.organisation()
    try:
        stored = service.store.regroup(
            made.groups,
            made.placements,
            labels=made.labelled,
            added=made.added,
            described=made.described,
            known=made.before,
            seen=made.seen,
            by=by,
            at=now(),
        )
    # A team of that name was added since, or one of the file's was removed.
    except (NameRefusedError, TeamGoneError) as error:
        raise RefusedError(str(error)) from error
    if stored is None:
        raise RefusedError(
            "Groups, or teams of this file, were changed by somebody since you looked "
            "at it, so nothing was taken in. Look at it again."
        )
    new = {team.id for team in made.added}
    back = [
        placed
        for item, team in {p.item: p.team for p in made.placements}.items()
        if item not in new
        for placed in grouping.again(organisation, item, team, made.since)
    ]
    labels = [
        row
        for each in made.labelled
        if each.team not in new
        for row in labelling.again(organisation, each.team, made.since)
    ]
    return Taken(made, stored, back, labels)


def put_back(service: Service, done: Taken, by: str) -> None:
    """Undo a file: groups, who is in them and labels as before; its new teams go.

    RefusedError where somebody changed a group, or one of these teams, since.
    """
    made = done.made
    try:
        stored = service.store.regroup(
            [],
            done.back,
            labels=done.labels,
            described=made.before,
            removed=[team.id for team in made.added],
            known=[*made.described, *made.added],
            seen=done.newest,
            by=by,
            at=now(),
        )
    except TeamGoneError:
        stored = None
    if stored is None:
        raise RefusedError(
            "Groups, or teams of this file, were changed by somebody since, so undoing "
            "it would take that away. Change the teams and groups themselves instead."
        )


def summary(made: Plan) -> str:
    """2 new groups, 3 new teams."""
    return ", ".join(heading for heading, _ in told(made))


def told(made: Plan) -> list[tuple[str, list[str]]]:
    """What a plan changes, as headings with a line for each change."""
    moves = [
        f"{name}: from {left or 'no group'} to {into}"
        for name, left, into in made.moved
    ]
    every = [
        (count(len(made.paths), "new group"), list(made.paths)),
        (count(len(made.added), "new team"), [team.name for team in made.added]),
        (f"{count(len(moves), 'team')} in another group", moves),
        (
            f"{count(len(made.described), 'team')} described anew",
            [
                f"{team.name}: "
                + " · ".join(v for v in (team.domain, team.size, team.serving) if v)
                for team in made.described
            ],
        ),
        (
            f"{count(len(made.relabelled), 'team')} with other labels",
            list(made.relabelled),
        ),
    ]
    return [(heading, lines) for heading, lines in every if lines]


@dataclass
class _Draft:
    """A plan that grows line by line."""

    organisation: Organisation
    tree: Tree
    since: Quarter
    ids: dict[tuple[str, ...], str] = field(default_factory=dict)
    """By the folded names of its path: every group there is, and every new one."""
    groups: list[Group] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    labelled: list[NewLabels] = field(default_factory=list)
    relabelled: list[str] = field(default_factory=list)
    spelt: dict[str, str] = field(default_factory=dict)
    """How the labels that are here, or in a line before, are written."""
    placements: list[NewPlacement] = field(default_factory=list)
    added: list[Team] = field(default_factory=list)
    described: list[Team] = field(default_factory=list)
    before: list[Team] = field(default_factory=list)
    moved: list[tuple[str, str, str]] = field(default_factory=list)
    same: int = 0

    def __post_init__(self) -> None:
        for group in self.tree.groups:
            path = tuple(folded(g.name) for g in self.tree.path(group))
            self.ids[path] = group
        self.spelt = spelling(self.tree.every_label)

    def take(self, line: TeamLine, team: Team | None) -> None:
        group = self._group(line.group)
        if team is None:
            added = Team(uuid4().hex, line.name, line.domain, line.size, line.serving)
            self.added.append(added)
            if group:
                self._place(added.id, group)
            self._label(added, line)
            return
        described = replace(
            team,
            domain=line.domain or team.domain,
            size=line.size or team.size,
            serving=line.serving or team.serving,
        )
        moves = bool(group) and self.tree.members.get(team.id) != group
        if described != team:
            self.described.append(described)
            self.before.append(team)
        if moves:
            left = self.tree.label(self.tree.members.get(team.id, TOP))
            self.moved.append((team.name, left, BELOW.join(line.group)))
            self._place(team.id, group)
        relabels = self._label(team, line)
        if relabels:
            labels = self.labelled[-1].labels
            self.relabelled.append(f"{team.name}: {', '.join(labels)}")
        self.same += described == team and not moves and not relabels

    def _label(self, team: Team, line: TeamLine) -> bool:
        """Whether the line gives a team other labels than it has."""
        here = self.tree.labels.get(team.id, ())
        labels = accepted_labels(line.labels, self.spelt.values())
        if not labels or labels == accepted_labels(here, self.spelt.values()):
            return False
        self.spelt |= spelling(labels)
        self.labelled.append(NewLabels(team.id, self.since, labels))
        return True

    def _place(self, team: str, group: str) -> None:
        self.placements.append(NewPlacement(team, True, self.since, group))

    def _group(self, path: tuple[str, ...]) -> str:
        """The group at the end of a path, made where it is not there; TOP for none."""
        parent = TOP
        for depth in range(1, len(path) + 1):
            key = tuple(folded(name) for name in path[:depth])
            if key not in self.ids:
                made = Group(uuid4().hex, path[depth - 1])
                self.ids[key] = made.id
                self.groups.append(made)
                self.paths.append(BELOW.join(path[:depth]))
                self.placements.append(NewPlacement(made.id, False, self.since, parent))
            parent = self.ids[key]
        return parent

    def plan(self) -> Plan:
        return Plan(
            since=self.since,
            seen=self.organisation.newest,
            groups=self.groups,
            placements=self.placements,
            added=self.added,
            described=self.described,
            before=self.before,
            moved=self.moved,
            labelled=self.labelled,
            relabelled=self.relabelled,
            paths=self.paths,
            same=self.same,
        )
