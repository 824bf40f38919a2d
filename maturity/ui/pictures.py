"""Readings drawn as charts: each with its legend, its words and its table.

Charts are cached by what they show, so a rerun draws the same specification again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from maturity import charts, words
from maturity.charts import (
    CategoryScore,
    Chart,
    Span,
)
from maturity.charts.readings import (
    category_columns,
    category_scores,
    comparable,
    legend_of,
    progress,
    quarter_score,
    scale_of,
    scale_of_model,
)
from maturity.model import MaturityModel
from maturity.reading import Reading
from maturity.ui.layout import as_table, legend, pair

_radar = lru_cache(maxsize=512)(charts.radar)
_bars = lru_cache(maxsize=512)(charts.bars)
_track = lru_cache(maxsize=512)(charts.track)
_trend = lru_cache(maxsize=512)(charts.trend)
_heatmap = lru_cache(maxsize=512)(charts.heatmap)
_slope = lru_cache(maxsize=512)(charts.slope)


@dataclass(frozen=True)
class Room:
    """The room of a chart on a slide, in pixels before it is drawn twice as large."""

    width: int
    height: int


def draw(chart: Chart, key: str, room: Room | None = None) -> None:
    """A chart, named for screen readers, with its figures as a table below.

    On a slide it has a width of its own and no table.
    """
    if room is None:
        st.vega_lite_chart(spec=chart.spec, width="stretch", alt=chart.alt)
        as_table(chart.table, chart.alt, key)
    else:
        spec = {**chart.spec, "width": room.width}
        st.vega_lite_chart(spec=spec, width="content", alt=chart.alt)


def track(reading: Reading, room: Room | None = None) -> None:
    """The levels in a row, as far as they are reached."""
    step, target = reading.overall.next, reading.targets.of()
    met, asked = progress(reading)
    chart = _track(
        scale_of(reading),
        Span.of(reading.overall),
        met=met if step else 0,
        asked=asked if step else 0,
        target=target.level if target else None,
    )
    if room is None:
        st.vega_lite_chart(spec=chart.spec, width="stretch", alt=chart.alt)
    else:
        draw(chart, "track", room)


def radar(reading: Reading, before: Reading | None, room: Room | None = None) -> None:
    """The shape of the result; with fewer than three spokes, bars instead."""
    before = comparable(reading, before)
    rows = category_scores(reading, before)
    then = before.quarter if before else None
    size = {} if room is None else {"height": room.height}
    chart = _radar(rows, scale_of(reading), reading.quarter, then, **size)
    if chart is None:
        bars(reading, before, "instead", room)
        return
    if room is None:
        _legend(reading, before, rows, "line")
    draw(chart, "radar", room)


def radar_legend(reading: Reading) -> None:
    """What the lines of a radar without an earlier quarter mean."""
    _legend(reading, None, category_scores(reading, None), "line")


def bars(
    reading: Reading,
    before: Reading | None,
    key: str = "bars",
    room: Room | None = None,
) -> None:
    """Each category's score against the last quarter and the target."""
    before = comparable(reading, before)
    rows = category_scores(reading, before)
    _legend(reading, before, rows, "bar")
    then = before.quarter if before else None
    draw(_bars(rows, scale_of(reading), reading.quarter, then), key, room)


def _legend(
    reading: Reading,
    before: Reading | None,
    rows: Sequence[CategoryScore],
    kind: str,
) -> None:
    then = before.quarter if before else None
    legend(legend_of(rows, reading.quarter, then), kind)


def trend(history: Sequence[Reading], room: Room | None = None) -> None:
    """Level and score, quarter by quarter."""
    quarters = [quarter_score(reading) for reading in history]
    size = {} if room is None else {"height": room.height}
    chart = _trend(tuple(quarters), scale_of(history[-1]), **size)
    draw(chart, "trend", room)


def trend_caption(history: Sequence[Reading]) -> str:
    by_points = history[-1].definition.model.by_points
    said = (
        "Columns show where the band begins, the line shows the score."
        if by_points
        else "Columns show the level, the line shows the score."
    )
    latest = history[-1]
    said = f"{latest.quarter.label}: {words.level_and_evidence(latest.overall)}. {said}"
    if any(not words.settled(reading.overall) for reading in history):
        said += " A bar shows a range: some questions were open."
    return said


def scale_caption(reading: Reading) -> str:
    """From where to where scores go."""
    return scale_caption_of(reading.definition.model)


def scale_caption_of(model: MaturityModel) -> str:
    low, high = scale_of_model(model).tenths
    if model.by_points:
        edges = [f"{edge // 10}" for edge in model.edges[2:]]
        return (
            f"Score from {low // 10} to {high // 10}. Bands begin above 0, "
            f"{words.listed(edges)}."
        )
    return f"Score from {model.lowest} to {model.top}."


def heatmap(history: Sequence[Reading]) -> None:
    """Every category in every submitted quarter."""
    columns, names = category_columns(history)
    draw(_heatmap(columns, names, scale_of(history[-1])), "heatmap")


def slope(before: Reading, after: Reading) -> None:
    """Two quarters side by side, a line a category."""
    rows = category_scores(after, before)
    chart = _slope(rows, scale_of(after), after.quarter, before.quarter)
    draw(chart, "slope")


@dataclass(frozen=True)
class _Plan:
    """What a series of planned steps is called."""

    label: str = "with the plan"


def what_if(reading: Reading, seen: Reading, *, wide: bool = False) -> None:
    """The shape and the scores with planned steps, beside what they are."""
    rows = category_scores(seen, reading)
    names = {
        "current": "With these steps",
        "possible": "still possible",
        "previous": reading.quarter.label,
        "target": "Target",
    }
    said = {token: names[token] for token in charts.drawn(rows)}
    shape = _radar(rows, scale_of(reading), _Plan(), reading.quarter)
    places = pair() if wide and shape is not None else st.container()
    if shape is not None:
        with places, st.container():
            legend(said, "line")
            draw(shape, "plan-radar")
    with places, st.container():
        legend(said, "bar")
        draw(_bars(rows, scale_of(reading), _Plan(), reading.quarter), "plan-bars")
