"""Cells of scores on a grid, as every heatmap draws them.

A settled score has its shade and its number; a range has both numbers and no shade; a
cell without a score has a dashed outline, and is hatched where nobody was assessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import altair as alt

from maturity.charts.base import COLOR, HALO, NOT_APPLICABLE, Row, marks
from maturity.charts.inputs import Scale, Span
from maturity.scoring import shown

PADDING = 0.07
"""Of a cell's room, left free between two cells."""
STROKES = 5
"""Diagonals across a hatched cell."""


@dataclass
class Cells:
    """The cells of one picture, sorted by how they are drawn."""

    scale: Scale
    settled: list[Row] = field(default_factory=list)
    ranges: list[Row] = field(default_factory=list)
    missing: list[Row] = field(default_factory=list)
    hatched: list[Row] = field(default_factory=list)

    def add(self, cell: Row, span: Span | None, *, hatched: bool = False) -> None:
        """Take a cell; `score` in it says what stands there when there is no span."""
        if span is None:
            (self.hatched if hatched else self.missing).append(cell)
        elif span.settled:
            shade = _shade(span.lowest.tenths, self.scale)
            self.settled.append({**cell, **shade})
        else:
            low, high = shown(span.lowest.tenths), shown(span.highest.tenths)
            self.ranges.append({**cell, "low": low, "high": high})

    @property
    def every(self) -> list[Row]:
        return [*self.settled, *self.ranges, *self.missing, *self.hatched]

    def layers(self, x: alt.X, y: alt.Y) -> list[alt.Chart]:
        """All of them, what has a shade below."""
        drawn: list[alt.Chart] = []
        if self.settled:
            domain = list(self.scale.tenths)
            drawn.append(
                marks(self.settled)
                .mark_rect(cornerRadius=4)
                .encode(
                    x,
                    y,
                    fill=alt.Fill(
                        "value:Q", scale=alt.Scale(domain=domain), legend=None
                    ),
                )
            )
        if self.hatched:
            drawn += [_outline(self.hatched, "line", x, y), *_hatch(self.hatched, x, y)]
        if self.missing:
            short = "bandwidth('x') < 96 ? '\N{EN DASH}' : datum.score"
            drawn += [
                _outline(self.missing, "line", x, y),
                _text(self.missing, "muted", short, x, y),
            ]
        if self.ranges:
            both = (
                "bandwidth('x') >= 72 ? datum.score : datum.low + "
                "(bandwidth('x') >= 40 ? ' to' : '') + '\\n' + datum.high"
            )
            raised = "bandwidth('x') >= 72 ? 0 : -7"
            drawn += [
                _outline(self.ranges, "current", x, y),
                _text(self.ranges, "ink", both, x, y, raised),
            ]
        if self.settled:
            drawn.append(_text(self.settled, None, "datum.score", x, y))
        return drawn


def said(span: Span | None, without: str = NOT_APPLICABLE) -> str:
    """2.7, 1.2 to 2.7, or why there is no score."""
    return without if span is None else span.score


def _shade(tenths: int, scale: Scale) -> Row:
    """The place on the ramp, and the text colour that is readable on it."""
    low, high = scale.tenths
    dark = 10 * (tenths - low) > 6 * (high - low)
    return {"value": tenths, "token": "on-high" if dark else "on-low"}


def _text(
    rows: Sequence[Row],
    token: str | None,
    words: str,
    x: alt.X,
    y: alt.Y,
    raised: str = "0",
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


def _outline(rows: Sequence[Row], token: str, x: alt.X, y: alt.Y) -> alt.Chart:
    drawn: alt.Chart = (
        marks(rows, token)
        .mark_rect(cornerRadius=4, strokeDash=[3, 3], strokeWidth=1, fillOpacity=0)
        .encode(x, y, stroke=HALO)
    )
    return drawn


def _hatch(rows: Sequence[Row], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    foot, top = y.bandPosition(1), alt.Y2(y["shorthand"], bandPosition=0)
    return [
        marks(rows, "line")
        .mark_rule(strokeWidth=1)
        .encode(
            x.bandPosition(stroke / STROKES),
            foot,
            x2=alt.X2(x["shorthand"], bandPosition=(stroke + 1) / STROKES),
            y2=top,
            color=COLOR,
        )
        for stroke in range(STROKES)
    ]
