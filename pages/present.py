"""Four slides for leadership: where we are, how far we came, what is next."""

import streamlit as st

from maturity.ui import context, page_guard, presenting, standing, welcome
from maturity.ui.frame import need_team, top

page_guard()

now = context()
need_team(now)
reading = now.reading()

with (
    st.container(horizontal_alignment="center"),
    st.container(width=1180, key="present", gap="small"),
):
    badges = list(standing.badges(now, reading))
    if reading is None:
        presenting.top_row(now, "Present")
        st.title("Nothing to present yet", anchor=False)
        welcome.unassessed(now)
        st.stop()

    at = presenting.number()
    told = presenting.tell(now, reading)
    presenting.top_row(now, presenting.shown(told, at).over, reading)
    with st.container(vertical_alignment="center", gap="medium", key="slide"):
        presenting.slide(told, reading, now.history(), at)
    presenting.bottom_row(now, reading, at, badges)
top()
