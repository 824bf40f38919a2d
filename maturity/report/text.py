"""Text of people and of models, made fit for a line of a file."""

from __future__ import annotations

import re
import unicodedata

BEST, TARGET = "At best, with open questions", "Target"
"""What charts that can be edited call these series, whichever program draws them."""

_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the reading direction of all that follows, other texts included."""


def plain(text: str) -> str:
    """Text on one line, without what a file cannot hold or what would spill over."""
    told = " ".join(_TURNED.sub("", text).split())
    return "".join(c for c in told if unicodedata.category(c) not in ("Cc", "Cs"))


def cut(text: str, length: int) -> str:
    """At most `length` characters, ending in an ellipsis where there were more."""
    told = plain(text)
    if len(told) <= length:
        return told
    short = told[: length - 1]
    # At a word, unless that would take half of what is left.
    word = short.rsplit(" ", 1)[0]
    return (word if 2 * len(word) > length else short).rstrip(
        " ,;:."
    ) + "\N{HORIZONTAL ELLIPSIS}"
