"""How a level comes about, opened in place wherever one stands.

One piece for every page: the rule, what each level asks for, every criterion with the
answer that decides it, and what open answers and missing evidence change. It is drawn
only once somebody opens it, and works nothing out: all of it is in the reading.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity import reasons, words
from maturity.model import MaturityModel
from maturity.reading import Reading
from maturity.scoring import Judged, Verdict
from maturity.ui import frame
from maturity.ui.criteria import ICONS
from maturity.ui.layout import escape

WHOLE = ""
LONG = 12
"""From so many criteria on, their list gets a height of its own."""


@st.fragment
def in_place(reading: Reading, label: str, *, compact: bool = False) -> None:
    """An expander with how the whole model's level, or a category's, comes about."""
    model = reading.definition.model
    key = f"how/{reading.team.id}/{model.id}/{reading.quarter}"
    box = st.expander(
        label,
        icon=":material/help:",
        type="compact" if compact else "default",
        key=key,
        on_change="rerun",
    )
    with box, frame.safely():
        if not box.open:
            return
        names = {WHOLE: "Whole model"} | {c.id: c.name for c in model.deciding}
        chosen = st.selectbox(
            "Explain",
            list(names),
            key=f"{key}/part",
            format_func=names.__getitem__,
            width=280,
        )
        explain(reading, chosen or None)


def line(reading: Reading) -> str:
    """Level 2, with evidence Level 1 · score 2.7."""
    score = reading.overall
    return f"{words.level_and_evidence(score)} · score {words.tenths(score)}"


def comes_about(reading: Reading) -> str:
    """How this level comes about: the label where the level stands above."""
    return f"How this {words.step_word(reading.definition.model)} comes about"


def quarters(history: Sequence[Reading]) -> None:
    """One fold with every submitted quarter, the latest first, each to be opened."""
    what = words.step_word(history[-1].definition.model)
    with (
        st.expander(f"How each quarter's {what} comes about", type="compact"),
        st.container(gap="xxsmall"),
    ):
        for reading in reversed(history):
            in_place(reading, f"{reading.quarter.label}: {line(reading)}", compact=True)


@st.fragment
def category_reasons(reading: Reading) -> None:
    """Why each category stands where it does, each to be opened in full."""
    model = reading.definition.model
    with (
        frame.safely(),
        st.expander("Why each category stands there", type="compact"),
    ):
        for category in model.deciding:
            score = reading.result.categories[category.id]
            with st.container(gap=None):
                st.markdown(
                    f"**{escape(category.name)}: {words.level_and_evidence(score)}** "
                    f"&ensp; :gray[:small[score {words.tenths(score)}]]"
                )
                st.markdown(
                    f":gray[{reasons.category_reason(model, reading.overall, score)}]"
                )
                stops = reading.result.stops(category.id)
                if stops:
                    names = [
                        reading.definition.practices[j.criterion.practice].name
                        for j in stops
                    ]
                    st.caption(
                        f"Still to meet: {words.listed(list(dict.fromkeys(names)))}."
                    )
                _all_of(reading, category.id, category.name)
        for category in model.informative:
            with st.container(gap=None):
                st.markdown(f"**{escape(category.name)}: informative**")
                said = reasons.informative_category(reading.result, category.id)
                st.markdown(f":gray[{said}]")


def _all_of(reading: Reading, category: str, name: str) -> None:
    box = st.popover(
        "Every criterion",
        type="tertiary",
        help=f"How the {words.step_word(reading.definition.model)} of {escape(name)} "
        "comes about, criterion by criterion",
        key=f"how/{reading.quarter}/{category}",
        on_change="rerun",
    )
    with box:
        if box.open:
            explain(reading, category)


def explain(reading: Reading, category: str | None) -> None:
    """The rule, the criteria and the answers that make a level, a score and a range."""
    model, result = reading.definition.model, reading.result
    score = result.categories[category] if category else result.overall
    of = f"{escape(model.category(category).name)}: " if category else ""
    st.markdown(
        f"**{of}{words.level_and_evidence(score)}** &ensp; "
        f":gray[:small[score {words.tenths(score)}]]"
    )
    st.markdown(f"{reasons.RULES[model.rule]} {escape(_why(reading, category))}")
    st.markdown(
        "\n".join(f"- {escape(reasons.step_line(model, step))}" for step in score.steps)
    )
    if score.lowest is not None:
        _stops(reading, category)
    judged = [
        j for j in result.judged if category is None or j.criterion.category == category
    ]
    st.markdown("**Every criterion with its answer**")
    with st.container(
        height=380 if len(judged) >= LONG else "content", border=len(judged) >= LONG
    ):
        for title, group in _grouped(model, judged):
            st.markdown(f"**{escape(title)}**")
            st.markdown("\n".join(_line(reading, one) for one in group))
    if score.lowest is not None:
        st.markdown(reasons.range_sentence(score))
        st.markdown(reasons.evidence_sentence(model, score))


def _stops(reading: Reading, category: str | None) -> None:
    """What keeps it from the next level, first of all that there is to read."""
    model, stops = reading.definition.model, reading.result.stops(category)
    if not stops:
        return
    number = words.criteria(len(stops))
    if model.by_points:
        number = words.count(len(stops), "test")
    st.markdown(f"**What stops it there: {number}.**")
    st.markdown("\n".join(_line(reading, one, wanted=True) for one in stops))


def _why(reading: Reading, category: str | None) -> str:
    model, result = reading.definition.model, reading.result
    if category is not None:
        score = result.categories[category]
        return reasons.category_reason(model, result.overall, score)
    if model.by_points:
        return reasons.sums(model, result)
    return reasons.derivation(model, result.overall)


def _grouped(
    model: MaturityModel, judged: list[Judged]
) -> list[tuple[str, list[Judged]]]:
    """By the level that asks; tests by their section, since every band counts them."""
    if model.by_points:
        return [
            (category.name, [j for j in judged if j.criterion.category == category.id])
            for category in model.categories
            if any(j.criterion.category == category.id for j in judged)
        ]
    levels = sorted({j.level for j in judged})
    return [
        (words.level_title(model, level), [j for j in judged if j.level == level])
        for level in levels
    ]


def _line(reading: Reading, judged: Judged, *, wanted: bool = False) -> str:
    """A criterion, its verdict and the answer behind it, as an item of a list."""
    asked = judged.criterion
    practice = reading.definition.practices[asked.practice]
    answer = reading.answers.get(asked.practice)
    said = [reasons.VERDICTS[judged.verdict]]
    if judged.verdict is Verdict.MET and not (
        answer and answer.evidenced(reading.quarter)
    ):
        said.append("without evidence that counts")
    if not asked.gating:
        said.append("informative, decides no level")
    rung = practice.rung(asked.at_least) if wanted else None
    needed = f"  :material/arrow_forward: {escape(rung.text)}  \n" if rung else ""
    return (
        f"- {ICONS[judged.verdict]} {escape(asked.text)}  \n"
        f"  :gray[**{escape(practice.name)}.** {escape(reading.answer_text(practice))} "
        f":small[{', '.join(said)} · {escape(asked.cites)}]]"
        + (f"  \n{needed}" if needed else "")
    )
