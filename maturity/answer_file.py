"""Reads a file of answers: YAML or JSON, a practice a line, for the command line.

`practice: rung`, or `practice:` with `rung`, `evidence`, `not_applicable` and
`unknown`. Nothing is taken from a file that has a mistake in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from maturity import document
from maturity.answer import Answer, State
from maturity.document import Document, Problem, Unreadable, shortened
from maturity.practice import Practice
from maturity.structure import listed, nearest

KEYS = ("rung", "evidence", "not_applicable", "unknown")
EXPORTED = "mlops-maturity answers"
"""What `format` says in a file that was exported: its answers stand under `answers`."""
EXPORT_ONLY = ("note", "reviewed", "seq")
"""What an exported answer has beside what counts in a score."""
EVIDENCE_KEYS = ("link", "date", "valid_until")


class AnswersError(Exception):
    """A file of answers cannot be used; the message names every problem."""


def read_answers(
    path: Path, practices: Mapping[str, Practice], today: date
) -> dict[str, Answer]:
    """The answers of a file by practice id; a link without a date counts from today.

    `AnswersError` names all that is wrong with the file.
    """
    try:
        found = _json(path) if path.suffix == ".json" else document.read(path)
    except Unreadable as error:
        raise AnswersError(error.message(path.name)) from error
    if found.data is None:
        found.data = {}
    found = _unwrapped(found)
    if not isinstance(found.data, dict):
        raise AnswersError(
            f"{path.name}: holds no answers; write a practice and its rung a line, "
            "as in training.trigger: live"
        )
    problems, answers, unknown = list(found.problems), {}, False
    for practice_id, given in found.data.items():
        practice = practices.get(practice_id)
        if practice is None:
            near = nearest(practice_id, practices)
            problems.append(Problem((practice_id,), f"there is no such practice{near}"))
            unknown = True
            continue
        entry = _entry(practice.id, given, found)
        wrong = list(_problems(practice, entry))
        if not wrong:
            answer = answers[practice.id] = _answer(entry, today)
            if said := answer.evidence_problem:
                wrong = [Problem((practice.id, "evidence", "valid_until"), said)]
        problems += wrong
    if problems:
        told = found.messages(problems)
        if unknown:
            told.append(f"The practices are {listed(practices)}.")
        raise AnswersError("\n".join(told))
    return answers


def _unwrapped(found: Document) -> Document:
    """The answers of an exported file, without what only its import needs."""
    data = found.data
    if not isinstance(data, dict) or data.get("format") != EXPORTED:
        return found
    inside = data.get("answers")
    if not isinstance(inside, dict):
        return found
    answers = {
        practice: {key: given[key] for key in given if key not in EXPORT_ONLY}
        if isinstance(given, dict)
        else given
        for practice, given in inside.items()
    }
    under = {at: line for at, line in found.lines.items() if at[:1] == ("answers",)}
    said = {at: text for at, text in found.written.items() if at[:1] == ("answers",)}
    return replace(
        found,
        data=answers,
        lines={at[1:]: line for at, line in under.items()},
        written={at[1:]: text for at, text in said.items()},
    )


def _entry(practice: str, given: object, found: Document) -> dict[str, object]:
    """What stands at a practice, the rung as it is written: `no` is a word there."""
    whole = isinstance(given, dict)
    entry = dict(given) if isinstance(given, dict) else {"rung": given}
    place = (practice, "rung") if whole else (practice,)
    if entry.get("rung") is not None and place in found.written:
        entry["rung"] = found.written[place]
    return entry


def _json(path: Path) -> Document:
    """JSON by its own rules, with the line numbers that the YAML reader finds."""
    twice: list[str] = []

    def whole(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        twice.extend(key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        return dict(pairs)

    raw = document.content(path)
    if len(raw) > document.LARGEST:
        raise Unreadable("is larger than 10 MB; a file of answers is a few pages")
    try:
        data = json.loads(
            raw,
            object_pairs_hook=whole,
            # A number is no rung, and as text it can be as long as it likes.
            parse_int=str,
            parse_float=str,
            parse_constant=str,
        )
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8 text; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not valid JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise Unreadable("is nested too deeply for a file of answers") from error
    if twice:
        raise Unreadable(f"{listed(twice)} stands twice; take one of them out")
    try:
        # In valid JSON a tab is white space, and YAML takes none.
        lines = document.parse(path.name, raw.replace(b"\t", b" ")).lines
    except Unreadable:
        lines = {}
    return Document(path.name, data, lines)


def _problems(practice: Practice, entry: Mapping[str, object]) -> Iterator[Problem]:
    place = (practice.id,)
    for key in entry:
        if key not in KEYS:
            yield Problem(
                (*place, key), f"there is no such key; the keys are {listed(KEYS)}"
            )
    rung, unknown = entry.get("rung"), entry.get("unknown", False)
    reason = entry.get("not_applicable")
    if rung is not None and practice.rank(str(rung)) is None:
        near = nearest(str(rung), practice.ladder)
        named = shortened(str(rung))
        yield Problem(
            place,
            f"there is no rung {named!r}{near or ';'} "
            f"the rungs are {listed(practice.ladder)}",
        )
    if not isinstance(unknown, bool | None):
        yield Problem((*place, "unknown"), "write true or false")
    if not isinstance(reason, str | bool | None):
        yield Problem((*place, "not_applicable"), "write the reason as text")
    said = [rung is not None, unknown is True, reason not in (None, False)]
    if sum(said) > 1:
        yield Problem(place, "takes one of rung, not_applicable and unknown, not two")
    yield from _evidence_problems(place, entry.get("evidence"))


def _evidence_problems(place: tuple[str, ...], evidence: object) -> Iterator[Problem]:
    here = (*place, "evidence")
    if isinstance(evidence, dict):
        for key in evidence:
            if key not in EVIDENCE_KEYS:
                yield Problem(
                    (*here, key),
                    f"there is no such key; the keys are {listed(EVIDENCE_KEYS)}",
                )
        if not isinstance(evidence.get("link"), str):
            yield Problem((*here, "link"), "write the link as text")
        for key in ("date", "valid_until"):
            if key in evidence and _day(evidence[key]) is None:
                yield Problem((*here, key), "write a date as 2026-11-24")
    elif not isinstance(evidence, str | None):
        yield Problem(here, "write the link as text, or a link and a date below it")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _answer(entry: Mapping[str, object], today: date) -> Answer:
    said, evidence = _said(entry), entry.get("evidence")
    if isinstance(evidence, dict):
        return replace(
            said,
            link=str(evidence["link"]),
            evidence_on=_day(evidence["date"]) if "date" in evidence else today,
            valid_until=_day(evidence.get("valid_until")),
        )
    if evidence:
        return replace(said, link=str(evidence), evidence_on=today)
    return said


def _said(entry: Mapping[str, object]) -> Answer:
    if entry.get("unknown") is True:
        return Answer(State.UNKNOWN)
    reason = entry.get("not_applicable")
    if reason not in (None, False):
        text = reason if isinstance(reason, str) else ""
        return Answer(State.NOT_APPLICABLE, reason=text)
    rung = entry.get("rung")
    if rung is None:
        return Answer(State.CLEARED)
    return Answer(State.RUNG, rung=str(rung))
