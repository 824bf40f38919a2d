"""What the trend says of quarters in words: sentences and table."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.charts import time_axis
from maturity.charts.base import NONE, NOT_APPLICABLE, Table
from maturity.charts.inputs import QuarterScore, column, goal
from maturity.quarter import Quarter


def labelled(q: QuarterScore) -> dict[str, str]:
    """What a quarter says when pointed at or read out."""
    level = q.now.level if q.now else NOT_APPLICABLE
    score = q.now.score if q.now else NONE
    aim = goal(q.target, q.now)
    said = f"{q.quarter.label}: {level}"
    proven = NONE
    if q.now and q.proven is not None:
        proven = q.now.named(q.proven)
        said += f", with evidence {proven}"
    if q.now:
        said += f", score {score}"
    if q.target is not None:
        said += f", target {aim}"
    return {
        **{"level": level, "proven": proven, "score": score},
        **{"goal": aim, "desc": said},
    }


def finding(quarters: Sequence[QuarterScore]) -> str:
    """From Level 0 in Q3 2025 to Level 2 in Q3 2026."""
    first, last = quarters[0], quarters[-1]
    now = last.now.level if last.now else NOT_APPLICABLE
    if len(quarters) == 1:
        return f"{now} in {last.quarter.label}"
    then = first.now.level if first.now else NOT_APPLICABLE
    said = f"From {then} in {first.quarter.label} to {now} in {last.quarter.label}"
    if time_axis.new_editions(quarters):
        said += ", by two or more editions of the model"
    return said


def tabled(quarters: Sequence[QuarterScore], every: Sequence[Quarter]) -> Table:
    known = {q.quarter: q for q in quarters}
    targets = any(q.target is not None for q in quarters)
    editions = bool(time_axis.new_editions(quarters))
    evidence = any(q.proven is not None for q in quarters)
    heading = column(q.now for q in quarters)
    table: Table = []
    for quarter in every:
        q = known.get(quarter)
        said = labelled(q) if q else None
        row = {
            "Quarter": quarter.label,
            heading: said["level"] if said else time_axis.NOT_ASSESSED,
        }
        if evidence:
            row["With evidence"] = said["proven"] if said else NONE
        row["Score"] = said["score"] if said else NONE
        if targets:
            row["Target"] = said["goal"] if said else NONE
        if editions:
            row["Edition"] = q.edition if q else NONE
        table.append(row)
    return table
