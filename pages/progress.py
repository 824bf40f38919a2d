"""How the team moved, quarter by quarter, and which answers moved it."""

import streamlit as st

from maturity import movement_words
from maturity.charts.readings import comparable
from maturity.reading import moves
from maturity.ui import (
    bridging,
    context,
    exporting,
    findings,
    opening,
    page_guard,
    pictures,
    sharing,
    standing,
    welcome,
)
from maturity.ui.frame import need_team
from maturity.ui.layout import card, escape, head, page, pair, section

page_guard()

now = context()
need_team(now)
history = now.history()

with page():
    name = escape(now.team.name)
    badges = standing.badges(now, None)
    with head("Progress", f"{name} · {now.name(now.model)}", badges=badges):
        if history:
            exporting.history(now)
        corner = st.container(width="content")
    if not history:
        welcome.nothing_submitted(now)
        st.stop()

    with st.container(border=True):
        section(movement_words.trend_title(history), pictures.trend_caption(history))
        pictures.trend(history)
        opening.quarters(history)
    with st.container(border=True):
        section("Category by quarter", pictures.scale_caption(history[-1]))
        pictures.heatmap(history)
    if len(history) == 1:
        with corner:
            sharing.popover(now, history[-1].quarter)
        st.caption("One quarter so far. The picture grows with your next assessment.")
        st.stop()

    before, after = findings.two_quarters(history)
    with corner:
        sharing.popover(now, after.quarter, before.quarter)
    moved = moves(before, after)
    cards = pair()
    with cards, card():
        section(
            movement_words.slope_title(before, after),
            movement_words.between(before, after),
        )
        if comparable(after, before) is None:
            st.caption("Each asks its own questions, so their scores do not compare.")
        else:
            pictures.slope(before, after)
    with cards, card():
        section(movement_words.moves_title(moved), movement_words.moves_summary(moved))
        findings.moved_answers(after, moved)
    with st.container(border=True):
        bridging.why(before, after)
