"""The Portfolio page's pictures: teams by category, by level, and their trends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from maturity import charts, words
from maturity import portfolio_words as says
from maturity.charts import QuarterScore, Span, TeamScore
from maturity.charts.readings import scale_of_model
from maturity.portfolio import Movement, Portfolio, Row, matching
from maturity.portfolio_findings import level_columns
from maturity.portfolio_readings import level_counts
from maturity.ui import pictures
from maturity.ui.addresses import FILTERS
from maturity.ui.choice import Context
from maturity.ui.layout import as_table, escape, section
from maturity.ui.narrowing import keep
from maturity.ui.portfolio import team_link

PART = 25
"""Teams of the heatmap at a time."""
TRENDS = 12
"""Trends at a time."""
SMALL = 170
"""Pixels of height of one of many trends."""

_teams = lru_cache(maxsize=128)(charts.teams)
_levels = lru_cache(maxsize=128)(charts.levels)
_trend = lru_cache(maxsize=1024)(charts.trend)


def levels(portfolio: Portfolio) -> None:
    """How many teams were at each level, quarter by quarter."""
    model = portfolio.definition.model
    columns = level_columns(portfolio)
    if not columns:
        section("Teams by level", "Nothing is submitted yet.")
        return
    title = says.levels_title(columns, model)
    section(escape(title), escape(says.levels_caption(columns, model)))
    drawn_levels(portfolio)


def drawn_levels(portfolio: Portfolio, room: pictures.Room | None = None) -> None:
    """The chart alone."""
    model, columns = portfolio.definition.model, level_columns(portfolio)
    if not columns:
        return
    title = says.levels_title(columns, model)
    counts = level_counts(portfolio)
    bands = tuple(band.name for band in model.bands)
    size = {} if room is None else {"height": room.height}
    chart = _levels(counts, scale_of_model(model), bands, title, **size)
    pictures.draw(chart, "levels", room)


def listed(portfolio: Portfolio) -> list[Row]:
    """The teams that search and switch leave, those that moved first."""
    state = st.session_state
    with st.container(horizontal=True, vertical_alignment="bottom"):
        state["filter_search"] = state.get(FILTERS["search"]) or ""
        search = st.text_input(
            "Find a team",
            key="filter_search",
            icon=":material/search:",
            max_chars=60,
            width=260,
            on_change=keep,
            args=("search", "filter_search"),
        )
        state["filter_moved"] = bool(state.get(FILTERS["moved"]))
        moved = st.toggle(
            "Moved only",
            key="filter_moved",
            on_change=keep,
            args=("moved", "filter_moved"),
        )
    return matching(portfolio.rows, search=search, moved=moved)


def teams(context: Context, portfolio: Portfolio) -> list[Row]:
    """Every category of every team, a part at a time; gives all that are listed."""
    model = portfolio.definition.model
    section(
        "Where each team stands",
        "Those that moved come first; this is no ranking. "
        f"{pictures.scale_caption_of(model)} Hatched: not assessed in the quarter. "
        "Dashed with two numbers: open questions leave a range.",
    )
    rows = listed(portfolio)
    if not rows:
        st.caption("No team matches. Clear the search or switch “Moved only” off.")
        return rows
    here = part(rows, "part", PART, "teams")
    since = words.since(portfolio.quarter.shift(-1), portfolio.quarter)
    names = tuple((category.name, category.short_name) for category in model.deciding)
    scores = tuple(_score(portfolio, row) for row in here)
    pictures.draw(_teams(scores, names, scale_of_model(model), since), "teams")
    with (
        st.expander("Open one of these teams", type="compact", key="open-teams"),
        st.container(horizontal=True),
    ):
        for row in here:
            team_link(context, row, "listed")
    return rows


def _score(portfolio: Portfolio, row: Row) -> TeamScore:
    now, outcome = row.now, row.outcome
    here = now is not None and now.edition == portfolio.edition
    figures = outcome.categories if outcome and here else {}
    return TeamScore(
        name=row.team.name,
        change=says.short_movement(row),
        movement=says.movement(row),
        way={Movement.UP: 1, Movement.DOWN: -1}.get(row.movement, 0),
        whole=Span.of(now.figures) if now and here else None,
        cells=tuple(
            Span.of(figures.get(category.id))
            for category in portfolio.definition.model.deciding
        ),
        assessed=here,
    )


def part(rows: Sequence[Row], name: str, size: int, what: str) -> Sequence[Row]:
    """Some of the rows, with buttons to the others where there are more."""
    slot, parts = FILTERS[name], -(-len(rows) // size)
    number = _number(st.session_state.get(slot), parts)
    first = (number - 1) * size
    if parts > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Back",
                key=f"{name}_back",
                disabled=number == 1,
                on_click=_turn,
                args=(slot, number - 1),
            )
            st.markdown(
                f"{first + 1:,} to {min(first + size, len(rows)):,} of {len(rows):,} "
                f"{what}",
                width="content",
            )
            st.button(
                "Next",
                key=f"{name}_next",
                disabled=number == parts,
                on_click=_turn,
                args=(slot, number + 1),
            )
    return rows[first : first + size]


def _turn(slot: str, number: int) -> None:
    st.session_state[slot] = str(number) if number > 1 else ""


def _number(text: str | None, parts: int) -> int:
    """The part that an address asks for, if there is such a one."""
    wanted = int(text) if text and text.isascii() and text.isdecimal() else 1
    return wanted if 1 <= wanted <= parts else 1


def trends(context: Context, portfolio: Portfolio, rows: Sequence[Row]) -> None:
    """How each team came here, a small picture a team, all on one scale."""
    model = portfolio.definition.model
    known = [row for row in rows if row.history]
    section("How each team came here", "The same teams, in the same order.")
    if not known:
        st.caption("None of these teams was assessed in the last eight quarters.")
        return
    here = part(known, "trends", TRENDS, "trends")
    scale = scale_of_model(model)
    with st.grid(3, min_column_width=260, gap="small"):
        for row in here:
            with st.container(border=True, gap=None, height="stretch"):
                team_link(context, row, "trend")
                st.caption(f"{says.standing(row)} · {says.movement(row)}")
                chart = _trend(_history(row), scale, SMALL)
                alt = f"{row.team.name}: {chart.alt}"
                st.vega_lite_chart(spec=chart.spec, width="stretch", alt=alt)
    as_table(_tabled(here, portfolio), "The score of each team by quarter", "trends")


def _history(row: Row) -> tuple[QuarterScore, ...]:
    return tuple(
        QuarterScore(seen.quarter, Span.of(seen.figures), seen.edition)
        for seen in row.history
    )


def _tabled(rows: Sequence[Row], portfolio: Portfolio) -> list[dict[str, str]]:
    first = min(row.history[0].quarter for row in rows)
    every = [first.shift(ahead) for ahead in range(portfolio.quarter - first + 1)]
    table = []
    for row in rows:
        scores = {seen.quarter: words.tenths(seen.figures) for seen in row.history}
        quarters = {quarter.label: scores.get(quarter, "") for quarter in every}
        table.append({"Team": row.team.name, **quarters})
    return table
