"""A benchmark: figures of an organisation's teams that may leave it, and nothing else.

It holds quartiles of all teams and of teams of one size or one way of serving, no
names and no words that a person typed. Values of fewer than five teams are left out,
and with them what they could be worked out from; docs/benchmarks.md has the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from maturity.peers import FEWEST, WHOLE, Attribute, Peer, figures
from maturity.peers import Quartiles as Three
from maturity.practice import Id, Record
from maturity.quarter import Quarter
from maturity.team import SIZES

FORMAT = "mlops-maturity benchmark"
VERSION = 1
MOST_TEAMS = 1_000_000
MOST_TENTHS = 1000
LONGEST_EDITION = 60
NOT_SAID = "not-said"

Size = Literal["1-to-5", "6-to-15", "16-to-50", "over-50", "not-said"]
Serving = Literal["real-time", "batch", "both", "not-said"]
Split = Literal["size", "serving"]
SPLITS: tuple[Split, ...] = ("size", "serving")
"""The attributes with a fixed list of values; what a team works on is free text."""

SIZE_IDS: Mapping[str, Size] = dict(
    zip(SIZES[1:], ("1-to-5", "6-to-15", "16-to-50", "over-50"), strict=True)
)
SERVING_IDS: Mapping[str, Serving] = {
    "real-time": "real-time",
    "batch": "batch",
    "both": "both",
}
_VALUES: Mapping[Split, Sequence[str]] = {
    "size": (*SIZE_IDS.values(), NOT_SAID),
    "serving": (*SERVING_IDS.values(), NOT_SAID),
}

Tenths = Annotated[int, Field(ge=0, le=MOST_TENTHS)]


class Quartiles(Record):
    """Three scores by nearest rank, in integer tenths: 27 is 2.7."""

    lower: Tenths = Field(description="At place n/4, rounded up.")
    median: Tenths = Field(description="At place n/2, rounded up.")
    upper: Tenths = Field(description="At place 3n/4, rounded up.")


class Group(Record):
    """The figures of at least five teams."""

    teams: int = Field(ge=FEWEST, le=MOST_TEAMS, description="How many they are.")
    whole_model: Quartiles
    categories: dict[Id, Quartiles] = Field(
        min_length=1, description="Every category of the model, by its id."
    )


class Benchmark(Record):
    """What a benchmark file holds."""

    format: Literal["mlops-maturity benchmark"]
    version: Literal[1]
    model: Id = Field(description="The id of the maturity model.")
    edition: Annotated[
        str, StringConstraints(min_length=1, max_length=LONGEST_EDITION)
    ] = Field(description="Figures compare only within one edition.")
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of the definition where the file was made."
    )
    quarter: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-Q[1-4]$")] = Field(
        description="As in 2026-Q3; teams without a submission in it count with the "
        "latest of the four before."
    )
    demo: bool = Field(description="Whether the teams are invented.")
    ranges: bool = Field(
        description="Whether any score is the low end of a range, for open questions."
    )
    earlier: bool = Field(description="Whether any score is of an earlier quarter.")
    all: Group = Field(description="Every team.")
    size: dict[Size, Group] = Field(
        default={}, description="Teams by size, those that can be told."
    )
    serving: dict[Serving, Group] = Field(
        default={}, description="Teams by how predictions are made, likewise."
    )

    def groups(self, split: Split) -> Mapping[str, Group]:
        """The groups of an attribute by the value they have in common."""
        if split == "size":
            return {str(value): group for value, group in self.size.items()}
        return {str(value): group for value, group in self.serving.items()}


def value_of(about: Mapping[Attribute, str], split: Split) -> str:
    """What a team said of an attribute, as files say it."""
    ids: Mapping[str, str] = SIZE_IDS if split == "size" else SERVING_IDS
    return ids.get(about.get(split, ""), NOT_SAID)


def made(
    peers: Sequence[Peer],
    *,
    model: str,
    edition: str,
    hash: str,
    quarter: Quarter,
    demo: bool,
) -> Benchmark:
    """The benchmark of at least five teams; ValueError of fewer."""
    split: dict[Split, dict[str, Group]] = {}
    for attribute in SPLITS:
        by_value: dict[str, list[Peer]] = {value: [] for value in _VALUES[attribute]}
        for peer in peers:
            by_value[value_of(peer.about, attribute)].append(peer)
        told = published({value: len(found) for value, found in by_value.items()})
        split[attribute] = {value: _group(by_value[value], quarter) for value in told}
    return Benchmark.model_validate(
        {
            "format": FORMAT,
            "version": VERSION,
            "model": model,
            "edition": edition,
            "hash": hash,
            "quarter": str(quarter),
            "demo": demo,
            "ranges": any(peer.ranged for peer in peers),
            "earlier": any(peer.quarter != quarter for peer in peers),
            "all": _group(peers, quarter),
            **split,
        }
    )


def published(counts: Mapping[str, int]) -> list[str]:
    """The values whose figures may stand beside those of all teams, in their order.

    Values of fewer than five teams are left out. Where they come to fewer than five
    together, or where their sum can only be had with four in each, the smallest other
    values are left out as well: so that nothing of fewer than five teams is what all
    teams are more than those published, and nobody who knows this rule can tell how
    many teams a value left out has.
    """
    left = [value for value, teams in counts.items() if teams < FEWEST]
    total = sum(counts[value] for value in left)
    others = [value for value in counts if value not in left]
    bare = 0 < total < FEWEST or (total > 0 and total == (FEWEST - 1) * len(left))
    if bare and others:
        # All of the smallest, for one of several would be told by its place.
        smallest = min(counts[value] for value in others)
        others = [value for value in others if counts[value] > smallest]
    return others


def left_over(benchmark: Benchmark, split: Split) -> int:
    """How many teams all of them are more than those that are told apart."""
    told = sum(group.teams for group in benchmark.groups(split).values())
    return benchmark.all.teams - told


def quartiles(group: Group) -> dict[str, Three]:
    """A group's figures as those of one's own organisation are held."""
    three = {WHOLE: group.whole_model, **group.categories}
    return {
        category: Three(one.lower, one.median, one.upper)
        for category, one in three.items()
    }


def misfit(
    benchmark: Benchmark, edition: str, categories: Collection[str], most: int
) -> str:
    """Why a benchmark does not compare with an edition; "" where it does.

    `most` is the highest score of the model, in tenths.
    """
    if benchmark.edition != edition:
        return (
            f"The file is of edition {benchmark.edition}, and this is edition "
            f"{edition}. Two editions ask different things, so they are not compared."
        )
    if benchmark.all.categories.keys() != set(categories):
        return (
            "The categories in the file are not those of this edition, so it is of "
            "another model with the same id."
        )
    highest = max(one.upper for group in every(benchmark) for one in _threes(group))
    if highest > most:
        return (
            f"A score in the file is {highest} tenths, and the highest of this model "
            f"is {most}, so it is of another model with the same id."
        )
    return ""


def every(benchmark: Benchmark) -> list[Group]:
    """All groups of a benchmark, all teams first."""
    split = [group for one in SPLITS for group in benchmark.groups(one).values()]
    return [benchmark.all, *split]


def _threes(group: Group) -> Iterable[Quartiles]:
    return (group.whole_model, *group.categories.values())


def wrong(benchmark: Benchmark) -> list[str]:
    """What no honest file says, although every value in it is of the right kind."""
    found = []
    named = [("all", benchmark.all)]
    for split in SPLITS:
        groups = benchmark.groups(split)
        named += [(f"{split}.{value}", group) for value, group in groups.items()]
        over = left_over(benchmark, split)
        if over < 0:
            found.append(f"{split}: has {-over} more teams than all of them")
        elif 0 < over < FEWEST:
            found.append(
                f"{split}: leaves {over} of all teams over, which could be worked out; "
                f"files leave over none or at least {FEWEST}"
            )
    for place, group in named:
        if group.categories.keys() != benchmark.all.categories.keys():
            found.append(f"{place}.categories: are not the same as in all")
        three = {"whole_model": group.whole_model} | {
            f"categories.{category}": one for category, one in group.categories.items()
        }
        found += [
            f"{place}.{key}: lower, median and upper are not in order"
            for key, one in three.items()
            if not one.lower <= one.median <= one.upper
        ]
    return found


def _group(peers: Sequence[Peer], quarter: Quarter) -> Group:
    among = figures(peers, quarter)
    scores = {
        category: Quartiles(lower=one.lower, median=one.median, upper=one.upper)
        for category, one in among.scores.items()
    }
    return Group(teams=among.teams, whole_model=scores.pop(WHOLE), categories=scores)
