"""The rules of practice and model files that no single value can break.

They read what stands in the file, not the finished classes, so that a wrong
reference is reported together with a misspelt key. A rule keeps silent where a value
that it needs is missing or of the wrong kind: that is reported already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from maturity.document import Document, Place, Problem, shortened
from maturity.structure import listed, nearest

Ladders = Mapping[str, tuple[str, ...]]
"""The rung ids of practices by practice id, the lowest first."""


@dataclass(frozen=True)
class Item:
    """An item of a list in the file."""

    place: Place
    values: Mapping[str, object]

    def text(self, key: str) -> str:
        """The text of a key; "" where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        value = self.values.get(key)
        # To Python, True is a whole number.
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        return value

    def items(self, key: str) -> list[Item]:
        return items_of(self.values.get(key), (*self.place, key))


def items_of(values: object, place: Place) -> list[Item]:
    return [
        Item((*place, number), value)
        for number, value in enumerate(values if isinstance(values, list) else ())
        if isinstance(value, dict)
    ]


def ladders(document: Document) -> dict[str, tuple[str, ...]]:
    """The ladders of a practice file, of those that are not quite right too."""
    return {
        p.text("id"): ladder_of(p) for p in items_of(document.data, ()) if p.text("id")
    }


def places(document: Document) -> dict[str, str]:
    """Where the practices of a practice file stand, as a message says it."""
    return {
        practice.text("id"): f"{document.name}, line {document.line(practice.place)}"
        for practice in items_of(document.data, ())
    }


def of_practices(document: Document, taken: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with a practice file; `taken` are the places in other files."""
    practices = items_of(document.data, ())
    yield from _ids_are_unique(practices, document)
    for practice in practices:
        yield from _rungs_lead_up(practice, document)
        if practice.text("id") in taken:
            yield Problem(
                (*practice.place, "id"),
                f"this id is already used in {taken[practice.text('id')]}; "
                "give one of them another",
            )


def of_model(document: Document, stem: str, shared: Ladders) -> Iterator[Problem]:
    """What is wrong with a model file; `shared` is the practice library."""
    if not isinstance(document.data, dict):
        return
    model = Item((), document.data)
    own = model.items("practices")
    if model.text("id") not in ("", stem):
        yield Problem(
            ("id",),
            f"the file is called {stem} and the model {shortened(model.text('id'))}; "
            "give both the same name",
        )
    yield from _levels_count_up(model.items("levels"))
    for kind in ("categories", "criteria", "practices"):
        yield from _ids_are_unique(model.items(kind), document)
    for kind in ("criteria", "practices"):
        yield from _ids_begin_with(model.text("id"), model.items(kind))
    for practice in own:
        yield from _rungs_lead_up(practice, document)
        if practice.text("id") in shared:
            yield Problem(
                (*practice.place, "id"),
                "the practice library has a practice of this id; use another id",
            )
    known = {**shared, **{p.text("id"): ladder_of(p) for p in own if p.text("id")}}
    yield from _criteria_name_what_exists(model, known)
    yield from _every_category_gates(model)
    yield from _higher_levels_ask_no_less(model, known)


def ladder_of(practice: Item) -> tuple[str, ...]:
    return tuple(r.text("id") for r in practice.items("rungs") if r.text("id"))


def _ids_are_unique(items: Iterable[Item], document: Document) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for item in items:
        name = item.text("id")
        if name and first.setdefault(name, item.place) != item.place:
            line = document.line((*first[name], "id"))
            yield Problem(
                (*item.place, "id"),
                f"this id is already used in line {line}; give one of them another",
            )


def _ids_begin_with(model_id: str, items: Iterable[Item]) -> Iterator[Problem]:
    for item in items:
        name = item.text("id")
        if model_id and name and not name.startswith(f"{model_id}."):
            yield Problem(
                (*item.place, "id"),
                f"ids in this list begin with the model's id and a dot; "
                f"write {shortened(f'{model_id}.{name}')}",
            )


def _rungs_lead_up(practice: Item, document: Document) -> Iterator[Problem]:
    rungs = practice.items("rungs")
    yield from _ids_are_unique(rungs, document)
    for rung in rungs[1:]:
        if rung.values.get("how") is None:
            yield Problem(
                (*rung.place, "how"),
                "is missing; say how a team gets to this rung (every rung but the "
                "first has it)",
            )


def _levels_count_up(levels: list[Item]) -> Iterator[Problem]:
    for below, level in pairwise(levels):
        previous, number = below.number("number"), level.number("number")
        if previous is None or number is None or number == previous + 1:
            continue
        yield Problem(
            (*level.place, "number"),
            f"{number} follows {previous}; levels stand lowest first and count up by "
            f"one, so this is {previous + 1}",
        )


def _criteria_name_what_exists(model: Item, known: Ladders) -> Iterator[Problem]:
    categories = list(dict.fromkeys(c.text("id") for c in model.items("categories")))
    levels = [level.number("number") for level in model.items("levels")]
    # Where the list itself is wrong, nobody can say what is missing from it.
    if "" in categories:
        categories = []
    if None in levels or any(_levels_count_up(model.items("levels"))):
        levels = []
    for criterion in model.items("criteria"):
        level, category = criterion.number("level"), criterion.text("category")
        if category and categories and category not in categories:
            yield Problem(
                (*criterion.place, "category"),
                f"no category '{shortened(category)}'; there are "
                f"{listed(categories)}{nearest(category, categories)}",
            )
        if level is not None and levels and level not in levels:
            yield Problem(
                (*criterion.place, "level"),
                f"no level {level}; there are {listed(map(str, levels))}",
            )
        elif levels and level == levels[0] and criterion.values.get("gating") is True:
            yield Problem(
                (*criterion.place, "level"),
                f"level {level} is the lowest, where everyone begins, so it cannot "
                "ask for anything; name a higher level, or write gating: false",
            )
        yield from _rung_can_be_asked(criterion, known)


def _rung_can_be_asked(criterion: Item, known: Ladders) -> Iterator[Problem]:
    practice, rung = criterion.text("practice"), criterion.text("at_least")
    if not practice:
        return
    if practice not in known:
        way_out = nearest(practice, known) or (
            "; name one of the library, or define it under practices in this file"
        )
        yield Problem(
            (*criterion.place, "practice"),
            f"no practice '{shortened(practice)}'{way_out}",
        )
        return
    ladder = known[practice]
    if not rung or not ladder:
        return
    if rung not in ladder:
        yield Problem(
            (*criterion.place, "at_least"),
            f"no rung '{shortened(rung)}' on {practice}; it has "
            f"{listed(ladder)}{nearest(rung, ladder)}",
        )
    elif rung == ladder[0]:
        higher = " or ".join(ladder[1:])
        yield Problem(
            (*criterion.place, "at_least"),
            f"{rung} is the first rung of {practice}, so every answer meets it; "
            f"ask for {higher}",
        )


def _every_category_gates(model: Item) -> Iterator[Problem]:
    criteria = model.items("criteria")
    gates = [c.values.get("gating", "points" in c.values or None) for c in criteria]
    doubtful = any(not isinstance(gating, bool) for gating in gates) or any(
        not c.text("category") for c in criteria
    )
    if doubtful or not criteria:
        return
    gated = {
        c.text("category") for c, gating in zip(criteria, gates, strict=True) if gating
    }
    categories = [c for c in model.items("categories") if c.text("id")]
    for category in categories:
        informative = category.values.get("informative", False)
        gates_here = category.text("id") in gated
        if informative is True and gates_here:
            yield Problem(
                (*category.place, "informative"),
                "has gating criteria, so it decides a level; write gating: false at "
                "each of them, or take this out",
            )
        elif informative is False and not gates_here:
            yield Problem(
                category.place,
                "has no gating criterion, so it could never reach a level; add one, "
                "write informative: true, or take the category out",
            )
    if categories and all(c.values.get("informative") is True for c in categories):
        yield Problem(
            ("categories",),
            "are all informative, so there would be no level; let one decide",
        )


def _higher_levels_ask_no_less(model: Item, known: Ladders) -> Iterator[Problem]:
    asked: dict[str, list[tuple[int, int, Item]]] = {}
    for criterion in model.items("criteria"):
        level, rung = criterion.number("level"), criterion.text("at_least")
        ladder = known.get(criterion.text("practice"), ())
        if level is not None and rung in ladder:
            steps = asked.setdefault(criterion.text("practice"), [])
            steps.append((level, ladder.index(rung), criterion))
    for practice, steps in asked.items():
        for level, rank, criterion in steps:
            lower = [step for step in steps if step[0] < level]
            most = max(lower, key=lambda step: step[1], default=None)
            if most is not None and most[1] > rank:
                yield Problem(
                    (*criterion.place, "at_least"),
                    f"level {level} asks less of {practice} than level {most[0]} does "
                    f"({most[2].text('id')}, {most[2].text('at_least')}); ask for "
                    f"{most[2].text('at_least')} or higher here, or for less there",
                )
