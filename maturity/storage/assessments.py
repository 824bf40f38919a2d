"""Assessments and definitions in the store: rows are only ever added.

A submitted row is never changed; whoever submits again adds a revision.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from maturity.schema import Execute, Row
from maturity.storage.part import Part, count_change, next_seqs, plain_text
from maturity.team import AssessmentRow

_DEFINE = """
insert into definitions (hash, model, edition, canonical)
values ($1, $2, $3, $4)
on conflict (hash) do nothing
"""
_DEFINITION = "select canonical from definitions where hash = $1"

_ASSESSMENTS = """
select
    seq, team, model, quarter, revision, state, scope, edition, hash, counted,
    result, author, saved_at
from assessments
where cast($1 as text) = '' or model = $1
order by seq
"""
ASSESSMENTS_OF = """
with of_team as materialized (
    select * from assessments where team = $1
)
select
    seq, team, model, quarter, revision, state, scope, edition, hash, counted,
    result, author, saved_at
from of_team
where cast($2 as text) = '' or model = $2
order by seq
"""
_ADD = """
insert into assessments (
    seq, team, model, quarter, revision, state, scope, edition, hash, counted,
    result, author, saved_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


class Assessments(Part):
    """The part of the store that holds assessments and definitions."""

    def define(self, hash: str, model_id: str, edition: str, text: str) -> None:
        """Keep a definition's canonical text; once for each hash."""
        if self.definition(hash) is None:
            with self.database.transaction() as execute:
                execute(_DEFINE, [hash, model_id, edition, text])

    def definition(self, hash: str) -> str | None:
        rows = self.database.read(_DEFINITION, [hash])
        return str(rows[0][0]) if rows else None

    def start(
        self,
        team: str,
        model: str,
        quarter: str,
        *,
        scope: str,
        hash: str,
        edition: str,
        by: str,
        at: datetime,
    ) -> AssessmentRow:
        """Start an assessment, or a new revision of a submitted one.

        Started already, the row there is comes back; another scope adds a row.
        """
        scope = plain_text(scope)
        latest = _latest(self.assessments(team, model), quarter)
        if latest and latest.state == "started" and latest.scope == scope:
            return latest
        with self.database.transaction() as execute:
            count_change(execute, team)
            latest = _latest(_assessments_of(execute, team, model), quarter)
            if latest and latest.state == "started" and latest.scope == scope:
                return latest
            return _add(
                execute,
                AssessmentRow(
                    seq=0,
                    team=team,
                    model=model,
                    quarter=quarter,
                    revision=_revision(latest),
                    state="started",
                    scope=scope,
                    edition=edition,
                    hash=hash,
                    counted=(),
                    result="",
                    author=by,
                    at=at,
                ),
            )

    def submit(
        self,
        team: str,
        model: str,
        quarter: str,
        *,
        hash: str,
        edition: str,
        counted: tuple[int, ...],
        result: str,
        scope: str,
        by: str,
        at: datetime,
    ) -> AssessmentRow:
        """Freeze what was answered and what it came to.

        The same submission twice, as by two people at once, is one row.
        """
        scope = plain_text(scope)
        with self.database.transaction() as execute:
            count_change(execute, team)
            latest = _latest(_assessments_of(execute, team, model), quarter)
            if (
                latest
                and latest.state == "submitted"
                and (latest.hash, latest.counted, latest.result, latest.scope)
                == (hash, counted, result, scope)
            ):
                return latest
            return _add(
                execute,
                AssessmentRow(
                    seq=0,
                    team=team,
                    model=model,
                    quarter=quarter,
                    revision=_revision(latest),
                    state="submitted",
                    scope=scope,
                    edition=edition,
                    hash=hash,
                    counted=counted,
                    result=result,
                    author=by,
                    at=at,
                ),
            )

    def assessments(
        self, team: str | None = None, model: str | None = None
    ) -> list[AssessmentRow]:
        """Every row, oldest first, of all teams and models or of one."""
        if team is None:
            rows = self.database.read(_ASSESSMENTS, [model or ""])
        else:
            rows = self.database.read(ASSESSMENTS_OF, [team, model or ""])
        return [_assessment_row(row) for row in rows]


def _latest(rows: list[AssessmentRow], quarter: str) -> AssessmentRow | None:
    return next((row for row in reversed(rows) if row.quarter == quarter), None)


def _revision(latest: AssessmentRow | None) -> int:
    if latest is None:
        return 1
    return latest.revision + (latest.state == "submitted")


def _assessments_of(execute: Execute, team: str, model: str) -> list[AssessmentRow]:
    return [_assessment_row(row) for row in execute(ASSESSMENTS_OF, [team, model])]


def _add(execute: Execute, row: AssessmentRow) -> AssessmentRow:
    (seq,) = next_seqs(execute, "assessment_seq")
    about = [row.team, row.model, row.quarter, row.revision, row.state, row.scope]
    frozen = [row.edition, row.hash, json.dumps(row.counted), row.result]
    execute(_ADD, [seq, *about, *frozen, row.author, row.at])
    return replace(row, seq=seq)


def _assessment_row(row: Row) -> AssessmentRow:
    values = (*row[:9], tuple(json.loads(row[9])), *row[10:])
    return AssessmentRow(*values)
