"""Charts as drawings for files: the specification of the screen, in fixed colours.

A browser looks colours up by token and measures the room that a chart has. A file has
neither, so both are given here; everything else is what the screen shows.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path

import vl_convert
from PIL import Image

from maturity.charts import Chart
from maturity.report.brand import BrandError, Logo
from maturity.theme import Palette

FONTS = Path(__file__).parent / "fonts"
"""The font of the screen, in the cuts that files embed."""
FONT = "Inter"


def svg(chart: Chart, width: int, colors: Palette) -> str:
    """The chart as an SVG drawing, `width` pixels wide at most.

    Text stays text in the font of the screen. Nothing is fetched from anywhere.
    """
    _fonts()
    drawn: str = vl_convert.vegalite_to_svg(
        fixed(chart, width, colors), allowed_base_urls=[]
    )
    return drawn


def alone(drawn: str) -> str:
    """A drawing for whoever may not have the font of the screen."""
    return drawn.replace(f'"{FONT}"', f'"{FONT}, sans-serif"')


def png(drawn: str) -> bytes:
    """A drawing in pixels, twice as many as it is wide and high."""
    _fonts()
    picture: bytes = vl_convert.svg_to_png(drawn, scale=2)
    return picture


def fixed(chart: Chart, width: int, colors: Palette) -> dict[str, object]:
    """The specification with a width, and with the colours of its tokens."""
    config = chart.spec.get("config")
    return {
        **chart.spec,
        "width": width,
        "config": {
            **(config if isinstance(config, dict) else {}),
            "background": None,
            "font": FONT,
            "range": {
                "category": list(colors.tokens),
                "ramp": list(colors.ramp),
                "heatmap": list(colors.ramp),
            },
        },
    }


def as_png(logo: Logo) -> bytes:
    """A logo for programs that take no SVG: sharp at four inches across."""
    if logo.kind == "png":
        return logo.data
    _fonts()
    drawn = logo.data.decode("utf-8", "replace")
    try:
        plain: bytes = vl_convert.svg_to_png(drawn, scale=4)
    except ValueError as error:
        raise BrandError(
            "The file that MATURITY_LOGO names cannot be drawn. Save the logo as PNG."
        ) from error
    return plain


def as_svg(logo: Logo) -> bytes:
    """A logo as text, for a program that takes no other files."""
    if logo.kind == "svg":
        return logo.data
    with Image.open(BytesIO(logo.data)) as picture:
        width, height = picture.size
    held = b64encode(logo.data).decode()
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
        f'<image {size} href="data:image/png;base64,{held}"/></svg>'
    ).encode()


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
