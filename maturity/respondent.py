"""Several people answer one assessment: who is invited, and what was decided.

Both are rows that are only ever added. What a person answers is a row of `answers`
with their id as the respondent; the agreed answer is the one without a respondent,
and only that one is ever scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maturity.answer import Answer, State

UNKNOWN = "?"
"""The option of whoever does not know."""
NOT_APPLICABLE = "-"


class Stage(StrEnum):
    """How far an invited person is."""

    INVITED = "invited"
    VOTING = "voting"
    """Votes in the workshop: shown there as it stands, and still being changed."""
    SUBMITTED = "submitted"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


ANSWERING = frozenset({Stage.INVITED, Stage.VOTING, Stage.REOPENED})
"""The stages in which a person may still answer."""

_AFTER: Mapping[Stage, frozenset[Stage | None]] = {
    Stage.INVITED: frozenset({None, Stage.WITHDRAWN}),
    Stage.VOTING: frozenset({Stage.INVITED, Stage.REOPENED}),
    Stage.SUBMITTED: ANSWERING,
    Stage.REOPENED: frozenset({Stage.SUBMITTED, Stage.VOTING}),
    Stage.WITHDRAWN: ANSWERING | {Stage.SUBMITTED},
}


def may_follow(stage: Stage, now: Stage | None) -> bool:
    """Whether a person at `now`, None for one never invited, can come to `stage`."""
    return now in _AFTER[stage]


@dataclass(frozen=True)
class Invitation:
    """What was last said about a person's part in an assessment, as stored."""

    seq: int
    team: str
    model: str
    quarter: str
    person: str
    stage: Stage
    author: str
    at: datetime


@dataclass(frozen=True)
class NewDecision:
    """An agreed answer to store, with what led to it."""

    practice: str
    answer: Answer
    reason: str = ""
    votes: Mapping[str, str] | None = None
    """By person id: the option each had chosen when this was decided."""
    hands: Mapping[str, int] | None = None
    """By option: hands counted in the room."""
    undone: bool = False
    """Takes the decision back; the answer is what held before it."""


@dataclass(frozen=True)
class Decision:
    """A decision as stored; the newest of a practice holds."""

    seq: int
    team: str
    quarter: str
    practice: str
    answered: int
    """The seq of the agreed answer that was stored with it."""
    option: str
    """What was agreed; empty where the decision was taken back."""
    reason: str
    votes: Mapping[str, str]
    hands: Mapping[str, int]
    author: str
    at: datetime


def option_of(answer: Answer | None) -> str:
    """An answer as one word: a rung's id, "-", "?", or "" for none."""
    if answer is None or answer.state is State.CLEARED:
        return ""
    if answer.state is State.UNKNOWN:
        return UNKNOWN
    return answer.chosen or NOT_APPLICABLE
