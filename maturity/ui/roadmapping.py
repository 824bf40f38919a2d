"""The plan on screen: each step with owner, date and status, and what is done.

Every change is saved at once and can be undone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from maturity import contradictions, plan_words, planning, roadmap
from maturity.plan import PlanRow, Status
from maturity.quarter import Quarter
from maturity.reading import Reading, answer_text
from maturity.roadmap import Standing, Way
from maturity.storage.plans import Replanned
from maturity.tickets import tickets
from maturity.ui import menu, past, saving
from maturity.ui.choice import Context
from maturity.ui.layout import ARROWS, escape, section
from maturity.ui.notices import careful

AHEAD = 8
COLORS = {
    Status.PLANNED: "gray",
    Status.DOING: "blue",
    Status.DONE: "green",
    Status.DROPPED: "gray",
}


def changed(context: Context, changes: list[Replanned]) -> None:
    """Remember a change, so that it can be undone and is said by the next run.

    A callback within a fragment must not draw anything, a toast neither.
    """
    if changes:
        st.session_state["_plan_change"] = (context.team.id, changes)
        st.session_state["_plan_said"] = plan_words.saved(changes)


def title(
    context: Context, reading: Reading, rows: Sequence[PlanRow], found: Sequence[Way]
) -> None:
    """The heading of the plan, with the way back, and what was just saved."""
    said = st.session_state.pop("_plan_said", None)
    if said:
        st.toast(said, icon=":material/flag:")
    kept = [row for row in rows if roadmap.counts(row)]
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        section(
            plan_words.plan_title(kept),
            "The steps of this team, whatever model asks for them, in "
            f"{plan_words.soonest(reading.definition.model)}.",
        )
        with st.container(horizontal=True, width="content"):
            team, changes = st.session_state.get("_plan_change", ("", []))
            if team == context.team.id and changes:
                st.button(
                    "Undo",
                    key="undo_plan",
                    type="tertiary",
                    icon=":material/undo:",
                    help="Takes back your last change of the plan.",
                    on_click=_undo,
                    args=(context,),
                )
            if kept:
                _download(context, reading, kept, found)


def _download(
    context: Context, reading: Reading, rows: Sequence[PlanRow], found: Sequence[Way]
) -> None:
    names = context.service.store.names([row.owner for row in rows if row.owner])
    st.download_button(
        "For a ticket system (CSV)",
        tickets(
            roadmap.in_order(rows, found),
            context.service.practice,
            reading.answers,
            found,
            names,
        ),
        file_name=f"plan-{reading.quarter}.csv",
        mime="text/csv",
        key="plan_csv",
        icon=":material/download:",
        on_click="ignore",
        help="One row a step, to import into a ticket system.",
    )


@careful
def _undo(context: Context) -> None:
    team, changes = st.session_state.pop("_plan_change")
    planning.put_back(context.service, team, changes, context.person())


def proposals(context: Context) -> None:
    """What is said to be done and not answered yet: take it as the answer?"""
    quarter = Quarter.current()
    found = planning.done(context.service, context.team.id, quarter)
    undone = replace(context, quarter=quarter)
    if found:
        with st.container(border=True):
            section(
                "You said this is done",
                f"Take it as the answer for {quarter.label}? Only answers count, not "
                "plans.",
            )
            for row in found:
                _proposal(undone, row)
    past.undo_button(undone)
    saving.unsaved_warning()


def _proposal(context: Context, row: PlanRow) -> None:
    practice = context.service.practice(row.practice)
    rung = practice.rung(row.rung) if practice else None
    if practice is None or rung is None:
        return
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        with st.container(gap=None, width="stretch"):
            st.markdown(f"**{escape(practice.name)}**")
            st.markdown(f"{ARROWS['gap']} {escape(rung.text)}")
        st.button(
            "Take as the answer",
            key=f"take-step/{row.practice}",
            help=f"Answers {escape(practice.name)}",
            on_click=_take,
            args=(context, row),
        )


@careful
def _take(context: Context, row: PlanRow) -> None:
    place = saving.place(context, row.practice)
    answer = planning.as_answer(context.service, context.team.id, context.quarter, row)
    saving.write(context, place, answer, saving.seen(context, place))
    if place not in saving.unsaved():
        st.toast("Taken as the answer.", icon=":material/check_circle:")


def doubts(context: Context, reading: Reading) -> None:
    """The answers of the quarter that cannot both be true, whatever model asks."""
    library = context.service.library
    answers = context.service.sheet(context.team.id, reading.quarter).current()
    found = contradictions.found(library.practices, answers)
    if not found:
        return
    with st.container(border=True):
        section(
            plan_words.doubts_title(len(found)),
            "They change no result. Look at both answers again, and correct the one "
            "that is not true.",
        )
        for pair in found:
            sides = [library.practices[s.practice] for s in (pair.high, pair.low)]
            with st.container(gap=None):
                st.markdown(f":orange[:material/rule:] {escape(pair.says)}")
                for practice in sides:
                    said = answer_text(practice, answers.get(practice.id))
                    st.caption(f"**{escape(practice.name)}.** {escape(said)}")
        st.page_link(
            menu.ASSESS,
            label="Go to Assess",
            icon=":material/checklist:",
            query_params={
                "team": context.team.id,
                "model": context.model,
                "quarter": str(reading.quarter),
            },
        )


def items(
    context: Context, reading: Reading, rows: Sequence[PlanRow], found: Sequence[Way]
) -> None:
    """Every step of the plan; those that were dropped one click away."""
    if not rows:
        how = "Switch steps on above and save them. Then each gets an owner and a date."
        none = "No step is left on this way."
        st.caption(how if found else none)
        return
    ordered = roadmap.in_order(rows, found)
    names = context.service.store.names([row.owner for row in rows if row.owner])
    by_practice = {way.gap.practice.id: way for way in found}
    for row in ordered:
        if roadmap.counts(row):
            _item(context, reading, row, names, by_practice.get(row.practice))
    dropped = [row for row in ordered if not roadmap.counts(row)]
    if dropped:
        with st.expander(f"Dropped: {len(dropped)}", type="compact", key="dropped"):
            for row in dropped:
                _item(context, reading, row, names, by_practice.get(row.practice))


def _item(
    context: Context,
    reading: Reading,
    row: PlanRow,
    names: Mapping[str, str],
    way: Way | None,
) -> None:
    practice = context.service.practice(row.practice)
    practice = practice or reading.definition.practices.get(row.practice)
    rung = practice.rung(row.rung) if practice else None
    with st.container(border=True, gap="xsmall", key=f"step-{row.practice}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = practice.name if practice else row.practice
            st.markdown(f"**{escape(name)}**", width="content")
            _badges(reading, row)
        if rung is None:
            st.caption("No model here asks for this any more. Drop it, or keep it.")
        else:
            st.markdown(f"{ARROWS['gap']} {escape(rung.text)}")
        if way is not None and way.gap.goal.id == row.rung:
            st.caption(f"{plan_words.effort(way)}. {escape(plan_words.value(way))}.")
        if way is None and rung is not None:
            st.caption("The chosen target does not need this step.")
        elif way is not None and not way.gap.needed:
            st.caption("The least effort to the chosen target does without this step.")
        _fields(context, row, names.get(row.owner, ""), name)


def _badges(reading: Reading, row: PlanRow) -> None:
    color = COLORS[row.status]
    st.badge(
        row.status.value.capitalize(),
        color="blue" if color == "blue" else "green" if color == "green" else "gray",
    )
    late = plan_words.due(row, Quarter.current())
    if late:
        st.badge(late, color="orange", icon=":material/schedule:")
    where = roadmap.standing(reading.definition, reading.answers, row)
    if where is Standing.REACHED:
        st.badge(
            f"Answered in {reading.quarter.label}",
            color="green",
            icon=":material/check:",
        )


def _fields(context: Context, row: PlanRow, owner: str, name: str) -> None:
    state, today = st.session_state, Quarter.current()
    keys = {part: f"{part}/{row.practice}" for part in ("owner", "due", "status")}
    state[keys["owner"]], state[keys["due"]] = owner, row.due
    state[keys["status"]] = row.status
    quarters = ["", *(str(today.shift(ahead)) for ahead in range(AHEAD + 1))]
    if row.due not in quarters:
        quarters.insert(1, row.due)
    with st.grid(3, min_column_width=150, gap="small"):
        st.text_input(
            "Owner",
            key=keys["owner"],
            max_chars=planning.OWNER_LENGTH,
            placeholder="Nobody yet",
            on_change=_assign,
            args=(context, row.practice, keys["owner"]),
        )
        st.selectbox(
            "Due by the end of",
            quarters,
            key=keys["due"],
            format_func=lambda key: Quarter.parse(key).label if key else "No date yet",
            on_change=_date,
            args=(context, row.practice, keys["due"]),
        )
        st.selectbox(
            "Status",
            list(Status),
            key=keys["status"],
            format_func=lambda status: status.value.capitalize(),
            on_change=_move,
            args=(context, row.practice, keys["status"]),
        )


@careful
def _assign(context: Context, practice: str, key: str) -> None:
    written = st.session_state[key]
    by = context.person()
    team = context.team.id
    changed(context, planning.assign(context.service, team, practice, written, by))


@careful
def _date(context: Context, practice: str, key: str) -> None:
    due, by = st.session_state[key], context.person()
    changed(context, planning.date(context.service, context.team.id, practice, due, by))


@careful
def _move(context: Context, practice: str, key: str) -> None:
    status, by = Status(st.session_state[key]), context.person()
    team = context.team.id
    changed(context, planning.move(context.service, team, practice, status, by))
