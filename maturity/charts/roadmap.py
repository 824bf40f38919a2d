"""The plan in pictures: its steps over the quarters, and the score they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt

from maturity.charts.base import (
    COLOR,
    NONE,
    POSSIBLE,
    Chart,
    Row,
    Table,
    finish,
    level_axis,
    marks,
)
from maturity.charts.inputs import Outlook, PlannedStep, Scale, Span, column
from maturity.quarter import Quarter
from maturity.scoring import shown

ROW = 46
"""Pixels of a step on the timeline: its name, and its bar below."""
HEAD, FOOT = 20, 44
"""Pixels above the steps, for the word Today, and below, for the quarters."""
STATUSES = {"Planned": "previous", "Doing": "current", "Done": "up", "Late": "target"}
OUTLOOK_HEIGHT = 240


def timeline(steps: Sequence[PlannedStep], today: date) -> Chart:
    """Which step is due when, and how far it is.

    It misleads where the length of a bar is read as work: it reaches from the quarter
    in which the step was planned to the one by whose end it is due.
    """
    first = min([*(s.start for s in steps), Quarter.of(today)])
    last = max([*(s.due for s in steps), Quarter.of(today)])
    quarters = [first.shift(ahead) for ahead in range(last - first + 1)]
    height = ROW * len(steps) + HEAD
    scale = alt.Scale(domain=[0, len(quarters)], nice=False)
    x = alt.X("from:Q", scale=scale, axis=_quarters(quarters))
    bars: list[Row] = []
    for place, step in enumerate(steps):
        y = HEAD + ROW * place
        start, end = step.start - first, step.due - first + 1
        # A name begins with its bar, or ends with it where it lies far right.
        right = 2 * start > len(quarters)
        bars.append(
            {
                "from": start,
                "to": end,
                "y": y,
                "text": step.name,
                "at": end if right else start,
                "align": "right" if right else "left",
                "token": STATUSES[step.status],
                "status": step.status,
                "due": step.due.label,
                "owner": step.owner or NONE,
                "desc": _said(step),
            }
        )
    tip = [
        alt.Tooltip("text:N", title="Step"),
        alt.Tooltip("status:N", title="Status"),
        alt.Tooltip("due:N", title="Due"),
        alt.Tooltip("owner:N", title="Owner"),
    ]
    down = alt.Y(
        "y:Q", axis=None, scale=alt.Scale(domain=[height, 0], nice=False, zero=False)
    )
    now = Quarter.of(today)
    span = (now.last_day - now.first_day).days + 1
    passed = now - first + (today - now.first_day).days / span
    line: list[Row] = [{"from": round(passed, 3), "y": 0}]
    layers = [
        marks(line, "line")
        .mark_rule(strokeDash=[3, 3])
        .encode(x, y=alt.value(HEAD - 4), y2=alt.value("height"), color=COLOR),
        marks(bars)
        .mark_bar(height=14, cornerRadius=4, yOffset=30, aria=True)
        .encode(x, x2="to:Q", y=down, color=COLOR, tooltip=tip, description="desc:N"),
        marks(bars, "ink")
        .mark_text(
            fontSize=13, baseline="top", dy=4, align=alt.expr("datum.align"), limit=280
        )
        .encode(alt.X("at:Q", scale=scale), y=down, text="text:N", color=COLOR),
        marks(line, "muted")
        .mark_text(
            text="Today",
            fontSize=12,
            baseline="top",
            align="left" if 2 * passed < len(quarters) else "right",
        )
        .encode(x, y=alt.value(0), color=COLOR),
    ]
    return finish(
        layers,
        alt_text=f"{_count(len(steps), 'planned step')}, due from "
        f"{min(s.due for s in steps).label} to {max(s.due for s in steps).label}",
        table=[
            {
                "Step": step.name,
                "Status": step.status,
                "Due": step.due.label,
                "Owner": step.owner or NONE,
            }
            for step in steps
        ],
        height=height + FOOT,
    )


def outlook(quarters: Sequence[Outlook], scale: Scale) -> Chart:
    """What the score was, and what it will be if every step is done in time.

    It misleads where the dotted line is taken for a forecast: it is what the plan
    adds up to, and says nothing about whether the plan holds.
    """
    labels = [one.quarter.label for one in quarters]
    x = alt.X(
        "quarter:N",
        sort=labels,
        scale=alt.Scale(paddingOuter=0.2),
        axis=alt.Axis(
            labelAngle=0,
            labelOverlap="greedy",
            labelExpr="[slice(datum.label, 0, 2), slice(datum.label, 3)]",
        ),
    )
    y = alt.Y(
        "to:Q",
        scale=alt.Scale(domain=list(scale.tenths), nice=False),
        axis=level_axis(scale, grid=True),
    )
    real = [_point(one, one.real, "in") for one in quarters if one.real]
    planned = [
        _point(one, one.planned, "planned for") for one in quarters if one.planned
    ]
    start = [row for row in real if _before(row, planned, labels)][-1:]
    layers: list[alt.Chart] = []
    for rows, dash, opacity in (
        ([*start, *planned], [2, 4], 1.0),
        (real, [1, 0], 1.0),
    ):
        if rows:
            layers.append(
                marks(rows, "current")
                .mark_line(strokeWidth=2.5, strokeDash=dash, opacity=opacity)
                .encode(x, y, order="place:Q", color=COLOR)
            )
    ranges = [row for row in [*real, *planned] if row["to"] != row["most"]]
    if ranges:
        layers.append(
            marks(ranges, "current")
            .mark_rule(strokeWidth=8, opacity=POSSIBLE)
            .encode(x, y, y2="most:Q", color=COLOR)
        )
        layers.append(
            marks(ranges, "muted")
            .mark_text(fontSize=12, fontWeight=600, dy=-10)
            .encode(x, alt.Y("most:Q"), text="best:N", color=COLOR)
        )
    for rows, filled in ((real, True), (planned, False)):
        if rows:
            layers += [
                marks(rows, "current")
                .mark_point(size=64, filled=filled, opacity=1, aria=True)
                .encode(
                    x,
                    y,
                    color=COLOR,
                    description="desc:N",
                    tooltip=[alt.Tooltip("desc:N", title="Score")],
                ),
                marks(rows, "ink" if filled else "muted")
                .mark_text(
                    fontSize=12,
                    fontWeight=600,
                    # Below a range, whose bar stands above the point.
                    dy=alt.expr("datum.most > datum.to ? 18 : -14"),
                )
                .encode(x, y, text="text:N", color=COLOR),
            ]
    return finish(
        layers,
        alt_text=_finding(quarters),
        table=_tabled(quarters),
        height=OUTLOOK_HEIGHT,
    )


def _quarters(quarters: Sequence[Quarter]) -> alt.Axis:
    """A quarter's name in the middle of its room, on two lines."""
    names = [[quarter.label[:2], quarter.label[3:]] for quarter in quarters]
    return alt.Axis(
        values=[place + 0.5 for place in range(len(quarters))],
        labelExpr=f"{names}[floor(datum.value)]",
        labelAngle=0,
        labelOverlap="greedy",
        grid=False,
    )


def _said(step: PlannedStep) -> str:
    who = f", {step.owner}" if step.owner else ""
    return f"{step.name}: {step.status.lower()}, due {step.due.label}{who}"


def _point(one: Outlook, span: Span, word: str) -> Row:
    return {
        "quarter": one.quarter.label,
        "place": one.quarter.year * 4 + one.quarter.number,
        "to": span.lowest.tenths,
        "most": span.highest.tenths,
        "text": shown(span.lowest.tenths),
        "best": shown(span.highest.tenths),
        "desc": f"{span.score} {word} {one.quarter.label}",
    }


def _before(row: Row, planned: Sequence[Row], labels: Sequence[str]) -> bool:
    if not planned:
        return False
    here, there = str(row["quarter"]), str(planned[0]["quarter"])
    return labels.index(here) < labels.index(there)


def _finding(quarters: Sequence[Outlook]) -> str:
    """Score 2.1 in Q3 2026, 3.0 planned for Q4 2027."""
    real = [one for one in quarters if one.real]
    planned = [one for one in quarters if one.planned]
    said = []
    if real and real[-1].real:
        said.append(f"{real[-1].real.score} in {real[-1].quarter.label}")
    if planned and planned[-1].planned:
        last = planned[-1]
        said.append(f"{planned[-1].planned.score} planned for {last.quarter.label}")
    return f"Score {', '.join(said)}" if said else "No score"


def _tabled(quarters: Sequence[Outlook]) -> Table:
    what = column(one.planned for one in quarters)
    return [
        {
            "Quarter": one.quarter.label,
            "Score": one.real.score if one.real else NONE,
            "Score by the plan": one.planned.score if one.planned else NONE,
            f"{what} by the plan": one.planned.level if one.planned else NONE,
        }
        for one in quarters
    ]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
