"""What can be written of one team's quarter, for the command and for the screen.

Each imports what writes it only when it is asked for, as that takes long.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from maturity.report.brand import Brand
    from maturity.report.figures import Figures


def _one_page(found: Figures, brand: Brand) -> bytes:
    from maturity.report import pdf

    return pdf.summary(found, brand)


def _pdf(found: Figures, brand: Brand) -> bytes:
    from maturity.report import pdf

    return pdf.report(found, brand)


def _slides(found: Figures, brand: Brand) -> bytes:
    from maturity.report import slides

    return slides.deck(found, brand)


def _workbook(found: Figures, brand: Brand) -> bytes:
    from maturity.report import workbook

    return workbook.workbook(found, brand)


def _page(found: Figures, brand: Brand) -> bytes:
    from maturity.report import web

    return web.page(found, brand)


def _charts(found: Figures, brand: Brand) -> bytes:
    from maturity.report import gallery

    return gallery.archive(found, brand)


ONE_PAGE = "one-page"
WRITERS: dict[str, Callable[[Figures, Brand], bytes]] = {
    ONE_PAGE: _one_page,
    "pdf": _pdf,
    "pptx": _slides,
    "html": _page,
    "xlsx": _workbook,
    "charts": _charts,
}
"""By format; the one page is a format of its own here, and PDF to whoever opens it."""
FORMATS = [name for name in WRITERS if name != ONE_PAGE]
