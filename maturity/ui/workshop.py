"""The workshop: one large question at a time, votes shown at once, decisions live."""

from __future__ import annotations

import streamlit as st

from maturity import agreement, agreement_words, respondents
from maturity.agreement import Spread
from maturity.respondents import Panel
from maturity.ui import addresses, agreeing, frame, menu
from maturity.ui.choice import Context
from maturity.ui.layout import escape

SECONDS = 3
"""How often the count of votes is looked up while people vote."""
CONTESTED, EVERY = "contested", "every"


def agenda(context: Context, panel: Panel) -> list[Spread]:
    """The questions of this meeting, in order: the contested ones, or all."""
    contested = [s for s in agreement.ordered(panel.spreads) if s.contested]
    every = list(panel.spreads)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.markdown(
            f"{escape(context.team.name)} · {context.short_name(context.model)} · "
            f"{context.quarter.label}",
            width="content",
        )
        with st.container(
            horizontal=True, width="content", vertical_alignment="center"
        ):
            chosen = EVERY
            if contested:
                chosen = st.segmented_control(
                    "Questions",
                    [CONTESTED, EVERY],
                    key="agenda",
                    default=CONTESTED,
                    required=True,
                    label_visibility="collapsed",
                    format_func={
                        CONTESTED: f"Contested ({len(contested)})",
                        EVERY: f"All ({len(every)})",
                    }.__getitem__,
                )
            st.page_link(menu.AGREE, label="Exit", icon=":material/close:")
    return contested if chosen == CONTESTED else every


def at(found: list[Spread]) -> int:
    """The place of the question on screen."""
    wanted = st.session_state.get("_at")
    places = [spread.practice.id for spread in found]
    return places.index(wanted) if wanted in places else 0


def question(context: Context, panel: Panel, found: list[Spread], place: int) -> None:
    """The question, its ladder with the votes once they are shown, the decision."""
    spread = found[place]
    practice = spread.practice
    names = agreeing.names_of(context, panel)
    category = panel.definition.model.category(spread.category)
    with st.container(gap=None):
        st.markdown(
            f":gray[{agreement_words.place(place + 1, len(found))} · {category.name} · "
            f"{escape(practice.name)}]"
        )
        st.title(practice.question, anchor=False)
    shown = practice.id in _shown()
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="turnout",
    ):
        turnout(context, practice.id)
        if panel.parts:
            st.button(
                "Update the votes" if shown else "Show the votes",
                key="show_votes",
                icon=":material/visibility:",
                on_click=lambda: _shown().add(practice.id),
            )
    hands = _hands(spread)
    _decision(context, spread, names, hands, shown=shown)


def _shown() -> set[str]:
    """The practices whose votes the moderator has shown in this session."""
    shown: set[str] = st.session_state.setdefault("_votes_shown", set())
    return shown


@st.fragment(run_every=SECONDS)
def turnout(context: Context, practice: str) -> None:
    """How many have answered; it counts by itself while they do."""
    with frame.safely():
        answered, invited = respondents.turnout(
            context.service, context.team.id, context.model, context.quarter, practice
        )
        st.markdown(
            f":material/how_to_vote: {agreement_words.turnout(answered, invited)}",
            width="content",
        )


def _hands(spread: Spread) -> dict[str, int]:
    """Hands counted in the room, by option."""
    counted = {}
    practice = spread.practice
    with st.expander(
        "Count hands", icon=":material/front_hand:", key=f"hands/{practice.id}"
    ):
        for option in agreeing.options_of(spread):
            number = st.number_input(
                agreement_words.chosen(practice, option),
                min_value=0,
                max_value=999,
                step=1,
                value=0,
                key=f"hands/{practice.id}/{option}",
            )
            if number:
                counted[option] = int(number)
    return counted


def _decision(
    context: Context,
    spread: Spread,
    names: dict[str, str],
    hands: dict[str, int],
    *,
    shown: bool,
) -> None:
    agreeing.said_of(context, spread, names)
    captions = []
    for option in agreeing.options_of(spread):
        voters = spread.choosing(option) if shown else ()
        people = [escape(names.get(person, "somebody")) for person in voters]
        captions.append(agreement_words.behind(people, hands.get(option, 0)))
    with st.form(f"room/{spread.practice.id}", border=False):
        agreeing.decision_form(context, spread, "room", captions, hands)


def moves(context: Context, found: list[Spread], place: int) -> None:
    """Back, where we are, next; the arrow keys do the same."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.button(
            "Back",
            key="back",
            shortcut="Left",
            disabled=place == 0,
            on_click=_go,
            args=(found, place - 1),
        )
        if agreeing.last_decided(context):
            st.button(
                "Undo",
                key="undo_decision",
                type="tertiary",
                icon=":material/undo:",
                help="Takes back what you recorded last.",
                on_click=agreeing.undo_last,
                args=(context,),
            )
        st.markdown(agreement_words.place(place + 1, len(found)), width="content")
        st.button(
            "Next",
            key="next",
            shortcut="Right",
            disabled=place == len(found) - 1,
            on_click=_go,
            args=(found, place + 1),
        )


def _go(found: list[Spread], place: int) -> None:
    if 0 <= place < len(found):
        st.session_state["_at"] = found[place].practice.id
        addresses.moved()
