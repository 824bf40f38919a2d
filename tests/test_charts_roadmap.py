"""The plan in pictures: what is drawn, what is said, and what the tables hold."""

from datetime import date

import altair as alt
import pytest

from maturity import charts
from maturity.charts import Outlook, PlannedStep, Scale, Span
from maturity.charts.roadmap import STATUSES
from maturity.mark import Mark
from maturity.quarter import Quarter

TODAY = date(2026, 11, 24)
NOW = Quarter(2026, 4)
STEPS = [
    PlannedStep("Data checks", Quarter(2026, 2), Quarter(2026, 3), "Late", "Ana"),
    PlannedStep("Rollback", NOW, Quarter(2027, 2), "Doing"),
]


def span(low, high=None):
    high = low if high is None else high
    return Span(Mark(low // 10, low), Mark(high // 10, high))


OUTLOOK = [
    Outlook(Quarter(2026, 2), span(4), None),
    Outlook(Quarter(2026, 3), span(6, 12), None),
    Outlook(NOW, None, span(10)),
    Outlook(Quarter(2027, 1), None, span(21)),
]


def rows(chart, layer):
    """The rows of a layer, of a dataset by name or its own."""
    data = layer["data"]
    return data["values"] if "values" in data else chart.spec["datasets"][data["name"]]


def values(chart):
    return [row for layer in chart.spec["layer"] for row in rows(chart, layer)]


def lines(chart):
    """The rows of each line."""
    kinds = [(layer["mark"].get("type"), layer) for layer in chart.spec["layer"]]
    return [rows(chart, layer) for kind, layer in kinds if kind == "line"]


def test_the_timeline_reaches_from_the_first_step_to_the_last_date():
    chart = charts.timeline(STEPS, TODAY)

    bars = {v["text"]: v for v in values(chart) if "to" in v and "status" in v}
    assert (bars["Data checks"]["from"], bars["Data checks"]["to"]) == (0, 2)
    assert (bars["Rollback"]["from"], bars["Rollback"]["to"]) == (2, 5)
    assert chart.alt == "2 planned steps, due from Q3 2026 to Q2 2027"


def test_a_steps_colour_is_its_status_and_words_say_it_too():
    chart = charts.timeline(STEPS, TODAY)

    drawn = [v for v in values(chart) if "desc" in v and v["token"] != "ink"]
    said = {v["text"]: v for v in drawn}
    assert said["Data checks"]["token"] == STATUSES["Late"]
    assert said["Data checks"]["desc"] == "Data checks: late, due Q3 2026, Ana"
    assert chart.table[1] == {
        "Step": "Rollback",
        "Status": "Doing",
        "Due": "Q2 2027",
        "Owner": "\N{EN DASH}",
    }


def test_today_stands_inside_its_quarter():
    (today, *_) = [v for v in values(charts.timeline(STEPS, TODAY)) if v.get("y") == 0]

    assert 2 < today["from"] < 3


def test_a_name_in_the_right_half_ends_with_its_bar():
    late = PlannedStep("Far off", Quarter(2027, 4), Quarter(2027, 4), "Planned")

    bars = {v["text"]: v for v in values(charts.timeline([late], TODAY)) if "text" in v}

    assert bars["Far off"]["align"] == "right"


def test_the_outlook_joins_what_was_to_what_is_planned():
    chart = charts.outlook(OUTLOOK, Scale(0, 4))

    assert chart.alt == "Score 0.6 to 1.2 in Q3 2026, 2.1 planned for Q1 2027"
    assert [row["Score by the plan"] for row in chart.table] == [
        "\N{EN DASH}",
        "\N{EN DASH}",
        "1.0",
        "2.1",
    ]
    assert [[v["quarter"] for v in line] for line in lines(chart)] == [
        ["Q3 2026", "Q4 2026", "Q1 2027"],
        ["Q2 2026", "Q3 2026"],
    ]


def test_the_outlook_prints_both_ends_of_a_range():
    chart = charts.outlook(OUTLOOK, Scale(0, 4))
    printed = {
        row[layer["encoding"]["text"]["field"]]
        for layer in chart.spec["layer"]
        if "text" in layer.get("encoding", {})
        for row in rows(chart, layer)
    }

    assert {"0.4", "0.6", "1.2", "1.0", "2.1"} <= printed


def test_a_real_quarter_within_the_plan_does_not_begin_the_planned_line():
    both = [Outlook(NOW, span(8), span(10)), Outlook(NOW.shift(1), None, span(20))]

    chart = charts.outlook(both, Scale(0, 4))

    assert [v["to"] for v in lines(chart)[0]] == [10, 20]


@pytest.mark.parametrize(
    "known", [OUTLOOK[:2], OUTLOOK[2:], [Outlook(NOW, None, None)]]
)
def test_what_is_not_known_is_not_drawn(known):
    chart = charts.outlook(known, Scale(0, 4))

    alt.LayerChart.from_dict(chart.spec)
    assert len(chart.table) == len(known)
