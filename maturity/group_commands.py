"""The commands `teams` and `groups`: who there is, without a browser."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from maturity.exchange.commands import WRONG_INPUT, Commands, WrongError
from maturity.quarter import Quarter
from maturity.structure import nearest

if TYPE_CHECKING:
    from maturity.group import Tree
    from maturity.storage import Store


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """The options of both commands."""
    teams = commands.add_parser("teams", help="list the names of the teams")
    teams.add_argument(
        "--group",
        metavar="PATH",
        help="only those of a group and of what is in it, as in Retail/Search",
    )
    groups = commands.add_parser("groups", help="list the groups of teams, a path each")
    groups.add_argument(
        "--teams",
        action="store_true",
        help="a line for each team right in a group: the path, a tab and its name",
    )
    for command in (teams, groups):
        command.add_argument(
            "--quarter",
            metavar="QUARTER",
            help="the groups as they were, or are planned, in a quarter: 2026-Q4",
        )


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    from maturity.storage import StoreError, database_address, open_store

    try:
        quarter = Quarter.parse(chosen.quarter) if chosen.quarter else Quarter.current()
    except ValueError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    try:
        store = open_store(database_address())
        try:
            listed = _teams if chosen.command == "teams" else _groups
            for line in listed(store, store.tree(quarter), chosen):
                print(line)
        finally:
            store.close()
    except (StoreError, WrongError) as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    return 0


def _teams(store: Store, tree: Tree, chosen: argparse.Namespace) -> Iterator[str]:
    teams = store.teams()
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
    for team in teams:
        yield team.name


def _groups(store: Store, tree: Tree, chosen: argparse.Namespace) -> Iterator[str]:
    names = {team.id: team.name for team in store.teams()} if chosen.teams else {}
    for group in tree.groups:
        label, here = tree.label(group), tree.teams_of(group, with_subgroups=False)
        inside = [f"{label}\t{name}" for id, name in names.items() if id in here]
        yield from inside or [label]
