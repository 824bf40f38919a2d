"""Teams by level: how many were at which level, quarter by quarter."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from maturity.charts import time_axis
from maturity.charts.base import COLOR, HALO, Chart, Row, Table, finish, marks, told
from maturity.charts.inputs import LevelCount, Scale
from maturity.mark import level_range

HEIGHT = 310
FOOT = 30
PADDING = 0.16
LEAST = 15
"""Pixels of height that a line of text needs."""
_FITS = "length(datum.wide) * 5.8 <= bandwidth('x')"
_TWO = f"!({_FITS}) && datum.lines > 1"


def levels(
    quarters: Sequence[LevelCount],
    scale: Scale,
    bands: tuple[str, ...],
    finding: str,
    height: int = HEIGHT,
) -> Chart:
    """How the teams spread over the levels, and whether they move up.

    It misleads where columns of different height are compared by their parts: teams
    join and leave, so the numbers are printed. A new edition starts anew.
    """
    every = [quarter.quarter for quarter in quarters]
    most = max((_total(quarter) for quarter in quarters), default=1) or 1
    x = alt.X(
        "quarter:N",
        scale=alt.Scale(domain=[q.label for q in every], padding=PADDING),
        axis=time_axis.quarter_axis(PADDING, "bottom", one_line=True),
    )
    y = alt.Y(
        "from:Q",
        scale=alt.Scale(domain=[0, most], nice=False),
        # Named one by one, as half a team is none.
        axis=alt.Axis(
            values=list(range(0, most + 1, -(-most // 5))), format=",d", grid=True
        ),
    )
    known: list[Row] = []
    unknown: list[Row] = []
    for one in quarters:
        foot = 0
        for name, mark, number, level in _parts(one, scale, bands):
            teams = "1 team" if number == 1 else f"{number:,} teams"
            part: Row = {
                "quarter": one.quarter.label,
                "from": foot,
                "to": foot + number,
                "middle": foot + number / 2,
                "wide": f"{mark} · {number:,}" if mark else f"{number:,}",
                "name": name,
                "teams": teams,
                "desc": f"{one.quarter.label}, {name}: {teams}",
                "mark": mark,
                "number": f"{number:,}",
                "lines": int(number / most * (height - FOOT)) // LEAST,
            }
            foot += number
            if level is None:
                unknown.append({**part, "token": "muted"})
            elif number:
                known.append({**part, **_shade(scale, level)})
    layers: list[alt.Chart] = []
    if known:
        domain = [scale.lowest, scale.top]
        layers += [
            marks(known)
            .mark_bar(cornerRadius=2)
            .encode(
                x,
                y,
                y2="to:Q",
                fill=alt.Fill("level:Q", scale=alt.Scale(domain=domain), legend=None),
            ),
            _numbers(known, x),
        ]
    if unknown:
        layers += [
            marks(unknown, "line")
            .mark_bar(cornerRadius=2, fillOpacity=0, strokeDash=[3, 3], strokeWidth=1)
            .encode(x, y, y2="to:Q", stroke=HALO),
            _numbers(unknown, x),
        ]
    layers += time_axis.edition_breaks(quarters, x, PADDING, below=False)
    layers.append(
        told(
            marks([*known, *unknown], "current").mark_bar(opacity=0, aria=True),
            x,
            y,
            alt.Y2("to:Q"),
            tips={
                "quarter": "Quarter",
                "name": "Band" if bands else "Level",
                "teams": "Teams",
            },
        )
    )
    return finish(
        layers,
        alt_text=finding,
        table=_tabled(quarters, scale, bands),
        height=height,
    )


def _total(quarter: LevelCount) -> int:
    return sum(quarter.counts) + quarter.unsure + quarter.absent


def _parts(
    quarter: LevelCount, scale: Scale, bands: tuple[str, ...]
) -> list[tuple[str, str, int, int | None]]:
    """Name, mark, number and level of each part of a column, from its foot up."""
    prefix = "" if scale.edges else "L"
    parts: list[tuple[str, str, int, int | None]] = [
        (
            level_range(level, level, bands),
            f"{prefix}{scale.mark(level)}",
            quarter.counts[place],
            level,
        )
        for place, level in enumerate(scale.levels)
    ]
    if quarter.unsure:
        parts.append(("More than one still possible", "?", quarter.unsure, None))
    if quarter.absent:
        parts.append((time_axis.NOT_ASSESSED, "\N{EN DASH}", quarter.absent, None))
    return parts


def _shade(scale: Scale, level: int) -> Row:
    share = (level - scale.lowest) / max(1, scale.top - scale.lowest)
    return {"level": level, "token": "on-high" if share > 0.6 else "on-low"}


def _numbers(rows: Sequence[Row], x: alt.X) -> alt.Chart:
    """Level and number; on two lines, or the number alone, where room is short."""
    drawn: alt.Chart = (
        marks(rows)
        .mark_text(
            baseline="middle",
            fontSize=alt.expr("bandwidth('x') < 44 ? 10 : 12"),
            fontWeight=500,
            lineBreak="\n",
            lineHeight=12,
            text=alt.expr(
                f"{_FITS} ? datum.wide : ({_TWO} ? datum.mark + '\\n' : '') "
                "+ datum.number"
            ),
            dy=alt.expr(f"{_TWO} ? -6 : 0"),
            opacity=alt.expr("datum.lines && bandwidth('x') >= 16 ? 1 : 0"),
        )
        .encode(x, y=alt.Y("middle:Q"), color=COLOR)
    )
    return drawn


def _tabled(
    quarters: Sequence[LevelCount], scale: Scale, bands: tuple[str, ...]
) -> Table:
    """A row a quarter, a column a level; teams that nobody can place stand last."""
    unsure = any(quarter.unsure for quarter in quarters)
    table: Table = []
    for quarter in quarters:
        row = {"Quarter": quarter.quarter.label}
        for place, level in enumerate(scale.levels):
            row[level_range(level, level, bands)] = f"{quarter.counts[place]:,}"
        if unsure:
            row["More than one possible"] = f"{quarter.unsure:,}"
        row[time_axis.NOT_ASSESSED] = f"{quarter.absent:,}"
        table.append(row)
    return table
