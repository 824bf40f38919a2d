"""Charts: what is in the drawing, not how its pixels fall."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laid_out import texts

from maturity import charts
from maturity.charts import (
    TOKENS,
    CategoryScore,
    Chart,
    Dot,
    LevelCount,
    PeerScore,
    QuarterColumn,
    QuarterScore,
    Scale,
    Span,
    Stride,
    Strip,
    TeamScore,
)
from maturity.charts.base import NONE
from maturity.charts.slope import APART, spread
from maturity.mark import Mark
from maturity.quarter import Quarter
from maturity.report.drawing import svg
from maturity.theme import palette

FIVE_LEVELS = Scale(0, 4)
FROM_ONE = Scale(1, 5)
NOW, BEFORE = Quarter(2026, 3), Quarter(2026, 2)


def span(lowest: int, highest: int | None = None) -> Span:
    """27 is 2.7 at level 2; with a second score, a range."""
    low = Mark(lowest // 10, lowest)
    high = low if highest is None else Mark(highest // 10, highest)
    return Span(low, high)


def category(
    name: str,
    now: Span | None,
    before: Span | None = None,
    target: int | None = None,
) -> CategoryScore:
    return CategoryScore(name, name, now, before, target)


SETTLED = (
    category("People", span(30), span(24), 3),
    category("Creation", span(30), span(22), 3),
    category("Release", span(23), span(14), 3),
    category("Integration", span(25), span(20), 3),
)
OPEN = (
    category("People", span(12, 27), span(10), 3),
    category("Creation", span(30), span(11, 22), 2),
    category("Release", span(0, 23), None, 3),
    category("Technology", None, None, 3),
)
ONES = (
    category("Strategy", span(10), span(10)),
    category("Modeling", span(50), span(41)),
    category("Processes", span(31), span(33), 4),
)


def quarters(
    *scores: Span | None, target: int | None = None
) -> tuple[QuarterScore, ...]:
    """One a quarter up to Q3 2026; the first of them begins the list."""
    first = NOW.shift(1 - len(scores))
    return tuple(
        QuarterScore(first.shift(i), score, "2025", target)
        for i, score in enumerate(scores)
    )


CLIMB = quarters(span(8), span(12), span(15), span(20), span(27), target=3)
BROKEN = (
    QuarterScore(Quarter(2025, 1), span(8), "2024", None),
    QuarterScore(Quarter(2025, 2), span(12), "2024", 2),
    # No assessment in Q3.
    QuarterScore(Quarter(2025, 4), span(15), "2024", 2),
    QuarterScore(Quarter(2026, 1), span(12, 27), "2024", 3),
    QuarterScore(Quarter(2026, 2), span(20), "2024", 3),
    QuarterScore(Quarter(2026, 3), span(21), "2026", 3),
)
NAMES = (("People", "People"), ("Model creation", "Creation"))
COLUMNS = (
    QuarterColumn(Quarter(2026, 1), "2025", (span(8), span(24))),
    QuarterColumn(Quarter(2026, 3), "2026", (span(25), span(6, 17))),
)

DRAWN: dict[str, Chart | None] = {
    "radar": charts.radar(SETTLED, FIVE_LEVELS, NOW, BEFORE),
    "radar with ranges": charts.radar(OPEN, FIVE_LEVELS, NOW, BEFORE),
    "radar from level 1": charts.radar(ONES, FROM_ONE, NOW, BEFORE),
    "radar alone": charts.radar(SETTLED, FIVE_LEVELS, NOW),
    "bars": charts.bars(SETTLED, FIVE_LEVELS, NOW, BEFORE),
    "bars with ranges": charts.bars(OPEN, FIVE_LEVELS, NOW, BEFORE),
    "bars from level 1": charts.bars(ONES, FROM_ONE, NOW),
    "bars of nothing": charts.bars(OPEN[3:], FIVE_LEVELS, NOW),
    "track": charts.track(FIVE_LEVELS, span(27), met=7, asked=10, target=3),
    "track with a range": charts.track(FIVE_LEVELS, span(12, 27), met=1, asked=9),
    "track at the top": charts.track(FROM_ONE, span(50)),
    "track of nothing": charts.track(FIVE_LEVELS, None, target=3),
    "trend": charts.trend(CLIMB, FIVE_LEVELS),
    "trend with breaks": charts.trend(BROKEN, FIVE_LEVELS),
    "trend of one quarter": charts.trend(CLIMB[-1:], FIVE_LEVELS),
    "trend of one range": charts.trend(quarters(span(0, 23)), FIVE_LEVELS),
    "trend of nothing": charts.trend(quarters(None), FIVE_LEVELS),
    "trend from level 1": charts.trend(quarters(span(10), span(50)), FROM_ONE),
    "heatmap": charts.heatmap(COLUMNS, NAMES, FIVE_LEVELS),
    "heatmap of one quarter": charts.heatmap(COLUMNS[:1], NAMES, FIVE_LEVELS),
    "slope": charts.slope(SETTLED, FIVE_LEVELS, NOW, BEFORE),
    "slope with ranges": charts.slope(OPEN, FIVE_LEVELS, NOW, BEFORE),
    "slope from level 1": charts.slope(ONES, FROM_ONE, NOW, BEFORE),
}
MOVED = (
    Stride("New edition", -4),
    Stride("Not applicable", 0),
    Stride("Newly answered", 2),
    Stride("Improved", 12),
    Stride("Worsened or open again", -3),
)
DRAWN |= {
    "bridge": charts.bridge(14, MOVED, FIVE_LEVELS, NOW, BEFORE),
    "bridge without a step": charts.bridge(10, (), FROM_ONE, NOW, BEFORE),
    "bridge of two steps": charts.bridge(
        14, (MOVED[0], MOVED[4]), FIVE_LEVELS, NOW, BEFORE
    ),
}
AMONG = (
    PeerScore("Whole model", "Whole model", span(27), 12, 20, 24, "above"),
    PeerScore("People", "People", span(12, 27), 20, 20, 20, "unsure"),
    PeerScore("Technology", "Technology", None, 0, 10, 33, "not applicable"),
)
DRAWN |= {
    "peers": charts.peers(AMONG, FIVE_LEVELS, "Above; 12 comparable teams"),
    "peers of nothing": charts.peers(AMONG[2:], FIVE_LEVELS, "Nothing applies"),
}
THREE = (("People", "People"), ("Model creation", "Creation"), ("Overall", "Overall"))
ORGANISATION = (
    TeamScore("Search", "+1.5", "moved up by 1.5", 1, span(27), (span(27),) * 3),
    TeamScore("Fraud", "?", "not certain", 0, span(12, 27), (span(12, 27),) * 3),
    TeamScore("Pricing", "new", "first assessment", 0, None, (None,) * 3),
    TeamScore("Gone", "", "not assessed", 0, None, (None,) * 3, assessed=False),
)
BY_LEVEL = (
    LevelCount(BEFORE, "2024", (3, 0, 1, 0, 0), unsure=0, absent=2),
    LevelCount(NOW, "2026", (0, 2, 1, 0, 1), unsure=2, absent=0),
)
BANDS = ("None", "Some", "More", "Much", "All")
BANDED = Scale(0, 4, (0, 0, 10, 20, 30), 70)
DRAWN |= {
    "teams": charts.teams(ORGANISATION, THREE, FIVE_LEVELS, "since Q2"),
    "teams of one": charts.teams(ORGANISATION[3:], THREE, FIVE_LEVELS, "since Q2"),
    "levels": charts.levels(BY_LEVEL, FIVE_LEVELS, (), "3 of 4 at Level 2"),
    "levels of bands": charts.levels(BY_LEVEL[1:], BANDED, BANDS, "3 of 4 in More"),
}
VOTED = (
    Strip(
        "Release",
        4,
        (
            Dot("Ana", 0, "By hand."),
            Dot("Bo", 3, "By itself."),
            Dot("Cy", 3, "By itself."),
            Dot("Dee", None, "Not applicable to this team"),
        ),
        "applies or not",
        agreed=3,
        agreed_said="By itself.",
    ),
    Strip("Checks", 3, (Dot("Ana", 1, "Some."),), "1 vote", agreed=3, agreed_said="No"),
)
DRAWN |= {
    "spread": charts.spread(VOTED, "Votes on 2 practices: 1 contested"),
    "spread without an agreed answer": charts.spread(
        (replace(VOTED[0], dots=VOTED[0].dots[:2], agreed=None, agreed_said=""),),
        "Votes on 1 practice",
    ),
    "spread of many": charts.spread(
        (Strip("Release", 2, (Dot("Ana", 1, "By itself."),) * 30, "same answer"),),
        "Votes on 1 practice",
    ),
}
every_chart = pytest.mark.parametrize("name", DRAWN)


def layers(chart: Chart | None, mark: str, **wanted: object) -> list[list[dict]]:
    """The rows of each layer with such a mark, in drawing order."""
    assert chart is not None
    found = []
    for layer in chart.spec["layer"]:
        look = layer["mark"]
        if look["type"] == mark and all(look.get(k) == v for k, v in wanted.items()):
            found.append(chart.spec["datasets"][layer["data"]["name"]])
    return found


def rows(chart: Chart | None, mark: str, token: str, **wanted: object) -> list[dict]:
    """The rows of the layers with such a mark and token."""
    return [
        row
        for layer in layers(chart, mark, **wanted)
        for row in layer
        if row.get("token") == token
    ]


# Every chart


@every_chart
def test_a_chart_can_be_sent_to_a_browser(name):
    assert json.loads(json.dumps(DRAWN[name].spec)) == DRAWN[name].spec


@every_chart
def test_a_chart_brings_the_look_of_its_axes(name):
    config = DRAWN[name].spec["config"]
    assert config["axis"]["labelColor"] == {"expr": "scale('color', 'muted')"}
    assert config["axis"]["labelLimit"] == 240


@every_chart
def test_colours_are_tokens_in_the_order_of_the_theme(name):
    for layer in DRAWN[name].spec["layer"][1:]:
        channels = layer["encoding"]
        colour = channels.get("color") or channels.get("fill") or channels["stroke"]
        if colour["field"] == "token":
            assert colour["scale"] == {"domain": list(TOKENS)}
            data = DRAWN[name].spec["datasets"][layer["data"]["name"]]
            assert {row["token"] for row in data} <= set(TOKENS)


def test_no_colour_is_written_in_the_code_of_charts():
    for path in Path(charts.__file__).parent.glob("*.py"):
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(", path.read_text("utf-8"))


@every_chart
def test_one_layer_speaks_and_every_mark_in_it_has_a_sentence(name):
    spec = DRAWN[name].spec
    speaking = [layer for layer in spec["layer"] if layer["mark"].get("aria")]
    assert len(speaking) == 1
    assert speaking[0]["encoding"]["description"]["field"] == "desc"
    assert all(row["desc"] for row in spec["datasets"][speaking[0]["data"]["name"]])
    assert spec["config"]["mark"] == {"aria": False}


@every_chart
def test_the_first_layer_is_the_table_beside_the_chart(name):
    chart = DRAWN[name]
    first = chart.spec["layer"][0]
    assert chart.spec["datasets"][first["data"]["name"]] == chart.table
    assert first["mark"]["opacity"] == 0
    assert all(isinstance(v, str) for row in chart.table for v in row.values())


@every_chart
def test_the_sentence_for_those_who_cannot_see_it_is_short(name):
    assert 0 < len(DRAWN[name].alt) <= 100


SCORES = {
    *(10, 11, 12, 14, 15, 17, 20, 21, 22, 23, 24, 25, 27, 30, 31, 33, 41, 50),
    *(0, 6, 7, 8),
}


@every_chart
def test_every_number_with_a_point_is_a_score_that_was_given(name):
    texts = json.dumps([*DRAWN[name].spec["datasets"].values()], ensure_ascii=False)
    said = re.findall(r"[\" ,]([0-9]+\.[0-9]+)(?=[\" ,\\])", _only_texts(texts))
    given_scores = {f"{t // 10}.{t % 10}" for t in SCORES}
    changes = {row["Change"][1:] for row in DRAWN[name].table if "Change" in row}
    assert set(said) <= given_scores | changes


def _only_texts(data: str) -> str:
    """The data without bare numbers: those are places, not words."""
    return " ".join(re.findall(r"\"[^\"]*\"", data))


@every_chart
def test_what_a_mark_looks_up_is_in_every_row_that_it_draws(name):
    for layer in DRAWN[name].spec["layer"]:
        looked_up = set(re.findall(r"datum\.(\w+)", json.dumps(layer["mark"])))
        rows = DRAWN[name].spec["datasets"][layer["data"]["name"]]
        assert all(looked_up <= row.keys() for row in rows)


@every_chart
def test_no_text_in_a_chart_formats_a_number(name):
    for layer in DRAWN[name].spec["layer"]:
        for channel in ("text", "tooltip", "description"):
            fields = layer["encoding"].get(channel, []) if "encoding" in layer else []
            for field in fields if isinstance(fields, list) else [fields]:
                assert field["type"] == "nominal"
                assert "format" not in field


def test_the_same_figures_are_drawn_from_a_cache():
    assert hash(SETTLED) == hash(tuple(SETTLED))
    assert len({CLIMB, CLIMB[:], COLUMNS, FIVE_LEVELS, Scale(0, 4)}) == 3


# Radar


def outlines(chart: Chart | None, token: str) -> list[list[dict]]:
    return [
        layer
        for layer in layers(chart, "line", filled=None)
        if layer[0]["token"] == token
    ]


def test_the_first_spoke_of_the_radar_points_up_and_the_rest_go_clockwise():
    (now,) = outlines(DRAWN["radar"], "current")
    assert (now[0]["x"], now[0]["y"]) == (0, 0.75)
    assert now[1]["x"] == 0.75
    assert now[2]["y"] < 0
    assert now[3]["x"] < 0


@pytest.mark.parametrize("token", ["current", "previous", "target"])
def test_the_radar_closes_every_outline(token):
    for line in outlines(DRAWN["radar"], token):
        assert (line[0]["x"], line[0]["y"]) == (line[-1]["x"], line[-1]["y"])
        assert len(line) == len(SETTLED) + 1


def test_the_radar_leaves_off_a_category_where_nothing_applies():
    names = {row["name"] for row in rows(DRAWN["radar with ranges"], "text", "ink")}
    assert names == {"People", "Creation", "Release"}


def test_there_is_no_radar_of_two_categories():
    assert charts.radar(SETTLED[:2], FIVE_LEVELS, NOW) is None
    assert charts.radar(OPEN[1:], FIVE_LEVELS, NOW) is None


def test_the_radar_shows_open_answers_as_what_is_still_possible():
    highest, lowest = outlines(DRAWN["radar with ranges"], "current")
    assert (highest[0]["y"], lowest[0]["y"]) == (0.675, 0.3)
    labels = rows(DRAWN["radar with ranges"], "text", "ink")
    assert [row["now"] for row in labels] == ["1.2 to 2.7", "3.0", "0.0 to 2.3"]


def test_the_radar_draws_no_point_for_an_earlier_range_but_its_stroke():
    chart = DRAWN["radar with ranges"]
    (earlier,) = outlines(chart, "previous")
    assert earlier[1]["x"] is None
    (stroke,) = rows(chart, "rule", "previous")
    assert stroke["x2"] == pytest.approx(stroke["x"] * 22 / 11, abs=0.001)


def test_the_radar_of_a_model_that_starts_at_1_has_its_centre_there():
    chart = DRAWN["radar from level 1"]
    (now,) = outlines(chart, "current")
    assert (now[0]["x"], now[0]["y"]) == (0, 0)
    assert {row["text"] for row in rows(chart, "text", "muted") if "text" in row} == {
        *"234"
    }


# Bars


def test_a_bar_reaches_from_the_lowest_level_to_the_score():
    bars = rows(DRAWN["bars from level 1"], "bar", "current")
    assert [(row["from"], row["to"]) for row in bars] == [(10, 10), (10, 50), (10, 31)]


def test_what_is_possible_follows_the_bar_and_is_paler():
    possible = rows(DRAWN["bars with ranges"], "bar", "current", opacity=0.45)
    assert [(r["name"], r["from"], r["to"]) for r in possible] == [
        ("People", 12, 27),
        ("Release", 0, 23),
    ]


def test_bars_keep_a_row_for_a_category_where_nothing_applies():
    chart = DRAWN["bars with ranges"]
    (row,) = rows(chart, "text", "muted")
    assert (row["name"], row["now"]) == ("Technology", "Not applicable")
    diamonds = rows(chart, "point", "target")
    assert "Technology" not in {diamond["name"] for diamond in diamonds}


def test_an_earlier_range_has_a_tick_at_both_ends():
    ticks = rows(DRAWN["bars with ranges"], "tick", "previous")
    assert [t["from"] for t in ticks if t["name"] == "Creation"] == [11, 22]


def test_without_target_none_is_drawn_or_named():
    bare = [category("A", span(10)), category("B", span(20))]
    chart = charts.bars(bare, FIVE_LEVELS, NOW)
    assert not rows(chart, "point", "target")
    assert "Target" not in chart.table[0]
    assert charts.drawn(bare) == ["current"]
    assert charts.drawn(OPEN) == ["current", "possible", "previous", "target"]


# Track


def test_the_track_fills_the_levels_reached_and_the_share_of_the_next():
    full, part = (
        rows(DRAWN["track"], "bar", "current", opacity=opacity) for opacity in (1, 0.45)
    )
    assert [int(row["from"]) for row in full] == [0, 1, 2]
    assert part == [{"from": 3.01, "to": 3.696, "token": "current"}]


def test_the_track_shows_a_range_as_levels_that_are_possible():
    possible = rows(DRAWN["track with a range"], "bar", "current", opacity=0.45)
    assert possible == [{"from": 2.01, "to": 2.99, "token": "current"}]
    assert DRAWN["track with a range"].alt == "Level 1 to 2"
    standings = [row["Standing"] for row in DRAWN["track with a range"].table]
    assert standings == ["Reached"] * 2 + ["Possible"] + ["Not reached"] * 2


def test_nothing_is_filled_where_nothing_applies():
    assert not rows(DRAWN["track of nothing"], "bar", "current", opacity=1)
    assert DRAWN["track of nothing"].alt == "Not applicable, target Level 3"


def test_the_top_of_a_model_that_starts_at_1_fills_the_whole_track():
    full = rows(DRAWN["track at the top"], "bar", "current", opacity=1)
    assert len(full) == 5
    labels = layers(DRAWN["track at the top"], "text")[0]
    assert [row["text"] for row in labels] == [*"12345"]


# Trend


def parts(chart: Chart | None) -> list[set[str]]:
    """The quarters that a line joins, piece by piece."""
    (line,) = layers(chart, "line")
    numbers = sorted({row["part"] for row in line})
    return [{r["quarter"] for r in line if r["part"] == number} for number in numbers]


def test_the_trend_joins_quarters_that_follow_each_other():
    assert [len(part) for part in parts(DRAWN["trend"])] == [5]


def test_the_trend_breaks_at_a_gap_a_range_and_a_new_edition():
    assert parts(DRAWN["trend with breaks"]) == [
        {"Q1 2025", "Q2 2025"},
        {"Q4 2025"},
        {"Q2 2026"},
        {"Q3 2026"},
    ]


def test_the_trend_keeps_room_for_a_quarter_without_assessment():
    chart = DRAWN["trend with breaks"]
    (line,) = (x for x in chart.spec["layer"] if x["mark"]["type"] == "line")
    assert "Q3 2025" in line["encoding"]["x"]["scale"]["domain"]
    assert chart.table[2] == {
        "Quarter": "Q3 2025",
        "Level": "Not assessed",
        "Score": "\N{EN DASH}",
        "Target": "\N{EN DASH}",
        "Edition": "\N{EN DASH}",
    }


def test_the_trend_draws_a_range_as_a_bar_between_its_ends():
    (bar,) = rows(DRAWN["trend with breaks"], "bar", "current", opacity=0.45)
    assert (bar["quarter"], bar["from"], bar["to"]) == ("Q1 2026", 12, 27)


def test_the_columns_of_the_trend_reach_up_to_the_level():
    columns = rows(DRAWN["trend"], "bar", "current", opacity=0.16)
    assert [row["to"] for row in columns] == [10, 10, 20, 20]


def test_the_trend_draws_the_target_that_was_in_force():
    runs = rows(DRAWN["trend with breaks"], "rule", "target")
    assert [(r["quarter"], r["until"], r["from"]) for r in runs] == [
        ("Q2 2025", "Q2 2025", 20),
        ("Q4 2025", "Q4 2025", 20),
        ("Q1 2026", "Q3 2026", 30),
    ]


def test_a_new_edition_is_marked_before_its_first_quarter():
    (rule,) = rows(DRAWN["trend with breaks"], "rule", "muted")
    assert (rule["quarter"], rule["text"]) == ("Q3 2026", "New edition")
    assert not rows(DRAWN["trend"], "rule", "muted")


def test_a_number_keeps_clear_of_the_line_of_the_target():
    above, below = -15, 15
    numbers = rows(DRAWN["trend"], "text", "ink")
    assert [row["dy"] for row in numbers] == [above, above, above, above, below]


# Heatmap


def test_the_heatmap_has_a_cell_for_every_category_and_quarter():
    chart = DRAWN["heatmap"]
    (cells,) = layers(chart, "rect", aria=True)
    assert {(c["quarter"], c["name"]): c["score"] for c in cells} == {
        ("Q1 2026", "People"): "0.8",
        ("Q1 2026", "Creation"): "2.4",
        ("Q2 2026", "People"): "Not assessed",
        ("Q2 2026", "Creation"): "Not assessed",
        ("Q3 2026", "People"): "2.5",
        ("Q3 2026", "Creation"): "0.6 to 1.7",
    }


def test_one_category_in_one_quarter_is_said_in_the_singular():
    columns = [QuarterColumn(Quarter(2026, 1), "2025", (span(6, 17),))]
    heatmap = charts.heatmap(columns, NAMES[:1], FIVE_LEVELS)
    bars = charts.bars(SETTLED[:1], FIVE_LEVELS, NOW)

    assert heatmap.alt == ("1 category over 1 quarter, in Q1 2026 People 0.6 to 1.7")
    assert bars.alt.startswith(f"Bars of 1 category, {SETTLED[0].short_name} ")


def test_categories_with_one_score_are_not_given_two_ends():
    same = [replace(category, now=span(20)) for category in SETTLED[:3]]
    columns = [QuarterColumn(Quarter(2026, 1), "2025", (span(20), span(20)))]
    heatmap = charts.heatmap(columns, NAMES, FIVE_LEVELS)

    assert charts.bars(same, FIVE_LEVELS, NOW).alt == "Bars of 3 categories, all at 2.0"
    assert heatmap.alt == "2 categories over 1 quarter, in Q1 2026 all at 2.0"


def test_the_heatmap_shades_settled_scores_alone():
    shaded = [
        row
        for layer in layers(DRAWN["heatmap"], "rect")
        for row in layer
        if "value" in row
    ]
    assert {row["value"] for row in shaded} == {8, 24, 25}


def test_the_text_of_a_cell_turns_just_above_three_fifths_of_the_scale():
    cells = layers(DRAWN["heatmap"], "text")[-2]
    assert {row["score"]: row["token"] for row in cells} == {
        "0.8": "on-low",
        "2.4": "on-low",
        "2.5": "on-high",
    }


# Slope


def test_the_slope_lifts_out_the_biggest_riser_and_says_what_fell():
    categories = (
        category("A", span(24), span(20)),
        category("B", span(23), span(14)),
        category("C", span(11), span(13)),
    )
    points = layers(charts.slope(categories, FIVE_LEVELS, NOW, BEFORE), "line")[0]
    assert {row["name"]: row["token"] for row in points} == {
        "A": "previous",
        "B": "current",
        "C": "down",
    }


def test_nothing_is_lifted_out_where_nothing_rose():
    categories = (category("A", span(20), span(20)), category("B", span(9), span(14)))
    chart = charts.slope(categories, FIVE_LEVELS, NOW, BEFORE)
    points = layers(chart, "point", filled=True)[0]
    assert {row["token"] for row in points} == {"previous", "down"}


def test_up_and_down_are_said_only_where_ranges_do_not_overlap():
    categories = (
        category("A", span(12, 27), span(10)),
        category("B", span(15, 27), span(10, 20)),
        category("C", span(5, 8), span(10, 20)),
        category("D", span(10), span(10)),
        category("E", span(10)),
    )
    chart = charts.slope(categories, FIVE_LEVELS, NOW, BEFORE)
    assert [row["Change"] for row in chart.table] == [
        "Up",
        "Unsure",
        "Down",
        "As before",
        "In one quarter only",
    ]
    assert chart.alt == (
        "Categories from Q2 2026 to Q3 2026: "
        "1 up, 1 down, 1 as before, 1 unsure, 1 in one quarter only"
    )


def test_a_change_is_the_difference_of_the_scores_that_are_shown():
    table = DRAWN["slope from level 1"].table
    assert [row["Change"] for row in table] == [
        "As before",
        "+0.9",
        "\N{MINUS SIGN}0.2",
    ]


@given(st.lists(st.integers(60, 300), max_size=13))
def test_labels_of_the_slope_stay_apart_in_order_and_inside(wanted):
    places = spread(sorted(wanted), 54, 314)
    assert len(places) == len(wanted)
    assert all(b - a >= APART - 1e-6 for a, b in pairwise(places))
    assert all(54 <= place <= 314 for place in places)


def test_a_label_that_has_room_stays_where_it_belongs():
    assert spread([60, 100, 200], 54, 314) == [60, 100, 200]


def test_labels_that_would_overlap_share_the_way():
    assert spread([100, 100, 200], 54, 314) == [91, 109, 200]


# Words


def test_a_span_reads_as_everywhere_else():
    assert (span(27).score, span(27).level) == ("2.7", "Level 2")
    assert (span(12, 27).score, span(12, 27).level) == ("1.2 to 2.7", "Level 1 to 2")
    assert span(12, 19).level == "Level 1"


def test_the_finding_names_the_lowest_and_the_highest_category():
    assert DRAWN["bars"].alt == "Bars of 4 categories, from Release 2.3 to People 3.0"
    assert DRAWN["bars with ranges"].alt == (
        "Bars of 3 categories, from Release 0.0 to Creation 3.0, 2 as a range"
    )
    assert DRAWN["bars of nothing"].alt == "Bars of no category with a score"


# Bridge


def test_every_step_of_the_bridge_begins_where_the_one_before_ended():
    (steps,) = layers(DRAWN["bridge"], "bar")
    ends = [(step["name"], step["from"], step["to"]) for step in steps]
    assert ends == [
        ("Q2 2026", 0, 14),
        ("New edition", 14, 10),
        ("Not applicable", 10, 10),
        ("Newly answered", 10, 12),
        ("Improved", 12, 24),
        ("Worsened or open again", 24, 21),
        ("Q3 2026", 0, 21),
    ]


def test_the_way_of_a_step_is_said_by_sign_arrow_and_colour():
    (steps,) = layers(DRAWN["bridge"], "bar")
    assert [(step["text"], step["token"]) for step in steps] == [
        ("1.4", "previous"),
        ("↓ \N{MINUS SIGN}0.4", "down"),
        ("0.0", "muted"),
        ("↑ +0.2", "up"),
        ("↑ +1.2", "up"),
        ("↓ \N{MINUS SIGN}0.3", "down"),
        ("2.1", "current"),
    ]


def test_a_step_without_effect_is_still_seen():
    (still,) = layers(DRAWN["bridge"], "rule", strokeWidth=2)
    assert [row["name"] for row in still] == ["Not applicable"]
    assert not layers(DRAWN["bridge of two steps"], "rule", strokeWidth=2)


def test_the_bridge_shows_the_levels_around_its_scores():
    def ends(name: str) -> list[int]:
        bars = DRAWN[name].spec["layer"][2]
        assert bars["mark"]["type"] == "bar"
        return bars["encoding"]["x"]["scale"]["domain"]

    assert ends("bridge") == [0, 30]
    assert ends("bridge without a step") == [10, 20]


def test_the_bridge_says_its_finding_in_one_sentence():
    assert DRAWN["bridge"].alt == (
        "From 1.4 in Q2 2026 to 2.1 in Q3 2026, most by Improved +1.2"
    )
    assert DRAWN["bridge of two steps"].alt == (
        "From 1.4 in Q2 2026 to 0.7 in Q3 2026: New edition \N{MINUS SIGN}0.4, "
        "Worsened or open again \N{MINUS SIGN}0.3"
    )
    assert DRAWN["bridge without a step"].alt == (
        "From 1.0 in Q2 2026 to 1.0 in Q3 2026"
    )


# Spread


def test_every_person_is_a_dot_and_two_on_one_rung_stand_side_by_side():
    (dots,) = [
        rows
        for rows in layers(DRAWN["spread"], "point", size=120)
        if rows[0]["token"] == "current"
    ]

    assert [(dot["at"], dot["shift"]) for dot in dots] == [
        *((0, 0), (3, -6.5), (3, 6.5), (4, 0), (1, 0)),
    ]
    assert dots[0]["tip"] == "Ana: By hand."


def test_many_on_one_rung_stay_on_it():
    (dots, *_) = layers(DRAWN["spread of many"], "point", size=120)

    assert {dot["at"] for dot in dots} == {1}
    assert (dots[0]["shift"], dots[-1]["shift"]) == pytest.approx((-13, 13))


def test_the_agreed_rung_is_marked_and_not_applicable_in_its_own_column():
    (ticks,) = layers(DRAWN["spread"], "tick")

    assert [tick["at"] for tick in ticks] == [3, 4]
    assert layers(DRAWN["spread without an agreed answer"], "tick") == []


def test_the_table_of_the_spread_names_every_vote_and_what_was_agreed():
    chart = DRAWN["spread"]

    assert chart.table[0]["Votes"].startswith("Ana: By hand.; Bo: By itself.")
    assert chart.table[0]["Agreed"] == "By itself."
    assert DRAWN["spread without an agreed answer"].table[0]["Agreed"] == NONE


# Peers


def test_the_middle_half_is_a_band_and_the_median_a_tick_on_it():
    bands = rows(DRAWN["peers"], "bar", "line")
    medians = rows(DRAWN["peers"], "tick", "muted")

    assert [(band["from"], band["to"]) for band in bands] == [
        *((12, 24), (20, 20), (0, 33)),
    ]
    assert [median["from"] for median in medians] == [20, 20, 10]


def test_the_team_is_a_dot_and_its_range_both_ends_and_a_line_between():
    chart = DRAWN["peers"]
    dots = rows(chart, "point", "current")

    assert [(dot["name"], dot["from"]) for dot in dots] == [
        *(("Whole model", 27), ("People", 12), ("People", 27)),
    ]
    assert [(r["from"], r["to"]) for r in rows(chart, "rule", "current")] == [(12, 27)]
    assert rows(DRAWN["peers of nothing"], "point", "current") == []


def test_the_peers_say_each_category_with_its_place_and_the_middle_half():
    spoken = [row["desc"] for row in layers(DRAWN["peers"], "text")[0]]

    assert spoken[0] == (
        "Whole model: 2.7, above. The middle half of the others is 1.2 to 2.4, "
        "the median 2.0"
    )
    assert DRAWN["peers"].table[2] == {
        "Category": "Technology",
        "This team": "Not applicable",
        "Lower quartile": "0.0",
        "Median": "1.0",
        "Upper quartile": "3.3",
        "Place": "not applicable",
    }


# Teams


def test_each_team_has_its_number_its_range_or_a_hatched_row():
    chart = DRAWN["teams"]
    columns = ["1 Overall", "2 People", "3 Creation", "4 Overall"]
    assert {row["column"] for row in rows(chart, "text", "up")} == {"0 Change"}
    assert [row["score"] for row in layers(chart, "rect")[0]] == ["2.7"] * 4
    assert [row["column"] for row in layers(chart, "rect")[0]] == columns
    assert {row["team"] for row in rows(chart, "text", "ink")} == {"Fraud"}
    hatched = layers(chart, "rule")
    assert len(hatched) == 5
    assert {row["team"] for layer in hatched for row in layer} == {"Gone"}
    assert [row["Whole model"] for row in chart.table] == [
        *("2.7", "1.2 to 2.7", "Not applicable", "Not assessed"),
    ]
    assert chart.alt == "4 teams, 1 up and 0 down since Q2, 1 not assessed"


def test_teams_stay_in_the_order_given_whatever_their_scores():
    for teams in (ORGANISATION, ORGANISATION[::-1]):
        chart = charts.teams(teams, THREE, FIVE_LEVELS, "since Q2")
        domains = {
            tuple(layer["encoding"]["y"]["scale"]["domain"])
            for layer in chart.spec["layer"][1:]
        }
        assert domains == {tuple(team.name for team in teams)}


def test_levels_stack_up_to_the_number_of_teams_with_the_unknown_on_top():
    chart = DRAWN["levels"]
    known, unknown, *_ = layers(chart, "bar")
    parts = known + unknown
    now = [(r["from"], r["to"], r["wide"]) for r in parts if r["quarter"] == NOW.label]
    assert now == [
        (0, 2, "L1 · 2"),
        (2, 3, "L2 · 1"),
        (3, 4, "L4 · 1"),
        (4, 6, "? · 2"),
    ]
    assert all("level" in row for row in known)
    assert not any("level" in row for row in unknown)
    assert chart.table[0] == {
        **{"Quarter": "Q2 2026", "Level 0": "3", "Level 1": "0", "Level 2": "1"},
        **{"Level 3": "0", "Level 4": "0", "More than one possible": "0"},
        "Not assessed": "2",
    }
    assert layers(chart, "rule")  # between two editions


def test_bands_are_named_by_the_score_that_they_begin_above():
    parts = layers(DRAWN["levels of bands"], "bar")[0]
    assert [row["wide"] for row in parts] == [">0 · 2", ">1 · 1", ">3 · 1"]
    assert [row["name"] for row in parts] == ["Some", "More", "All"]


ENDS = {
    "ranges under the target": quarters(
        *[span(0, 3)] * 6, *[span(2, 16)] * 5, span(6, 26), target=3
    ),
    "a target set last": (
        *quarters(*[span(0, 5)] * 11, span(0, 15))[:-1],
        QuarterScore(NOW, span(5, 25), "2025", 3),
    ),
    "a point under a target set last": (
        *quarters(*[span(5)] * 11, span(15))[:-1],
        QuarterScore(NOW, span(25), "2025", 3),
    ),
    "two ranges": quarters(span(0, 5), span(5, 35), target=4),
}


@pytest.mark.parametrize("width", [300, 360, 480, 640, 816])
@pytest.mark.parametrize("case", ENDS)
def test_no_text_of_a_trend_covers_another_or_is_cut(case, width):
    drawn = charts.trend(ENDS[case], Scale(0, 3 if width < 400 else 4), height=190)

    room, found = texts(svg(drawn, width, palette("light")))

    assert [(a.said, b.said) for a, b in combinations(found, 2) if a.covers(b)] == []
    assert [t for t in found if t.left < 0 or t.right > room] == []
    assert "Target" in {text.said for text in found}
