"""What a file of answers holds, whatever its format, and how it is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from maturity.answer import Answer, AnswerRow, State
from maturity.model import Definition
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.team import Team

LARGEST = 10 * 1024 * 1024
VERSION = 1
MOST_MESSAGES = 20
LONGEST_QUOTE = 60

UNKNOWN = "unknown"
NOT_APPLICABLE = "not-applicable"
WORDS = {UNKNOWN: "We don't know", NOT_APPLICABLE: "Not applicable"}
"""The two answers that are no rung, as files say them to people."""


class FileRefusedError(Exception):
    """A file cannot be taken in; each line of the message names a place in it."""

    def __init__(self, name: str, *reasons: str) -> None:
        said = list(dict.fromkeys(reasons))
        if len(said) > MOST_MESSAGES:
            left = len(said) - MOST_MESSAGES
            said[MOST_MESSAGES:] = [f"{left} more problems follow"]
        super().__init__("\n".join(f"{name}: {reason}" for reason in said))


@dataclass(frozen=True)
class Sheet:
    """What a questionnaire is written from."""

    team: Team
    quarter: Quarter
    definition: Definition
    rows: Mapping[str, AnswerRow]
    """By practice id: this quarter's current rows; a cleared one may hold a note."""
    earlier: Mapping[str, AnswerRow]
    """By practice id: answers of earlier quarters that were not kept yet."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of people by id, as far as they are known."""


@dataclass(frozen=True)
class Line:
    """One practice, as a file answers it."""

    place: str
    """Where it stands: a sheet and a row, a line, a key."""
    practice: Practice
    choice: str
    """A rung id, UNKNOWN, NOT_APPLICABLE, or "" for no answer."""
    reason: str = ""
    note: str = ""
    link: str = ""
    evidence_on: date | None = None
    valid_until: date | None = None
    reviewed_by: str = ""
    """The id of who reviewed the evidence; goes out, and is never taken in."""
    reviewed_on: date | None = None
    seq: int | None = None
    """The row that was current when the file was made, 0 for none; None: not said."""


@dataclass(frozen=True)
class Taken:
    """A file that was read without a mistake."""

    name: str
    lines: tuple[Line, ...]
    team: str = ""
    """The id of the team it was made for; empty where the file does not say."""
    team_name: str = ""
    quarter: Quarter | None = None


def line_of(practice: Practice, row: AnswerRow | None) -> Line:
    """A stored answer as a file says it."""
    answer = row.answer if row else Answer(State.CLEARED)
    choice = choice_of(answer)
    return Line(
        place="",
        practice=practice,
        choice=choice,
        # Beside any other answer a reason says nothing.
        reason=answer.reason if choice == NOT_APPLICABLE else "",
        note=answer.note,
        link=answer.link,
        evidence_on=answer.evidence_on,
        valid_until=answer.valid_until,
        reviewed_by=answer.reviewed_by,
        reviewed_on=answer.reviewed_on,
        seq=row.seq if row else 0,
    )


def choice_of(answer: Answer) -> str:
    if answer.chosen:
        return answer.chosen
    if answer.state is State.UNKNOWN:
        return UNKNOWN
    if answer.state is State.NOT_APPLICABLE or answer.not_applicable:
        return NOT_APPLICABLE
    return ""


def sentence(practice: Practice, choice: str) -> str:
    """A choice as people read it; a rung that is no more is shown by its id."""
    rung = practice.rung(choice)
    return rung.text if rung else WORDS.get(choice, choice)


def choice_from(practice: Practice, text: str) -> str | None:
    """The choice that a text means: a rung's sentence or id, or one of the words."""
    said = " ".join(text.split()).casefold()
    meanings = {"": ""}
    meanings |= {words.casefold(): choice for choice, words in WORDS.items()}
    meanings |= {choice: choice for choice in WORDS}
    meanings |= {rung.id.casefold(): rung.id for rung in practice.rungs}
    meanings |= {" ".join(r.text.split()).casefold(): r.id for r in practice.rungs}
    return meanings.get(said)


def stamp(practice: Practice) -> str:
    """Changes when a ladder does: a file with another one is of another edition."""
    ladder = json.dumps([[rung.id, rung.text] for rung in practice.rungs])
    return hashlib.sha256(ladder.encode()).hexdigest()[:16]


def quoted(value: object) -> str:
    """What a file holds as a message shows it: on one line, and not too long."""
    text = " ".join(str(value)[: 4 * LONGEST_QUOTE].split())
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…")


def day_from(value: object) -> date | None:
    """A day as text, 2026-11-24; ValueError where it is none."""
    text = str(value).strip()
    return date.fromisoformat(text[:10]) if text else None


def twice(lines: Iterable[Line]) -> list[str]:
    """What a file answers more than once, as reasons to refuse it."""
    seen: dict[str, str] = {}
    found = []
    for line in lines:
        if line.practice.id in seen:
            found.append(
                f"{line.place}: {line.practice.id} is answered in "
                f"{seen[line.practice.id]} already; keep one of the two"
            )
        seen.setdefault(line.practice.id, line.place)
    return found
