"""The figures as PDF: laid out by a compiler that comes with its package.

Nothing else is started, no file is read but those of this folder, and nothing is looked
up anywhere. Fonts of the system only fill in for scripts that ours has no letters for.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from maturity.charts import TOKENS
from maturity.report import chapters, one_page
from maturity.report import many as many_page
from maturity.report.brand import PAPERS, Brand, BrandError, own_logo
from maturity.report.drawing import FONTS, as_svg
from maturity.report.figures import Figures
from maturity.report.many import ManyFigures
from maturity.report.paper import Paper

TEMPLATES = Path(__file__).parent / "templates"


def report(figures: Figures, brand: Brand) -> bytes:
    """The whole report, tagged for screen readers, as the bytes of a PDF file."""
    return _compiled("report.typ", chapters.report(figures, brand.colors), brand)


def summary(figures: Figures, brand: Brand) -> bytes:
    """One page that stands alone, as the bytes of a PDF file."""
    return _compiled("one_page.typ", one_page.summary(figures, brand.colors), brand)


def many(figures: ManyFigures, brand: Brand) -> bytes:
    """One page of many teams, as the bytes of a PDF file."""
    return _compiled("many.typ", many_page.summary(figures, brand.colors), brand)


def _compiled(template: str, printed: Paper, brand: Brand) -> bytes:
    logo = brand.logo or own_logo()
    data = {
        **printed.data,
        "colors": {token: brand.colors.token(token) for token in TOKENS},
        "paper": PAPERS[brand.paper],
        "logo": {"file": "logo.svg", "alt": logo.alt},
    }
    # Several files are given as text each; the package's types do not know of it yet.
    files: Any = {
        "main.typ": (TEMPLATES / template).read_bytes(),
        "look.typ": (TEMPLATES / "look.typ").read_bytes(),
        "data.json": json.dumps(data).encode(),
        "logo.svg": as_svg(logo),
        **{name: drawn.encode() for name, drawn in printed.drawings.items()},
    }
    try:
        return typst.compile(
            files, format="pdf", font_paths=_fonts(), pdf_standards="ua-1"
        )
    except typst.TypstError:
        # The standard refuses a letter that no font here has; tags stay all the same.
        pass
    try:
        return typst.compile(files, format="pdf", font_paths=_fonts())
    except typst.TypstError as error:
        if brand.logo is None:
            raise
        raise BrandError(
            f"The file that MATURITY_LOGO names cannot be drawn: {error.message}. Save "
            "the logo as a plain PNG or SVG."
        ) from error


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[FONTS])
