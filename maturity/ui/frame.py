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
from streamlit.navigation.page import StreamlitPage

from maturity import __version__
from maturity.library import data_folder
from maturity.quarter import check_settings
from maturity.storage import StoreError
from maturity.ui import addresses, choice, identity, looking, notices
from maturity.ui.choice import Context
from maturity.ui.identity import admitted
from maturity.ui.layout import CSS, NARROW, escape, page
from maturity.ui.notices import careful

log = logging.getLogger(__name__)

OVERVIEW = "pages/overview.py"
ASSESS = "pages/assess.py"
RESULTS = "pages/results.py"
PLAN = "pages/plan.py"
PROGRESS = "pages/progress.py"
COMPARE = "pages/compare.py"
AMONG = "pages/among.py"
PORTFOLIO = "pages/portfolio.py"
PRESENT = "pages/present.py"
MODELS = "pages/models.py"
GLOSSARY = "pages/glossary.py"
TEAMS = "pages/teams.py"
AGREE = "pages/agree.py"
ANSWER = "pages/answer.py"
WORKSHOP = "pages/workshop.py"

FILES = {
    "results": RESULTS,
    "progress": PROGRESS,
    "plan": PLAN,
    "compare": COMPARE,
    "assess": ASSESS,
    "portfolio": PORTFOLIO,
}
"""Where Exit can lead back to, by address; from elsewhere it leads to the Overview."""

BARE = ("answer", "present", "workshop")
"""Pages without a menu and pickers, by their address."""

EVERYONE = "all"
"""In the address of Present: all teams, in place of a group."""

LONG_NAME = 18
"""Characters of a team's name that the picker has room for."""


_TO_THE_TOP = """
<script>/* MOVED */
setTimeout(() => {
  const h = document.querySelector('.st-key-page h1, .st-key-present h1');
  if (h) {h.tabIndex = -1; h.focus({preventScroll: true});}
  const p = document.querySelector('.st-key-page, .st-key-present');
  if (p) p.scrollIntoView({block: 'start'});
}, 60)
</script>
"""
"""The only script of the app; it holds no text of a person."""


def pages() -> dict[str, list[StreamlitPage]]:
    """The menu: a file in `pages/` is an entry here."""
    return {
        "Team": [
            st.Page(
                OVERVIEW,
                title="Overview",
                icon=":material/space_dashboard:",
                default=True,
                help="Where your team stands today and what to do next.",
            ),
            st.Page(
                ASSESS,
                title="Assess",
                icon=":material/checklist:",
                help="Answer the questions for this quarter.",
            ),
            # Whoever answers alone never meets these three: a link leads to them.
            st.Page(
                AGREE,
                title="Agree",
                icon=":material/groups_2:",
                visibility="hidden",
            ),
            st.Page(
                ANSWER,
                title="Your answers",
                icon=":material/person:",
                visibility="hidden",
            ),
            st.Page(
                WORKSHOP,
                title="Workshop",
                icon=":material/how_to_vote:",
                visibility="hidden",
            ),
            st.Page(
                RESULTS,
                title="Results",
                icon=":material/target:",
                help="Your result, the rule behind it, and what to change.",
            ),
            st.Page(
                PLAN,
                title="Way up",
                icon=":material/stairs_2:",
                help="What to change next, what it would do, and your plan.",
            ),
            st.Page(
                PROGRESS,
                title="Progress",
                icon=":material/trending_up:",
                help="How your team moved, quarter by quarter.",
            ),
            st.Page(
                COMPARE,
                title="Through every model",
                icon=":material/compare:",
                help="The same answers, read through each maturity model.",
            ),
            st.Page(
                AMONG,
                title="Among others",
                icon=":material/align_horizontal_center:",
                help="Your scores beside the middle half of comparable teams.",
            ),
        ],
        "Organisation": [
            st.Page(
                PORTFOLIO,
                title="Portfolio",
                icon=":material/grid_view:",
                help="All teams in a quarter: who moved, and who needs help on what.",
            ),
            st.Page(
                PRESENT,
                title="Present",
                icon=":material/slideshow:",
                help="Four slides for leadership, on the whole screen.",
            ),
        ],
        "Reference": [
            st.Page(
                MODELS,
                title="Models",
                icon=":material/menu_book:",
                help="What each maturity model asks for, and who says so.",
            ),
            st.Page(
                GLOSSARY,
                title="Glossary",
                icon=":material/dictionary:",
                help="What the words mean, in plain ones.",
            ),
            st.Page(
                TEAMS,
                title="Teams",
                icon=":material/groups:",
                help="Add, rename and archive teams.",
            ),
        ],
    }


def page_guard() -> None:
    """The first statement of every page: start again through app.py if it was not."""
    if not st.session_state.get("_through_app"):
        _configure()
        st.navigation(pages())
        st.rerun()


def run() -> None:
    """Draw the frame, then the chosen page."""
    _boot()
    _configure()
    st.session_state["_through_app"] = True
    chosen = st.navigation(pages())
    bare = looking.bound() or chosen.url_path in BARE or not admitted()
    if bare:  # a second call hides the menu
        every = [page for section in pages().values() for page in section]
        chosen = st.navigation(every, position="hidden")
    st.html(CSS)
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
        if chosen.url_path not in BARE:
            _remember(context)
            _sidebar(context)
            identity.menu()
        elif chosen.url_path != "present" and context.chosen and context.chosen.demo:
            _demo_badge()  # a slide says so itself
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
    st.session_state["_present_of"] = (context.group or EVERYONE) if many else ""


def came_from() -> str:
    """The page with a menu that a visitor left for one without."""
    return FILES.get(st.session_state.get("_came_from", ""), OVERVIEW)


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
        st.page_link(OVERVIEW, label="Start on the Overview", icon=":material/home:")
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
        st.page_link(TEAMS, label="Restore it on Teams", icon=":material/groups:")
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
        st.page_link(MODELS, label="Enable it on Models", icon=":material/menu_book:")
    st.stop()


def top() -> None:
    """After a step change, go back to the top and set the focus on the heading."""
    moved = st.session_state.get("_moved", 0)
    if moved != st.session_state.get("_moved_to", 0):
        st.session_state["_moved_to"] = moved
        # The number makes the element new each time, so that the script runs again.
        st.html(_TO_THE_TOP.replace("MOVED", str(moved)), unsafe_allow_javascript=True)


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
    st.session_state.pop("_step", None)


@careful
def clear_demo(context: Context) -> None:
    """Remove the demo teams; a callback of the button in the sidebar."""
    removed = context.service.store.remove_demo(context.person())
    for slot in ("_team", "_model", "_quarter_read", "_quarter_assess", "_step"):
        st.session_state.pop(slot, None)
    st.toast(f"{removed} demo teams removed.", icon=":material/delete:")
