"""A visitor without a browser: speaks Streamlit's websocket protocol.

It sends what a browser would send at a click, every widget's state included, and
waits until the server says that the run has finished. Nothing is drawn, so what is
timed is the server.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlencode

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

FINISHED = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)
TIMEOUT = 60
CACHED_FROM = 10_000
"""Bytes from which the server may send a reference to a message of before."""


class PageError(Exception):
    """The page showed an exception, or what was looked for is not on it."""


@dataclass(frozen=True)
class Drawn:
    """An element on the page."""

    kind: str
    content: Message
    fragment: str

    @property
    def id(self) -> str:
        """A widget's id; empty for what nobody can use."""
        return str(getattr(self.content, "id", "")) if self.kind != "heading" else ""


class Visitor:
    """One session, open inside `async with Visitor(url) as visitor:`."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._known: dict[str, ForwardMsg] = {}
        self._states: dict[str, str] = {}
        self._query = self._page = ""
        self.page: dict[tuple[int, ...], Drawn] = {}
        """What is on the page by its place."""

    async def __aenter__(self) -> Visitor:
        self._socket: ClientConnection = await connect(
            self._url, subprotocols=["streamlit"], compression=None, max_size=None
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._socket.close()

    async def open(self, name: str = "", **query: str) -> float:
        """Open a page by its address; the seconds that took."""
        self._query = urlencode(query)
        return await self._run(name=name)

    async def choose(self, radio: Drawn, option: str) -> float:
        """Click an option; the seconds until the page showed what follows."""
        self._states[radio.id] = option
        return await self._run(fragment=radio.fragment)

    def chosen(self, radio: Drawn) -> str | None:
        return self._states.get(radio.id)

    def elements(self, kind: str) -> list[Drawn]:
        return [drawn for _, drawn in sorted(self.page.items()) if drawn.kind == kind]

    def counts(self) -> Counter[str]:
        """How many elements of each kind are on the page."""
        return Counter(drawn.kind for drawn in self.page.values())

    async def _run(self, name: str = "", fragment: str = "") -> float:
        message = BackMsg()
        run = message.rerun_script
        run.query_string = self._query
        run.page_script_hash, run.page_name = self._page, name
        run.fragment_id = fragment
        run.cached_message_hashes.extend(self._known)
        run.widget_states.SetInParent()
        for widget, value in self._states.items():
            run.widget_states.widgets.add(id=widget, string_value=value)
        drawn: dict[tuple[int, ...], Drawn] = {}
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        while True:
            raw = await asyncio.wait_for(self._socket.recv(decode=False), TIMEOUT)
            answer = self._message(raw)
            if answer.WhichOneof("type") == "script_finished":
                if answer.script_finished in FINISHED:
                    break
                continue
            self._read(answer, drawn)
        took = time.perf_counter() - began
        if fragment:
            kept = {p: d for p, d in self.page.items() if d.fragment != fragment}
            drawn = kept | drawn
        self.page = drawn
        for shown in self.elements("exception"):
            raise PageError(f"{shown.content}")
        return took

    def _message(self, raw: bytes) -> ForwardMsg:
        message = ForwardMsg()
        message.ParseFromString(raw)
        if message.WhichOneof("type") == "ref_hash":
            return self._known[message.ref_hash]
        if message.hash and len(raw) >= CACHED_FROM:
            self._known[message.hash] = message
        return message

    def _read(self, message: ForwardMsg, drawn: dict[tuple[int, ...], Drawn]) -> None:
        kind = message.WhichOneof("type")
        if kind in ("new_session", "navigation"):
            self._page = getattr(message, kind).page_script_hash or self._page
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta":
            what = message.delta.WhichOneof("type")
            place = tuple(message.metadata.delta_path)
            if what == "new_element":
                element = message.delta.new_element
                name = element.WhichOneof("type")
                if name:
                    content = getattr(element, name)
                    drawn[place] = Drawn(name, content, message.delta.fragment_id)
            elif what == "add_block":
                block = message.delta.add_block
                name = block.WhichOneof("type")
                if name:
                    drawn[place] = Drawn(
                        f"[{name}]", getattr(block, name), message.delta.fragment_id
                    )
