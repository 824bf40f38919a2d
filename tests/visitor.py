"""A visitor of the app without a browser: an AppTest with a person's moves and eyes.

Every run goes through `app.py`, as on a server whose menu has been drawn once. AppTest
forgets that after each run and would run a page alone, which only the very first
request of a server can meet; the browser tests open such cold links.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

from google.protobuf.message import Message
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

ROOT = Path(__file__).parents[1]
PAGES = sorted(path.stem for path in ROOT.glob("pages/*.py"))


def run_through_app(main_script: str) -> None:
    runpy.run_path(main_script, run_name="__main__")


class Visitor:
    """One session."""

    def __init__(self) -> None:
        script_runner._mpa_v1 = run_through_app
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)

    def open(self, page: str = "overview", **address: str) -> Visitor:
        """Follow a link, or choose a page from the menu."""
        if address:
            self.app.query_params = dict(address)
        self.app._page_hash = calc_hash("" if page == "overview" else page)
        self.app.run()
        return self

    @property
    def address(self) -> dict[str, str]:
        return dict(self.app.query_params)

    @property
    def title(self) -> str:
        return _plain(self.app.title[0].value)

    @property
    def text(self) -> str:
        """Everything that can be read on the page, a text a line."""
        return _plain("\n".join(self._texts()))

    @property
    def markdown(self) -> list[str]:
        """What the browser reads as markdown: there a name must be escaped."""
        app = self.app
        kinds = (app.title, app.header, app.subheader, app.markdown, app.caption)
        alerts = (app.warning, app.error, app.info, app.success)
        texts = [element.value for kind in (*kinds, *alerts) for element in kind]
        labelled = [w for kind in (app.button, app.radio) for w in kind]
        return [*texts, *(w.label for w in labelled), *(w.help for w in labelled)]

    def reads(self, text: str) -> bool:
        return text in self.text or text in "\n".join(self._texts())

    def click(self, label: str) -> Visitor:
        """Press the button with this label or key."""
        buttons = [b for b in self.app.button if label in (b.key, _plain(b.label))]
        assert len(buttons) == 1, f"{len(buttons)} buttons {label!r}: {self.buttons}"
        buttons[0].click().run()
        return self

    @property
    def buttons(self) -> list[str]:
        return [_plain(button.label) for button in self.app.button]

    def choose(self, label: str, value: object) -> Visitor:
        """Pick in a select box or a row of buttons; by value, or as it is shown."""
        for kind in (self.app.selectbox, self.app.get("button_group")):
            for widget in kind:
                if label in (widget.key, widget.label):
                    shown = value in widget.options
                    place = widget.options.index(value) if shown else None
                    widget.select_index(place) if shown else widget.set_value(value)
                    return self if widget.proto.form_id else self._run()
        raise AssertionError(f"nothing to choose from is called {label!r}")

    def write(self, label: str, text: object, practice: str = "") -> Visitor:
        """Type into a field and leave it; of a practice where several are alike.

        In a form nothing is sent until its button is pressed.
        """
        kinds = (self.app.text_input, self.app.text_area, self.app.date_input)
        for kind in kinds:
            for widget in kind:
                if widget.label == label and (widget.key or "").endswith(practice):
                    widget.set_value(text)
                    return self if widget.form_id else self._run()
        raise AssertionError(f"no field is called {label!r}")

    def answer(self, practice: str, option: str) -> Visitor:
        """Choose an option: a rung's id, "?" for not known, "-" for not applicable."""
        self._radio(practice).set_value(option).run()
        return self

    def answered(self, practice: str) -> str | None:
        """The option that is chosen on screen."""
        return self._radio(practice).value

    def asks(self, practice: str) -> bool:
        return any((r.key or "").endswith(f"/{practice}") for r in self.app.radio)

    def press(self, part: str, practice: str) -> Visitor:
        """Press a question's own button: keep, clear or take."""
        found = [
            button
            for button in self.app.button
            if (button.key or "").startswith(f"{part}/")
            and (button.key or "").endswith(f"/{practice}")
        ]
        assert len(found) == 1, f"{len(found)} buttons to {part} {practice}"
        found[0].click().run()
        return self

    def offers(self, part: str, practice: str) -> bool:
        keys = [button.key or "" for button in self.app.button]
        return any(k.startswith(f"{part}/") and k.endswith(practice) for k in keys)

    @property
    def tables(self) -> list[list[dict[str, str]]]:
        """Every table as rows, a cell by its column, with plain spaces."""
        return [
            table.value.astype(str)
            .replace("\N{NO-BREAK SPACE}", " ", regex=True)
            .to_dict("records")
            for table in self.app.table
        ]

    def metric(self, label: str) -> str:
        return next(m.value for m in self.app.metric if m.label == label)

    def _run(self) -> Visitor:
        self.app.run()
        return self

    def _radio(self, practice: str):
        return next(
            radio
            for radio in self.app.radio
            if (radio.key or "").endswith(f"/{practice}")
        )

    def _texts(self) -> Iterator[str]:
        for node in self.app._tree:
            proto = getattr(node, "proto", None)
            if isinstance(proto, Message):
                yield from _strings(proto)
        for table in self.tables:
            yield "\n".join(" | ".join(row.values()) for row in table)


def _strings(message: Message) -> Iterator[str]:
    for field, value in message.ListFields():
        for item in value if field.is_repeated else [value]:
            if isinstance(item, str):
                if not item.startswith("$$ID-"):
                    yield item
            elif isinstance(item, Message):
                yield from _strings(item)


def _plain(markdown: str) -> str:
    """Markdown as it is read: without the backslashes that keep it from acting."""
    return re.sub(r"\\(.)", r"\1", markdown)
