"""Tables of a workbook: numbers as numbers, text as text, all of it in sight."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from maturity.exchange.cells import head, put_text

Value = str | int | float | date | None
Columns = Mapping[str, float]
"""The names of columns with their widths, in characters."""

SCORE_FORMAT = "0.0"
TEXT = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
NUMBER = Alignment(wrap_text=True, vertical="top", horizontal="right")
LINE, HIGHEST = 15, 400
"""Points: a line of text, and what Excel allows of a row."""


def table(page: Worksheet, columns: Columns, rows: Sequence[Sequence[Value]]) -> None:
    """A table to filter, whose names stay in sight and on every printed page."""
    head(page, 1, columns)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            put_value(page, number, column, value)
        texts = zip(row, columns.values(), strict=False)
        high_enough(page, number, [(t, w) for t, w in texts if isinstance(t, str)])
    for column in range(1, len(columns) + 1):
        numbers = isinstance(page.cell(2, column).value, int | float)
        page.cell(1, column).alignment = NUMBER if numbers else TEXT
    high_enough(page, 1, list(columns.items()))
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def high_enough(page: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """Room for every line of texts in columns of these widths.

    Office programs do not all work it out when they open a file.
    """
    lines = max((lines_of(text, width - 3) for text, width in texts), default=1)
    page.row_dimensions[row].height = min(LINE * lines + 3, HIGHEST)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes, with some room to spare."""
    return sum(
        max(1, math.ceil(sum(2 if _wide(c) else 1 for c in line) / width))
        for line in text.split("\n")
    )


def _wide(character: str) -> bool:
    """Whether it takes the room of two letters, as those of Chinese do."""
    return unicodedata.east_asian_width(character) in "WF"


def put_value(page: Worksheet, row: int, column: int, value: Value) -> None:
    """A score, a count or a day as a number that can be reckoned with; text as text."""
    if isinstance(value, str):
        if value:
            put_text(page, row, column, value).alignment = TEXT
        return
    cell = page.cell(row, column)
    cell.value = value
    cell.alignment = NUMBER
    if isinstance(value, float):
        cell.number_format = SCORE_FORMAT
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
