"""How much room a text takes, by the letters of the font of the screen."""

from __future__ import annotations

from functools import cache

from PIL import ImageFont

from maturity.report.drawing import FONTS
from maturity.report.text import plain


def lines_of(text: str, size: int, room: float, *, bold: bool = False) -> list[str]:
    """The text in lines that fit; a word that is too long for one is cut in two."""
    lines = [""]
    for word in plain(text).split():
        tried = f"{lines[-1]} {word}".lstrip()
        if wide(tried, size, bold=bold) <= room:
            lines[-1] = tried
            continue
        lines += [""] if lines[-1] else []
        for character in word:
            if wide(lines[-1] + character, size, bold=bold) > room:
                lines.append("")
            lines[-1] += character
    return lines


def wide(text: str, size: int, *, bold: bool = False) -> float:
    """Pixels that a text takes."""
    return float(_font(size, bold).getlength(text))


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    cut = "SemiBold" if bold else "Regular"
    return ImageFont.truetype(str(FONTS / f"Inter-{cut}.ttf"), size)
