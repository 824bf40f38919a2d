"""The way up: every gap on the way to a target, and what taking some of them would do.

The gaps, their switches and the pictures are one fragment, so that a switch moves the
level at once. Nothing is saved until somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from maturity import plan_words, roadmap, words
from maturity.gaps import answer_first
from maturity.least import least_effort
from maturity.plan import PlanRow
from maturity.planning import save
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.roadmap import Rungs, Way
from maturity.scoring import Aim
from maturity.ui import findings, frame, menu, notices, pictures, roadmapping
from maturity.ui.choice import Context
from maturity.ui.layout import WIDE, card, escape, pair, section
from maturity.ui.notices import careful

OWN = -1
"""The team's own targets, in the picker of targets."""
HEIGHT = 860
FEW = 2
"""Of so many steps and questions the pictures stand below, not beside a short card."""


def choose_aim(reading: Reading) -> Aim:
    """The target to look at: the team's own, or any level of the model."""
    model, own = reading.definition.model, roadmap.aim_of(reading)
    levels = [level.number for level in model.scale[1:]]
    options = [OWN, *levels] if own is not None else levels
    usual = roadmap.usual_aim(reading)
    if st.session_state.get("way_aim") not in options:
        st.session_state["way_aim"] = usual if isinstance(usual, int) else OWN
    chosen: int = st.selectbox(
        "Way to",
        options,
        key="way_aim",
        format_func=lambda number: (
            "Your targets" if number == OWN else words.level_title(model, number)
        ),
        width=280,
        persist_state="session",
    )
    return own if own is not None and chosen == OWN else chosen


def bottom_bar() -> DeltaGenerator:
    """Where the what-if stays in sight while the switches scroll by."""
    with (
        st.bottom,
        st.container(horizontal_alignment="center"),
        st.container(width=WIDE),
    ):
        return st.empty()


def ways(context: Context, reading: Reading, aim: Aim) -> list[Way]:
    """The gaps on the way, with what closing them brings in every model."""
    library = context.service.library
    others = [library.definition(model) for model in library.models]
    return roadmap.ways(reading, aim, others)


@st.fragment
def steps(
    context: Context,
    reading: Reading,
    aim: Aim,
    found: Sequence[Way],
    bar: DeltaGenerator,
) -> None:
    """The gaps with their switches, beside what the switched ones would do."""
    with frame.safely():
        if st.session_state.pop("_plan_saved", False):
            st.rerun()  # the plan below is no part of the fragment
        notices.show()
        rows = context.service.store.plan(context.team.id)
        taken = roadmap.ticked(found, rows, _switched(context))
        seen = roadmap.if_taken(reading, taken)
        waiting = answer_first(reading.definition, reading.result, aim)
        few = len(found) + len(waiting) <= FEW
        cards = st.container() if few else pair()
        with cards, card():
            _title(reading, aim, found, len(waiting))
            with st.container(
                height=HEIGHT if len(found) > 4 else "content", border=False, key="ways"
            ):
                needed = [way for way in found if way.gap.needed]
                others = [way for way in found if not way.gap.needed]
                _switch_all(context, reading, needed, taken)
                for way in needed:
                    _way(context, reading, way, on=way.gap.practice.id in taken)
                _answer_first(reading, waiting)
                if others:
                    st.markdown("**Other tests that can give points**")
                    st.caption("Switch one on in place of a step that does not suit.")
                for way in others:
                    _way(context, reading, way, on=way.gap.practice.id in taken)
        if not found:
            bar.empty()
            return
        with cards, card():
            section("What if", plan_words.standing(reading))
            said = f"**{plan_words.what_if(reading, seen, len(taken))}**"
            st.markdown(said)
            _buttons(context, reading, found, rows, taken)
            pictures.what_if(reading, seen, wide=few)
        if _switched(context):
            bar.markdown(f":blue[:material/experiment:] {said}")
        else:
            bar.empty()


def _title(reading: Reading, aim: Aim, found: Sequence[Way], waiting: int) -> None:
    model, least = reading.definition.model, None
    said = plan_words.title(model, found, aim, waiting)
    if model.by_points:
        least = least_effort(reading.definition, reading.result, aim)
        said = plan_words.least_title(model, found, aim, waiting, least)
    section(said, plan_words.order(model, found, least))


def _switch_all(
    context: Context, reading: Reading, needed: Sequence[Way], taken: Rungs
) -> None:
    practices = [way.gap.practice.id for way in needed]
    if len(practices) > 1 and not set(practices) <= set(taken):
        st.button(
            f"Switch on {'both' if len(practices) == 2 else f'all {len(practices)}'}",
            key="switch_all",
            icon=":material/toggle_on:",
            help="Shows what all of them together would do. Nothing is saved yet.",
            on_click=_switched(context).update,
            args=(dict.fromkeys(practices, True),),
        )


def _way(context: Context, reading: Reading, way: Way, *, on: bool) -> None:
    gap = way.gap
    key = f"way/{reading.definition.model.id}/{gap.practice.id}"
    st.session_state[key] = on
    with st.container(gap=None):
        st.toggle(
            f"**{escape(gap.practice.name)}**",
            key=key,
            on_change=_switch,
            args=(context, gap.practice.id, key),
        )
        category = reading.definition.model.category(gap.category).name
        lines = [f"{escape(category)} · Now: {escape(gap.now.text)}"]
        st.markdown(f":gray[{lines[0]}]")
        for rung in way.climb:
            until = rung is not way.climb[-1]
            arrow = ":gray" if until else ":blue"
            st.markdown(f"{arrow}[:material/arrow_upward:] {escape(rung.text)}")
            if rung.how:
                st.caption(f"**How.** {escape(rung.how)}")
        st.caption(f"{plan_words.effort(way)}. {escape(plan_words.value(way))}.")


def _answer_first(reading: Reading, waiting: Sequence[Practice]) -> None:
    if not waiting:
        return
    st.markdown("**Answer first**")
    st.caption("Nobody knows yet whether these are gaps.")
    for practice in waiting:
        findings.question(reading, practice)
    st.page_link(menu.ASSESS, label="Go to Assess", icon=":material/checklist:")


def _buttons(
    context: Context,
    reading: Reading,
    found: Sequence[Way],
    rows: Sequence[PlanRow],
    taken: Rungs,
) -> None:
    shown = [way.gap.practice.id for way in found]
    changed = roadmap.changes(rows, shown, taken, _usual_due(reading))
    with st.container(horizontal=True):
        st.button(
            "Save as the plan",
            key="save_plan",
            type="primary",
            disabled=not changed,
            icon=":material/playlist_add_check:",
            help="Switched-on steps become the plan; those switched off are dropped.",
            on_click=_save,
            args=(context, reading, found),
        )
        st.button(
            "Back to the plan",
            key="reset_plan",
            disabled=not _switched(context),
            help="Forgets the switches that are not saved.",
            on_click=_reset,
            args=(context,),
        )


def _usual_due(reading: Reading) -> str:
    """The target's quarter where one is set and is not over, else the next one."""
    target, current = reading.targets.of(), Quarter.current()
    by = target.by if target else None
    return str(by if by is not None and by >= current else current.shift(1))


def _switched(context: Context) -> dict[str, bool]:
    """What this session switched on or off and has not saved, by practice."""
    every: dict[str, dict[str, bool]] = st.session_state.setdefault("_switched", {})
    return every.setdefault(context.team.id, {})


def _switch(context: Context, practice: str, key: str) -> None:
    _switched(context)[practice] = st.session_state[key]


def _reset(context: Context) -> None:
    _switched(context).clear()


@careful
def _save(context: Context, reading: Reading, found: Sequence[Way]) -> None:
    rows = context.service.store.plan(context.team.id)
    taken = roadmap.ticked(found, rows, _switched(context))
    shown = [way.gap.practice.id for way in found]
    wanted = roadmap.changes(rows, shown, taken, _usual_due(reading))
    roadmapping.changed(
        context, save(context.service, context.team.id, wanted, context.person())
    )
    _switched(context).clear()
    st.session_state["_plan_saved"] = True
