"""Read each maturity model: what it asks, who says so, and how it is scored."""

import streamlit as st

from maturity import words
from maturity.ui import context, describing, glossary, page_guard
from maturity.ui.layout import card, head, page, section

page_guard()

now = context()
models = now.service.library.models

with page():
    with head(
        "Models", "What each model asks for, who publishes it, and what is ours."
    ):
        pass

    with st.container(border=True):
        section("Which one to choose", "You can change later: answers are shared.")
        describing.choosing(now.service.library)

    for problem in now.service.library.problems:
        st.error(problem, title="A model file could not be used")

    chosen = st.segmented_control(
        "Model",
        list(models),
        format_func=now.short_name,
        default=now.model if now.model in models else next(iter(models)),
        required=True,
        key="read_model",
        label_visibility="collapsed",
        width="stretch",
    )
    definition = now.service.library.definition(chosen)
    step = words.step_word(definition.model)

    describing.source(definition)
    with st.grid(2, min_column_width=380, gap="small"):
        with card():
            section(
                f"{step.capitalize()}s",
                "From the lowest to the highest.",
                help=glossary.meaning("level", "edition"),
            )
            describing.levels(definition.model)
        with card():
            section(
                "Categories",
                f"Each has its own {step} and its own spoke.",
                help=glossary.meaning("category"),
            )
            describing.categories(definition)
    section(
        "Tests by section" if definition.model.by_points else "Criteria by level",
        "What the source asks for, in our words, and the answer that meets it.",
        help=glossary.meaning("criterion", "rung", "informative"),
    )
    describing.criteria(definition)

    section("How it is scored")
    describing.scoring_rule(definition.model)

    if not definition.model.by_points:
        section("Kinship with appraisal methods")
        describing.kinship()

    section("What this is not")
    describing.limits()
