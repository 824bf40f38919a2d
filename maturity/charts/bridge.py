"""The bridge: how one score became another, a step for each kind of change."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from maturity.charts.base import (
    COLOR,
    NONE,
    Chart,
    Row,
    Table,
    finish,
    level_axis,
    marks,
)
from maturity.charts.inputs import Scale, Stride
from maturity.quarter import Quarter
from maturity.scoring import shown

ROW = 46
"""Pixels for a step: its words above, its bar below."""
BAR = 14
AXIS = 30
MINUS = "\N{MINUS SIGN}"


def bridge(
    start: int,
    strides: Sequence[Stride],
    scale: Scale,
    quarter: Quarter,
    before: Quarter,
) -> Chart:
    """Which kinds of change moved the score, which way and how far.

    It misleads where the steps are read as causes that could be had one by one: they
    are applied in a fixed order, and another order would give other steps. Scores are
    those with open answers at the first rung, and the scale shows only the levels
    around them.
    """
    rows = _rows(start, strides, quarter, before)
    low, high = _window(rows, scale)
    height = ROW * len(rows)
    x = alt.X(
        "from:Q",
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=level_axis(_part(scale, low, high), grid=True, name_all=True),
    )
    pixels = alt.Scale(domain=[0, height], range=[0, height], nice=False)
    y, text_y, top = (
        alt.Y(field, axis=None, scale=pixels) for field in ("y:Q", "above:Q", "top:Q")
    )
    placed: list[Row] = [
        {
            **row,
            "from": low if row["from"] is None else row["from"],
            "y": ROW * place + 32,
            "above": ROW * place + 12,
            "top": ROW * place + 32 - BAR / 2,
            "bottom": ROW * place + 32 + BAR / 2,
            "below": ROW * (place + 1) + 32,
        }
        for place, row in enumerate(rows)
    ]
    joins: list[Row] = [
        {"from": row["to"], "y": row["y"], "below": row["below"]} for row in placed[:-1]
    ]
    layers: list[alt.Chart] = [
        marks(joins, "muted")
        .mark_rule(strokeDash=[2, 3])
        .encode(x, y, y2="below:Q", color=COLOR),
        marks(placed)
        .mark_bar(height=BAR, cornerRadius=3, aria=True)
        .encode(
            x,
            x2="to:Q",
            y=y,
            color=COLOR,
            description="desc:N",
            tooltip=[
                alt.Tooltip("name:N", title="Step"),
                alt.Tooltip("text:N", title="Score"),
            ],
        ),
        marks(placed, "ink")
        .mark_text(align="left", fontSize=13)
        .encode(x=alt.value(0), y=text_y, text="name:N", color=COLOR),
        marks(placed)
        .mark_text(align="right", fontSize=13, fontWeight=600)
        .encode(x=alt.value("width"), y=text_y, text="text:N", color=COLOR),
    ]
    # A step without effect is a line, so that it is seen to be there.
    if still := [row for row in placed if row["from"] == row["to"]]:
        layers.append(
            marks(still, "muted")
            .mark_rule(strokeWidth=2)
            .encode(x, y=top, y2="bottom:Q", color=COLOR)
        )
    return finish(
        layers,
        alt_text=_finding(start, strides, quarter, before),
        table=_tabled(rows),
        height=height + AXIS,
    )


def signed(tenths: int) -> str:
    """+0.3, or with a minus; 0.0 without either."""
    if not tenths:
        return shown(0)
    return f"{'+' if tenths > 0 else MINUS}{shown(abs(tenths))}"


def _pointed(tenths: int) -> str:
    """The change with an arrow, so that its way never hangs on colour alone."""
    if not tenths:
        return signed(tenths)
    arrow = "\N{UPWARDS ARROW}" if tenths > 0 else "\N{DOWNWARDS ARROW}"
    return f"{arrow} {signed(tenths)}"


def _rows(
    start: int, strides: Sequence[Stride], quarter: Quarter, before: Quarter
) -> list[dict[str, str | int | None]]:
    """Both scores, from the axis on, with the steps between them."""
    rows = [_row(before.label, None, start, shown(start), "previous")]
    reached = start
    for stride in strides:
        after = reached + stride.tenths
        token = "up" if stride.tenths > 0 else "down" if stride.tenths else "muted"
        rows.append(_row(stride.name, reached, after, _pointed(stride.tenths), token))
        reached = after
    rows.append(_row(quarter.label, None, reached, shown(reached), "current"))
    return rows


def _row(
    name: str, start: int | None, end: int, text: str, token: str
) -> dict[str, str | int | None]:
    return {
        "name": name,
        "from": start,
        "to": end,
        "text": text,
        "token": token,
        "desc": f"{name}: {text}",
    }


def _part(scale: Scale, low: int, high: int) -> Scale:
    """The whole numbers between two scores, named as on the whole scale."""
    lowest, top = low // 10, high // 10
    if not scale.edges:
        return Scale(lowest, top)
    return Scale(lowest, top, tuple(range(low, high + 1, 10)), high)


def _window(
    rows: Sequence[dict[str, str | int | None]], scale: Scale
) -> tuple[int, int]:
    """The levels just below and above all scores, in tenths, with a bar to see."""
    ends = [int(row["to"] or 0) for row in rows]
    low = min(ends) // 10 * 10
    if low == min(ends) and low > scale.tenths[0]:
        low -= 10
    return low, max(low + 10, -(-max(ends) // 10) * 10)


def _finding(
    start: int, strides: Sequence[Stride], quarter: Quarter, before: Quarter
) -> str:
    """From 1.4 in Q2 2026 to 2.0 in Q3 2026: Improved +0.6."""
    end = start + sum(stride.tenths for stride in strides)
    said = f"From {shown(start)} in {before.label} to {shown(end)} in {quarter.label}"
    moved = [stride for stride in strides if stride.tenths]
    if not moved:
        return said
    if len(moved) > 2:
        most = max(moved, key=lambda stride: abs(stride.tenths))
        return f"{said}, most by {most.name} {signed(most.tenths)}"
    named = [f"{stride.name} {signed(stride.tenths)}" for stride in moved]
    return f"{said}: {', '.join(named)}"


def _tabled(rows: Sequence[dict[str, str | int | None]]) -> Table:
    return [
        {
            "Step": str(row["name"]),
            "Change": NONE
            if row["from"] is None
            else str(row["text"]).rpartition(" ")[2],
            "Score after it": shown(int(row["to"] or 0)),
        }
        for row in rows
    ]
