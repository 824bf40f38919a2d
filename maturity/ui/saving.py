"""Saving answers: every click at once, and what could not be written waits here.

The database is the truth. Only an answer that could not be written stays in the
session, and is tried again at the next click.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import streamlit as st

from maturity import respondents, words
from maturity.answer import Answer, AnswerRow
from maturity.quarter import Quarter, now
from maturity.service import RefusedError
from maturity.storage import StoreError
from maturity.team import Appended
from maturity.ui.choice import Context
from maturity.ui.layout import clock, escape


class Place(NamedTuple):
    """Where an answer belongs."""

    team: str
    quarter: str
    practice: str
    respondent: str = ""
    """Empty for the agreed answer."""
    model: str = ""
    """The model that a respondent was invited for."""


def place(context: Context, practice: str) -> Place:
    """Where the answer to a practice belongs on this page."""
    where = (context.team.id, str(context.quarter), practice)
    if context.respondent:
        return Place(*where, context.respondent, context.model)
    return Place(*where)


@dataclass(frozen=True)
class Change:
    """The last change of this session, so that it can be undone."""

    place: Place
    before: AnswerRow | None
    written: int
    """The seq of the row that it wrote."""


def last_change() -> Change | None:
    change: Change | None = st.session_state.get("_change")
    return change


def forget_change() -> None:
    """Undo has nothing to take back: several answers changed at once."""
    st.session_state.pop("_change", None)


def seen(context: Context, place: Place) -> int:
    """The seq of the row that is current now, 0 where there is none."""
    rows = context.service.store.current(place.team, [place.quarter], place.respondent)
    return next((row.seq for row in rows if row.practice == place.practice), 0)


def unsaved() -> dict[Place, tuple[Answer, int]]:
    """Answers that could not be written yet, each with the seq that was on screen."""
    waiting: dict[Place, tuple[Answer, int]]
    waiting = st.session_state.setdefault("_unsaved", {})
    return waiting


def saved_line() -> str:
    """Whether everything is saved, and when it last was."""
    if unsaved():
        return ":red[:material/cloud_off:] Not saved. Trying again at your next click."
    moment: datetime | None = st.session_state.get("_saved_at")
    if moment is None:
        return ":gray[:material/cloud_done: Saved as you go]"
    return f":green[:material/cloud_done:] :gray[Saved {clock(moment)}]"


def unsaved_warning() -> None:
    """After two misses, say loudly what to do."""
    if unsaved() and st.session_state.get("_misses", 0) >= 2:
        waits = "waits here and is" if len(unsaved()) == 1 else "wait here and are"
        st.error(
            f"{escape(st.session_state.get('_miss', ''))} Keep this tab open: "
            f"{words.count(len(unsaved()), 'answer')} {waits} saved as soon as it "
            "works.",
            title="Your answers are not being saved",
            icon=":material/cloud_off:",
        )
        st.button("Try to save again", key="flush", on_click=flush)


def conflicts() -> dict[Place, AnswerRow]:
    found: dict[Place, AnswerRow] = st.session_state.setdefault("_conflicts", {})
    return found


def flush() -> None:
    """Write what waits; what still cannot be written goes on waiting."""
    context: Context = st.session_state["_context"]
    for place, (answer, seen) in list(unsaved().items()):
        write(context, place, answer, seen)


def write(context: Context, place: Place, answer: Answer, seen: int) -> None:
    """Write one answer; what cannot be written waits in the session."""
    state = st.session_state
    refused: dict[Place, str] = state.setdefault("_refused", {})
    refused.pop(place, None)
    try:
        appended = _append(context, place, answer)
    except RefusedError as error:
        refused[place] = str(error)
        unsaved().pop(place, None)
        return
    except StoreError as error:
        unsaved()[place] = (answer, seen)
        state["_misses"] = state.get("_misses", 0) + 1
        state["_miss"] = str(error)
        return
    unsaved().pop(place, None)
    state["_misses"] = 0
    written(place, appended, seen)


def written(place: Place, appended: Appended, seen: int) -> None:
    """Remember what was just written: for undo, and to notice who was overtaken."""
    state = st.session_state
    state["_saved_at"] = now()
    mine: set[int] = state.setdefault("_mine", set())
    mine.add(appended.row.seq)
    state["_change"] = Change(place, appended.before, appended.row.seq)
    before = appended.before
    if before is not None and before.seq != seen and before.seq not in mine:
        conflicts()[place] = before


def _append(context: Context, place: Place, answer: Answer) -> Appended:
    team, quarter, practice, respondent, model = place
    when = Quarter.parse(quarter)
    service = context.service
    if respondent:
        return respondents.answer(
            service, team, model, when, respondent, practice, answer
        )
    return service.answer(team, when, practice, answer, context.person())
