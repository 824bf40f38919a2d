"""Reads the conditions of risk rules, as `a && (b || !c)`, without running anything.

A condition over n choices is a table of 2^n bits in one whole number: bit x says
whether it holds when exactly the choices whose bits stand in x are chosen. So two
conditions are joined, and compared, in a few operations on numbers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_CHOICES = 16
DEEPEST = 50
LONGEST = 4000

_TOKEN = re.compile(r"\s*(&&|\|\||[!()]|[A-Za-z0-9_.-]+)")


class ConditionError(Exception):
    """A condition that cannot be read; the message says why."""


def everything(choices: int) -> int:
    """The table of what always holds."""
    return (1 << (1 << choices)) - 1


def chosen(number: int, choices: int) -> int:
    """The table of "this choice is chosen"."""
    block = ((1 << (1 << number)) - 1) << (1 << number)
    width = 2 << number
    while width < 1 << choices:
        block |= block << width
        width *= 2
    return block


def table(condition: str, known: Mapping[str, int], choices: int) -> int:
    """The table of a condition; `known` are the tables of the choices by id."""
    if len(condition) > LONGEST:
        raise ConditionError(f"is longer than {LONGEST:,} characters")
    if condition.strip() == "default":
        return everything(choices)
    return _Parser(_tokens(condition), known, everything(choices)).whole()


def _tokens(condition: str) -> list[str]:
    found, at = [], 0
    text = condition.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConditionError(
                f"has {text[at:].strip()[:1]!r} in it; it is made of choices, &&, ||, "
                "! and brackets"
            )
        found.append(match[1])
        at = match.end()
    return found


class _Parser:
    """`!` binds most, then `&&`, then `||`."""

    def __init__(self, tokens: list[str], known: Mapping[str, int], full: int) -> None:
        self.tokens, self.known, self.full = tokens, known, full
        self.at = 0
        self.depth = 0

    def whole(self) -> int:
        found = self._any()
        if self.at < len(self.tokens):
            raise ConditionError(f"has {self.tokens[self.at]!r} where it should end")
        return found

    def _any(self) -> int:
        found = self._all()
        while self._take("||"):
            found |= self._all()
        return found

    def _all(self) -> int:
        found = self._one()
        while self._take("&&"):
            found &= self._one()
        return found

    def _one(self) -> int:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionError(f"is nested more than {DEEPEST} deep")
        if self._take("!"):
            found = self.full & ~self._one()
        elif self._take("("):
            found = self._any()
            if not self._take(")"):
                raise ConditionError("has a bracket that nothing closes")
        else:
            found = self._choice()
        self.depth -= 1
        return found

    def _choice(self) -> int:
        token = self.tokens[self.at] if self.at < len(self.tokens) else ""
        if token in self.known:
            self.at += 1
            return self.known[token]
        if not token:
            raise ConditionError("ends where a choice should follow")
        raise ConditionError(f"names {token!r}, which is no choice of this question")

    def _take(self, token: str) -> bool:
        if self.tokens[self.at : self.at + 1] != [token]:
            return False
        self.at += 1
        return True


@dataclass(frozen=True)
class Ways:
    """What meets several conditions, each as the fewest choices that are enough."""

    unwanted: frozenset[int]
    """The choices that stand in the way when they are chosen."""
    ways: tuple[tuple[frozenset[int], ...], ...]
    """For each condition its ways; a way is the choices it needs, in the right
    direction: chosen, or not chosen where they are unwanted. No way: never met."""


def ways(tables: Sequence[int], choices: int) -> Ways | None:
    """The ways to meet conditions; None where a choice both helps and hinders."""
    unwanted = set()
    for number in range(choices):
        on, shift = chosen(number, choices), 1 << number
        without = [t & ~on for t in tables]
        with_it = [(t & on) >> shift for t in tables]
        pairs = list(zip(without, with_it, strict=True))
        helps = any(b & ~a for a, b in pairs)
        hinders = any(a & ~b for a, b in pairs)
        if helps and hinders:
            return None
        if hinders:
            unwanted.add(number)
    turned = [_turned(t, unwanted, choices) for t in tables]
    found = tuple(tuple(_fewest(t, choices)) for t in turned)
    return Ways(frozenset(unwanted), found)


def _turned(table: int, unwanted: set[int], choices: int) -> int:
    """The table with "not chosen" in place of "chosen" for some choices."""
    for number in unwanted:
        on, shift = chosen(number, choices), 1 << number
        table = ((table & on) >> shift) | ((table & ~on) << shift)
    return table


def _fewest(table: int, choices: int) -> list[frozenset[int]]:
    """The smallest sets of choices that meet a condition which more never break."""
    least = table
    for number in range(choices):
        without = table & ~chosen(number, choices)
        least &= ~(without << (1 << number))
    found = []
    while least:
        point = (least & -least).bit_length() - 1
        least &= least - 1
        found.append(frozenset(n for n in range(choices) if point >> n & 1))
    return found
