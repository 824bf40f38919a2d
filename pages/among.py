"""Where the team's result lies among those of comparable teams."""

import streamlit as st

from maturity.ui import among, benchmarks, context, page_guard, standing, welcome
from maturity.ui.frame import need_team
from maturity.ui.layout import head, page

page_guard()

now = context()
need_team(now)
reading = now.reading()

with page():
    badges = standing.badges(now, reading)
    caption = standing.caption(now, reading, team=True)
    with head("Among others", caption, badges=badges):
        among.rules()
    if reading is None:
        welcome.unassessed(now)
    else:
        with st.container(border=True):
            among.comparison(now, reading)
    benchmarks.files(now)
