"""The plan as a table that a ticket system can import, one row a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from maturity import plan_words
from maturity.answer import Answer
from maturity.exchange.tables import as_csv
from maturity.plan import PlanRow
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.reading import answer_text
from maturity.roadmap import Way, climb, counts

COLUMNS = (
    "Summary",
    "Description",
    "Assignee",
    "Due date",
    "Status",
    "Effort",
    "Labels",
    "Practice",
    "Rung",
)


def tickets(
    rows: Sequence[PlanRow],
    practice_of: Callable[[str], Practice | None],
    answers: Mapping[str, Answer],
    found: Iterable[Way],
    names: Mapping[str, str],
) -> bytes:
    """The steps in the order given, without the dropped ones; safe to open."""
    ways = {way.gap.practice.id: way for way in found}
    table = []
    for row in rows:
        practice = practice_of(row.practice)
        rung = practice.rung(row.rung) if practice else None
        if practice is None or rung is None or not counts(row):
            continue
        answer = answers.get(row.practice)
        due = Quarter.parse(row.due).last_day.isoformat() if row.due else ""
        table.append(
            {
                "Summary": f"{practice.name}: {rung.text}",
                "Description": _described(
                    practice, answer, row, ways.get(row.practice)
                ),
                "Assignee": names.get(row.owner, ""),
                "Due date": due,
                "Status": row.status.value.capitalize(),
                "Effort": practice.effort,
                "Labels": "mlops-maturity",
                "Practice": row.practice,
                "Rung": row.rung,
            }
        )
    return as_csv(COLUMNS, table)


def _described(
    practice: Practice, answer: Answer | None, row: PlanRow, way: Way | None
) -> str:
    lines = [f"Now: {answer_text(practice, answer)}"]
    for rung in climb(practice, answer, row.rung):
        lines.append(f"Next: {rung.text}")
        if rung.how:
            lines.append(f"How: {rung.how}")
    lines.append(f"Why: {practice.why}")
    lines.append(f"What would show it: {'; '.join(practice.evidence)}")
    if way is not None and way.gap.goal.id == row.rung:
        lines.append(f"{plan_words.value(way)}.")
    return "\n".join(lines)
