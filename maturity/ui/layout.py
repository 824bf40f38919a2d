"""How a page is laid out: a centred column, heads, cards and the look of a change.

The one block of CSS is here too; if one of its selectors stops matching, the page
is plainer and still works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from maturity import words

WIDE = 1120
NARROW = 720
CHOICE = 960
SHORT = 8
"""Characters of what a table keeps on one line: Level 10, Q3 FY27."""
COLUMNS = 4
"""Of so many a table is no wider than a phone with them."""

CSS = """
<style>
.st-key-page {--accent: light-dark(#3B52C4, #8EABFF);
  --hair: color-mix(in srgb, currentColor 14%, transparent);}
.st-key-page h1, .st-key-page h2, .st-key-page h3 {
  padding-top: 0; letter-spacing: -0.015em;}
.st-key-page :is(h1, h3):focus {outline: none;}
[class*="st-key-q-"] {scroll-margin-top: 4.5rem;}
.st-key-hero-level h2 {font-size: 2.75rem; line-height: 1.1; letter-spacing: -0.03em;}
.st-key-page [role="radio"][aria-checked="true"] p {color: var(--accent);}
[role="dialog"] [role="radio"][aria-checked="true"] {color: inherit;}
.st-key-page p {text-wrap: pretty;}
:is(.st-key-page, .st-key-present) a:focus-visible {
  outline: 2px solid currentColor; outline-offset: 2px;}
main:has(.st-key-steps) {scroll-padding-bottom: 9rem;}
[class*="st-key-more-"] a {padding-left: 0;}
.st-key-page a > span, .st-key-page a > span * {white-space: normal;}
.st-key-page button[aria-label^="Help"] {position: relative;}
.st-key-page button[aria-label^="Help"]::after {
  content: ""; position: absolute; inset: -0.3rem;}
@media (max-width: 520px) {
  .st-key-steps > .st-key-next_open {order: -1; flex: 0 0 100%;}}
[class*="st-key-q-"] [role="radiogroup"] {gap: 0.5rem; width: 100%;}
[class*="st-key-q-"] [role="radiogroup"] > div {
  width: 100%; border: 1px solid var(--hair); border-radius: 0.625rem;}
[class*="st-key-q-"] [role="radiogroup"] > div:hover {
  border-color: color-mix(in srgb, currentColor 45%, transparent);}
[class*="st-key-q-"] [role="radiogroup"] > div[data-selected="true"] {
  border-color: var(--accent);
  background: color-mix(in srgb, var(--accent) 9%, transparent);}
[class*="st-key-q-"] [role="radiogroup"] > div:has(input:focus-visible) {
  outline: 2px solid var(--accent); outline-offset: 2px;}
[class*="st-key-q-"] [role="radiogroup"] label {
  display: block; width: 100%; padding: 0.625rem 0.875rem;}
[class*="st-key-q-"] [role="radiogroup"] label > div > div:first-child {
  border-color: color-mix(in srgb, currentColor 60%, transparent);}
[class*="st-key-q-"] [role="radiogroup"] label p {font-size: 1rem; line-height: 1.45;}
[class*="st-key-q-"] [role="radiogroup"] label + * {
  padding: 0 0.875rem 0.5rem; margin: -0.375rem 0 0 1.5rem;}
[class*="st-key-q-"] [role="radiogroup"] label + * > * {opacity: 1;}
.st-key-workshop h1 {font-size: clamp(1.5rem, 2.8vw, 2.75rem); line-height: 1.15;
  text-wrap: balance;}
@media (max-width: 520px) {.st-key-turnout > * {flex: 0 0 100%;}
  div:has(> .st-key-ways) {height: auto;}}
.st-key-workshop :is(p, input, button, label, kbd) {font-size: 1.25rem;
  line-height: 1.4;}
.st-key-workshop [class*="st-key-q-"] [role="radiogroup"] label p {
  font-size: 1.375rem;}
body:has(.st-key-present) header {display: none;}
.st-key-present h1 {font-size: clamp(1.625rem, 2.8vw, 3.5rem); line-height: 1.15;
  letter-spacing: -0.025em; padding: 0 0 0.5rem; text-wrap: balance;}
.st-key-present {margin: calc(-3rem / var(--z)) 0;}
div:has(> .st-key-present) {--z: 1; zoom: var(--z);}
.st-key-present h1:focus {outline: none;}
.st-key-present h2 {font-size: 1.5rem;}
.st-key-present p, .st-key-present li, .st-key-present button,
.st-key-present kbd, .st-key-present textarea {font-size: 1.25rem;}
.st-key-present {min-height: calc((100dvh - 1.25rem) / var(--z));}
.st-key-present > :has(> .st-key-slide), .st-key-slide {flex-grow: 1;}
.st-key-slide {justify-content: center;}
body:has(.st-key-present) .st-key-look-only {margin-top: -3rem;}
body:has(.st-key-look-only) .st-key-present {margin-top: 0;
  min-height: calc((100dvh - 6.25rem) / var(--z));}
[class*="st-key-wide-"], .st-key-clicker {display: none;}
@media (max-width: 1199px) {
  .st-key-foot > :has(> .st-key-whose) {order: -1; flex: 0 0 100%;}}
@media (min-width: 1200px) {
  [class*="st-key-wide-"] {display: flex; zoom: 2;}
  .st-key-wide-radar {zoom: 1.7;}
  .st-key-wide-legend {zoom: 1.45;}
  .st-key-present h1 {font-size: 2.25rem;}
  .st-key-slide .st-key-points p {font-size: 1.75rem; line-height: 1.35;}
  [class*="st-key-narrow-"] {display: none;}}
@media (min-width: 1600px) and (min-height: 880px) {
  div:has(> .st-key-present) {--z: 1.25;}}
@media (min-width: 1900px) and (min-height: 1000px) {
  div:has(> .st-key-present) {--z: 1.45;}}
@media (min-width: 2500px) and (min-height: 1380px) {
  div:has(> .st-key-present) {--z: 1.95;}}
</style>
"""
NO_MENU = """
<style>section[aria-label="Sidebar"] {display: none;}</style>
"""
"""Streamlit leaves an empty sidebar where the page before had a full one."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def escape(text: str) -> str:
    """Text from a person, so that markdown shows it and does not obey it."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def clock(moment: datetime) -> str:
    """A stored time as 14:32, on the visitor's clock."""
    zone: ZoneInfo | None = None
    if st.context.timezone:
        try:
            zone = ZoneInfo(st.context.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            zone = None
    return f"{moment.replace(tzinfo=UTC).astimezone(zone):%H:%M}"


@contextmanager
def page(width: int = WIDE) -> Iterator[None]:
    """The centred column of a page; the width is a maximum, in pixels."""
    with (
        st.container(horizontal_alignment="center"),
        st.container(width=width, key="page", gap="small"),
    ):
        yield


@contextmanager
def head(
    title: str, caption: str, *, badges: Mapping[str, str] | None = None
) -> Iterator[None]:
    """A page's title; what is drawn inside stands right of it, or below on phones.

    `badges` are texts beside the title, each with its colour, gray or orange.
    """
    with st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        with st.container(gap=None, width="content"):
            with st.container(
                horizontal=True, vertical_alignment="center", width="content"
            ):
                st.title(title, anchor=False, width="content")
                for badge, color in (badges or {}).items():
                    st.badge(badge, color="orange" if color == "orange" else "gray")
            st.caption(caption)
        with st.container(
            horizontal=True, width="content", vertical_alignment="center"
        ):
            yield


def section(title: str, caption: str = "", *, help: str | None = None) -> None:
    """A card's title, which says the finding, and how to read what follows."""
    with st.container(gap=None):
        st.header(title, anchor=False, help=help)
        if caption:
            st.caption(caption)


def waiting() -> AbstractContextManager[object]:
    """In the place of what takes a while to read, where there are many teams."""
    return st.skeleton(height=320)


def pair() -> DeltaGenerator:
    """Two cards side by side where there is room for both."""
    return st.grid(2, min_column_width=380, gap="small")


def card(key: str | None = None) -> DeltaGenerator:
    """A bordered box as high as its neighbour."""
    return st.container(border=True, height="stretch", gap="small", key=key)


ARROWS = {
    "gap": ":blue[:material/arrow_forward:]",
    "up": ":green[:material/arrow_upward:]",
    "down": ":red[:material/arrow_downward:]",
    "same": ":gray[:material/arrow_forward:]",
}


def moved(title: str, category: str, before: str, after: str, kind: str) -> None:
    """One look for a gap and for a change: what was, and below it what is wanted.

    `kind` is gap, up, down or same. The texts are the model's or escaped ones.
    """
    was = "Now" if kind == "gap" else "Was"
    with st.container(gap=None):
        st.markdown(f"**{title}** &ensp; :gray[:small[{category}]]")
        st.markdown(f":gray[{was}: {before}]  \n{ARROWS[kind]} {after}")


def legend(names: Mapping[str, str], kind: str = "line") -> None:
    """The legend above a chart: series token to the words that name it.

    A mark stays on the line of its name.
    """
    marks = {
        "line": {"current": "**—**", "previous": "**—**", "target": "**╌**"},
        "bar": {"current": "■", "previous": "**┃**", "target": "◆"},
    }[kind]
    shown = {
        "current": ":blue[{mark}]{gap}:gray[{name}]",
        "previous": ':gray[{mark}]{{foreground="#868D9C"}}{gap}:gray[{name}]',
        "target": ":orange[{mark}]{gap}:gray[{name}]",
        "possible": ':blue[{mark}]{{foreground="#868D9C"}}{gap}:gray[{name}]',
    }
    parts = [
        shown[token].format(
            mark=marks.get(token, "▒"), gap="\N{NO-BREAK SPACE}", name=name
        )
        for token, name in names.items()
    ]
    st.markdown(":small[" + " &emsp; ".join(parts) + "]")


def as_table(rows: Sequence[Mapping[str, object]], label: str, key: str) -> None:
    """The figures of a chart as a table, one click away."""
    with st.expander("Show as table", type="compact", key=f"table-{key}"):
        cells = [{k: _cell(str(v), len(row)) for k, v in row.items()} for row in rows]
        st.table(cells, border="horizontal", hide_index=True, alt=label)


def _cell(text: str, columns: int) -> str:
    """A level or a quarter on one line, where a phone has room for so many columns."""
    if len(text) > SHORT or columns > COLUMNS:
        return text
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def more(page_path: str, label: str, key: str) -> None:
    """A link at the foot of a card."""
    with st.container(key=f"more-{key}"):
        st.page_link(
            page_path,
            label=label,
            icon=":material/arrow_forward:",
            icon_position="right",
        )


def signature(author: str, moment: datetime) -> str:
    """Who did something and when, as in a caption."""
    who = f" by {escape(author)}" if author else ""
    return f"{words.day(moment)}{who}"
