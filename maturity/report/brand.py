"""Your own logo and accent colour on everything that is handed on.

`MATURITY_LOGO` names a PNG or SVG file, `MATURITY_ACCENT` a colour, `MATURITY_PAPER`
the paper to print on. What cannot be used is refused with the way out, so that no
file goes to a leader with half a brand.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from PIL import Image

from maturity.charts.base import TOKENS
from maturity.library import data_folder
from maturity.theme import Palette, contrast, palette

LARGEST = 2 * 1024 * 1024
"""Bytes of a logo: it is copied into every file."""
WIDEST = 4000
"""Pixels of a PNG logo, either way."""
READABLE = 4.5
"""The contrast with white that text in the accent colour needs (WCAG 2, AA)."""
PAPERS = {"a4": "a4", "letter": "us-letter"}
"""The papers by name, as the compiler of PDF files calls them."""

_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class BrandError(ValueError):
    """A setting of the brand that cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Logo:
    """A picture that stands for who hands the file on."""

    data: bytes
    kind: Literal["png", "svg"]
    alt: str


@dataclass(frozen=True)
class Brand:
    """What files look like here."""

    logo: Logo | None
    """None where no logo is set: then files carry the product's own, or none."""
    colors: Palette
    """The light colours, the accent in place of the theme's."""
    paper: str
    """A key of `PAPERS`."""


def read() -> Brand:
    """The brand as the environment sets it; BrandError says what is wrong with it."""
    path = os.environ.get("MATURITY_LOGO", "").strip()
    accent = os.environ.get("MATURITY_ACCENT", "").strip()
    return Brand(
        logo=_logo(Path(path).expanduser()) if path else None,
        colors=_colored(accent) if accent else palette("light"),
        paper=_paper(os.environ.get("MATURITY_PAPER", "").strip().lower() or "a4"),
    )


def own_logo() -> Logo:
    """The product's logo, for files where no other is set."""
    data = (data_folder().parent / "static" / "logo.svg").read_bytes()
    return Logo(data, "svg", "MLOps maturity")


def _logo(path: Path) -> Logo:
    place = f"MATURITY_LOGO names {path}"
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise BrandError(
            f"{place}, and there is no such file. Correct the path, or take the "
            "setting out."
        ) from None
    except OSError as error:
        raise BrandError(
            f"{place}, which cannot be read: {error.strerror}. Name a PNG or SVG file."
        ) from error
    if len(data) > LARGEST:
        raise BrandError(
            f"{place}, which is larger than 2 MB. Every file would carry it: save a "
            "smaller one."
        )
    if _is_png(data, place):
        return Logo(data, "png", "Logo")
    if _is_svg(data):
        return Logo(data, "svg", "Logo")
    raise BrandError(
        f"{place}, which is neither a PNG nor an SVG picture. Save the logo as one of "
        "these."
    )


def _is_png(data: bytes, place: str) -> bool:
    """Whether it is a PNG picture; one that is broken or huge is refused."""
    if not data.startswith(b"\x89PNG"):
        return False
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            size = picture.size
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise BrandError(
            f"{place}, which begins as a PNG picture and is broken. Save it again."
        ) from error
    if max(size) > WIDEST:
        raise BrandError(
            f"{place}, which is {size[0]} by {size[1]} pixels. At most {WIDEST} either "
            "way can be used: save a smaller one."
        )
    return True


def _is_svg(data: bytes) -> bool:
    # Entities are no part of any drawing, and can blow a small file up.
    if b"<!ENTITY" in data:
        return False
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError):
        return False
    return root.tag == "{http://www.w3.org/2000/svg}svg"


def _colored(accent: str) -> Palette:
    if not _COLOR.fullmatch(accent):
        raise BrandError(
            f"MATURITY_ACCENT is {accent!r}; write a colour as #3B52C4, a hash and six "
            "digits from 0 to F."
        )
    reached = contrast(accent, "#FFFFFF")
    if reached < READABLE:
        raise BrandError(
            f"MATURITY_ACCENT is {accent}, too pale to read on white: its contrast is "
            # Cut, not rounded, so that what is short never reads as enough.
            f"{int(reached * 10) / 10} to 1, and text needs {READABLE}. Choose a "
            f"darker one, such as {_darker(accent)}."
        )
    colors = palette("light")
    at = TOKENS.index("current")
    tokens = (*colors.tokens[:at], accent.upper(), *colors.tokens[at + 1 :])
    return replace(colors, tokens=tokens)


def _darker(color: str) -> str:
    """The same hue, as dark as it must be."""
    for share in range(95, 0, -5):
        channels = (int(color[at : at + 2], 16) * share // 100 for at in (1, 3, 5))
        found = "#" + "".join(f"{channel:02X}" for channel in channels)
        if contrast(found, "#FFFFFF") >= READABLE:
            return found
    return "#000000"


def _paper(name: str) -> str:
    if name not in PAPERS:
        raise BrandError(f"MATURITY_PAPER is {name!r}; write a4 or letter.")
    return name
