"""The commands `teams`, `groups` and `organisation`, without a browser."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.exchange.commands import (
    Commands,
    WrongError,
    labelled,
    read_bytes,
    with_service,
    write,
)
from maturity.quarter import Quarter
from maturity.structure import nearest

if TYPE_CHECKING:
    from maturity.group import Tree
    from maturity.service import Service


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """The options of both commands."""
    teams = commands.add_parser("teams", help="list the names of the teams")
    teams.add_argument(
        "--group",
        metavar="PATH",
        help="only those of a group and of the groups in it, as in Retail/Search",
    )
    teams.add_argument(
        "--label", metavar="LABEL", help="only those with a label, as in tier-1"
    )
    groups = commands.add_parser("groups", help="list the groups of teams, a path each")
    groups.add_argument(
        "--teams",
        action="store_true",
        help="a line for each team directly in a group: the path, a tab and its name",
    )
    for command in (teams, groups):
        command.add_argument(
            "--quarter",
            metavar="QUARTER",
            help="groups and labels as they were, or are planned, in a quarter",
        )

    file = commands.add_parser(
        "organisation",
        help="show what a CSV file of teams and groups would change; with --yes, "
        "take it in; with --out, write one",
    )
    file.add_argument("file", metavar="FILE", nargs="?", type=Path)
    file.add_argument("--out", metavar="FILE", type=Path)
    file.add_argument(
        "--quarter",
        metavar="QUARTER",
        help="from which quarter on it holds; always, if there are no groups yet, "
        "else from the current one on",
    )
    file.add_argument("--yes", action="store_true", help="take it in")


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    return with_service(_printed, chosen)


def _printed(service: Service, chosen: argparse.Namespace) -> int:
    acts = {"teams": _teams, "groups": _groups, "organisation": _organisation}
    try:
        quarter = Quarter.parse(chosen.quarter) if chosen.quarter else Quarter.current()
    except ValueError as error:
        raise WrongError(str(error)) from error
    for line in acts[chosen.command](service, service.store.tree(quarter), chosen):
        print(line)
    return 0


def _teams(service: Service, tree: Tree, chosen: argparse.Namespace) -> Iterator[str]:
    teams = service.store.teams()
    if chosen.group is not None:
        group = tree.find(chosen.group)
        if group is None:
            labels = [tree.label(g) for g in tree.groups]
            raise WrongError(
                f"There is no group {chosen.group!r} in {tree.quarter}"
                f"{nearest(chosen.group, labels)}. The command groups lists them all."
            )
        inside = tree.teams_of(group.id)
        teams = [team for team in teams if team.id in inside]
    if chosen.label is not None:
        having = labelled(tree, chosen.label)
        teams = [team for team in teams if team.id in having]
    for team in teams:
        yield team.name


def _groups(service: Service, tree: Tree, chosen: argparse.Namespace) -> Iterator[str]:
    names = (
        {team.id: team.name for team in service.store.teams()} if chosen.teams else {}
    )
    for group in tree.groups:
        label, here = tree.label(group), tree.teams_of(group, with_subgroups=False)
        inside = [f"{label}\t{name}" for id, name in names.items() if id in here]
        yield from inside or [label]


def _organisation(
    service: Service, tree: Tree, chosen: argparse.Namespace
) -> Iterator[str]:
    from maturity import organising
    from maturity.exchange import organisation_file
    from maturity.group import ALWAYS

    if (chosen.file is None) == (chosen.out is None):
        raise WrongError("Name a file to take in, or one to write with --out.")
    if chosen.out is not None:
        write(chosen.out, organisation_file.write(service.store.teams(), tree))
        return
    data = read_bytes(chosen.file)
    said = chosen.quarter or tree.groups or tree.labels
    since = tree.quarter if said else ALWAYS
    plan = organising.plan(service, chosen.file.name, data, since)
    if plan.empty:
        yield f"{chosen.file} says what is here already: there is nothing to take in"
        return
    for heading, lines in organising.told(plan):
        yield heading
        yield from (f"  {line}" for line in lines)
    if not chosen.yes:
        yield "Nothing is changed yet. To take this in, give --yes."
        return
    organising.take(service, plan, "")
    yield "Taken in."
