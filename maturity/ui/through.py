"""The page of every model: one set of answers, a card a model, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from maturity import through_words, words
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.through import Ask, Shared, differences, missing
from maturity.ui import glossary, menu, opening, pictures, steps
from maturity.ui.choice import Context, quarter_slot
from maturity.ui.layout import ARROWS, card, escape, section
from maturity.ui.standing import asides


@dataclass(frozen=True)
class Seen:
    """One model's reading of the answers, beside what was submitted through it."""

    now: Reading
    then: Reading | None
    begun: bool
    """An assessment through this model was started and not submitted."""


@dataclass(frozen=True)
class Answered:
    """The quarters in which the team has assessed anything, through any model."""

    newest: Quarter
    """The latest submitted one, or the latest begun where none is."""
    begun: Quarter | None
    """A later one that nobody has submitted."""


def answered(context: Context, found: Sequence[Seen]) -> Answered | None:
    """Which answers are the latest; None where the team has answered nothing.

    Answers may be there without an assessment: a team that agreed, or took in a file.
    """
    newest = context.service.latest(context.team.id, "")
    if newest is None:
        begun = any(one.now.begun for one in found)
        return Answered(context.quarter, None) if begun else None
    rows = context.service.store.assessments(context.team.id)
    last = Quarter.parse(max(row.quarter for row in rows))
    return Answered(newest, last if last > newest else None)


def badges(again: bool) -> dict[str, str]:
    """What stands beside the title where an old quarter is read anew."""
    return {"A re-reading": "gray"} if again else {}


def seen(context: Context) -> list[Seen]:
    """The answers of the chosen quarter through every model that is here."""
    found = []
    service, team = context.service, context.team
    serving = service.served(team, context.quarter)
    for model in service.library.models:
        then = service.reading(team, model, context.quarter)
        now = service.draft(team, model, context.quarter, serving)
        submitted = then if then and not then.draft else None
        row = service.assessment(team.id, model, context.quarter)
        found.append(Seen(now, submitted, row is not None and submitted is None))
    return found


def nothing(context: Context, latest: Answered | None) -> None:
    """No answer in this quarter: say so, and lead to where there is one."""
    with st.container(border=True, gap="medium"):
        section(
            f"No answers in {context.quarter.label}",
            "This page reads one quarter's answers through every model. Answer the "
            "questions of any model to begin; the others read the same answers.",
        )
        if latest is not None and latest.newest != context.quarter:
            _see(context, latest.newest, f"See {latest.newest.label}")
        st.page_link(menu.ASSESS, label="Go to Assess", icon=":material/checklist:")


def newer(context: Context, latest: Answered) -> None:
    """The way to answers later than the ones shown, if there are any."""
    if context.quarter < latest.newest:
        _see(context, latest.newest, f"See the latest answers, {latest.newest.label}")
    elif latest.begun is not None and context.quarter < latest.begun:
        with st.container(gap="xxsmall"):
            st.caption(through_words.newer(latest.begun))
            _see(context, latest.begun, f"See {latest.begun.label}")


def _see(context: Context, quarter: Quarter, label: str) -> None:
    # A link to the page itself would look like the chosen entry of a menu.
    st.button(
        label,
        key="see_quarter",
        type="tertiary",
        icon=":material/arrow_forward:",
        on_click=_show,
        args=(quarter_slot(context.page), quarter),
    )


def _show(slot: str, quarter: Quarter) -> None:
    st.session_state[slot] = str(quarter)


def cards(context: Context, found: Sequence[Seen]) -> None:
    """A card a model, in the order of the library."""
    with st.grid(3, min_column_width=290, gap="small"):
        for one in found:
            with card(key=f"through-{one.now.definition.model.id}"):
                _card(context, one)


def _card(context: Context, one: Seen) -> None:
    reading = one.now
    model, score = reading.definition.model, reading.overall
    with st.container(gap=None):
        st.header(escape(model.short_name), anchor=False)
        st.caption(
            f"Edition {escape(model.edition)} · "
            f"{through_words.standing(one.then, reading, begun=one.begun)}"
        )
    with st.container(gap=None):
        st.subheader(words.level(score), anchor=False)
        st.markdown(escape(words.level_name(model, score)))
        for line in [f"Score {words.tenths(score)}", *asides(reading)]:
            st.caption(line, help=glossary.explain(line, model))
    opening.in_place(reading, opening.comes_about(reading), compact=True)
    pictures.track(reading)
    covered = score.answered / score.asked if score.asked else 0.0
    st.progress(covered, text=through_words.coverage(score))
    open_practices = missing(reading)
    st.caption(escape(through_words.completing(reading, open_practices)))
    if open_practices:
        st.space("stretch")
        number = words.count(len(open_practices), "question")
        if st.button(
            f"Answer {number} for {reading.quarter.label}",
            key=f"complete-{model.id}",
            icon=":material/edit_note:",
        ):
            steps.begin(context, model.id, reading.quarter)
            st.switch_page(menu.ASSESS)


def disagreement(readings: Sequence[Reading]) -> None:
    """The answers that one model waits for and another is content with."""
    found = differences(readings)
    section(
        through_words.differences_title(found),
        "The same answer, two verdicts: one model asks for more at its next level, "
        "another has what it asks for so far.",
    )
    if not found:
        st.caption("Whatever one model asks for next, no other has met.")
    for difference in found:
        with st.container(gap=None):
            st.markdown(f"**{escape(difference.practice.name)}**")
            st.markdown(f":gray[Now: {escape(difference.said)}]")
            for ask in difference.asked:
                _ask(f"{ARROWS['gap']} **{_who(ask)}** asks for", ask)
            for ask in difference.met:
                _ask(f":green[:material/check:] **{_who(ask)}** has met", ask)


def agreement(found: Sequence[Shared]) -> None:
    """The practices that hold back several models at once."""
    section(
        "One change, several models",
        "More than one model asks for these at its next level.",
    )
    for one in found:
        with st.container(gap=None):
            st.markdown(f"**{escape(one.practice.name)}**")
            st.markdown(f":gray[Now: {escape(one.said)}]")
            for ask in one.asked:
                _ask(f"{ARROWS['gap']} **{_who(ask)}** asks for", ask)


def _who(ask: Ask) -> str:
    return escape(through_words.asks(ask))


def _ask(start: str, ask: Ask) -> None:
    more = through_words.later(ask)
    st.markdown(f"{start}: {escape(ask.rung.text)}" + (f" :gray[{more}]" * bool(more)))
