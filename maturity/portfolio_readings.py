"""Portfolios as what charts are given and what stands on top, for screen and files."""

from __future__ import annotations

from maturity import portfolio_words as says
from maturity import words
from maturity.charts import LevelCount
from maturity.portfolio import Movement, Portfolio
from maturity.portfolio_findings import level_columns


def level_counts(portfolio: Portfolio) -> tuple[LevelCount, ...]:
    """How many teams were at each level, quarter by quarter."""
    return tuple(
        LevelCount(
            quarter=column.quarter,
            edition=column.edition,
            counts=tuple(column.counts.values()),
            unsure=column.unsure,
            absent=column.absent,
        )
        for column in level_columns(portfolio)
    )


def top_figures(portfolio: Portfolio) -> dict[str, tuple[str, str]]:
    """The four figures on top, each with a few words."""
    up, down = (len(portfolio.of(m)) for m in (Movement.UP, Movement.DOWN))
    ago = words.since(portfolio.quarter.shift(-1), portfolio.quarter)
    total = says.teams(len(portfolio.rows))
    return {
        "Assessed": (f"{len(portfolio.assessed):,}", f"of {total}"),
        "Moved up": (f"{up:,}", f"{down:,} down, {ago}"),
        "On target": says.on_target(portfolio),
        "Overdue": (f"{len(portfolio.overdue):,}", "as of today"),
    }
