"""Writes a questionnaire: a workbook to answer offline and bring back.

Three sheets: the questions, with a drop-down list of answers each; and two hidden
ones, the texts of the lists and what the file needs to be taken in again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from maturity.exchange.cells import TITLE, WRAP, first_sheet, head, print_wide, put
from maturity.exchange.lines import (
    VERSION,
    WORDS,
    Line,
    Sheet,
    line_of,
    sentence,
    stamp,
)
from maturity.practice import Practice

ANSWERS, CHOICES, KEY = "Answers", "Choices", "Key"
FORMAT = "mlops-maturity questionnaire"
COLUMNS = {
    "Category": 18,
    "Question": 46,
    "Answer": 60,
    "Why not applicable": 26,
    "Note": 40,
    "Link to evidence": 34,
    "Date of evidence": 18,
    "Valid until": 18,
    "Reviewed": 24,
    "Earlier answer": 46,
    "Practice": 26,
}
"""The columns of the questions, with their widths."""
OPEN = range(3, 9)
"""The columns to fill in; the rest is locked against slips, without a password."""
HEADER = 3
KEY_HEADER = 8

_LONGEST = 2000


def write(sheet: Sheet) -> bytes:
    """The questionnaire of a model for a team and quarter, as an .xlsx file."""
    book = Workbook()
    answers = first_sheet(book, ANSWERS)
    choices, key = book.create_sheet(CHOICES), book.create_sheet(KEY)
    _questions(answers, sheet)
    _choices(answers, choices, sheet.definition.asked)
    _key(key, sheet)
    for page in (choices, key):
        page.sheet_state = "hidden"
    for page in (answers, choices, key):
        page.protection.enable()
    # Rows may still be made higher and columns wider.
    answers.protection.formatRows = answers.protection.formatColumns = False
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _questions(page: Worksheet, sheet: Sheet) -> None:
    model = sheet.definition.model
    put(page, 1, [f"{sheet.team.name}: {model.name}, {sheet.quarter.label}"])
    put(
        page,
        2,
        [
            "Choose an answer from the list in each row; leave it empty if it is open. "
            "Then bring this file back: Assess, Take answers along."
        ],
    )
    page.cell(1, 1).font = TITLE
    head(page, HEADER, COLUMNS)
    for row, (category, practice) in enumerate(_asked(sheet), start=HEADER + 1):
        line = line_of(practice, sheet.rows.get(practice.id))
        said = sentence(practice, line.choice)
        reviewed = _reviewed(line, sheet.names)
        texts = [category, practice.question, said, line.reason, line.note, line.link]
        put(
            page,
            row,
            [*texts, "", "", reviewed, _earlier(sheet, practice), practice.id],
        )
        for column, day in ((7, line.evidence_on), (8, line.valid_until)):
            if day:
                page.cell(row, column).value = day
            page.cell(row, column).number_format = "yyyy-mm-dd"
        for column in range(1, len(COLUMNS) + 1):
            page.cell(row, column).alignment = WRAP
        for column in OPEN:
            page.cell(row, column).protection = Protection(locked=False)
    page.freeze_panes = f"C{HEADER + 1}"
    print_wide(page)


def _choices(page: Worksheet, hidden: Worksheet, asked: Sequence[Practice]) -> None:
    """A list for each question: lists of sentences are too long to stand inline."""
    last = HEADER + len(asked)
    for row, practice in enumerate(asked, start=HEADER + 1):
        texts = [*(rung.text for rung in practice.rungs), *WORDS.values()]
        # In the row that the question has, so that the lists are easily compared.
        put(hidden, row, texts)
        end = get_column_letter(len(texts))
        listed = DataValidation(
            type="list",
            formula1=f"'{CHOICES}'!$A${row}:${end}${row}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Not in the list",
            error="Choose an answer from the list, or leave the cell empty.",
        )
        listed.add(f"C{row}")
        page.add_data_validation(listed)
    dated = DataValidation(
        type="date",
        operator="greaterThan",
        formula1="36526",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Not a date",
        error="Write a date, as in 2026-11-24.",
    )
    dated.add(f"G{HEADER + 1}:H{last}")
    page.add_data_validation(dated)
    for column in ("D", "E", "F"):
        short = DataValidation(
            type="textLength",
            operator="lessThanOrEqual",
            formula1=str(_LONGEST),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="Too long",
            error=f"A text here has at most {_LONGEST:,} characters.",
        )
        short.add(f"{column}{HEADER + 1}:{column}{last}")
        page.add_data_validation(short)


def _key(page: Worksheet, sheet: Sheet) -> None:
    about = {
        "format": FORMAT,
        "version": str(VERSION),
        "team": sheet.team.id,
        "team name": sheet.team.name,
        "quarter": str(sheet.quarter),
        "model": sheet.definition.model.id,
        "edition": sheet.definition.model.edition,
    }
    for row, (name, value) in enumerate(about.items(), start=1):
        put(page, row, [name, value])
    put(page, KEY_HEADER, ["practice", "ladder", "answer"])
    for row, practice in enumerate(sheet.definition.asked, start=KEY_HEADER + 1):
        stored = sheet.rows.get(practice.id)
        put(page, row, [practice.id, stamp(practice)])
        page.cell(row, 3).value = stored.seq if stored else 0


def _asked(sheet: Sheet) -> Iterator[tuple[str, Practice]]:
    for category, practices in sheet.definition.questions.items():
        for practice in practices:
            yield sheet.definition.model.category(category).name, practice


def _reviewed(line: Line, names: Mapping[str, str]) -> str:
    """2026-10-03, Ana Lima: for whoever reads the file; it is never read back."""
    if line.reviewed_on is None:
        return ""
    who = names.get(line.reviewed_by, "")
    return ", ".join([str(line.reviewed_on), *([who] if who else [])])


def _earlier(sheet: Sheet, practice: Practice) -> str:
    row = sheet.earlier.get(practice.id)
    if row is None:
        return ""
    said = sentence(practice, line_of(practice, row).choice)
    reason = f": {row.answer.reason}" if row.answer.reason else ""
    return f"{row.quarter}: {said}{reason}"
