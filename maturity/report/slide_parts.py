"""What slides are put together from: text boxes, tables and their measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple  # python-pptx gives no types to what it makes

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length, Pt

from maturity.report.text import plain
from maturity.theme import Palette

Box = tuple[float, float, float, float]
"""Left, top, width and height, in inches."""
FONT = "Calibri"
"""On every machine that has an office program, unlike the font of the screen."""


def inches(box: Box) -> tuple[Length, ...]:
    return tuple(Inches(side) for side in box)


def rgb(color: str) -> Any:
    return RGBColor.from_string(color.lstrip("#"))


def numbered(paragraph: Any) -> None:
    """The slide's own number, which follows when slides are moved."""
    run = paragraph.runs[0]._r
    number = paragraph._p.makeelement(
        qn("a:fld"),
        {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"},
    )
    number.append(run.get_or_add_rPr())
    text = paragraph._p.makeelement(qn("a:t"), {})
    text.text = "1"
    number.append(text)
    paragraph._p.replace(run, number)


class Line(NamedTuple):
    """A line of text and its look."""

    text: str
    size: int
    token: str = "ink"
    bold: bool = False


class Pen:
    """Writes on slides, in the colours of the brand."""

    def __init__(self, colors: Palette) -> None:
        self.colors = colors

    def box(self, slide: Any, lines: Sequence[Line], box: Box) -> Any:
        """A text box of its own for some lines; its frame."""
        frame = slide.shapes.add_textbox(*inches(box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        self.write(frame, lines)
        return frame

    def write(self, frame: Any, lines: Sequence[Line]) -> None:
        """Lines into the empty frame of a box, a title or a cell."""
        for number, line in enumerate(lines):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            paragraph.space_after = Pt(line.size * 0.4)
            paragraph.alignment = PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = plain(line.text)
            run.font.size, run.font.bold, run.font.name = Pt(line.size), line.bold, FONT
            run.font.color.rgb = rgb(self.colors.token(line.token))

    def table(self, slide: Any, rows: Sequence[tuple[str, ...]], box: Box) -> None:
        """Rows under a row of names; `box` has the height of one."""
        left, top, width, height = inches(box)
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
                named = Line(text, 12, "muted", bold=True)
                self.write(cell.text_frame, [Line(text, 12) if y else named])
