"""The brand on a workbook: its colour, its logo and the paper to print on."""

from __future__ import annotations

from io import BytesIO

from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.fill import Blip, BlipFillProperties
from openpyxl.drawing.geometry import PresetGeometry2D
from openpyxl.drawing.image import Image
from openpyxl.drawing.picture import (
    NonVisualPictureProperties,
    PictureFrame,
    PictureLocking,
    PictureNonVisual,
)
from openpyxl.drawing.properties import NonVisualDrawingProps
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.worksheet import Worksheet

from maturity.exchange.cells import FONT, print_wide, put_text
from maturity.report.brand import Logo
from maturity.report.drawing import as_png
from maturity.report.workbook_table import lines_of
from maturity.theme import Palette, mixed

PAPERS = {"a4": "9", "letter": "1"}
"""The papers by name, as office programs number them."""
TITLE_SIZE, TITLE_LINE = 14, 21
PALE = 0.12
"""How much of the accent is in what stands behind the names of columns."""
WIDEST, HIGHEST = 216, 36
"""Points that a logo may take: three inches across and half an inch down."""
EMU = 12_700
"""What drawings are measured in, in a point."""
CLEAR = 4
"""Points left free above and below a logo."""


def title(page: Worksheet, text: str, colors: Palette) -> None:
    """What the sheet is about, across its first two columns."""
    cell = put_text(page, 1, 1, text)
    accent = colors.token("current").replace("#", "FF")
    cell.font = Font(name=FONT, bold=True, size=TITLE_SIZE, color=accent)
    cell.alignment = Alignment(
        wrap_text=True, vertical="center", horizontal="left", indent=1
    )
    wide = sum(page.column_dimensions[column].width for column in "AB")
    page.merge_cells("A1:B1")
    lines = lines_of(text, wide * 11 / TITLE_SIZE)
    page.row_dimensions[1].height = TITLE_LINE * lines


def heads(page: Worksheet, colors: Palette) -> None:
    """The names of the columns on a pale ground of the accent."""
    pale = mixed(colors.token("current"), "#FFFFFF", PALE)
    for cell in page[1]:
        cell.fill = PatternFill("solid", fgColor=pale.replace("#", "FF"))


def logo(page: Worksheet, cell: str, shown: Logo) -> None:
    """A logo in the first row, as large as there is room for, in its own proportion."""
    picture = Image(BytesIO(as_png(shown)))
    scale = min(WIDEST / picture.width, HIGHEST / picture.height)
    width, height = picture.width * scale, picture.height * scale
    row = page.row_dimensions[1]
    row.height = max(row.height or 0, HIGHEST + 2 * CLEAR)
    above = (row.height - height) / 2
    column = page[cell].column - 1
    picture.anchor = OneCellAnchor(
        _from=AnchorMarker(col=column, row=0, rowOff=round(above * EMU)),
        ext=XDRPositiveSize2D(round(width * EMU), round(height * EMU)),
        pic=_framed(shown),
    )
    page.add_image(picture)


def _framed(shown: Logo) -> PictureFrame:
    """What openpyxl makes of a picture by itself, with words for screen readers."""
    about = NonVisualDrawingProps(id=99, name="Logo", descr=shown.alt)
    keeping = NonVisualPictureProperties(picLocks=PictureLocking(noChangeAspect=True))
    shape = GraphicalProperties(prstGeom=PresetGeometry2D(prst="rect"))
    shape.ln = None
    return PictureFrame(
        nvPicPr=PictureNonVisual(about, keeping),
        blipFill=BlipFillProperties(blip=Blip(cstate="print")),
        spPr=shape,
    )


def printed(page: Worksheet, paper: str, *, on_one: bool = False) -> None:
    """Print across this paper, each page with its number."""
    print_wide(page)
    if on_one:
        page.page_setup.fitToHeight = 1
    page.page_setup.paperSize = PAPERS[paper]
    page.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&P of &N"))
