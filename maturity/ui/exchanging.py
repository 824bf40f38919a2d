"""Answers in on screen: files to take along and bring back, and what one changes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from maturity import words
from maturity.exchange import changes, outgoing, table_reader
from maturity.exchange.changes import Change, Preview
from maturity.exchange.lines import LARGEST, FileRefusedError
from maturity.team import Appended
from maturity.ui.choice import Context
from maturity.ui.exporting import answers, questionnaire
from maturity.ui.layout import ARROWS, card, escape, pair, section
from maturity.ui.notices import careful, refused_file, with_undo


def take_along(context: Context) -> None:
    """Below the models: a questionnaire to answer offline, and the way back in."""
    section(
        "Take answers along",
        "Answer in a spreadsheet, alone or in a meeting, and bring the file back.",
    )
    cards = pair()
    with cards, card(key="take-along"):
        st.markdown(f"**Download {context.quarter.label}**")
        if context.model in context.service.library.models:
            questionnaire(context)
        with st.container(horizontal=True):
            answers(context, "answers")
    with cards, card(key="bring-back"):
        st.markdown("**Bring a file back**")
        uploaded = st.file_uploader(
            "A questionnaire, or answers as CSV or JSON",
            type=["xlsx", "csv", "json"],
            max_upload_size=LARGEST // 1024 // 1024,
            key=f"bring-{st.session_state.get('_brought', 0)}",
            help="You see what it changes before anything is saved.",
        )
    _taken_in(context)
    if uploaded is not None:
        _bring(context, uploaded)


def _bring(context: Context, uploaded: UploadedFile) -> None:
    try:
        seen = changes.preview(
            context.service,
            context.team,
            context.quarter,
            table_reader.read(
                uploaded.name,
                uploaded.getvalue(),
                outgoing.every_practice(context.service),
            ),
        )
    except FileRefusedError as error:
        refused_file(error)
        return
    if not seen.changes and not seen.conflicts:
        st.info(
            f"{escape(uploaded.name)} says what is here already, so there is nothing "
            "to take in.",
            icon=":material/check:",
        )
        return
    _preview(context, seen)


def _preview(context: Context, seen: Preview) -> None:
    over: list[str] = []
    with st.container(border=True, key="preview"):
        section(
            f"{words.count(len(seen.changes) + len(seen.conflicts), 'answer')} "
            f"in this file {'differs' if _one(seen) else 'differ'}",
            f"{context.quarter.label} · {seen.unchanged} unchanged · nothing is saved "
            "yet.",
        )
        if seen.conflicts:
            waiting = words.count(len(seen.conflicts), "answer")
            st.warning(
                f"{waiting} changed here after the file was made. What is here stays, "
                "unless you choose the file's.",
                icon=":material/call_split:",
            )
        for change in seen.conflicts:
            _change(change, "Here")
            if st.checkbox(
                f"Take the file's answer to {escape(change.practice.name)}",
                key=f"over-{change.practice.id}",
            ):
                over.append(change.practice.id)
        for change in seen.changes:
            _change(change, "Was")
        number = len(seen.changes) + len(over)
        st.button(
            f"Take in {words.count(number, 'answer')}",
            type="primary",
            key="take-in",
            disabled=not number,
            on_click=_take,
            args=(context, seen, over),
        )


def _one(seen: Preview) -> bool:
    return len(seen.changes) + len(seen.conflicts) == 1


def _change(change: Change, was: str) -> None:
    with st.container(gap=None):
        st.markdown(f"**{escape(change.practice.name)}**")
        st.markdown(
            f":gray[{was}: {escape(change.was)}]  \n"
            f"{ARROWS['gap']} {escape(change.becomes)}"
        )


@careful
def _take(context: Context, seen: Preview, over: Sequence[str]) -> None:
    state = st.session_state
    state["_taken_in"] = changes.take(context.service, seen, context.person(), over)
    # A new key empties the field, so that the file is not offered again.
    state["_brought"] = state.get("_brought", 0) + 1


def _taken_in(context: Context) -> None:
    """What was last taken in, with the way back."""
    appended: list[Appended] = st.session_state.get("_taken_in", [])
    here = (context.team.id, str(context.quarter))
    if not appended or (appended[0].row.team, appended[0].row.quarter) != here:
        return
    with_undo(
        f"{words.count(len(appended), 'answer')} taken in and saved.",
        "undo-taken",
        "Puts back what the file replaced. Answers changed since stay.",
        _undo,
        context,
    )


@careful
def _undo(context: Context) -> None:
    appended: list[Appended] = st.session_state.get("_taken_in", [])
    changes.undo(context.service, appended, context.person())
    st.session_state.pop("_taken_in", None)
    st.toast("The answers are as they were.", icon=":material/undo:")
