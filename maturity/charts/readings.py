"""Readings as what charts are given, the same for screens and files."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.charts.categories import drawn
from maturity.charts.inputs import (
    CategoryScore,
    QuarterColumn,
    QuarterScore,
    Scale,
    Span,
)
from maturity.model import MaturityModel
from maturity.quarter import Quarter
from maturity.reading import Reading


def scale_of(reading: Reading) -> Scale:
    """The numbers that the reading's scores lie between."""
    return scale_of_model(reading.definition.model)


def scale_of_model(model: MaturityModel) -> Scale:
    """The numbers that scores by the model lie between."""
    if not model.by_points:
        return Scale(model.lowest, model.top)
    return Scale(model.lowest, model.top, model.edges, model.most_tenths)


def comparable(reading: Reading, before: Reading | None) -> Reading | None:
    """The earlier reading, where it is of the same edition; else None."""
    if before is None:
        return None
    same = before.definition.model.edition == reading.definition.model.edition
    return before if same else None


def category_scores(
    reading: Reading, before: Reading | None
) -> tuple[CategoryScore, ...]:
    """The categories with the earlier quarter's scores and the targets."""
    scored = []
    for category in reading.definition.model.deciding:
        then = before.result.categories.get(category.id) if before else None
        target = reading.targets.of(category.id)
        scored.append(
            CategoryScore(
                name=category.name,
                short_name=category.short_name,
                now=Span.of(reading.result.categories[category.id]),
                before=Span.of(then),
                target=target.level if target else None,
            )
        )
    return tuple(scored)


def quarter_score(reading: Reading) -> QuarterScore:
    """The whole model in one quarter, with the target in force then."""
    target, proven = reading.targets.of(), reading.overall.evidenced
    return QuarterScore(
        quarter=reading.quarter,
        now=Span.of(reading.overall),
        edition=reading.definition.model.edition,
        proven=proven.level if proven else None,
        target=target.level if target else None,
    )


def category_columns(
    history: Sequence[Reading],
) -> tuple[tuple[QuarterColumn, ...], tuple[tuple[str, str], ...]]:
    """The columns of the heatmap, and the names and short names of its rows."""
    categories = history[-1].definition.model.deciding
    columns = tuple(
        QuarterColumn(
            quarter=reading.quarter,
            edition=reading.definition.model.edition,
            cells=tuple(
                Span.of(reading.result.categories.get(category.id))
                for category in categories
            ),
        )
        for reading in history
    )
    return columns, tuple((c.name, c.short_name) for c in categories)


def progress(reading: Reading) -> tuple[int, int]:
    """How much of the next level is met, of how much; of a band in tenths."""
    score, model = reading.overall, reading.definition.model
    if score.next is None or score.lowest is None:
        return 0, 0
    if not model.by_points:
        return score.next.met, score.next.asked
    begins = model.edges[score.lowest.level]
    # The first score that counts is half a point above the edge.
    whole = model.edges[score.next.level] + 5 - begins
    return score.lowest.tenths - begins, whole


def legend_of(
    rows: Sequence[CategoryScore], quarter: Quarter, before: Quarter | None
) -> dict[str, str]:
    """What each drawn series of the categories means, by its token."""
    names = {
        "current": quarter.label,
        "possible": "still possible",
        "previous": before.label if before else "",
        "target": "Target",
    }
    return {token: names[token] for token in drawn(rows)}
