"""What was answered before: undo of the last change, and every earlier answer.

Both copy an old row, so nothing is ever taken away by going back.
"""

from __future__ import annotations

import streamlit as st

from maturity import evidence_words, words
from maturity.answer import Answer, AnswerRow, State
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.reading import answer_text
from maturity.ui import saving
from maturity.ui.choice import Context
from maturity.ui.layout import clock, escape
from maturity.ui.notices import careful

MOST = 20


def said(practice: Practice, answer: Answer) -> str:
    """An answer as it was given, cleared ones included."""
    if answer.state is State.CLEARED:
        return "Cleared."
    return answer_text(practice, answer)


def undo_button(context: Context) -> None:
    """Takes the last change of this session back; once more, and it is there again."""
    change = saving.last_change()
    if change is None:
        return
    if change.place != saving.place(context, change.place.practice):
        return
    practice = context.service.practice(change.place.practice)
    if practice is None:
        return
    st.button(
        "Undo",
        key="undo",
        type="tertiary",
        icon=":material/undo:",
        help=f"Takes back your last change: {escape(practice.name)}",
        on_click=_undo,
        args=(context,),
    )


@careful
def _undo(context: Context) -> None:
    change = saving.last_change()
    if change is None:
        return
    old = Answer(State.CLEARED) if change.before is None else change.before.answer
    saving.write(context, change.place, old, change.written)


def history(context: Context, practice: Practice, key: str) -> None:
    """Every answer ever given to a question, read only when somebody looks."""
    box = st.expander(
        "Earlier answers",
        icon=":material/history:",
        type="compact",
        key=key,
        on_change="rerun",
    )
    with box:
        if not box.open:
            return
        rows = context.service.store.history(context.team.id, practice.id)
        mine = [row for row in rows if row.respondent == context.respondent]
        if not mine:
            st.caption("Nothing yet. Every change will be listed here.")
        here = [row for row in mine if row.quarter == str(context.quarter)]
        for row in list(reversed(mine))[:MOST]:
            _earlier(context, practice, row, current=row in here[-1:])
        if len(mine) > MOST:
            st.caption(f"{len(mine) - MOST} older ones are kept in the database.")


def _earlier(
    context: Context, practice: Practice, row: AnswerRow, *, current: bool
) -> None:
    who = escape(context.author(row.author)) or "somebody"
    quarter = Quarter.parse(row.quarter)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        with st.container(gap=None, width="stretch"):
            st.markdown(escape(said(practice, row.answer)))
            st.caption(f"{quarter.label} · {words.day(row.at)} {clock(row.at)} · {who}")
            if row.answer.reviewed_on is not None:
                reviewer = escape(context.author(row.answer.reviewed_by))
                st.caption(evidence_words.reviewed(reviewer, row.answer.reviewed_on))
        if current:
            st.badge("Current", color="gray")
        elif row.answer.state is not State.CLEARED:
            st.button(
                "Use again",
                key=f"again/{context.quarter}/{row.seq}",
                help="Makes this the current answer. Nothing is lost: the one before "
                "stays in this list.",
                on_click=_use_again,
                args=(context, row),
            )


@careful
def _use_again(context: Context, row: AnswerRow) -> None:
    place = saving.place(context, row.practice)
    saving.write(context, place, row.answer, saving.seen(context, place))
