"""The workshop: one question a screen, votes shown at once, the decision recorded."""

import streamlit as st

from maturity import respondents
from maturity.ui import agreeing, context, page_guard, workshop
from maturity.ui.frame import need_model, need_team, top
from maturity.ui.layout import CHOICE, page
from maturity.ui.menu import AGREE

page_guard()

now = context()
need_team(now)
need_model(now)

with page(CHOICE), st.container(key="workshop"):
    where = (now.team.id, now.model, now.quarter)
    if not respondents.may_look(now.service, *where, now.person(), live=True):
        agreeing.own_first()
        st.page_link(AGREE, label="Exit", icon=":material/close:")
    else:
        panel = respondents.panel(now.service, *where, live=True)
        found = workshop.agenda(now, panel)
        place = workshop.at(found)
        workshop.question(now, panel, found, place)
        workshop.moves(now, found, place)
top()
