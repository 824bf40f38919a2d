"""Reads JSON that a person hands in: every refusal says where and why."""

from __future__ import annotations

import json

from maturity.document import shortened


class JsonError(Exception):
    """A text that is not one JSON value of plain values."""


def parsed(text: str) -> object:
    """The value of a JSON text; JsonError where a key stands twice or it is none."""
    try:
        value: object = json.loads(
            text, object_pairs_hook=_whole, parse_constant=_no_number
        )
    except json.JSONDecodeError as error:
        raise JsonError(
            f"line {error.lineno}, column {error.colno}: is not valid JSON: {error.msg}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise JsonError(
            "is nested too deeply, or holds a number that is too long"
        ) from error
    return value


def _whole(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise JsonError(f"'{shortened(key)}' stands twice; keep one")
        found[key] = value
    return found


def _no_number(written: str) -> object:
    raise JsonError(f"{written} is no number of JSON; write one, or null")
