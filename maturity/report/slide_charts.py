"""Charts of the slides, PowerPoint's own, drawn from figures that can be edited.

Values are the low ends of the scores, as on screen; what open questions may still
bring is a series beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any  # python-pptx gives no types to what it makes

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from maturity.charts.inputs import Span
from maturity.charts.radar import FEWEST
from maturity.report.figures import Figures
from maturity.report.slide_parts import FONT, Box, inches, rgb
from maturity.report.text import BEST, TARGET, plain
from maturity.theme import Palette

BARS = XL_CHART_TYPE.BAR_CLUSTERED
LINES = XL_CHART_TYPE.LINE_MARKERS
RADAR = XL_CHART_TYPE.RADAR_MARKERS
SCORE = "Score"
OUTSIDE = 0.15
"""Of a radar's scale: what is added outside, and what no number is printed in."""


class Charts:
    """What the charts of one deck share."""

    def __init__(self, figures: Figures, colors: Palette) -> None:
        self.figures = figures
        self.colors = colors

    def shape(self, slide: Any, box: Box) -> None:
        """The radar of the categories; bars where there are fewer than three."""
        scored = sum(c.now is not None for c in self.figures.categories)
        kind = RADAR if scored >= FEWEST else BARS
        data = self._by_category(targets=kind == RADAR)
        self._draw(slide, kind, data, box, "Score by category")

    def bars(self, slide: Any, box: Box) -> None:
        """Each category beside the earlier quarter; the table has the targets."""
        data = self._by_category(targets=False)  # as bars they would look reached
        self._draw(slide, BARS, data, box, "Score by category")

    def trend(self, slide: Any, box: Box) -> None:
        """The quarters without a gap; scores of two editions are two lines."""
        known = {q.quarter: q for q in self.figures.quarters}
        first, last = min(known), max(known)
        every = [first.shift(ahead) for ahead in range(last - first + 1)]
        quarters = [known.get(quarter) for quarter in every]
        data = CategoryChartData(number_format="0.0")
        data.categories = [quarter.label for quarter in every]
        editions = list(dict.fromkeys(q.edition for q in known.values()))
        for edition in reversed(editions):
            name = SCORE if len(editions) == 1 else f"{SCORE}, edition {edition}"
            values = [
                _value(q.now) if q and q.edition == edition else None for q in quarters
            ]
            data.add_series(name, values)
        if any(q and q.now and not q.now.settled for q in quarters):
            data.add_series(BEST, [_best(q.now) if q else None for q in quarters])
        targets = [self._at(q.target) if q else None for q in quarters]
        if any(target is not None for target in targets):
            data.add_series(TARGET, targets)
        self._draw(slide, LINES, data, box, "Score by quarter")

    def _by_category(self, *, targets: bool = True) -> Any:
        data = CategoryChartData(number_format="0.0")
        shown = [c for c in self.figures.categories if c.now]
        data.categories = [plain(c.short_name) for c in shown]
        data.add_series(
            self.figures.reading.quarter.label, [_value(c.now) for c in shown]
        )
        if self.figures.before:
            data.add_series(
                self.figures.before.label, [_value(c.before) for c in shown]
            )
        if any(c.now and not c.now.settled for c in shown):
            data.add_series(BEST, [_best(c.now) for c in shown])
        aims = [self._at(c.target) for c in shown]
        if targets and any(aim is not None for aim in aims):
            data.add_series(TARGET, aims)
        return data

    def _at(self, level: int | None) -> float | None:
        return None if level is None else self.figures.scale.at(level) / 10

    def _draw(
        self, slide: Any, kind: XL_CHART_TYPE, data: Any, box: Box, alt: str
    ) -> None:
        frame = slide.shapes.add_chart(kind, *inches(box), data)
        said = f"{alt}: {self.figures.told.verdict.sentence}"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(said))
        chart = frame.chart
        chart.font.size, chart.font.name = Pt(14), FONT
        chart.font.color.rgb = rgb(self.colors.token("muted"))
        chart.has_title = False
        chart.has_legend = True
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        self._axes(chart, kind)
        series = zip(chart.plots[0].series, _tokens(data), strict=True)
        for one, token in series:
            if kind == BARS:
                one.format.fill.solid()
                one.format.fill.fore_color.rgb = rgb(self.colors.token(token))
            else:
                self._line(one, token)
            if token == "current":
                self._label(one, kind)
                if kind == RADAR:
                    self._bare_centre(one)

    def _axes(self, chart: Any, kind: XL_CHART_TYPE) -> None:
        """The whole scale, so that a small difference looks small."""
        low, high = self.figures.scale.tenths
        axis, labels = chart.value_axis, chart.value_axis.tick_labels
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = low / 10, high / 10, 1
        if kind == RADAR:  # room for the numbers between the last ring and the names
            # Less than a unit, or it would be a ring of its own.
            axis.maximum_scale = high / 10 + min(0.5, OUTSIDE * (high - low) / 10)
        axis.major_gridlines.format.line.color.rgb = rgb(self.colors.token("line"))
        axis.format.line.fill.background()
        labels.number_format, labels.number_format_is_linked = "0", False
        if kind == BARS:
            chart.category_axis.reverse_order = True
            # The library's own setter is of the other axis alone.
            axis._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM

    def _line(self, series: Any, token: str) -> None:
        color, current = rgb(self.colors.token(token)), token == "current"
        series.format.line.color.rgb = color
        series.format.line.width = Pt(3 if current else 2)
        series.smooth = False
        mark = XL_MARKER_STYLE.CIRCLE if current else XL_MARKER_STYLE.NONE
        if not current and _alone(series.values):  # no line joins it to another
            mark, series.marker.size = XL_MARKER_STYLE.DASH, 12
        series.marker.style = mark
        if mark != XL_MARKER_STYLE.NONE:
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = color
            series.marker.format.line.fill.background()
        if token in ("target", "possible"):
            dash = MSO_LINE.DASH if token == "target" else MSO_LINE.ROUND_DOT
            series.format.line.dash_style = dash

    def _label(self, series: Any, kind: XL_CHART_TYPE) -> None:
        labels = series.data_labels
        labels.show_value = True
        if kind == LINES:
            labels.position = XL_LABEL_POSITION.ABOVE
        labels.number_format, labels.number_format_is_linked = "0.0", False
        labels.font.size, labels.font.bold = Pt(14), True
        labels.font.color.rgb = rgb(self.colors.token("ink"))

    def _bare_centre(self, series: Any) -> None:
        """No number in the middle of a radar, where several would lie on each other."""
        low, high = self.figures.scale.tenths
        for at, value in enumerate(series.values):
            if value * 10 <= low + OUTSIDE * (high - low):
                label = series.points[at].data_label._get_or_add_dLbl()
                for part in list(label)[1:]:
                    label.remove(part)
                label.append(label.makeelement(qn("c:delete"), {"val": "1"}))


def _alone(values: Sequence[float | None]) -> bool:
    """Whether a value has none beside it."""
    padded = (None, *values, None)
    return any(
        value is not None and before is None and after is None
        for before, value, after in zip(padded, values, padded[2:], strict=False)
    )


def _tokens(data: Any) -> Iterator[str]:
    for number, series in enumerate(data):
        if series.name in (TARGET, BEST):
            yield {TARGET: "target", BEST: "possible"}[series.name]
        else:
            yield "previous" if number else "current"


def _value(span: Span | None) -> float | None:
    return None if span is None else span.lowest.tenths / 10


def _best(span: Span | None) -> float | None:
    return None if span is None else span.highest.tenths / 10
