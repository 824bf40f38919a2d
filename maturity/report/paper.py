"""What everything printed has in common: its head, its drawings and their legends.

All of it is data. The templates beside this module lay it out, and text never becomes
a part of them, so what people typed cannot be read as markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maturity import charts, words
from maturity.charts import Chart
from maturity.charts.readings import legend_of
from maturity.report.drawing import svg
from maturity.report.figures import Figures
from maturity.report.text import plain
from maturity.theme import Palette

Block = Mapping[str, object]
Cell = str | Mapping[str, str]

RADAR, BARS, TREND = "radar.svg", "bars.svg", "trend.svg"


@dataclass
class Paper:
    """The data of a template, and the drawings that it names."""

    data: dict[str, object]
    drawings: dict[str, str] = field(default_factory=dict)
    """SVG by file name."""
    charts: dict[str, Chart] = field(default_factory=dict)
    """What each drawing shows, for a file that draws it anew."""


def head(figures: Figures) -> dict[str, object]:
    """What stands on the first page of whatever is printed."""
    reading, told = figures.reading, figures.told
    return {
        "title": plain(figures.title),
        "team": plain(reading.team.name),
        "model": plain(reading.definition.model.name),
        "quarter": reading.quarter.label,
        "badges": [
            said
            for said, there in (
                ("Draft", reading.draft),
                ("Demo data", reading.team.demo),
            )
            if there
        ],
        "headline": plain(told.verdict.sentence),
        "tiles": _tiles(figures),
        "made": f"Made on {words.day(figures.made)}.",
        "date": [figures.made.year, figures.made.month, figures.made.day],
    }


def _tiles(figures: Figures) -> list[dict[str, str]]:
    """The four figures that everybody asks for, each with a few words."""
    model, score = figures.reading.definition.model, figures.reading.overall
    what = words.step_word(model)
    before = next((q for q in figures.quarters if q.quarter == figures.before), None)
    target = figures.reading.targets.of()
    return [
        {
            "label": (what if words.one_level(score) else f"{what} range").capitalize(),
            "value": words.level(score),
            "note": plain(words.level_name(model, score)),
        },
        {
            "label": "Score",
            "value": words.tenths(score),
            "note": f"{before.now.score} in {before.quarter.label}"
            if before and before.now
            else "",
        },
        {
            "label": "Target",
            "value": plain(words.level_number(model, target.level))
            if target
            else "Not set",
            "note": f"by {target.by.label}" if target and target.by else "",
        },
        {
            "label": "Answered",
            "value": f"{score.answered} of {score.asked}",
            "note": words.openness(score) or "practices that decide",
        },
    ]


def shape(
    paper: Paper, figures: Figures, colors: Palette, width: int, height: int = 370
) -> Block:
    """The radar, or bars where there are fewer than three spokes."""
    rows, quarter = figures.categories, figures.reading.quarter
    place = (rows, figures.scale, quarter, figures.before)
    radar = charts.radar(*place, height=height, width=width)
    name, drawn = (RADAR, radar) if radar else (BARS, charts.bars(*place))
    return drawing(paper, name, drawn, width, colors, legend(figures))


def drawing(
    paper: Paper,
    name: str,
    chart: Chart,
    width: int,
    colors: Palette,
    named: Mapping[str, str],
) -> Block:
    """A block with a drawing, which is kept under its name."""
    paper.drawings[name] = svg(chart, width, colors)
    paper.charts[name] = chart
    return {
        "kind": "drawing",
        "file": name,
        "alt": plain(chart.alt),
        "legend": [{"token": token, "text": text} for token, text in named.items()],
    }


def legend(figures: Figures) -> dict[str, str]:
    """What the drawn series of the categories are, by token."""
    return legend_of(figures.categories, figures.reading.quarter, figures.before)
