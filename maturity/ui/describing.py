"""The Models page: a model's source, levels, categories, criteria and rule in words."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from maturity import words
from maturity.answer import is_web_address
from maturity.library import Library
from maturity.model import (
    AnyCriterion,
    Criterion,
    Definition,
    MaturityModel,
    PointsCriterion,
    Source,
)
from maturity.scoring import shown
from maturity.ui import glossary
from maturity.ui.layout import card, escape, section

GATED = """
**The weakest criterion decides.** You reach a level when every criterion of that
level, and of every level below it, is met. Each answer meets the criteria up to the
rung it describes. *Not applicable* answers, with a reason, are left out.

- **Categories** follow the same rule within their own criteria. Where a category asks
  for nothing at a level, it comes up with the rest of the model; so the overall level
  is always the lowest category level, and never a mean.
- **The score** is the level plus the share of the next level's criteria that you
  already meet, cut to one decimal: 2.7 is Level 2 with 7 of 10 criteria of Level 3.
  It shows movement inside a level and never decides it.
- **Open questions** make a range: the low end counts them as not met, the high end as
  met.
- **The evidenced level** is what you would reach if only answers with a link to
  evidence that still holds on the quarter's last day counted: for two quarters from its
  date, or until the day you say.
- **Informative criteria** are what the source only says one can or should consider
  doing. They are shown and never decide a level. A category that holds only such
  criteria has no level and no spoke.
"""

SUMS = """
**The lowest section decides.** Every test gives points by the answer's rung: none for
the first, all for the last. Each section adds up the points of its tests, and the
score is the lowest of these sums.

- **The band** takes the level's place. A score belongs to the last band whose edge it
  is above: a score that is just at an edge belongs to the band below it.
- **Not applicable** gives no points and is listed, since the source knows no test that
  may be left out.
- **Open questions** make a range: the low end counts them as the first rung, the high
  end as the last.
- **The band with evidence** counts only answers with a link to evidence that is recent
  enough.
- **A target** is a band. Every test that does not give all its points counts as a gap
  while its section's sum is below the target.
"""

KINSHIP = """
- **CMMI.** The overall level is its staged reading, one number that needs everything
  below it; the category levels are its continuous one, a number for each area. CMMI
  knows whole levels only.
- **ISO/IEC 33020.** Its rule is content when a level is largely achieved and those
  below it fully. We ask for every criterion; Results shows its reading apart.
- **C2M2** reaches a level when all its practices are at least largely in place, and
  keeps unanswered apart, as we do.
- **OWASP SAMM** averages its answers, so that a missing basis can hide behind strong
  areas. Here the weakest criterion decides.
- **SCAMPI** has appraisers look at evidence and agree on what they see. Nobody does
  that here; the evidenced level only says where a link is given.
"""

LIMITS = """
- **A self-assessment**, not an appraisal: nobody from outside checks your answers,
  and no certificate follows from them.
- **About predictive machine learning.** Generative AI asks for practices of its own;
  the publishers treat it as an addition to these levels and measure it apart.
- **Levels are the publishers', the scoring is ours.** Neither Google nor Microsoft
  publishes a questionnaire or a scoring rule; what else is ours stands with each
  model.
- **No conversion.** Models agree on the order of things and not on the numbers of
  levels. Only answers are shared, and every level is worked out by its own model.
- **No league table.** A level says what a team does today, not how good its people
  are.
"""


def _scale(model: MaturityModel) -> str:
    if model.by_points:
        most = shown(model.most_tenths).removesuffix(".0")
        return f"Score 0 to {most}, {len(model.bands)} bands"
    return f"Levels {model.lowest} to {model.top}"


def choosing(library: Library) -> None:
    """Help in choosing: the models side by side."""
    for model in library.models.values():
        definition = library.definition(model.id)
        with st.container(gap=None):
            st.markdown(f"**{escape(model.short_name)}.** {escape(model.good_for)}")
            st.markdown(
                f":gray[:small[{_scale(model)} · "
                f"{words.count(len(definition.asked), 'question')} · about "
                f"{words.count(definition.minutes, 'minute')}]]"
            )
    st.caption(
        "In doubt, take the shortest first. Answers are shared between models, so the "
        "next one asks only what is new."
    )


def source(definition: Definition) -> None:
    """Who publishes the model, which edition this is, and what is the project's own."""
    model, source = definition.model, definition.model.source
    with st.container(border=True):
        st.header(escape(model.name), anchor=False)
        st.markdown(escape(model.summary))
        st.markdown(
            f":small[:gray[{escape(source.publisher)}: ] {_linked(source)} "
            f":gray[· edition {escape(model.edition)} · "
            f"{words.count(len(definition.asked), 'question')}, about "
            f"{words.count(definition.minutes, 'minute')}]]"
        )
        st.caption(f"**Licence of the source.** {escape(source.licence)}")
        st.caption(f"**What is ours.** {escape(model.ours)}")


def _linked(source: Source) -> str:
    """The title, as a link where the address is one of the web."""
    title = escape(source.title)
    if not is_web_address(source.url):
        return f"{title} :gray[({escape(source.url)})]"
    # What would end a link in markdown, as it is written in an address.
    url = source.url.translate({ord(c): f"%{ord(c):02X}" for c in " ()<>\\"})
    return f"[{title}]({url})"


def parts(definition: Definition) -> None:
    """The steps of the scale and the categories, side by side."""
    model = definition.model
    step = words.step_word(model)
    with st.grid(2, min_column_width=380, gap="small"):
        with card():
            section(
                f"{step.capitalize()}s",
                "From the lowest to the highest.",
                help=glossary.meaning("level", "edition", model=model),
            )
            levels(model)
        with card():
            section(
                "Categories",
                f"Each has its own {step} and its own spoke"
                + (", unless it is informative." if model.informative else "."),
                help=glossary.meaning("category", model=model),
            )
            categories(definition)


def levels(model: MaturityModel) -> None:
    for level in model.scale:
        with st.container(gap=None):
            st.markdown(f"**{escape(words.level_title(model, level.number))}**")
            st.markdown(f":gray[{escape(level.summary)}]")


def categories(definition: Definition) -> None:
    for category in definition.model.categories:
        asked = len(definition.questions[category.id])
        badge = " :gray-badge[informative]" if category.informative else ""
        with st.container(gap=None):
            st.markdown(
                f"**{escape(category.name)}** &ensp; "
                f":gray[:small[{words.count(asked, 'question')}]]{badge}"
            )
            st.markdown(f":gray[{escape(category.summary)}]")


def criteria(definition: Definition) -> None:
    """One expander a level, the criteria with their practice, rung and citation."""
    model = definition.model
    for title, key, found in _parts(model):
        gating = sum(criterion.gating for criterion in found)
        badge = (
            words.count(gating, "test") if model.by_points else words.criteria(gating)
        )
        with st.expander(
            f"{title} &ensp; :gray-badge[{badge}]", key=f"criteria-{model.id}-{key}"
        ):
            for criterion in found:
                _criterion(definition, criterion)


def _parts(model: MaturityModel) -> Iterator[tuple[str, str, list[AnyCriterion]]]:
    """The criteria level by level, or section by section where they give points."""
    if model.by_points:
        for category in model.categories:
            tests = [c for c in model.criteria if c.category == category.id]
            yield escape(category.name), category.id, tests
        return
    for level in model.levels[1:]:
        asked: list[AnyCriterion] = [
            c
            for c in model.criteria
            if isinstance(c, Criterion) and c.level == level.number
        ]
        title = escape(words.level_title(model, level.number))
        yield title, str(level.number), asked


def _criterion(definition: Definition, criterion: AnyCriterion) -> None:
    practice = definition.practices[criterion.practice]
    rung = practice.rung(criterion.at_least)
    met_by = rung.text if rung else criterion.at_least
    if isinstance(criterion, PointsCriterion):
        met_by = " ".join(
            f"{rung.text} ({words.points(round(10 * criterion.points[rung.id]))})"
            for rung in practice.rungs
            if rung.id in criterion.points
        )
    informative = "" if criterion.gating else " :gray-badge[informative]"
    if practice.applies_to:
        informative += f" :gray-badge[{practice.applies_to} only]"
    category = definition.model.category(criterion.category).name
    with st.container(gap=None):
        st.markdown(f"{escape(criterion.text)}{informative}")
        st.markdown(
            f":gray[Met by **{escape(practice.name)}**: {escape(met_by)}]  \n"
            f":gray[:small[{escape(category)} · {escape(criterion.cites)}]]"
        )


def scoring_rule(model: MaturityModel) -> None:
    """The rule in words; the tests hold that it is the rule the engine applies."""
    texts = {"gated": GATED, "minimum-of-sums": SUMS}
    st.markdown(texts[model.rule])


def kinship() -> None:
    """How the rule relates to methods that appraisers use."""
    st.markdown(KINSHIP)


def limits() -> None:
    st.markdown(LIMITS)
