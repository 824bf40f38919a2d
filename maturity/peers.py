"""A team among comparable ones: quartiles in which no single team can be seen.

Pure functions over what other teams submitted, without their names. The rules are
those of docs/benchmarks.md: figures of at least five teams alone, scores at the low
end of their range, and no choice of teams that singles out fewer than five of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Literal

from maturity.quarter import Quarter
from maturity.scoring import Score
from maturity.team import Team, folded

FEWEST = 5
"""Figures are of at least so many teams, and no two of them differ by fewer."""

WHOLE = ""
"""Stands for the whole model where a category's id is expected."""

Attribute = Literal["domain", "size", "serving", "group"]
ATTRIBUTES: tuple[Attribute, ...] = ("domain", "size", "serving", "group")
"""What teams are compared by, in the order in which they are preferred."""


@dataclass(frozen=True)
class LowEnds:
    """What is compared of a submission, without the team."""

    tenths: Mapping[str, int]
    """The low end of each score by category id, and of the whole model."""
    ranged: bool
    """Whether open answers leave any of the scores a range."""


@dataclass(frozen=True)
class Peer:
    """What one other team submitted, without its name."""

    about: Mapping[Attribute, str]
    quarter: Quarter
    tenths: Mapping[str, int]
    """The low end of each score by category id, and of the whole model."""
    ranged: bool
    """Whether open answers leave any of its scores a range."""


@dataclass(frozen=True)
class Quartiles:
    """Three scores of a group of teams, in integer tenths."""

    lower: int
    median: int
    upper: int


@dataclass(frozen=True)
class Figures:
    """What a group of at least five teams comes to."""

    teams: int
    scores: Mapping[str, Quartiles]
    """By category id, and of the whole model."""
    ranged: int
    """Teams of which a score is the low end of a range."""
    earlier: int
    """Teams whose latest submission is from an earlier quarter."""
    oldest: Quarter


@dataclass(frozen=True)
class Choice:
    """Some attributes to compare by."""

    by: tuple[Attribute, ...]
    teams: int
    """Teams that have these attributes in common with the one compared."""
    offered: bool


class Place(StrEnum):
    """Where a team's score lies among those of others."""

    ABOVE = "above the middle half"
    WITHIN = "within the middle half"
    BELOW = "below the middle half"
    UNSURE = "open questions leave it unsure"


def about(team: Team, group: str = "") -> dict[Attribute, str]:
    """What a team said about itself, as it is compared.

    `group` is the id of the group on the first level that it is in.
    """
    said: dict[Attribute, str] = {
        "domain": folded(team.domain),
        "size": team.size,
        "serving": team.serving,
        "group": group,
    }
    return {attribute: value for attribute, value in said.items() if value}


def low_ends(overall: Score, categories: Mapping[str, Score]) -> LowEnds | None:
    """What is compared of a submission; None where not everything applies.

    A team without a score in a category would make the number of teams differ from
    category to category, and so give away who it is.
    """
    scores = {WHOLE: overall, **categories}
    lowest = {
        category: score.lowest.tenths
        for category, score in scores.items()
        if score.lowest is not None
    }
    if len(lowest) < len(scores):
        return None
    ranged = any(score.lowest != score.highest for score in scores.values())
    return LowEnds(lowest, ranged)


def quartiles(tenths: Collection[int]) -> Quartiles:
    """The nearest-rank quartiles: each is one of the scores, none is made up.

    The k-th quartile of n scores in order is the one at place k * n / 4, rounded up.
    With five scores or more, neither the lowest nor the highest is ever one of them.
    """
    if len(tenths) < FEWEST:
        raise ValueError(f"quartiles need at least {FEWEST} scores")
    ordered = sorted(tenths)
    lower, median, upper = (ordered[-(-k * len(ordered) // 4) - 1] for k in (1, 2, 3))
    return Quartiles(lower, median, upper)


def figures(peers: Sequence[Peer], quarter: Quarter) -> Figures:
    """The quartiles of at least five teams; `quarter` is the one compared."""
    return Figures(
        teams=len(peers),
        scores={
            category: quartiles([peer.tenths[category] for peer in peers])
            for category in peers[0].tenths
        },
        ranged=sum(peer.ranged for peer in peers),
        earlier=sum(peer.quarter != quarter for peer in peers),
        oldest=min(peer.quarter for peer in peers),
    )


def alike(
    peers: Iterable[Peer], about: Mapping[Attribute, str], by: Iterable[Attribute]
) -> list[Peer]:
    """The teams that have these attributes in common with the one compared."""
    wanted = {attribute: about[attribute] for attribute in by}
    return [peer for peer in peers if wanted.items() <= peer.about.items()]


def choices(
    peers: Sequence[Peer], about: Mapping[Attribute, str]
) -> tuple[Choice, ...]:
    """Every choice of the attributes that a team has said, and which are offered.

    All teams come first, then as many attributes as there are. A choice is offered
    where, with those offered before it, it cuts the teams into parts of none or at
    least five: no part of them can then be had by comparing two choices.
    """
    known = [attribute for attribute in ATTRIBUTES if attribute in about]
    found: list[Choice] = []
    offered: list[list[bool]] = []
    for size in (0, *range(len(known), 0, -1)):
        for by in combinations(known, size):
            wanted = {attribute: about[attribute] for attribute in by}
            chosen = [wanted.items() <= peer.about.items() for peer in peers]
            parts = Counter(zip(*offered, chosen, strict=True))
            safe = sum(chosen) >= FEWEST and min(parts.values()) >= FEWEST
            if safe:
                offered.append(chosen)
            found.append(Choice(by, sum(chosen), safe))
    return tuple(found)


def usual(choices: Sequence[Choice]) -> Choice:
    """The offered choice with the most attributes; all teams where none is."""
    return max(choices, key=lambda choice: choice.offered * len(choice.by))


def place(score: Score, among: Quartiles) -> Place | None:
    """Where a score surely lies; None where nothing is applicable."""
    if score.lowest is None or score.highest is None:
        return None
    if score.lowest.tenths > among.upper:
        return Place.ABOVE
    if score.highest.tenths < among.lower:
        return Place.BELOW
    if among.lower <= score.lowest.tenths and score.highest.tenths <= among.upper:
        return Place.WITHIN
    return Place.UNSURE
