"""The rules of models that are added here, on top of those for every model file.

What comes with the program was reviewed; what is uploaded may be anything. It takes no
id that is in use, and its texts are plain: no picture or link hides in one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from maturity.document import Document, Place, Problem, shortened
from maturity.rules import Item

LONGEST_TEXT = 4000
LONGEST_ID = 160

_MARKUP = re.compile(r"!\[|\]\(|\]\[|\]:|<[a-z/!?]", re.IGNORECASE)
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What makes a text run the other way, so that it reads as something else."""


def of_model(document: Document, taken: Collection[str]) -> Iterator[Problem]:
    """What is wrong with an added model; `taken` are ids of others, in any case."""
    if not isinstance(document.data, dict):
        return
    folded = {id.casefold() for id in taken}
    model = Item((), document.data)
    if model.text("id").casefold() in folded:
        yield Problem(
            ("id",),
            f"{shortened(model.text('id'))} belongs to a model that comes with this "
            f"program, or to a practice; choose another id, as in my-"
            f"{shortened(model.text('id'))}",
        )
    for practice in model.items("practices"):
        if practice.text("id").casefold() in folded:
            yield Problem(
                (*practice.place, "id"),
                "another model has a practice of this id; choose another id",
            )
    yield from _texts_are_plain(document.data, ())


def _texts_are_plain(value: object, place: Place) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts_are_plain(inner, (*place, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts_are_plain(inner, (*place, number))
    elif isinstance(value, str):
        reason = _not_plain(
            value, LONGEST_ID if place[-1:] == ("id",) else LONGEST_TEXT
        )
        if reason:
            yield Problem(place, reason)


def _not_plain(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"has {len(text):,} characters; at most {longest:,} fit"
    if found := _MARKUP.search(text):
        return (
            f"{found[0]} begins a picture, a link or a tag, and texts are shown "
            "plain; write the words alone, and addresses as they are"
        )
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in text):
        return "holds a character that cannot be printed; take it out"
    if _TURNED.search(text):
        return "holds a character that turns the reading direction; take it out"
    return ""
