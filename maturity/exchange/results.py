"""Results as the command line prints them, and as CSV and JSON files.

Every figure is the engine's; nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from maturity.exchange.tables import as_csv, as_json
from maturity.mark import Mark
from maturity.model import Definition
from maturity.reading import Reading
from maturity.scoring import Result, Score, shown

COLUMNS = (
    "team",
    "model",
    "edition",
    "quarter",
    "state",
    "category",
    "level_lowest",
    "level_highest",
    "score_lowest",
    "score_highest",
    "evidenced_level",
    "asked",
    "answered",
    "open",
    "not_applicable",
)


def report(definition: Definition, result: Result) -> dict[str, object]:
    """A result as one JSON object; null where nothing is applicable."""
    model, overall = definition.model, result.overall
    level = overall.lowest.level if overall.lowest else None
    return {
        "model": model.id,
        "edition": model.edition,
        "level": level,
        "level_name": None if level is None else model.level(level).name,
        **(
            {"band": model.level(level).name}
            if model.by_points and level is not None
            else {}
        ),
        **_ends(overall),
        "evidenced_level": overall.evidenced.level if overall.evidenced else None,
        "coverage": _coverage(overall),
        "categories": {
            category: {
                "level": one.lowest.level if one.lowest else None,
                **_ends(one),
                "evidenced_level": one.evidenced.level if one.evidenced else None,
                "coverage": _coverage(one),
            }
            for category, one in result.categories.items()
        },
        "unmet": result.unmet,
    }


def _ends(of: Score) -> dict[str, object]:
    return {
        "score": _decimal(of.lowest),
        "range": {
            "lowest": of.lowest.level if of.lowest else None,
            "highest": of.highest.level if of.highest else None,
        },
        "score_range": {"lowest": _decimal(of.lowest), "highest": _decimal(of.highest)},
    }


def _decimal(mark: Mark | None) -> float | None:
    """Tenths as a JSON number with one decimal, the very digits the screens show."""
    return None if mark is None else mark.tenths / 10


def _coverage(of: Score) -> float | None:
    return round(of.answered / of.asked, 4) if of.asked else None


def results_json(readings: Iterable[Reading]) -> bytes:
    """A list of results, oldest first, as the `score` command words them."""
    return as_json(
        [
            {
                "team": reading.team.name,
                "quarter": str(reading.quarter),
                "state": _state(reading),
                **report(reading.definition, reading.result),
            }
            for reading in readings
        ]
    )


def results_csv(readings: Iterable[Reading]) -> bytes:
    """A line for the whole model, its category empty, and one for each category."""
    return as_csv(COLUMNS, [row for reading in readings for row in _rows(reading)])


def _rows(reading: Reading) -> Iterator[dict[str, object]]:
    scores = {"": reading.overall, **reading.result.categories}
    for category, score in scores.items():
        low, high = score.lowest, score.highest
        yield {
            "team": reading.team.name,
            "model": reading.definition.model.id,
            "edition": reading.definition.model.edition,
            "quarter": str(reading.quarter),
            "state": _state(reading),
            "category": category,
            "level_lowest": low.level if low else None,
            "level_highest": high.level if high else None,
            "score_lowest": shown(low.tenths) if low else None,
            "score_highest": shown(high.tenths) if high else None,
            "evidenced_level": score.evidenced.level if score.evidenced else None,
            "asked": score.asked,
            "answered": score.answered,
            "open": score.open,
            "not_applicable": score.not_applicable,
        }


def _state(reading: Reading) -> str:
    return "draft" if reading.draft else "submitted"
