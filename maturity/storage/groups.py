"""Groups and labels of teams in the store: rows are only ever added.

Names, placements and labels are numbered by one sequence, so the newest seq says
whether anything about groups or labels has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from maturity.group import Group, NewPlacement, Organisation, Placement, Tree
from maturity.label import BETWEEN, Labels, NewLabels
from maturity.quarter import Quarter
from maturity.storage.errors import TeamGoneError
from maturity.storage.part import (
    NO_TEAM,
    Part,
    count_change,
    insert_rows,
    next_seqs,
    plain_text,
)
from maturity.storage.teams import add_all, are_as_known, describe, remove_all
from maturity.team import Team

_NAMES = "select group_id, name, demo from group_names order by seq"
_PLACEMENTS = """
select item, team, since, parent, seq, author, saved_at from placements order by seq
"""
_NEWEST = """
select coalesce(max(seq), 0)
from (
    select seq from group_names
    union all
    select seq from placements
    union all
    select seq from team_labels
) as numbered
"""
_LABELS = "select team, since, labels, seq from team_labels order by seq"
_THERE = "select count(*) from teams where id = any($1)"
_NAME = """
insert into group_names (seq, group_id, name, demo, author, saved_at) values
"""
_LABEL = """
insert into team_labels (seq, team, since, labels, author, saved_at) values
"""
_PLACE = """
insert into placements (seq, item, team, since, parent, author, saved_at) values
"""


class Groups(Part):
    """The part of the store that holds the groups of teams."""

    def organisation(self) -> Organisation:
        """Every group, every placement and every labelling there ever was."""
        # In this order, so that whatever is added meanwhile leaves `newest` behind.
        ((newest,),) = self.database.read(_NEWEST)
        rows = self.database.read(_PLACEMENTS)
        names = self.database.read(_NAMES)
        quarters = {key: Quarter.parse(key) for key in {row[2] for row in rows}}
        placements = [
            Placement(item, team, quarters[since], *rest)
            for item, team, since, *rest in rows
        ]
        # A renamed group keeps its id: its newest name is the one that stays.
        groups = {id: Group(id, name, demo) for id, name, demo in names}
        return Organisation(groups, placements, int(newest), self.labellings())

    def labellings(self) -> list[Labels]:
        """Every row about the labels of teams, oldest first."""
        rows = self.database.read(_LABELS)
        quarters = {key: Quarter.parse(key) for key in {row[1] for row in rows}}
        return [
            Labels(
                team, quarters[since], tuple(text.split(BETWEEN) if text else ()), seq
            )
            for team, since, text, seq in rows
        ]

    def tree(self, quarter: Quarter) -> Tree:
        """The groups and labels of a quarter and who has them, in four queries."""
        return self.organisation().tree(quarter)

    def regroup(
        self,
        groups: Sequence[Group],
        placements: Sequence[NewPlacement],
        *,
        labels: Sequence[NewLabels] = (),
        added: Sequence[Team] = (),
        described: Sequence[Team] = (),
        removed: Sequence[str] = (),
        known: Sequence[Team] = (),
        seen: int,
        by: str,
        at: datetime,
    ) -> int | None:
        """Store names, placements and labels, all or none; gives back the newest seq.

        With them come teams that are new, and what is said of others anew; and teams
        go of which nothing was said since they came. None where a row about groups
        was added since `seen`, the newest seq that the caller knew, where a team is not
        as the caller has `known` it, or where something was said of one that is to go.
        TeamGoneError where a team is no more, NameTakenError where one is there.
        """
        placed_teams = {p.item for p in placements if p.team}
        teams = sorted(placed_teams | {each.team for each in labels})
        with self.database.transaction() as execute:
            about_teams = [team.id for team in described]
            count_change(execute, NO_TEAM, *about_teams, *removed)
            ((newest,),) = execute(_NEWEST, [])
            if newest != seen or not are_as_known(execute, known):
                return None
            if removed and not remove_all(execute, removed, by):
                return None
            if added:
                add_all(execute, added, by)
            for team in described:
                about = (team.domain, team.size, team.serving)
                describe(execute, team.id, about, by)
            if teams and execute(_THERE, [teams]) != [(len(teams),)]:
                raise TeamGoneError
            count = len(groups) + len(placements) + len(labels)
            if not count:
                return seen
            seqs = next_seqs(execute, "group_seq", count)
            named = zip(seqs, groups, strict=False)
            placed = zip(seqs[len(groups) :], placements, strict=False)
            first = len(groups) + len(placements)
            labelled = zip(seqs[first:], labels, strict=True)
            insert_rows(
                execute,
                _NAME,
                [(s, g.id, plain_text(g.name), g.demo, by, at) for s, g in named],
            )
            insert_rows(
                execute,
                _PLACE,
                [
                    (s, p.item, p.team, str(p.since), p.parent, by, at)
                    for s, p in placed
                ],
            )
            insert_rows(
                execute,
                _LABEL,
                [
                    (s, n.team, str(n.since), BETWEEN.join(n.labels), by, at)
                    for s, n in labelled
                ],
            )
        return seqs[-1]
