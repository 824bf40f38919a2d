"""Below an open question: what other answers suggest for it, to take or to leave.

Nothing is filled in and nothing counts before somebody presses the button.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity import suggesting, words
from maturity.answer import State
from maturity.readings import Sheet
from maturity.suggesting import Suggested
from maturity.ui.asked import UNKNOWN, Asked, save
from maturity.ui.choice import Context
from maturity.ui.layout import escape


def of(context: Context, sheet: Sheet, question: Asked) -> list[Suggested]:
    """What the answers on this sheet suggest for a question that is still open.

    The sheet is the team's or one respondent's own, so nobody who answers alone is
    told what others have said. An earlier answer that is offered again goes first.
    """
    if question.is_carried or question.choice not in (None, UNKNOWN):
        return []
    return suggesting.suggested(
        context.service.library,
        question.practice,
        sheet.current(),
        context.team.serving,
    )


def offer(question: Asked, found: Sequence[Suggested]) -> None:
    """Each suggested rung with its reasons, and the button that takes it."""
    for one in found:
        names = [f"“{reason.practice.name}”" for reason in one.reasons]
        answers = "answer" if len(names) == 1 else "answers"
        with st.container(border=True, gap="xsmall"):
            with st.container(gap=None):
                st.markdown(
                    f":material/lightbulb: :gray[Suggested by your {answers} to "
                    f"{escape(words.listed(names))}:]  \n{escape(one.rung.text)}"
                )
                for reason in one.reasons:
                    st.caption(escape(reason.because))
            st.button(
                "Take it",
                key=question.key(f"suggested-{one.rung.id}"),
                icon=":material/check:",
                help="Saves it as your answer. Until then it counts for nothing.",
                on_click=_take,
                args=(question, one.rung.id),
            )


def _take(question: Asked, rung: str) -> None:
    save(question, question.shown.but(state=State.RUNG, rung=rung, reason=""))
