"""The way up: the gaps to a target, what closing some would do, and the plan."""

import streamlit as st

from maturity.ui import (
    context,
    opening,
    outlook,
    page_guard,
    roadmapping,
    standing,
    targeting,
    wayup,
    welcome,
)
from maturity.ui.frame import need_team
from maturity.ui.layout import head, page

page_guard()

now = context()
need_team(now)
reading = now.reading()

with page():
    badges = standing.badges(now, reading)
    with head("Way up", standing.caption(now, reading, team=True), badges=badges):
        if reading is not None:
            targeting.popover(now, reading)
    if reading is None:
        welcome.unassessed(now)
        st.stop()

    targeting.of_groups(now, reading)
    roadmapping.proposals(now)
    roadmapping.doubts(now, reading)
    opening.in_place(reading, opening.line(reading), compact=True)
    aim = wayup.choose_aim(reading)
    found = wayup.ways(now, reading, aim)
    wayup.steps(now, reading, aim, found, wayup.bottom_bar())

    rows = now.service.store.plan(now.team.id)
    with st.container(border=True):
        roadmapping.title(now, reading, rows, found)
        roadmapping.items(now, reading, rows, found)
    outlook.outlook(now, reading, rows)
