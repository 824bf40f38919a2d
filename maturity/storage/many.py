"""What is read of all teams at once: a few queries, however many teams there are.

Results come as the texts that were frozen; what is in them is not known here.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from maturity.answer import Answer, State
from maturity.schema import Row
from maturity.storage.part import Part, distinct
from maturity.team import TargetRow

_SUBMITTED = """
select distinct team, quarter from assessments
where model = $1 and state = 'submitted'
"""
# The highest seq of a quarter is its last revision.
_NEWEST = """
select max(seq) from assessments
where model = $1 and state = 'submitted' and quarter = any($2)
group by team, quarter
"""
_OVERALL = f"""
select
    team, quarter, edition, hash, saved_at,
    cast(cast(result as json) -> 'overall' as text)
from assessments
where seq in ({_NEWEST})
"""
_WHOLE = f"""
select team, quarter, edition, hash, saved_at, result from assessments
where seq in ({_NEWEST})
"""
# Of each team one row: the newest quarter whose last revision is of that edition.
_OF_EDITION = f"""
with of_edition as (
    select seq, row_number() over (partition by team order by quarter desc) as place
    from assessments
    where seq in ({_NEWEST}) and edition = $3
)
select team, quarter, edition, hash, saved_at, result from assessments
where seq in (select seq from of_edition where place = 1)
order by seq
"""
_SAID = """
with submitted as materialized (
    select distinct team, quarter from assessments
    where model = $1 and state = 'submitted'
),
ranked as (
    select
        seq, team, quarter, practice, state, rung, reason, link, evidence_on,
        valid_until,
        row_number() over (
            partition by team, quarter, practice order by seq desc
        ) as place
    from answers
    where
        quarter = any($2) and practice = any($3) and respondent = ''
        and not exists (
            select 1 from submitted
            where submitted.team = answers.team and submitted.quarter = answers.quarter
        )
)
select
    seq, team, quarter, practice, state, rung, reason, link, evidence_on, valid_until
from ranked
where place = 1 and state <> 'cleared'
"""
_ANY_MODEL = """
select team, quarter, result from assessments
where seq in (
    select max(seq) from assessments
    where state = 'submitted' and quarter = any($1)
    group by team, quarter
)
"""
_EVERY = """
select team, model, quarter, revision, edition, hash, saved_at, result
from assessments
where seq in (
    select max(seq) from assessments
    where state = 'submitted' and (cast($1 as text) = '' or team = $1)
    group by team, model, quarter
)
"""
_TARGETS = """
select seq, team, model, category, level, by_quarter, author, saved_at from targets
where model = $1
order by seq
"""


class FrozenRow(NamedTuple):
    """The last revision of one submitted assessment."""

    team: str
    quarter: str
    edition: str
    hash: str
    at: datetime
    text: str
    """Its result as JSON: the whole of it, or the part that was asked for."""


class SubmittedRow(NamedTuple):
    """The last revision of one submitted assessment, whichever model it is of."""

    team: str
    model: str
    quarter: str
    revision: int
    edition: str
    hash: str
    at: datetime
    result: str
    """The whole result as JSON."""


class SaidRow(NamedTuple):
    """A team's current answer to one practice, for a quarter it never submitted."""

    seq: int
    team: str
    quarter: str
    practice: str
    answer: Answer
    """Without the note, which nothing depends on."""


class Many(Part):
    """The part of the store that reads all teams at once."""

    def submitted_quarters(self, model: str) -> list[tuple[str, str]]:
        """Team and quarter of everything that was ever submitted by a model."""
        rows = self.database.read(_SUBMITTED, [model])
        return [(team, quarter) for team, quarter in rows]

    def overall_results(self, model: str, quarters: Collection[str]) -> list[FrozenRow]:
        """The part `overall` of every team's newest result in each quarter."""
        return self._frozen(_OVERALL, model, quarters)

    def whole_results(self, model: str, quarter: str) -> list[FrozenRow]:
        """Every team's newest result of a quarter."""
        return self._frozen(_WHOLE, model, [quarter])

    def results_of_edition(
        self, model: str, edition: str, quarters: Collection[str]
    ) -> list[FrozenRow]:
        """Each team's newest result in these quarters, of one edition."""
        args = [model, distinct(quarters), edition]
        return [FrozenRow(*row) for row in self.database.read(_OF_EDITION, args)]

    def newest_results(self, quarters: Collection[str]) -> list[tuple[str, str, str]]:
        """Team, quarter and whole result of the last submission by any model."""
        return [
            (team, quarter, result)
            for team, quarter, result in self.database.read(
                _ANY_MODEL, [distinct(quarters)]
            )
        ]

    def every_submission(self, team: str = "") -> list[SubmittedRow]:
        """The newest of each team, model and quarter, of all teams or of one."""
        return [SubmittedRow(*row) for row in self.database.read(_EVERY, [team])]

    def unsubmitted_answers(
        self, model: str, quarters: Collection[str], practices: Collection[str]
    ) -> list[SaidRow]:
        """The agreed answers of each team and quarter without a submission."""
        args = [model, distinct(quarters), distinct(practices)]
        # Hundreds of thousands of rows hold a few hundred different answers.
        shared: dict[Row, Answer] = {}
        found = []
        for seq, team, quarter, practice, *said in self.database.read(_SAID, args):
            key = tuple(said)
            answer = shared.get(key)
            if answer is None:
                state, rung, reason, link, *days = key
                answer = Answer(State(state), rung, reason, "", link, *days)
                shared[key] = answer
            found.append(SaidRow(seq, team, quarter, practice, answer))
        return found

    def every_target(self, model: str) -> list[TargetRow]:
        """Every target row of a model, of all teams, oldest first."""
        return [TargetRow(*row) for row in self.database.read(_TARGETS, [model])]

    def _frozen(
        self, sql: str, model: str, quarters: Collection[str]
    ) -> list[FrozenRow]:
        rows = self.database.read(sql, [model, distinct(quarters)])
        return [FrozenRow(*row) for row in rows]
