"""Reads one YAML document and remembers the line of everything in it.

Built from the parser's events instead of PyYAML's own constructor, which takes the
last of two equal keys in silence, follows aliases however often they multiply, and
crashes on deep nesting. What these files need is text, numbers, lists and mappings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml

LARGEST = 10 * 1024 * 1024
MOST_VALUES = 100_000
DEEPEST = 20
MOST_PROBLEMS = 50
LONGEST_QUOTE = 60

# Part of most installations of PyYAML, and ten times as fast.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_scalar = yaml.constructor.SafeConstructor()
_resolve: Callable[..., str] = yaml.resolver.Resolver().resolve

T = TypeVar("T")

Place = tuple[str | int, ...]
"""Where something stands: keys and places in lists, from the top of the file."""

KINDS = {
    "levels": "level",
    "bands": "band",
    "categories": "category",
    "criteria": "criterion",
    "practices": "practice",
    "rungs": "rung",
}
"""What an item of a list is called."""

NAMED_BY = {"level": "number", "band": "name"}
"""The key that says which item it is, where that is not its id."""


class Problem(NamedTuple):
    """What is wrong at a place, and the way out."""

    place: Place
    reason: str


class Unreadable(Exception):
    """A file that is not one YAML document of plain values."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line

    def message(self, name: str) -> str:
        line = "" if self.line is None else f", line {self.line}"
        return f"{name}{line}: {self.reason}"


@dataclass
class Document:
    """The values of a file with their lines."""

    name: str
    data: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    written: dict[Place, str] = field(default_factory=dict)
    """The text of the values that YAML does not read as text, such as dates."""
    problems: list[Problem] = field(default_factory=list)

    def messages(self, problems: list[Problem]) -> list[str]:
        """Each problem as a line with file, line number, item, place and reason."""
        found = sorted(
            ((self.line(problem.place), problem) for problem in problems),
            key=lambda one: one[0],
        )
        said = list(dict.fromkeys(self._message(*one) for one in found))
        if len(said) > MOST_PROBLEMS:
            left = len(said) - MOST_PROBLEMS
            said[MOST_PROBLEMS:] = [f"{self.name}: {left} more problems follow"]
        return said

    def line(self, place: Place) -> int:
        """The line of a place; of what is missing, the line where it belongs."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def scored_by_points(self, place: Place) -> bool:
        """Whether the criterion at a place gives points instead of a level."""
        here = self.data
        for step in place:
            here = _at(here, step)
        return isinstance(here, dict) and "points" in here and "level" not in here

    def _message(self, line: int, problem: Problem) -> str:
        told = ", ".join([self.name, f"line {line}", *self._told(problem.place)])
        return f"{told}: {problem.reason}"

    def _told(self, place: Place) -> Iterator[str]:
        here, kind = self.data, "practice"
        for depth, step in enumerate(place, start=1):
            there = _at(here, step)
            if isinstance(step, str):
                kind = KINDS.get(step, "")
                # Of a list of items the item says enough.
                if not (kind and isinstance(there, list) and depth < len(place)):
                    yield step
            else:
                name = _at(there, NAMED_BY.get(kind, "id"))
                if not kind:
                    yield f"item {step + 1}"
                elif isinstance(name, str | int) and name != "":
                    yield f"{kind} {shortened(str(name))}"
                else:
                    yield f"{kind} {step + 1} from the top"
            here = there


def _at(value: object, step: str | int) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def shortened(text: str) -> str:
    """A value as a message shows it: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"


def read(path: Path) -> Document:
    """Read a file; `Unreadable` says why it cannot be."""
    return parse(path.name, content(path))


def content(path: Path) -> bytes:
    """What a file holds, or the beginning of what is too large anyway."""
    try:
        # One byte more than allowed shows that there is too much.
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Unreadable("there is no such file; check the name") from None
    except IsADirectoryError:
        raise Unreadable("this is a folder; name the files in it") from None
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}") from error


def parse(name: str, raw: bytes) -> Document:
    """Read what a file holds; `Unreadable` says why it cannot be."""
    document = Document(name)
    _run(raw, lambda text: _Reader(text).read(document))
    return document


def parse_all(name: str, raw: bytes) -> list[Document]:
    """Read a file of several documents, as formats of others have."""
    return _run(raw, lambda text: list(_Reader(text).read_all(name)))


def _run(raw: bytes, read: Callable[[str], T]) -> T:
    """Decode a file and read it, with whatever the parser says in plain words."""
    if len(raw) > LARGEST:
        raise Unreadable("is larger than 10 MB; a model file is a few pages of text")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unreadable("is not UTF-8 text; save it as UTF-8", line) from error
    try:
        return read(text)
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        reason = "holds a control character, as programs and pictures do"
        raise Unreadable(f"{reason}; write plain text", line) from error


class _Reader:
    """Turns the parser's events into values."""

    def __init__(self, text: str) -> None:
        self.document = Document("")
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self.values = 0

    def read(self, document: Document) -> None:
        self.document = document
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise Unreadable("is empty; write a model, or a list of practices")
        self.document.data = self._value(next(self.events), ())
        next(self.events)
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise Unreadable(
                "a second document begins here; take out the line with ---",
                _line(after),
            )

    def read_all(self, name: str) -> Iterator[Document]:
        next(self.events)
        while not isinstance(next(self.events), yaml.StreamEndEvent):
            self.document = Document(name)
            self.document.data = self._value(next(self.events), ())
            next(self.events)
            yield self.document

    def _value(self, event: yaml.Event, place: Place) -> object:
        self.values += 1
        if self.values > MOST_VALUES:
            raise Unreadable(
                f"holds more than {MOST_VALUES:,} values; a model file is a few pages"
            )
        if len(place) > DEEPEST:
            raise Unreadable(
                f"is nested more than {DEEPEST} deep; take out brackets or indentation",
                _line(event),
            )
        self.document.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(
                f"*{event.anchor} repeats another part of the file, which these files "
                "do not do; write it out, or put the text in quotes",
                _line(event),
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        return self._list(place)

    def _mapping(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise Unreadable(
                    "a key is a single word; take out the brackets", _line(event)
                )
            # As it is written: `on` and `no` are words where a key is meant.
            key = event.value
            repeated = key in found
            if not repeated:
                self.document.lines[*place, key] = _line(event)
            value = self._value(next(self.events), (*place, key))
            if repeated:
                self.document.problems.append(
                    Problem(
                        (*place, key),
                        f"stands here and again in line {_line(event)}; "
                        "take one of them out",
                    )
                )
            else:
                found[key] = value
        return found

    def _list(self, place: Place) -> list[object]:
        found: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*place, len(found))))
        return found

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> object:
        tag = event.tag
        if tag in (None, "!"):
            tag = _resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == "tag:yaml.org,2002:str":
            return event.value
        self.document.written[place] = event.value
        try:
            return _scalar.construct_object(yaml.ScalarNode(tag, event.value))
        except yaml.YAMLError:
            raise Unreadable(
                f"{shortened(str(tag))} is more than plain text; take it out",
                _line(event),
            ) from None
        except ValueError:
            # A month 13 or a number of ten thousand digits: nothing but text.
            return event.value


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _syntax(error: yaml.MarkedYAMLError, text: str) -> Unreadable:
    """What PyYAML stumbled over, in words for someone who wrote the text."""
    problem, mark = error.problem or "", error.problem_mark
    if mark is None:
        return Unreadable(f"is not YAML: {problem}")
    opened = error.context_mark or mark
    number = mark.line
    # Past the last line there is nothing.
    line = "".join(text.splitlines()[number : number + 1])
    before, here = line[: mark.column], line[mark.column :]
    starred = re.search(r"(?:^|[:-])\s+([*&])", line)
    if "\t" in before or here.startswith("\t"):
        reason = "a tab stands here; indent with spaces"
    elif problem.startswith("mapping values") and ":" in before:
        reason = "a text with a colon in it needs quotes around it"
    elif problem.startswith("mapping values"):
        reason = (
            "this line does not go with the one above; give the keys of one item "
            "the same indentation, and each key a colon and a space"
        )
    elif "cannot start" in problem:
        reason = f"a text that begins with {here[:1]} needs quotes around it"
    elif starred:
        reason = f"a text that begins with {starred[1]} needs quotes around it"
    elif "end of stream" in problem:
        number = opened.line
        reason = "a quotation mark opens here and nothing closes it"
    elif "could not find expected ':'" in problem:
        number = opened.line
        reason = "this line is neither a key with a colon nor part of a text"
    elif "did not find expected" in problem:
        reason = (
            "this line does not go with the ones above; check its indentation, "
            "and whether quotes and brackets that open are closed"
        )
    else:
        reason = f"is not YAML: {problem}"
    return Unreadable(reason, number + 1)
