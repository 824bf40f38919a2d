"""Every word a team lead may not know, each in one plain sentence."""

import streamlit as st

from maturity.ui import glossary, page_guard
from maturity.ui.layout import NARROW, head, page

page_guard()

with page(NARROW):
    with head(
        "Glossary", "The words of this dashboard and of its questions, in plain ones."
    ):
        pass
    wanted = st.text_input(
        "Find a word",
        key="find_word",
        max_chars=80,
        placeholder="As in: canary",
        icon=":material/search:",
    )
    glossary.page(wanted)
