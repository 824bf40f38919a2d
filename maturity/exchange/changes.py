"""What taking a file in would change, and doing it: all of it or nothing.

A file is compared with the answers that it was made from, so only what was changed in
it counts; where a colleague changed the same answer since, both are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from maturity.answer import Answer, AnswerRow, State, is_web_address, usual_day
from maturity.exchange.lines import (
    NOT_APPLICABLE,
    UNKNOWN,
    FileRefusedError,
    Line,
    Taken,
    line_of,
    quoted,
    sentence,
)
from maturity.practice import Practice
from maturity.quarter import Quarter, now, today
from maturity.service import NOTE_LENGTH, RefusedError, Service
from maturity.team import Appended, NewAnswer, Team, folded


@dataclass(frozen=True)
class Change:
    """One answer that would be written."""

    practice: Practice
    before: AnswerRow | None
    answer: Answer
    overtaken: bool
    """Somebody changed this answer after the file was made."""

    @property
    def was(self) -> str:
        return told(self.practice, self.before.answer if self.before else None)

    @property
    def becomes(self) -> str:
        return told(self.practice, self.answer)


@dataclass(frozen=True)
class Preview:
    """What a file would change for a team in a quarter."""

    team: Team
    quarter: Quarter
    changes: tuple[Change, ...]
    """Those that nobody else touched."""
    conflicts: tuple[Change, ...]
    """Those that somebody changed since the file was made."""
    unchanged: int


def preview(service: Service, team: Team, quarter: Quarter, taken: Taken) -> Preview:
    """Compare a file with what is stored; `FileRefusedError` names every mistake."""
    _check_owner(team, quarter, taken)
    current = service.sheet(team.id, quarter).answers
    base = _base(service, team, quarter, taken)
    changes: list[Change] = []
    conflicts: list[Change] = []
    problems: list[str] = []
    unchanged = 0
    for line in taken.lines:
        now_there = current.get(line.practice.id)
        seen = now_there if line.seq is None else base.get(line.seq)
        if _same(line, line_of(line.practice, seen)):
            unchanged += 1
            continue
        wrong = list(_wrong(line, seen))
        problems += wrong
        if wrong:
            continue
        answer = _answer(line, seen, quarter)
        if answer.evidence_problem:
            name = line.practice.name
            problems.append(f"{line.place}: {name}: {answer.evidence_problem}")
            continue
        if _same(line_with(line, answer), line_of(line.practice, now_there)):
            unchanged += 1
            continue
        overtaken = (now_there.seq if now_there else 0) != (seen.seq if seen else 0)
        change = Change(line.practice, now_there, answer, overtaken)
        (conflicts if overtaken else changes).append(change)
    if problems:
        raise FileRefusedError(taken.name, *problems)
    return Preview(team, quarter, tuple(changes), tuple(conflicts), unchanged)


def take(
    service: Service, seen: Preview, by: str, over: Collection[str] = ()
) -> list[Appended]:
    """Write what was previewed, and the conflicts named by practice id in `over`.

    One transaction; refused as a whole if an answer moved since the preview.
    """
    wanted = [*seen.changes, *(c for c in seen.conflicts if c.practice.id in over)]
    stored = service.store.team(seen.team.id)
    if stored is None or stored.archived_at is not None:
        raise RefusedError(f"{seen.team.name} is archived or gone. Nothing was taken.")
    current = service.sheet(seen.team.id, seen.quarter).answers
    moved = [
        change.practice.name
        for change in wanted
        if current.get(change.practice.id) != change.before
    ]
    if moved:
        raise RefusedError(
            f"Nothing was taken in: somebody has just changed {', '.join(moved)}. "
            "Look at the changes again, then decide."
        )
    at = now()
    return service.store.append(
        [
            NewAnswer(
                seen.team.id,
                str(seen.quarter),
                change.practice.id,
                change.answer,
                author=by,
                at=at,
            )
            for change in wanted
        ]
    )


def undo(service: Service, appended: Sequence[Appended], by: str) -> list[Appended]:
    """Put back what a file replaced, all of it; an answer changed since stays."""
    teams = {(one.row.team, one.row.quarter) for one in appended}
    current = {
        practice: row.seq
        for team, quarter in teams
        for practice, row in service.sheet(team, Quarter.parse(quarter)).answers.items()
    }
    at = now()
    return service.store.append(
        [
            NewAnswer(
                one.row.team,
                one.row.quarter,
                one.row.practice,
                one.before.answer if one.before else Answer(State.CLEARED),
                author=by,
                at=at,
            )
            for one in appended
            if current.get(one.row.practice) == one.row.seq
        ]
    )


def told(practice: Practice, answer: Answer | None) -> str:
    """An answer with all that was said beside it, in one text."""
    line = line_of(practice, None)
    if answer is not None:
        line = line_with(line, answer)
    said = [sentence(practice, line.choice) or "Not answered"]
    if line.reason and line.choice == NOT_APPLICABLE:
        said[0] += f": {line.reason}"
    if line.note:
        said.append(f"note: {line.note}")
    if line.link:
        dated = f" of {line.evidence_on}" if line.evidence_on else ""
        until = f", valid until {line.valid_until}" if line.valid_until else ""
        checked = ", reviewed" if answer is not None and answer.reviewed else ""
        said.append(f"evidence{dated}{until}{checked}: {line.link}")
    return "; ".join(said)


def line_with(line: Line, answer: Answer) -> Line:
    """A line that says what an answer says."""
    row = AnswerRow(0, "", "", line.practice.id, "", answer, "", now())
    return replace(line_of(line.practice, row), place=line.place, seq=line.seq)


def _check_owner(team: Team, quarter: Quarter, taken: Taken) -> None:
    by_name = taken.team_name and folded(taken.team_name) != folded(team.name)
    if taken.team != team.id if taken.team else by_name:
        raise FileRefusedError(
            taken.name,
            f"was made for the team {quoted(taken.team_name or taken.team)}, and this "
            f"is {quoted(team.name)}; choose that team, or download a file for this "
            "one",
        )
    if taken.quarter is not None and taken.quarter != quarter:
        raise FileRefusedError(
            taken.name,
            f"was made for {taken.quarter.label}, and this is {quarter.label}; choose "
            "that quarter, or download a file for this one",
        )


def _base(
    service: Service, team: Team, quarter: Quarter, taken: Taken
) -> Mapping[int, AnswerRow]:
    """The answers that the file was made from, as they are stored."""
    wanted = {line.seq: line for line in taken.lines if line.seq}
    rows = {row.seq: row for row in service.store.rows(sorted(wanted))}
    for seq, line in wanted.items():
        row = rows.get(seq)
        if row is None or (row.team, row.quarter, row.practice) != (
            team.id,
            str(quarter),
            line.practice.id,
        ):
            raise FileRefusedError(
                taken.name,
                f"{line.place}: the answer that {line.practice.id} had when this file "
                "was made is not in this database; download the file again here",
            )
    return rows


def _same(one: Line, other: Line) -> bool:
    return _said(one) == _said(other)


def _said(line: Line) -> tuple[object, ...]:
    texts = (_plain(line.reason), _plain(line.note), _plain(line.link))
    return (line.choice, *texts, line.evidence_on, line.valid_until)


def _plain(text: str) -> str:
    """A text as every format brings it back: one kind of line end, no control marks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or ord(c) >= 32)
    return "".join(kept).strip()


def _wrong(line: Line, seen: AnswerRow | None) -> Iterator[str]:
    name = line.practice.name
    if line.choice == NOT_APPLICABLE and not line.reason.strip():
        yield f"{line.place}: {name} is not applicable without a reason; write one"
    if line.reason.strip() and line.choice != NOT_APPLICABLE:
        yield (
            f"{line.place}: {name} has a reason for not applicable and another answer; "
            "choose Not applicable, or take the reason out"
        )
    if line.link and not is_web_address(line.link):
        yield (
            f"{line.place}: {quoted(line.link)} is no link; it begins with https:// or "
            "http://, and anything else goes into the note"
        )
    day = line.evidence_on
    before = seen.answer.evidence_on if seen else None
    if day is not None and day != before and not date(2000, 1, 1) <= day <= today():
        yield f"{line.place}: the evidence for {name} is dated {day}, which cannot be"
    for text in (line.reason, line.note, line.link):
        if len(text) > NOTE_LENGTH:
            yield (
                f"{line.place}: a text for {name} has {len(text):,} characters, and "
                f"at most {NOTE_LENGTH:,} are kept; shorten it"
            )


def _answer(line: Line, seen: AnswerRow | None, quarter: Quarter) -> Answer:
    """The answer to store; a link that is new and has no date is of the usual day."""
    before = seen.answer if seen else Answer(State.CLEARED)
    day = line.evidence_on
    if line.link and day is None and _plain(line.link) != _plain(before.link):
        day = usual_day(quarter)
    said = before.but(
        note=_plain(line.note),
        link=_plain(line.link),
        evidence_on=day if line.link else None,
        valid_until=line.valid_until if line.link else None,
        reason=_plain(line.reason) if line.choice == NOT_APPLICABLE else "",
    )
    if line.choice == line_of(line.practice, seen).choice:
        return said
    if line.choice == UNKNOWN:
        return said.but(state=State.UNKNOWN, rung="")
    if line.choice == NOT_APPLICABLE:
        return said.but(state=State.NOT_APPLICABLE, rung="")
    if line.choice:
        return said.but(state=State.RUNG, rung=line.choice)
    return said.but(state=State.CLEARED, rung="")
