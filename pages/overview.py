"""In ten seconds: where the team stands, whether it moves, and what is next."""

import streamlit as st

from maturity.ui import (
    context,
    findings,
    glossary,
    opening,
    page_guard,
    pictures,
    reminding,
    renewing,
    standing,
    welcome,
)
from maturity.ui.layout import card, escape, head, more, page, pair, section
from maturity.ui.menu import PROGRESS, RESULTS

page_guard()

now = context()
if now.chosen is None:
    welcome.newcomer(now)
    st.stop()

reading, before = now.reading(), now.before()

with page():
    name, badges = escape(now.team.name), standing.badges(now, reading)
    with head(name, standing.caption(now, reading), badges=badges):
        standing.next_action(now)
    if reading is None:
        welcome.unassessed(now)
        st.stop()

    cards = pair()
    with cards, card():
        standing.hero(now, reading, before)
    with cards, card():
        section(
            "By category",
            help=glossary.meaning("category", "score", model=reading.definition.model),
        )
        pictures.radar(reading, before)
        opening.category_reasons(reading)
    with cards, card():
        shown, total = findings.gaps(reading, most=3)
        if total > shown:
            more(RESULTS, f"See all {total}", "gaps")
    with cards, card():
        shown, total = findings.changes(reading, before, most=6)
        if total:
            more(PROGRESS, f"See all {total} changes", "changes")
    reminding.card(now)
    renewing.renewals(now)
