"""Four slides for leadership: where we are, how far we came, what is next."""

import streamlit as st

from maturity.ui import (
    context,
    group_presenting,
    page_guard,
    presenting,
    standing,
    welcome,
)
from maturity.ui.frame import need_team, top

page_guard()

now = context()
if now.look is None:  # a link says itself what it shows
    need_team(now)

with (
    st.container(horizontal_alignment="center"),
    st.container(width=1180, key="present", gap="small"),
):
    if group_presenting.wanted(now):
        group_presenting.deck(now)
    elif (reading := now.reading()) is None:
        presenting.top_row(now, "Present")
        st.title("Nothing to present yet", anchor=False)
        welcome.unassessed(now)
    else:
        badges = list(standing.badges(now, reading))
        presenting.deck(now, reading, badges)
top()
