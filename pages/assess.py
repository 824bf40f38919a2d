"""Answer the questions of a model for a quarter, a category a step."""

import streamlit as st

from maturity.ui import (
    answering,
    choosing,
    context,
    exchanging,
    inviting,
    page_guard,
    questions,
    reviewing,
    steps,
)
from maturity.ui.frame import need_active, need_team, top
from maturity.ui.layout import CHOICE, NARROW, page
from maturity.ui.menu import RESULTS

page_guard()

now = context()
need_team(now)
need_active(now)
step = None
if now.model in now.service.library.models:
    definition = now.service.definition(now.team, now.model)
    step = steps.current_step(definition)

if step is None:
    with page(CHOICE):
        choosing.choose_model(now)
        exchanging.take_along(now)
        inviting.link_to_agree(now, offer=True)
    spot = ""
else:
    wanted = steps.asked_for(definition, step)
    spot = questions.spot(wanted) if wanted else ""
    sheet = now.service.sheet(now.team.id, now.quarter)
    submitted = False
    with page(NARROW):
        steps.step_bar(definition, sheet, step)
        if step == steps.REVIEW:
            reviewing.review(now, definition)
            inviting.link_to_agree(now, offer=False)
            submitted = reviewing.submit_footer(now, definition)
        else:
            category = definition.model.category(step)
            answering.category_step(now, definition, category)
            steps.footer(definition, step, sheet)
    if submitted:
        st.session_state.update(_quarter_read=str(now.quarter), _step=None)
        st.toast("Assessment submitted", icon=":material/check_circle:")
        st.switch_page(RESULTS)
top(spot)
