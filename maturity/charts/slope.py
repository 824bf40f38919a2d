"""The slope: two quarters side by side, a line for each category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import altair as alt

from maturity.charts import categories as words
from maturity.charts.base import COLOR, NONE, POSSIBLE, Chart, Row, Table, finish, marks
from maturity.charts.inputs import CategoryScore, Scale, Span
from maturity.quarter import Quarter
from maturity.scoring import shown

HEIGHT = 330
HEAD, FOOT = 54, 16
"""Pixels above and below the plot; the quarters' names stand in the upper ones."""
APART = 18
"""Pixels between two labels, so that they do not overlap."""
LETTER = 6.6
WIDEST = 420
"""Pixels between the two quarters: wider, and every slope looks flat."""
MINUS = "\N{MINUS SIGN}"


def slope(
    categories: Sequence[CategoryScore],
    scale: Scale,
    quarter: Quarter,
    before: Quarter,
) -> Chart:
    """Which categories moved between two quarters, and which way.

    It misleads where the steepest line is taken for the best category: it shows
    change, and its scale begins and ends at the levels around the scores, not at the
    ends of the model. A score that open answers can still change is a stroke from its
    lowest to its highest end, and a pale band leads there in place of a line.
    """
    either = [c for c in categories if c.now or c.before]
    height = max(HEIGHT, APART * len(either) + HEAD + FOOT)
    low, high = _window(either, scale)

    def pixel(tenths: int) -> int:
        up = (height - HEAD - FOOT) * (tenths - low) / (high - low)
        return round(height - FOOT - up)

    tokens = _tokens(either)
    heads: list[Row] = []
    points: list[Row] = []
    strokes: list[Row] = []
    labels: list[Row] = []
    for side, label in ((0, before.label), (1, quarter.label)):
        heads.append({"side": side, "y": HEAD - 34, "text": label})
        wanted: dict[str, int] = {}
        for c in either:
            span = c.now if side else c.before
            if span is None:
                continue
            lowest, highest = pixel(span.lowest.tenths), pixel(span.highest.tenths)
            mark: Row = {
                **words.labelled(c, quarter, before),
                "side": side,
                "y": lowest,
                "to": highest,
                "token": tokens[c],
                "sure": _moved(c) is not None,
            }
            (points if span.settled else strokes).append(mark)
            wanted[_label(c, span, side)] = (lowest + highest) // 2
        texts = sorted(wanted, key=lambda text: (wanted[text], text))
        places = spread([wanted[text] for text in texts], HEAD, height - FOOT)
        labels += [
            {"side": side, "y": place, "text": text}
            for text, place in zip(texts, places, strict=True)
        ]
    x, y = _axes(labels, height)
    tip = words.tooltip(either, quarter, before)
    rules: list[Row] = [
        {"side": side, "y": HEAD, "to": height - FOOT} for side in (0, 1)
    ]
    layers = [
        marks(rules, "line").mark_rule().encode(x, y, y2="to:Q", color=COLOR),
        _text(heads, "ink", "center", 0, x, y),
        _text([r for r in labels if r["side"] == 0], "muted", "right", -12, x, y),
        _text([r for r in labels if r["side"] == 1], "ink", "left", 12, x, y),
    ]
    both = {c.name for c in either if c.now and c.before}
    unsure = [row for row in [*points, *strokes] if not row["sure"]]
    if bands := [row for row in unsure if row["category"] in both]:
        layers.append(
            marks(bands)
            .mark_area(opacity=0.15)
            .encode(x, y, y2="to:Q", detail="category:N", color=COLOR, tooltip=tip)
        )
    if lines := [row for row in points if row["sure"]]:
        layers.append(
            marks(lines)
            .mark_line(strokeWidth=2.25)
            .encode(x, y, detail="category:N", color=COLOR)
        )
    if strokes:
        layers.append(
            marks(strokes)
            .mark_rule(strokeWidth=6, strokeCap="round", opacity=POSSIBLE)
            .encode(x, y, y2="to:Q", color=COLOR, tooltip=tip)
        )
    if points:
        layers.append(
            marks(points)
            .mark_point(filled=True, opacity=1, size=60)
            .encode(x, y, color=COLOR, tooltip=tip)
        )
    # Each category speaks once, wherever it has a mark.
    speaking = {row["category"]: row for row in [*points, *strokes]}
    layers.append(
        marks(speaking.values())
        .mark_point(opacity=0, size=60, aria=True)
        .encode(x, y, color=COLOR, description="desc:N")
    )
    return finish(
        layers,
        alt_text=_finding(either, quarter, before),
        table=_tabled(categories, quarter, before),
        height=height,
        sizing="none",
    )


def spread(wanted: Sequence[int], top: int, bottom: int) -> list[float]:
    """Places as near as can be to those wanted, in order and far enough apart.

    Labels that would overlap become a group, which is centred on what it wants and
    kept between top and bottom.
    """
    groups: list[list[int]] = []

    def start(group: list[int]) -> float:
        half = APART * (len(group) - 1) / 2
        centre = sum(group) / len(group)
        return max(top, min(centre - half, bottom - 2 * half))

    for place in wanted:
        groups.append([place])
        while len(groups) > 1 and (
            start(groups[-1]) < start(groups[-2]) + APART * len(groups[-2])
        ):
            last = groups.pop()
            groups[-1] += last
    return [start(group) + APART * i for group in groups for i in range(len(group))]


def _window(categories: Sequence[CategoryScore], scale: Scale) -> tuple[int, int]:
    """The levels just below and above all scores, in tenths."""
    spans = [span for c in categories for span in (c.now, c.before) if span]
    low = min((span.lowest.tenths for span in spans), default=scale.tenths[0])
    high = max((span.highest.tenths for span in spans), default=scale.tenths[1])
    low, high = low // 10 * 10, -(-high // 10) * 10
    if low == high:
        return (low, high + 10) if high < scale.tenths[1] else (low - 10, high)
    return low, high


def _moved(category: CategoryScore) -> int | None:
    """The change in tenths; None where open answers leave it unsure."""
    now, before = category.now, category.before
    if now is None or before is None or not (now.settled and before.settled):
        return None
    return now.lowest.tenths - before.lowest.tenths


def _way(category: CategoryScore) -> str:
    """Up and down are said only where the ranges do not overlap."""
    now, before = category.now, category.before
    if now is None or before is None:
        return "in one quarter only"
    if now.lowest.tenths > before.highest.tenths:
        return "up"
    if now.highest.tenths < before.lowest.tenths:
        return "down"
    return "as before" if _moved(category) == 0 else "unsure"


def _tokens(categories: Sequence[CategoryScore]) -> dict[CategoryScore, str]:
    """What rose most stands out, what fell is said to have fallen, the rest is grey."""
    most = max((_moved(c) or 0 for c in categories), default=0)
    tokens = {}
    for c in categories:
        tokens[c] = "previous"
        if _way(c) == "down":
            tokens[c] = "down"
        elif most and _moved(c) == most:
            tokens[c] = "current"
    return tokens


def _label(category: CategoryScore, span: Span, side: int) -> str:
    """The score; with the name on the right, or on the left if there is no right."""
    if side == 1:
        return f"{span.score}  {category.short_name}"
    return span.score if category.now else f"{category.short_name}  {span.score}"


def _axes(labels: Sequence[Row], height: int) -> tuple[alt.X, alt.Y]:
    """Both axes in pixels, with room for the labels at both sides."""

    def room(side: int) -> int:
        texts = [str(row["text"]) for row in labels if row["side"] == side]
        return max([32, *(round(len(text) * LETTER) + 18 for text in texts)])

    across = [
        alt.ExprRef(expr=str(room(0))),
        alt.ExprRef(expr=f"min(width - {room(1)}, {room(0) + WIDEST})"),
    ]
    return (
        alt.X("side:Q", axis=None, scale=alt.Scale(domain=[0, 1], range=across)),
        alt.Y(
            "y:Q",
            axis=None,
            scale=alt.Scale(domain=[0, height], range=[0, height], nice=False),
        ),
    )


def _text(
    rows: Sequence[Row],
    token: str,
    align: Literal["left", "center", "right"],
    away: int,
    x: alt.X,
    y: alt.Y,
) -> alt.Chart:
    drawn: alt.Chart = (
        marks(rows, token)
        .mark_text(
            fontSize=13 if align == "center" else 12,
            fontWeight=600 if align == "center" else 400,
            align=align,
            baseline="middle",
            dx=away,
        )
        .encode(x, y, text="text:N", color=COLOR)
    )
    return drawn


def _finding(
    categories: Sequence[CategoryScore], quarter: Quarter, before: Quarter
) -> str:
    """From Q2 2026 to Q3 2026: 3 categories up, 1 down, 1 as before."""
    ways = Counter(_way(c) for c in categories)
    order = ("up", "down", "as before", "unsure", "in one quarter only")
    said = ", ".join(f"{ways[way]} {way}" for way in order if ways[way])
    return f"Categories from {before.label} to {quarter.label}: {said or NONE}"


def _tabled(
    categories: Sequence[CategoryScore], quarter: Quarter, before: Quarter
) -> Table:
    table: Table = []
    for c in categories:
        table.append(
            {
                "Category": c.name,
                before.label: c.before.score if c.before else NONE,
                quarter.label: c.now.score if c.now else NONE,
                "Change": _change(c),
            }
        )
    return table


def _change(category: CategoryScore) -> str:
    """The change with its sign, or what can be said of it."""
    move = _moved(category)
    if not move:
        return _way(category).capitalize()
    return f"{'+' if move > 0 else MINUS}{shown(abs(move))}"
