"""Setting the target of a model, and of each category where it differs."""

from __future__ import annotations

import streamlit as st

from maturity import group_targets, group_words, words
from maturity.quarter import Quarter
from maturity.reading import Reading, Target
from maturity.service import RefusedError
from maturity.ui.choice import Context
from maturity.ui.layout import escape

AHEAD = 8
INHERIT = -1


def popover(context: Context, reading: Reading) -> None:
    """A form behind a button; what is saved shows as the orange marks."""
    if context.look or context.model not in context.service.library.models:
        return
    with st.popover("Set target", icon=":material/flag:", key="target"):
        model = context.service.library.definition(context.model).model
        whole = reading.targets.of()
        levels = [level.number for level in model.scale[1:]]
        quarters = [str(Quarter.current().shift(ahead)) for ahead in range(AHEAD + 1)]
        if whole and whole.by and str(whole.by) not in quarters:
            quarters.insert(0, str(whole.by))
        # Streamlit takes the key for the widget: another team needs another one.
        place = f"target/{context.team.id}/{context.model}/{context.quarter}"
        with st.form(place, border=False):
            wanted = st.selectbox(
                "Band to reach" if model.by_points else "Level to reach",
                [None, *levels],
                key=f"{place}/level",
                index=_index(levels, whole),
                format_func=lambda number: (
                    "No target" if number is None else words.level_title(model, number)
                ),
            )
            by = st.selectbox(
                "By the end of",
                quarters,
                key=f"{place}/by",
                index=quarters.index(str(whole.by))
                if whole and whole.by
                else min(4, len(quarters) - 1),
                format_func=lambda key: Quarter.parse(key).label,
            )
            # Folded away, so that the button stays in sight on a low window.
            with st.expander(
                "Categories that differ",
                type="compact",
                expanded=bool(reading.targets.categories),
            ):
                st.caption("Categories follow the model unless set here.")
                own = {
                    category.id: st.selectbox(
                        category.name,
                        [INHERIT, *levels],
                        index=_own_index(reading, category.id, levels),
                        format_func=lambda number: (
                            "As the model"
                            if number == INHERIT
                            else words.level_number(model, number)
                        ),
                        key=f"{place}/{category.id}",
                    )
                    for category in model.deciding
                }
            if st.form_submit_button("Save target", type="primary"):
                _save(context, reading, wanted, by, own)


def of_groups(context: Context, reading: Reading) -> None:
    """What the groups of the team aim for; the team's own target stays as it is."""
    if context.look:
        return
    found = group_targets.covering(
        context.service, context.team.id, context.model, reading.quarter
    )
    lines = [line for group in found for line in group_words.aims(group, reading)]
    if lines:
        shown = "  \n".join(escape(line) for line in lines)
        st.caption(f":material/groups: {shown}")


def _own_index(reading: Reading, category: str, levels: list[int]) -> int:
    return _index(levels, reading.targets.categories.get(category))


def _index(levels: list[int], target: Target | None) -> int:
    """Where a target stands in the list; an older edition may have had more levels."""
    if target is None or target.level not in levels:
        return 0
    return levels.index(target.level) + 1


def _save(
    context: Context,
    reading: Reading,
    wanted: int | None,
    by: str,
    own: dict[str, int],
) -> None:
    """Write what differs from the targets in force, and nothing else."""
    service, person = context.service, context.person()
    quarter = Quarter.parse(by)
    whole = reading.targets.of()
    try:
        if wanted != (whole.level if whole else None) or (
            whole is not None and whole.by != quarter
        ):
            service.set_target(
                context.team.id, context.model, "", wanted, quarter, person
            )
        for category, number in own.items():
            level = None if number == INHERIT else number
            target = reading.targets.categories.get(category)
            if level != (target.level if target else None):
                service.set_target(
                    context.team.id, context.model, category, level, quarter, person
                )
    except RefusedError as error:
        st.error(escape(str(error)), icon=":material/error:")
        return
    st.toast("Target saved.", icon=":material/flag:")
    st.rerun()
