"""All teams in one quarter: who moved, who needs help on what, who is late."""

import streamlit as st

from maturity import portfolio_words
from maturity.ui import (
    aiming,
    context,
    narrowing,
    page_guard,
    portfolio,
    portfolio_pictures,
)
from maturity.ui.frame import need_team
from maturity.ui.layout import card, head, page, pair

page_guard()

now = context()
need_team(now)

with page():
    everyone = portfolio.read(now)
    if everyone is None:
        portfolio.unknown(now)
        st.stop()
    top = st.container()
    teams = narrowing.chosen(now, everyone)
    with top:
        title = portfolio_words.title(teams)
        badges = portfolio.badges(teams)
        with head(
            title, portfolio.caption(now, teams, narrowing.label(teams)), badges=badges
        ):
            portfolio.take_along(now, teams)
        portfolio.asides(teams)
    if not teams.rows:
        portfolio.nobody()
        st.stop()

    portfolio.figures(teams)
    if not any(row.history for row in teams.rows):
        portfolio.nothing_yet(now)
        st.stop()
    cards = pair()
    with cards, card():
        portfolio.movement(now, teams)
    with cards, card():
        portfolio.help_wanted(teams)
    left_out = teams.demo_left_out > 0
    aiming.card(now, narrowing.label(teams), without_demo=left_out)
    with st.container(border=True):
        rows = portfolio_pictures.teams(now, teams)
    with st.container(border=True):
        portfolio_pictures.levels(teams)
    cards = pair()
    with cards, card():
        portfolio.lists(now, teams)
    with cards, card():
        portfolio.late(now, teams)
    with st.container(border=True):
        portfolio_pictures.trends(now, teams, rows)
