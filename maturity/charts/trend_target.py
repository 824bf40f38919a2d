"""The target in a trend: its rule, and the word above it where nothing crowds it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import altair as alt

from maturity.charts import time_axis
from maturity.charts.base import COLOR, Row, marks
from maturity.charts.inputs import QuarterScore, Scale
from maturity.quarter import Quarter

BELOW = 15
"""Pixels from a point to the middle of its number."""
ABOVE = 38
"""Pixels from the end of a range to the top of its number, of two lines."""
NARROW = 8
"""A run of quarters of one in so many is narrower than the word above it."""
PADDING = 0.38
"""Of a quarter's room, left free between two columns."""


def targets(
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
        at = scale.at(target)
        runs.append(
            {
                "quarter": run[0].label,
                "until": run[-1].label,
                "from": at,
                "text": "Target",
                "side": _word_side(
                    run,
                    every,
                    [
                        _crowds(known.get(q), at, scale, plot)
                        for q in (run[0].shift(-1), run[0], run[-1])
                    ],
                ),
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


def _word_side(
    run: Sequence[Quarter], every: Sequence[Quarter], crowded: Sequence[bool]
) -> str:
    """Where "Target" stands above its rule: at an end that no score crowds.

    `crowded` is of the quarter before the run, of its first and of its last.
    """
    before, first, last = crowded
    # Set from its start, the word would be cut by the picture's edge.
    at_edge = run[-1] == every[-1] and NARROW * len(run) <= len(every)
    free = {
        "start": not first and not at_edge,
        "end": not last,
        "before": not before and run[0] != every[0],
    }
    usual = "end" if at_edge else "start"
    return next((side for side, is_free in free.items() if is_free), usual)


def _target_word(run: Row, x: alt.X, y: alt.Y) -> alt.Chart:
    """ "Target" above the first rule, or before it."""
    edge = time_axis.between(PADDING)
    end, start = run["side"] == "end", run["side"] == "start"
    away = f"{edge} - 4" if end else f"4 - {edge}" if start else f"-4 - {edge}"
    drawn: alt.Chart = (
        marks([{**run, "quarter": run["until"] if end else run["quarter"]}], "target")
        .mark_text(
            fontSize=12,
            fontWeight=600,
            align="left" if start else "right",
            baseline="bottom",
            dx=alt.expr(away),
            dy=-5,
        )
        .encode(x.bandPosition(1 if end else 0), y, text="text:N", color=COLOR)
    )
    return drawn


def _crowds(q: QuarterScore | None, target: int, scale: Scale, plot: int) -> bool:
    """Whether a quarter's score and number lie where the word would stand."""
    if q is None or q.now is None:
        return False
    low = (scale.share(q.now.lowest.tenths) - scale.share(target)) * plot
    high = (scale.share(q.now.highest.tenths) - scale.share(target)) * plot
    return high > -(2 * BELOW if q.now.settled else ABOVE) and low < 2 * BELOW
