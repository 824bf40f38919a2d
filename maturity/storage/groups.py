"""Groups of teams in the store: rows are only ever added.

Names and placements are numbered by one sequence, so the newest seq says whether
anything about groups has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from maturity.group import Group, NewPlacement, Organisation, Placement, Tree
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
from maturity.storage.teams import add_all, describe
from maturity.team import Team

_NAMES = "select group_id, name, demo from group_names order by seq"
_PLACEMENTS = """
select item, team, since, parent, seq, author, saved_at from placements order by seq
"""
_NEWEST = """
select coalesce(max(seq), 0)
from (select seq from group_names union all select seq from placements) as numbered
"""
_THERE = "select count(*) from teams where id = any($1)"
_NAME = """
insert into group_names (seq, group_id, name, demo, author, saved_at) values
"""
_PLACE = """
insert into placements (seq, item, team, since, parent, author, saved_at) values
"""


class Groups(Part):
    """The part of the store that holds the groups of teams."""

    def organisation(self) -> Organisation:
        """Every group and every placement there ever was."""
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
        return Organisation(groups, placements, int(newest))

    def tree(self, quarter: Quarter) -> Tree:
        """The groups of a quarter and who is in them, in three queries."""
        return self.organisation().tree(quarter)

    def regroup(
        self,
        groups: Sequence[Group],
        placements: Sequence[NewPlacement],
        *,
        added: Sequence[Team] = (),
        described: Sequence[Team] = (),
        seen: int,
        by: str,
        at: datetime,
    ) -> int | None:
        """Store names and placements, all or none; gives back the newest seq.

        With them come teams that are new, and what is said of others anew. None where
        a row about groups was added since `seen`, the newest seq that the caller knew.
        TeamGoneError where a team is no more, NameTakenError where one is there.
        """
        teams = sorted({p.item for p in placements if p.team})
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM, *(team.id for team in described))
            ((newest,),) = execute(_NEWEST, [])
            if newest != seen:
                return None
            if added:
                add_all(execute, added, by)
            for team in described:
                about = (team.domain, team.size, team.serving)
                describe(execute, team.id, about, by)
            if teams and execute(_THERE, [teams]) != [(len(teams),)]:
                raise TeamGoneError
            count = len(groups) + len(placements)
            if not count:
                return seen
            seqs = next_seqs(execute, "group_seq", count)
            named = zip(seqs, groups, strict=False)
            placed = zip(seqs[len(groups) :], placements, strict=True)
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
        return seqs[-1]
