"""Where a team stands: its level, how that comes about, and what stands beside it.

Every number comes from the reading as it is; nothing is worked out here.
"""

from __future__ import annotations

import streamlit as st

from maturity import evidence_words, iso33020, reasons, words
from maturity.charts.readings import comparable
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.ui import glossary, menu, opening, pictures, steps
from maturity.ui.choice import Context
from maturity.ui.layout import escape, signature


def caption(context: Context, reading: Reading | None, *, team: bool = False) -> str:
    """Which model, which quarter, who submitted it and when."""
    parts = [escape(context.team.name)] if team else []
    parts += [context.name(context.model), context.quarter.label]
    if reading is not None and reading.submitted is not None:
        row = reading.submitted
        done = signature(context.author(row.author), row.at)
        revision = f", revision {row.revision}" if row.revision > 1 else ""
        parts.append(f"submitted {done}{revision}")
    elif reading is not None:
        parts.append("not submitted yet")
    return " · ".join(parts)


def badges(context: Context, reading: Reading | None) -> dict[str, str]:
    """What stands beside the title: that it is a draft, or a demo."""
    said = {}
    if reading is not None and reading.draft:
        said["Draft"] = "gray"
    if context.team.demo:
        said["Demo data"] = "orange"
    return said


def _covers(reading: Reading) -> None:
    if reading.submitted is not None and reading.submitted.scope:
        st.caption(f"Covers: {escape(reading.submitted.scope)}")


def next_action(context: Context) -> None:
    """The one button of the Overview: start, go on, or change this quarter.

    Where nothing was begun this quarter the card below has it.
    """
    quarter = Quarter.current()
    row = context.service.assessment(context.team.id, context.model, quarter)
    if row is None and context.quarter == quarter and context.reading() is None:
        return
    label, kind = f"Start {quarter.short} assessment", "primary"
    if row is not None and row.state == "started":
        label = f"Continue {quarter.short} assessment"
    elif row is not None:
        label, kind = f"Change {quarter.short} answers", "secondary"
    if context.reading() is not None:
        st.page_link(
            menu.PRESENT,
            label="Present",
            icon=":material/slideshow:",
            width="content",
        )
    pressed = st.button(
        label,
        key="next_action",
        type="primary" if kind == "primary" else "secondary",
        icon=":material/edit_note:",
    )
    if pressed:
        if context.model in context.service.library.models:
            steps.begin(context, context.model, quarter)
        st.switch_page(menu.ASSESS)


def hero(context: Context, reading: Reading, before: Reading | None) -> None:
    """The level, large, with its track and the three figures that matter."""
    model, score = reading.definition.model, reading.overall
    with st.container(gap="xxsmall", key="hero-level"):
        st.caption(
            _over_level(context, reading),
            help=glossary.meaning("level", "range", model=model),
        )
        st.header(words.level(score), anchor=False)
        st.markdown(_named(reading))
        for line in asides(reading):
            st.caption(line, help=glossary.explain(line, model))
        _covers(reading)
    opening.in_place(reading, opening.comes_about(reading), compact=True)
    st.space("stretch")
    pictures.track(reading)
    st.space("stretch")
    with st.grid(3, min_column_width=108, gap="small"):
        _criteria_metric(reading, before)
        _score_metric(reading, before)
        target = reading.targets.of()
        st.metric(
            "Target",
            words.level_number(model, target.level) if target else "Not set",
            delta=(f"by {target.by.label}" if target.by else None)
            if target
            else "set one on Results",
            delta_color="off",
            delta_arrow="off",
            help=glossary.meaning("target", model=model),
        )
    if before is not None and comparable(reading, before):
        st.caption(f"Changes are {words.since(before.quarter, reading.quarter)}.")
    if model.id not in context.service.library.models:
        st.caption("This model is no longer offered here; its history stays.")


def _over_level(context: Context, reading: Reading) -> str:
    """Current level, unless a later quarter was submitted; or that it is a range."""
    what = words.step_word(reading.definition.model)
    if not words.one_level(reading.overall):
        return f"{what} range".capitalize()
    if any(later.quarter > reading.quarter for later in context.history()):
        return f"{what.capitalize()} in {reading.quarter.label}"
    return f"Current {what}"


def _named(reading: Reading) -> str:
    model, score = reading.definition.model, reading.overall
    name = f"**{escape(words.level_name(model, score))}.**"
    if score.lowest is None or not words.one_level(score):
        return name
    return f"{name} {escape(model.level(score.lowest.level).summary)}"


def asides(reading: Reading) -> list[str]:
    """What stands beside every level, a line each: open, evidenced, carried."""
    score = reading.overall
    lines = [words.openness(score)] if score.open else []
    if score.not_applicable:
        lines.append(f"{score.not_applicable} not applicable")
    if proven := words.with_evidence(score):
        lines.append(proven[0].upper() + proven[1:])
    if reading.carried:
        kept = words.level(reading.if_kept.overall)
        carried = words.count(reading.carried, "carried answer")
        lines.append(f"{kept} if you keep {carried}")
    return lines


def _criteria_metric(reading: Reading, before: Reading | None) -> None:
    step, model = reading.overall.next, reading.definition.model
    if model.by_points:
        full = sum(score.steps[-1].met for score in reading.result.categories.values())
        _metric("Tests in full", f"{full} of {len(model.criteria)}", "")
        return
    if step is None:
        st.metric("Criteria", "All met")
        return
    then = before.overall.next if before is not None else None
    moved = ""
    if comparable(reading, before) and then and then.level == step.level:
        moved = words.counted_change(then.met, step.met)
    _metric(f"Criteria, Level {step.level}", f"{step.met} of {step.asked}", moved)


def _score_metric(reading: Reading, before: Reading | None) -> None:
    score = reading.overall
    then = before.overall if before is not None else None
    moved = ""
    if (
        comparable(reading, before)
        and (then and score.lowest and then.lowest)
        and words.compare(then, score) is not None
    ):
        moved = words.change(then.lowest.tenths, score.lowest.tenths)
    _metric(
        "Score",
        words.tenths(score),
        moved,
        help="The lowest of the sections' sums of points."
        if reading.definition.model.by_points
        else "The level plus the share of the next level's criteria that are met, "
        "cut to one decimal. Its whole part is the level.",
    )


def scale_of(reading: Reading) -> str:
    """What a category's score says, beside the chart of them."""
    if reading.definition.model.by_points:
        return "The sum of its tests' points. The marks are where bands begin."
    return "The whole part is the level."


def _metric(label: str, value: str, moved: str, help: str | None = None) -> None:
    """A figure with its change; the arrow says the sign, whatever the colour."""
    down = moved.startswith(words.MINUS)
    up = moved.startswith("+")
    st.metric(
        label,
        value,
        delta=moved.lstrip("+" + words.MINUS) or None,
        delta_color="inverse" if down else "normal" if up else "off",
        delta_arrow="down" if down else "up" if up else "off",
        help=help,
    )


def level(reading: Reading, before: Reading | None) -> None:
    """The level with its name, its track, and how it comes about."""
    score, model = reading.overall, reading.definition.model
    what = words.step_word(model)
    with st.grid(2, min_column_width=300, gap="small"):
        with st.container(gap="xxsmall", key="hero-level"):
            st.caption(
                (what if words.one_level(score) else f"{what} range").capitalize(),
                help=glossary.meaning("level", "range", model=model),
            )
            st.header(words.level(score), anchor=False)
            st.markdown(f"**{escape(words.level_name(model, score))}**")
        with st.container(gap="xsmall"):
            _badges(reading, before)
            st.markdown(f"**{words.next_step(model, score)}**")
            for line in [words.coverage(score) + ".", *asides(reading)]:
                st.caption(line, help=glossary.explain(line, model))
            if backed := evidence_words.backed(reading):
                st.caption(f"{backed}.", help=evidence_words.CLAIMS)
            _covers(reading)
    pictures.track(reading)
    opening.in_place(reading, opening.comes_about(reading))
    after_iso(reading)
    if reading.changed:
        st.caption(
            f":material/history: {words.count(reading.changed, 'answer')} changed "
            "since it was submitted. Submit again to count them; this version is kept."
        )


def _badges(reading: Reading, before: Reading | None) -> None:
    score = reading.overall
    with st.container(horizontal=True, gap="xsmall"):
        if score.open:
            st.badge(
                words.count(score.open, "open question"),
                icon=":material/help:",
                color="orange",
            )
        elif before is not None and comparable(reading, before) is not None:
            text = words.level_change(before.overall, score)
            if text:
                since = words.since(before.quarter, reading.quarter)
                up = text.endswith("up")
                st.badge(
                    f"{text} {since}",
                    icon=f":material/arrow_{'up' if up else 'down'}ward:",
                    color="green" if up else "red",
                )
        target = reading.targets.of()
        if target:
            st.badge(
                words.target(reading.definition.model, target.level, target.by),
                icon=":material/flag:",
                color="orange",
            )


def after_iso(reading: Reading) -> None:
    """The same criteria after another rule, kept apart from the level."""
    model = reading.definition.model
    if model.by_points:
        return
    other = iso33020.read(reading.overall.steps, model.lowest)
    if other is None:
        return
    with st.expander("Read after ISO/IEC 33020", icon=":material/straighten:"):
        st.markdown(
            f"**{reasons.iso_reading(other)}** by the standard's rule: a level counts "
            "when its own criteria are largely met and those of every level below it "
            "fully. It is another question than the level above, and no other screen "
            "uses it."
        )
        lines = [f"- {reasons.iso_line(model, rated)}" for rated in other.levels]
        st.markdown("\n".join(lines))
