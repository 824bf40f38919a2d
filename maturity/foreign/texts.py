"""Texts and ids of another format, made into those of a model file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import count

from maturity.model_text import SHORT_NAME

LONGEST = 2000
LONGEST_NAME = 60
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_BULLET = re.compile(r"^\s*[-*+] ", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z!][^>]*>")
_EMPHASIS = re.compile(r"(\*\*|__|`+|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_MAKERS = ("AWS", "Amazon")
_SMALL = ("and", "of", "for", "the", "or", "in", "&", "-")


def plain(value: object) -> str:
    """A text on one line without markup; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    text = _LINK.sub(r"\1 (\2)", _BULLET.sub("", value))
    text = _EMPHASIS.sub("", _TAG.sub(" ", text))
    text = re.sub(r"\](?=[(\[:])", "] ", text).replace("![", "! [")
    text = re.sub(r"<(?=[a-zA-Z/!?])", "< ", text)
    unseen = ("Cc", "Cf", "Cs")
    kept = [" " if unicodedata.category(c) in unseen else c for c in text]
    line = " ".join("".join(kept).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def sentence(value: object) -> str:
    """A plain text without the full stop at its end."""
    return plain(value).rstrip(" .;,")


def name(value: object) -> str:
    """A plain text short enough for a table."""
    text = sentence(value)
    if len(text) <= LONGEST_NAME:
        return text
    return f"{text[: LONGEST_NAME - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def short(value: object) -> str:
    """The first words of a name, as many as a chart has room for."""
    words = plain(value).split() or ["Model"]
    if len(words) > 1 and words[0] in _MAKERS:
        del words[0]  # what tells one lens from another comes after it
    text = words[0]
    for word in words[1:]:
        if len(f"{text} {word}") > SHORT_NAME:
            break
        text += f" {word}"
    kept = text.split()
    while len(kept) > 1 and kept[-1].lower() in _SMALL:
        kept.pop()
    text = " ".join(kept)
    return text if len(text) <= SHORT_NAME else f"{text[: SHORT_NAME - 1]}…"


class Ids:
    """Gives out ids, each once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, *parts: object) -> str:
        """An id of words with dots; a number is added where it is given already."""
        wanted = ".".join(slug(part) for part in parts)
        ids = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
        found = next(id for id in ids if id not in self._given)
        self._given.add(found)
        return found


def slug(value: object, longest: int = 48) -> str:
    """A word of an id: letters, digits and hyphens, cut between words if too long."""
    text = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode()
    word = _NO_WORD.sub("-", text.lower()).strip("-")
    if len(word) > longest:
        word = word[: longest + 1].rpartition("-")[0] or word[:longest]
    return word or "x"


def quoted(names: Iterable[str]) -> str:
    """Names in a note."""
    return ", ".join(f"“{name}”" for name in names)
