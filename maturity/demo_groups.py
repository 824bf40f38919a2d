"""Groups and labels of the demo teams, as `data/demo-organisation.yaml` tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from uuid import uuid4

import yaml
from pydantic import Field

from maturity import library as files
from maturity.group import ALWAYS, TOP, Group, NewPlacement, Organisation
from maturity.label import NewLabels, accepted_labels
from maturity.practice import Id, Record, Text
from maturity.quarter import Quarter, now
from maturity.storage import Store
from maturity.team import folded

_NOON = time(12)


class Placed(Record):
    """Where a group or a team belongs from a quarter on."""

    into: Id | None = Field(default=None, description="A group, or the first level.")
    ago: int | None = Field(
        default=None, ge=0, description="Quarters before the current one; else always."
    )


class Labelled(Record):
    """All labels of a team from a quarter on."""

    are: list[Text]
    ago: int | None = Field(
        default=None, ge=0, description="Quarters before the current one; else always."
    )


class DemoGroup(Record):
    """One group, with all its places."""

    id: Id
    name: Text
    placed: list[Placed] = Field(default=[Placed()], min_length=1)


class DemoTarget(Record):
    """What every team of a group, or with a label, is to reach, set early in a quarter.

    Without a group it is every team of the organisation.
    """

    group: Id | None = None
    label: Text = ""
    model: Id
    category: Id | None = None
    level: int
    ago: int = Field(ge=0)
    within: int = Field(ge=1, description="Quarters from the one it is set in.")


class DemoOrganisation(Record):
    """Every group, and every demo team by the name in its story."""

    groups: list[DemoGroup]
    teams: dict[Text, list[Placed]]
    labels: dict[Text, list[Labelled]]
    targets: list[DemoTarget]


def told() -> DemoOrganisation:
    """The file as it is."""
    path = files.data_folder() / "demo-organisation.yaml"
    return DemoOrganisation.model_validate(yaml.safe_load(path.read_text("utf-8")))


def load(store: Store, teams: Mapping[str, str]) -> None:
    """Put the demo teams, given as ids by their stories' names, into their groups.

    They get their labels with it. A group that has such a name already keeps it, and
    the demo's takes another.
    """
    file = told()
    ids = {group.id: uuid4().hex for group in file.groups}
    placements = [
        placement
        for group in file.groups
        for placement in _places(ids[group.id], False, group.placed, ids)
    ]
    placements += [
        placement
        for name, places in file.teams.items()
        if name in teams
        for placement in _places(teams[name], True, places, ids)
    ]
    labels = [
        NewLabels(teams[name], _since(labelled.ago), accepted_labels(labelled.are))
        for name, every in file.labels.items()
        if name in teams
        for labelled in every
    ]
    stored = None
    while stored is None:  # anew where somebody changed a group at this moment
        organisation = store.organisation()
        groups = _named(file, ids, organisation)
        seen = organisation.newest
        stored = store.regroup(
            groups, placements, labels=labels, seen=seen, by="", at=now()
        )
    for aim in file.targets:
        quarter = Quarter.current().shift(-aim.ago)
        day = quarter.first_day + timedelta(days=14)
        store.set_group_target(
            ids[aim.group] if aim.group else TOP,
            aim.model,
            category=aim.category or "",
            level=aim.level,
            by_quarter=str(quarter.shift(aim.within)),
            by="",
            at=min(datetime.combine(day, _NOON), now()),
            label=aim.label,
            demo=True,
        )


def _named(
    file: DemoOrganisation, ids: Mapping[str, str], organisation: Organisation
) -> list[Group]:
    taken = {folded(group.name) for group in organisation.groups.values()}
    return [
        Group(
            ids[group.id],
            f"{group.name} (demo)" if folded(group.name) in taken else group.name,
            demo=True,
        )
        for group in file.groups
    ]


def _places(
    item: str, team: bool, places: list[Placed], ids: Mapping[str, str]
) -> Iterator[NewPlacement]:
    for placed in places:
        parent = ids[placed.into] if placed.into else TOP
        yield NewPlacement(item, team, _since(placed.ago), parent)


def _since(ago: int | None) -> Quarter:
    return ALWAYS if ago is None else Quarter.current().shift(-ago)
