"""Reads a questionnaire back: every cell as text or a date, nothing worked out."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from maturity.exchange import archive
from maturity.exchange.lines import (
    VERSION,
    FileRefusedError,
    Line,
    Taken,
    choice_from,
    day_from,
    quoted,
    stamp,
    twice,
)
from maturity.exchange.workbook import ANSWERS, COLUMNS, FORMAT, KEY, KEY_HEADER
from maturity.practice import Practice
from maturity.quarter import Quarter

LATER_COLUMNS = {"Valid until", "Reviewed"}
"""What questionnaires of earlier versions lack; they are read without."""
MOST_ROWS = 2000
MOST_COLUMNS = 40
_MOST_HEADER = 20

# What the reader of the format stumbles over when the parts do not fit together.
_BROKEN = (
    InvalidFileException,
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class _Key:
    """The hidden sheet: whose file it is, and what was current when it was made."""

    team: str
    team_name: str
    quarter: Quarter
    seqs: Mapping[str, int]
    stamps: Mapping[str, str]


def read(name: str, data: bytes, practices: Mapping[str, Practice]) -> Taken:
    """The answers of a questionnaire; `FileRefusedError` names every mistake."""
    archive.check(name, data)
    try:
        key_rows, rows = _sheets(name, data)
    except _BROKEN as error:
        raise FileRefusedError(
            name, "is damaged; download the questionnaire again"
        ) from error
    key = _key(name, key_rows)
    columns, start = _header(name, rows)
    lines: list[Line] = []
    problems: list[str] = []
    for number, row in enumerate(rows[start:], start=start + 1):
        cells = {column: _cell(row, place) for column, place in columns.items()}
        practice_id = _text(cells["Practice"])
        if not practice_id:
            if any(_text(cells[column]) for column in ("Answer", "Note")):
                where = _place(number, "Practice", columns)
                problems.append(f"{where}: the practice is missing; {_AGAIN}")
            continue
        practice = practices.get(practice_id)
        if practice is None or practice_id not in key.stamps:
            where = _place(number, "Practice", columns)
            problems.append(f"{where}: no question {quoted(practice_id)}; {_AGAIN}")
        elif key.stamps[practice_id] != stamp(practice):
            problems.append(
                f"sheet {ANSWERS}, row {number}: the answers to {practice.name} have "
                f"changed since this file was made, with the model; {_AGAIN}"
            )
        else:
            made = _line(number, cells, columns, practice, key, problems)
            lines += [made] if made else []
    problems += twice(lines)
    if problems:
        raise FileRefusedError(name, *problems)
    return Taken(name, tuple(lines), key.team, key.team_name, key.quarter)


_AGAIN = "download a new questionnaire and answer that"


def _sheets(name: str, data: bytes) -> tuple[Rows, Rows]:
    with warnings.catch_warnings():
        # Of styles and validations that the reader leaves out: nothing we read.
        warnings.simplefilter("ignore")
        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=False, keep_links=False
        )
        try:
            if KEY not in book.sheetnames or ANSWERS not in book.sheetnames:
                raise FileRefusedError(
                    name,
                    f"is no questionnaire of this dashboard: it needs the sheets "
                    f"{ANSWERS} and {KEY}, as they were downloaded",
                )
            found: list[Rows] = []
            for title in (KEY, ANSWERS):
                page = book[title]
                rows = list(
                    page.iter_rows(
                        max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True
                    )
                )
                if len(rows) > MOST_ROWS:
                    raise FileRefusedError(
                        name,
                        f"sheet {title} has more than {MOST_ROWS:,} rows, and no "
                        "questionnaire has",
                    )
                found.append(rows)
            return found[0], found[1]
        finally:
            book.close()


def _key(name: str, rows: Rows) -> _Key:
    about = {_text(_cell(r, 0)): _text(_cell(r, 1)) for r in rows[: KEY_HEADER - 1]}
    if about.get("format") != FORMAT:
        raise FileRefusedError(
            name, f"sheet {KEY} is not as it was downloaded; {_AGAIN}"
        )
    if about.get("version") != str(VERSION):
        raise FileRefusedError(
            name,
            f"has version {quoted(about.get('version', ''))} of the format, and this "
            f"dashboard reads {VERSION}; {_AGAIN}",
        )
    seqs, stamps = {}, {}
    try:
        quarter = Quarter.parse(about.get("quarter", ""))
        for row in rows[KEY_HEADER:]:
            practice = _text(_cell(row, 0))
            if practice:
                seqs[practice] = int(_text(_cell(row, 2)))
                stamps[practice] = _text(_cell(row, 1))
    except ValueError as error:
        raise FileRefusedError(
            name, f"sheet {KEY} is not as it was downloaded; {_AGAIN}"
        ) from error
    team, team_name = about.get("team", ""), about.get("team name", "")
    return _Key(team, team_name, quarter, seqs, stamps)


def _header(name: str, rows: Rows) -> tuple[dict[str, int], int]:
    """The place of each column, and the row that the questions begin below."""
    for number, row in enumerate(rows[:_MOST_HEADER], start=1):
        titles = [_text(value) for value in row]
        if "Practice" in titles and "Answer" in titles:
            wanted = [title for title in COLUMNS if title not in LATER_COLUMNS]
            missing = [title for title in wanted if title not in titles]
            if missing:
                raise FileRefusedError(
                    name,
                    f"sheet {ANSWERS}, row {number}: the column {missing[0]} is "
                    f"missing; {_AGAIN}",
                )
            there = [title for title in COLUMNS if title in titles]
            return {title: titles.index(title) for title in there}, number
    raise FileRefusedError(
        name, f"sheet {ANSWERS} has no row of column names; {_AGAIN}"
    )


def _line(
    number: int,
    cells: Mapping[str, object],
    columns: Mapping[str, int],
    practice: Practice,
    key: _Key,
    problems: list[str],
) -> Line | None:
    wrong = list(_wrong(number, cells, columns, practice))
    problems += wrong
    if wrong:
        return None
    return Line(
        place=f"sheet {ANSWERS}, row {number}",
        practice=practice,
        choice=choice_from(practice, _text(cells["Answer"])) or "",
        reason=_text(cells["Why not applicable"]),
        note=_text(cells["Note"]),
        link=_text(cells["Link to evidence"]),
        evidence_on=_day(cells["Date of evidence"]),
        valid_until=_day(cells.get("Valid until")),
        seq=key.seqs[practice.id],
    )


def _wrong(
    number: int,
    cells: Mapping[str, object],
    columns: Mapping[str, int],
    practice: Practice,
) -> Iterator[str]:
    for column in ("Answer", "Why not applicable", "Note", "Link to evidence"):
        if not isinstance(cells[column], str | int | float | bool | date | None):
            where = _place(number, column, columns)
            yield f"{where}: holds a formula over several cells; write the text itself"
    answer = _text(cells["Answer"])
    if choice_from(practice, answer) is None:
        where = _place(number, "Answer", columns)
        yield f"{where}: {quoted(answer)} is not in the list; choose one that is"
    for column in ("Date of evidence", "Valid until"):
        try:
            _day(cells.get(column))
        except ValueError:
            where, day = _place(number, column, columns), quoted(cells[column])
            yield f"{where}: {day} is no date; write one as 2026-11-24"


def _place(number: int, column: str, columns: Mapping[str, int]) -> str:
    letter = get_column_letter(columns[column] + 1)
    return f"sheet {ANSWERS}, row {number}, column {letter} ({column})"


def _cell(row: Sequence[object], place: int) -> object:
    return row[place] if place < len(row) else None


def _text(value: object) -> str:
    """A cell as text; a formula is the text that it is written with."""
    return "" if value is None else str(value).strip()


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return day_from(_text(value))
