"""Every chart of Results and Progress as a picture that stands alone, SVG and PNG.

On screen the title, the legend and the team stand around a chart. Here they are a part
of the picture, and the sentence for those who cannot see it is inside the SVG.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from maturity import bridge_words, charts, movement_words, words
from maturity.bridge import bridge
from maturity.charts import Chart, Span, Stride
from maturity.charts.readings import (
    category_columns,
    legend_of,
    progress,
    scale_of,
)
from maturity.report.brand import Brand
from maturity.report.drawing import FONT, alone, png, svg
from maturity.report.figures import Figures
from maturity.report.letters import lines_of, wide
from maturity.report.text import plain
from maturity.theme import Palette

WIDTH = 880
"""Pixels of a picture; a PNG has twice as many."""
EDGE = 32
TITLE, SMALL = 22, 14
"""Pixels: the height of the letters."""
MARK = 12


@dataclass(frozen=True)
class Picture:
    """A chart with what is said around it."""

    name: str
    """Of its files, without the ending."""
    title: str
    where: str
    chart: Chart
    legend: Mapping[str, str] = field(default_factory=dict)
    """What each series is, by its token."""


def archive(figures: Figures, brand: Brand) -> bytes:
    """All pictures in a .zip file, each as SVG and as PNG."""
    written = BytesIO()
    made = (figures.made.year, figures.made.month, figures.made.day, 0, 0, 0)
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for number, picture in enumerate(pictures(figures), start=1):
            drawn = framed(picture, brand.colors)
            for ending, data in (("svg", drawn.encode()), ("png", png(drawn))):
                entry = ZipInfo(f"{number}-{picture.name}.{ending}", made)
                entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
                file.writestr(entry, data)
    return written.getvalue()


def pictures(figures: Figures) -> Iterator[Picture]:
    """Those that there is something to show in, in the order of the screens."""
    reading, scale = figures.reading, figures.scale
    score = reading.overall
    place = (figures.categories, scale, reading.quarter, figures.before)
    where = _where(figures)
    legend = legend_of(figures.categories, reading.quarter, figures.before)
    if score.lowest is not None:
        met, asked = progress(reading)
        target = reading.targets.of()
        aim = target.level if target else None
        drawn = charts.track(scale, Span.of(score), met=met, asked=asked, target=aim)
        title = f"{words.level(score)}, score {words.tenths(score)}"
        yield Picture("level", title, where, drawn)
    shape = charts.radar(*place)
    if shape is not None:
        title = f"Where the score reaches on every category, {reading.quarter.label}"
        yield Picture("shape", title, where, shape, legend)
    bars = charts.bars(*place)
    yield Picture("categories", figures.categories_title, where, bars, legend)
    trend = charts.trend(figures.quarters, scale)
    yield Picture(
        "quarters", movement_words.trend_title(figures.readings), where, trend
    )
    columns, names = category_columns(figures.readings)
    cells = charts.heatmap(columns, names, scale)
    yield Picture("categories-by-quarter", "Category by quarter", where, cells)
    yield from _movement(figures, where)


def _movement(figures: Figures, where: str) -> Iterator[Picture]:
    """What changed since the quarter before, where there is one."""
    if len(figures.readings) < 2:
        return
    before, reading = figures.readings[-2:]
    scale = scale_of(reading)
    if figures.before is not None:
        place = (figures.categories, scale, reading.quarter, before.quarter)
        spanned = movement_words.between(before, reading)
        title = f"{movement_words.slope_title(before, reading)}, {spanned}"
        yield Picture("two-quarters", title, where, charts.slope(*place))
    found = bridge(before, reading)
    if found is not None:
        strides = tuple(Stride(bridge_words.label(p), p.tenths) for p in found.parts)
        drawn = charts.bridge(
            found.start, strides, scale, reading.quarter, before.quarter
        )
        title = f"Why it moved. {bridge_words.title(found)}"
        yield Picture("why-it-moved", title, where, drawn)


def _where(figures: Figures) -> str:
    reading = figures.reading
    said = [figures.title]
    said += ["Draft"] if reading.draft else []
    said += ["Demo data"] if reading.team.demo else []
    return " · ".join(said)


def framed(picture: Picture, colors: Palette) -> str:
    """The picture as an SVG of its own, on white."""
    room = WIDTH - 2 * EDGE
    parts: list[str] = []
    y = EDGE
    for line in lines_of(picture.title, TITLE, room, bold=True):
        y += TITLE
        parts.append(_text(EDGE, y, line, TITLE, colors.token("ink"), bold=True))
        y += 6
    for line in lines_of(picture.where, SMALL, room):
        y += SMALL
        parts.append(_text(EDGE, y, line, SMALL, colors.token("muted")))
        y += 6
    if picture.legend:
        parts += _legend(picture.legend, y + 12, colors)
        y += 12 + SMALL
    inner = alone(svg(picture.chart, room, colors))
    parts.append(inner.replace("<svg ", f'<svg x="{EDGE}" y="{y + 20}" ', 1))
    height = round(y + 20 + _height(inner) + EDGE)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc" '
        f'font-family="{FONT}, sans-serif">'
        f'<title id="title">{escape(plain(picture.title))}</title>'
        f'<desc id="desc">{escape(plain(picture.chart.alt))}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="{colors.page}"/>'
        f"{''.join(parts)}</svg>"
    )


def _height(drawn: str) -> float:
    found = re.search(r'<svg[^>]* height="([\d.]+)"', drawn)
    if found is None:
        raise ValueError("the drawing does not say how high it is")
    return float(found[1])


def _legend(named: Mapping[str, str], y: int, colors: Palette) -> Iterator[str]:
    """A mark and a name for each series, in a row."""
    x: float = EDGE
    for token, name in named.items():
        yield (
            f'<rect x="{x:.0f}" y="{y + 1}" width="{MARK}" height="{MARK}" rx="3" '
            f'fill="{colors.token(token)}"/>'
        )
        x += MARK + 8
        yield _text(round(x), y + SMALL - 2, name, SMALL, colors.token("muted"))
        x += wide(name, SMALL) + 24


def _text(
    x: int, y: int, said: str, size: int, color: str, *, bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{color}"{weight}>'
        f"{escape(said)}</text>"
    )
