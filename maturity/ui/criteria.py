"""The criteria of a model by level, each with its verdict, its reason and next step."""

from __future__ import annotations

import streamlit as st

from maturity import gap_words, reasons, words
from maturity.gaps import answer_first, gaps, steps_to
from maturity.reading import Reading
from maturity.scoring import Judged, Step, Verdict
from maturity.ui import findings
from maturity.ui.layout import escape

DONE = (Verdict.MET, Verdict.NOT_APPLICABLE)
MOST_IN_SIGHT = 12
ICONS = {
    Verdict.MET: ":green[:material/check_circle:]",
    Verdict.UNMET: ":gray[:material/cancel:]",
    Verdict.OPEN: ":orange[:material/help:]",
    Verdict.NOT_APPLICABLE: ":gray[:material/remove:]",
}


def criteria(reading: Reading) -> None:
    """A step a level: what is met, what is not, and the next step for each gap."""
    model, score = reading.definition.model, reading.overall
    following = score.next.level if score.next else None
    with st.container(gap="xxsmall"):
        for step in score.steps:
            label, icon = _step_label(reading, step, following)
            with st.expander(
                label,
                icon=icon,
                type="step",
                expanded=step.level == following,
                key=f"level-{model.id}-{step.level}",
            ):
                _level_criteria(reading, step, is_next=step.level == following)


def _step_label(reading: Reading, step: Step, following: int | None) -> tuple[str, str]:
    title = words.level_title(reading.definition.model, step.level)
    text = reasons.step_badge(reading.definition.model, step)
    reached = reading.overall.lowest
    if reached is not None and step.level <= reached.level:
        return f"{title} &ensp; :green-badge[{text}]", ":material/check_circle:"
    if step.level == following:
        return f"{title} &ensp; :blue-badge[{text}]", ":material/pending:"
    return f"{title} &ensp; :gray-badge[{text}]", ":material/radio_button_unchecked:"


def _level_criteria(reading: Reading, step: Step, *, is_next: bool) -> None:
    judged = [j for j in reading.result.judged if _belongs(reading, j, step)]
    if is_next:
        found = gaps(reading.definition, reading.result, step.level)
        needed = [gap for gap in found if gap.needed]
        others = [gap for gap in found if not gap.needed]
        if found:
            model = reading.definition.model
            changes = len(found)
            if model.by_points:
                changes = steps_to(reading.definition, reading.result, step.level)
            st.markdown(f"**{gap_words.to_reach(model, changes, step)}**")
        for gap in needed:
            findings.one_gap(reading, gap, how=True)
        if needed and others:
            st.markdown("**Other tests that can give points**")
        for gap in others:
            findings.one_gap(reading, gap, how=True)
        waiting = answer_first(reading.definition, reading.result, step.level)
        if waiting:
            st.markdown("**Answer first**")
            for practice in waiting:
                findings.question(reading, practice)
        judged = [j for j in judged if not j.criterion.gating or j.verdict in DONE]
    if is_next and len(judged) > MOST_IN_SIGHT:
        # Below dozens of next steps nobody would find the next level any more.
        number = words.criteria(len(judged))
        title = f"{number} that are met, do not apply or decide nothing"
        with st.expander(title, type="compact", key=f"rest-{step.level}"):
            _every(reading, judged)
    else:
        _every(reading, judged)


def _every(reading: Reading, judged: list[Judged]) -> None:
    for one in judged:
        criterion(reading, one)


def _belongs(reading: Reading, judged: Judged, step: Step) -> bool:
    """Whether a level asks for a criterion; a test stands with the first band."""
    following = reading.overall.next
    if reading.definition.model.by_points:
        return following is None or step.level == following.level
    return judged.level == step.level


def criterion(reading: Reading, judged: Judged) -> None:
    """One criterion: its verdict, the answer that decides it, and who says so."""
    asked = judged.criterion
    practice = reading.definition.practices[asked.practice]
    informative = "" if asked.gating else " :gray-badge[informative]"
    lines = [
        f"**{escape(practice.name)}.** {escape(reading.answer_text(practice))}",
        f":small[{reasons.VERDICTS[judged.verdict]} · {escape(asked.cites)}]",
    ]
    rung = practice.rung(asked.at_least)
    if judged.verdict in (Verdict.UNMET, Verdict.OPEN) and rung is not None:
        lines.insert(1, f":material/arrow_forward: {escape(rung.text)}")
    with st.container(gap=None):
        icon = ICONS[judged.verdict]
        st.markdown(f"{icon} {escape(asked.text)}{informative}")
        st.markdown("  \n".join(f":gray[{line}]" for line in lines))
