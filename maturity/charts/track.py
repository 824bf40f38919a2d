"""The level track: a model's levels in a row, filled as far as reached."""

from __future__ import annotations

import altair as alt

from maturity.charts.base import (
    COLOR,
    NOT_APPLICABLE,
    POSSIBLE,
    Chart,
    Row,
    Table,
    finish,
    marks,
)
from maturity.charts.inputs import Scale, Span, column, goal

HEIGHT = 52
BAR = 10
"""Height in pixels of a bar."""
GAP = 0.02
"""Of a level's room, left free between two bars."""


def track(
    scale: Scale,
    now: Span | None,
    met: int = 0,
    asked: int = 0,
    target: int | None = None,
) -> Chart:
    """Which level is reached, how much of the next one, and where the target is.

    It misleads where the part of the next level is read as time: it is the share of
    its criteria that are met, and the last one may be the hardest. While answers are
    open, every level that is still possible is pale and no part is drawn. Of bands it
    is the share of the points between one edge and what is above the next.
    """
    n = len(scale.levels)
    lowest = now.lowest.level if now else scale.lowest - 1
    highest = now.highest.level if now else scale.lowest - 1
    slots: list[Row] = [_slot(i, 1) for i in range(n)]
    reached = [_slot(i, 1) for i in range(lowest - scale.lowest + 1)]
    possible = [
        _slot(level - scale.lowest, 1) for level in range(lowest + 1, highest + 1)
    ]
    if now and lowest == highest < scale.top and met:
        possible.append(_slot(lowest - scale.lowest + 1, met / asked))
    numbers: list[Row] = [
        {
            "from": level - scale.lowest + 0.5,
            "text": scale.mark(level),
            "token": "ink" if lowest <= level <= highest else "muted",
            "weight": 600 if lowest <= level <= highest else 400,
        }
        for level in scale.levels
    ]
    said = _said(now, met, asked, target)
    x = alt.X("from:Q", axis=None, scale=alt.Scale(domain=[0, n], nice=False))
    middle = alt.value(24)

    def bar(rows: list[Row], token: str, opacity: float = 1) -> alt.Chart:
        drawn: alt.Chart = (
            marks(rows, token)
            .mark_bar(height=BAR, cornerRadius=BAR / 2, opacity=opacity)
            .encode(x, x2="to:Q", y=middle, color=COLOR)
        )
        return drawn

    layers = [bar(slots, "line", 0.55)]
    if possible:
        layers.append(bar(possible, "current", POSSIBLE))
    if reached:
        layers.append(bar(reached, "current"))
    layers += [
        marks(numbers)
        .mark_text(fontSize=12, fontWeight=alt.expr("datum.weight"))
        .encode(x, y=alt.value(43), text="text:N", color=COLOR),
        # The whole track speaks once; its bars say nothing on their own.
        marks([{"from": 0, "to": n, "desc": said}], "current")
        .mark_bar(height=BAR, opacity=0, aria=True)
        .encode(x, x2="to:Q", y=middle, color=COLOR, description="desc:N"),
    ]
    if target is not None:
        cramped = "scale('x', datum.from) < 100"
        flag: list[Row] = [{"from": target - scale.lowest + 1 - GAP / 2}]
        layers += [
            marks(flag, "target")
            .mark_rule(strokeWidth=2.5)
            .encode(x, y=alt.value(15), y2=alt.value(33), color=COLOR),
            marks(flag, "target")
            .mark_text(
                text=f"Target: {goal(target, now)}",
                fontSize=12,
                fontWeight=600,
                align=alt.expr(f"{cramped} ? 'left' : 'right'"),
                dx=1,
            )
            .encode(x, y=alt.value(7), color=COLOR),
        ]
    return finish(
        layers,
        alt_text=said,
        table=_tabled(scale, now, target),
        height=HEIGHT,
    )


def _slot(index: int, share: float) -> Row:
    """The bar of a level, or the first part of it."""
    start, room = index + GAP / 2, 1 - GAP
    return {"from": start, "to": round(start + room * share, 4)}


def _said(now: Span | None, met: int, asked: int, target: int | None) -> str:
    """Level 2, 7 of 10 criteria met for the next level, target Level 3."""
    parts = [now.level if now else NOT_APPLICABLE]
    if now and now.settled and asked and not now.bands:
        parts.append(f"{met} of {asked} criteria met for the next level")
    elif now and now.settled and now.bands:
        parts.append(f"score {now.score}")
    if target is not None:
        parts.append(f"target {goal(target, now)}")
    return ", ".join(parts)


def _tabled(scale: Scale, now: Span | None, target: int | None) -> Table:
    lowest = now.lowest.level if now else scale.lowest - 1
    highest = now.highest.level if now else scale.lowest - 1
    table = []
    for level in scale.levels:
        if level <= lowest:
            standing = "Reached"
        elif level <= highest:
            standing = "Possible"
        else:
            standing = "Not reached"
        row = {column([now]): goal(level, now), "Standing": standing}
        if target is not None:
            row["Target"] = "Target" if level == target else ""
        table.append(row)
    return table
