"""Read each maturity model: what it asks, who says so, and how it is scored."""

import streamlit as st

from maturity.ui import context, describing, glossary, modelling, page_guard
from maturity.ui.layout import head, page, section

page_guard()

now = context()

with page():
    with head(
        "Models", "What each model asks for, who publishes it, and what is ours."
    ):
        pass
    if modelling.bring(now):
        st.stop()

    with st.container(border=True):
        section("Which one to choose", "You can change later: answers are shared.")
        describing.choosing(now.service.library)

    for problem in now.service.library.problems:
        st.error(problem, title="A model file could not be used")

    chosen = modelling.chosen(now, now.service.library.models)
    definition = now.service.library.definition(chosen)

    describing.source(definition)
    modelling.acts(now, chosen)
    describing.parts(definition)
    section(
        "Tests by section" if definition.model.by_points else "Criteria by level",
        "What the source asks for, and the answer that meets it.",
        help=glossary.meaning(
            "criterion", "rung", "informative", model=definition.model
        ),
    )
    describing.criteria(definition)

    section("How it is scored")
    describing.scoring_rule(definition.model)

    if not definition.model.by_points:
        section("Kinship with appraisal methods")
        describing.kinship()

    section("What this is not")
    describing.limits()
    modelling.disabled(now)
