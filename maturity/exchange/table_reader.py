"""Reads answers from CSV and JSON; a mistake anywhere refuses the whole file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date

from maturity import json_text
from maturity.answer_file import EVIDENCE_KEYS
from maturity.exchange.lines import (
    LARGEST,
    NOT_APPLICABLE,
    UNKNOWN,
    VERSION,
    FileRefusedError,
    Line,
    Taken,
    choice_from,
    day_from,
    quoted,
    twice,
)
from maturity.exchange.tables import JSON_FORMAT, plain
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.structure import listed, nearest

MOST_LINES = 2000
_NEEDED = ("practice", "answer")
_KEYS = ("rung", "not_applicable", "unknown", "note", "evidence", "reviewed", "seq")
"""Of these `reviewed` is not read: no file can vouch for whoever looked."""

Practices = Mapping[str, Practice]


class _WrongError(Exception):
    """What is wrong with one answer."""


def read(name: str, data: bytes, practices: Practices) -> Taken:
    """The answers of a file that is named .csv, .json or .xlsx."""
    kind = name.lower().rpartition(".")[2]
    if kind == "xlsx" or (kind in _READERS and data.startswith(b"PK\x03\x04")):
        # Only here, because the reader of workbooks takes long to import.
        from maturity.exchange import workbook_reader

        return workbook_reader.read(name, data, practices)
    if kind in ("xls", "xlsm", "xlsb", "ods"):
        raise FileRefusedError(name, "is not read; save it as .xlsx, without macros")
    if kind not in _READERS:
        raise FileRefusedError(
            name, "is not read; files of answers end in .xlsx, .csv or .json"
        )
    return _READERS[kind](name, text_of(name, data), practices)


def text_of(name: str, data: bytes) -> str:
    """The text of a file; FileRefusedError where it is too large or no text."""
    if len(data) > LARGEST:
        raise FileRefusedError(name, "is larger than 10 MB, and no such file is")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileRefusedError(
            name, f"line {line}: is not UTF-8 text; save it as CSV UTF-8"
        ) from error


# CSV


def _csv(name: str, text: str, practices: Practices) -> Taken:
    rows = rows_of(name, text)
    if not rows:
        raise FileRefusedError(name, "is empty; it needs a line of column names")
    titles = [title.strip().lower() for title in rows[0][1]]
    for title in _NEEDED:
        if title not in titles:
            raise FileRefusedError(name, f"line 1: the column {title} is missing")
    lines, problems = [], []
    teams, quarters = set(), set()
    for number, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = {t: plain(c).strip() for t, c in zip(titles, cells, strict=False)}
        teams.add(row.get("team", ""))
        quarters.add(row.get("quarter", ""))
        try:
            if len(cells) > len(titles):
                raise _WrongError("has more cells than there are columns")
            lines.append(_csv_line(f"line {number}", row, practices))
        except _WrongError as error:
            problems.append(f"line {number}: {error}")
    for what, values in (("team", teams), ("quarter", quarters)):
        if len(values) > 1:
            said = ", ".join(quoted(value) for value in sorted(values)[:4])
            problems.append(f"holds more than one {what} ({said}); keep one")
    problems += twice(lines)
    if problems:
        raise FileRefusedError(name, *problems)
    return Taken(
        name,
        tuple(lines),
        team_name=next(iter(teams), ""),
        quarter=_quarter(name, next(iter(quarters), "")),
    )


def rows_of(
    name: str, text: str, most: int = MOST_LINES
) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file, each with the number of its line."""
    first = text.partition("\n")[0]
    # Excel writes semicolons where the comma is the decimal mark.
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows: list[tuple[int, list[str]]] = []
    started = 1
    try:
        for cells in reader:
            rows.append((started, cells))
            started = reader.line_num + 1
            if len(rows) > most:
                raise FileRefusedError(name, f"has more than {most:,} lines")
    except csv.Error as error:
        raise FileRefusedError(
            name, f"line {started}: is not valid CSV: {error}"
        ) from error
    return rows


def _csv_line(place: str, row: Mapping[str, str], practices: Practices) -> Line:
    practice = _practice(row["practice"], practices)
    answer = row.get("answer", "")
    choice = choice_from(practice, answer)
    if choice is None:
        raise _WrongError(
            f"column answer: {practice.id} has no answer {quoted(answer)}; it has "
            f"{listed([*practice.ladder, UNKNOWN, NOT_APPLICABLE])}"
        )
    dates = {
        column: _day(f"column {column}", row.get(column, ""))
        for column in ("evidence_date", "valid_until")
    }
    seq = row.get("seq", "")
    if seq and not (seq.isascii() and seq.isdigit() and len(seq) < 18):
        raise _WrongError(f"column seq: {quoted(seq)} is no number; leave it as it was")
    return Line(
        place=place,
        practice=practice,
        choice=choice,
        reason=row.get("reason", ""),
        note=row.get("note", ""),
        link=row.get("link", ""),
        evidence_on=dates["evidence_date"],
        valid_until=dates["valid_until"],
        seq=int(seq) if seq else None,
    )


# JSON


def _json(name: str, text: str, practices: Practices) -> Taken:
    data = _parsed(name, text)
    if not isinstance(data, dict):
        raise FileRefusedError(name, "holds no answers; it begins with {")
    team: dict[str, object] = {}
    quarter: object = ""
    answers: object = data
    if "format" in data or "answers" in data:
        if data.get("format") != JSON_FORMAT or data.get("version") != VERSION:
            raise FileRefusedError(
                name,
                f"is no file of answers of this dashboard: format must be "
                f"{JSON_FORMAT!r} and version {VERSION}",
            )
        answers, quarter = data.get("answers"), data.get("quarter", "")
        found = data.get("team", {})
        team = found if isinstance(found, dict) else {"name": str(found)}
    if not isinstance(answers, dict):
        raise FileRefusedError(name, "answers: write a practice and its answer a line")
    if len(answers) > MOST_LINES:
        raise FileRefusedError(name, f"has more than {MOST_LINES:,} answers")
    lines, problems = [], []
    for practice_id, given in answers.items():
        try:
            lines.append(_json_line(practice_id, given, practices))
        except _WrongError as error:
            problems.append(f"{quoted(practice_id)}: {error}")
    if problems:
        raise FileRefusedError(name, *problems)
    return Taken(
        name,
        tuple(lines),
        team=str(team.get("id", "")),
        team_name=str(team.get("name", "")),
        quarter=_quarter(name, quarter),
    )


def _parsed(name: str, text: str) -> object:
    try:
        return json_text.parsed(text)
    except json_text.JsonError as error:
        raise FileRefusedError(name, str(error)) from error


def _json_line(practice_id: str, given: object, practices: Practices) -> Line:
    practice = _practice(practice_id, practices)
    entry = given if isinstance(given, dict) else {"rung": given}
    for key in entry:
        if key not in _KEYS:
            raise _WrongError(f"unknown key {quoted(key)}; it may have {listed(_KEYS)}")
    reason, unknown = entry.get("not_applicable", False), entry.get("unknown", False)
    if not isinstance(unknown, bool):
        raise _WrongError("unknown: write true or false")
    if not isinstance(reason, str) and reason is not False and reason is not None:
        raise _WrongError("not_applicable: write the reason as text")
    out = isinstance(reason, str)
    rung = entry.get("rung")
    if (rung is not None) + unknown + out > 1:
        raise _WrongError("takes one of rung, not_applicable and unknown, not two")
    choice = UNKNOWN if unknown else NOT_APPLICABLE if out else ""
    if rung is not None:
        if not isinstance(rung, str) or practice.rung(rung) is None:
            raise _WrongError(
                f"no rung {quoted(rung)}; it has {listed(practice.ladder)}"
            )
        choice = rung
    note, seq = entry.get("note", ""), entry.get("seq")
    if not isinstance(note, str):
        raise _WrongError("note: write it as text")
    if seq is not None and (type(seq) is not int or not 0 <= seq < 10**18):
        raise _WrongError("seq: leave the number as it was")
    link, day, until = _evidence(entry.get("evidence"))
    return Line(
        place=practice.id,
        practice=practice,
        choice=choice,
        reason=reason if isinstance(reason, str) else "",
        note=note.strip(),
        link=link.strip(),
        evidence_on=_day("evidence", day),
        valid_until=_day("evidence, valid_until", until),
        seq=seq,
    )


def _evidence(evidence: object) -> tuple[str, str, str]:
    """The link, its date and until when it counts, each of them may be empty."""
    if isinstance(evidence, dict):
        if not set(evidence) <= set(EVIDENCE_KEYS):
            raise _WrongError(
                f"evidence: it may have {listed(EVIDENCE_KEYS)}, and nothing else"
            )
        evidence_link = evidence.get("link")
        if not isinstance(evidence_link, str):
            raise _WrongError("evidence: write the link as text")
        day, until = evidence.get("date") or "", evidence.get("valid_until") or ""
        return evidence_link, str(day), str(until)
    if not isinstance(evidence, str | None):
        raise _WrongError("evidence: write the link as text, or a link and a date")
    return evidence or "", "", ""


def _day(place: str, text: str) -> date | None:
    try:
        return day_from(text)
    except ValueError:
        raise _WrongError(
            f"{place}: {quoted(text)} is no date; write one as 2026-11-24"
        ) from None


def _practice(practice_id: str, practices: Practices) -> Practice:
    practice = practices.get(practice_id)
    if practice is None:
        near = nearest(practice_id[:100], practices)
        raise _WrongError(f"there is no practice {quoted(practice_id)}{near}")
    return practice


def _quarter(name: str, said: object) -> Quarter | None:
    if not said:
        return None
    try:
        return Quarter.parse(str(said))
    except ValueError:
        raise FileRefusedError(
            name, f"quarter: {quoted(said)} is no quarter; write it as 2026-Q4"
        ) from None


_READERS: dict[str, Callable[[str, str, Practices], Taken]] = {
    "csv": _csv,
    "json": _json,
}
