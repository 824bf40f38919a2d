"""Meanings of words where they stand: one hover, tap or Tab away."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from maturity import glossary, words
from maturity.glossary import Term
from maturity.model import MaturityModel
from maturity.practice import Practice
from maturity.ui.layout import escape


def meaning(*named: str, model: MaturityModel | None = None) -> str:
    """The help text of a heading or label: what its words mean, in a model if given."""
    return _meanings((glossary.term(word) for word in named), model)


def explain(text: str, model: MaturityModel | None = None) -> str | None:
    """The help text of a line: the dashboard's own words in it; None if there is none.

    The text is plain: a person's own words are not for this.
    """
    return _meanings(glossary.used_in(text, "dashboard"), model) or None


def beside(practice: Practice) -> None:
    """The words of a question that a team lead may not know, below the question."""
    found = glossary.of_practice(practice)
    if not found:
        return
    names = " · ".join(escape(term.word) for term in found)
    st.caption(
        f"{'Words' if len(found) > 1 else 'Word'}: {names}", help=_meanings(found)
    )


def page(wanted: str) -> None:
    """Every term, those of the questions first; or those that a search finds."""
    found = glossary.matching(wanted)
    if not found:
        st.info(
            f"No word or meaning holds {escape(wanted)}. Clear the search to see all.",
            icon=":material/search_off:",
        )
        return
    for about, title in (
        ("practice", "Words in the questions"),
        ("dashboard", "Words of this dashboard"),
    ):
        here = [term for term in found if term.about == about]
        if here:
            with st.container(border=True):
                st.header(title, anchor=False)
                st.caption(words.count(len(here), "word"))
                for term in here:
                    _entry(term)


def _entry(term: Term) -> None:
    also = f" &ensp; :gray[:small[also: {escape(', '.join(term.also))}]]"
    with st.container(gap=None):
        st.markdown(f"**{escape(term.word)}**{also if term.also else ''}")
        st.markdown(f":gray[{escape(term.text)}]")
        if term.with_bands is not None:
            word, means = term.said(bands=True)
            st.caption(f"Where tests give points: **{escape(word)}.** {escape(means)}")


def _meanings(found: Iterable[Term], model: MaturityModel | None = None) -> str:
    bands = model is not None and model.by_points
    said = [term.said(bands=bands) for term in found if not (bands and term.gated)]
    return "\n\n".join(f"**{escape(word)}.** {escape(means)}" for word, means in said)
