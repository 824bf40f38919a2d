"""Present: four slides on the whole screen, each with its finding as the headline.

The charts are those of the other pages, drawn up to twice as large: what is read at a
desk is too small for a room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from maturity import asking, story
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.ui import addresses, exporting, frame, pictures, sharing
from maturity.ui.choice import Context
from maturity.ui.layout import escape
from maturity.ui.notices import careful

LAST = 4


@dataclass(frozen=True)
class Asker:
    """Whose text for leaders is written: see `asking`."""

    id: str
    model: str
    quarter: Quarter
    of_group: bool = False


HINT = "Left empty, the slide asks for the next steps."
TREND = pictures.Room(560, 205)
TRACK = pictures.Room(270, 40)
RADAR = pictures.Room(335, 238)


def number() -> int:
    """Which slide is shown, from 1; an address that names none shows the first."""
    asked = str(st.session_state.get("_slide", "1"))
    return int(asked) if asked in {str(n) for n in range(1, LAST + 1)} else 1


def tell(context: Context, reading: Reading) -> story.Story:
    """The story of a reading, with the plan's owners and what the team asks for."""
    store = context.service.store
    plan = store.plan(context.team.id)
    place = (context.service, context.team.id, context.model, reading.quarter)
    return story.tell(
        reading,
        context.history(),
        plan,
        store.names([row.owner for row in plan if row.owner]),
        asking.current(*place),
    )


def deck(context: Context, reading: Reading, badges: Sequence[str]) -> None:
    """The slide of a team's quarter that the address asks for."""
    at, told = number(), tell(context, reading)
    top_row(context, shown(told, at).over, partial(_tools, context, reading))
    with st.container(vertical_alignment="center", gap="medium", key="slide"):
        slide(told, reading, context.history(), at)
    parts = [context.team.name, context.short_name(context.model)]
    parts += [reading.quarter.label, *badges]
    bottom_row(context, asker(context, reading.quarter), at, parts)


def _tools(context: Context, reading: Reading) -> None:
    """What a presenter takes along or gives away."""
    exporting.export(context, reading)
    sharing.popover(context, reading.quarter)


def top_row(
    context: Context, over: str, tools: Callable[[], None] | None = None
) -> None:
    """Which part of the story this is, the tools beside it, and the way out."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.markdown(f":blue[**{escape(over)}**]", width="content")
        if context.look is not None:
            return
        with st.container(
            horizontal=True, width="content", vertical_alignment="center"
        ):
            if tools is not None:
                tools()
            st.page_link(
                frame.came_from(),
                label="Exit",
                icon=":material/close:",
                width="content",
            )


def shown(told: story.Story, at: int) -> story.Slide:
    """The finding of a slide, counted from 1."""
    return told.slides[at - 1]


def slide(
    told: story.Story, reading: Reading, history: Sequence[Reading], at: int
) -> None:
    """The finding, and below it the one picture or the few facts that show it."""
    finding = shown(told, at)
    st.title(escape(finding.headline), anchor=False)
    if at == 1:
        _where(finding, reading)
    elif at == 2:
        seen = [r for r in history if r.quarter < reading.quarter] + [reading]
        figure("trend", lambda room: pictures.trend(seen, room), TREND)
    elif at == 3:
        hold_cards(
            (h.name, f":gray[{escape(h.now)}]", h.wanted, f"**{escape(h.planned)}**")
            for h in told.holds
        )
    else:
        points(finding)


def points(finding: story.Slide) -> None:
    """The facts of a finding, counted."""
    with st.container(key="points"):
        for place, fact in enumerate(finding.facts, start=1):
            st.markdown(f"**{place}.** {escape(fact)}")


def _where(finding: story.Slide, reading: Reading) -> None:
    with st.grid(2, min_column_width=440, gap="large"):
        with st.container(vertical_alignment="center"):
            for fact in finding.facts:
                st.markdown(escape(fact))
            figure("track", lambda room: pictures.track(reading, room), TRACK)
        with st.container(gap="xsmall"):
            with st.container(key="wide-legend"):
                pictures.radar_legend(reading)
            figure("radar", lambda room: pictures.radar(reading, None, room), RADAR)


def figure(
    name: str, draw: Callable[[pictures.Room | None], None], room: pictures.Room
) -> None:
    """A chart at twice its size where the screen is wide, else as on other pages.

    Which of the two is shown is the browser's to say: only it knows its width.
    """
    with st.container(key=f"wide-{name}"):
        draw(room)
    with st.container(key=f"narrow-{name}"):
        draw(None)


def hold_cards(holds: Iterable[tuple[str, str, str, str]]) -> None:
    """What holds back, a card each: its name, what is so, what is next, and the help.

    The second and the last are markdown; the others are text.
    """
    cards = list(holds)
    if not cards:
        return
    with st.grid(len(cards), min_column_width=300, gap="small"):
        for name, now, wanted, help in cards:
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.header(escape(name), anchor=False)
                st.markdown(now)
                st.markdown(f":blue[:material/arrow_forward:] {escape(wanted)}")
                st.space("stretch")
                st.markdown(help)


def bottom_row(
    context: Context, asker: Asker, at: int, parts: Sequence[str], hint: str = HINT
) -> None:
    """Back and Next, by keys too; whose slides these are; the text to edit."""
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key="foot",
    ):
        st.button(
            "Back",
            key="slide_back",
            shortcut="Left",
            disabled=at == 1,
            on_click=_go,
            args=(at - 1,),
        )
        with st.container(
            horizontal=True, width="content", vertical_alignment="center", key="whose"
        ):
            said = " · ".join(escape(part) for part in (*parts, f"{at} of {LAST}"))
            st.markdown(f":gray[{said}]", width="content")
            if at == LAST:
                ask_editor(context, asker, hint=hint)
        st.button(
            "Next",
            key="slide_next",
            shortcut="Right",
            disabled=at == LAST,
            on_click=_go,
            args=(at + 1,),
        )
    # A button has one shortcut, and presenters' clickers send these.
    with st.container(key="clicker"):
        for label, key, to in (
            ("Back", "PageUp", at - 1),
            ("Next", "PageDown", at + 1),
        ):
            st.button(
                label,
                key=f"clicker_{key}",
                shortcut=key,
                disabled=not 1 <= to <= LAST,
                on_click=_go,
                args=(to,),
            )


def _go(at: int) -> None:
    st.session_state["_slide"] = str(at)
    addresses.moved()


def asker(context: Context, quarter: Quarter) -> Asker:
    """The team, as whoever asks."""
    return Asker(context.team.id, context.model, quarter)


def ask_editor(
    context: Context, asker: Asker, label: str = "Edit", hint: str = HINT
) -> None:
    """Where it is written what leaders are asked for; kept in every wording."""
    if context.look is not None:
        return
    place = (context.service, asker.id, asker.model, asker.quarter)
    key = f"ask/{asker.id}/{asker.model}/{asker.quarter}"
    with st.popover(label, icon=":material/edit:", key="ask"):
        st.session_state[key] = asking.current(*place)
        st.text_area(
            "What do you ask leadership for?",
            key=key,
            max_chars=asking.LONGEST,
            height=160,
            placeholder="The first line is the headline; each further line a point.",
            help=hint,
            on_change=_write,
            args=(context, asker, key),
        )
        before = asking.earlier(*place)
        if before is not None:
            st.button(
                "Use the earlier text",
                key="ask_before",
                icon=":material/undo:",
                help=escape(before.wording),
                on_click=_take,
                args=(context, asker, before.wording),
            )


@careful
def _write(context: Context, asker: Asker, key: str) -> None:
    _take(context, asker, st.session_state[key])


@careful
def _take(context: Context, asker: Asker, wording: str) -> None:
    asking.write(
        context.service,
        asker.id,
        asker.model,
        asker.quarter,
        wording,
        context.person(),
        of_group=asker.of_group,
    )
