"""Present for a group of teams: the same four slides, told of many teams."""

from __future__ import annotations

from functools import partial

import streamlit as st

from maturity import asking, group_story, group_words, words
from maturity import portfolio_words as says
from maturity.group_story import GroupStory
from maturity.portfolio import Movement, Portfolio
from maturity.ui import (
    exporting,
    menu,
    pictures,
    portfolio,
    portfolio_pictures,
    presenting,
    sharing,
)
from maturity.ui.choice import Context
from maturity.ui.layout import escape
from maturity.ui.presenting import Asker

WIDE = pictures.Room(560, 215)
MOVERS = 5
"""Teams named on the first slide; the others are counted."""
HINT = "Left empty, the slide asks for help with what the teams miss most often."


def wanted(context: Context) -> str:
    """The group to present, or `EVERYONE`; "" where one team is presented."""
    if context.look is not None:
        return "" if context.chosen else context.group or menu.EVERYONE
    of: str = st.session_state.get("_present_of") or ""
    return of


def deck(context: Context) -> None:
    """The slide of the group's quarter that the address asks for."""
    group, tree = wanted(context), context.tree()
    everyone = portfolio.read(context)
    if group != menu.EVERYONE and group not in tree.groups:
        _nothing(context, "This group was not there in this quarter.")
        return
    if everyone is None:
        _nothing(context, "No team was ever assessed through this model.")
        return
    teams, name, id = everyone, "All teams", asking.ALL
    if group != menu.EVERYONE:
        inside = tree.teams_of(group)
        teams = everyone.only(r for r in everyone.rows if r.team.id in inside)
        # Whoever may only look learns of no group but this one.
        name = tree.groups[group].name if context.look else tree.label(group)
        id = group
    asker = Asker(id, context.model, context.quarter, of_group=True)
    written = asking.current(context.service, id, context.model, context.quarter)
    told = group_story.tell(teams, _aims(context, id), written)
    at = presenting.number()
    presenting.top_row(
        context, told.slides[at - 1].over, partial(_tools, context, id, teams)
    )
    with st.container(vertical_alignment="center", gap="medium", key="slide"):
        st.title(escape(told.slides[at - 1].headline), anchor=False)
        _body(told, teams, at)
    parts = [name, context.short_name(context.model), context.quarter.label]
    parts += portfolio.badges(teams)
    presenting.bottom_row(context, asker, at, parts, HINT)


def _tools(context: Context, group: str, teams: Portfolio) -> None:
    """What a presenter takes along or gives away."""
    if any(row.history for row in teams.rows):
        exporting.export_many(context, group)
    sharing.popover(context, context.quarter, group=group)


def _nothing(context: Context, why: str) -> None:
    presenting.top_row(context, "Present")
    st.title("Nothing to present yet", anchor=False)
    way = "Choose another quarter, model or group on the Portfolio."
    if context.look is not None:
        way = "Ask whoever gave you this link for a new one."
    st.markdown(f"{why} {way}")


def _aims(context: Context, group: str) -> list[str]:
    """What the group aims for with its teams, and how many are there."""
    model = context.known(context.model)
    if model is None:
        return []
    return group_words.all_aims(context.service, context.tree(), group, model)


def _body(told: GroupStory, teams: Portfolio, at: int) -> None:
    if at == 1:
        with st.grid(2, min_column_width=440, gap="large"):
            with st.container():
                for fact in told.where.facts:
                    st.markdown(escape(fact))
            with st.container():
                _movers(teams)
    elif at == 2:
        presenting.figure(
            "levels", lambda room: portfolio_pictures.drawn_levels(teams, room), WIDE
        )
    elif at == 3:
        presenting.hold_cards(
            (h.name, f"**{escape(h.missed)}**", h.wanted, f":gray[{escape(h.able)}]")
            for h in told.holds
        )
    else:
        presenting.points(told.ask)


def _movers(teams: Portfolio) -> None:
    """Who moved, by name: the largest movement first."""
    rows = teams.of(Movement.UP, Movement.DOWN)
    for row in rows[:MOVERS]:
        icon = {
            Movement.UP: ":green[:material/arrow_upward:]",
            Movement.DOWN: ":red[:material/arrow_downward:]",
        }[row.movement]
        st.markdown(f"{icon} **{escape(row.team.name)}**, {escape(says.moved(row))}")
    if len(rows) > MOVERS:
        st.markdown(f"And {words.count(len(rows) - MOVERS, 'more team')}.")
