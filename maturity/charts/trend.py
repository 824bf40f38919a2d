"""The trend: level and score of the whole model, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Literal

import altair as alt

from maturity.charts import quarters as words
from maturity.charts import time_axis
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
)
from maturity.charts.inputs import QuarterScore, Scale, Span, column
from maturity.quarter import Quarter

HEIGHT = 300
FOOT = 50
"""Pixels of it that the quarters' names take."""
"""Roughly the pixels left for the plot itself, to tell what would overlap."""
BELOW = 15
"""Pixels from a point to the middle of its number."""
NARROW = 8
"""A run of quarters of one in so many is narrower than the word above it."""
PADDING = 0.38
"""Of a quarter's room, left free between two columns."""


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
    y, y_high = (
        alt.Y(
            field,
            scale=alt.Scale(domain=list(scale.tenths), nice=False),
            axis=level_axis(scale, grid=True, name_all=True),
        )
        for field in ("from:Q", "to:Q")
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
                "dy": BELOW if _under_target(q, scale, plot) else -BELOW,
            }
        )
        if scale.share(q.now.lowest.tenths) * plot > 34 and not scale.edges:
            feet.append({**at, "from": low, **_foot(q.now)})
    layers: list[alt.Chart] = []
    if columns:
        layers.append(_columns(columns, 0.16, x, y))
    if hopes:
        layers.append(_columns(hopes, 0.07, x, y))
    layers += _targets(quarters, every, scale, x, y, plot)
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
        layers += _numbers(ranges, x, y_high, "line-bottom")
    layers.append(
        marks(whole, "current")
        .mark_bar(opacity=0, aria=True)
        .encode(
            x,
            y,
            y2="to:Q",
            color=COLOR,
            description="desc:N",
            tooltip=[
                alt.Tooltip("quarter:N", title="Quarter"),
                alt.Tooltip("level:N", title=column(q.now for q in quarters)),
                alt.Tooltip("score:N", title="Score"),
                alt.Tooltip("goal:N", title="Target"),
            ],
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


def _under_target(q: QuarterScore, scale: Scale, plot: int) -> bool:
    """Whether the number above a point would lie on the target's line."""
    if q.now is None or q.target is None:
        return False
    above = scale.share(scale.at(q.target)) - scale.share(q.now.highest.tenths)
    return 0 < above * plot <= 2 * BELOW


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

    def drawn(token: str, outline: int) -> alt.Chart:
        text: alt.Chart = (
            marks(rows, token)
            .mark_text(
                fontSize=13,
                fontWeight=600,
                lineBreak="\n",
                baseline=baseline,
                dy=alt.expr("datum.dy" if middle else "-21"),
                opacity=alt.expr(
                    f"datum.end || {time_axis.step(PADDING)} >= 26 ? 1 : 0"
                ),
                strokeWidth=outline,
                strokeJoin="round",
            )
            .encode(x, y, text="text:N", color=COLOR)
        )
        return text

    return [drawn("surface", 3).encode(stroke=HALO), drawn("ink", 0)]


def _targets(
    quarters: Sequence[QuarterScore],
    every: Sequence[Quarter],
    scale: Scale,
    x: alt.X,
    y: alt.Y,
    plot: int,
) -> list[alt.Chart]:
    """A dashed rule over each run of quarters with the same target."""
    known = {q.quarter: q for q in quarters}
    aims = {q.quarter: q.target for q in quarters}
    runs: list[Row] = []
    for target, group in groupby(every, key=aims.get):
        run = list(group)
        if target is None:
            continue
        crowded = _crowds(known[run[0]], scale, plot) and not _crowds(
            known[run[-1]], scale, plot
        )
        # Set from its start, the word would be cut by the picture's edge.
        at_edge = run[-1] == every[-1] and NARROW * len(run) <= len(every)
        runs.append(
            {
                "quarter": run[0].label,
                "until": run[-1].label,
                "from": scale.at(target),
                "text": "Target",
                "align": "right" if crowded or at_edge else "left",
            }
        )
    if not runs:
        return []
    edge = time_axis.between(PADDING)
    start = x.bandPosition(0)
    return [
        marks(runs, "target")
        .mark_rule(
            strokeWidth=2,
            strokeDash=[5, 4],
            xOffset=alt.expr(f"-{edge}"),
            x2Offset=alt.expr(edge),
        )
        .encode(start, y, x2=alt.X2("until:N", bandPosition=1), color=COLOR),
        _target_word(runs[0], x, y),
    ]


def _target_word(run: Row, x: alt.X, y: alt.Y) -> alt.Chart:
    """ "Target" above the first rule, at the end that no score crowds."""
    edge = time_axis.between(PADDING)
    right = run["align"] == "right"
    place = x.bandPosition(1 if right else 0)
    drawn: alt.Chart = (
        marks([{**run, "quarter": run["until"] if right else run["quarter"]}], "target")
        .mark_text(
            fontSize=12,
            fontWeight=600,
            align="right" if right else "left",
            baseline="bottom",
            dx=alt.expr(f"{edge} - 4" if right else f"4 - {edge}"),
            dy=-5,
        )
        .encode(place, y, text="text:N", color=COLOR)
    )
    return drawn


def _crowds(q: QuarterScore, scale: Scale, plot: int) -> bool:
    """Whether a quarter's score and number lie where the word would stand."""
    if q.now is None or q.target is None:
        return False
    low = (scale.share(q.now.lowest.tenths) - scale.share(scale.at(q.target))) * plot
    high = (scale.share(q.now.highest.tenths) - scale.share(scale.at(q.target))) * plot
    return high > -2 * BELOW and low < 2 * BELOW
