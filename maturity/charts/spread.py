"""The spread strip: where several people's votes lie on the ladder of each practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from maturity.charts.base import COLOR, HALO, NONE, Chart, Row, finish, marks

ROW = 62
HEAD = 24
NAME = 12
LINE = 44
STEP = 13
"""Pixels between two dots on one rung."""


@dataclass(frozen=True)
class Dot:
    """One person's vote."""

    who: str
    rank: int | None
    """The place on the ladder, the first is 0; None for not applicable."""
    said: str


@dataclass(frozen=True)
class Strip:
    """One practice with its votes."""

    name: str
    rungs: int
    dots: tuple[Dot, ...]
    apart: str
    """How far they lie apart, in words."""
    agreed: int | None = None
    """The place of the agreed rung, or `rungs` for not applicable; None for none."""
    agreed_said: str = ""


def spread(strips: Sequence[Strip], finding: str) -> Chart:
    """Who answered what, and what was agreed, in the order given.

    It misleads where the distance between two rungs is read as an amount: rungs are
    an order, and no two steps of a ladder are equally far.
    """
    longest = max((strip.rungs for strip in strips), default=1)
    out = any(dot.rank is None for strip in strips for dot in strip.dots) or any(
        strip.agreed == strip.rungs for strip in strips
    )
    last = longest if out else longest - 1
    x = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[-0.5, last + 0.5], nice=False),
        axis=alt.Axis(
            orient="top",
            values=list(range(last + 1)),
            labelExpr=f"datum.value == {longest} ? 'n/a' : "
            "(datum.value == 0 ? 'Rung ' : '') + (datum.value + 1)",
            grid=False,
        ),
    )
    height = ROW * len(strips)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], reverse=True), axis=None)
    lines: list[Row] = []
    rungs: list[Row] = []
    dots: list[Row] = []
    agreed: list[Row] = []
    names: list[Row] = []
    for number, strip in enumerate(strips):
        top = ROW * number
        line, name = top + LINE, top + NAME
        lines.append({"at": 0, "to": strip.rungs - 1, "y": line})
        rungs += [{"at": rank, "y": line} for rank in range(strip.rungs)]
        dots += _dots(strip, longest, line)
        if strip.agreed is not None:
            at = longest if strip.agreed == strip.rungs else strip.agreed
            said = f"Agreed: {strip.agreed_said}"
            agreed.append({"at": at, "y": line, "tip": said})
        names.append(
            {
                "y": name,
                "text": f"{strip.name} · {strip.apart}",
                "desc": _sentence(strip),
            }
        )
    tip = alt.Tooltip("tip:N", title=" ")
    layers = [
        marks(lines, "line")
        .mark_rule(strokeWidth=2)
        .encode(x, y, x2="to:Q", color=COLOR),
        marks(rungs, "line")
        .mark_point(filled=True, opacity=1, size=36)
        .encode(x, y, color=COLOR),
        marks(agreed, "target")
        .mark_tick(orient="vertical", opacity=1, size=34, thickness=4)
        .encode(x, y, color=COLOR, tooltip=tip),
        marks(dots, "surface")
        .mark_point(filled=True, opacity=1, size=190, xOffset=alt.expr("datum.shift"))
        .encode(x, y, color=COLOR, stroke=HALO),
        marks(dots, "current")
        .mark_point(filled=True, opacity=1, size=120, xOffset=alt.expr("datum.shift"))
        .encode(x, y, color=COLOR, tooltip=tip),
        marks(names, "ink")
        .mark_text(align="left", baseline="middle", fontSize=13, aria=True)
        .encode(x=alt.value(0), y=y, text="text:N", color=COLOR, description="desc:N"),
    ]
    drawn = [layer for layer in layers if layer.data.values]
    return finish(
        drawn,
        alt_text=finding,
        table=[
            {
                "Practice": strip.name,
                "Votes": "; ".join(f"{dot.who}: {dot.said}" for dot in strip.dots)
                or NONE,
                "Apart": strip.apart,
                "Agreed": strip.agreed_said or NONE,
            }
            for strip in strips
        ],
        height=height + HEAD,
    )


def _dots(strip: Strip, longest: int, line: int) -> list[Row]:
    """The dots of a strip; those on one rung stand side by side."""
    together = Counter(dot.rank for dot in strip.dots)
    placed: Counter[int | None] = Counter()
    rows: list[Row] = []
    for dot in strip.dots:
        many = together[dot.rank]
        step = STEP if many <= 3 else 2 * STEP / (many - 1)
        shift = step * (placed[dot.rank] - (many - 1) / 2)
        placed[dot.rank] += 1
        at = longest if dot.rank is None else dot.rank
        rows.append(
            {"at": at, "y": line, "shift": shift, "tip": f"{dot.who}: {dot.said}"}
        )
    return rows


def _sentence(strip: Strip) -> str:
    said = [f"{dot.who}: {dot.said}" for dot in strip.dots]
    if strip.agreed_said:
        said.append(f"Agreed: {strip.agreed_said}")
    return f"{strip.name}, {strip.apart}. {' '.join(said)}".strip()
