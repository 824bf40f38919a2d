"""One set of answers through every model, side by side, and where the models differ."""

import streamlit as st

from maturity import through_words
from maturity.through import shared
from maturity.ui import context, page_guard, standing, through
from maturity.ui.frame import need_team
from maturity.ui.layout import card, escape, head, page, pair

page_guard()

now = context()
need_team(now)
found = through.seen(now)
latest = through.answered(now, found)
readings = [one.now for one in found]

with page():
    again = latest is not None and now.quarter < latest.newest
    with head(
        "Through every model",
        f"{escape(now.team.name)} · {now.quarter.label}",
        badges={**through.badges(again), **standing.badges(now, None)},
    ):
        pass
    if latest is None or not any(reading.begun for reading in readings):
        through.nothing(now, latest)
        st.stop()

    st.caption(through_words.source(now.quarter, latest.newest))
    through.newer(now, latest)
    through.cards(now, found)
    both = shared(readings)
    cards = pair() if both else st.container()
    with cards, card():
        through.disagreement(readings)
    if both:
        with cards, card():
            through.agreement(both)
