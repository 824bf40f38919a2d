"""Changing the groups: create, rename, move, merge, split, archive, restore, undo.

Every change is one transaction, checked whole in each quarter from its own on, and
comes back as what `put_back` needs to undo it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from maturity.group import (
    ALWAYS,
    MARKS,
    TOP,
    Group,
    NewPlacement,
    Organisation,
    Tree,
)
from maturity.group_rules import absent, left_behind, problem
from maturity.quarter import Quarter, now
from maturity.service import RefusedError, Service
from maturity.storage import TeamGoneError
from maturity.storage.part import plain_text
from maturity.team import accepted_name
from maturity.words import count

TRIES = 5
"""How often a change is worked out anew because somebody else was faster."""


@dataclass(frozen=True)
class Change:
    """What is to be stored."""

    since: Quarter
    placements: Sequence[NewPlacement] = ()
    groups: Sequence[Group] = ()
    """New ones, and those with another name."""


@dataclass(frozen=True)
class Regrouped:
    """A change that was stored, with what undoes it."""

    group: str
    """The group to look at now: the new one, the one moved or the one moved into."""
    back: Change
    newest: Mapping[str, int] = field(default_factory=dict)
    """By item: the seq of its newest placement, as long as nobody moves it again."""
    names: Mapping[str, str] = field(default_factory=dict)
    """By group: the name it got, as long as nobody renames it again."""


def create(
    service: Service, name: str, parent: str, since: Quarter, by: str
) -> Regrouped:
    """Add a group below another one, or on the first level, from a quarter on."""
    group = Group(uuid4().hex, _name(name))

    def build(organisation: Organisation) -> Change:
        placed = NewPlacement(group.id, False, since, parent)
        return Change(since, [placed], [group])

    return _store(service, group.id, build, by)


def rename(service: Service, group: str, name: str, by: str) -> Regrouped:
    """Give a group another name, which then is its name in every quarter."""
    accepted = _name(name)

    def build(organisation: Organisation) -> Change:
        known = _known(organisation, group)
        return Change(ALWAYS, groups=[Group(group, accepted, known.demo)])

    return _store(service, group, build, by)


def move_group(
    service: Service, group: str, parent: str, since: Quarter, by: str
) -> Regrouped:
    """Put a group, with all that is in it, below another one or on the first level."""

    def build(organisation: Organisation) -> Change:
        _there(organisation, since, group)
        _refuse_inside(organisation, since, group, parent)
        return Change(since, [NewPlacement(group, False, since, parent)])

    return _store(service, group, build, by)


def move_teams(
    service: Service, teams: Collection[str], group: str, since: Quarter, by: str
) -> Regrouped:
    """Put teams into a group, or into none, from a quarter on."""
    if not teams:
        raise RefusedError("No team is chosen. Choose at least one.")

    def build(organisation: Organisation) -> Change:
        return Change(since, [NewPlacement(t, True, since, group) for t in teams])

    return _store(service, group, build, by)


def merge(
    service: Service, group: str, into: str, since: Quarter, by: str
) -> Regrouped:
    """Put all that is in a group into another one; the first ends."""
    if not into:
        raise RefusedError("No group to merge into is chosen. Choose one.")

    def build(organisation: Organisation) -> Change:
        _there(organisation, since, group, into)
        _refuse_inside(organisation, since, group, into)
        inside = [
            placed
            for item, team in _items(organisation)
            for placed in _elsewhere(organisation, item, team, since, group, into)
        ]
        return Change(since, [*inside, NewPlacement(group, False, since, None)])

    return _store(service, into, build, by)


def split(
    service: Service,
    group: str,
    name: str,
    teams: Collection[str],
    since: Quarter,
    by: str,
) -> Regrouped:
    """Put some teams of a group into a new one beside it."""
    new = Group(uuid4().hex, _name(name))
    if not teams:
        raise RefusedError("No team is chosen for the new group. Choose at least one.")

    def build(organisation: Organisation) -> Change:
        tree = _there(organisation, since, group)
        if strangers := set(teams) - tree.teams_of(group, with_subgroups=False):
            raise RefusedError(
                f"{count(len(strangers), 'team')} of those chosen "
                f"{'is' if len(strangers) == 1 else 'are'} not in "
                f"{tree.groups[group].name} in {since.label}. Choose again."
            )
        beside = NewPlacement(new.id, False, since, tree.parents[group])
        moved = [NewPlacement(team, True, since, new.id) for team in teams]
        return Change(since, [beside, *moved], [new])

    return _store(service, new.id, build, by)


def archive(service: Service, group: str, since: Quarter, by: str) -> Regrouped:
    """End a group with nothing in it; the quarters before keep it."""

    def build(organisation: Organisation) -> Change:
        _there(organisation, since, group)
        return Change(since, [NewPlacement(group, False, since, None)])

    return _store(service, group, build, by)


def restore(service: Service, group: str, since: Quarter, by: str) -> Regrouped:
    """Bring back a group that ended, where it was, from a quarter on."""

    def build(organisation: Organisation) -> Change:
        known = _known(organisation, group)
        if group in organisation.tree(since).groups:
            raise RefusedError(f"{known.name} is not archived in {since.label}.")
        stays = [s.parent for s in organisation.stays(group) if s.parent is not None]
        parent = stays[-1] if stays else TOP
        return Change(since, [NewPlacement(group, False, since, parent)])

    return _store(service, group, build, by)


def put_back(service: Service, done: Regrouped, by: str) -> Regrouped:
    """Undo a change; refused where somebody has changed the same things since."""

    def build(organisation: Organisation) -> Change:
        newest = {row.item: row.seq for row in organisation.placements}
        moved = any(newest.get(item) != seq for item, seq in done.newest.items())
        named = any(
            _known(organisation, group).name != name
            for group, name in done.names.items()
        )
        if moved or named:
            raise RefusedError(
                "The groups were changed by somebody since, so undoing would take "
                "that away. Change the group itself instead."
            )
        return done.back

    return _store(service, done.group, build, by)


def archived(organisation: Organisation, quarter: Quarter) -> list[Group]:
    """The groups that were there once and are not in a quarter, nor later."""
    there = organisation.tree(quarter).groups
    gone = []
    for group in organisation.groups.values():
        stays = organisation.stays(group.id)
        was = any(stay.parent is not None for stay in stays)
        if group.id not in there and was and stays[-1].parent is None:
            gone.append(group)
    return sorted(gone, key=lambda group: group.name.casefold())


def _store(
    service: Service, group: str, build: Callable[[Organisation], Change], by: str
) -> Regrouped:
    """Work a change out, check it and store it, anew if somebody else was faster."""
    for _ in range(TRIES):
        organisation = service.store.organisation()
        change = build(organisation)
        after = organisation.after(change.placements, change.groups)
        touched = {p.item for p in change.placements} | {g.id for g in change.groups}
        said = problem(after, touched, change.since) or _left(service, after, change)
        if said:
            raise RefusedError(said)
        try:
            newest = service.store.regroup(
                change.groups,
                change.placements,
                seen=organisation.newest,
                by=by,
                at=now(),
            )
        except TeamGoneError as error:
            raise RefusedError(str(error)) from error
        if newest is not None:
            return _undoable(organisation, change, group, newest)
    raise RefusedError(
        "Others are changing the groups at this moment, so nothing was changed. "
        "Look at the groups again, then repeat it."
    )


def _left(service: Service, after: Organisation, change: Change) -> str:
    """What would be left in a group that ends; teams that are archived may be."""
    ending = [p.item for p in change.placements if not p.team and p.parent is None]
    if not ending:
        return ""
    teams = {team.id for team in service.store.teams()}
    said = (left_behind(after, group, change.since, teams) for group in ending)
    return next((text for text in said if text), "")


def _undoable(
    before: Organisation, change: Change, group: str, newest: int
) -> Regrouped:
    """The change as stored; its last placement has the newest seq, and so on back."""
    first = newest - len(change.placements) + 1
    seqs = {p.item: first + n for n, p in enumerate(change.placements)}
    back = [
        placed
        for item, team in {p.item: p.team for p in change.placements}.items()
        for placed in again(before, item, team, change.since)
    ]
    old = [before.groups[g.id] for g in change.groups if g.id in before.groups]
    names = {g.id: g.name for g in change.groups if g.id in before.groups}
    return Regrouped(group, Change(change.since, back, old), seqs, names)


def again(
    organisation: Organisation, item: str, team: bool, since: Quarter
) -> Iterator[NewPlacement]:
    """The placements that bring back where an item was from a quarter on."""
    nowhere = TOP if team else None
    stays = organisation.stays(item)
    if not stays or stays[0].since > since:
        yield NewPlacement(item, team, since, nowhere)
    for stay in stays:
        if stay.until is None or stay.until >= since:
            yield NewPlacement(item, team, max(stay.since, since), stay.parent)


def _elsewhere(
    organisation: Organisation,
    item: str,
    team: bool,
    since: Quarter,
    group: str,
    into: str,
) -> Iterator[NewPlacement]:
    """The placements that put an item from one group into another from a quarter on."""
    every = list(again(organisation, item, team, since))
    if any(placed.parent == group for placed in every):
        for placed in every:
            parent = into if placed.parent == group else placed.parent
            yield NewPlacement(item, team, placed.since, parent)


def _items(organisation: Organisation) -> list[tuple[str, bool]]:
    return list({row.item: row.team for row in organisation.placements}.items())


def _known(organisation: Organisation, group: str) -> Group:
    known = organisation.groups.get(group)
    if known is None:
        raise RefusedError("This group is not here any more. Choose another one.")
    return known


def _there(organisation: Organisation, since: Quarter, *groups: str) -> Tree:
    tree = organisation.tree(since)
    for group in groups:
        if group not in tree.groups:
            raise RefusedError(absent(organisation, group, since))
    return tree


def _refuse_inside(
    organisation: Organisation, since: Quarter, group: str, target: str
) -> None:
    tree = organisation.tree(since)
    if target == group:
        raise RefusedError(
            f"{tree.groups[group].name} is the group itself. Choose another one."
        )
    if target in tree.under(group):
        inner, outer = tree.groups[target].name, tree.groups[group].name
        raise RefusedError(
            f"{inner} is inside {outer}, so {outer} cannot go into it. "
            f"Move {inner} out of {outer} first, or choose another group."
        )


def _name(text: str) -> str:
    name = accepted_name(plain_text(text), "group")
    if any(mark in name for mark in MARKS):
        raise RefusedError(
            f"A group's name cannot hold {' or '.join(MARKS)}, which stand between a "
            "group and its subgroup. Leave it out."
        )
    return name
