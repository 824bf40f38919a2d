"""Groups of teams: the organisation as a tree that changes from quarter to quarter.

A placement says where a group or a team belongs from a quarter on. It holds until a
later placement of the same item says otherwise: the newest one wins for its quarter
and every later one. So a reorganisation is a row like any other, and an old quarter
still shows the tree of then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from maturity.label import Labels, course, holding, spelling
from maturity.quarter import Quarter
from maturity.team import folded

LEVELS = 3
"""How deep the tree may be."""
ALWAYS = Quarter(2000, 1)
"""Before any of this was asked: what holds since then holds in every quarter."""
BELOW = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Between a group and its subgroup, where both are named."""
MARKS = "/\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
"""What stands between names where somebody types a label; no name holds one."""
TOP = ""
"""The parent of a group on the first level; as a team's group, no group."""


@dataclass(frozen=True)
class Group:
    """Some teams of the organisation; today's name is its name in every quarter."""

    id: str
    name: str
    demo: bool = False


@dataclass(frozen=True)
class NewPlacement:
    """Where an item belongs from a quarter on, to be stored."""

    item: str
    """The id of a group, or of a team."""
    team: bool
    since: Quarter
    parent: str | None
    """The id of a group, TOP, or None where a group ends."""


@dataclass(frozen=True)
class Placement(NewPlacement):
    """A placement as stored; rows are only ever added."""

    seq: int
    author: str
    at: datetime


@dataclass(frozen=True)
class Stay:
    """A time that an item spent in one place."""

    parent: str | None
    since: Quarter
    until: Quarter | None
    """The last quarter of it; None where it goes on."""


@dataclass(frozen=True)
class Tree:
    """The groups of one quarter, and who was in them."""

    quarter: Quarter
    groups: Mapping[str, Group]
    """By id: a group stands right before what is in it, siblings by name."""
    parents: Mapping[str, str]
    """The parent of each group, TOP on the first level."""
    members: Mapping[str, str]
    """The group of each team that is in one; archived teams too."""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The labels of each team that has some; archived teams too."""

    def children(self, group: str = TOP) -> list[Group]:
        """The groups right below a group, or those on the first level."""
        return [g for g in self.groups.values() if self.parents[g.id] == group]

    def path(self, group: str) -> tuple[Group, ...]:
        """From the first level down to the group itself; empty if it is not there."""
        found: list[Group] = []
        while group in self.groups:
            found.insert(0, self.groups[group])
            group = self.parents[group]
        return tuple(found)

    def label(self, group: str) -> str:
        """Its name behind those above it; "" for a group that is not there."""
        return BELOW.join(g.name for g in self.path(group))

    def find(self, label: str) -> Group | None:
        """The group with this label, whatever its case; / may stand for BELOW."""
        wanted = _plain(label)
        return next(
            (g for g in self.groups.values() if _plain(self.label(g.id)) == wanted),
            None,
        )

    def under(self, group: str) -> frozenset[str]:
        """The ids of the group itself and of every group below it."""
        inside = {group} & self.groups.keys()
        for each in self.groups:  # a parent stands before what is in it
            if self.parents[each] in inside:
                inside.add(each)
        return frozenset(inside)

    def group_of(self, team: str) -> Group | None:
        """The group that a team is in, if any."""
        return self.groups.get(self.members.get(team, TOP))

    def top_of(self, team: str) -> Group | None:
        """The group on the first level that a team is in, or in something of."""
        return next(iter(self.path(self.members.get(team, TOP))), None)

    def teams_of(self, group: str, with_subgroups: bool = True) -> frozenset[str]:
        """The ids of the teams in a group, archived ones too; see `members`."""
        if not with_subgroups:
            return frozenset(self._direct.get(group, ()))
        return frozenset(
            team for g in self.under(group) for team in self._direct.get(g, ())
        )

    def labelled(self, label: str) -> frozenset[str]:
        """The ids of the teams with a label, whatever its case; archived ones too."""
        wanted = folded(label)
        return frozenset(
            team
            for team, labels in self.labels.items()
            if wanted in {folded(each) for each in labels}
        )

    @cached_property
    def every_label(self) -> Sequence[str]:
        """Each label that some team has, once, by the alphabet."""
        found = spelling(each for labels in self.labels.values() for each in labels)
        return [found[key] for key in sorted(found)]

    @cached_property
    def _direct(self) -> Mapping[str, Sequence[str]]:
        teams: dict[str, list[str]] = defaultdict(list)
        for team, group in self.members.items():
            teams[group].append(team)
        return teams


@dataclass(frozen=True)
class Organisation:
    """Every group there ever was, and every placement and labelling, oldest first."""

    groups: Mapping[str, Group]
    placements: Sequence[Placement]
    newest: int = 0
    """The highest seq of any row about groups or labels."""
    labellings: Sequence[Labels] = ()

    def tree(self, quarter: Quarter) -> Tree:
        """The groups as they were, are or are planned in a quarter."""
        standing = self.standing(quarter)
        there = {
            item: row.parent
            for item, row in standing.items()
            if not row.team and row.parent is not None and item in self.groups
        }
        # A parent may be gone with the demo: what was in it is on the first level.
        parents = {item: p if p in there else TOP for item, p in there.items()}
        below: dict[str, list[Group]] = defaultdict(list)
        for group, parent in parents.items():
            below[parent].append(self.groups[group])
        ordered: dict[str, Group] = {}

        def walk(parent: str) -> None:
            for group in sorted(below[parent], key=lambda g: (folded(g.name), g.id)):
                ordered[group.id] = group
                walk(group.id)

        walk(TOP)
        members = {
            item: row.parent
            for item, row in standing.items()
            if row.team and row.parent in ordered
        }
        labels = holding(self.labellings, quarter)
        return Tree(quarter, ordered, parents, members, labels)

    def labels_of(self, team: str) -> Mapping[Quarter, tuple[str, ...]]:
        """The labels of a team, by the quarter from which on it has them, in order."""
        return course(self._labellings_of.get(team, ()))

    def standing(self, quarter: Quarter) -> dict[str, Placement]:
        """The placement of each item that holds in a quarter, ends included."""
        return {row.item: row for row in self.placements if row.since <= quarter}

    def stays(self, item: str) -> list[Stay]:
        """Where an item was and will be, oldest first; the last one goes on."""
        starts: dict[Quarter, str | None] = {}
        for row in self._of_item.get(item, ()):
            starts = {q: p for q, p in starts.items() if q < row.since}
            starts[row.since] = row.parent
        merged: list[Stay] = []
        for since, parent in sorted(starts.items()):
            if merged and merged[-1].parent == parent:
                continue
            if merged:
                merged[-1] = replace(merged[-1], until=since.shift(-1))
            merged.append(Stay(parent, since, None))
        return merged

    def starts(self, since: Quarter) -> list[Quarter]:
        """A quarter, and every later one in which something begins."""
        later = {row.since for row in self.placements if row.since > since}
        return [since, *sorted(later)]

    def begun(self, group: str, quarter: Quarter) -> Quarter:
        """Since when a group is there without a break, as seen from a quarter."""
        since = quarter
        for stay in self.stays(group):
            if stay.since > quarter:
                break
            if stay.parent is None:
                since = quarter
            elif since == quarter:
                since = stay.since
        return since

    def after(
        self, placements: Iterable[NewPlacement], groups: Iterable[Group] = ()
    ) -> Organisation:
        """What it would be with these groups and placements added."""
        added = [
            Placement(p.item, p.team, p.since, p.parent, self.newest + 1, "", _NEVER)
            for p in placements
        ]
        named = {**self.groups, **{group.id: group for group in groups}}
        placed = [*self.placements, *added]
        return Organisation(named, placed, self.newest + 1, self.labellings)

    @cached_property
    def _labellings_of(self) -> Mapping[str, Sequence[Labels]]:
        rows: dict[str, list[Labels]] = defaultdict(list)
        for row in self.labellings:
            rows[row.team].append(row)
        return rows

    @cached_property
    def _of_item(self) -> Mapping[str, Sequence[Placement]]:
        rows: dict[str, list[Placement]] = defaultdict(list)
        for row in self.placements:
            rows[row.item].append(row)
        return rows


_NEVER = datetime.min


def names_of(label: str) -> list[str]:
    """The names in a label, from the first level down, as somebody typed it."""
    return re.split(f"[{MARKS}]", label) if label else []


def _plain(label: str) -> list[str]:
    return [folded(name) for name in names_of(label)]
