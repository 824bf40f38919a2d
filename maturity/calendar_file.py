"""The next review as a calendar file (RFC 5545), for any calendar program.

One all-day event with a reminder a week before. Its UID stays the same for a team,
model and quarter, so that taking the file in again changes the event and adds none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from maturity.cadence import Review
from maturity.team import Team

MEDIA_TYPE = "text/calendar"
OCTETS = 75
"""The longest line, without its end."""


def event(team: Team, model: str, review: Review, moment: datetime) -> bytes:
    """The file; `model` is its name, `moment` is when it is made, in UTC."""
    title = f"{team.name}: {model} assessment, {review.quarter.label}"
    told = (
        f"Submit the assessment of {review.quarter.label} by the end of this day.\n"
        "Last quarter's answers are offered again; change what is different."
    )
    following = review.due + timedelta(days=1)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//MLOps maturity//Next review//EN",
        "BEGIN:VEVENT",
        f"UID:{team.id}-{review.model}-{review.quarter}@mlops-maturity",
        f"DTSTAMP:{moment:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{review.due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{following:%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        f"DESCRIPTION:{_escaped(told)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(title)}",
        "TRIGGER:-P7D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _escaped(text: str) -> str:
    """A text value; control characters, which the format has no place for, go."""
    kept = "".join(c for c in text if c == "\n" or c.isprintable())
    for character in "\\;,":
        kept = kept.replace(character, f"\\{character}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """The line in parts of at most 75 octets; no character is cut in two."""
    part = b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > OCTETS:
            yield part
            part = b" "
        part += octets
    yield part
