"""What all charts share: colour tokens, the look of axes, and how one is finished.

A mark is coloured by the name of a token, never by a colour: the browser looks the
name up in the theme's list, so one drawing is right in light and in dark and follows
the switch between them without a rerun.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import altair as alt

from maturity.charts.inputs import Scale

TOKENS = (
    "current",
    "previous",
    "target",
    "ink",
    "muted",
    "line",
    "surface",
    "on-low",
    "on-high",
    "up",
    "down",
)
"""What each position of `chartCategoricalColors` in config.toml means."""

COLOR = alt.Color("token:N", scale=alt.Scale(domain=list(TOKENS)), legend=None)

HALO = alt.Stroke("token:N", scale=alt.Scale(domain=list(TOKENS)), legend=None)
"""The same for an outline."""

POSSIBLE = 0.45
"""Opacity of what open answers may still bring, in every chart."""

MUTED = {"expr": "scale('color', 'muted')"}
CONFIG = {
    # Streamlit's own axis labels are too pale in light mode, and cut at 100 px.
    "axis": {
        "labelFontSize": 12,
        "labelPadding": 8,
        "labelLimit": 240,
        "labelFlush": False,
        "labelColor": MUTED,
        "domain": False,
        "ticks": False,
        "title": None,
        # It would be read out in tenths.
        "aria": False,
    },
    # A screen reader would read out every mark; one layer of each chart speaks.
    "mark": {"aria": False},
    "view": {"stroke": None},
}

NONE = "\N{EN DASH}"
NOT_APPLICABLE = "Not applicable"

Row = Mapping[str, str | int | float | None]
Spec = dict[str, object]
Table = list[dict[str, str]]


@dataclass(frozen=True)
class Chart:
    """A chart with what is said of it to people who cannot use the picture."""

    spec: Spec
    """Vega-Lite, for `st.vega_lite_chart` with Streamlit's theme left on."""
    alt: str
    """The finding, in one sentence of about 100 characters at most."""
    table: Table
    """The same figures as text, with column names to show."""


def marks(rows: Iterable[Row], token: str | None = None) -> alt.Chart:
    """One layer; all its marks take the colour of the token, if one is given."""
    own: dict[str, str] = {} if token is None else {"token": token}
    return alt.Chart(alt.InlineData(values=[{**row, **own} for row in rows]))


def at_the_end(rows: Iterable[Row], y: alt.Y) -> alt.Chart:
    """What each row says `now`, right of the plot; it is read out for the row."""
    written: alt.Chart = (
        marks(rows)
        .mark_text(align="left", dx=14, fontSize=13, fontWeight=600, aria=True)
        .encode(
            x=alt.value("width"),
            y=y,
            text="now:N",
            color=COLOR,
            description="desc:N",
        )
    )
    return written


def told(
    unseen: alt.Chart,
    *place: alt.X | alt.Y | alt.Y2,
    tips: Mapping[str, str],
) -> alt.Chart:
    """Marks that are not seen, to be read out and pointed at; tips with their names."""
    layer: alt.Chart = unseen.encode(
        *place,
        color=COLOR,
        description="desc:N",
        tooltip=[alt.Tooltip(f"{tip}:N", title=title) for tip, title in tips.items()],
    )
    return layer


def finish(
    layers: Sequence[alt.Chart],
    *,
    alt_text: str,
    table: Table,
    height: int,
    sizing: Literal["fit", "fit-x", "none"] = "fit",
) -> Chart:
    """Stack the layers.

    `height` is that of the whole chart, with "fit-x" that of the plot alone; "none"
    is for plots that place everything themselves and must not be squeezed to fit.
    """
    # The first layer's data is what "Show data" in the toolbar lists.
    listed = alt.Chart(alt.InlineData(values=table)).mark_point(opacity=0, size=0)
    chart = alt.LayerChart(layer=[listed, *layers]).properties(
        width="container",
        height=height,
        # Streamlit adds 20 px below a chart that sets no padding.
        padding={
            "left": 0,
            "right": 0,
            "top": 0 if sizing == "none" else 4,
            "bottom": 0,
        },
        autosize=alt.AutoSizeParams(type=sizing, contains="padding"),
    )
    return Chart({**chart.to_dict(), "config": CONFIG}, alt_text, table)


def level_axis(scale: Scale, *, grid: bool, name_all: bool = False) -> alt.Axis:
    """An axis of scores that is labelled at the levels, or at the bands' edges."""
    every = 1 if scale.top - scale.lowest <= 6 else 2
    word = "'Level '" if name_all else "datum.index == 0 ? 'Level ' : ''"
    if scale.edges:
        word = "''"
    return alt.Axis(
        values=scale.marks[::every],
        labelExpr=f"({word}) + datum.value / 10",
        grid=grid,
    )


def along(scale: Scale, field: str) -> alt.X:
    """The whole scale from left to right, so that a small gap looks small."""
    return alt.X(
        field,
        scale=alt.Scale(domain=list(scale.tenths), nice=False),
        axis=level_axis(scale, grid=True),
    )
