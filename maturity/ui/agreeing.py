"""Agree: the votes side by side, what to discuss, and recording what was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from maturity import agreement, agreement_words, charts, decisions, words
from maturity.agreement import Spread
from maturity.charts import Dot, Strip
from maturity.respondent import NOT_APPLICABLE, UNKNOWN, option_of
from maturity.respondents import Panel
from maturity.service import NOTE_LENGTH
from maturity.storage.respondents import Decided
from maturity.ui import pictures
from maturity.ui.choice import Context
from maturity.ui.layout import escape, section, signature
from maturity.ui.menu import WORKSHOP
from maturity.ui.notices import careful
from maturity.ui.questions import option_text

_spread = lru_cache(maxsize=128)(charts.spread)

ENOUGH = 2
"""How many people must have submitted before votes are compared."""


def names_of(context: Context, panel: Panel) -> dict[str, str]:
    """The names of everybody who voted or decided, by id."""
    voters = [vote.person for spread in panel.spreads for vote in spread.votes]
    authors = [decision.author for decision in panel.decisions]
    known = [part.person for part in panel.parts]
    return context.service.store.names([*voters, *authors, *known])


def waiting(panel: Panel) -> bool:
    """Say what is missing while too few have submitted; whether that is so."""
    if len(panel.submitted) >= ENOUGH:
        return False
    if panel.parts:
        st.caption(
            "Once two people have submitted, their answers stand here side by side, "
            "the most contested first."
        )
    return True


def own_first() -> None:
    """To whoever is still answering: others' answers only after their own."""
    st.info(
        "You are invited too and have not submitted your own answers. Submit them, "
        "then you see those of the others.",
        icon=":material/visibility_off:",
    )


def workshop_link() -> None:
    st.page_link(WORKSHOP, label="Start the workshop", icon=":material/how_to_vote:")


def strip(panel: Panel, names: dict[str, str]) -> None:
    """The chart of all votes, most contested first."""
    voted = [s for s in agreement.ordered(panel.spreads) if s.votes]
    with st.container(border=True):
        section(
            agreement_words.title(panel.spreads),
            "A dot is a person, from the lowest rung on the left to the highest. The "
            "upright mark is the agreed answer.",
        )
        finding = agreement_words.chart_finding(voted)
        strips = tuple(_strip(spread, names) for spread in voted)
        pictures.draw(_spread(strips, finding), "spread")


def _strip(spread: Spread, names: dict[str, str]) -> Strip:
    practice, agreed = spread.practice, option_of(spread.agreed)
    place = practice.rank(agreed)
    if agreed == NOT_APPLICABLE:
        place = len(practice.rungs)
    return Strip(
        name=practice.name,
        rungs=len(practice.rungs),
        dots=tuple(
            Dot(
                names.get(vote.person, "somebody"),
                vote.rank,
                agreement_words.chosen(practice, vote.option),
            )
            for vote in spread.votes
        ),
        apart=agreement_words.apart(spread),
        agreed=place,
        agreed_said=agreement_words.chosen(practice, agreed) if agreed else "",
    )


def common(context: Context, panel: Panel) -> None:
    """One click for everything that everybody answered alike."""
    found = agreement.in_common(panel.spreads)
    undo = last_decided(context)
    if not found and not undo:
        return
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="left"
    ):
        if found:
            st.button(
                agreement_words.common(len(found)),
                key="take_common",
                icon=":material/done_all:",
                help=escape(words.listed([s.practice.name for s in found])),
                on_click=_take_common,
                args=(context, panel),
            )
        if undo:
            st.button(
                "Undo",
                key="undo_decision",
                type="tertiary",
                icon=":material/undo:",
                help="Takes back what you recorded last.",
                on_click=undo_last,
                args=(context,),
            )


def discuss(context: Context, panel: Panel, names: dict[str, str]) -> None:
    """The queue for the meeting, and the form for one practice of it."""
    queue = agreement.to_discuss(panel.spreads)
    others = [s for s in agreement.ordered(panel.spreads) if s not in queue]
    by_id = {s.practice.id: s for s in [*queue, *others]}
    with st.container(border=True):
        left = words.count(len(queue), "practice")
        section(
            f"{left} to discuss" if queue else "Nothing is left to discuss",
            "Furthest apart first, then what decides most."
            if queue
            else "Every contested practice has its decision.",
        )
        key = "discuss"
        if st.session_state.get(key) not in by_id:
            st.session_state[key] = next(iter(by_id))
        chosen = st.selectbox(
            "Practice",
            list(by_id),
            key=key,
            format_func=lambda id: _option_label(by_id[id], by_id[id] in queue),
        )
        _practice(context, panel, by_id[chosen], names)


def _option_label(spread: Spread, waits: bool) -> str:
    state = "to discuss" if waits else "decided" if spread.decided else ""
    parts = [spread.practice.name, agreement_words.apart(spread), state]
    return " · ".join(filter(None, parts))


def _practice(
    context: Context, panel: Panel, spread: Spread, names: dict[str, str]
) -> None:
    st.subheader(spread.practice.question, anchor=False, help=spread.practice.why)
    if spread.contested:
        st.caption(agreement_words.effect(spread, panel.definition))
    said_of(context, spread, names)
    with st.container(key="votes", gap="xsmall"):
        for vote in spread.votes:
            votes_line(spread, vote.person, names)
        if spread.silent:
            silent = words.listed([names.get(p, "somebody") for p in spread.silent])
            st.caption(f"No vote: {escape(silent)}")
    with st.form(f"decide/{spread.practice.id}", border=False):
        decision_form(context, spread, "decide", [])


def said_of(context: Context, spread: Spread, names: dict[str, str]) -> None:
    """The decision that stands, and whether somebody has voted otherwise since."""
    decision = spread.decision
    if decision is None:
        return
    agreed = agreement_words.chosen(spread.practice, decision.option)
    reason = f" Because: {escape(decision.reason)}" if decision.reason else ""
    st.markdown(f":material/handshake: **Agreed: {escape(agreed)}**{reason}")
    st.caption(signature(names.get(decision.author, ""), decision.at))
    if spread.changed:
        st.caption(
            ":orange[:material/sync_problem:] "
            + escape(agreement_words.changed(decision, names, spread))
        )


def votes_line(spread: Spread, person: str, names: dict[str, str]) -> None:
    """One vote with what was noted beside it."""
    vote = next(v for v in spread.votes if v.person == person)
    who = escape(names.get(person, "somebody"))
    said = escape(agreement_words.chosen(spread.practice, vote.option))
    st.markdown(f"**{who}** &ensp; {said}")
    notes = [vote.answer.reason, vote.answer.note, vote.answer.link]
    if any(notes):
        st.caption(" · ".join(escape(note) for note in notes if note))


def decision_form(
    context: Context,
    spread: Spread,
    key: str,
    captions: Sequence[str],
    hands: Mapping[str, int] | None = None,
) -> None:
    """The ladder to choose the agreed answer from, why, and the button to record it.

    `captions` stand below the options, in the order of `options_of`. What is recorded
    is what was on screen, so that somebody else's decision meanwhile is noticed.
    """
    practice, options = spread.practice, options_of(spread)
    agreed = option_of(spread.agreed or spread.common)
    field = f"{key}/{practice.id}"
    with st.container(key=f"q-{key}-{practice.id.replace('.', '-')}"):
        st.radio(
            "We agree on",
            options,
            index=options.index(agreed) if agreed in options else None,
            key=f"{field}/option",
            format_func=lambda option: option_text(practice, option),
            captions=captions or None,
            width="stretch",
        )
    st.text_input(
        "Why",
        key=f"{field}/reason",
        max_chars=NOTE_LENGTH,
        placeholder="As in: we saw the log of May",
    )
    st.form_submit_button(
        "Record what we agreed",
        type="primary",
        on_click=_record,
        args=(context, spread, field, hands),
    )


def options_of(spread: Spread) -> list[str]:
    """What can be agreed on, in the order of every question."""
    return [*spread.practice.ladder, UNKNOWN, NOT_APPLICABLE]


@careful
def _record(
    context: Context, spread: Spread, field: str, hands: Mapping[str, int] | None
) -> None:
    """Store the decision; somebody else's that was there meanwhile is named."""
    option: str | None = st.session_state[f"{field}/option"]
    reason: str = st.session_state[f"{field}/reason"]
    decided = decisions.decide(
        context.service,
        context.team.id,
        context.quarter,
        spread,
        option or "",
        reason,
        context.person(),
        hands=hands,
    )
    _remember(context, [decided])
    st.session_state.pop("discuss", None)  # on to the next one
    before = decided.answer.before
    if before is not None and before.answer != spread.agreed:
        who = escape(context.author(before.author) or "Somebody")
        st.toast(
            f"{who} had recorded something else meanwhile; yours is the current one.",
            icon=":material/group:",
        )
    else:
        st.toast("Recorded.", icon=":material/check_circle:")


@careful
def _take_common(context: Context, panel: Panel) -> None:
    taken = decisions.take_common(
        context.service,
        context.team.id,
        context.quarter,
        panel.spreads,
        context.person(),
    )
    _remember(context, taken)
    said = f"{words.count(len(taken), 'common answer')} taken."
    st.toast(said, icon=":material/check_circle:")


def _remember(context: Context, decided: Sequence[Decided]) -> None:
    where = (context.team.id, str(context.quarter))
    st.session_state["_decided"] = (where, tuple(decided))


def last_decided(context: Context) -> tuple[Decided, ...]:
    """What this session recorded last here; empty if nothing."""
    where, decided = st.session_state.get("_decided", (None, ()))
    return decided if where == (context.team.id, str(context.quarter)) else ()


@careful
def undo_last(context: Context) -> None:
    decisions.take_back(
        context.service,
        context.team.id,
        context.quarter,
        last_decided(context),
        context.person(),
    )
    st.session_state.pop("_decided", None)
    st.toast("Taken back.", icon=":material/undo:")
