"""Says in plain words where a file does not have the keys and values it should.

pydantic finds what is wrong; its own sentences are for people who write Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from maturity.document import Document, Place, Problem, shortened
from maturity.model import (
    LEVEL,
    POINTS,
    Band,
    Category,
    Criterion,
    Level,
    MaturityModel,
    PointsCriterion,
    Source,
)
from maturity.practice import Practice, Record, Rung
from maturity.suggestion import Suggestion, Suggestions

_PARTS: Mapping[str, type[Record]] = {
    "source": Source,
    "levels": Level,
    "bands": Band,
    "categories": Category,
    "criteria": Criterion,
    "practices": Practice,
    "rungs": Rung,
    "suggestions": Suggestion,
}

_EMPTY = "nothing stands here; write it behind the colon"


def problems(error: ValidationError, document: Document) -> Iterator[Problem]:
    """What pydantic found, each with the way out."""
    found = [_placed(one) for one in error.errors(include_url=False)]
    meant = {
        (*detail["loc"][:-1], near)
        for detail in found
        if detail["type"] == "extra_forbidden"
        for near in get_close_matches(str(detail["loc"][-1]), _keys(document, detail))
    }
    for detail in found:
        # A misspelt key is one mistake, not one unknown key and one missing.
        if not (detail["type"] == "missing" and detail["loc"] in meant):
            yield Problem(detail["loc"], _reason(detail, document))


def _placed(detail: ErrorDetails) -> ErrorDetails:
    """The same at its place in the file, where a kind of criterion is no key."""
    place = tuple(step for step in detail["loc"] if step not in (LEVEL, POINTS))
    return {**detail, "loc": place}


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a message: what was probably meant, where that can be told."""
    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def _part(document: Document, place: Place) -> type[Record]:
    """What kind of thing has its keys at this place."""
    words = [step for step in place if isinstance(step, str)]
    if words[-1:] == ["criteria"] and document.scored_by_points(place):
        return PointsCriterion
    top: type[Record] = Practice
    if isinstance(document.data, dict):
        top = Suggestions if "suggestions" in document.data else MaturityModel
    return _PARTS.get(words[-1], top) if words else top


def _keys(document: Document, detail: ErrorDetails) -> list[str]:
    return list(_part(document, detail["loc"][:-1]).model_fields)


def _reason(detail: ErrorDetails, document: Document) -> str:
    place, given, limits = detail["loc"], detail["input"], detail.get("ctx", {})
    quoted = f"'{shortened(str(given))}'"
    match detail["type"]:
        case "missing":
            return _missing(document, place)
        case "extra_forbidden":
            keys = _keys(document, detail)
            near = nearest(str(place[-1]), keys)
            return f"no such key here{near or '; the keys are ' + listed(keys)}"
        case "string_too_short":
            return _EMPTY
        case _ if given is None:
            return _EMPTY
        case "string_type":
            return _not_text(given, document.written.get(place, str(given)))
        case "string_too_long":
            most = limits["max_length"]
            return f"{quoted} has {len(str(given))} characters; at most {most} fit"
        case "string_pattern_mismatch":
            return (
                f"{quoted} is not an id; use letters, digits and hyphens, "
                "and dots between words, as in training.trigger"
            )
        case "literal_error":
            allowed = [word.strip("'") for word in _words(str(limits["expected"]))]
            return f"{quoted} does not fit; write {' or '.join(allowed)}"
        case "float_type":
            return f"{quoted} is not a number; write one without quotes, as in 0.5"
        case "multiple_of":
            return f"{quoted} does not fit; points come in halves, as in 0.5 or 2"
        case "less_than_equal":
            return f"{quoted} is too high; it is at most {limits['le']:g}"
        case "dict_type":
            return "rungs with their points belong here, as in manual: 0.5"
        case "int_type":
            return f"{quoted} is not a whole number; write one without quotes, as in 2"
        case "greater_than_equal":
            return f"{quoted} is too low; it is at least {limits['ge']:g}"
        case "bool_type":
            return f"{quoted} does not fit; write true or false, without quotes"
        case "list_type" if not place:
            return "is not a list of practices; begin each with a dash"
        case "model_type" if not place:
            return "is neither a model (keys with colons) nor a list of practices"
        case "list_type":
            return "a list belongs here: a line for each item, beginning with a dash"
        case "too_short":
            has, least = limits["actual_length"], limits["min_length"]
            return f"the list has {has} and needs at least {least}; add what is missing"
        case "model_type":
            fields = _part(document, place).model_fields
            return f"keys belong here, each with a colon: {listed(fields)}"
        case _:
            return detail["msg"]


def _words(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _missing(document: Document, place: Place) -> str:
    described = _part(document, place[:-1]).model_fields[str(place[-1])].description
    reason = f"is missing; add a line with {place[-1]}:"
    return f"{reason} ({described.rstrip('.')})" if described else reason


def _not_text(given: object, written: str) -> str:
    if isinstance(given, list | dict):
        kind = "a list" if isinstance(given, list) else "keys with colons"
        return f"a text belongs here, not {kind}"
    if isinstance(given, bool):
        kind = "yes or no"
    elif isinstance(given, int | float):
        kind = "a number"
    else:
        kind = "a date"
    return f'is read as {kind}; put it in quotes: "{shortened(written)}"'
