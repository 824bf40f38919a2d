"""The Portfolio page: which teams are shown, who moved, and who needs help on what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from maturity import portfolio_words as says
from maturity import portfolios, words
from maturity.exchange.portfolio import portfolio_csv
from maturity.portfolio import Movement, Portfolio, Row
from maturity.portfolio_findings import Help, Why, help_needed
from maturity.portfolio_readings import top_figures
from maturity.quarter import Quarter, today
from maturity.service import Service
from maturity.ui import exporting, glossary, menu
from maturity.ui.choice import Context
from maturity.ui.layout import as_table, escape, section, waiting

MOVERS = 6
"""Teams in the list of those that moved; the heatmap has the others."""
HELPED = 4
"""Practices in the list of what teams need help on; the table has the others."""


@st.cache_resource(show_spinner=False, max_entries=16)
def _portfolio(
    _service: Service,
    address: str,
    model: str,
    quarter: Quarter,
    changes: int,
    day: date,
) -> Portfolio | None:
    return portfolios.read(_service, model, quarter)


@st.cache_resource(show_spinner=False, max_entries=64)
def _reasons(
    _service: Service,
    _portfolio: Portfolio,
    _rows: Sequence[Row],
    key: tuple[object, ...],
) -> dict[str, Why]:
    return portfolios.reasons(_service, _portfolio, _rows)


def read(context: Context) -> Portfolio | None:
    """All teams in the chosen quarter; None where nobody ever used the model."""
    changes = context.service.store.changes_all()
    asked = (context.address, context.model, context.quarter, changes, today())
    with waiting():
        return _portfolio(context.service, *asked)


def caption(context: Context, portfolio: Portfolio, label: str) -> str:
    """Which group or label and how many teams, which model, which quarter."""
    tree = context.tree()
    path = tree.label(context.group)
    whose = [escape(path)] if path else []
    if label:
        whose.append(f"{'labelled' if whose else 'Labelled'} {escape(label)}")
    parts = [
        *whose,
        says.teams(len(portfolio.rows)),
        escape(context.name(context.model)),
        portfolio.quarter.label,
    ]
    return " · ".join(parts)


def badges(portfolio: Portfolio) -> dict[str, str]:
    demo = any(row.team.demo for row in portfolio.rows)
    return {"Demo data": "orange"} if demo else {}


def asides(portfolio: Portfolio) -> None:
    """Who is not among the teams, and whose result was not submitted."""
    said = [text] if (text := says.demo_left_out(portfolio)) else []
    number = len(portfolio.read)
    if number:
        verb = "is" if number == 1 else "are"
        said.append(
            f"{says.teams(number)} {verb} read from answers that were not submitted "
            "through this model."
        )
    if said:
        st.caption(" ".join(said))


def figures(portfolio: Portfolio) -> None:
    """The four figures on top."""
    target = glossary.meaning("target", model=portfolio.definition.model)
    with st.grid(4, min_column_width=150, gap="small"):
        for label, (value, note) in top_figures(portfolio).items():
            _metric(label, value, note, help=target if label == "On target" else None)


def _metric(label: str, value: str, note: str, help: str | None = None) -> None:
    st.metric(
        label,
        value,
        delta=note,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
        help=help,
    )


def movement(context: Context, portfolio: Portfolio) -> None:
    """The teams that moved, each with why."""
    rows = portfolio.of(Movement.UP, Movement.DOWN)
    ago = words.since(portfolio.quarter.shift(-1), portfolio.quarter)
    section(f"Who moved {ago}", says.movement_caption(portfolio))
    listed = rows[:MOVERS]
    key = (
        context.address,
        context.model,
        portfolio.quarter,
        context.service.store.changes_all(),
        tuple(row.team.id for row in listed),
    )
    reasons = _reasons(context.service, portfolio, listed, key)
    for row in listed:
        up = row.movement is Movement.UP
        with st.container(gap=None):
            team_link(context, row, "moved")
            arrow = (
                ":green[:material/arrow_upward:]"
                if up
                else (":red[:material/arrow_downward:]")
            )
            st.markdown(f"{arrow} {says.moved(row)}")
            reason = reasons.get(row.team.id)
            if reason is not None and (text := says.reason(reason)):
                st.caption(escape(text))
    if len(rows) > MOVERS:
        st.caption(
            f"{len(rows) - MOVERS:,} more: switch on “Moved only” below to see them."
        )
    if not rows:
        st.caption("Come back next quarter to see who moved.")


def team_link(context: Context, row: Row, where: str) -> None:
    """A team's name that leads to its result, the last known one if need be.

    `where` tells two links to one team on the page apart.
    """
    seen = row.now or row.last
    with st.container(key=f"more-{where}-{row.team.id}", width="content"):
        st.page_link(
            menu.RESULTS,
            label=escape(row.team.name),
            query_params={
                "team": row.team.id,
                "model": context.model,
                "quarter": str(seen.quarter if seen else row.quarter),
            },
        )


def help_wanted(portfolio: Portfolio) -> None:
    """The practices that most teams miss, with teams to talk to."""
    found = help_needed(portfolio)
    what = words.step_word(portfolio.definition.model)
    section(
        escape(says.help_title(found)),
        f"What most teams miss at their next {what}, and whom to ask.",
        help=glossary.meaning("gap", model=portfolio.definition.model),
    )
    for one in found[:HELPED]:
        with st.container(gap=None):
            category = portfolio.definition.model.category(one.category).name
            st.markdown(
                f"**{escape(one.practice.name)}** &ensp; "
                f":gray[:small[{escape(category)}]]"
            )
            st.markdown(
                f":gray[{says.missed_by(one, len(portfolio.compared))}. Wanted: "
                f"{escape(one.rung.text)}]"
            )
            st.markdown(f":blue[:material/forum:] {escape(says.talk_to(one))}.")
    if found:
        as_table(
            [_help_row(one) for one in found],
            f"Every practice that teams miss at their next {what}",
            "help",
        )


def _help_row(one: Help) -> dict[str, str]:
    return {
        "Practice": one.practice.name,
        "Teams that miss it": f"{len(one.missing):,}: "
        + says.some([team.name for team in one.missing]),
        "Teams that do it": says.some([team.name for team in one.able]) or "None yet",
    }


def lists(context: Context, portfolio: Portfolio) -> None:
    """Who left questions open, who is late, and who is not assessed."""
    waiting = [r for r in portfolio.assessed if r.now and r.now.figures.open]
    section(
        says.coverage_title(portfolio), "Most open questions first." if waiting else ""
    )
    waiting.sort(key=lambda r: -r.now.figures.open if r.now else 0)
    for row in waiting[:MOVERS]:
        if row.now is not None:
            said = f"{words.coverage(row.now.figures)}. {says.standing(row)}."
            _line(context, row, said, "open")
    _more(len(waiting))


def late(context: Context, portfolio: Portfolio) -> None:
    """Whose next assessment is overdue today, and who is missing in the quarter."""
    overdue = portfolio.overdue
    section(
        f"{says.teams(len(overdue))} overdue" if overdue else "Nobody is overdue",
        f"As of {words.day(today())}, whichever quarter is shown.",
    )
    for row in overdue[:MOVERS]:
        _line(context, row, says.late(row), "late")
    _more(len(overdue))
    absent = portfolio.absent
    if absent:
        st.markdown(
            f"**{says.teams(len(absent))} not assessed in {portfolio.quarter.label}**"
        )
        for row in absent[:MOVERS]:
            _line(context, row, says.last_known(row), "absent")
        _more(len(absent))


def _line(context: Context, row: Row, text: str, where: str) -> None:
    with st.container(gap=None):
        team_link(context, row, where)
        st.caption(escape(text))


def _more(number: int) -> None:
    if number > MOVERS:
        st.caption(f"{number - MOVERS:,} more: find them in the list of teams.")


def take_along(context: Context, portfolio: Portfolio) -> None:
    """Slides and page of all teams or of the group, and the table of those shown."""
    place = {
        "team": context.team.id,
        "model": context.model,
        "quarter": str(context.quarter),
    }
    if context.group:
        st.page_link(
            menu.TEAMS,
            label="Open on Teams",
            icon=":material/groups:",
            width="content",
            query_params={**place, "group": context.group},
        )
    st.page_link(
        menu.PRESENT,
        label="Present",
        icon=":material/slideshow:",
        width="content",
        query_params={**place, "of": context.group or menu.EVERYONE},
    )
    if any(row.history for row in portfolio.rows):
        exporting.page_of_many(context, context.group)
    what = words.step_word(portfolio.definition.model)
    st.download_button(
        "Table as CSV",
        partial(portfolio_csv, portfolio),
        f"portfolio-{context.model}-{portfolio.quarter}.csv",
        "text/csv",
        key="portfolio_csv",
        icon=":material/download:",
        on_click="ignore",
        help=f"A line a team, with movement, {what}, score by category, target and "
        "date.",
        disabled=not portfolio.rows,
    )


def unknown(context: Context) -> None:
    """The model is neither here nor was it ever submitted."""
    section(
        "Nothing to show through this model",
        f"{escape(context.name(context.model))} is not here any more and no team "
        "submitted through it. Choose another model.",
    )


def nobody() -> None:
    st.caption("No team is in here. Choose “All” in the filters above.")


def nothing_yet(context: Context) -> None:
    """Teams are there, and none of them was ever assessed by the model."""
    with st.container(border=True):
        section(
            "No team was assessed through this model yet",
            f"Submit an assessment through {escape(context.name(context.model))} to "
            "begin; what teams answered for another model is already there for it.",
        )
        st.page_link(menu.ASSESS, label="Go to Assess", icon=":material/checklist:")
