"""A benchmark holds figures of five teams or more, and nothing smaller can be had
from it."""

import json
from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from maturity import benchmark, peers
from maturity.benchmark import Benchmark
from maturity.peers import FEWEST, Peer
from maturity.quarter import Quarter
from maturity.team import SIZES
from tests.server import ROOT

NOW = Quarter(2026, 3)
SERVING = ("real-time", "batch", "both", "")


def peer(size="", serving="", tenths=10, quarter=NOW, ranged=False) -> Peer:
    said = {"domain": "a secret domain", "size": size, "serving": serving}
    about = {attribute: value for attribute, value in said.items() if value}
    return Peer(about, quarter, {"": tenths, "data": tenths + 1}, ranged)


def made(teams) -> Benchmark:
    return benchmark.made(
        teams, model="azure", edition="2025", hash="a" * 64, quarter=NOW, demo=False
    )


# What is published


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 5, "b": 6, "c": 0}, "ab"),
        ({"a": 4, "b": 6, "c": 7}, "c"),
        ({"a": 4, "b": 3, "c": 7}, "c"),
        ({"a": 4, "b": 4, "c": 7}, ""),
        ({"a": 1, "b": 6, "c": 6}, ""),
        ({"a": 1, "b": 6, "c": 9}, "c"),
        ({"a": 2, "b": 3, "c": 9}, "c"),
        ({"a": 0, "b": 0, "c": 9}, "c"),
        ({"a": 4, "b": 0, "c": 0}, ""),
    ],
)
def test_small_values_are_left_out_with_what_would_give_them_away(counts, told):
    assert "".join(benchmark.published(counts)) == told


@pytest.mark.parametrize("values", ["ab", "abc", "abcd"])
def test_no_count_below_five_can_be_worked_out_even_by_who_knows_the_rule(values):
    """Every organisation of up to ten teams a value is tried. Whoever sees a file
    knows the total, the values told apart and this rule; what is left is all the
    organisations that would give the same file. No value of one to four teams has the
    same number in all of them, and never are one to four teams left over."""
    alike = defaultdict(list)
    for counts in product(range(11), repeat=len(values)):
        told = benchmark.published(dict(zip(values, counts, strict=True)))
        seen = tuple(
            count if value in told else None
            for value, count in zip(values, counts, strict=True)
        )
        left_over = sum(counts) - sum(count for count in seen if count is not None)
        assert all(count is None or count >= FEWEST for count in seen)
        if told:
            assert left_over == 0 or left_over >= FEWEST
        if sum(counts) >= FEWEST:
            alike[(sum(counts), seen)].append(counts)

    # Above ten teams a value, organisations that would look alike were not tried.
    whole = {key: found for key, found in alike.items() if key[0] <= 10 + FEWEST}
    assert len(whole) > 5
    for (_, seen), found in whole.items():
        for place, count in enumerate(seen):
            possible = {counts[place] for counts in found}
            if count is None and possible != {0}:
                assert len(possible) > 1 or min(possible) >= FEWEST, (seen, found)


teams = st.lists(
    st.builds(
        peer,
        size=st.sampled_from(SIZES),
        serving=st.sampled_from(SERVING),
        tenths=st.integers(0, 39),
        ranged=st.booleans(),
    ),
    min_size=FEWEST,
    max_size=60,
)


@given(teams)
def test_a_file_tells_only_groups_of_five_and_what_they_leave_over_is_none_or_five(
    everyone,
):
    found = made(everyone)

    assert found.all.teams == len(everyone)
    assert benchmark.wrong(found) == []
    for split in benchmark.SPLITS:
        over = benchmark.left_over(found, split)
        assert over == 0 or over >= FEWEST
        for value, group in found.groups(split).items():
            members = [
                p for p in everyone if benchmark.value_of(p.about, split) == value
            ]
            assert group.teams == len(members) >= FEWEST
            assert benchmark.quartiles(group) == peers.figures(members, NOW).scores


@given(teams)
def test_a_file_holds_no_text_but_ids_and_the_edition(everyone):
    found = made(everyone).model_dump()
    known = {"azure", "2025", "a" * 64, "2026-Q3", benchmark.FORMAT}

    def texts(value) -> set[str]:
        if isinstance(value, dict):
            return set().union(*map(texts, value.values()))
        return {value} if isinstance(value, str) else set()

    assert texts(found) == known
    assert "secret" not in json.dumps(found)
    assert set(found["size"]) <= {*benchmark.SIZE_IDS.values(), "not-said"}
    assert set(found["serving"]) <= {*SERVING[:3], "not-said"}


def test_ranges_and_earlier_quarters_are_said_without_a_number():
    plain = made([peer() for _ in range(5)])
    mixed = made(
        [*(peer() for _ in range(5)), peer(quarter=NOW.shift(-1), ranged=True)]
    )

    assert (plain.ranges, plain.earlier) == (False, False)
    assert (mixed.ranges, mixed.earlier) == (True, True)


def test_fewer_than_five_teams_make_no_file():
    with pytest.raises(ValueError, match="at least 5"):
        made([peer() for _ in range(4)])


@given(teams)
def test_the_schema_is_that_of_the_files(everyone):
    text = (ROOT / "data" / "benchmark.schema.json").read_text("utf-8")
    schema = Draft202012Validator(json.loads(text))

    assert not list(schema.iter_errors(made(everyone).model_dump()))


# What it compares with


@pytest.mark.parametrize(
    ("edition", "categories", "most", "reason"),
    [
        ("2025", {"data"}, 40, ""),
        (
            "2026",
            {"data"},
            40,
            "The file is of edition 2025, and this is edition 2026.",
        ),
        ("2025", {"data", "people"}, 40, "The categories in the file are not those"),
        ("2025", {"data"}, 10, "A score in the file is 11 tenths, and the highest"),
    ],
)
def test_a_file_compares_only_with_its_own_edition(edition, categories, most, reason):
    found = made([peer() for _ in range(5)])

    told = benchmark.misfit(found, edition, categories, most)

    assert told.startswith(reason) if reason else told == ""
