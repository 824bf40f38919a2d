"""What is asked of leaders, in the store: rows are only ever added.

The column `team` holds the id of a team or of a group; "" is all teams together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from maturity.storage.part import NO_TEAM, Part, count_change, next_seqs, plain_text

ASKS_OF = """
with of_team as materialized (
    select * from asks where team = $1
)
select seq, team, model, quarter, wording, author, saved_at
from of_team
where model = $2 and quarter = $3
order by seq
"""
_ADD = """
insert into asks (seq, team, model, quarter, wording, author, saved_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


@dataclass(frozen=True)
class AskRow:
    """What was asked for in a quarter, as stored; "" takes an ask back."""

    seq: int
    team: str
    model: str
    quarter: str
    wording: str
    author: str
    at: datetime


class Asks(Part):
    """The part of the store that holds what teams ask for."""

    def ask(
        self,
        team: str,
        model: str,
        quarter: str,
        wording: str,
        *,
        by: str,
        at: datetime,
        of_group: bool = False,
    ) -> None:
        """Store what is asked for; what was asked before stays in the history."""
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM if of_group else team)
            (seq,) = next_seqs(execute, "ask_seq")
            row = [seq, team, model, quarter, plain_text(wording), by, at]
            execute(_ADD, row)

    def asks(self, team: str, model: str, quarter: str) -> list[AskRow]:
        """Every wording of a quarter's ask, oldest first."""
        rows = self.database.read(ASKS_OF, [team, model, quarter])
        return [AskRow(*row) for row in rows]
