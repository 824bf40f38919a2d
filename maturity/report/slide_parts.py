"""What slides are put together from: text boxes, tables and their measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple  # python-pptx gives no types to what it makes

from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length, Pt

from maturity.report.letters import lines_of
from maturity.report.text import plain
from maturity.theme import Palette

Box = tuple[float, float, float, float]
"""Left, top, width and height, in inches."""
FONT = "Calibri"
"""On every machine that has an office program, unlike the font of the screen."""
LEADING, AFTER = 1.2, 0.4
"""The height of a line, and the room after a paragraph, in sizes of its letters."""
ROW = 0.42
"""Inches of a row of a table, where there is room."""
POINTS = 72
"""In an inch."""


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


def fitted(lines: Sequence[Line], box: Box) -> list[Line]:
    """The lines, all smaller by the same share where the box is too low for them.

    They are measured in the font of the screen, whose letters are wider.
    """
    for share in (1, 0.9, 0.8, 0.7, 0.6, 0.5):
        smaller = [line._replace(size=int(line.size * share)) for line in lines]
        if height(smaller, box[2]) <= box[3]:
            break
    return smaller


def height(lines: Sequence[Line], width: float) -> float:
    """Inches down that the lines take in a box that is so many inches across."""
    down = 0.0
    for text, size, _, bold in lines:
        wrapped = lines_of(text, size, width * POINTS, bold=bold)
        down += size * (LEADING * len(wrapped) + AFTER)
    return down / POINTS


class Pen:
    """Writes on slides, in the colours of the brand."""

    def __init__(self, colors: Palette) -> None:
        self.colors = colors

    def box(self, slide: Any, lines: Sequence[Line], box: Box) -> Any:
        """A text box of its own for some lines; its frame."""
        frame = slide.shapes.add_textbox(*inches(box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        self.write(frame, fitted(lines, box))
        return frame

    def write(self, frame: Any, lines: Sequence[Line]) -> None:
        """Lines into the empty frame of a box, a title or a cell."""
        for number, line in enumerate(lines):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            paragraph.space_after = Pt(line.size * AFTER)
            paragraph.alignment = PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = plain(line.text)
            run.font.size, run.font.bold, run.font.name = Pt(line.size), line.bold, FONT
            run.font.color.rgb = rgb(self.colors.token(line.token))

    def table(self, slide: Any, rows: Sequence[tuple[str, ...]], box: Box) -> None:
        """Rows under a row of names; the first column has most of the room."""
        left, top, width, most = inches(box)
        down = min(Inches(ROW) * len(rows), most)
        shape = slide.shapes.add_table(len(rows), len(rows[0]), left, top, width, down)
        table = shape.table
        shape._element.graphic.graphicData.tbl.tblPr.set("bandRow", "0")
        others = [0.21] * (len(rows[0]) - 1)
        for column, part in zip(table.columns, [1 - sum(others), *others], strict=True):
            column.width = Emu(int(width * part))
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                cell = table.cell(y, x)
                cell.fill.background()
                cell.margin_left = cell.margin_right = Inches(0.05)
                named = Line(text, 12, "muted", bold=True)
                self.write(cell.text_frame, [Line(text, 12) if y else named])
