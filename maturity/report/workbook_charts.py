"""Native charts of the workbook, drawn from its cells in the colours of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any  # openpyxl gives no types to its charts

from openpyxl.chart import BarChart, LineChart, RadarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from maturity.charts.radar import FEWEST
from maturity.report.figures import Figures
from maturity.report.text import BEST, TARGET
from maturity.theme import Palette

SHORT = "In charts"
"""The column of names that are short enough to stand beside a chart."""
WIDE, HIGH = 19, 10.5
"""In centimetres."""
POINTS, LINE = 72 / 2.54, 15
"""Points: in a centimetre, and of a row that says nothing of its height."""


@dataclass(frozen=True)
class Quarters:
    """Where the sheet History holds what the trend draws."""

    rows: int
    editions: tuple[tuple[str, str], ...]
    """The column of each edition and what its line is called, the oldest first."""


class Charts:
    """What the charts of one workbook share."""

    def __init__(self, figures: Figures, colors: Palette) -> None:
        self.figures = figures
        self.colors = colors

    def shape(self, page: Worksheet, rows: int) -> Any:
        """The radar of the categories; bars where there are fewer than three."""
        if rows < FEWEST:
            return self.bars(page, rows)
        chart = RadarChart()
        chart.type = "marker"
        self._by_category(chart, page, rows)
        for series in chart.series:
            series.graphicalProperties.line.width = 28000
        return self._framed(chart, "Shape")

    def bars(self, page: Worksheet, rows: int) -> Any:
        """Each category beside the earlier quarter and its target."""
        chart = BarChart()
        chart.type, chart.gapWidth = "bar", 60
        self._by_category(chart, page, rows, targets=False)
        for series in chart.series:
            look = series.graphicalProperties
            look.solidFill = look.line.solidFill
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
        self._label(chart.series[0], "outEnd")
        return self._framed(chart, "Score by category")

    def trend(self, page: Worksheet, quarters: Quarters) -> Any:
        """The score of every quarter; gaps stay open, editions apart."""
        chart = LineChart()
        chart.display_blanks = "gap"
        known = self.figures.quarters
        for place, (column, name) in enumerate(reversed(quarters.editions)):
            token = "previous" if place else "current"
            self._series(chart, page, column, quarters.rows, name, token)
        self._label(chart.series[0], "t")
        if any(q.now and not q.now.settled for q in known):
            self._series(chart, page, "Highest", quarters.rows, BEST, "possible")
        if any(q.target is not None for q in known):
            self._series(chart, page, "Target at", quarters.rows, TARGET, "target")
        return self._framed(chart, "Score by quarter")

    def _by_category(
        self, chart: Any, page: Worksheet, rows: int, *, targets: bool = True
    ) -> None:
        shown = self.figures.categories
        quarter, before = self.figures.reading.quarter, self.figures.before
        self._series(chart, page, "Lowest", rows, quarter.label, "current")
        if before is not None:
            self._series(chart, page, before.label, rows, before.label, "previous")
        if any(c.now and not c.now.settled for c in shown):
            self._series(chart, page, "Highest", rows, BEST, "possible")
        if targets and any(c.target is not None for c in shown):
            self._series(chart, page, "Target at", rows, TARGET, "target")

    def _series(
        self,
        chart: Any,
        page: Worksheet,
        column: str,
        rows: int,
        name: str,
        token: str,
    ) -> None:
        place = next(cell.column for cell in page[1] if cell.value == column)
        values = Reference(page, min_col=place, min_row=2, max_row=rows + 1)
        series = Series(values, title=name)
        look = series.graphicalProperties
        color = self.colors.token(token).lstrip("#")
        look.line.solidFill = color
        series.smooth = False
        marks = {"current": "circle", "target": "dash"}
        series.marker.symbol = marks.get(token, "none")
        series.marker.graphicalProperties = GraphicalProperties(solidFill=color)
        if token in ("target", "possible"):
            look.line.dashStyle = "dash" if token == "target" else "sysDot"
        chart.series.append(series)
        names = 1 + (page.cell(1, 2).value == SHORT)
        named = Reference(page, min_col=names, min_row=2, max_row=rows + 1)
        chart.set_categories(named)

    @staticmethod
    def _label(series: Any, where: str) -> None:
        series.dLbls = DataLabelList(dLblPos=where, numFmt="0.0")
        series.dLbls.showVal = True
        for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
            setattr(series.dLbls, other, False)

    def _framed(self, chart: Any, title: str) -> Any:
        chart.title = title
        chart.width, chart.height = WIDE, HIGH
        chart.legend.position = "b"
        low, high = self.figures.scale.tenths
        axis = chart.y_axis
        axis.scaling.min, axis.scaling.max, axis.majorUnit = low / 10, high / 10, 1
        axis.number_format = "0"
        line = self.colors.token("line").lstrip("#")
        pale = LineProperties(solidFill=line)
        axis.majorGridlines.spPr = GraphicalProperties(ln=pale)
        chart.x_axis.delete = axis.delete = False
        return chart


def below(page: Worksheet, row: int) -> int:
    """The first row that is clear of a chart which begins in a row."""
    room = HIGH * POINTS + LINE
    while room > 0:
        room -= page.row_dimensions[row].height or LINE
        row += 1
    return row
