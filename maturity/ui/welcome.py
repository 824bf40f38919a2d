"""What the Overview says while there is nothing to show yet."""

from __future__ import annotations

import streamlit as st

from maturity import demo
from maturity.quarter import Quarter
from maturity.team import NAME_LENGTH
from maturity.ui import menu, teaming
from maturity.ui.choice import Context
from maturity.ui.layout import NARROW, card, escape, page, section


def newcomer(context: Context) -> None:
    """No team at all: what this is, and two ways to begin."""
    with page(NARROW):
        with st.container(border=True, gap="medium"):
            with st.container(gap="xsmall"):
                st.title("See where your ML team stands", anchor=False)
                st.markdown(
                    "Answer plain questions about how you work. You get a maturity "
                    "level, the gaps behind it, and what to change first."
                )
            with st.form("first-team", border=False):
                name = st.text_input(
                    "What is your team called?",
                    key="first_team",
                    max_chars=NAME_LENGTH,
                    placeholder="As in: Fraud detection",
                )
                started = st.form_submit_button(
                    "Start your first assessment", type="primary"
                )
            if started and teaming.create(context, name):
                st.switch_page(menu.ASSESS)
            explore(context)
            st.caption("10 to 15 minutes · Saved as you go · Stays on this server")
        with st.grid(3, min_column_width=180, gap="small"):
            for title, text in (
                (
                    "1. Answer",
                    "Choose Google's, Azure's or GigaOm's model and say "
                    "what is true today.",
                ),
                (
                    "2. Understand",
                    "See your level with the reasons behind it, category by category.",
                ),
                (
                    "3. Improve",
                    "Take the next step that counts, and follow it from "
                    "quarter to quarter.",
                ),
            ):
                with card():
                    section(title, text)


def explore(context: Context) -> None:
    """A button that loads the demo teams."""
    if st.button(
        "Explore with demo data",
        key="load_demo",
        icon=":material/science:",
        help="Eight invented teams over eight quarters, marked as demo everywhere and "
        "removed with one click.",
    ):
        with st.spinner("Loading eight demo teams"):
            demo.load(context.service)
        st.rerun()


def unassessed(context: Context) -> None:
    """The team has no assessment of this model in this quarter."""
    model = context.name(context.model)
    latest = context.service.latest(context.team.id, context.model)
    when = f" for {context.quarter.label}" if latest else ""
    with st.container(border=True, gap="medium"):
        with st.container(gap="xsmall"):
            st.header(
                f"{escape(context.team.name)} has no assessment{when}: {model}",
                anchor=False,
            )
            st.markdown(
                "Answer its questions to see the result, the gaps behind it and the "
                "next step. What was answered for another model is already there."
            )
        if context.look:
            return
        # Of a past quarter it is not what most want: the head has this quarter's.
        past = context.quarter < Quarter.current()
        label = f"Start the assessment of {context.quarter.label}"
        if st.button(
            label if past else "Start the assessment",
            type="secondary" if past else "primary",
            key="start_here",
        ):
            st.session_state["_quarter_assess"] = str(context.quarter)
            st.switch_page(menu.ASSESS)
        others = [m for m in context.models if m != context.model]
        there = [
            (model_id, quarter)
            for model_id in others
            if (quarter := context.service.latest(context.team.id, model_id))
        ]
        for model_id, quarter in there:
            st.page_link(
                menu.OVERVIEW,
                label=f"See {context.short_name(model_id)}, {quarter.label}",
                icon=":material/arrow_forward:",
                query_params={
                    "team": context.team.id,
                    "model": model_id,
                    "quarter": str(quarter),
                },
            )


def nothing_submitted(context: Context) -> None:
    """Progress has nothing to draw before the first submission."""
    with st.container(border=True, gap="medium"):
        section(
            "No history yet",
            "Progress follows submitted assessments from quarter to quarter. Submit "
            f"the first one of {context.name(context.model)} to begin.",
        )
        if context.look is None:
            st.page_link(menu.ASSESS, label="Go to Assess", icon=":material/checklist:")
