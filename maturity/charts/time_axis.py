"""What trend and heatmap share: quarters in a row, with the gaps and the breaks shown.

Only assessed quarters come in; the ones between are filled in here, so that time runs
evenly and a quarter without an assessment is seen as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, Protocol

import altair as alt

from maturity.charts.base import COLOR, Row, marks
from maturity.quarter import Quarter

NOT_ASSESSED = "Not assessed"

_QUARTER = "slice(datum.label, 0, 2)"
_YEAR = "slice(datum.label, 3)"
# Where Q1 follows at once, its year says enough.
_SAYS_YEAR = f"({_QUARTER} == 'Q1' || (datum.index == 0 && {_QUARTER} != 'Q4'))"


class InQuarter(Protocol):
    """An assessed quarter, whatever is known of it."""

    @property
    def quarter(self) -> Quarter: ...
    @property
    def edition(self) -> str: ...


def every_quarter(assessed: Sequence[InQuarter]) -> list[Quarter]:
    """From the first quarter to the last, the ones between included."""
    first, last = assessed[0].quarter, assessed[-1].quarter
    return [first.shift(i) for i in range(last - first + 1)]


def new_editions(assessed: Sequence[InQuarter]) -> list[Quarter]:
    """The quarters that are the first of another edition than the one before."""
    return [
        after.quarter
        for before, after in pairwise(assessed)
        if before.edition != after.edition
    ]


def step(padding: float) -> str:
    """The pixels of a quarter's room, for the browser; some of it is padding."""
    return f"bandwidth('x') / {round(1 - padding, 4)}"


def quarter_axis(
    padding: float, orient: Literal["top", "bottom"], *, one_line: bool
) -> alt.Axis:
    """Q3 2026 on one line or two; where room is short the year at each Q1 only."""
    room = step(padding)
    two_lines = f"[{_QUARTER}, {room} >= 34 || {_SAYS_YEAR} ? {_YEAR} : '']"
    years = f"{_QUARTER} == 'Q1' ? ['Q1', {_YEAR}] : ''"
    said = f"{room} >= 20 ? {two_lines} : {years}"
    return alt.Axis(
        orient=orient,
        labelAngle=0,
        labelOverlap=False,
        labelExpr=f"{room} >= 64 ? datum.label : {said}" if one_line else said,
        # Lines run downwards from the label's place, into the plot if it is below.
        labelPadding=22 if orient == "top" else 8,
        # Room for both lines, as the browser may choose them after it has shared the
        # height out.
        minExtent=36 if one_line else 0,
    )


def edition_breaks(
    assessed: Sequence[InQuarter], x: alt.X, padding: float, *, below: bool
) -> list[alt.Chart]:
    """A dotted rule before each quarter of a new edition, with its label.

    `padding` is the inner padding of the scale: the rule stands halfway in it.
    """
    started = new_editions(assessed)
    if not started:
        return []
    quarters = every_quarter(assessed)
    rows: list[Row] = [
        {
            "quarter": quarter.label,
            "text": "New edition",
            # Towards the middle, where there is room for it.
            "align": "left" if 2 * quarters.index(quarter) < len(quarters) else "right",
            "away": 5 if 2 * quarters.index(quarter) < len(quarters) else -5,
        }
        for quarter in started
    ]
    start = x.bandPosition(0)
    shift = f"-{between(padding)}"
    return [
        marks(rows, "muted")
        .mark_rule(strokeDash=[1, 4], strokeWidth=1.5, xOffset=alt.expr(shift))
        .encode(start, y=alt.value(0), y2=alt.value("height"), color=COLOR),
        marks(rows, "muted")
        .mark_text(
            fontSize=12,
            baseline="top",
            dy=6 if below else 3,
            align=alt.expr("datum.align"),
            dx=alt.expr(f"datum.away + {shift}"),
        )
        .encode(
            start, y=alt.value("height" if below else 0), text="text:N", color=COLOR
        ),
    ]


def between(padding: float) -> str:
    """Pixels from a column's edge to halfway to its neighbour, for the browser."""
    return f"bandwidth('x') * {round(padding / 2 / (1 - padding), 4)}"
