"""The rules of models whose tests give points: bands, and points along a ladder.

They go with those of `rules.py`, and like them keep silent where a value that they
need is missing or of the wrong kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from maturity.document import Document, Problem, shortened
from maturity.rules import Item, Ladders, ladder_of
from maturity.structure import listed, nearest

BY_POINTS = "minimum-of-sums"


def of_model(document: Document, shared: Ladders) -> Iterator[Problem]:
    """What is wrong with scale and points; `shared` is the practice library."""
    if not isinstance(document.data, dict):
        return
    model = Item((), document.data)
    own = {p.text("id"): ladder_of(p) for p in model.items("practices")}
    yield from _the_scale_fits_the_rule(model)
    yield from _bands_go_up(model)
    yield from _points_never_fall(model, {**shared, **own})


def _the_scale_fits_the_rule(model: Item) -> Iterator[Problem]:
    """Levels and criteria with a level, or bands and criteria with points."""
    rule = model.text("rule")
    if rule not in ("gated", BY_POINTS):
        return
    by_points = rule == BY_POINTS
    wanted, other = ("bands", "levels") if by_points else ("levels", "bands")
    if wanted not in model.values and not nearest(wanted, model.values):
        yield Problem((wanted,), f"is missing; a model with rule {rule} has {wanted}:")
    if other in model.values:
        yield Problem(
            (other,), f"a model with rule {rule} has {wanted} instead; take this out"
        )
    for criterion in model.items("criteria"):
        scored = "points" in criterion.values and "level" not in criterion.values
        if scored and not by_points:
            yield Problem(
                (*criterion.place, "points"),
                "a gated model asks for level, at_least and gating instead",
            )
        elif by_points and not scored:
            yield Problem(
                criterion.place,
                f"a model with rule {rule} asks for points instead of level, "
                "at_least and gating",
            )


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _bands_go_up(model: Item) -> Iterator[Problem]:
    """The first band is without an edge, and all others are above the one before."""
    bands = model.items("bands")
    below = -1.0
    for place, band in enumerate(bands):
        above = _number(band.values.get("above"))
        if place == 0:
            if "above" in band.values:
                yield Problem(
                    (*band.place, "above"),
                    "the first band holds the lowest score, so it is above nothing; "
                    "take this out",
                )
            continue
        if "above" not in band.values:
            yield Problem(
                (*band.place, "above"),
                "is missing; say which score, in halves, this band is above",
            )
        elif above is not None:
            if above <= below:
                yield Problem(
                    (*band.place, "above"),
                    f"{above:g} follows {below:g}; bands stand lowest first, each "
                    "above a higher score",
                )
            below = above
    most = _most(model)
    if bands and most is not None and below >= most[1]:
        yield Problem(
            (*bands[-1].place, "above"),
            f"no score is above {below:g}: the tests of {most[0]} give "
            f"{most[1]:g} points at most",
        )


def _most(model: Item) -> tuple[str, float] | None:
    """The category with the fewest points to have, and how many."""
    sums: dict[str, float] = {}
    for criterion in model.items("criteria"):
        points = criterion.values.get("points")
        if not isinstance(points, dict) or not points:
            return None
        numbers = [_number(value) for value in points.values()]
        if None in numbers:
            return None
        most = max(number for number in numbers if number is not None)
        category = criterion.text("category")
        sums[category] = sums.get(category, 0.0) + most
    return min(sums.items(), key=lambda one: one[1], default=None)


def _points_never_fall(model: Item, known: Ladders) -> Iterator[Problem]:
    """Points stand in the ladder's order, begin at 0 and reach something."""
    for criterion in model.items("criteria"):
        points = criterion.values.get("points")
        practice = criterion.text("practice")
        ladder = known.get(practice, ())
        if not isinstance(points, dict) or not ladder:
            continue
        place = (*criterion.place, "points")
        strange = [str(rung) for rung in points if rung not in ladder]
        for rung in strange:
            yield Problem(
                (*place, rung),
                f"no rung '{shortened(rung)}' on {practice}; it has "
                f"{listed(ladder)}{nearest(rung, ladder)}",
            )
        given = [(str(rung), _number(value)) for rung, value in points.items()]
        if strange or any(value is None for _, value in given):
            continue
        worth = [(rung, value) for rung, value in given if value is not None]
        if [rung for rung, _ in worth] != sorted(points, key=ladder.index):
            yield Problem(place, f"write the rungs in their order: {listed(ladder)}")
            continue
        if dict(worth).get(ladder[0]):
            yield Problem(
                (*place, ladder[0]),
                f"{ladder[0]} is the first rung of {practice}, so it gives 0 points",
            )
        for (low, before), (rung, value) in pairwise(worth):
            if value < before:
                yield Problem(
                    (*place, rung),
                    f"gives {value:g} points and {low}, below it, {before:g}; points "
                    "never fall along a ladder",
                )
        if worth and not any(value for _, value in worth):
            yield Problem(
                place, "gives no points at any rung; let a higher rung give some"
            )
