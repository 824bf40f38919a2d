"""The page to compare with: the same widgets on plain Streamlit, and nothing else.

Run by `bench.click`, which writes down what Assess shows and names the file in
BENCH_SCENE. No database, no models, no scores: an answer stays in the session.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from bench.scene import Node, read

HORIZONTAL = 2
CAPTION = 2


def draw(nodes: Sequence[Node], place: str) -> None:
    """Elements one after another, containers with what is in them."""
    for number, node in enumerate(nodes):
        key, given = f"{place}.{number}", node.settings
        if node.fragment:
            st.fragment(draw)(node.children, key)
        elif node.kind == "[flex_container]":
            across = given.get("direction") == HORIZONTAL
            with st.container(border=bool(given.get("border")), horizontal=across):
                draw(node.children, key)
        elif node.kind == "[grid_container]":
            with st.grid(len(node.children), min_column_width=160):
                draw(node.children, key)
        elif node.kind == "[expandable]":
            watched = "rerun" if given["widget"] else "ignore"
            label, icon = given["label"], given.get("icon")
            with st.expander(
                label, icon=icon, key=key, type="compact", on_change=watched
            ):
                draw(node.children, key)
        else:
            element(node.kind, given, key)


def element(kind: str, given: dict[str, Any], key: str) -> None:
    label, body = given.get("label", ""), given.get("body", "")
    options, help_ = given.get("options", []), given.get("help")
    match kind:
        case "markdown" if given.get("element_type") == CAPTION:
            st.caption(body, help=help_)
        case "markdown":
            st.markdown(body, help=help_)
        case "heading":
            titles = {"h1": st.title, "h2": st.header, "h3": st.subheader}
            titles[given["tag"]](body, help=help_, anchor=False)
        case "html":
            st.html(body)
        case "progress":
            st.progress(given.get("value", 0), text=given.get("text"))
        case "button":
            st.button(
                label, key=key, icon=given.get("icon"), help=help_, type=given["type"]
            )
        case "selectbox":
            st.selectbox(label, options, key=key)
        case "button_group":
            st.segmented_control(label, options, key=key)
        case "radio":
            st.radio(label, options, index=None, key=key, label_visibility="collapsed")
        case "text_input":
            st.text_input(label, key=key, help=help_)
        case "text_area":
            st.text_area(label, key=key, height=80)
        case "date_input":
            st.date_input(label, value=None, key=key, help=help_)
        case _:
            raise NotImplementedError(f"The bare page cannot draw {kind} yet.")


main, sidebar, event, bottom = read(Path(os.environ["BENCH_SCENE"]))
with st.sidebar:
    draw(sidebar.children, "sidebar")
draw([*event.children, *main.children], "main")
with st.bottom:
    draw(bottom.children, "bottom")
