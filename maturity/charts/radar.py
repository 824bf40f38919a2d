"""The radar: the shape of a quarter over the categories of a model.

Vega-Lite has no polar lines, so points are worked out here on a circle of radius 1,
and the browser lays that circle out in pixels: it never stretches and always fits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from typing import Literal

import altair as alt

from maturity.charts import categories as words
from maturity.charts.base import COLOR, POSSIBLE, Chart, Row, finish, marks
from maturity.charts.inputs import CategoryScore, Named, Scale

FEWEST = 3
"""Fewer spokes make a line, not a shape."""
RADIUS = 98
AROUND = 94
"""Pixels of height that the labels above and below the circle need."""
GAP = 12
"""Pixels between the outermost ring and the labels."""
NOWHERE: Row = {"x": None, "y": None}
"""Where nothing is known; a line has a hole there."""
RISE = 23
"""Pixels that a label of two lines is moved up or down, clear of its corner."""
LETTER = 6.6
"""Width in pixels of a letter of a label, a little generous."""


def radar(
    categories: Sequence[CategoryScore],
    scale: Scale,
    quarter: Named,
    before: Named | None = None,
    height: int | None = None,
    width: int | None = None,
) -> Chart | None:
    """Which categories are ahead and which hold the team back, at one glance.

    It misleads where people read the area: that grows with the square of the scores
    and depends on the order of the spokes. So every corner carries its number and
    bars stand beside it. A category where nothing is applicable has no spoke; open
    answers show as a dotted outline that reaches up to what is still possible, and an
    earlier range as a stroke along its spoke. None with fewer than three spokes. The
    circle is as large as `height` and `width` in pixels allow, and the picture no
    higher than the circle needs; without a height it is as high as a card.
    """
    scored = [c for c in categories if c.now]
    if len(scored) < FEWEST:
        return None
    n = len(scored)
    deep = 1 + _lowest_corner(n)
    radius = RADIUS if height is None else int((height - AROUND) / deep)
    if width is not None:
        radius = min(radius, width // 2 - _label_width(scored) - GAP)
    x, y = _axes(scored, "x", "y", radius)
    x_corner, y_corner = _axes(scored, "cx", "cy", radius)
    corners = [_point(i, n, 1) for i in range(n)]

    def outline(value: Callable[[CategoryScore], int | None]) -> list[Row]:
        """A series as a line that ends where it began, with a hole where unknown."""
        rows: list[Row] = []
        for i in range(n + 1):
            tenths = value(scored[i % n])
            at = NOWHERE if tenths is None else _point(i, n, scale.share(tenths))
            rows.append({"order": i, **at})
        return rows

    def line(
        rows: Sequence[Row], token: str, width: float, dash: Sequence[float] = (1, 0)
    ) -> list[alt.Chart]:
        """The line, and points where a hole leaves nothing of it to be seen."""
        known = [row for row in rows[:-1] if row["x"] is not None]
        if not known:
            return []
        layers = [
            marks(rows, token)
            .mark_line(
                invalid="break-paths-show-path-domains",
                strokeWidth=width,
                strokeDash=dash,
                strokeCap="round" if dash[0] < width else "butt",
                strokeJoin="round",
            )
            .encode(x, y, order="order:Q", color=COLOR)
        ]
        if len(known) < n:
            layers.append(
                marks(known, token)
                .mark_point(filled=True, opacity=1, size=26)
                .encode(x, y, color=COLOR)
            )
        return layers

    now = outline(lambda c: c.now.lowest.tenths if c.now else None)
    highest = outline(lambda c: c.now.highest.tenths if c.now else None)
    rings: list[Row] = [
        {"ring": ring, "order": i, **_point(i, n, scale.share(ring))}
        for ring in scale.marks[1:]
        for i in range(n + 1)
    ]
    every = 1 if scale.top - scale.lowest <= 6 else 2
    numbers: list[Row] = [
        {"text": str(ring // 10), **_point(0, n, scale.share(ring))}
        for ring in scale.marks[1:-1:every]
    ]
    points: list[Row] = [
        {
            **words.labelled(c, quarter, before),
            "dx": round(GAP * corner["x"]),
            "dy": round(-RISE * corner["y"]),
            "align": _side(corner["x"]),
            "cx": corner["x"],
            "cy": corner["y"],
            "x": row["x"],
            "y": row["y"],
        }
        for c, row, corner in zip(scored, now, corners, strict=False)
    ]
    layers = [
        marks(rings, "line")
        .mark_line(strokeWidth=1)
        .encode(x, y, order="order:Q", detail="ring:N", color=COLOR),
        marks([{"x": 0, "y": 0, "x2": c["x"], "y2": c["y"]} for c in corners], "line")
        .mark_rule(strokeWidth=1)
        .encode(x, y, x2="x2:Q", y2="y2:Q", color=COLOR),
        marks(now, "current")
        .mark_line(filled=True, strokeWidth=0, opacity=0.14)
        .encode(x, y, order="order:Q", color=COLOR),
    ]
    if any(c.now and not c.now.settled for c in scored):
        layers.append(
            marks(highest, "current")
            .mark_line(filled=True, strokeWidth=0, opacity=0.08)
            .encode(x, y, order="order:Q", color=COLOR)
        )
        layers += line(highest, "current", 1.75, [0.1, 4])
    layers.append(
        marks(numbers, "muted")
        .mark_text(fontSize=12, align="left", dx=7, dy=1)
        .encode(x, y, text="text:N", color=COLOR)
    )
    if strokes := _earlier_ranges(scored, scale):
        layers.append(
            marks(strokes, "previous")
            .mark_rule(strokeWidth=3, opacity=POSSIBLE)
            .encode(x, y, x2="x2:Q", y2="y2:Q", color=COLOR)
        )
    layers += line(outline(_settled_before), "previous", 1.75)
    aims = outline(lambda c: None if c.target is None else scale.at(c.target))
    layers += line(aims, "target", 1.75, [5, 4])
    layers += line(now, "current", 2.5)
    layers += [
        marks(points, "current")
        .mark_point(filled=True, opacity=1, size=46, aria=True)
        .encode(
            x,
            y,
            color=COLOR,
            description="desc:N",
            tooltip=words.tooltip(scored, quarter, before),
        ),
        _labels(points, "name", -8, "muted", 12, 400).encode(x_corner, y_corner),
        _labels(points, "now", 8, "ink", 13, 600).encode(x_corner, y_corner),
    ]
    return finish(
        layers,
        alt_text=f"Radar of {words.finding(scored)}",
        table=words.tabled(categories, quarter, before),
        height=round(deep * radius) + AROUND,
        sizing="none",
    )


def _point(spoke: int, spokes: int, distance: float) -> dict[str, float]:
    """A place at a distance, 0 to 1, along a spoke; the first points up, clockwise."""
    angle = 2 * pi * spoke / spokes
    return {
        "x": round(distance * sin(angle), 4),
        "y": round(distance * cos(angle), 4),
    }


def _lowest_corner(spokes: int) -> float:
    """How far below the centre the lowest corner lies, 1 for an even number."""
    return -min(cos(2 * pi * i / spokes) for i in range(spokes))


def _axes(
    scored: Sequence[CategoryScore], x: str, y: str, most: int
) -> tuple[alt.X, alt.Y]:
    """Both axes, in pixels that the browser works out from the room it has."""
    radius = f"min({most}, width / 2 - {_label_width(scored) + GAP})"
    lowest_corner = _lowest_corner(len(scored))
    # An odd number of spokes has none straight down: move the centre to even it out.
    middle = f"(height / 2 + {round(most * (1 - lowest_corner) / 2)})"

    def axis(low: str, high: str) -> alt.Scale:
        return alt.Scale(
            domain=[-1, 1],
            nice=False,
            zero=False,
            range=[alt.ExprRef(expr=low), alt.ExprRef(expr=high)],
        )

    across = axis(f"width / 2 - {radius}", f"width / 2 + {radius}")
    up = axis(f"{middle} + {radius}", f"{middle} - {radius}")
    return (
        alt.X(x, type="quantitative", axis=None, scale=across),
        alt.Y(y, type="quantitative", axis=None, scale=up),
    )


def _label_width(scored: Sequence[CategoryScore]) -> int:
    """Pixels that the widest label beside the circle takes."""
    names = [len(c.short_name) * LETTER for c in scored]
    return round(max([*names, *(len(c.now.score) * 7.2 for c in scored if c.now)]))


def _side(across: float) -> str:
    """Where the text of a label begins, so that it grows away from the picture."""
    if abs(across) < 0.1:
        return "center"
    return "left" if across > 0 else "right"


def _labels(
    points: Sequence[Row],
    field: str,
    below: int,
    token: str,
    size: int,
    weight: Literal[400, 600],
) -> alt.Chart:
    labels: alt.Chart = (
        marks(points, token)
        .mark_text(
            dx=alt.expr("datum.dx"),
            dy=alt.expr(f"datum.dy + {below}"),
            align=alt.expr("datum.align"),
            baseline="middle",
            fontSize=size,
            fontWeight=weight,
        )
        .encode(text=f"{field}:N", color=COLOR)
    )
    return labels


def _settled_before(category: CategoryScore) -> int | None:
    before = category.before
    return before.lowest.tenths if before and before.settled else None


def _earlier_ranges(scored: Sequence[CategoryScore], scale: Scale) -> list[Row]:
    """From the lowest to the highest end of each earlier score that was a range."""
    strokes: list[Row] = []
    for i, c in enumerate(scored):
        if c.before and not c.before.settled:
            low = _point(i, len(scored), scale.share(c.before.lowest.tenths))
            high = _point(i, len(scored), scale.share(c.before.highest.tenths))
            strokes.append({**low, "x2": high["x"], "y2": high["y"]})
    return strokes
