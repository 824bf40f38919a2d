"""Several people's answers: who is invited, how far apart they are, what is agreed."""

import streamlit as st

from maturity import respondents
from maturity.ui import agreeing, context, inviting, page_guard
from maturity.ui.frame import need_model, need_team
from maturity.ui.layout import escape, head, page
from maturity.ui.menu import ASSESS

page_guard()

now = context()
need_team(now)
need_model(now)

with page():
    caption = (
        f"{escape(now.team.name)} · {now.short_name(now.model)} · "
        f"{now.quarter.label} · several people answer, then the team agrees"
    )
    with head("Agree", caption):
        agreeing.workshop_link()
        st.page_link(ASSESS, label="Agreed answers", icon=":material/checklist:")
    panel = respondents.panel(now.service, now.team.id, now.model, now.quarter)
    inviting.people(now, panel)
    me = now.person()
    where = (now.team.id, now.model, now.quarter)
    if not respondents.may_look(now.service, *where, me):
        agreeing.own_first()
    elif not agreeing.waiting(panel):
        names = agreeing.names_of(now, panel)
        agreeing.common(now, panel)
        agreeing.discuss(now, panel, names)
        agreeing.strip(panel, names)
