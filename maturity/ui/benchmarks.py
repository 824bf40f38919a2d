"""Benchmark files on screen: one to take along, others to bring in, and to remove."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from maturity import benchmark, benchmarking, words
from maturity.benchmark import SIZE_IDS, Benchmark, Split
from maturity.benchmark_row import SOURCE_LENGTH
from maturity.benchmarking import Preview, Stored
from maturity.exchange import benchmarks
from maturity.exchange.lines import FileRefusedError
from maturity.peers import WHOLE
from maturity.quarter import Quarter
from maturity.scoring import shown
from maturity.service import RefusedError, Service
from maturity.ui.among import SOURCE
from maturity.ui.choice import Context
from maturity.ui.layout import card, escape, pair, section, signature
from maturity.ui.notices import careful, refused_file
from maturity.ui.teaming import SERVING

_SIZES: Mapping[str, str] = {id: size for size, id in SIZE_IDS.items()}
_TYPED = "benchmark_source"
_MEANT = {"size": "by size", "serving": "by how predictions are made"}


def files(context: Context) -> None:
    """Below the comparison: figures that may leave, and those of others."""
    section(
        "Benchmark files",
        "Compare with teams elsewhere: exchange quartiles, never names, answers or "
        "single scores.",
    )
    _taken_in()
    cards = pair()
    with cards, card(key="benchmark-out"):
        _out(context)
    with cards, card(key="benchmark-in"):
        uploaded = _field()
    if uploaded is not None:
        _bring(context, uploaded)
    _listed(context)


@st.cache_resource(show_spinner=False, max_entries=64)
def _own(
    _service: Service, address: str, model: str, quarter: str, demo: bool, changes: int
) -> Benchmark | str:
    """The figures of the teams here, or why there are none."""
    try:
        return benchmarking.own(_service, model, Quarter.parse(quarter), demo=demo)
    except RefusedError as error:
        return str(error)


def _out(context: Context) -> None:
    st.markdown(f"**Take one along: {context.quarter.label}**")
    if context.model not in context.service.library.models:
        st.caption("This model is no longer offered here, so no file is made of it.")
        return
    found = _own(
        context.service,
        context.address,
        context.model,
        str(context.quarter),
        context.team.demo,
        context.service.store.changes_all(),
    )
    if isinstance(found, str):
        st.caption(escape(found))
        return
    kind = "demo team" if found.demo else "team"
    teams = f"Quartiles of {words.count(found.all.teams, kind)}"
    model = f"{escape(context.name(found.model))}, edition {escape(found.edition)}"
    lines = [f"{teams} through {model}", *_told(found)]
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.download_button(
        "Benchmark as JSON",
        lambda: benchmarks.write(found),
        file_name=benchmarking.file_name(found),
        mime="application/json",
        key="download-benchmark",
        icon=":material/download:",
        on_click="ignore",
    )


def _told(found: Benchmark) -> list[str]:
    """How the teams in a file are told apart, line by line."""
    lines = []
    for split in benchmark.SPLITS:
        groups = found.groups(split)
        parts = [f"{_value(split, v)} ({one.teams})" for v, one in groups.items()]
        if parts:
            rest = ", the others together" if benchmark.left_over(found, split) else ""
            lines.append(f"Told apart {_MEANT[split]}: {', '.join(parts)}{rest}")
    untold = [_MEANT[split] for split in benchmark.SPLITS if not found.groups(split)]
    if untold:
        lines.append(
            f"Not told apart {' or '.join(untold)}: some groups would be of fewer "
            "than five teams, or could be worked out"
        )
    return lines


def _value(split: Split, value: str) -> str:
    if value == benchmark.NOT_SAID:
        return "Not said"
    return _SIZES[value] if split == "size" else SERVING[value]


def _field() -> UploadedFile | None:
    st.markdown("**Bring one in**")
    return st.file_uploader(
        "A benchmark file of somebody else",
        type=["json"],
        max_upload_size=benchmarks.LARGEST // 1024 // 1024,
        key=f"bring-benchmark-{st.session_state.get('_benchmarks_brought', 0)}",
        help="You see what is in it before anything is saved.",
    )


def _bring(context: Context, uploaded: UploadedFile) -> None:
    try:
        seen = benchmarking.propose(context.service, uploaded.name, uploaded.getvalue())
    except FileRefusedError as error:
        refused_file(error)
        return
    with st.container(border=True, key="preview"):
        _preview(context, seen)


def _preview(context: Context, seen: Preview) -> None:
    found = seen.benchmark
    section(
        f"{words.count(found.all.teams, 'team')} through {escape(seen.model.name)}",
        f"Edition {escape(found.edition)} · {seen.quarter.label} · nothing is saved "
        "yet.",
    )
    notes = [*_told(found), *(escape(note) for note in seen.notes)]
    st.markdown("\n".join(f"- {line}" for line in notes))
    st.table(
        _figures(seen),
        border="horizontal",
        hide_index=True,
        alt="The quartiles of all teams in the file",
    )
    if seen.already:
        st.info(
            f"This file is here already, from {escape(seen.already.source)}, so there "
            "is nothing to take in.",
            icon=":material/check:",
        )
        st.button("Back", key="drop-benchmark", on_click=_drop)
        return
    with st.form("take-benchmark", border=False):
        st.text_input(
            "Who is it from?",
            key=_TYPED,
            max_chars=SOURCE_LENGTH,
            placeholder="As in: the Lyon office",
            help="The file does not say. This name stands beside its figures.",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(
                "Take it in", type="primary", on_click=_take, args=(context, seen)
            )
            st.form_submit_button("Not now", type="tertiary", on_click=_drop)


def _figures(seen: Preview) -> list[dict[str, str]]:
    names = {one.id: escape(one.name) for one in seen.model.categories}
    return [
        {
            "Category": "Whole model"
            if category == WHOLE
            else names.get(category, escape(category)),
            "Lower quartile": shown(one.lower),
            "Median": shown(one.median),
            "Upper quartile": shown(one.upper),
        }
        for category, one in benchmark.quartiles(seen.benchmark.all).items()
    ]


@careful
def _take(context: Context, seen: Preview) -> None:
    state = st.session_state
    row = benchmarking.take(context.service, seen, state[_TYPED], context.person())
    here = (row.model, row.demo) == (context.model, context.team.demo)
    if here:
        state[SOURCE] = row.id
    state["_benchmark_in"] = f"The file from {escape(row.source)} is taken in. " + (
        "The team is compared with it above."
        if here
        else f"Choose it under Compare with, on a {'demo ' if row.demo else ''}team's "
        f"result of {escape(seen.model.short_name)}."
    )
    _drop()


def _drop() -> None:
    """A new key empties the field."""
    state = st.session_state
    state["_benchmarks_brought"] = state.get("_benchmarks_brought", 0) + 1
    state.pop(_TYPED, None)


def _taken_in() -> None:
    """Says once that a file was taken in."""
    said = st.session_state.pop("_benchmark_in", None)
    if said is not None:
        st.success(said, icon=":material/check_circle:")


def _listed(context: Context) -> None:
    found = benchmarking.stored(context.service)
    if not found:
        return
    section("Files of others", "Removing one deletes it here for good.")
    for one in found:
        with st.container(border=True, key=f"benchmark-{one.row.id}"):
            _row(context, one)


def _row(context: Context, one: Stored) -> None:
    found = one.benchmark
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        with st.container(gap=None, width="content"):
            badge = " :orange-badge[Demo data]" if found.demo else ""
            st.markdown(f"**{escape(one.source)}**{badge}")
            parts = [
                escape(context.short_name(found.model)),
                f"edition {escape(found.edition)}",
                one.quarter.label,
                words.count(found.all.teams, "team"),
                f"taken in {signature(context.author(one.row.author), one.row.at)}",
            ]
            st.caption(" · ".join(parts))
        st.button(
            "Remove",
            key=f"remove-{one.row.id}",
            icon=":material/delete:",
            help="Deletes these figures here. Bring the file in again to have them "
            "back.",
            on_click=_remove,
            args=(context, one),
        )


@careful
def _remove(context: Context, one: Stored) -> None:
    benchmarking.remove(context.service, one.row.id, context.person())
    st.toast(
        f"The file from {escape(one.source)} is removed.", icon=":material/delete:"
    )
