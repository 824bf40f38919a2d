"""What is said of the evidence behind answers: whether it counts, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from maturity.answer import Answer
from maturity.backing import Renewal, backing
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.words import count, day, listed

CLAIMS = (
    "Of the answers that decide the result, those above the lowest rung: the lowest "
    "claims nothing and needs no evidence. Reviewed means that somebody other than "
    "whoever gave the evidence looked at it."
)


def label(answer: Answer, quarter: Quarter) -> str:
    """Note and evidence: a link, too old to count."""
    held = [
        word
        for word, there in (("a note", answer.note), ("a link", answer.link))
        if there
    ]
    said = "Note and evidence" + (f": {listed(held)}" if held else "")
    if answer.link and answer.evidenced(quarter):
        return f"{said}, reviewed" if answer.reviewed else said
    if not answer.link:
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
        f"{day(quarter.last_day)}. Check whether it still holds, and give it a "
        "new date."
    )


def reviewed(who: str, on: date) -> str:
    """Reviewed by Ana on 3 Oct 2026."""
    return f"Reviewed by {who or 'somebody'} on {day(on)}."


def backed(reading: Reading) -> str:
    """7 of 12 answers with evidence, 4 reviewed; "" where none claims anything."""
    found = backing(reading.definition, reading.answers, reading.quarter)
    if not found.claims:
        return ""
    said = f"{found.backed} of {count(found.claims, 'answer')} with evidence"
    return f"{said}, {found.reviewed} reviewed" if found.backed else said


def to_renew(found: Sequence[Renewal]) -> str:
    """Evidence to renew: 3 answers."""
    return f"Evidence to renew: {count(len(found), 'answer') if found else 'none'}"


def runs_out(one: Renewal, today: date) -> str:
    """Counted until 1 Sep 2026; or counts until 12 Dec 2026."""
    verb = "Counted" if one.until < today else "Counts"
    return f"{verb} until {day(one.until)}"


def renewing(found: Sequence[Renewal], quarter: Quarter) -> str:
    """What to do about it, or that there is nothing to do."""
    end = day(quarter.last_day)
    if not found:
        return f"All the evidence there is counts on {end}, the end of {quarter.label}."
    lacking = f"not count on {end}, the end of {quarter.label}. Check whether"
    if len(found) == 1:
        return f"This does {lacking} it still holds, and give it a new date."
    return f"These do {lacking} they still hold, and give them new dates."
