"""The peers chart: one team's scores among the middle half of comparable teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from maturity.charts.base import (
    COLOR,
    HALO,
    NOT_APPLICABLE,
    POSSIBLE,
    Chart,
    Row,
    along,
    at_the_end,
    finish,
    marks,
)
from maturity.charts.inputs import Scale, Span
from maturity.scoring import shown

ROW = 44


@dataclass(frozen=True)
class PeerScore:
    """One category, or the whole model, beside the quartiles of other teams."""

    name: str
    short_name: str
    now: Span | None
    """None: nothing applicable to this team."""
    lower: int
    median: int
    upper: int
    place: str
    """Where the team lies, in words."""


def peers(rows: Sequence[PeerScore], scale: Scale, finding: str) -> Chart:
    """Where a team is ahead of most comparable ones, and where behind.

    It misleads where it is read as a ranking: the band says what half of the teams
    do, not what is good, and a few tenths inside it mean nothing.
    """
    x = along(scale, "from:Q")
    y = alt.Y(
        "name:N",
        sort=[row.short_name for row in rows],
        axis=alt.Axis(labelFontSize=13, labelPadding=14),  # clear of a dot at the end
    )
    bands: list[Row] = []
    medians: list[Row] = []
    ranges: list[Row] = []
    dots: list[Row] = []
    every: list[Row] = []
    for row in rows:
        said = _said(row)
        bands.append({**said, "from": row.lower, "to": row.upper})
        medians.append({**said, "from": row.median})
        every.append({**said, "token": "ink" if row.now else "muted"})
        if row.now is None:
            continue
        ends = {"from": row.now.lowest.tenths, "to": row.now.highest.tenths}
        dots += [{**said, "from": end} for end in dict.fromkeys(ends.values())]
        if not row.now.settled:
            ranges.append({**said, **ends})
    tip = [
        alt.Tooltip("category:N", title="Category"),
        alt.Tooltip("now:N", title="This team"),
        alt.Tooltip("half:N", title="Middle half"),
        alt.Tooltip("middle:N", title="Median"),
    ]

    def drawn(layer: Sequence[Row], token: str) -> alt.Chart:
        return marks(layer, token).encode(x, y, color=COLOR, tooltip=tip)

    layers = [
        # The outline keeps a band in sight where both its ends are one score.
        drawn(bands, "line")
        .mark_bar(height=14, cornerRadius=7, strokeWidth=4)
        .encode(x2="to:Q", stroke=HALO),
        drawn(medians, "muted").mark_tick(opacity=1, size=22, thickness=2),
    ]
    if ranges:
        layers.append(
            drawn(ranges, "current")
            .mark_rule(strokeWidth=3, opacity=POSSIBLE)
            .encode(x2="to:Q")
        )
    if dots:
        layers += [
            drawn(dots, "surface").mark_point(filled=True, opacity=1, size=190),
            drawn(dots, "current").mark_point(filled=True, opacity=1, size=120),
        ]
    layers.append(at_the_end(every, y))
    return finish(
        layers,
        alt_text=finding,
        table=[
            {
                "Category": row.name,
                "This team": _now(row),
                "Lower quartile": shown(row.lower),
                "Median": shown(row.median),
                "Upper quartile": shown(row.upper),
                "Place": row.place,
            }
            for row in rows
        ],
        height=ROW * len(rows),
        sizing="fit-x",
    )


def _now(row: PeerScore) -> str:
    return row.now.score if row.now else NOT_APPLICABLE


def _said(row: PeerScore) -> dict[str, str]:
    half = f"{shown(row.lower)} to {shown(row.upper)}"
    return {
        "category": row.name,
        "name": row.short_name,
        "now": _now(row),
        "half": half,
        "middle": shown(row.median),
        "desc": f"{row.name}: {_now(row)}, {row.place}. The middle half of the others "
        f"is {half}, the median {shown(row.median)}",
    }
