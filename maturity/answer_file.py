"""Reads a file of answers: YAML or JSON, a practice a line, for the command line.

`practice: rung`, or `practice:` with `rung`, `evidence`, `not_applicable` and
`unknown`. Nothing is taken from a file that has a mistake in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from maturity import document
from maturity.answer import Answer, State
from maturity.document import Document, Problem, Unreadable
from maturity.practice import Practice
from maturity.structure import listed, nearest

KEYS = ("rung", "evidence", "not_applicable", "unknown")


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
    if not isinstance(found.data, dict):
        raise AnswersError(
            f"{path.name}: holds no answers; write a practice and its rung a line, "
            "as in training.trigger: live"
        )
    problems, answers = list(found.problems), {}
    for practice_id, given in found.data.items():
        practice = practices.get(str(practice_id))
        if practice is None:
            problems.append(_unknown(str(practice_id), practices))
            continue
        entry = given if isinstance(given, dict) else {"rung": given}
        wrong = list(_problems(practice, entry, found))
        problems += wrong
        if not wrong:
            answers[practice.id] = _answer(entry, today)
    if problems:
        raise AnswersError("\n".join(found.messages(problems)))
    return answers


def _json(path: Path) -> Document:
    """JSON by its own rules: tabs are white space there."""

    def whole(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise Unreadable(f"{twice} stands twice; keep one")
        return dict(pairs)

    try:
        with path.open("rb") as file:
            raw = file.read(document.LARGEST + 1)
        if len(raw) > document.LARGEST:
            raise Unreadable("is larger than 10 MB; a file of answers is a few pages")
        data = json.loads(raw, object_pairs_hook=whole)
    except FileNotFoundError:
        raise Unreadable("there is no such file; check the name") from None
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unreadable("is not UTF-8 text; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not valid JSON: {error.msg}", error.lineno) from error
    except RecursionError as error:
        raise Unreadable("is nested too deeply for a file of answers") from error
    return Document(path.name, data)


def _unknown(practice: str, practices: Mapping[str, Practice]) -> Problem:
    near = nearest(practice, practices)
    return Problem(
        (practice,), f"there is no such practice{near}. There are {listed(practices)}"
    )


def _problems(
    practice: Practice, entry: Mapping[str, object], found: Document
) -> Iterator[Problem]:
    place = (practice.id,)
    for key in entry:
        if key not in KEYS:
            known = f"it may have {listed(KEYS)}"
            yield Problem((*place, str(key)), f"unknown key; {known}")
    rung, unknown = entry.get("rung"), entry.get("unknown", False)
    reason = entry.get("not_applicable")
    if rung is not None:
        name = found.written.get((*place, "rung"), found.written.get(place))
        text = name or str(rung)
        if practice.rank(text) is None:
            near = nearest(text, practice.ladder)
            yield Problem(
                place, f"no rung {text!r}; it has {listed(practice.ladder)}{near}"
            )
    if not isinstance(unknown, bool):
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
            if key not in ("link", "date"):
                yield Problem((*here, str(key)), "unknown key; it has link and date")
        if not isinstance(evidence.get("link"), str):
            yield Problem((*here, "link"), "write the link as text")
        if "date" in evidence and _day(evidence["date"]) is None:
            yield Problem((*here, "date"), "write a date as 2026-11-24")
    elif not isinstance(evidence, str | None):
        yield Problem(here, "write the link as text, or a link and a date below it")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _answer(entry: Mapping[str, object], today: date) -> Answer:
    evidence = entry.get("evidence")
    link, day = evidence if isinstance(evidence, str) else "", None
    if link:
        day = today
    if isinstance(evidence, dict):
        link = str(evidence["link"])
        day = _day(evidence["date"]) if "date" in evidence else today
    if entry.get("unknown") is True:
        return Answer(State.UNKNOWN, link=link, evidence_on=day)
    reason = entry.get("not_applicable")
    if reason not in (None, False):
        text = reason if isinstance(reason, str) else ""
        return Answer(State.NOT_APPLICABLE, reason=text, link=link, evidence_on=day)
    rung = entry.get("rung")
    if rung is None:
        return Answer(State.CLEARED, link=link, evidence_on=day)
    return Answer(State.RUNG, rung=str(rung), link=link, evidence_on=day)
