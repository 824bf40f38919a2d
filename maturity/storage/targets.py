"""Targets of teams, groups and labels in the store, and scores to hold against them.

Setting one adds a row; the newest of each category is in force.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple, replace
from datetime import datetime
from typing import NamedTuple, TypeVar

from maturity.storage.part import NO_TEAM, Part, count_change, next_seqs
from maturity.team import GroupTargetRow, TargetRow

Row = TypeVar("Row", bound=TargetRow)

TARGETS_OF = """
with of_team as materialized (
    select * from targets where team = $1
)
select seq, team, model, category, level, by_quarter, author, saved_at
from of_team
where cast($2 as text) = '' or model = $2
order by seq
"""
_ADD = """
insert into targets (
    seq, team, model, category, level, by_quarter, author, saved_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""
_OF_GROUPS = """
select
    seq, group_id, model, category, level, by_quarter, author, saved_at,
    coalesce(label, ''), coalesce(demo, false)
from group_targets
where model = $1
order by seq
"""
_ADD_OF_GROUP = """
insert into group_targets (
    seq, group_id, model, category, level, by_quarter, author, saved_at, label, demo
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
# The highest seq of a quarter is its last revision.
_LATEST = """
with ranked as (
    select
        team, quarter, result,
        row_number() over (
            partition by team order by quarter desc, seq desc
        ) as place
    from assessments
    where
        model = $1 and state = 'submitted' and quarter <= $2 and team = any($3)
)
select
    team, quarter,
    cast(
        case
            when cast($4 as text) = '' then (cast(result as json) -> 'overall')
            else (cast(result as json) -> 'categories') -> cast($4 as text)
        end
        as text
    )
from ranked
where place = 1
"""


class LatestRow(NamedTuple):
    """A team's newest submitted score up to a quarter."""

    team: str
    quarter: str
    score: str | None
    """As JSON; None where that assessment had no such category."""


class Targets(Part):
    """The part of the store that holds targets."""

    def set_target(
        self,
        team: str,
        model: str,
        *,
        category: str,
        level: int | None,
        by_quarter: str,
        by: str,
        at: datetime,
    ) -> TargetRow:
        """Set the target of a category, or of the whole model; None removes it."""
        row = TargetRow(0, team, model, category, level, by_quarter, by, at)
        return self._add_target(_ADD, "target_seq", row, changed=team)

    def targets(self, team: str, model: str | None = None) -> list[TargetRow]:
        """Every target row of a team, oldest first."""
        rows = self.database.read(TARGETS_OF, [team, model or ""])
        return [TargetRow(*row) for row in rows]

    def set_group_target(
        self,
        group: str,
        model: str,
        *,
        category: str,
        level: int | None,
        by_quarter: str,
        by: str,
        at: datetime,
        label: str = "",
        demo: bool = False,
    ) -> GroupTargetRow:
        """Set what every team of a group, or with a label, aims for; None removes it.

        Without a group it is every team there is.
        """
        when = (by_quarter, by, at)
        row = GroupTargetRow(0, group, model, category, level, *when, label, demo)
        return self._add_target(_ADD_OF_GROUP, "group_target_seq", row, changed=NO_TEAM)

    def _add_target(self, sql: str, sequence: str, row: Row, *, changed: str) -> Row:
        with self.database.transaction() as execute:
            count_change(execute, changed)
            (seq,) = next_seqs(execute, sequence)
            added = replace(row, seq=seq)
            execute(sql, astuple(added))
        return added

    def group_targets(self, model: str) -> list[GroupTargetRow]:
        """Every target row of groups and labels, oldest first."""
        return [GroupTargetRow(*row) for row in self.database.read(_OF_GROUPS, [model])]

    def latest_scores(
        self, model: str, category: str, quarter: str, teams: Collection[str]
    ) -> list[LatestRow]:
        """The newest score of each team up to a quarter, of a category or overall."""
        if not teams:
            return []
        args = [model, quarter, list(teams), category]
        return [LatestRow(*row) for row in self.database.read(_LATEST, args)]
