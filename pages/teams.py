"""Add, describe, rename, archive and restore teams, and keep them in groups."""

import streamlit as st

from maturity.ui import context, groups, organising, page_guard, regrouping, teaming
from maturity.ui.layout import CHOICE, head, page, section

page_guard()

now = context()
everyone = now.service.store.teams(archived=True)
active = [team for team in everyone if team.archived_at is None]
archived = [team for team in everyone if team.archived_at is not None]

with page(CHOICE):
    about = "Who is assessed, and in which group. A team keeps its history."
    with head("Teams", about):
        if active:
            with st.popover("Add a team", icon=":material/add:"):
                teaming.add_form(now)

    if not active:
        with st.container(border=True):
            section("Add a team")
            teaming.add_form(now)
    with st.container(border=True, key="groups"):
        tree = groups.panel(now, active)

    section("Teams" if active else "No teams yet")
    teaming.listing(now, active, tree)

    if archived:
        section("Archived", "Out of the pickers; nothing of theirs is lost.")
        for team in archived:
            with st.container(border=True, key=f"team-{team.id}"):
                teaming.archived_row(now, team)
    regrouping.archived(now, now.organisation())

    organising.exchange(now, active, tree)
    if everyone:
        with st.container(border=True, key="backup"):
            teaming.back_up(now)
