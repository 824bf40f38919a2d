"""The frame around every page: menu, pickers, theme, and what is shown when it fails.

`app.py` calls `run`; every page begins with `page_guard`, because the first request
after a server start may be a deep link that Streamlit would run without `app.py`.
"""

from __future__ import annotations

import gc
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from maturity import __version__
from maturity.library import data_folder
from maturity.quarter import check_settings
from maturity.storage import StoreError
from maturity.ui import addresses, choice, identity, looking, menu, notices
from maturity.ui.choice import Context
from maturity.ui.identity import admitted
from maturity.ui.layout import CHOICE, CSS, NARROW, NO_MENU, escape, page
from maturity.ui.notices import careful

log = logging.getLogger(__name__)

LONG_NAME = 18
"""Characters of a team's name that the picker has room for."""


_TO_THE_TOP = """
<script>/* MOVED */
setTimeout(() => {
  const h = document.querySelector('HEADING');
  if (h) {h.tabIndex = -1; h.focus({preventScroll: true});}
  const p = document.querySelector('PLACE');
  if (p) p.scrollIntoView({block: 'start'});
}, 60)
</script>
"""
"""The only script of the app; it holds no text of a person."""
_TOP = (".st-key-page h1, .st-key-present h1", ".st-key-page, .st-key-present")
"""Where the focus goes, and what is scrolled to."""


def page_guard() -> None:
    """The first statement of every page: start again through app.py if it was not."""
    if not st.session_state.get("_through_app"):
        _configure()
        st.navigation(menu.pages())
        st.rerun()


def run() -> None:
    """Draw the frame, then the chosen page."""
    _boot()
    _configure()
    st.session_state["_through_app"] = True
    chosen = st.navigation(menu.pages())
    bare = looking.bound() or chosen.url_path in menu.BARE or not admitted()
    if bare:  # a second call hides the menu
        every = [page for section in menu.pages().values() for page in section]
        chosen = st.navigation(every, position="hidden")
    st.html(CSS + NO_MENU if bare else CSS)
    st.set_page_config(page_title=f"{chosen.title} · MLOps maturity")
    with safely():
        _settings_are_right()
        if looking.bound():
            context = looking.look(chosen.url_path)
        else:
            identity.gate()
            context = choice.choose(chosen.url_path)
        st.session_state["_context"] = context
        if context.look is not None:
            looking.notice(context.look)
            notices.show()
            chosen.run()
            return
        if chosen.url_path not in menu.BARE:
            _remember(context)
            _sidebar(context)
            identity.menu()
        elif chosen.url_path != "present" and context.chosen and context.chosen.demo:
            # Over the page's own column; a slide says so itself.
            width = NARROW if chosen.url_path == "answer" else CHOICE
            with (
                st.container(horizontal_alignment="center"),
                st.container(width=width),
            ):
                _demo_badge()
        choice.write_address(context, **addresses.own(chosen.url_path))
        notices.show()
        if context.warning:
            st.warning(context.warning, icon=":material/link_off:")
        chosen.run()
        # Once more: only now do the page's widgets say what they show.
        choice.write_address(context, **addresses.own(chosen.url_path))


def _remember(context: Context) -> None:
    """Where Present leads back to, and whether it is about one team or many."""
    many = context.page == choice.PORTFOLIO
    st.session_state["_came_from"] = context.page
    st.session_state["_present_of"] = (context.group or menu.EVERYONE) if many else ""


def came_from() -> str:
    """The page with a menu that a visitor left for one without."""
    return menu.FILES.get(st.session_state.get("_came_from", ""), menu.OVERVIEW)


def context() -> Context:
    """What the visitor is looking at, as the frame settled it for this run."""
    settled: Context = st.session_state["_context"]
    return settled


def need_team(context: Context) -> None:
    """Stop a page that is about a team while there is none, and say what to do."""
    if context.chosen is not None:
        return
    with page(NARROW):
        st.title("No team yet", anchor=False)
        st.markdown("Everything here is about a team's answers. Add your team first.")
        st.page_link(
            menu.OVERVIEW, label="Start on the Overview", icon=":material/home:"
        )
    st.stop()


def need_active(context: Context) -> None:
    """Stop a page that changes a team's answers while the team is archived."""
    if context.team.archived_at is None:
        return
    with page(NARROW):
        st.title("This team is archived", anchor=False)
        st.markdown(
            f"{escape(context.team.name)} takes no answers while it is archived; "
            "everything it said before is kept. Restore it first."
        )
        st.page_link(menu.TEAMS, label="Restore it on Teams", icon=":material/groups:")
    st.stop()


def need_model(context: Context) -> None:
    """Stop a page that asks a model's questions while the model is disabled."""
    if context.model in context.service.library.models:
        return
    with page(NARROW):
        st.title("This model is disabled", anchor=False)
        st.markdown(
            f"{escape(context.name(context.model))} takes no answers now. What was "
            "submitted can be read on Results and Progress."
        )
        st.page_link(
            menu.MODELS, label="Enable it on Models", icon=":material/menu_book:"
        )
    st.stop()


def top(place: str = "") -> None:
    """After a step change, go back to the top and set the focus on the heading.

    `place` is the key of a container with a heading of its own, to go to instead.
    """
    if place and st.session_state.pop("_led", False):
        addresses.moved()
    moved = st.session_state.get("_moved", 0)
    if moved != st.session_state.get("_moved_to", 0):
        st.session_state["_moved_to"] = moved
        heading, whole = (f".st-key-{place} h3", f".st-key-{place}") if place else _TOP
        script = _TO_THE_TOP.replace("HEADING", heading).replace("PLACE", whole)
        # The number makes the element new each time, so that the script runs again.
        st.html(script.replace("MOVED", str(moved)), unsafe_allow_javascript=True)


@contextmanager
def safely() -> Iterator[None]:
    """Show a plain message in place of whatever could not be drawn.

    The one place that catches everything: a visitor must never meet a traceback, and
    what was answered is in the database already. A fragment runs outside the frame,
    so its body is wrapped in this again.
    """
    try:
        yield
    except StoreError as error:
        _message("Your history cannot be opened", str(error))
    except Exception:
        code = uuid.uuid4().hex[:6]
        log.exception("page failed %s", code)
        _message(
            "This page could not be shown",
            "Your answers are safe. Try again; if it keeps happening, tell whoever "
            f"runs this dashboard the code {code}.",
        )


def _settings_are_right() -> None:
    """Stop before any page where no quarter could be told."""
    try:
        check_settings()
    except ValueError as error:
        _message("A setting of this dashboard is wrong", f"{error}.")
        st.stop()


def _message(title: str, text: str) -> None:
    with (
        st.container(horizontal_alignment="center"),
        st.container(width=NARROW, key="page-error"),
    ):
        st.error(escape(text), title=title, icon=":material/error:")
        st.button("Try again", key="retry")


@st.cache_resource(show_spinner=False)
def _boot() -> None:
    """Keep the collector from walking the imported libraries after every run."""
    gc.collect()
    gc.freeze()


def _configure() -> None:
    static = data_folder().parent / "static"
    st.set_page_config(
        page_title="MLOps maturity",
        page_icon=str(static / "mark.svg"),
        layout="wide",
        initial_sidebar_state=256,
        menu_items={
            "About": f"**MLOps maturity {__version__}**  \nAnswer once, read the "
            "result through any maturity model. A self-assessment: levels are the "
            "publishers', the scoring is ours."
        },
    )
    st.logo(str(static / "logo.svg"), icon_image=str(static / "mark.svg"))


def _sidebar(context: Context) -> None:
    """The pickers, and what is said on every page while demo data is there."""
    if context.chosen is None:
        return
    state = st.session_state
    with st.sidebar:
        if context.page != choice.PORTFOLIO:
            _team_picker(context)
        state["pick_model"] = context.model
        st.selectbox(
            "Model",
            list(context.models),
            key="pick_model",
            format_func=context.short_name,
            on_change=_pick,
            args=("pick_model", "_model"),
        )
        quarters = {str(quarter): quarter.label for quarter in choice.quarters(context)}
        state["pick_quarter"] = str(context.quarter)
        slot = choice.quarter_slot(context.page)
        st.selectbox(
            "Quarter",
            list(quarters),
            key="pick_quarter",
            format_func=quarters.__getitem__,
            on_change=_pick,
            args=("pick_quarter", slot),
        )
        if any(team.demo for team in context.teams):
            _demo_badge()
            st.button(
                "Clear demo data",
                type="tertiary",
                icon=":material/delete:",
                key="clear_demo",
                help="Removes the demo teams with all their answers. Your own teams "
                "stay as they are.",
                on_click=clear_demo,
                args=(context,),
            )


def _team_picker(context: Context) -> None:
    teams = {team.id: team.name for team in context.teams}
    teams.setdefault(context.team.id, f"{context.team.name} (archived)")
    st.session_state["pick_team"] = context.team.id
    st.selectbox(
        "Team",
        list(teams),
        key="pick_team",
        format_func=teams.__getitem__,
        on_change=_pick,
        args=("pick_team", "_team"),
    )
    if len(context.team.name) > LONG_NAME:
        st.caption(escape(context.team.name))


def _demo_badge() -> None:
    st.badge("Demo data", color="orange", icon=":material/science:")


def _pick(widget: str, slot: str) -> None:
    st.session_state[slot] = st.session_state[widget]
    if slot != "_quarter_assess" and slot != "_quarter_read":
        st.session_state.pop("_quarter_read", None)
    for slot in ("_step", "_asked_for"):
        st.session_state.pop(slot, None)


@careful
def clear_demo(context: Context) -> None:
    """Remove the demo teams; a callback of the button in the sidebar."""
    removed = context.service.store.remove_demo(context.person())
    for slot in ("_team", "_model", "_quarter_read", "_quarter_assess", "_step"):
        st.session_state.pop(slot, None)
    st.toast(f"{removed} demo teams removed.", icon=":material/delete:")
