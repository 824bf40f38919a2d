"""The plan over time: which step is due when, and what the score comes to by then."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from maturity import charts, plan_words, roadmap
from maturity.charts import Outlook, PlannedStep, Span
from maturity.charts.readings import comparable, scale_of
from maturity.plan import PlanRow
from maturity.quarter import Quarter, today
from maturity.reading import Reading
from maturity.ui import pictures
from maturity.ui.choice import Context
from maturity.ui.layout import card, pair, section

BACK = 4
"""How many quarters before the plan the picture of the score goes back."""

_timeline = lru_cache(maxsize=256)(charts.timeline)
_outlook = lru_cache(maxsize=256)(charts.outlook)


def outlook(context: Context, reading: Reading, rows: Sequence[PlanRow]) -> None:
    """Two cards; nothing where no step has a date."""
    kept = [row for row in rows if roadmap.counts(row)]
    projected = roadmap.projection(reading, kept, Quarter.current())
    if not projected:
        return
    cards = pair()
    with cards, card():
        section(
            "Timeline",
            "From the quarter of planning to the end of the one that is due. Grey is "
            "planned, blue is being done, green is done, orange is late.",
        )
        steps = _steps(context, kept)
        pictures.draw(_timeline(steps, today()), "timeline")
    with cards, card():
        section(
            plan_words.outlook_title(reading, projected),
            "The score as assessed, and dotted what it comes to if every step is done "
            "by its date.",
        )
        chart = _outlook(_quarters(context, reading, projected), scale_of(reading))
        pictures.draw(chart, "outlook")
    missing = plan_words.undated(kept)
    if missing:
        st.caption(missing)


def _steps(context: Context, rows: Sequence[PlanRow]) -> tuple[PlannedStep, ...]:
    store = context.service.store
    since = roadmap.begun(store.plan_history(context.team.id))
    names = store.names([row.owner for row in rows if row.owner])
    found = []
    for row in rows:
        practice = context.service.practice(row.practice)
        if not row.due:
            continue
        due = Quarter.parse(row.due)
        found.append(
            PlannedStep(
                name=practice.name if practice else row.practice,
                start=min(since.get(row.practice, due), due),
                due=due,
                status=plan_words.status(row, Quarter.current()),
                owner=names.get(row.owner, ""),
            )
        )
    return tuple(sorted(found, key=lambda step: (step.due, step.start, step.name)))


def _quarters(
    context: Context, reading: Reading, projected: Sequence[roadmap.Projected]
) -> tuple[Outlook, ...]:
    """Every quarter to the end of the plan; other editions are not compared."""
    same = [r for r in context.history() if comparable(reading, r)]
    real = {r.quarter: Span.of(r.overall) for r in [*same, reading]}
    planned = {one.quarter: Span.of(one.score) for one in projected}
    last = max(planned)
    first = max(min([*real, *planned]), min(planned).shift(-BACK))
    return tuple(
        Outlook(quarter, real.get(quarter), planned.get(quarter))
        for quarter in (first.shift(n) for n in range(last - first + 1))
    )
