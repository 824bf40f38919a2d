"""The report as one HTML file: opened without a server, a network or this program.

What it says is what the printed report says, because both are made of the same blocks.
Text is escaped, data stands in blocks that no browser runs, and the policy in the page
lets one script run, known by its checksum, and nothing be fetched from anywhere.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import vl_convert

from maturity.charts import Chart
from maturity.library import data_folder
from maturity.report import chapters
from maturity.report.brand import Brand, Logo
from maturity.report.drawing import alone, fixed
from maturity.report.figures import Figures
from maturity.report.paper import Paper
from maturity.theme import Palette, palette

TEMPLATES = Path(__file__).parent / "templates"
FOLDED = {"How the level comes about", "Every criterion"}
"""Sections whose details open at a click."""
LONGEST = 24
"""Letters of a word that may be broken in a table, as in print."""
_TOKENS = (
    *("current", "possible", "previous", "target"),
    *("ink", "muted", "line", "up", "down"),
)


class _Printed(NamedTuple):
    """The blocks of the page, and the colours of paper and of light screens."""

    paper: Paper
    light: Palette


def page(figures: Figures, brand: Brand) -> bytes:
    """The whole report as an .html file, for light and dark screens and for paper.

    The accent colour of the brand is for light screens and paper, as it is checked
    against white alone.
    """
    printed = _Printed(chapters.report(figures, brand.colors), brand.colors)
    data: dict[str, Any] = printed.paper.data
    script = _script()
    body = "".join(
        [
            _logo(brand.logo),
            _header(data, printed),
            *(_section(n, one, printed) for n, one in enumerate(data["sections"])),
        ]
    )
    return (
        "<!doctype html>\n"
        '<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(data['title'])}</title>"
        f"<style>{_style(brand.colors)}</style></head>"
        f'<body><main class="wrap">{body}</main>'
        f"<script>{script}</script></body></html>\n"
    ).encode()


def _policy(script: str) -> str:
    """Nothing from outside, and no text that becomes code."""
    known = b64encode(sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{known}'; "
        "style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


@cache
def _script() -> str:
    """What draws the charts, in one piece with what the page does itself."""
    own = (TEMPLATES / "page.js").read_text("utf-8")
    return f"(() => {{{_bundle()}\n{own}}})();"


def _bundle() -> str:
    """The libraries that draw charts, as they come with the package that draws here."""
    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return bundle


def _style(light: Palette) -> str:
    fonts = "".join(
        "@font-face{font-family:Inter;font-weight:100 900;unicode-range:"
        f"{letters};src:url(data:font/woff2;base64,{_static(name)})format('woff2')}}"
        for name, letters in _FONTS.items()
    )
    colors = (
        f":root{{{_variables(light)}}}"
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root{{{_variables(palette('dark'))}}}}}"
    )
    return fonts + colors + (TEMPLATES / "page.css").read_text("utf-8")


_FONTS = {
    "inter-latin.woff2": "U+0-FF,U+131,U+152-153,U+2BB-2DC,U+2000-206F,U+20AC,"
    "U+2122,U+2191-2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "inter-latin-ext.woff2": "U+100-2BA,U+1E00-1EFF,U+20A0-20C0,U+2113,U+2C60-2C7F",
}


def _static(name: str) -> str:
    path = data_folder().parent / "static" / name
    return b64encode(path.read_bytes()).decode()


def _variables(colors: Palette) -> str:
    named = {token: colors.token(token) for token in _TOKENS} | {"page": colors.page}
    return "".join(f"--{name}:{color};" for name, color in named.items())


def _logo(logo: Logo | None) -> str:
    if logo is None:
        return ""
    kind = {"png": "image/png", "svg": "image/svg+xml"}[logo.kind]
    held = b64encode(logo.data).decode()
    return (
        f'<p class="logo"><img src="data:{kind};base64,{held}" '
        f'alt="{escape(logo.alt)}"></p>'
    )


def _header(data: Mapping[str, Any], printed: _Printed) -> str:
    badges = "".join(f' <span class="badge">{escape(b)}</span>' for b in data["badges"])
    tiles = "".join(
        f"<div><dt>{escape(tile['label'])}</dt>"
        f'<dd class="value">{escape(tile["value"])}</dd>'
        f'<dd class="note">{escape(tile["note"])}</dd></div>'
        for tile in data["tiles"]
    )
    names = "".join(
        f'<li><a href="#part{number}">{escape(one["over"])}</a></li>'
        for number, one in enumerate(data["sections"])
    )
    where = " · ".join((data["team"], data["model"], data["quarter"]))
    facts = _items("ul", [{"text": fact} for fact in data["facts"]])
    return (
        f'<header><p class="where">{escape(where)}{badges}</p>'
        f"<h1>{escape(data['headline'])}</h1>"
        f'<dl class="tiles">{tiles}</dl>{facts}{_block(data["shape"], printed)}'
        f'<nav aria-label="Sections"><ul>{names}</ul></nav></header>'
    )


def _section(number: int, one: Mapping[str, Any], printed: _Printed) -> str:
    folded = one["over"] in FOLDED
    blocks = "".join(_block(block, printed, folded=folded) for block in one["blocks"])
    if folded and not any(block.get("title") for block in one["blocks"]):
        blocks = f"<details><summary>Show how</summary>{blocks}</details>"
    return (
        f'<section id="part{number}"><div><p class="over">{escape(one["over"])}</p>'
        f"<h2>{escape(one['title'])}</h2></div>{blocks}</section>"
    )


def _block(block: Mapping[str, Any], printed: _Printed, *, folded: bool = False) -> str:
    drawn: str = _BLOCKS[block["kind"]](block, printed)
    title = block.get("title", "")
    if not title:
        return drawn
    if folded:
        return f"<details><summary>{escape(title)}</summary>{drawn}</details>"
    return f"<div><h3>{escape(title)}</h3>{drawn}</div>"


def _drawing(block: Mapping[str, Any], printed: _Printed) -> str:
    name, alt = block["file"], escape(block["alt"])
    legend = "".join(
        f'<li><i style="background:var(--{named["token"]})"></i>'
        f"{escape(named['text'])}</li>"
        for named in block["legend"]
    )
    legend = f'<ul class="legend">{legend}</ul>' if legend else ""
    drawn = alone(printed.paper.drawings[name])  # it sees no font of the page
    data = _data(printed.paper.charts[name], printed.light)
    still = b64encode(drawn.encode()).decode()
    return (
        f'<figure>{legend}<div class="still"><img alt="{alt}" '
        f'src="data:image/svg+xml;base64,{still}"></div>'
        f'<div class="live picture" role="img" aria-label="{alt}"></div>'
        f'<script type="application/json">{data}</script>'
        "</figure>"
    )


def _data(chart: Chart, light: Palette) -> str:
    """The chart for both modes, in a text that cannot end the block it stands in."""
    configs = {"light": _config(chart, light), "dark": _config(chart, palette("dark"))}
    spec = {key: value for key, value in chart.spec.items() if key != "config"}
    return json.dumps({"spec": spec, **configs}).replace("<", "\\u003c")


def _config(chart: Chart, colors: Palette) -> dict[str, object]:
    config: Any = fixed(chart, 0, colors)["config"]
    lines = {"gridColor": colors.token("line")}
    return {**config, "axis": {**config.get("axis", {}), **lines}}


def _table(block: Mapping[str, Any], printed: _Printed) -> str:
    columns = block["columns"]
    names = "".join(
        f'<th scope="col" style="min-width:{_room(width)}rem">{escape(name)}</th>'
        for name, width in zip(columns, block["widths"], strict=True)
    )
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block["rows"])
    label = escape(f"Table: {', '.join(columns)}")
    # It scrolls sideways where there is little room, by keyboard too.
    return (
        f'<div class="table" tabindex="0" role="group" aria-label="{label}"><table>'
        f"<thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _room(width: float) -> float:
    """The least width of a column that takes this part of the paper."""
    return round(min(max(3.2 * width, 4), 11), 1)


def _cell(cell: str | Mapping[str, str]) -> str:
    if isinstance(cell, str):
        return f"<td>{_breakable(cell)}</td>"
    small = f"<small>{_breakable(cell['small'])}</small>" if "small" in cell else ""
    token = cell.get("token", "")
    look = f' style="color:var(--{token})"' if token in _TOKENS else ""
    return f"<td{look}>{_breakable(cell['text'])}{small}</td>"


def _breakable(text: str) -> str:
    """Text, with places to break a word that would make its column too wide."""
    return " ".join(
        "<wbr>".join(map(escape, word)) if len(word) >= LONGEST else escape(word)
        for word in text.split(" ")
    )


def _terms(block: Mapping[str, Any], printed: _Printed) -> str:
    items = "".join(
        f"<dt>{escape(item['term'])}</dt><dd>{escape(item['text'])}</dd>"
        for item in block["items"]
    )
    return f'<dl class="terms">{items}</dl>'


def _items(tag: str, items: Iterable[str | Mapping[str, str]]) -> str:
    lines = []
    for item in items:
        told = {"text": item} if isinstance(item, str) else item
        link = told.get("link", "")
        address = escape(link)
        led = f' <a href="{address}" rel="noreferrer">{address}</a>' if link else ""
        lines.append(f"<li>{escape(told['text'])}{led}</li>")
    return f"<{tag}>{''.join(lines)}</{tag}>" if lines else ""


_BLOCKS: dict[str, Any] = {
    "drawing": _drawing,
    "table": _table,
    "terms": _terms,
    "list": lambda block, printed: _items("ul", block["items"]),
    "numbered": lambda block, printed: _items("ol", block["items"]),
    "text": lambda block, printed: f"<p>{escape(block['text'])}</p>",
}
