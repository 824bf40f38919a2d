"""What radar, bars and slope say of categories in words: sentences and table."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from maturity.charts.base import NONE, NOT_APPLICABLE, Table
from maturity.charts.inputs import CategoryScore, Named, Span, column, goal
from maturity.scoring import shown


def sentence(
    category: CategoryScore, quarter: Named, before: Named | None = None
) -> str:
    """Release: 2.3 in Q3 2026, 1.4 in Q2 2026, target Level 3."""
    now = category.now.score if category.now else NOT_APPLICABLE.lower()
    parts = [f"{now} in {quarter.label}"]
    if before and category.before:
        parts.append(f"{category.before.score} in {before.label}")
    if category.target is not None:
        parts.append(f"target {goal(category.target, category.now)}")
    return f"{category.name}: {', '.join(parts)}"


def finding(categories: Sequence[CategoryScore]) -> str:
    """5 categories, from Release 2.3 to People 3.0."""
    scored = [(c.short_name, c.now) for c in categories if c.now]
    if not scored:
        return "no category with a score"
    ranges = sum(not span.settled for _, span in scored)
    number = f"{len(scored)} categories" if len(scored) > 1 else "1 category"
    said = f"{number}, {ends(scored)}"
    return said + (f", {ranges} as a range" if ranges else "")


def ends(scored: Sequence[tuple[str, Span]]) -> str:
    """From Release 2.3 to People 3.0; of one category its score."""
    low_name, low = min(scored, key=lambda pair: pair[1].lowest.tenths)
    high_name, high = max(scored, key=lambda pair: pair[1].highest.tenths)
    least, most = low.lowest.tenths, high.highest.tenths
    if len(scored) == 1:
        return f"{low_name} {low.score}"
    if least == most:
        return f"all at {shown(least)}"
    return f"from {low_name} {shown(least)} to {high_name} {shown(most)}"


def tabled(
    categories: Sequence[CategoryScore], quarter: Named, before: Named | None
) -> Table:
    """One row a category; a column that would be empty is left out."""
    targets = any(c.target is not None for c in categories)
    heading = column(c.now for c in categories)
    table: Table = []
    for c in categories:
        row = {
            "Category": c.name,
            heading: c.now.level if c.now else NOT_APPLICABLE,
            f"Score {quarter.label}": c.now.score if c.now else NOT_APPLICABLE,
        }
        if before:
            row[f"Score {before.label}"] = c.before.score if c.before else NONE
        if targets:
            row["Target"] = goal(c.target, c.now)
        table.append(row)
    return table


def drawn(categories: Sequence[CategoryScore]) -> list[str]:
    """Which series a legend has to name: current, possible, previous, target."""
    scored = [c for c in categories if c.now]
    present = {
        "current": bool(scored),
        "possible": any(c.now and not c.now.settled for c in scored),
        "previous": any(c.before for c in scored),
        "target": any(c.target is not None for c in scored),
    }
    return [name for name, there in present.items() if there]


def labelled(
    category: CategoryScore, quarter: Named, before: Named | None
) -> dict[str, str]:
    """The texts of one category that its mark says when pointed at or read out."""
    target = category.target
    return {
        "category": category.name,
        "name": category.short_name,
        "now": category.now.score if category.now else NOT_APPLICABLE,
        "earlier": category.before.score if category.before else NONE,
        "goal": goal(target, category.now),
        "desc": sentence(category, quarter, before),
    }


def tooltip(
    categories: Sequence[CategoryScore], quarter: Named, before: Named | None
) -> list[alt.Tooltip]:
    """What shows when a category is pointed at: the fields of `labelled`."""
    shown_fields = [
        alt.Tooltip("category:N", title="Category"),
        alt.Tooltip("now:N", title=quarter.label),
    ]
    if before:
        shown_fields.append(alt.Tooltip("earlier:N", title=before.label))
    if any(c.target is not None for c in categories):
        shown_fields.append(alt.Tooltip("goal:N", title="Target"))
    return shown_fields
