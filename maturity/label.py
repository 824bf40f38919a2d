"""Labels of teams: short words such as tier-1 that go across the groups.

A team has its labels from a quarter on, as it has its place in a group: the newest
word about a team wins for its quarter and every later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maturity.quarter import Quarter
from maturity.team import NameRefusedError, folded, plain_name

LENGTH = 30
MOST = 10
"""Labels of one team."""
BETWEEN = ";"
"""Stands between labels where they are stored or written; no label holds it."""
MARKS = f",{BETWEEN}"


@dataclass(frozen=True)
class NewLabels:
    """All labels that a team has from a quarter on, to be stored; none is fine."""

    team: str
    since: Quarter
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Labels(NewLabels):
    """The same as stored; rows are only ever added."""

    seq: int


def accepted_labels(texts: Iterable[str], known: Iterable[str] = ()) -> tuple[str, ...]:
    """Labels as stored: each once, spelt as it is known already, by the alphabet.

    NameRefusedError where one of them, or their number, cannot be.
    """
    spelt = spelling(known)
    found: dict[str, str] = {}
    for text in texts:
        label = plain_name(text)
        if len(label) > LENGTH:
            raise NameRefusedError(
                f"A label has at most {LENGTH} characters; {label!r} has {len(label)}."
            )
        if any(mark in label for mark in MARKS):
            raise NameRefusedError(
                f"A label cannot hold a comma or a semicolon: {label!r}. Give two "
                "labels, or leave it out."
            )
        if label:
            found.setdefault(folded(label), spelt.get(folded(label), label))
    if len(found) > MOST:
        raise NameRefusedError(
            f"A team has at most {MOST} labels; these are {len(found)}."
        )
    return tuple(found[key] for key in sorted(found))


def spelling(labels: Iterable[str]) -> dict[str, str]:
    """How each label is written, by what its spellings have in common."""
    found: dict[str, str] = {}
    for label in labels:
        found.setdefault(folded(label), label)
    return found


def course(rows: Iterable[NewLabels]) -> dict[Quarter, tuple[str, ...]]:
    """The labels of one team, by the quarter from which on it has them, in order."""
    starts: dict[Quarter, tuple[str, ...]] = {}
    for row in rows:
        starts = {q: labels for q, labels in starts.items() if q < row.since}
        starts[row.since] = row.labels
    return starts


def holding(
    rows: Iterable[NewLabels], quarter: Quarter
) -> Mapping[str, tuple[str, ...]]:
    """By team: its labels in a quarter, of all rows, oldest first.

    Each is spelt one way: a label of a later quarter may have come in another way.
    """
    newest = {row.team: row.labels for row in rows if row.since <= quarter}
    spelt = spelling(label for labels in newest.values() for label in labels)
    return {
        team: tuple(spelt[folded(label)] for label in labels)
        for team, labels in newest.items()
        if labels
    }
