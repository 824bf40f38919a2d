"""Targets of groups in the store, and the newest results to hold against them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from maturity.storage.part import NO_TEAM, Part, count_change, next_seqs
from maturity.team import TargetRow

_TARGETS = """
select seq, group_id, model, category, level, by_quarter, author, saved_at
from group_targets
where model = $1
order by seq
"""
_ADD = """
insert into group_targets (
    seq, group_id, model, category, level, by_quarter, author, saved_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
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


class GroupTargets(Part):
    """The part of the store that holds the targets of groups."""

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
    ) -> TargetRow:
        """Set what every team of a group aims for; None removes it."""
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            (seq,) = next_seqs(execute, "group_target_seq")
            values = (seq, group, model, category, level, by_quarter, by, at)
            execute(_ADD, values)
        return TargetRow(*values)

    def group_targets(self, model: str) -> list[TargetRow]:
        """Every target row of a model, oldest first; the `team` of each is a group."""
        return [TargetRow(*row) for row in self.database.read(_TARGETS, [model])]

    def latest_scores(
        self, model: str, category: str, quarter: str, teams: Collection[str]
    ) -> list[LatestRow]:
        """The newest score of each team up to a quarter, of a category or overall."""
        if not teams:
            return []
        args = [model, quarter, list(teams), category]
        return [LatestRow(*row) for row in self.database.read(_LATEST, args)]
