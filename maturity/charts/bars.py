"""The bars: every category's score, beside the earlier quarter and the target."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from maturity.charts import categories as words
from maturity.charts.base import (
    COLOR,
    POSSIBLE,
    Chart,
    Row,
    along,
    at_the_end,
    finish,
    marks,
)
from maturity.charts.inputs import CategoryScore, Named, Scale

ROW = 56


def bars(
    categories: Sequence[CategoryScore],
    scale: Scale,
    quarter: Named,
    before: Named | None = None,
) -> Chart:
    """How far each category is, whether it moved, and how far off its target is.

    It misleads where a bar is read as an amount of work done: the scale is the
    model's, and the way from one level to the next is not equally long everywhere.
    The paler end of a bar is what open answers may still bring.
    """
    low, _ = scale.tenths
    x = along(scale, "from:Q")
    y = alt.Y(
        "name:N",
        sort=[c.short_name for c in categories],
        axis=alt.Axis(labelFontSize=13),
    )
    now: list[Row] = []
    possible: list[Row] = []
    earlier: list[Row] = []
    ranges: list[Row] = []
    targets: list[Row] = []
    every: list[Row] = []
    for c in categories:
        said = words.labelled(c, quarter, before)
        every.append({**said, "token": "ink" if c.now else "muted"})
        if c.now:
            now.append({**said, "from": low, "to": c.now.lowest.tenths})
            if not c.now.settled:
                ends = {"from": c.now.lowest.tenths, "to": c.now.highest.tenths}
                possible.append({**said, **ends})
        if c.before:
            ends = {"from": c.before.lowest.tenths, "to": c.before.highest.tenths}
            earlier += [{**said, "from": end} for end in dict.fromkeys(ends.values())]
            if not c.before.settled:
                ranges.append({**said, **ends})
        if c.now and c.target is not None:
            targets.append({**said, "from": scale.at(c.target)})
    tip = words.tooltip(categories, quarter, before)

    def drawn(rows: Sequence[Row], token: str) -> alt.Chart:
        return marks(rows, token).encode(x, y, color=COLOR, tooltip=tip)

    layers: list[alt.Chart] = []
    if now:
        layers.append(
            drawn(now, "current")
            .mark_bar(height=14, cornerRadiusEnd=4)
            .encode(x2="to:Q")
        )
    if possible:
        layers.append(
            drawn(possible, "current")
            .mark_bar(height=14, cornerRadiusEnd=4, opacity=POSSIBLE)
            .encode(x2="to:Q")
        )
    if ranges:
        layers.append(
            drawn(ranges, "previous").mark_rule(strokeWidth=3).encode(x2="to:Q")
        )
    if earlier:
        # On a bar, tick and diamond would be lost without the halo below them.
        layers += [
            drawn(earlier, "surface").mark_tick(opacity=1, size=28, thickness=7),
            drawn(earlier, "previous").mark_tick(opacity=1, size=26, thickness=3),
        ]
    if targets:
        layers += [
            drawn(targets, "surface").mark_point(
                shape="diamond", filled=True, opacity=1, size=230
            ),
            drawn(targets, "target").mark_point(
                shape="diamond", filled=True, opacity=1, size=120
            ),
        ]
    layers.append(at_the_end(every, y))
    return finish(
        layers,
        alt_text=f"Bars of {words.finding(categories)}",
        table=words.tabled(categories, quarter, before),
        height=ROW * len(categories),
        sizing="fit-x",
    )
