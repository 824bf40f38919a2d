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

from maturity.library import data_folder
from maturity.report import paper
from maturity.report.drawing import FONTS
from maturity.report.figures import Figures
from maturity.theme import palette

TEMPLATES = Path(__file__).parent / "templates"


def report(figures: Figures) -> bytes:
    """The whole report, tagged for screen readers, as the bytes of a PDF file."""
    return _compiled("report.typ", paper.report(figures, palette("light")))


def _compiled(template: str, printed: paper.Paper) -> bytes:
    colors = palette("light")
    logo = data_folder().parent / "static" / "logo.svg"
    data = {
        **printed.data,
        "colors": {
            token: colors.token(token)
            for token in (
                "current",
                "previous",
                "target",
                "ink",
                "muted",
                "line",
                "up",
                "down",
            )
        },
        "paper": "a4",
        "logo": {"file": "logo.svg", "alt": "MLOps maturity"},
    }
    # The types of the package do not know of several files yet.
    files: Any = {
        "main.typ": (TEMPLATES / template).read_bytes(),
        "look.typ": (TEMPLATES / "look.typ").read_bytes(),
        "data.json": json.dumps(data).encode(),
        "logo.svg": logo.read_bytes(),
        **{name: drawn.encode() for name, drawn in printed.drawings.items()},
    }
    try:
        return typst.compile(
            files, format="pdf", font_paths=_fonts(), pdf_standards="ua-1"
        )
    except typst.TypstError:
        # The standard refuses a letter that no font here has; tags stay all the same.
        return typst.compile(files, format="pdf", font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[FONTS])
