"""The trend: level and score of the whole model, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import altair as alt

from maturity.charts import quarters as words
from maturity.charts import time_axis, trend_target
from maturity.charts.base import (
    COLOR,
    HALO,
    NONE,
    POSSIBLE,
    Chart,
    Row,
    finish,
    level_axis,
    marks,
    told,
)
from maturity.charts.inputs import QuarterScore, Scale, Span, column
from maturity.charts.trend_target import ABOVE, BELOW, PADDING
from maturity.quarter import Quarter

HEIGHT = 300
FOOT = 50
"""Pixels of it that the quarters' names take; what is left tells what would overlap."""
RANGE = 44
"""Pixels across that the number of a range takes, of two lines."""


def trend(
    quarters: Sequence[QuarterScore], scale: Scale, height: int = HEIGHT
) -> Chart:
    """Whether the team moves up, how fast, and how far off the target it is.

    It misleads where few quarters are read as a law, and where two editions of a
    model are compared: there the line is broken and a dotted rule says so. A quarter
    with open answers is a bar from its lowest to its highest end and is joined to
    nothing; a quarter without an assessment leaves its column empty.
    """
    parts = _parts(quarters)
    every = time_axis.every_quarter(quarters)
    x = alt.X(
        "quarter:N",
        sort=[quarter.label for quarter in every],
        scale=alt.Scale(
            domain=[quarter.label for quarter in every],
            paddingInner=PADDING,
            paddingOuter=PADDING / 2,
        ),
        axis=time_axis.quarter_axis(PADDING, "bottom", one_line=True),
    )
    y, y_number = (
        alt.Y(
            field,
            scale=alt.Scale(domain=list(scale.tenths), nice=False),
            axis=level_axis(scale, grid=True, name_all=True),
        )
        for field in ("from:Q", "number:Q")
    )
    columns: list[Row] = []
    hopes: list[Row] = []
    feet: list[Row] = []
    points: list[Row] = []
    ranges: list[Row] = []
    whole: list[Row] = []
    low, high = scale.tenths
    plot = height - FOOT
    for q in quarters:
        at: Row = {"quarter": q.quarter.label}
        whole.append({**at, "from": low, "to": high, **words.labelled(q)})
        if q.now is None:
            feet.append({**at, "from": low, "wide": NONE, "narrow": NONE, "lines": 1})
            continue
        reached = scale.at(q.now.lowest.level)
        if reached > low:
            columns.append({**at, "from": low, "to": reached})
        if q.now.highest.level > q.now.lowest.level:
            hopes.append({**at, "from": reached, "to": scale.at(q.now.highest.level)})
        mark: Row = {**at, "from": q.now.lowest.tenths, "to": q.now.highest.tenths}
        (points if q.now.settled else ranges).append(
            {
                **mark,
                "part": parts[q.quarter],
                "end": q in (quarters[0], quarters[-1]),
                "text": q.now.score.replace("to ", "to\n"),
                "dy": BELOW if _under_target(q, scale, plot, 2 * BELOW) else -BELOW,
                # A range's is set above the target's line rather than across it.
                "number": scale.at(q.target)
                if q.target is not None and _under_target(q, scale, plot, ABOVE)
                else q.now.highest.tenths,
                "room": 26 if q.now.settled else RANGE,
                "push": _push(q, quarters),
            }
        )
        if scale.share(q.now.lowest.tenths) * plot > 34 and not scale.edges:
            feet.append({**at, "from": low, **_foot(q.now)})
    layers: list[alt.Chart] = []
    if columns:
        layers.append(_columns(columns, 0.16, x, y))
    if hopes:
        layers.append(_columns(hopes, 0.07, x, y))
    layers += trend_target.targets(quarters, every, scale, x, y, plot)
    layers += time_axis.edition_breaks(quarters, x, PADDING, below=False)
    if feet:
        layers.append(
            marks(feet, "muted")
            .mark_text(
                fontSize=12,
                baseline="bottom",
                dy=alt.expr("datum.lines == 2 ? -20 : -6"),
                lineBreak="\n",
                text=alt.expr("bandwidth('x') < 50 ? datum.narrow : datum.wide"),
                opacity=alt.expr("bandwidth('x') < 18 ? 0 : 1"),
            )
            .encode(x, y, color=COLOR)
        )
    if points:
        layers += [
            marks(points, "current")
            .mark_line(strokeWidth=2.5)
            .encode(x, y, detail="part:N", color=COLOR),
            marks(points, "current")
            .mark_point(filled=True, opacity=1, size=80)
            .encode(x, y, color=COLOR),
        ]
    if ranges:
        layers.append(
            marks(ranges, "current")
            .mark_bar(
                width=alt.expr("min(14, bandwidth('x'))"),
                cornerRadius=4,
                opacity=POSSIBLE,
            )
            .encode(x, y, y2="to:Q", color=COLOR)
        )
    if points:
        layers += _numbers(points, x, y, "middle")
    if ranges:
        layers += _numbers(ranges, x, y_number, "line-bottom")
    layers.append(
        told(
            marks(whole, "current").mark_bar(opacity=0, aria=True),
            x,
            y,
            alt.Y2("to:Q"),
            tips={
                "quarter": "Quarter",
                "level": column(q.now for q in quarters),
                "score": "Score",
                "goal": "Target",
            },
        )
    )
    return finish(
        layers,
        alt_text=words.finding(quarters),
        table=words.tabled(quarters, every),
        height=height,
    )


def _parts(quarters: Sequence[QuarterScore]) -> dict[Quarter, int]:
    """Which piece of the line each quarter is on.

    A new piece begins after a gap, after a range and with a new edition.
    """
    parts = {quarters[0].quarter: 0}
    for before, after in pairwise(quarters):
        joined = (
            after.quarter - before.quarter == 1
            and before.edition == after.edition
            and before.now is not None
            and before.now.settled
            and after.now is not None
            and after.now.settled
        )
        parts[after.quarter] = parts[before.quarter] + (not joined)
    return parts


def _foot(now: Span) -> Row:
    """Level 2 or L2, at the foot of a column."""
    low, high = now.lowest.level, now.highest.level
    more = f"\nto {high}" if high > low else ""
    return {
        "wide": f"Level {low}{more}",
        "narrow": f"L{low}{more}",
        "lines": 2 if more else 1,
    }


def _push(q: QuarterScore, quarters: Sequence[QuarterScore]) -> int:
    """To which side of its column the number of an outer range is set, if need be."""
    if len(quarters) == 1 or q.now is None or q.now.settled:
        return 0
    return {quarters[0].quarter: -1, quarters[-1].quarter: 1}.get(q.quarter, 0)


def _under_target(q: QuarterScore, scale: Scale, plot: int, most: int) -> bool:
    """Whether a number above the mark, `most` pixels high, would lie on the target."""
    if q.now is None or q.target is None:
        return False
    above = scale.share(scale.at(q.target)) - scale.share(q.now.highest.tenths)
    return 0 < above * plot <= most


def _columns(rows: Sequence[Row], opacity: float, x: alt.X, y: alt.Y) -> alt.Chart:
    drawn: alt.Chart = (
        marks(rows, "current")
        .mark_bar(
            width=alt.expr("min(120, bandwidth('x'))"), opacity=opacity, cornerRadius=6
        )
        .encode(x, y, y2="to:Q", color=COLOR)
    )
    return drawn


def _numbers(
    rows: Sequence[Row],
    x: alt.X,
    y: alt.Y,
    baseline: Literal["middle", "line-bottom"],
) -> list[alt.Chart]:
    """The score at each mark, with a halo where a line would cross it."""
    middle = baseline == "middle"
    narrow = f"bandwidth('x') < {RANGE} && datum.push"
    side = "datum.push < 0 ? 'left' : 'right'"

    def drawn(token: str, outline: int) -> alt.Chart:
        text: alt.Chart = (
            marks(rows, token)
            .mark_text(
                fontSize=13,
                fontWeight=600,
                lineBreak="\n",
                baseline=baseline,
                dy=alt.expr("datum.dy" if middle else "-21"),
                # Clear of the levels' names on one side, of the edge on the other.
                align=alt.expr(f"{narrow} ? ({side}) : 'center'"),
                dx=alt.expr(f"{narrow} ? datum.push * bandwidth('x') / 2 : 0"),
                opacity=alt.expr(
                    f"datum.end || {time_axis.step(PADDING)} >= datum.room ? 1 : 0"
                ),
                strokeWidth=outline,
                strokeJoin="round",
            )
            .encode(x, y, text="text:N", color=COLOR)
        )
        return text

    return [drawn("surface", 3).encode(stroke=HALO), drawn("ink", 0)]
