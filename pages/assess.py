"""Answer the questions of a model for a quarter, a category a step."""

import streamlit as st

from maturity.ui import assessing, context, page_guard
from maturity.ui.frame import RESULTS, need_team, top
from maturity.ui.layout import CHOICE, NARROW, page

page_guard()

now = context()
need_team(now)
step = None
if now.model in now.service.library.models:
    definition = now.service.library.definition(now.model)
    step = assessing.current_step(definition)

if step is None:
    with page(CHOICE):
        assessing.choose_model(now)
else:
    row = now.service.assessment(now.team.id, now.model, now.quarter)
    sheet = now.service.sheet(now.team.id, now.quarter)
    submitted = False
    with page(NARROW):
        assessing.step_bar(definition, sheet, step)
        if step == assessing.REVIEW:
            assessing.review(now, definition, row)
            submitted = assessing.submit_footer(now, definition)
        else:
            if step == definition.model.categories[0].id:
                assessing.about(now, row)
            category = definition.model.category(step)
            assessing.category_step(now, definition, category)
            assessing.footer(definition, step, sheet)
    if submitted:
        st.session_state.update(_quarter_read=str(now.quarter), _step=None)
        st.toast("Assessment submitted", icon=":material/check_circle:")
        st.switch_page(RESULTS)
top()
