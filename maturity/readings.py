"""What a team's quarters hold, read from the store through the library.

A submitted quarter is read as it was frozen, everything else as it stands today.
Nothing is changed here; `service.py` adds that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from maturity import library as files
from maturity.answer import Answer, AnswerRow, State
from maturity.library import Library
from maturity.model import Definition
from maturity.practice import Practice, Serving
from maturity.quarter import Quarter
from maturity.reading import Reading, Targets, in_force, is_open, served, thaw
from maturity.scoring import score
from maturity.storage import ModelGoneError, Store
from maturity.team import AssessmentRow, Team

CARRIED_QUARTERS = 4
"""How far back an answer is offered again."""


@dataclass(frozen=True)
class Sheet:
    """What a team has said in a quarter, and what earlier quarters offer."""

    team: str
    quarter: Quarter
    answers: Mapping[str, AnswerRow]
    """By practice id: this quarter's current rows; a cleared one may hold a note."""
    carried: Mapping[str, AnswerRow]
    """By practice id: the answers of earlier quarters, offered and not yet kept."""

    def given(self) -> dict[str, AnswerRow]:
        """The rows that answer: cleared ones left out."""
        return {
            practice: row
            for practice, row in self.answers.items()
            if row.answer.state is not State.CLEARED
        }

    def current(self) -> dict[str, Answer]:
        return {practice: row.answer for practice, row in self.given().items()}

    def if_kept(self) -> dict[str, Answer]:
        offered = {practice: row.answer for practice, row in self.carried.items()}
        return {**offered, **self.current()}


class Readings:
    """One store read through one library."""

    def __init__(self, store: Store, library: Library) -> None:
        self.store = store
        self.library = library

    # Answers

    def sheet(self, team: str, quarter: Quarter, respondent: str = "") -> Sheet:
        """The answers of a quarter, with those offered from the four before.

        They are the team's, as agreed, or one respondent's own. An answer to a ladder
        that a newer edition has changed is offered again like those of before.
        """
        quarters = [quarter.shift(-back) for back in range(CARRIED_QUARTERS + 1)]
        by_quarter: dict[str, dict[str, AnswerRow]] = {str(q): {} for q in quarters}
        for row in self.store.current(team, list(by_quarter), respondent):
            by_quarter[row.quarter][row.practice] = row
        nearest: dict[str, AnswerRow] = {}
        for earlier in quarters:
            for practice, row in by_quarter[str(earlier)].items():
                if row.answer.state is not State.CLEARED:
                    nearest.setdefault(practice, row)
        sheet = Sheet(team, quarter, self._of_today(by_quarter[str(quarter)]), {})
        carried = {
            practice: row
            for practice, row in nearest.items()
            if practice not in sheet.given() and self._answers(row)
        }
        return replace(sheet, carried=carried)

    def _of_today(self, rows: Mapping[str, AnswerRow]) -> dict[str, AnswerRow]:
        """Answers as they stand; those to a ladder that has changed are asked again."""
        changed = self.library.changed_ladder
        return {
            practice: _asked_again(row) if changed(practice, row.seq) else row
            for practice, row in rows.items()
        }

    def _answers(self, row: AnswerRow) -> bool:
        """Whether a row still answers its question; what is open is not offered."""
        practice = self.practice(row.practice)
        return practice is not None and not is_open(practice, row.answer)

    def practice(self, practice_id: str) -> Practice | None:
        """A practice of the library or of any model; None if there is none."""
        found = self.library.practices.get(practice_id)
        if found is not None:
            return found
        own = (p for m in self.library.models.values() for p in m.practices)
        return next((p for p in own if p.id == practice_id), None)

    # Assessments

    def definition(self, team: Team | str, model: str) -> Definition:
        """A model as a team is asked it; KeyError if there is no such model.

        What does not apply to how the team serves is left out of it, and so of every
        draft, submission, file and count that is made with it.
        """
        known = self.store.team(team) if isinstance(team, str) else team
        return self.library.definition(model).of(known.serving if known else "")

    def served(self, team: Team, quarter: Quarter) -> Serving:
        """How a team served in a quarter: as last submitted in it, if it is over."""
        rows = self.store.assessments(team.id) if quarter < Quarter.current() else []
        there = [r for r in rows if r.quarter == str(quarter) and r.result]
        return served(there[-1].result) if there else team.serving

    def assessment(
        self, team: str, model: str, quarter: Quarter
    ) -> AssessmentRow | None:
        """The newest row of an assessment, started or submitted."""
        rows = [
            r for r in self.store.assessments(team, model) if r.quarter == str(quarter)
        ]
        return rows[-1] if rows else None

    def submissions(self, team: str, model: str) -> dict[Quarter, AssessmentRow]:
        """The newest submitted row of each quarter, oldest quarter first."""
        newest = {
            Quarter.parse(row.quarter): row
            for row in self.store.assessments(team, model)
            if row.state == "submitted"
        }
        return dict(sorted(newest.items()))

    def latest(self, team: str, model: str) -> Quarter | None:
        """The quarter of the latest submission, else of the latest start."""
        rows = self.store.assessments(team, model)
        submitted = [r.quarter for r in rows if r.state == "submitted"]
        quarters = submitted or [r.quarter for r in rows]
        return Quarter.parse(max(quarters)) if quarters else None

    # Readings

    def draft(
        self,
        team: Team,
        model: str,
        quarter: Quarter,
        serving: Serving | None = None,
    ) -> Reading:
        """The answers as they stand, read through today's model.

        `serving` is how the team served then; None for how it serves today.
        """
        definition = self.definition(team, model)
        if serving is not None:
            definition = definition.of(serving)
        sheet = self.sheet(team.id, quarter)
        asked = {p.id for p in definition.asked}
        answers = {p: a for p, a in sheet.current().items() if p in asked}
        carried = [p for p in sheet.carried if p in asked]
        result = score(definition, answers, quarter)
        if_kept = result
        if carried:
            if_kept = score(definition, sheet.if_kept(), quarter)
        return Reading(
            team=team,
            definition=definition,
            quarter=quarter,
            answers=definition.counted(answers),
            result=result,
            if_kept=if_kept,
            carried=len(carried),
            submitted=None,
            changed=0,
            targets=self.targets(team.id, model, quarter),
        )

    def reading(self, team: Team, model: str, quarter: Quarter) -> Reading | None:
        """A quarter as submitted, else its draft; None where nothing is answered."""
        submitted = self.submissions(team.id, model).get(quarter)
        if submitted is not None:
            return self._frozen(team, submitted)
        if model not in self.library.models:
            return None
        draft = self.draft(team, model, quarter, self.served(team, quarter))
        started = self.assessment(team.id, model, quarter) is not None
        return draft if started or draft.begun else None

    def history(self, team: Team, model: str) -> list[Reading]:
        """Every submitted quarter, oldest first."""
        submissions = self.submissions(team.id, model)
        return [self._frozen(team, row) for row in submissions.values()]

    def frozen_model(self, hash: str, quarter: str) -> Definition:
        """The model as it was when something was submitted, its practices included."""
        text = self.store.definition(hash)
        if text is None:
            raise ModelGoneError(quarter)
        return _restored(text)

    def _frozen(self, team: Team, row: AssessmentRow) -> Reading:
        definition = self.frozen_model(row.hash, row.quarter)
        quarter = Quarter.parse(row.quarter)
        counted = {r.practice: r for r in self.store.rows(row.counted)}
        result = thaw(row.result, definition)
        definition = definition.of(result.serving)
        asked = {p.id for p in definition.asked}
        today = {
            r.practice: r.answer
            for r in self.store.current(team.id, [row.quarter])
            if r.practice in asked and r.answer.state is not State.CLEARED
        }
        answers = {practice: r.answer for practice, r in counted.items()}
        return Reading(
            team=team,
            definition=definition,
            quarter=quarter,
            answers=definition.counted(answers),
            result=result,
            if_kept=result,
            carried=0,
            submitted=row,
            changed=sum(
                answers.get(practice) != today.get(practice)
                for practice in {*answers, *today}
            ),
            targets=self.targets(team.id, row.model, quarter),
        )

    def targets(self, team: str, model: str, quarter: Quarter) -> Targets:
        """The targets in force in a quarter: the newest set by its last day."""
        return in_force(self.store.targets(team, model), quarter)


def _asked_again(row: AnswerRow) -> AnswerRow:
    """The row without its answer; what was noted with it stays."""
    cleared = row.answer.but(state=State.CLEARED, rung="", reason="")
    return replace(row, answer=cleared)


@lru_cache(maxsize=64)
def _restored(text: str) -> Definition:
    return files.restore(text)
