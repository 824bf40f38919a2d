"""The rules of data/suggestions.yaml that no single value can break.

They go with those of `rules.py`, and like them keep silent where a value that they
need is missing or of the wrong kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from maturity.document import Document, Problem, shortened
from maturity.rules import Item, Ladders
from maturity.structure import listed, nearest


def of_suggestions(document: Document, known: Ladders) -> Iterator[Problem]:
    """What is wrong with a file of suggestions; `known` are all practices."""
    if not isinstance(document.data, dict):
        return
    first: dict[tuple[str, ...], Item] = {}
    for item in Item((), document.data).items("suggestions"):
        yield from _names(item, "when", "at_least", known)
        yield from _names(item, "suggests", "rung", known)
        if item.text("when") and item.text("when") == item.text("suggests"):
            yield Problem(
                (*item.place, "suggests"),
                "an answer suggests nothing for its own practice; name another",
            )
        key = tuple(item.text(name) for name in ("when", "at_least", "suggests"))
        if all(key) and first.setdefault(key, item) is not item:
            line = document.line(first[key].place)
            yield Problem(
                item.place,
                f"line {line} says already what this answer suggests there; keep one",
            )


def _names(item: Item, of: str, rung: str, known: Ladders) -> Iterator[Problem]:
    """Whether a practice and one of its rungs above the first are named."""
    practice, named = item.text(of), item.text(rung)
    if not practice:
        return
    ladder = known.get(practice)
    if ladder is None:
        yield Problem(
            (*item.place, of),
            f"no practice '{shortened(practice)}'"
            f"{nearest(practice, known) or '; name one of the library'}",
        )
    elif named and named not in ladder:
        yield Problem(
            (*item.place, rung),
            f"no rung '{shortened(named)}' on {practice}; it has "
            f"{listed(ladder)}{nearest(named, ladder)}",
        )
    elif named and named == ladder[0]:
        yield Problem(
            (*item.place, rung),
            f"{named} is the first rung of {practice}, which proves nothing; name "
            f"{' or '.join(ladder[1:])}",
        )
