"""What pages and the command line ask for: read, answer, keep, submit, aim.

Every write takes the id of the acting person (`by`, "" for someone without a name)
and checks what it is given again: a widget's options are no security boundary.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from maturity import library as files
from maturity.answer import Answer, State, is_web_address
from maturity.quarter import Quarter, now
from maturity.reading import freeze
from maturity.readings import Readings
from maturity.scoring import score
from maturity.storage import TeamGoneError
from maturity.team import Appended, AssessmentRow, NewAnswer

NOTE_LENGTH = 2000


class RefusedError(Exception):
    """Something asked for cannot be done; the message says why and what to do."""


class Service(Readings):
    """What is on record, and what may be added to it."""

    # Answers

    def answer(
        self,
        team: str,
        quarter: Quarter,
        practice: str,
        answer: Answer,
        by: str,
        respondent: str = "",
    ) -> Appended:
        """Save one answer, whole; what was current until now comes back with it."""
        self.check(practice, answer)
        row = NewAnswer(team, str(quarter), practice, answer, by, now(), respondent)
        try:
            return self.store.append([row])[0]
        except TeamGoneError as error:
            raise RefusedError(str(error)) from error

    def keep(
        self,
        team: str,
        quarter: Quarter,
        practices: Collection[str],
        by: str,
        respondent: str = "",
    ) -> list[Appended]:
        """Keep the carried answers of some practices, with their own evidence dates."""
        carried = self.sheet(team, quarter, respondent).carried
        at = now()
        rows = [
            NewAnswer(
                team,
                str(quarter),
                practice,
                replace(carried[practice].answer, state=State.KEPT),
                author=by,
                at=at,
                respondent=respondent,
            )
            for practice in practices
            if practice in carried
        ]
        asked_again = [row.seq for row in carried.values()]
        return self.store.append(rows, unless_answered=True, but=asked_again)

    def restore(self, team: str, quarter: Quarter, seq: int, by: str) -> Appended:
        """Copy an old answer row, so that it is the current one again."""
        rows = self.store.rows([seq])
        if not rows or rows[0].team != team:
            raise RefusedError("That answer is not one of this team's.")
        return self.answer(team, quarter, rows[0].practice, rows[0].answer, by)

    def check(self, practice_id: str, answer: Answer) -> None:
        """RefusedError where an answer cannot be one of this practice's."""
        practice = self.practice(practice_id)
        if practice is None:
            raise RefusedError(f"There is no practice {practice_id}.")
        if answer.rung and practice.rung(answer.rung) is None:
            raise RefusedError(f"{practice.name} has no answer {answer.rung!r}.")
        if answer.link and not is_web_address(answer.link):
            raise RefusedError(
                "A link to evidence begins with https:// or http://; put anything "
                "else in the note."
            )
        if answer.evidence_problem:
            raise RefusedError(answer.evidence_problem)
        _check_length(answer.note, answer.reason, answer.link)

    # Assessments

    def start(
        self, team: str, model: str, quarter: Quarter, scope: str, by: str
    ) -> AssessmentRow:
        """Start an assessment, or change what it covers."""
        _check_length(scope)
        definition = self.library.definition(model)
        return self.store.start(
            team,
            model,
            str(quarter),
            scope=scope.strip(),
            hash=files.fingerprint(definition),
            edition=definition.model.edition,
            by=by,
            at=now(),
        )

    def submit(
        self, team: str, model: str, quarter: Quarter, scope: str, by: str
    ) -> AssessmentRow:
        """Freeze the assessment: its answers, its model and its result.

        Nothing answered at all is refused; open questions are not.
        """
        _check_length(scope)
        definition = self.definition(team, model)
        sheet = self.sheet(team, quarter)
        asked = {p.id for p in definition.asked}
        counted = {p: row for p, row in sheet.given().items() if p in asked}
        if not counted:
            raise RefusedError(
                "Nothing is answered yet. Answer at least one question, then submit."
            )
        answers = {practice: row.answer for practice, row in counted.items()}
        digest = files.fingerprint(definition)
        text = files.canonical(definition)
        self.store.define(digest, model, definition.model.edition, text)
        return self.store.submit(
            team,
            model,
            str(quarter),
            scope=scope.strip(),
            hash=digest,
            edition=definition.model.edition,
            counted=tuple(sorted(row.seq for row in counted.values())),
            result=freeze(score(definition, answers, quarter)),
            by=by,
            at=now(),
        )

    # Targets

    def set_target(
        self,
        team: str,
        model: str,
        category: str,
        level: int | None,
        by_quarter: Quarter | None,
        by: str,
    ) -> None:
        """Set the target of a category, or of the whole model (""); None removes it."""
        self.check_target(model, category, level)
        self.store.set_target(
            team,
            model,
            category=category,
            level=level,
            by_quarter=str(by_quarter) if by_quarter else "",
            by=by,
            at=now(),
        )

    def check_target(self, model: str, category: str, level: int | None) -> None:
        """RefusedError where nobody can aim for this; None, no target, is fine."""
        chosen = self.library.definition(model).model
        if category not in ("", *(c.id for c in chosen.deciding)):
            raise RefusedError(f"{chosen.short_name} has no category {category!r}.")
        if level is not None and not chosen.lowest < level <= chosen.top:
            raise RefusedError(f"{chosen.short_name} has no level {level} to aim for.")


def _check_length(*texts: str) -> None:
    if any(len(text) > NOTE_LENGTH for text in texts):
        raise RefusedError(f"A text here has at most {NOTE_LENGTH:,} characters.")
