"""Charts as drawings for files: the specification of the screen, in fixed colours.

A browser looks colours up by token and measures the room that a chart has. A file has
neither, so both are given here; everything else is what the screen shows.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import vl_convert

from maturity.charts import Chart
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


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))
