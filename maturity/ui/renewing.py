"""Evidence that runs out before the quarter ends, with the way to each question."""

from __future__ import annotations

import streamlit as st

from maturity import evidence_words
from maturity.backing import Renewal, to_renew
from maturity.quarter import Quarter, today
from maturity.ui import menu
from maturity.ui.choice import Context
from maturity.ui.layout import escape


def renewals(context: Context) -> None:
    """A list to open, of the present quarter's answers, carried ones included.

    Nothing where no answer has evidence, where the model takes no answers any more, and
    for whoever may only look at a quarter, which need not be the present one.
    """
    if context.look or context.model not in context.service.library.models:
        return
    quarter = Quarter.current()
    definition = context.service.definition(context.team, context.model)
    answers = context.service.sheet(context.team.id, quarter).if_kept()
    if not any(answer.counts_until for answer in answers.values()):
        return
    found = to_renew(definition, answers, quarter)
    with st.expander(
        evidence_words.to_renew(found),
        icon=":material/history:" if found else ":material/check:",
        key="renew",
    ):
        st.caption(evidence_words.renewing(found, quarter))
        with st.container(gap="xsmall"):
            for one in found:
                _link(context, quarter, one)


def _link(context: Context, quarter: Quarter, one: Renewal) -> None:
    # The date stands below: a link cuts its label where there is little room.
    with st.container(gap=None):
        st.page_link(
            menu.ASSESS,
            label=escape(one.practice.name),
            icon=":material/arrow_forward:",
            width="content",
            query_params={
                "team": context.team.id,
                "model": context.model,
                "quarter": str(quarter),
                "step": one.category,
                "practice": one.practice.id,
            },
        )
        st.caption(evidence_words.runs_out(one, today()))
