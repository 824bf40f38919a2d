"""The menu: every page with its file, its name and its place."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

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
                help="Teams with their groups and labels, and the backup.",
            ),
        ],
    }
