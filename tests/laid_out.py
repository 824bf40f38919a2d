"""Where the texts of a drawing lie, to see that none covers another or is cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from PIL import ImageFont

from maturity.report.drawing import FONTS

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Text:
    """A line of text that is seen, with the box that its letters take."""

    said: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Text) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 1


def texts(drawn: str) -> tuple[float, list[Text]]:
    """How wide the drawing is, and every line in it but the halos behind others."""
    root = ElementTree.fromstring(drawn)
    found: list[Text] = []
    _walk(root, 0.0, 0.0, found)
    return float(root.get("width", "0")), list(dict.fromkeys(found))


def _walk(node: ElementTree.Element, x: float, y: float, found: list[Text]) -> None:
    moved = re.match(r"translate\(([-\d.]+)[, ]*([-\d.]+)?", node.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2] or 0)
    if "0" in (node.get("opacity"), node.get("fill-opacity")):
        return
    if node.tag == f"{SVG}text":
        spans = node.findall(f"{SVG}tspan")
        size = float(re.sub("px$", "", node.get("font-size", "12")))
        bold = node.get("font-weight") in ("600", "bold")
        down = y
        for line in spans or [node]:
            down += float(line.get("dy", "0"))
            found.append(_text(node, line.text or "", x, down, size, bold=bold))
        return
    for child in node:
        _walk(child, x, y, found)


def _text(
    node: ElementTree.Element, said: str, x: float, y: float, size: float, *, bold: bool
) -> Text:
    cut = "SemiBold" if bold else "Regular"
    font = ImageFont.truetype(str(FONTS / f"Inter-{cut}.ttf"), size)
    wide = font.getlength(said)
    left = {"end": x - wide, "middle": x - wide / 2}.get(
        node.get("text-anchor", "start"), x
    )
    # Digits and capitals reach up by seven tenths of the size.
    return Text(said, round(left, 1), y - 0.72 * size, round(left + wide, 1), y)
