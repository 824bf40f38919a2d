"""The heatmap: every category in every quarter."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from maturity.charts import time_axis
from maturity.charts.base import (
    COLOR,
    HALO,
    NOT_APPLICABLE,
    Chart,
    Row,
    Table,
    finish,
    marks,
)
from maturity.charts.inputs import QuarterColumn, Scale, Span
from maturity.scoring import shown

ROW = 40
PADDING = 0.07
"""Of a cell's room, left free between two cells."""


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
    settled: list[Row] = []
    ranges: list[Row] = []
    missing: list[Row] = []
    assessed = {column.quarter: column for column in columns}
    for quarter in every:
        column = assessed.get(quarter)
        for i, (name, short) in enumerate(categories):
            span = column.cells[i] if column else None
            said = _said(column is not None, span)
            cell: Row = {
                "quarter": quarter.label,
                "category": name,
                "name": short,
                "score": said,
                "desc": f"{name}, {quarter.label}: {said}",
            }
            if span is None:
                missing.append(cell)
            elif span.settled:
                settled.append({**cell, **_shade(span.lowest.tenths, scale)})
            else:
                low, high = shown(span.lowest.tenths), shown(span.highest.tenths)
                ranges.append({**cell, "low": low, "high": high})

    def text(
        rows: Sequence[Row], token: str | None, words: str, raised: str = "0"
    ) -> alt.Chart:
        drawn: alt.Chart = (
            marks(rows, token)
            .mark_text(
                fontSize=alt.expr("bandwidth('x') < 26 ? 11 : 13"),
                fontWeight=500,
                baseline="middle",
                # No room for a number: shade, pointer and table still tell it.
                opacity=alt.expr("bandwidth('x') < 17 ? 0 : 1"),
                dy=alt.expr(raised),
                lineHeight=14,
                lineBreak="\n",
                text=alt.expr(words),
            )
            .encode(x, y, color=COLOR)
        )
        return drawn

    def outline(rows: Sequence[Row], token: str) -> alt.Chart:
        drawn: alt.Chart = (
            marks(rows, token)
            .mark_rect(cornerRadius=4, strokeDash=[3, 3], strokeWidth=1, fillOpacity=0)
            .encode(x, y, stroke=HALO)
        )
        return drawn

    layers: list[alt.Chart] = []
    if settled:
        layers.append(
            marks(settled)
            .mark_rect(cornerRadius=4)
            .encode(
                x,
                y,
                fill=alt.Fill(
                    "value:Q",
                    scale=alt.Scale(domain=list(scale.tenths)),
                    legend=None,
                ),
            )
        )
    if missing:
        layers += [
            outline(missing, "line"),
            text(
                missing,
                "muted",
                "bandwidth('x') < 96 ? '\N{EN DASH}' : datum.score",
            ),
        ]
    if ranges:
        layers += [
            outline(ranges, "current"),
            text(
                ranges,
                "ink",
                "bandwidth('x') >= 72 ? datum.score : datum.low + "
                "(bandwidth('x') >= 40 ? ' to' : '') + '\\n' + datum.high",
                raised="bandwidth('x') >= 72 ? 0 : -7",
            ),
        ]
    if settled:
        layers.append(text(settled, None, "datum.score"))
    layers += time_axis.edition_breaks(columns, x, PADDING, below=True)
    layers.append(
        marks([*settled, *ranges, *missing], "current")
        .mark_rect(opacity=0, aria=True)
        .encode(
            x,
            y,
            color=COLOR,
            description="desc:N",
            tooltip=[
                alt.Tooltip("category:N", title="Category"),
                alt.Tooltip("quarter:N", title="Quarter"),
                alt.Tooltip("score:N", title="Score"),
            ],
        )
    )
    return finish(
        layers,
        alt_text=_finding(columns, categories),
        table=_tabled(columns, categories),
        height=ROW * len(categories),
        sizing="fit-x",
    )


def _said(assessed: bool, span: Span | None) -> str:
    if span is not None:
        return span.score
    return NOT_APPLICABLE if assessed else time_axis.NOT_ASSESSED


def _shade(tenths: int, scale: Scale) -> Row:
    """The place on the ramp, and the text colour that is readable on it."""
    low, high = scale.tenths
    dark = 10 * (tenths - low) > 6 * (high - low)
    return {"value": tenths, "token": "on-high" if dark else "on-low"}


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
    said = f"{len(categories)} categories over {_quarters(len(columns))}"
    if not scored:
        return said
    low_name, low = min(scored, key=lambda pair: pair[1].lowest.tenths)
    high_name, high = max(scored, key=lambda pair: pair[1].highest.tenths)
    return (
        f"{said}, in {last.quarter.label} "
        f"from {low_name} {shown(low.lowest.tenths)} "
        f"to {high_name} {shown(high.highest.tenths)}"
    )


def _quarters(number: int) -> str:
    return "1 quarter" if number == 1 else f"{number} quarters"


def _tabled(
    columns: Sequence[QuarterColumn], categories: Sequence[tuple[str, str]]
) -> Table:
    """A row a category, a column a quarter that was assessed."""
    return [
        {
            "Category": name,
            **{
                column.quarter.label: _said(True, column.cells[i]) for column in columns
            },
        }
        for i, (name, _) in enumerate(categories)
    ]
