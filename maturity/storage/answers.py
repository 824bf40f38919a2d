"""Answers in the store: rows are only ever added, and the highest seq is current.

The clock decides nothing, so two people who answer at once both stay in the history,
and each hears what was current before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from maturity.answer import Answer, AnswerRow, State
from maturity.schema import Execute, Row
from maturity.storage.part import (
    Part,
    count_change,
    distinct,
    insert_rows,
    next_seqs,
    plain_text,
)
from maturity.team import Appended, NewAnswer

# `materialized` keeps the other conditions away from the first: DuckDB takes the
# index on team only where team is all that is asked of the table.
CURRENT = """
with of_team as materialized (
    select * from answers where team = $1
),
ranked as (
    select
        *,
        row_number() over (partition by quarter, practice order by seq desc) as place
    from of_team
    where respondent = $2 and quarter = any($3)
)
select
    seq, team, quarter, practice, respondent, state, rung, reason, note, link,
    evidence_on, valid_until, reviewed_by, reviewed_on, author, saved_at
from ranked
where place = 1
order by seq
"""

# Only the numbers: reading whole rows of the team would take twice as long.
_NEWEST = """
with of_team as materialized (
    select seq, quarter, practice, respondent from answers where team = $1
)
select max(seq)
from of_team
where respondent = $2 and quarter = any($3) and practice = any($4)
group by quarter, practice
"""

_HISTORY = """
with of_team as materialized (
    select * from answers where team = $1
)
select
    seq, team, quarter, practice, respondent, state, rung, reason, note, link,
    evidence_on, valid_until, reviewed_by, reviewed_on, author, saved_at
from of_team
where practice = $2 and (cast($3 as text) = '' or quarter = $3)
order by seq
"""

_ROWS = """
select
    seq, team, quarter, practice, respondent, state, rung, reason, note, link,
    evidence_on, valid_until, reviewed_by, reviewed_on, author, saved_at
from answers
where seq = any($1)
order by seq
"""

_INSERT = """
insert into answers (
    seq, team, quarter, practice, respondent, state, rung, reason, note, link,
    evidence_on, valid_until, reviewed_by, reviewed_on, author, saved_at
)
values
"""


class Answers(Part):
    """The part of the store that holds answers."""

    def append(
        self,
        rows: Sequence[NewAnswer],
        *,
        unless_answered: bool = False,
        but: Collection[int] = (),
    ) -> list[Appended]:
        """Store answers, all or none, each with the one that was current until now.

        `unless_answered` leaves out what somebody has answered in that quarter by
        then, so that keeping an old answer never covers a colleague's new one. The
        rows with the seqs `but` do not count as answers.
        """
        if not rows:
            return []
        with self.database.transaction() as execute:
            count_change(execute, *(row.team for row in rows))
            if unless_answered:
                newest = _newest(execute, rows)
                rows = [
                    row for row in rows if not _answered(newest.get(_key(row)), but)
                ]
            return append_to(execute, rows)

    def current(
        self, team: str, quarters: Sequence[str], respondent: str = ""
    ) -> list[AnswerRow]:
        """The current row of each practice in each quarter, cleared ones included."""
        if not quarters:
            return []
        args = [team, respondent, distinct(quarters)]
        return [_answer_row(row) for row in self.database.read(CURRENT, args)]

    def rows(self, seqs: Sequence[int]) -> list[AnswerRow]:
        """The rows with these seqs, lowest first; unknown ones are left out."""
        if not seqs:
            return []
        return [_answer_row(row) for row in self.database.read(_ROWS, [list(seqs)])]

    def history(
        self, team: str, practice: str, quarter: str | None = None
    ) -> list[AnswerRow]:
        """Every row of one practice, oldest first."""
        args = [team, practice, quarter or ""]
        return [_answer_row(row) for row in self.database.read(_HISTORY, args)]


def append_to(execute: Execute, rows: Sequence[NewAnswer]) -> list[Appended]:
    """Store answers within a transaction that has counted the change."""
    newest = _newest(execute, rows)
    appended = []
    seqs = next_seqs(execute, "answer_seq", len(rows))
    for seq, new in zip(seqs, rows, strict=True):
        row = AnswerRow(
            seq=seq,
            team=new.team,
            quarter=new.quarter,
            practice=new.practice,
            respondent=new.respondent,
            answer=_storable(new.answer),
            author=new.author,
            at=new.at,
        )
        appended.append(Appended(row, newest.get(_key(row))))
        newest[_key(row)] = row
    insert_rows(execute, _INSERT, [tuple(_values(a.row)) for a in appended])
    return appended


_Key = tuple[str, str, str, str]


def _key(row: AnswerRow | NewAnswer) -> _Key:
    return row.team, row.quarter, row.practice, row.respondent


def _answered(row: AnswerRow | None, but: Collection[int]) -> bool:
    if row is None or row.seq in but:
        return False
    return row.answer.state is not State.CLEARED


def _newest(execute: Execute, rows: Sequence[NewAnswer]) -> dict[_Key, AnswerRow]:
    """The current rows, by key, of what the new ones are about."""
    about: dict[tuple[str, str], list[NewAnswer]] = {}
    for row in rows:
        about.setdefault((row.team, row.respondent), []).append(row)
    seqs: list[int] = []
    for (team, respondent), asked in about.items():
        quarters = distinct([row.quarter for row in asked])
        practices = distinct([row.practice for row in asked])
        newest = execute(_NEWEST, [team, respondent, quarters, practices])
        seqs += [seq for (seq,) in newest]
    found = execute(_ROWS, [seqs]) if seqs else []
    return {_key(row): row for row in map(_answer_row, found)}


def _values(row: AnswerRow) -> Iterator[object]:
    answer = row.answer
    yield from (row.seq, row.team, row.quarter, row.practice, row.respondent)
    yield from (answer.state.value, answer.rung, answer.reason, answer.note)
    yield from (answer.link, answer.evidence_on, answer.valid_until)
    yield from (answer.reviewed_by, answer.reviewed_on, row.author, row.at)


def _storable(answer: Answer) -> Answer:
    return replace(
        answer,
        reason=plain_text(answer.reason),
        note=plain_text(answer.note),
        link=plain_text(answer.link),
    )


def _answer_row(row: Row) -> AnswerRow:
    seq, team, quarter, practice, respondent, state, *said, author, at = row
    return AnswerRow(
        seq,
        team,
        quarter,
        practice,
        respondent,
        Answer(State(state), *said),
        author,
        at,
    )
