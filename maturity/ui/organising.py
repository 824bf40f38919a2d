"""The organisation as a file on the Teams page: taken along, previewed, taken in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity import organising
from maturity.exchange import organisation_file
from maturity.exchange.lines import LARGEST, FileRefusedError
from maturity.group import ALWAYS, Tree
from maturity.organising import Plan, Taken
from maturity.quarter import Quarter
from maturity.team import Team
from maturity.ui import regroup_forms
from maturity.ui.choice import Context
from maturity.ui.layout import escape, section
from maturity.ui.notices import careful, refused_file, with_undo

MOST_LINES = 12
"""Lines of a list in the preview; the rest is counted."""


def exchange(context: Context, teams: Sequence[Team], tree: Tree) -> None:
    """Take the teams and groups along as a file, and take one in."""
    state = st.session_state
    key = f"organisation-{state.get('_organised', 0)}"
    with st.container(border=True, key="organisation"):
        section(
            "Many teams at once",
            "A CSV file with a team a line: team, group as in Retail/Search, domain, "
            "size, serving, labels as in tier-1;search. An empty cell changes nothing.",
        )
        if teams:
            st.download_button(
                "Teams and groups as CSV",
                lambda: organisation_file.write(teams, tree),
                file_name=f"organisation-{tree.quarter}.csv",
                mime="text/csv",
                key="download-organisation",
                icon=":material/download:",
                on_click="ignore",
            )
        _taken_in(context)
        uploaded = st.file_uploader(
            "Take in a file of teams and groups",
            type=["csv"],
            max_upload_size=LARGEST // 1024 // 1024,
            key=key,
            help="You see what it changes before anything is saved.",
        )
        if uploaded is None:
            return
        said = tree.groups or tree.labels
        since = regroup_forms.since(key, Quarter.current() if said else ALWAYS)
        _preview(context, uploaded.name, uploaded.getvalue(), since)


def _preview(context: Context, name: str, data: bytes, since: Quarter) -> None:
    try:
        made = organising.plan(context.service, name, data, since)
    except FileRefusedError as error:
        refused_file(error)
        return
    if made.empty:
        st.info(
            f"{escape(name)} says what is here already, so there is nothing to take "
            "in.",
            icon=":material/check:",
        )
        return
    for heading, every in organising.told(made):
        shown = [f"- {escape(line)}" for line in every[:MOST_LINES]]
        if len(every) > MOST_LINES:
            shown.append(f"- and {len(every) - MOST_LINES} more")
        st.markdown("\n".join([f"**{escape(heading)}**", "", *shown]))
    st.caption("Nothing is saved yet.")
    st.button(
        "Take it in",
        type="primary",
        key="take-organisation",
        on_click=_take,
        args=(context, made),
    )


@careful
def _take(context: Context, made: Plan) -> None:
    state = st.session_state
    state["_organised_last"] = organising.take(context.service, made, context.person())
    # A new key empties the field, so that the file is not offered again.
    state["_organised"] = state.get("_organised", 0) + 1
    st.toast("The file was taken in.", icon=":material/check_circle:")


def _taken_in(context: Context) -> None:
    """What was taken in last in this session, with the way back."""
    done: Taken | None = st.session_state.get("_organised_last")
    if done is None:
        return
    with_undo(
        f"Taken in: {escape(organising.summary(done.made))}.",
        "undo-organisation",
        "Teams and groups are as before, and teams that the file added go. "
        "Refused where somebody changed one of them since.",
        _undo,
        context,
        done,
    )


@careful
def _undo(context: Context, done: Taken) -> None:
    st.session_state.pop("_organised_last", None)
    organising.put_back(context.service, done, context.person())
    st.toast("Teams and groups are as they were.", icon=":material/undo:")
