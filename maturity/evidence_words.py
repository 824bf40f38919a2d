"""What is said of the evidence behind answers: whether it counts, and until when."""

from __future__ import annotations

from maturity.answer import Answer
from maturity.quarter import Quarter
from maturity.words import day, listed


def label(answer: Answer, quarter: Quarter) -> str:
    """Note and evidence: a link, too old to count."""
    held = [
        word
        for word, there in (("a note", answer.note), ("a link", answer.link))
        if there
    ]
    said = "Note and evidence" + (f": {listed(held)}" if held else "")
    if not answer.link or answer.evidenced(quarter):
        return said
    if answer.evidence_on is None:
        return f"{said}, without a date"
    if answer.evidence_on > quarter.last_day:
        return f"{said}, of a later quarter"
    return f"{said}, too old to count"


def doubt(answer: Answer, quarter: Quarter) -> str:
    """Why the evidence does not count in a quarter, and what to do; "" if it does."""
    if not answer.link or answer.evidenced(quarter):
        return ""
    until = answer.counts_until
    if answer.evidence_on is None or until is None:
        return "Without a date this evidence does not count. Give it one."
    if answer.evidence_on > quarter.last_day:
        return (
            f"This evidence is dated after {quarter.label}, so it does not count "
            f"there. Give the day in {quarter.label} that it shows, if there is one."
        )
    return (
        f"This evidence counts until {day(until)}, and {quarter.label} ends on "
        f"{day(quarter.last_day)}. Look whether it still holds, and give it a new date."
    )
