"""Invitations and decisions in the store: rows are only ever added.

A stage is checked in the transaction that adds the next one, so two people who press
at once cannot both be first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from maturity.respondent import (
    Decision,
    Invitation,
    NewDecision,
    Stage,
    may_follow,
    option_of,
)
from maturity.schema import Row
from maturity.storage.answers import append_to
from maturity.storage.part import Part, count_change, distinct, next_seqs, plain_text
from maturity.team import Appended, NewAnswer

INVITATIONS_OF = """
with of_team as materialized (
    select * from invitations where team = $1
)
select seq, team, model, quarter, person, stage, author, saved_at
from of_team
where model = $2 and quarter = $3
order by seq
"""
_INVITE = """
insert into invitations (
    seq, team, model, quarter, person, stage, author, saved_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""

DECISIONS_OF = """
with of_team as materialized (
    select * from decisions where team = $1
)
select
    seq, team, quarter, practice, answered, chosen, reason, votes, hands, author,
    saved_at
from of_team
where quarter = $2
order by seq
"""
_DECIDE = """
insert into decisions (
    seq, team, quarter, practice, answered, chosen, reason, votes, hands, author,
    saved_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


@dataclass(frozen=True)
class Decided:
    """A decision just stored, with the agreed answer and the one before it."""

    decision: Decision
    answer: Appended


class Respondents(Part):
    """The part of the store that holds who answers for themselves, and decisions."""

    def bring_to(
        self,
        stage: Stage,
        team: str,
        model: str,
        quarter: str,
        people: Sequence[str],
        *,
        by: str,
        at: datetime,
    ) -> list[Invitation]:
        """Bring people to a stage; those who cannot come to it now are left out."""
        with self.database.transaction() as execute:
            count_change(execute, team)
            now = {
                row.person: row.stage
                for row in _invitations(execute(INVITATIONS_OF, [team, model, quarter]))
            }
            able = [p for p in distinct(people) if may_follow(stage, now.get(p))]
            seqs = next_seqs(execute, "invitation_seq", len(able))
            rows = [
                Invitation(seq, team, model, quarter, person, stage, by, at)
                for seq, person in zip(seqs, able, strict=True)
            ]
            for row in rows:
                about = [row.seq, team, model, quarter, row.person]
                execute(_INVITE, [*about, stage.value, by, at])
        return rows

    def invitations(self, team: str, model: str, quarter: str) -> list[Invitation]:
        """The newest row of each person ever invited, in the order of inviting."""
        newest: dict[str, Invitation] = {}
        args = [team, model, quarter]
        for row in _invitations(self.database.read(INVITATIONS_OF, args)):
            newest[row.person] = row
        return list(newest.values())

    def decide(
        self,
        team: str,
        quarter: str,
        decisions: Sequence[NewDecision],
        *,
        by: str,
        at: datetime,
    ) -> list[Decided]:
        """Store agreed answers with what led to them, all or none."""
        if not decisions:
            return []
        with self.database.transaction() as execute:
            count_change(execute, team)
            rows = [
                NewAnswer(team, quarter, new.practice, new.answer, by, at)
                for new in decisions
            ]
            appended = append_to(execute, rows)
            seqs = next_seqs(execute, "decision_seq", len(rows))
            decided = [
                Decided(_decision(seq, new, answer), answer)
                for seq, new, answer in zip(seqs, decisions, appended, strict=True)
            ]
            for one in decided:
                execute(_DECIDE, _values(one.decision))
        return decided

    def decisions(self, team: str, quarter: str) -> list[Decision]:
        """Every decision of a quarter, those taken back too, oldest first."""
        rows = self.database.read(DECISIONS_OF, [team, quarter])
        return [_decision_row(row) for row in rows]


def _invitations(rows: list[Row]) -> list[Invitation]:
    return [
        Invitation(seq, team, model, quarter, person, Stage(stage), author, at)
        for seq, team, model, quarter, person, stage, author, at in rows
    ]


def _decision(seq: int, new: NewDecision, answer: Appended) -> Decision:
    row = answer.row
    return Decision(
        seq=seq,
        team=row.team,
        quarter=row.quarter,
        practice=row.practice,
        answered=row.seq,
        option="" if new.undone else option_of(row.answer),
        reason=plain_text(new.reason),
        votes=dict(new.votes or {}),
        hands=dict(new.hands or {}),
        author=row.author,
        at=row.at,
    )


def _values(one: Decision) -> list[object]:
    about: list[object] = [one.seq, one.team, one.quarter, one.practice, one.answered]
    said = [one.option, one.reason, json.dumps(one.votes), json.dumps(one.hands)]
    return [*about, *said, one.author, one.at]


def _decision_row(row: Row) -> Decision:
    values = (*row[:7], json.loads(row[7]), json.loads(row[8]), *row[9:])
    return Decision(*values)
