"""What holds a team back and what moved: gaps, open questions, changed answers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity import gap_words, movement_words, words
from maturity.charts.readings import comparable
from maturity.gaps import Gap, answer_first, steps_to
from maturity.gaps import gaps as find_gaps
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.reading import Move, Reading, Way, moves
from maturity.scoring import Verdict
from maturity.ui import glossary, menu, steps
from maturity.ui.choice import Context
from maturity.ui.layout import escape, moved, section

ARROWS_OF_WAY = {
    Way.UP: ":green[:material/arrow_upward:]",
    Way.DOWN: ":red[:material/arrow_downward:]",
    Way.NEW: ":blue[:material/add:]",
    Way.OPEN: ":orange[:material/help:]",
    Way.NOT_APPLICABLE: ":gray[:material/remove:]",
    Way.APPLICABLE: ":blue[:material/add:]",
}


def open_questions(context: Context, reading: Reading) -> None:
    """What is not answered, and the way to the first of them."""
    judged = [j for j in reading.result.judged if j.criterion.gating]
    waiting = [j.criterion.practice for j in judged if j.verdict is Verdict.OPEN]
    names = [
        reading.definition.practices[practice].name
        for practice in dict.fromkeys(waiting)
    ]
    if not names:
        return
    verb = "is" if len(names) == 1 else "are"
    more = f" and {len(names) - 5} more" if len(names) > 6 else ""
    said = ", ".join(names[:5]) + more if more else words.listed(names)
    st.warning(
        f"{said}. {words.answering(reading.overall)}",
        title=f"{words.count(len(names), 'question')} that "
        f"{'decides' if len(names) == 1 else 'decide'} the "
        f"{words.word_of(reading.overall)} {verb} not answered",
        icon=":material/help:",
    )
    if context.look is None and st.button(
        "Answer the open questions", key="answer_open"
    ):
        steps.begin(context, context.model, reading.quarter)
        st.switch_page(menu.ASSESS)


def gaps(reading: Reading, most: int) -> tuple[int, int]:
    """The card of what holds the team back; how many were shown, of how many."""
    step = reading.overall.next
    if reading.overall.lowest is None:
        section("What holds you back", "Nothing in this model applies to this team.")
        return 0, 0
    if step is None:
        section(
            f"What keeps you at {words.level(reading.overall)}",
            "This is the highest band. Keep watch each quarter."
            if reading.overall.bands
            else "You meet every criterion that applies. Keep watch each quarter.",
        )
        return 0, 0
    found = find_gaps(reading.definition, reading.result, step.level)
    waiting = answer_first(reading.definition, reading.result, step.level)
    known = steps_to(reading.definition, reading.result, step.level)
    section(
        f"What holds you back from "
        f"{words.level_number(reading.definition.model, step.level)}",
        gap_words.holding_back(len(found), len(waiting), step, known),
        help=glossary.meaning("gap", "next step", model=reading.definition.model),
    )
    for gap in found[:most]:
        one_gap(reading, gap)
    for practice in waiting[: max(0, most - len(found))]:
        question(reading, practice)
    total = len(found) + len(waiting)
    return min(most, total), total


def one_gap(reading: Reading, gap: Gap, *, how: bool = False) -> None:
    """One practice: what it is now, and the lowest rung that would do."""
    category = reading.definition.model.category(gap.category).name
    moved(
        escape(gap.practice.name),
        escape(category),
        escape(gap.now.text),
        escape(gap.next.text),
        "gap",
    )
    if how:
        with st.container(gap=None):
            if gap.next.how:
                st.caption(f"**How.** {escape(gap.next.how)}")
            st.caption(f"**Source.** {escape('; '.join(gap.cites))}")


def question(reading: Reading, practice: Practice) -> None:
    """An open question, in the look of a gap."""
    with st.container(gap=None):
        st.markdown(f"**{escape(practice.name)}**")
        st.markdown(f":orange[:material/help:] {escape(practice.question)}")
        st.caption(escape(reading.answer_text(practice)))


def changes(reading: Reading, before: Reading | None, most: int) -> tuple[int, int]:
    """The card of what changed since the last quarter; shown, of how many."""
    if before is None:
        section("What changed", "Come back next quarter to see what moved.")
        return 0, 0
    caption = f"{before.quarter.label} to {reading.quarter.label}"
    if comparable(reading, before) is None:
        section("What changed", f"{caption}: a new edition of the model, not compared.")
        return 0, 0
    found = moves(before, reading)
    if not found:
        section("What changed", f"{caption}: no answer moved.")
        return 0, 0
    section("What changed", f"{caption}: {movement_words.moves_summary(found)}.")
    for move in found[:most]:
        arrow = ARROWS_OF_WAY[move.way]
        st.markdown(
            f"{arrow} {escape(move.practice.name)} :gray[:small[{move.way.value}]]"
        )
    return min(most, len(found)), len(found)


def moved_answers(reading: Reading, found: Sequence[Move]) -> None:
    """The answers that moved, each with what it was and what it is."""
    if not found:
        st.caption("Both quarters have the same answers.")
        return
    kinds = {Way.UP: "up", Way.DOWN: "down"}
    with st.container(height=520 if len(found) > 5 else "content", border=False):
        for move in found:
            category = reading.definition.model.category(move.category).name
            moved(
                escape(move.practice.name),
                escape(category),
                escape(move.before),
                escape(move.after),
                kinds.get(move.way, "same"),
            )


def two_quarters(history: Sequence[Reading]) -> tuple[Reading, Reading]:
    """The two quarters to compare; the second is always later."""
    by_key = {str(reading.quarter): reading for reading in history}
    keys = list(by_key)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.header("Compare two quarters", anchor=False, width="content")
        with st.container(
            horizontal=True, width="content", vertical_alignment="center"
        ):
            first = _quarter_select("From quarter", keys[:-1], "compare_from", keys[-2])
            later = keys[keys.index(first) + 1 :]
            st.markdown(":gray[to]", width="content")
            last = _quarter_select("To quarter", later, "compare_to", later[-1])
    return by_key[first], by_key[last]


def _quarter_select(label: str, keys: list[str], key: str, usual: str) -> str:
    if st.session_state.get(key) not in keys:
        st.session_state[key] = usual
    chosen: str = st.selectbox(
        label,
        keys,
        key=key,
        format_func=lambda quarter: Quarter.parse(quarter).label,
        label_visibility="collapsed",
        width=140,
        persist_state="session",
    )
    return chosen
