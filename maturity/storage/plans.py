"""Plans in the store: the steps a team wants to take; rows are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from maturity.plan import NewStep, PlanRow, Status
from maturity.schema import Execute, Row
from maturity.storage.part import Part, count_change, next_seqs

PLAN_OF = """
with of_team as materialized (
    select * from plans where team = $1
)
select seq, team, practice, rung, owner, due, status, author, saved_at
from of_team
order by seq
"""
_ADD = """
insert into plans (
    seq, team, practice, rung, owner, due, status, author, saved_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


@dataclass(frozen=True)
class Replanned:
    """A step just stored, and the one that held for its practice until then."""

    row: PlanRow
    before: PlanRow | None


class Plans(Part):
    """The part of the store that holds plans."""

    def plan_steps(
        self, team: str, steps: Sequence[NewStep], *, by: str, at: datetime
    ) -> list[Replanned]:
        """Store steps, all or none, each with what held until now."""
        if not steps:
            return []
        with self.database.transaction() as execute:
            count_change(execute, team)
            newest = {row.practice: row for row in _plan_of(execute, team)}
            seqs = next_seqs(execute, "plan_seq", len(steps))
            stored = []
            for seq, step in zip(seqs, steps, strict=True):
                row = PlanRow(
                    seq=seq,
                    team=team,
                    practice=step.practice,
                    rung=step.rung,
                    owner=step.owner,
                    due=step.due,
                    status=step.status,
                    author=by,
                    at=at,
                )
                stored.append(Replanned(row, newest.get(row.practice)))
                newest[row.practice] = row
                about = [seq, team, row.practice, row.rung, row.owner, row.due]
                execute(_ADD, [*about, row.status.value, by, at])
        return stored

    def plan(self, team: str) -> list[PlanRow]:
        """The newest row of each practice, dropped ones included, oldest first."""
        newest: dict[str, PlanRow] = {}
        for row in self.plan_history(team):
            newest.pop(row.practice, None)
            newest[row.practice] = row
        return list(newest.values())

    def plan_history(self, team: str) -> list[PlanRow]:
        """Every row of a team, oldest first."""
        return [_plan_row(row) for row in self.database.read(PLAN_OF, [team])]


def _plan_of(execute: Execute, team: str) -> list[PlanRow]:
    return [_plan_row(row) for row in execute(PLAN_OF, [team])]


def _plan_row(row: Row) -> PlanRow:
    seq, team, practice, rung, owner, due, status, author, at = row
    return PlanRow(seq, team, practice, rung, owner, due, Status(status), author, at)
