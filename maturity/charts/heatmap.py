"""The heatmap: every category in every quarter."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from maturity.charts import time_axis
from maturity.charts.base import (
    NOT_APPLICABLE,
    Chart,
    Table,
    finish,
    marks,
    told,
)
from maturity.charts.categories import ends
from maturity.charts.cells import PADDING, Cells, said
from maturity.charts.inputs import QuarterColumn, Scale

ROW = 40


def heatmap(
    columns: Sequence[QuarterColumn],
    categories: Sequence[tuple[str, str]],
    scale: Scale,
) -> Chart:
    """Where the model's categories stand, and which of them moved when.

    `categories` are names with short names, in the order of the cells. It misleads
    where two shades are compared across the picture: read the numbers. A cell that
    open answers can still change has both ends of its range and no shade; a dashed
    cell has no score at all.
    """
    every = time_axis.every_quarter(columns)
    x = alt.X(
        "quarter:N",
        scale=alt.Scale(domain=[quarter.label for quarter in every], padding=PADDING),
        axis=time_axis.quarter_axis(PADDING, "top", one_line=False),
    )
    y = alt.Y(
        "name:N",
        scale=alt.Scale(domain=[short for _, short in categories], padding=PADDING),
        axis=alt.Axis(labelFontSize=13),
    )
    cells = Cells(scale)
    assessed = {column.quarter: column for column in columns}
    for quarter in every:
        column = assessed.get(quarter)
        for i, (name, short) in enumerate(categories):
            span = column.cells[i] if column else None
            score = said(span, NOT_APPLICABLE if column else time_axis.NOT_ASSESSED)
            cells.add(
                {
                    "quarter": quarter.label,
                    "category": name,
                    "name": short,
                    "score": score,
                    "desc": f"{name}, {quarter.label}: {score}",
                },
                span,
            )
    layers = cells.layers(x, y)
    layers += time_axis.edition_breaks(columns, x, PADDING, below=True)
    layers.append(
        told(
            marks(cells.every, "current").mark_rect(opacity=0, aria=True),
            x,
            y,
            tips={"category": "Category", "quarter": "Quarter", "score": "Score"},
        )
    )
    return finish(
        layers,
        alt_text=_finding(columns, categories),
        table=_tabled(columns, categories),
        height=ROW * len(categories),
        sizing="fit-x",
    )


def _finding(
    columns: Sequence[QuarterColumn], categories: Sequence[tuple[str, str]]
) -> str:
    """5 categories over 8 quarters, in Q3 2026 from Release 2.3 to People 3.0."""
    last = columns[-1]
    scored = [
        (short, span)
        for (_, short), span in zip(categories, last.cells, strict=True)
        if span
    ]
    number = "1 category" if len(categories) == 1 else f"{len(categories)} categories"
    over = "1 quarter" if len(columns) == 1 else f"{len(columns)} quarters"
    found = f"{number} over {over}"
    if not scored:
        return found
    return f"{found}, in {last.quarter.label} {ends(scored)}"


def _tabled(
    columns: Sequence[QuarterColumn], categories: Sequence[tuple[str, str]]
) -> Table:
    """A row a category, a column a quarter that was assessed."""
    return [
        {
            "Category": name,
            **{column.quarter.label: said(column.cells[i]) for column in columns},
        }
        for i, (name, _) in enumerate(categories)
    ]
