"""What a page showed, written down so that a bare page can show the same.

The bare page then has the same widgets with the same words in the same fragment, and
stays in step with the dashboard by itself: nobody copies widgets by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from google.protobuf.message import Message

from bench.client import Drawn

PLACES = ("main", "sidebar", "event", "bottom")


@dataclass
class Node:
    """An element or a container, with what a bare page needs to draw it."""

    kind: str
    fragment: bool = False
    """Whether a fragment made this container, and everything in it."""
    settings: dict[str, object] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


def write(page: Mapping[tuple[int, ...], Drawn], path: Path) -> None:
    """Write a page down, container within container."""
    roots = [Node(place) for place in PLACES]
    nodes = {(number,): root for number, root in enumerate(roots)}
    for place, drawn in sorted(page.items()):
        around = page.get(place[:-1])
        begins = drawn.fragment != (around.fragment if around else "")
        nodes[place] = Node(drawn.kind, begins, _settings(drawn))
        nodes[place[:-1]].children.append(nodes[place])
    path.write_text(json.dumps([asdict(root) for root in roots]), "utf-8")


def read(path: Path) -> list[Node]:
    return [_node(found) for found in json.loads(path.read_text("utf-8"))]


def _node(found: dict[str, object]) -> Node:
    children = found.pop("children")
    assert isinstance(children, list)
    node = Node(**found)  # type: ignore[arg-type]
    node.children = [_node(child) for child in children]
    return node


def _settings(drawn: Drawn) -> dict[str, object]:
    """Every setting of the element that is a text, a number or a list of texts."""
    settings: dict[str, object] = {"widget": bool(drawn.id)}
    for descriptor, value in drawn.content.ListFields():
        if isinstance(value, str | int | float):
            settings[descriptor.name] = value
        elif not isinstance(value, Message):
            settings[descriptor.name] = [
                getattr(one, "content", one)
                for one in value
                if isinstance(one, str) or hasattr(one, "content")
            ]
    return settings
