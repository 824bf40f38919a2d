"""The story as slides for PowerPoint: real text boxes and charts that can be edited.

Where a score is a range, the charts draw its low end and what is possible at best, and
the table beside the bars says both ends.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any  # python-pptx gives no types to what it makes

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu, Inches

from maturity import words
from maturity.report.brand import Brand
from maturity.report.drawing import as_png
from maturity.report.figures import Figures
from maturity.report.slide_charts import Charts
from maturity.report.slide_parts import (
    FONT,
    Box,
    Line,
    Pen,
    fitted,
    inches,
    numbered,
    rgb,
)
from maturity.report.text import cut, plain
from maturity.story import Hold, Slide
from maturity.theme import Palette

WIDE, HIGH = Inches(13.333), Inches(7.5)
OVER: Box = (0.7, 0.35, 11.93, 0.4)
LOGO: Box = (9.63, 0.25, 3.0, 0.5)
TITLE: Box = (0.7, 0.75, 11.93, 1.2)
BODY: Box = (0.7, 2.1, 11.93, 4.75)
LEFT_HALF: Box = (0.7, 2.1, 5.3, 4.75)
RIGHT_HALF: Box = (6.2, 2.1, 6.4, 4.75)
CHART: Box = (0.7, 2.1, 7.2, 4.75)
TABLE: Box = (8.1, 2.1, 4.53, 4.75)
NOTES: Box = (0.7, 1.75, 11.93, 5.1)
FOOT: Box = (0.7, 6.95, 10.5, 0.35)
NUMBER: Box = (11.6, 6.95, 1.03, 0.35)
CARD = 3.82
"""The width of one of three cards, in inches."""
TITLE_ONLY = 5
NAME, MANY = 36, 8
"""Characters of a category in the table, and how many have room with their names."""


def deck(figures: Figures, brand: Brand) -> bytes:
    """Six slides as a .pptx file."""
    return _Deck(figures, brand).written()


class _Deck:
    """One presentation while it is written."""

    def __init__(self, figures: Figures, brand: Brand) -> None:
        self.figures = figures
        self.colors: Palette = brand.colors
        self.pen = Pen(brand.colors)
        self.charts = Charts(figures, brand.colors)
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
                    shape.left, shape.top, shape.width, shape.height = inches(TITLE)
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
        said = fitted([Line(told.headline, 30, bold=True)], TITLE)
        self.pen.write(title.text_frame, said)
        self.pen.box(slide, [Line(told.over, 16, "current", bold=True)], OVER)
        if self.logo:
            self._logo(slide, self.logo)
        self.pen.box(slide, [Line(self.figures.title, 12, "muted")], FOOT)
        number = self.pen.box(slide, [Line("", 12, "muted")], NUMBER)
        numbered(number.paragraphs[0])
        return slide

    def _logo(self, slide: Any, logo: bytes) -> None:
        """In the corner, as high as there is room for, and never wider than that."""
        left, top, width, height = inches(LOGO)
        picture = slide.shapes.add_picture(BytesIO(logo), left, top, height=height)
        if picture.width > width:
            picture.height = Emu(picture.height * width // picture.width)
            picture.width = width
        picture.left = Emu(left + width - picture.width)
        picture._element.nvPicPr.cNvPr.set("descr", "Logo")

    def _where(self, slide: Any) -> None:
        facts = [Line(fact, 20) for fact in self.figures.told.where.facts]
        self.pen.box(slide, facts, LEFT_HALF)
        self.charts.shape(slide, RIGHT_HALF)

    def _far(self, slide: Any) -> None:
        self.charts.trend(slide, BODY)

    def _categories(self, slide: Any) -> None:
        self.charts.bars(slide, CHART)
        figures, model = self.figures, self.figures.reading.definition.model
        many = len(figures.categories) > MANY
        before = figures.before.label if figures.before else ""
        rows = [("Category", figures.reading.quarter.label, before, "Target")]
        for c in figures.categories:
            name = c.short_name if many else cut(c.name, NAME)
            now = c.now.score if c.now else "Not applicable"
            then = c.before.score if c.before else ""
            aim = "" if c.target is None else words.level_number(model, c.target)
            rows.append((name, now, then, aim))
        # Only the columns that say something.
        kept = [at for at in range(4) if any(row[at] for row in rows[1:])]
        said = [tuple(row[at] for at in kept) for row in rows]
        self.pen.table(slide, said, TABLE)

    def _back(self, slide: Any) -> None:
        holds = self.figures.told.holds
        for place, hold in enumerate(holds):
            left = 0.7 + place * (CARD + 0.235)
            self._card(slide, hold, (left, 2.1, CARD, 4.6))

    def _card(self, slide: Any, hold: Hold, box: Box) -> None:
        card = slide.shapes.add_textbox(*inches(box))
        card.line.color.rgb = rgb(self.colors.token("line"))
        frame = card.text_frame
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        lines = [
            Line(hold.name, 20, bold=True),
            Line(f"Now: {hold.now}", 16, "muted"),
            Line(f"Next: {hold.wanted}", 16),
            Line(hold.planned, 16, "current", bold=True),
        ]
        self.pen.write(frame, fitted(lines, (*box[:2], box[2] - 0.2, box[3] - 0.1)))

    def _ask(self, slide: Any, told: Slide) -> None:
        facts = [Line(f"{n}. {f}", 22) for n, f in enumerate(told.facts, start=1)]
        self.pen.box(slide, facts, BODY)

    def _notes(self, slide: Any) -> None:
        made = f"Made on {words.day(self.figures.made)}."
        self.pen.box(slide, [Line(n, 15) for n in (*self.figures.notes, made)], NOTES)
