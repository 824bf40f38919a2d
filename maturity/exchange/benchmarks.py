"""Benchmark files: written, and read back with a message for every mistake."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from maturity import benchmark, json_text
from maturity.benchmark import Benchmark, Group, Quartiles
from maturity.document import shortened
from maturity.exchange.lines import FileRefusedError
from maturity.practice import Record
from maturity.quarter import Quarter
from maturity.structure import listed, nearest

LARGEST = 1024 * 1024
_PARTS: Mapping[str, type[Record]] = {
    "whole_model": Quartiles,
    "categories": Quartiles,
    "all": Group,
    "size": Group,
    "serving": Group,
}


def write(found: Benchmark) -> bytes:
    """The file, with its keys in the order of the documentation."""
    return (json.dumps(found.model_dump(), indent=2) + "\n").encode()


def read(name: str, data: bytes) -> Benchmark:
    """The benchmark of a file; FileRefusedError names all that is wrong with it."""
    if len(data) > LARGEST:
        raise FileRefusedError(
            name, "is larger than 1 MB; a benchmark file is much smaller"
        )
    try:
        value = json_text.parsed(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FileRefusedError(
            name, "is not UTF-8 text; a benchmark file is JSON"
        ) from error
    except json_text.JsonError as error:
        raise FileRefusedError(name, str(error)) from error
    if not isinstance(value, dict) or value.get("format") != benchmark.FORMAT:
        raise FileRefusedError(
            name, f'is no benchmark file; those have "format": "{benchmark.FORMAT}"'
        )
    if value.get("version") != benchmark.VERSION:
        raise FileRefusedError(
            name,
            f"is of version {shortened(str(value.get('version')))} of the format, and "
            f"this program reads version {benchmark.VERSION}; ask for another file",
        )
    try:
        found = Benchmark.model_validate(value)
    except ValidationError as error:
        told = error.errors(include_url=False)
        raise FileRefusedError(name, *(_said(detail) for detail in told)) from error
    wrong = [*benchmark.wrong(found), *_too_late(found)]
    if wrong:
        raise FileRefusedError(name, *wrong)
    return found


def _too_late(found: Benchmark) -> Iterator[str]:
    if Quarter.parse(found.quarter) > Quarter.current():
        yield f"quarter: {found.quarter} has not begun yet"


def _said(detail: ErrorDetails) -> str:
    place = [str(step) for step in detail["loc"] if step != "[key]"]
    return f"{shortened('.'.join(place))}: {_reason(detail)}"


def _reason(detail: ErrorDetails) -> str:
    given, limits = detail["input"], detail.get("ctx", {})
    quoted = f"'{shortened(str(given))}'"
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            keys = _keys(detail)
            near = nearest(str(detail["loc"][-1]), keys)
            return f"no such key here{near or '; the keys are ' + listed(keys)}"
        case "greater_than_equal" if detail["loc"][-1] == "teams":
            return f"is {given}; figures of fewer than {limits['ge']} are not taken in"
        case "greater_than_equal":
            return f"{quoted} is too low; it is at least {limits['ge']:g}"
        case "less_than_equal":
            return f"{quoted} is too high; it is at most {limits['le']:g}"
        case "int_type":
            return f"{quoted} is not a whole number"
        case "bool_type":
            return f"{quoted} does not fit; write true or false"
        case "literal_error":
            allowed = str(limits["expected"]).replace("'", "")
            return f"{quoted} does not fit; it is {allowed}"
        case "string_too_long":
            return f"{quoted} is too long; at most {limits['max_length']} characters"
        case "string_type":
            return f"{quoted} is no text"
        case "string_pattern_mismatch" | "string_too_short":
            return f"{quoted} does not fit"
        case "model_type" | "dict_type":
            return "keys with values belong here, in braces"
        case "too_short":
            return "is empty; every category of the model belongs here"
        case _:
            return detail["msg"]


def _keys(detail: ErrorDetails) -> list[str]:
    """The keys that may stand where one stands that may not."""
    within = [step for step in detail["loc"][:-1] if step in _PARTS]
    part = _PARTS.get(str(within[-1]), Benchmark) if within else Benchmark
    return list(part.model_fields)
