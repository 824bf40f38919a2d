"""Answers as CSV and JSON: written, and read back by the same rules.

A CSV cell that a spreadsheet would run as a formula gets an apostrophe in front, which
reading takes away again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from maturity.answer import AnswerRow
from maturity.answer_file import EXPORTED
from maturity.exchange.lines import (
    NOT_APPLICABLE,
    UNKNOWN,
    VERSION,
    Line,
    line_of,
    sentence,
)
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.team import Team

JSON_FORMAT = EXPORTED
CSV_COLUMNS = (
    "team",
    "quarter",
    "practice",
    "name",
    "answer",
    "sentence",
    "reason",
    "note",
    "link",
    "evidence_date",
    "valid_until",
    "reviewed_by",
    "reviewed_on",
    "seq",
)
RISKY = "=+-@\t\r'\uff1d\uff0b\uff0d\uff20"
"""What a cell must not begin with: spreadsheets run it; the apostrophe is the mark."""


def answers_csv(
    team: Team,
    quarter: Quarter,
    practices: Iterable[Practice],
    rows: Mapping[str, AnswerRow],
    names: Mapping[str, str],
) -> bytes:
    """A practice a line, open ones included; `names` are people by id."""
    lines = [line_of(practice, rows.get(practice.id)) for practice in practices]
    return as_csv(
        CSV_COLUMNS,
        [
            {
                "team": team.name,
                "quarter": str(quarter),
                "practice": line.practice.id,
                "name": line.practice.name,
                "answer": line.choice,
                "sentence": sentence(line.practice, line.choice),
                "reason": line.reason,
                "note": line.note,
                "link": line.link,
                "evidence_date": line.evidence_on or "",
                "valid_until": line.valid_until or "",
                "reviewed_by": names.get(line.reviewed_by, ""),
                "reviewed_on": line.reviewed_on or "",
                "seq": line.seq,
            }
            for line in lines
        ],
    )


def answers_json(
    team: Team,
    quarter: Quarter,
    practices: Iterable[Practice],
    rows: Mapping[str, AnswerRow],
    names: Mapping[str, str],
) -> bytes:
    lines = [line_of(practice, rows.get(practice.id)) for practice in practices]
    return as_json(
        {
            "format": JSON_FORMAT,
            "version": VERSION,
            "team": {"id": team.id, "name": team.name},
            "quarter": str(quarter),
            "answers": {line.practice.id: _entry(line, names) for line in lines},
        }
    )


def _entry(line: Line, names: Mapping[str, str]) -> dict[str, object]:
    entry: dict[str, object] = {}
    if line.choice == UNKNOWN:
        entry["unknown"] = True
    elif line.choice == NOT_APPLICABLE:
        entry["not_applicable"] = line.reason
    else:
        entry["rung"] = line.choice or None
    if line.note:
        entry["note"] = line.note
    if line.link:
        entry["evidence"] = {"link": line.link, **_dates(line)}
    if line.reviewed_on:
        entry["reviewed"] = {
            "by": names.get(line.reviewed_by, ""),
            "on": line.reviewed_on.isoformat(),
        }
    entry["seq"] = line.seq
    return entry


def _dates(line: Line) -> dict[str, str]:
    dates = {"date": line.evidence_on, "valid_until": line.valid_until}
    return {key: day.isoformat() for key, day in dates.items() if day}


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A table that a spreadsheet opens without running anything of it.

    The mark at its beginning tells Excel that the text is UTF-8.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(row.get(column)) for column in columns])
    return text.getvalue().encode("utf-8-sig", "replace")


def as_json(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "replace")


def _safe(value: object) -> object:
    """Text that begins like a formula, made plain text; numbers stay numbers."""
    if isinstance(value, str) and value[:1] and value[0] in RISKY:
        return f"'{value}"
    return "" if value is None else value


def plain(cell: str) -> str:
    """A cell as it was before `as_csv` made it safe."""
    if len(cell) > 1 and cell[0] == "'" and cell[1] in RISKY:
        return cell[1:]
    return cell
