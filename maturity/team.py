"""What is stored about a team: itself, its assessments, its targets, its trail.

Records only, as they go into the store and come out of it. Teams and people are
opaque ids everywhere; a team is archived and never deleted, unless it is a demo or
came with a file that is undone.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from maturity.answer import Answer, AnswerRow
from maturity.practice import Serving

NAME_LENGTH = 60

SIZES = ("", "1 to 5 people", "6 to 15 people", "16 to 50 people", "over 50 people")
"""What a team may say of its size; the first says nothing."""


class NameRefusedError(ValueError):
    """A team cannot have this name; the message says why."""


class NameTakenError(NameRefusedError):
    """Another team has this name, perhaps one that is archived."""

    def __init__(self, team: Team) -> None:
        self.team = team
        where = ", which is archived" if team.archived_at else ""
        way_out = "Restore that one, or choose" if team.archived_at else "Choose"
        super().__init__(
            f"There is already a team {team.name!r}{where}. {way_out} another name."
        )


@dataclass(frozen=True)
class Team:
    """Who is assessed."""

    id: str
    name: str
    domain: str = ""
    size: str = ""
    serving: Serving = ""
    demo: bool = False
    archived_at: datetime | None = None


@dataclass(frozen=True)
class NewAnswer:
    """An answer to store."""

    team: str
    quarter: str
    practice: str
    answer: Answer
    author: str
    at: datetime
    respondent: str = ""
    """Empty for the answer that the team agreed on."""


@dataclass(frozen=True)
class Appended:
    """An answer just stored, and the one that was current until then."""

    row: AnswerRow
    before: AnswerRow | None


@dataclass(frozen=True)
class AssessmentRow:
    """A step of an assessment as stored: started, or submitted and so frozen."""

    seq: int
    team: str
    model: str
    quarter: str
    revision: int
    state: Literal["started", "submitted"]
    scope: str
    """Which trained models it covers, in the team's words."""
    edition: str
    hash: str
    """Of the definition it was answered against."""
    counted: tuple[int, ...]
    """The seqs of the answers that the result was computed from."""
    result: str
    """The computed result, as JSON; empty until submitted."""
    author: str
    at: datetime


@dataclass(frozen=True)
class TargetRow:
    """A target as stored; the newest of a category holds."""

    seq: int
    team: str
    model: str
    category: str
    """Empty for the whole model."""
    level: int | None
    """None where the target was removed."""
    by_quarter: str
    author: str
    at: datetime


@dataclass(frozen=True)
class GroupTargetRow(TargetRow):
    """The same of teams together: `team` is a group's id, empty for every team."""

    label: str
    """Of the teams with this label alone; empty for all of them."""
    demo: bool


@dataclass(frozen=True)
class AuditRow:
    """A change that no other row remembers: a new name, an archive, a removal."""

    seq: int
    action: str
    subject: str
    """The id of the team or person it was done to, empty where there is no one."""
    detail: str
    author: str
    at: datetime


def plain_name(text: str) -> str:
    """A name as it is stored: on one line, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(name: str) -> str:
    """What two names have in common when people would call them the same."""
    return plain_name(name).casefold()


def accepted_name(text: str, of: str = "team") -> str:
    """The name of a team, or group, as stored; NameRefusedError if it cannot be one."""
    name = plain_name(text)
    if not name:
        raise NameRefusedError(f"A {of} needs a name.")
    if len(name) > NAME_LENGTH:
        raise NameRefusedError(
            f"A {of}'s name has at most {NAME_LENGTH} characters; "
            f"this one has {len(name)}."
        )
    return name
