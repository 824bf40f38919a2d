"""Models in the formats of others, converted into a model file.

What a model file cannot say is left out and named, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maturity import json_text
from maturity.document import LARGEST, Unreadable, parse_all
from maturity.foreign import dsomm, lens
from maturity.library import ModelError
from maturity.model_text import dumped


@dataclass(frozen=True)
class Converted:
    """A model file that was made of another format."""

    kind: str
    """What it was, as in "an AWS custom lens"."""
    text: str
    """The YAML text."""
    notes: tuple[str, ...]
    """What could not be carried over, and what was decided, each in a sentence."""


def convert(name: str, raw: bytes) -> Converted | None:
    """Convert a lens (JSON) or a DSOMM model (YAML); None for any other file.

    ModelError where it is one of the two and cannot be used.
    """
    if len(raw) > LARGEST:
        raise ModelError(
            f"{name}: is larger than 10 MB; a model is a few pages of text"
        )
    for beginning, packed in _PACKED.items():
        if raw.startswith(beginning):
            raise ModelError(f"{name}: is {packed}; unpack it and take the file inside")
    if name.lower().endswith(".json") or raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _lens(name, raw)
    return _dsomm(name, raw)


_PACKED = {
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "packed by gzip",
}


def _lens(name: str, raw: bytes) -> Converted:
    try:
        data = json_text.parsed(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ModelError(
            f"{name}, line {line}: is not UTF-8 text; save it as UTF-8"
        ) from error
    except json_text.JsonError as error:
        raise ModelError(f"{name}: {error}") from error
    if not isinstance(data, dict) or "pillars" not in data:
        raise ModelError(
            f"{name}: is no custom lens, which has pillars; a model of your own is "
            "written in YAML"
        )
    return _converted(name, "an AWS custom lens", lens.read(data))


def _dsomm(name: str, raw: bytes) -> Converted | None:
    try:
        documents = parse_all(name, raw)
    except Unreadable:  # said again, and better, when it is read as a model
        return None
    if not dsomm.is_one([document.data for document in documents]):
        return None
    doubled = [
        message
        for document in documents
        for message in document.messages(document.problems)
    ]
    if doubled:
        raise ModelError("\n".join(doubled))
    read = dsomm.read([document.data for document in documents])
    return _converted(name, "a DSOMM model", read)


def _converted(
    name: str, kind: str, read: tuple[Mapping[str, object], list[str], list[str]]
) -> Converted:
    values, notes, problems = read
    if problems:
        raise ModelError("\n".join(f"{name}: {problem}" for problem in problems))
    return Converted(kind, dumped(values), tuple(notes))
