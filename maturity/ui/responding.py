"""The pages of an invited person: who they are, what happens, their own review.

The questions between are those of Assess; only whose answers they are differs.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from maturity import respondents, words
from maturity.model import Definition
from maturity.reading import open_questions
from maturity.readings import CARRIED_QUARTERS
from maturity.respondent import ANSWERING, Invitation, Stage
from maturity.ui import answering, identity, reviewing, saving, steps
from maturity.ui.choice import Context
from maturity.ui.layout import NARROW, escape, page
from maturity.ui.menu import AGREE
from maturity.ui.notices import careful


def arrive(context: Context) -> tuple[Context, Invitation]:
    """Whose link this is, once that person has said so; else a page that ends here."""
    person = st.session_state.get("_as", "")
    mine = respondents.invitation(
        context.service, context.team.id, context.model, context.quarter, person
    )
    if not person or mine is None or mine.stage is Stage.WITHDRAWN:
        _ends(
            context,
            "This invitation is not open",
            "The link is incomplete, or the invitation was withdrawn. Ask whoever sent "
            "it to you for a new one.",
        )
        raise AssertionError("the page has ended")
    name = context.author(person) or "somebody whose name was removed"
    if identity.verified():
        me = context.person()
        if me != person:
            _somebody_elses(context, name, person, me)
    elif st.session_state.get("_i_am") != person:
        _ask(context, name, person)
    return replace(context, respondent=person), mine


def _ends(context: Context, title: str, text: str) -> None:
    with page(NARROW):
        _head(context, title)
        st.markdown(text)
    st.stop()


def _ask(context: Context, name: str, person: str) -> None:
    with page(NARROW):
        _head(context, f"Are you {escape(name)}?")
        st.markdown(
            f"This link is for {escape(name)}, who is asked to answer for themselves."
        )
        st.button(
            f"Yes, I am {escape(name)}",
            key="i_am",
            type="primary",
            on_click=lambda: st.session_state.update(_i_am=person, my_name=name),
        )
        st.caption(
            ":material/lock_open: Nobody checks this: the dashboard has no sign-in. If "
            "you are somebody else, close this page and use your own link."
        )
    st.stop()


def _somebody_elses(context: Context, name: str, person: str, me: str) -> None:
    """To whoever is signed in and opens a link that is not theirs."""
    where = (context.team.id, context.model, context.quarter)
    mine = respondents.invitation(context.service, *where, me)
    with page(NARROW):
        _head(context, f"This link is for {escape(name)}")
        st.markdown(f"You are signed in as {escape(context.author(me))}.")
        if mine is not None and mine.stage is not Stage.WITHDRAWN:
            st.button(
                "Open my own answers",
                key="open_mine",
                type="primary",
                on_click=lambda: st.session_state.update(_as=me),
            )
        elif respondents.may_take_over(context.service, *where, person, me):
            st.markdown("If it was sent to you, answer under your own name instead.")
            st.button(
                f"Answer as {escape(context.author(me))}",
                key="take_over",
                type="primary",
                on_click=_take_over,
                args=(context, person, me),
            )
        else:
            st.markdown("Ask whoever sent it to invite you too.")
    st.stop()


@careful
def _take_over(context: Context, person: str, me: str) -> None:
    where = (context.team.id, context.model, context.quarter)
    respondents.take_over(context.service, *where, person, me)
    st.session_state["_as"] = me


def start(context: Context, definition: Definition, invited: Invitation) -> None:
    """What a respondent should know before the first answer."""
    sheet = context.sheet()
    waiting = open_questions(definition, sheet.current())
    done = len(definition.asked) - len(waiting)
    carried = [p for p in definition.asked if p.id in sheet.carried]
    _head(context, "Your own answers", context.author(context.respondent))
    if invited.stage is Stage.REOPENED:
        st.info(
            "Your answers were opened again. Change what you like, then submit them "
            "anew.",
            icon=":material/edit:",
        )
    st.markdown(
        f"You answer {words.count(len(definition.asked), 'question')} for yourself, "
        f"in about {words.count(definition.minutes, 'minute')}. Everything is saved as "
        "you go, and you can stop and come back with the same link."
    )
    with st.container(border=True, gap="xsmall"):
        st.header("Who sees what", anchor=False)
        st.markdown(
            "- **Until you submit**, nobody is shown your answers, and you see nobody "
            "else's. Whoever invited you sees how far you are.\n"
            "- **Once you submit**, your answers are shown with your name, and you see "
            "those of the others who have submitted.\n"
            "- The team then agrees on one answer to each question. Yours stays as you "
            "gave it."
        )
        st.caption(
            ":material/lock: You are signed in: your link opens for you alone."
            if identity.verified()
            else ":material/lock_open: Without sign-in this is a courtesy: whoever "
            "opens somebody else's link could look."
        )
    st.caption(_carried(len(carried)))
    st.button(
        "Go on" if done else "Start",
        key="respond",
        type="primary",
        on_click=_begin,
        args=(context, definition),
    )
    if invited.stage is not Stage.VOTING:
        st.button(
            "Vote in a workshop instead",
            key="vote_live",
            type="tertiary",
            icon=":material/how_to_vote:",
            help="In the meeting your answer to the question on screen is shown, with "
            "your name, once the moderator shows the votes; you can still change it.",
            on_click=_vote_live,
            args=(context,),
        )
    else:
        st.caption(
            ":material/how_to_vote: You vote in the workshop: there the moderator can "
            "show your answers as they stand."
        )


def _carried(number: int) -> str:
    if number:
        return (
            f":material/history: {words.count(number, 'answer')} of your own from "
            "earlier quarters are offered again, to keep or change."
        )
    return (
        "You start with an empty sheet: you have no answers of your own from the last "
        f"{CARRIED_QUARTERS} quarters, and the team's are not shown."
    )


@careful
def _vote_live(context: Context) -> None:
    respondents.vote_live(
        context.service,
        context.team.id,
        context.model,
        context.quarter,
        context.respondent,
    )


def _begin(context: Context, definition: Definition) -> None:
    waiting = set(open_questions(definition, context.sheet().current()))
    open_steps = [
        category
        for category, practices in definition.questions.items()
        if any(practice.id in waiting for practice in practices)
    ]
    steps.go(open_steps[0] if open_steps else steps.REVIEW)


def review(context: Context, definition: Definition) -> None:
    """One's own answers once more, before they are submitted."""
    sheet = context.sheet()
    _head(context, "Review and submit", context.author(context.respondent))
    saving.unsaved_warning()
    waiting = open_questions(definition, sheet.if_kept())
    if waiting:
        st.warning(
            "You can submit as it is: where you do not answer, you have no vote.",
            title=f"{words.count(len(waiting), 'question')} without your answer",
            icon=":material/help:",
        )
    carried = [p.id for p in definition.asked if p.id in sheet.carried]
    if carried:
        st.button(
            f"Keep all {len(carried)} of my earlier answers",
            key="keep_rest",
            on_click=answering.keep,
            args=(context, carried),
        )
    for category in definition.model.categories:
        reviewing.category_answers(definition, sheet, category)


def submit_footer(context: Context, definition: Definition) -> bool:
    """Previous and submit; whether the answers were just submitted."""
    return steps.submit(
        definition,
        "Submit my answers",
        "submit_mine",
        lambda: respondents.submit(
            context.service,
            context.team.id,
            context.model,
            context.quarter,
            context.respondent,
        ),
    )


def submitted(context: Context, definition: Definition) -> None:
    """The answers as they were handed in, and where to see those of the others."""
    _head(context, "Submitted, thank you", context.author(context.respondent))
    st.markdown(
        "Your answers are with the team now, with your name. To change one, ask "
        "whoever invited you to open them again."
    )
    st.page_link(
        AGREE,
        label="See what the others answered",
        icon=":material/groups_2:",
        query_params={
            "team": context.team.id,
            "model": context.model,
            "quarter": str(context.quarter),
        },
    )
    sheet = context.sheet()
    for category in definition.model.categories:
        reviewing.category_answers(definition, sheet, category, change=False)


def may_answer(invited: Invitation) -> bool:
    return invited.stage in ANSWERING


def _head(context: Context, title: str, *before: str) -> None:
    where = [context.team.name, context.name(context.model), context.quarter.label]
    with st.container(gap=None):
        st.title(title, anchor=False)
        st.caption(" · ".join(escape(part) for part in [*before, *where]))
