"""A portfolio as a table: a line for each team, in the order of the screen."""

from __future__ import annotations

from collections.abc import Iterator

from maturity.exchange.tables import as_csv, as_json
from maturity.label import BETWEEN
from maturity.mark import Mark
from maturity.portfolio import Portfolio, Row
from maturity.standings import Figures

COLUMNS = (
    "team",
    "domain",
    "size",
    "serving",
    "labels",
    "model",
    "edition",
    "quarter",
    "state",
    "level_lowest",
    "level_highest",
    "score_lowest",
    "score_highest",
    "evidenced_level",
    "asked",
    "answered",
    "movement",
    "change",
    "target",
    "on_target",
    "last_assessed",
    "next_due",
    "overdue",
)
"""Before one pair of columns for each category: its lowest and its highest score."""


def portfolio_csv(portfolio: Portfolio) -> bytes:
    """A line a team; what is not known is empty."""
    ids = [category.id for category in portfolio.definition.model.deciding]
    scores = [f"{id}_score_{end}" for id in ids for end in ("lowest", "highest")]
    return as_csv((*COLUMNS, *scores), _rows(portfolio))


def portfolio_json(portfolio: Portfolio) -> bytes:
    """The same lines as a list of objects; null is what is not known."""
    return as_json(list(_rows(portfolio)))


def _rows(portfolio: Portfolio) -> Iterator[dict[str, object]]:
    for row in portfolio.rows:
        outcome = row.outcome
        yield {
            "team": row.team.name,
            "domain": row.team.domain,
            "size": row.team.size,
            "serving": row.team.serving,
            "labels": BETWEEN.join(row.labels),
            "model": portfolio.definition.model.id,
            "edition": row.now.edition if row.now else None,
            "quarter": str(portfolio.quarter),
            "state": _state(row),
            **_ends(row.now.figures if row.now else None),
            "movement": row.movement.value,
            "change": None if row.change is None else _signed(row.change),
            "target": row.target.level if row.target else None,
            "on_target": None if row.on_target is None else _yes(row.on_target),
            "last_assessed": str(row.latest) if row.latest else None,
            "next_due": row.review.due.isoformat() if row.review else None,
            "overdue": _yes(row.overdue),
            **{
                f"{category}_score_{end}": _score(mark)
                for category, one in (outcome.categories if outcome else {}).items()
                for end, mark in (("lowest", one.lowest), ("highest", one.highest))
            },
        }


def _ends(figures: Figures | None) -> dict[str, object]:
    low = figures.lowest if figures else None
    high = figures.highest if figures else None
    evidenced = figures.evidenced if figures else None
    return {
        "level_lowest": low.level if low else None,
        "level_highest": high.level if high else None,
        "score_lowest": _score(low),
        "score_highest": _score(high),
        "evidenced_level": evidenced.level if evidenced else None,
        "asked": figures.asked if figures else None,
        "answered": figures.answered if figures else None,
    }


def _state(row: Row) -> str:
    if row.now is None:
        return "not assessed"
    return "submitted" if row.now.at else "read from answers"


def _score(mark: Mark | None) -> float | None:
    """Tenths as a number with one decimal, the very digits the screens show."""
    return None if mark is None else mark.tenths / 10


def _signed(tenths: int) -> float:
    return tenths / 10


def _yes(told: bool) -> str:
    return "yes" if told else "no"
