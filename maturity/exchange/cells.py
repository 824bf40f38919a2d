"""Cells of a workbook: text that stays text, and the look of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Calibri"
"""Named, because a bold font without a name is another one than that of the cells."""
BOLD = Font(name=FONT, bold=True, size=11)
TITLE = Font(name=FONT, bold=True, size=14)
HEAD = PatternFill("solid", fgColor="FFE7EAF6")
WRAP = Alignment(wrap_text=True, vertical="top")


def first_sheet(book: Workbook, title: str) -> Worksheet:
    """The sheet that a new workbook has, under its own name."""
    page = book.active
    if not isinstance(page, Worksheet):
        raise TypeError("a new workbook has no sheet")
    page.title = title
    return page


def put(page: Worksheet, row: int, texts: Sequence[str]) -> None:
    """Texts, and nothing but texts: a note that begins with = stays a note."""
    for column, text in enumerate(texts, start=1):
        if text:
            put_text(page, row, column, text)


def put_text(page: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError("a merged cell holds no text")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.quotePrefix = text[0] in "=+-@"
    return cell


def head(page: Worksheet, row: int, columns: Mapping[str, float]) -> None:
    """The names of the columns, which have these widths and stay in sight."""
    put(page, row, list(columns))
    for column, width in enumerate(columns.values(), start=1):
        page.cell(row, column).font = BOLD
        page.cell(row, column).fill = HEAD
        page.column_dimensions[get_column_letter(column)].width = width
    page.print_title_rows = f"{row}:{row}"


def print_wide(page: Worksheet) -> None:
    """Print across the page, as many pages down as it takes."""
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
