"""The heatmap of teams: every category of every team in one quarter."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from maturity.charts import time_axis
from maturity.charts.base import (
    COLOR,
    NONE,
    NOT_APPLICABLE,
    Chart,
    Row,
    Table,
    finish,
    marks,
    told,
)
from maturity.charts.cells import PADDING, Cells, said
from maturity.charts.inputs import Scale, TeamScore

ROW = 34
CHANGE, WHOLE = "Change", "Overall"
"""The columns before the categories'."""

# Columns are keyed by place, as a model may call a category Overall. What does not fit
# above one is cut there; pointer and table have it whole.
_NAME = "slice(datum.label, indexof(datum.label, ' ') + 1)"
_CUT = (
    f"length({_NAME}) * 6.6 > bandwidth('x') ? slice({_NAME}, 0, "
    f"max(2, floor(bandwidth('x') / 6.6) - 1)) + '.' : {_NAME}"
)
_ROOM = "containerSize()[0] < 520 ? 104 : 210"


def teams(
    rows: Sequence[TeamScore],
    categories: Sequence[tuple[str, str]],
    scale: Scale,
    since: str,
) -> Chart:
    """Which teams moved, and in which category each of them stands where.

    In the order given, which is never that of the scores; `since` names what changes
    are counted from. It misleads where teams are compared by shade, or as if all had
    the same to do: it is for finding whom to talk to.
    """
    columns = [(CHANGE, CHANGE), ("Whole model", WHOLE), *categories]
    keys = [f"{place} {short}" for place, (_, short) in enumerate(columns)]
    x = alt.X(
        "column:N",
        scale=alt.Scale(domain=keys, padding=PADDING),
        axis=alt.Axis(orient="top", labelAngle=0, labelOverlap=False, labelExpr=_CUT),
    )
    y = alt.Y(
        "team:N",
        scale=alt.Scale(domain=[team.name for team in rows], padding=PADDING),
        axis=alt.Axis(labelFontSize=13, labelLimit=alt.ExprRef(_ROOM)),
    )
    cells = Cells(scale)
    changes: list[Row] = []
    for team in rows:
        about: Row = {"team": team.name}
        changes.append(
            {
                **about,
                "column": keys[0],
                "category": f"Change {since}",
                "text": team.change,
                "score": team.movement,
                "desc": f"{team.name}, {since}: {team.movement}",
                "token": {1: "up", -1: "down"}.get(team.way, "muted"),
            }
        )
        without = NOT_APPLICABLE if team.assessed else time_axis.NOT_ASSESSED
        for key, (name, _), span in zip(
            keys[1:], columns[1:], (team.whole, *team.cells), strict=True
        ):
            score = said(span, without)
            cells.add(
                {
                    **about,
                    "column": key,
                    "category": name,
                    "score": score,
                    "desc": f"{team.name}, {name}: {score}",
                },
                span,
                hatched=not team.assessed,
            )
    layers = [
        *cells.layers(x, y),
        marks(changes)
        .mark_text(
            baseline="middle",
            fontSize=alt.expr("bandwidth('x') < 34 ? 11 : 13"),
            fontWeight=600,
        )
        .encode(x, y, text="text:N", color=COLOR),
        told(
            marks([*changes, *cells.every], "current").mark_rect(opacity=0, aria=True),
            x,
            y,
            tips={"team": "Team", "category": "Of", "score": "Says"},
        ),
    ]
    return finish(
        layers,
        alt_text=_finding(rows, since),
        table=_tabled(rows, categories, since),
        height=ROW * len(rows),
        sizing="fit-x",
    )


def _finding(rows: Sequence[TeamScore], since: str) -> str:
    """8 teams, 5 up and 1 down since Q2, 1 not assessed."""
    ways = [team.way for team in rows]
    number = "1 team" if len(rows) == 1 else f"{len(rows)} teams"
    found = f"{number}, {ways.count(1)} up and {ways.count(-1)} down {since}"
    absent = sum(not team.assessed for team in rows)
    return f"{found}, {absent} not assessed" if absent else found


def _tabled(
    rows: Sequence[TeamScore], categories: Sequence[tuple[str, str]], since: str
) -> Table:
    table: Table = []
    for team in rows:
        without = NOT_APPLICABLE if team.assessed else time_axis.NOT_ASSESSED
        table.append(
            {
                "Team": team.name,
                f"Change {since}": team.movement or NONE,
                "Whole model": said(team.whole, without),
                **{
                    name: said(span, without)
                    for (name, _), span in zip(categories, team.cells, strict=True)
                },
            }
        )
    return table
