"""An invited person answers alone: the questions of Assess, with their own answers."""

import streamlit as st

from maturity.ui import (
    answering,
    context,
    page_guard,
    responding,
    steps,
)
from maturity.ui.frame import need_model, need_team, top
from maturity.ui.layout import NARROW, page

page_guard()

visitor = context()
need_team(visitor)
need_model(visitor)
now, invited = responding.arrive(visitor)
definition = now.service.definition(now.team, now.model)
step = steps.current_step(definition)
done = False

with page(NARROW):
    if not responding.may_answer(invited):
        responding.submitted(now, definition)
    elif step is None:
        responding.start(now, definition, invited)
    else:
        sheet = now.sheet()
        steps.step_bar(definition, sheet, step)
        if step == steps.REVIEW:
            responding.review(now, definition)
            done = responding.submit_footer(now, definition)
        else:
            answering.category_step(now, definition, definition.model.category(step))
            steps.footer(definition, step, sheet, start="Start page")
if done:
    steps.go(None)
    st.rerun()
top()
