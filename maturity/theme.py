"""The colours of the app as Python sees them, read from `.streamlit/config.toml`.

Screens never need this: there the browser looks colours up by name. It is for what
has no browser, and for the tests that hold the contrast of every pair.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from maturity.charts.base import POSSIBLE, TOKENS

Mode = Literal["light", "dark"]

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Palette:
    """The colours of one mode, as #RRGGBB."""

    page: str
    tokens: tuple[str, ...]
    """In the order of `TOKENS`."""
    ramp: tuple[str, ...]
    """From the lowest level to the highest."""

    def token(self, name: str) -> str:
        """The colour of a token, or as it is seen of what is `possible`."""
        if name == "possible":
            return mixed(self.token("current"), self.page, POSSIBLE)
        return self.tokens[TOKENS.index(name)]


def config_file() -> Path:
    """The configuration: of the checkout, else the one that the package carries."""
    for folder in (_HERE.parent, _HERE / "_app"):
        path = folder / ".streamlit" / "config.toml"
        if path.is_file():
            return path
    raise FileNotFoundError(
        "The app's .streamlit/config.toml is missing. Install the package again."
    )


@cache
def palette(mode: Mode) -> Palette:
    """The colours of light or dark mode."""
    theme = tomllib.loads(config_file().read_text("utf-8"))["theme"][mode]
    return Palette(
        page=theme["backgroundColor"],
        tokens=tuple(theme["chartCategoricalColors"]),
        ramp=tuple(theme["chartSequentialColors"]),
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as #RRGGBB after WCAG 2, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(color: str, other: str, share: float) -> str:
    """A colour with so much of it, and the other for the rest."""
    pairs = [
        (int(color[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
