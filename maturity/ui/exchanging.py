"""Answers out and in on screen: files to take along, and what one would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from maturity import words
from maturity.answer import AnswerRow
from maturity.exchange import changes, outgoing, results, table_reader, tables
from maturity.exchange.changes import Change, Preview
from maturity.exchange.lines import LARGEST, FileRefusedError
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.team import Appended, Team
from maturity.ui.choice import Context
from maturity.ui.layout import ARROWS, card, escape, pair, section
from maturity.ui.notices import careful

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
KINDS = {"csv": "text/csv", "json": "application/json"}

WriteAnswers = Callable[
    [Team, Quarter, Iterable[Practice], Mapping[str, AnswerRow]], bytes
]
WriteResults = Callable[[Iterable[Reading]], bytes]
ANSWERS: dict[str, WriteAnswers] = {
    "csv": tables.answers_csv,
    "json": tables.answers_json,
}
RESULTS: dict[str, WriteResults] = {
    "csv": results.results_csv,
    "json": results.results_json,
}


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
            _questionnaire(context)
        with st.container(horizontal=True):
            _answers(context, "answers")
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


def export(context: Context, reading: Reading) -> None:
    """A button on Results: its figures, and the answers behind them."""
    if context.look:
        return
    team, model = context.team, reading.definition.model.id
    with st.popover("Export", icon=":material/download:", key="export"):
        st.markdown(f"**{reading.quarter.label} to print and to present**")
        with st.container(horizontal=True):
            _download(
                "Report as PDF",
                partial(_report, context, reading),
                outgoing.file_name(team, model, str(reading.quarter), ending="pdf"),
                PDF,
                "report",
            )
            _download(
                "Slides for PowerPoint",
                partial(_slides, context, reading),
                outgoing.file_name(team, model, str(reading.quarter), ending="pptx"),
                SLIDES,
                "slides",
            )
            _download(
                "Workbook with charts",
                partial(_workbook, context, reading),
                outgoing.file_name(
                    team, model, str(reading.quarter), "report", ending="xlsx"
                ),
                SPREADSHEET,
                "workbook",
            )
        st.markdown("**Results of every quarter**")
        with st.container(horizontal=True):
            for kind, write in RESULTS.items():
                _download(
                    f"Results as {kind.upper()}",
                    partial(_results, context, model, write),
                    outgoing.file_name(team, model, "results", ending=kind),
                    KINDS[kind],
                    f"results-{kind}",
                )
        st.markdown(f"**Answers of {context.quarter.label}, as they stand**")
        with st.container(horizontal=True):
            _answers(context, "export")
        if model in context.service.library.models:
            _questionnaire(context)


def _report(context: Context, reading: Reading) -> bytes:
    # Only here, because what writes reports takes long to import.
    from maturity.report import figures, pdf

    return pdf.report(figures.gather(context.service, reading, context.history()))


def _slides(context: Context, reading: Reading) -> bytes:
    # Only here, because what writes slides takes long to import.
    from maturity.report import figures, slides

    return slides.deck(figures.gather(context.service, reading, context.history()))


def _workbook(context: Context, reading: Reading) -> bytes:
    # Only here, because what writes workbooks takes long to import.
    from maturity.report import figures, workbook

    return workbook.workbook(
        figures.gather(context.service, reading, context.history())
    )


def _questionnaire(context: Context) -> None:
    name = context.short_name(context.model)

    def write() -> bytes:
        # Only here, because what writes workbooks takes long to import.
        from maturity.exchange import workbook

        return workbook.write(
            outgoing.sheet(
                context.service, context.team, context.model, context.quarter
            )
        )

    _download(
        f"Questionnaire of {name} as XLSX",
        write,
        outgoing.file_name(
            context.team, context.model, str(context.quarter), ending="xlsx"
        ),
        SPREADSHEET,
        "questionnaire",
    )


def _answers(context: Context, key: str) -> None:
    """Every practice of the library, whichever model asks it."""
    for kind, write in ANSWERS.items():
        _download(
            f"Answers as {kind.upper()}",
            partial(_answers_file, context, write),
            outgoing.file_name(
                context.team, "answers", str(context.quarter), ending=kind
            ),
            KINDS[kind],
            f"{key}-{kind}",
        )


def _answers_file(context: Context, write: WriteAnswers) -> bytes:
    practices = outgoing.every_practice(context.service).values()
    rows = context.service.sheet(context.team.id, context.quarter).answers
    return write(context.team, context.quarter, practices, rows)


def _results(context: Context, model: str, write: WriteResults) -> bytes:
    return write(outgoing.every_reading(context.service, context.team, model))


def _download(
    label: str, write: Callable[[], bytes], name: str, kind: str, key: str
) -> None:
    """A button whose file is written only when it is pressed."""
    st.download_button(
        label,
        write,
        file_name=name,
        mime=kind,
        key=f"download-{key}",
        icon=":material/download:",
        on_click="ignore",
    )


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
        lines = [f"- {escape(line)}" for line in str(error).splitlines()]
        st.error(
            "\n".join(lines),
            title="This file was not taken in; nothing is changed",
            icon=":material/error:",
        )
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
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f":green[:material/check_circle:] "
            f"{words.count(len(appended), 'answer')} taken in and saved.",
            width="content",
        )
        st.button(
            "Undo",
            key="undo-taken",
            type="tertiary",
            icon=":material/undo:",
            help="Puts back what the file replaced. Answers changed since stay.",
            on_click=_undo,
            args=(context,),
        )


@careful
def _undo(context: Context) -> None:
    appended: list[Appended] = st.session_state.get("_taken_in", [])
    changes.undo(context.service, appended, context.person())
    st.session_state.pop("_taken_in", None)
    st.toast("The answers are as they were.", icon=":material/undo:")
