"""The level of a quarter, how it comes about, and what to change."""

import streamlit as st

from maturity import words
from maturity.ui import (
    context,
    criteria,
    exporting,
    findings,
    glossary,
    opening,
    page_guard,
    pictures,
    presenting,
    renewing,
    sharing,
    standing,
    targeting,
    welcome,
)
from maturity.ui.frame import need_team
from maturity.ui.layout import card, head, more, page, pair, section
from maturity.ui.menu import AMONG

page_guard()

now = context()
need_team(now)
reading, before = now.reading(), now.before()

with page():
    badges = standing.badges(now, reading)
    with head("Results", standing.caption(now, reading, team=True), badges=badges):
        if reading is not None:
            targeting.popover(now, reading)
            asker = presenting.asker(now, reading.quarter)
            presenting.ask_editor(now, asker, "What you ask for")
            exporting.export(now, reading)
            sharing.popover(now, reading.quarter)
    if reading is None:
        welcome.unassessed(now)
        st.stop()

    targeting.of_groups(now, reading)
    model = reading.definition.model
    findings.open_questions(now, reading)
    with st.container(border=True):
        standing.level(reading, before)
    renewing.renewals(now)

    cards = pair()
    with cards, card():
        section("Shape", "Where the score reaches on every category.")
        pictures.radar(reading, before)
    with cards, card():
        section(
            "Score by category",
            standing.scale_of(reading),
            help=glossary.meaning("score", "lifted", model=model),
        )
        pictures.bars(reading, before)
        opening.category_reasons(reading)
        if now.look is None:
            more(AMONG, "See it among comparable teams", "among")

    section(
        f"{words.asked_word(model)} by {words.step_word(model)}",
        f"Open a {words.step_word(model)} to see what it asks for.",
        help=glossary.meaning("criterion", "gating", "informative", model=model),
    )
    criteria.criteria(reading)
