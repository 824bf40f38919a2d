"""Add, describe, rename, archive and restore teams."""

import streamlit as st

from maturity.ui import context, page_guard, teaming
from maturity.ui.layout import NARROW, head, page, section

page_guard()

now = context()
everyone = now.service.store.teams(archived=True)
active = [team for team in everyone if team.archived_at is None]
archived = [team for team in everyone if team.archived_at is not None]

with page(NARROW):
    with head("Teams", "Who is assessed. A team keeps its history under any name."):
        pass

    with st.container(border=True):
        section("Add a team")
        teaming.add_form(now)

    section("Your teams" if active else "No teams yet")
    for team in active:
        with st.container(border=True, key=f"team-{team.id}"):
            teaming.row(now, team)

    if archived:
        section("Archived", "Out of the pickers; nothing of theirs is lost.")
        for team in archived:
            with st.container(border=True, key=f"team-{team.id}"):
                teaming.archived_row(now, team)

    if everyone:
        with st.container(border=True, key="backup"):
            teaming.back_up(now)
