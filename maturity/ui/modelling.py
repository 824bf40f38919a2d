"""Models of one's own on screen: a file is previewed, added, and taken back again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from maturity import adding, model_changes, words
from maturity.adding import Proposal
from maturity.document import LARGEST
from maturity.library import ModelError
from maturity.model import Definition
from maturity.model_row import ModelRow
from maturity.service import Service
from maturity.ui import describing, pictures
from maturity.ui.choice import Context
from maturity.ui.layout import card, escape, pair, section, signature
from maturity.ui.notices import careful, with_undo

MOST_LINES = 12
"""Lines of a list in the preview; the rest is counted."""
FIRST_QUESTIONS = 3
YAML = "application/yaml"


def bring(context: Context) -> bool:
    """The field for a file; True where a file is there, which fills the page."""
    _said(context)
    slot = f"bring-model-{st.session_state.get('_models_brought', 0)}"
    with st.expander(
        "Add a model of your own",
        icon=":material/upload_file:",
        expanded=st.session_state.get(slot) is not None,
        key="add-model",
    ):
        uploaded = st.file_uploader(
            "A model as YAML, an AWS custom lens as JSON, or a DSOMM model as YAML",
            type=["yaml", "yml", "json"],
            max_upload_size=LARGEST // 1024 // 1024,
            key=slot,
            help="You see what it adds or changes before anything is saved.",
        )
        st.caption(
            "New to this? Take one of the models below: **Copy to edit** gives you its "
            "file with an id of its own. The same id again, with another edition, is a "
            "new edition."
        )
    if uploaded is None:
        return False
    _bring(context, uploaded)
    return True


def _bring(context: Context, uploaded: UploadedFile) -> None:
    try:
        proposal = _proposal(
            context.service,
            context.address,
            context.service.store.newest_model_row(),
            uploaded.name,
            uploaded.getvalue(),
        )
    except ModelError as error:
        lines = [f"- {escape(line)}" for line in str(error).splitlines()]
        st.error(
            "\n".join(lines),
            title="This file was not taken; nothing is changed",
            icon=":material/error:",
        )
        st.button("Back to the models", key="drop-model", on_click=_drop)
        return
    _preview(context, proposal)


@st.cache_resource(show_spinner="Reading the file", max_entries=8)
def _proposal(
    _service: Service, address: str, newest: int, name: str, raw: bytes
) -> Proposal:
    return adding.propose(_service, name, raw)


def _preview(context: Context, found: Proposal) -> None:
    with st.container(border=True, key="preview"):
        section(f"{_what(found)}: {escape(found.model.name)}", _standing(found))
        if found.notes:
            _list("What could not be carried over as it was", found.notes)
        if found.changes is not None:
            for heading, lines in model_changes.told(found.changes):
                _list(heading, lines)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                f"Add this {'edition' if found.before else 'model'}",
                type="primary",
                key="add-this-model",
                disabled=found.same,
                on_click=_add,
                args=(context, found),
            )
            st.button("Not now", key="drop-model", type="tertiary", on_click=_drop)
    describing.source(found.definition)
    describing.parts(found.definition)
    cards = pair()
    with cards, card():
        section("Its shape", "The radar while nothing is answered: all is possible.")
        pictures.radar(adding.unanswered(found.definition), None)
    with cards, card():
        _questions(found.definition)
    section("What it asks for")
    describing.criteria(found.definition)


def _what(found: Proposal) -> str:
    if found.same:
        return "Already here"
    return "New edition" if found.before else "New model"


def _standing(found: Proposal) -> str:
    """Which edition comes after which, and that nothing is saved yet."""
    if found.same:
        return "This file is what is here already, so there is nothing to add."
    after = f", after {escape(found.before.edition)}" if found.before else ""
    asked = words.count(len(found.definition.asked), "question")
    edition = f"Edition {escape(found.model.edition)}{after}"
    return f"{edition} · {asked} · nothing is saved yet."


def _list(heading: str, lines: Sequence[str]) -> None:
    shown = [f"- {escape(line)}" for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        shown.append(f"- and {len(lines) - MOST_LINES} more")
    st.markdown("\n".join([f"**{escape(heading)}**", "", *shown]))


def _questions(definition: Definition) -> None:
    """The first questions as they will be asked; nothing can be chosen yet."""
    first = definition.asked[:FIRST_QUESTIONS]
    section(
        "Its first questions",
        f"{len(first)} of {len(definition.asked)}, as they will be asked.",
    )
    for practice in first:
        with st.container(key=f"q-preview-{practice.id.replace('.', '-')}"):
            st.radio(
                escape(practice.question),
                [escape(rung.text) for rung in practice.rungs],
                index=None,
                disabled=True,
                key=f"preview/{practice.id}",
                help=escape(practice.why),
            )


@careful
def _add(context: Context, found: Proposal) -> None:
    row = adding.add(context.service, found, context.person())
    state = st.session_state
    state["_model_added"] = row
    state["read_model"] = row.model
    _drop()


def _drop() -> None:
    """A new key empties the field."""
    state = st.session_state
    state["_models_brought"] = state.get("_models_brought", 0) + 1


def _said(context: Context) -> None:
    """What was last added, with the way back."""
    row: ModelRow | None = st.session_state.get("_model_added")
    if row is None or row.model not in context.service.library.models:
        return
    with_undo(
        f"{escape(context.name(row.model))}, edition {escape(row.edition)}, is added. "
        "You find it on Assess.",
        "undo-model",
        "Brings back the edition before; a new model is disabled.",
        _undo,
        context,
        row,
    )


@careful
def _undo(context: Context, row: ModelRow) -> None:
    adding.undo(context.service, row, context.person())
    st.session_state.pop("_model_added", None)
    st.toast("The models are as they were.", icon=":material/undo:")


def acts(context: Context, model_id: str) -> None:
    """Below a model: take it along, copy it, go back to an edition, disable it."""
    editions = adding.editions(context.service, model_id)
    with st.container(horizontal=True, key="model-acts"):
        _download(context, "Download", model_id, as_start=False)
        _download(context, "Copy to edit", model_id, as_start=True)
        if len(editions) > 1:
            with st.popover("Editions", icon=":material/history:", key="editions"):
                _editions(context, editions)
        st.button(
            "Disable",
            key=f"disable-{model_id}",
            icon=":material/visibility_off:",
            help="Takes the model off every list. Answers and submitted quarters stay, "
            "and you can enable it again below.",
            disabled=len(context.service.library.models) == 1,
            on_click=_disable,
            args=(context, model_id),
        )


def _download(context: Context, label: str, model_id: str, *, as_start: bool) -> None:
    name = f"my-{model_id}" if as_start else model_id
    st.download_button(
        label,
        lambda: adding.text(context.service, model_id, as_start=as_start).encode(),
        file_name=f"{name}.yaml",
        mime=YAML,
        key=f"download-{name}",
        icon=":material/content_copy:" if as_start else ":material/download:",
        help="The same model under an id of its own, to edit and to add."
        if as_start
        else "The model as a YAML file.",
        on_click="ignore",
    )


def _editions(context: Context, editions: Sequence[ModelRow]) -> None:
    st.caption(
        "Restoring one lets answers to its rungs count again. Submitted quarters never "
        "change."
    )
    for place, row in enumerate(editions):
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            with st.container(gap=None, width="content"):
                st.markdown(f"**{escape(row.edition)}**")
                st.caption(signature(context.author(row.author), row.at))
            if place == 0:
                st.badge("Current", color="gray")
            else:
                st.button(
                    "Restore",
                    key=f"restore-{row.seq}",
                    on_click=_restore,
                    args=(context, row),
                )


@careful
def _restore(context: Context, row: ModelRow) -> None:
    restored = adding.restore(context.service, row.seq, context.person())
    st.session_state["_model_added"] = restored


@careful
def _disable(context: Context, model_id: str) -> None:
    adding.disable(context.service, model_id, context.person())
    st.session_state.pop("read_model", None)
    st.session_state.pop("_model_added", None)
    st.toast(
        f"{context.short_name(model_id)} is disabled. You can enable it again below.",
        icon=":material/visibility_off:",
    )


def disabled(context: Context) -> None:
    """The models that are disabled, each with the way back."""
    models = context.service.library.disabled
    if not models:
        return
    section("Disabled models", "Offered nowhere; their history stays.")
    for model in models.values():
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
        ):
            st.markdown(
                f"**{escape(model.name)}** &ensp; "
                f":gray[:small[edition {escape(model.edition)}]]",
                width="content",
            )
            st.button(
                "Enable",
                key=f"enable-{model.id}",
                icon=":material/visibility:",
                on_click=_enable,
                args=(context, model.id),
            )


@careful
def _enable(context: Context, model_id: str) -> None:
    adding.enable(context.service, model_id, context.person())
    st.session_state["read_model"] = model_id


def chosen(context: Context, models: Iterable[str]) -> str:
    """The model to read: chosen here, else the one in the pickers."""
    offered = list(models)
    if st.session_state.get("read_model") not in offered:  # or disabled meanwhile
        usual = context.model if context.model in offered else offered[0]
        st.session_state["read_model"] = usual
    model = st.segmented_control(
        "Model",
        offered,
        format_func=context.short_name,
        required=True,
        key="read_model",
        label_visibility="collapsed",
        width="stretch",
        wrap=False,
    )
    return model or offered[0]
