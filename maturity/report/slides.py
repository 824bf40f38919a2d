"""The story as slides for PowerPoint: real text boxes and charts that can be edited.

Values in the charts are the low ends of the scores, as on screen; where a score is a
range, the table beside the bars says both ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any  # python-pptx gives no types to what it makes

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length, Pt

from maturity import words
from maturity.charts.inputs import Span
from maturity.report.brand import Brand
from maturity.report.drawing import as_png
from maturity.report.figures import Figures
from maturity.report.text import plain
from maturity.story import Hold, Slide
from maturity.theme import Palette

WIDE, HIGH = Inches(13.333), Inches(7.5)
Box = tuple[float, float, float, float]
"""Left, top, width and height, in inches."""
OVER: Box = (0.7, 0.35, 11.93, 0.4)
LOGO: Box = (9.63, 0.25, 3.0, 0.5)
TITLE: Box = (0.7, 0.75, 11.93, 1.2)
BODY: Box = (0.7, 2.1, 11.93, 4.75)
LEFT_HALF: Box = (0.7, 2.1, 5.3, 4.75)
RIGHT_HALF: Box = (6.2, 2.1, 6.4, 4.75)
CHART: Box = (0.7, 2.1, 7.2, 4.75)
TABLE: Box = (8.1, 2.1, 4.53, 0.42)
NOTES: Box = (0.7, 1.75, 11.93, 5.1)
FOOT: Box = (0.7, 6.95, 10.5, 0.35)
NUMBER: Box = (11.6, 6.95, 1.03, 0.35)
CARD = 3.82
"""The width of one of three cards, in inches."""
TITLE_ONLY = 5
FONT = "Calibri"
"""On every machine that has an office program, unlike the font of the screen."""
BARS = XL_CHART_TYPE.BAR_CLUSTERED
LINES = XL_CHART_TYPE.LINE_MARKERS
RADAR = XL_CHART_TYPE.RADAR_MARKERS
SCORE, TARGET, BEST = "Score", "Target", "At best, with open questions"
FEWEST = 3
"""Fewer spokes make a line, not a shape."""


def deck(figures: Figures, brand: Brand) -> bytes:
    """Six slides as a .pptx file."""
    return _Deck(figures, brand).written()


class _Deck:
    """One presentation while it is written."""

    def __init__(self, figures: Figures, brand: Brand) -> None:
        self.figures = figures
        self.colors: Palette = brand.colors
        self.logo = brand.logo and as_png(brand.logo)
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = WIDE, HIGH
        self._master()

    def written(self) -> bytes:
        told = self.figures.told
        self._where(self._slide(told.where))
        self._far(self._slide(told.far))
        self._categories(
            self._slide(Slide("By category", self.figures.categories_title))
        )
        self._back(self._slide(told.back))
        self._ask(self._slide(told.ask), told.ask)
        self._notes(self._slide(Slide("How sure this is", "Where it comes from")))
        self.file.core_properties.title = plain(self.figures.title)
        self.file.core_properties.author = ""
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()

    # The master

    def _master(self) -> None:
        """One layout, the theme's colours and font, and no layout that is not used."""
        layouts = self.file.slide_layouts
        kept = layouts[TITLE_ONLY]
        for layout in list(layouts):
            if layout is not kept:
                layouts.remove(layout)
        master = self.file.slide_master
        for place in (master, kept):
            for shape in list(place.placeholders):
                if shape.placeholder_format.idx == 0:
                    shape.left, shape.top, shape.width, shape.height = _inches(TITLE)
                elif place is kept or shape.placeholder_format.idx in (10, 11, 12):
                    shape._element.getparent().remove(shape._element)
        part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        part._blob = self._theme(part.blob.decode()).encode()

    def _theme(self, xml: str) -> str:
        """The theme with this product's colours and font."""
        tokens = ("current", "previous", "target", "up", "down", "muted")
        for number, token in enumerate(tokens, start=1):
            color = self.colors.token(token).lstrip("#")
            xml = re.sub(
                rf"(<a:accent{number}>).*?(</a:accent{number}>)",
                rf'\g<1><a:srgbClr val="{color}"/>\g<2>',
                xml,
                flags=re.DOTALL,
            )
        return re.sub(r'(<a:latin typeface=")[^"]*(")', rf"\g<1>{FONT}\g<2>", xml)

    # Slides

    def _slide(self, told: Slide) -> Any:
        """A slide with its place in the story, its finding as the title, and a foot."""
        slide = self.file.slides.add_slide(self.file.slide_layouts[0])
        title = slide.shapes.title
        title.text_frame.word_wrap = True
        title.text_frame.margin_left = title.text_frame.margin_right = 0
        title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        title.text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        size = 30 if len(told.headline) <= 90 else 26
        self._write(title.text_frame, [told.headline], size, "ink", bold=True)
        self._box(slide, [told.over], OVER, 16, bold=True, token="current")
        if self.logo:
            self._logo(slide, self.logo)
        self._box(slide, [self.figures.title], FOOT, 12, token="muted")
        number = self._box(slide, [""], NUMBER, 12, token="muted")
        _field(number.paragraphs[0])
        return slide

    def _logo(self, slide: Any, logo: bytes) -> None:
        """In the corner, as high as there is room for, and never wider than that."""
        left, top, width, height = _inches(LOGO)
        picture = slide.shapes.add_picture(BytesIO(logo), left, top, height=height)
        if picture.width > width:
            picture.height = Emu(picture.height * width // picture.width)
            picture.width = width
        picture.left = Emu(left + width - picture.width)
        picture._element.nvPicPr.cNvPr.set("descr", "Logo")

    def _where(self, slide: Any) -> None:
        self._box(slide, self.figures.told.where.facts, LEFT_HALF, 20)
        if sum(c.now is not None for c in self.figures.categories) >= FEWEST:
            kind = RADAR
        else:
            kind = BARS
        self._chart(slide, kind, self._by_category(), RIGHT_HALF, "Score by category")

    def _far(self, slide: Any) -> None:
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
        self._chart(slide, LINES, data, BODY, "Score by quarter")

    def _categories(self, slide: Any) -> None:
        data = self._by_category(targets=False)
        self._chart(slide, BARS, data, CHART, "Score by category")
        model = self.figures.reading.definition.model
        rows = [("Category", "Score", "Before", "Target")]
        for c in self.figures.categories:
            now = c.now.score if c.now else "Not applicable"
            then = c.before.score if c.before else ""
            aim = "" if c.target is None else words.level_number(model, c.target)
            rows.append((c.name, now, then, aim))
        self._table(slide, rows, TABLE)

    def _back(self, slide: Any) -> None:
        holds = self.figures.told.holds
        for place, hold in enumerate(holds):
            left = 0.7 + place * (CARD + 0.235)
            self._card(slide, hold, (left, 2.1, CARD, 4.6))

    def _card(self, slide: Any, hold: Hold, box: Box) -> None:
        card = slide.shapes.add_textbox(*_inches(box))
        card.line.color.rgb = _rgb(self.colors.token("line"))
        frame = card.text_frame
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        lines = [
            (hold.name, 20, "ink", True),
            (f"Now: {hold.now}", 16, "muted", False),
            (f"Next: {hold.wanted}", 16, "ink", False),
            (hold.planned, 16, "current", True),
        ]
        for number, (text, size, token, bold) in enumerate(lines):
            paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
            paragraph.space_after = Pt(8)
            paragraph.alignment = PP_ALIGN.LEFT
            self._run(paragraph, text, size, token, bold=bold)

    def _ask(self, slide: Any, told: Slide) -> None:
        numbered = [f"{n}. {fact}" for n, fact in enumerate(told.facts, start=1)]
        self._box(slide, numbered, BODY, 22)

    def _notes(self, slide: Any) -> None:
        made = f"Made on {words.day(self.figures.made)}."
        self._box(slide, [*self.figures.notes, made], NOTES, 15)

    # Charts

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

    def _chart(
        self, slide: Any, kind: XL_CHART_TYPE, data: Any, box: Box, alt: str
    ) -> None:
        frame = slide.shapes.add_chart(kind, *_inches(box), data)
        said = f"{alt}: {self.figures.told.verdict.sentence}"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(said))
        chart = frame.chart
        chart.font.size, chart.font.name = Pt(14), FONT
        chart.font.color.rgb = _rgb(self.colors.token("muted"))
        chart.has_title = False
        chart.has_legend = True
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        low, high = self.figures.scale.tenths
        axis = chart.value_axis
        axis.minimum_scale, axis.maximum_scale, axis.major_unit = low / 10, high / 10, 1
        axis.major_gridlines.format.line.color.rgb = _rgb(self.colors.token("line"))
        axis.format.line.fill.background()
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = (
            "0",
            False,
        )
        bars = kind == BARS
        if bars:
            chart.category_axis.reverse_order = True
            chart.category_axis.crosses = XL_AXIS_CROSSES.MAXIMUM
        for series, token in zip(
            chart.plots[0].series, self._tokens(data), strict=True
        ):
            color = _rgb(self.colors.token(token))
            if bars:
                series.format.fill.solid()
                series.format.fill.fore_color.rgb = color
            else:
                series.format.line.color.rgb = color
                series.format.line.width = Pt(3 if token == "current" else 2)
                series.smooth = False
                series.marker.style = (
                    XL_MARKER_STYLE.CIRCLE
                    if token == "current"
                    else XL_MARKER_STYLE.NONE
                )
                if token == "current":
                    series.marker.format.fill.solid()
                    series.marker.format.fill.fore_color.rgb = color
                if token in ("target", "possible"):
                    dash = MSO_LINE.DASH if token == "target" else MSO_LINE.ROUND_DOT
                    series.format.line.dash_style = dash
            if token == "current":
                series.data_labels.show_value = True
                if kind == LINES:
                    series.data_labels.position = XL_LABEL_POSITION.ABOVE
                series.data_labels.number_format = "0.0"
                series.data_labels.number_format_is_linked = False
                series.data_labels.font.size = Pt(14)
                series.data_labels.font.bold = True
                series.data_labels.font.color.rgb = _rgb(self.colors.token("ink"))

    @staticmethod
    def _tokens(data: Any) -> Iterator[str]:
        for number, series in enumerate(data):
            if series.name in (TARGET, BEST):
                yield {TARGET: "target", BEST: "possible"}[series.name]
            else:
                yield "previous" if number else "current"

    # Text

    def _table(self, slide: Any, rows: Sequence[tuple[str, ...]], box: Box) -> None:
        left, top, width, height = _inches(box)
        shape = slide.shapes.add_table(
            len(rows), len(rows[0]), left, top, width, height * len(rows)
        )
        table = shape.table
        shape._element.graphic.graphicData.tbl.tblPr.set("bandRow", "0")
        parts = (0.37, 0.23, 0.18, 0.22)
        for column, part in zip(table.columns, parts, strict=True):
            column.width = Emu(int(width * part))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                cell = table.cell(y, x)
                cell.fill.background()
                cell.margin_left = cell.margin_right = Inches(0.05)
                self._write(
                    cell.text_frame, [text], 12, "muted" if not y else "ink", bold=not y
                )

    def _box(
        self,
        slide: Any,
        lines: Sequence[str],
        box: Box,
        size: int,
        *,
        bold: bool = False,
        token: str = "ink",
    ) -> Any:
        frame = slide.shapes.add_textbox(*_inches(box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        self._write(frame, lines, size, token, bold=bold)
        return frame

    def _write(
        self,
        frame: Any,
        lines: Sequence[str],
        size: int,
        token: str,
        *,
        bold: bool = False,
    ) -> None:
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
            paragraph.space_after = Pt(size * 0.4)
            paragraph.alignment = PP_ALIGN.LEFT
            self._run(paragraph, line, size, token, bold=bold)

    def _run(
        self, paragraph: Any, text: str, size: int, token: str, *, bold: bool
    ) -> None:
        run = paragraph.add_run()
        run.text = plain(text)
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, FONT
        run.font.color.rgb = _rgb(self.colors.token(token))


def _value(span: Span | None) -> float | None:
    return None if span is None else span.lowest.tenths / 10


def _best(span: Span | None) -> float | None:
    return None if span is None else span.highest.tenths / 10


def _rgb(color: str) -> Any:
    return RGBColor.from_string(color.lstrip("#"))


def _inches(box: Box) -> tuple[Length, ...]:
    return tuple(Inches(side) for side in box)


def _field(paragraph: Any) -> None:
    """The slide's own number, which follows when slides are moved."""
    run = paragraph.runs[0]._r
    field = paragraph._p.makeelement(
        qn("a:fld"),
        {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"},
    )
    field.append(run.get_or_add_rPr())
    text = paragraph._p.makeelement(qn("a:t"), {})
    text.text = "1"
    field.append(text)
    paragraph._p.replace(run, field)
