"""Why it moved: the bridge between two quarters, for the model or one category."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from maturity import bridge_words, charts
from maturity.bridge import bridge
from maturity.charts import Stride
from maturity.charts.readings import scale_of
from maturity.reading import Reading
from maturity.ui import glossary, pictures
from maturity.ui.layout import escape, section

WHOLE = ""

_bridge = lru_cache(maxsize=512)(charts.bridge)


def why(before: Reading, after: Reading) -> None:
    """The card: what to explain, the steps as a picture, and each in a sentence."""
    names = {WHOLE: "Whole model"}
    names |= {c.id: c.name for c in after.definition.model.deciding}
    if st.session_state.get("bridge_of") not in names:
        st.session_state["bridge_of"] = WHOLE
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.header(
            "Why it moved",
            anchor=False,
            width="content",
            help=glossary.meaning("bridge"),
        )
        chosen = st.selectbox(
            "Explain",
            list(names),
            key="bridge_of",
            format_func=names.__getitem__,
            label_visibility="collapsed",
            width=240,
            persist_state="session",
        )
    found = bridge(before, after, chosen or None)
    if found is None:
        st.caption(bridge_words.nothing(before, after))
        return
    section(f"{escape(names[chosen])}. {bridge_words.title(found)}")
    said = bridge_words.compared(found)
    if said:
        st.caption(said)
    strides = tuple(
        Stride(bridge_words.label(part), part.tenths) for part in found.parts
    )
    chart = _bridge(
        found.start, strides, scale_of(after), after.quarter, before.quarter
    )
    pictures.draw(chart, "bridge")
    lines = [escape(line) for line in bridge_words.sentences(found)]
    st.markdown("\n".join(f"- {line}" for line in lines))
    st.caption(bridge_words.ORDER)
