"""Files out on screen: each is written only when its button is pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import streamlit as st

from maturity.answer import AnswerRow
from maturity.exchange import history as history_rows
from maturity.exchange import outgoing, results, tables
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.report import brand
from maturity.report.brand import Brand
from maturity.team import Team
from maturity.ui.choice import Context
from maturity.ui.layout import escape

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"
PAGE = "text/html"
ZIP = "application/zip"
KINDS = {"csv": "text/csv", "json": "application/json"}
HISTORY = {"CSV": KINDS["csv"], "Parquet": "application/vnd.apache.parquet"}

ENDINGS = {PDF: "pdf", SLIDES: "pptx", PAGE: "html", ZIP: "zip", SPREADSHEET: "xlsx"}
REPORTS = {
    "one-page": ("One page as PDF", PDF, ["one-page"]),
    "pdf": ("Report as PDF", PDF, []),
    "pptx": ("Slides for PowerPoint", SLIDES, []),
    "html": ("Report as a web page", PAGE, []),
    "xlsx": ("Workbook with charts", SPREADSHEET, ["report"]),
    "charts": ("Charts as SVG and PNG", ZIP, ["charts"]),
}
"""Label, kind of file and what its name ends in, by the format that is written."""

WriteAnswers = Callable[
    [Team, Quarter, Iterable[Practice], Mapping[str, AnswerRow], Mapping[str, str]],
    bytes,
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


def export(context: Context, reading: Reading) -> None:
    """A button on Results and Present: its figures, and the answers behind them."""
    if context.look:
        return
    team, model = context.team, reading.definition.model.id
    with st.popover("Export", icon=":material/download:", key="export"):
        st.markdown(f"**{reading.quarter.label} to print and to present**")
        _reports(context, reading)
        st.markdown("**Results of every quarter**")
        with st.container(horizontal=True):
            for kind, write in RESULTS.items():
                download(
                    f"Results as {kind.upper()}",
                    partial(_results, context, model, write),
                    outgoing.file_name(team, model, "results", ending=kind),
                    KINDS[kind],
                    f"results-{kind}",
                )
        st.markdown(f"**Answers of {context.quarter.label}, as they stand**")
        with st.container(horizontal=True):
            answers(context, "export")
        if model in context.service.library.models:
            questionnaire(context)


def _reports(context: Context, reading: Reading) -> None:
    """What is made to be read by others."""
    look = _look()
    if look is None:
        return
    place = (reading.definition.model.id, str(reading.quarter))
    with st.container(horizontal=True):
        for format, (label, kind, parts) in REPORTS.items():
            download(
                label,
                partial(_report, context, reading, look, format),
                outgoing.file_name(context.team, *place, *parts, ending=ENDINGS[kind]),
                kind,
                f"report-{format}",
            )


def _look() -> Brand | None:
    """The look of what is made; None where your own is set wrongly, which is said."""
    try:
        return brand.read()
    except brand.BrandError as error:
        st.warning(escape(str(error)), icon=":material/palette:")
        return None


def _report(context: Context, reading: Reading, look: Brand, format: str) -> bytes:
    # Only here, because what gathers and draws takes long to import.
    from maturity.report import figures, writers

    found = figures.gather(context.service, reading, context.history())
    return writers.WRITERS[format](found, look)


def export_many(context: Context, group: str) -> None:
    """A button on Present of a group, or of all teams: their page."""
    if context.look:
        return
    with st.popover("Export", icon=":material/download:", key="export"):
        st.markdown(f"**{context.quarter.label} to print**")
        page_of_many(context, group)


def page_of_many(context: Context, group: str) -> None:
    """The page of a group, or of all teams, whatever filters leave."""
    look = _look()
    if look is not None:
        download(
            "One page as PDF",
            partial(_page_of_many, context, group, look),
            f"portfolio-{context.model}-{context.quarter}.pdf",
            PDF,
            "one-page-of-many",
        )


def _page_of_many(context: Context, group: str, look: Brand) -> bytes:
    # Only here, because what draws takes long to import.
    from maturity.report import many, pdf

    of = context.tree().groups.get(group)
    found = many.gather(context.service, context.model, context.quarter, of)
    if found is None:
        raise ValueError("no team of the group was assessed by then")
    return pdf.many(found, look)


def history(context: Context) -> None:
    """A button on Progress: every submitted result as rows for other programs."""
    if context.look:
        return
    with st.popover("Export", icon=":material/download:", key="export-history"):
        st.markdown("**Every submitted result, as rows for other programs**")
        for name, only in (("This team", context.team), ("All teams", None)):
            with st.container(horizontal=True):
                for kind in HISTORY:
                    download(
                        f"{name} as {kind}",
                        partial(_history, context, kind, only),
                        outgoing.file_name(only, "history", ending=kind.lower()),
                        HISTORY[kind],
                        f"history-{kind}-{name}".lower().replace(" ", "-"),
                    )


def _history(context: Context, kind: str, only: Team | None) -> bytes:
    rows = history_rows.rows(context.service, only)
    if kind == "CSV":
        return history_rows.history_csv(rows)
    return history_rows.history_parquet(rows)


def questionnaire(context: Context) -> None:
    name = context.short_name(context.model)

    def write() -> bytes:
        # Only here, because what writes workbooks takes long to import.
        from maturity.exchange import workbook

        return workbook.write(
            outgoing.sheet(
                context.service, context.team, context.model, context.quarter
            )
        )

    download(
        f"Questionnaire of {name} as XLSX",
        write,
        outgoing.file_name(
            context.team, context.model, str(context.quarter), ending="xlsx"
        ),
        SPREADSHEET,
        "questionnaire",
    )


def answers(context: Context, key: str) -> None:
    """Every practice of the library, whichever model asks it."""
    for kind, write in ANSWERS.items():
        download(
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
    names = outgoing.reviewers(context.service, rows)
    return write(context.team, context.quarter, practices, rows, names)


def _results(context: Context, model: str, write: WriteResults) -> bytes:
    return write(outgoing.every_reading(context.service, context.team, model))


def download(
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
