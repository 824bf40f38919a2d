"""The words a team lead may not know, each in one plain sentence.

They are read from `data/glossary.yaml`. A word is found in a text in any case, in the
plural and in its other spellings; where two overlap, as in "feature store", the
longer one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, TypeAdapter

from maturity.library import data_folder
from maturity.practice import Practice, Record, Text

About = Literal["dashboard", "practice"]


class WithBands(Record):
    """A word where bands take the place of levels."""

    word: Text | None = Field(default=None, description="If it is another word.")
    means: Text = Field(description="One plain sentence.")


class Term(Record):
    """One word with its meaning."""

    word: Text = Field(description="As a heading shows it.")
    about: About = Field(
        description="dashboard: a word of this product. practice: a word in questions."
    )
    also: list[Text] = Field(default=[], description="Other words for it.")
    phrases: list[Text] = Field(
        default=[], description="What means it in a text; found, and never shown."
    )
    means: Text = Field(description="One plain sentence.")
    note: Text | None = Field(default=None, description="A second sentence, if needed.")
    with_bands: WithBands | None = Field(
        default=None, description="What it is in a model whose tests give points."
    )
    gated: bool = Field(
        default=False, description="Whether only gated models have such a thing."
    )

    @property
    def spellings(self) -> list[str]:
        return [self.word, *self.also, *self.phrases]

    @property
    def text(self) -> str:
        """The meaning with its note."""
        return f"{self.means} {self.note}" if self.note else self.means

    def said(self, *, bands: bool) -> tuple[str, str]:
        """The word and its meaning, in models with bands or with levels."""
        other = self.with_bands
        if bands and other is not None:
            return other.word or self.word, other.means
        return self.word, self.text


def read(path: Path) -> list[Term]:
    """The terms of a file, by the alphabet."""
    terms = TypeAdapter(list[Term]).validate_python(
        yaml.safe_load(path.read_text("utf-8"))
    )
    return sorted(terms, key=lambda term: term.word.casefold())


@cache
def terms() -> tuple[Term, ...]:
    """Every term of the product, by the alphabet."""
    return tuple(read(data_folder() / "glossary.yaml"))


def term(word: str) -> Term:
    """The term of a word in any spelling; KeyError if there is none."""
    return _by_spelling()[word.casefold()]


@lru_cache(maxsize=4096)
def used_in(text: str, about: About) -> tuple[Term, ...]:
    """The terms that a text uses, in the order in which it does, each once."""
    known = _by_spelling()
    found: dict[str, Term] = {}
    for match in _pattern(about).finditer(text):
        one = known[_singular(match[0].casefold(), known)]
        found.setdefault(one.word, one)
    return tuple(found.values())


def of_practice(practice: Practice) -> tuple[Term, ...]:
    """The terms that a question uses, its answers included."""
    texts = [practice.question, *(rung.text for rung in practice.rungs)]
    return used_in("\n".join(texts), "practice")


def matching(wanted: str) -> list[Term]:
    """The terms that a search finds, in a word, a spelling or a meaning."""
    sought = wanted.strip().casefold()
    return [
        one
        for one in terms()
        if any(
            sought in text.casefold()
            for text in (*one.spellings, one.text, *one.said(bands=True))
        )
    ]


@cache
def _by_spelling() -> dict[str, Term]:
    return {said.casefold(): one for one in terms() for said in one.spellings}


@cache
def _pattern(about: About) -> re.Pattern[str]:
    """Any spelling as a whole word, the longest first, in the plural too."""
    said = [text for one in terms() if one.about == about for text in one.spellings]
    either = "|".join(re.escape(text) for text in sorted(said, key=len, reverse=True))
    return re.compile(rf"(?<![\w/-])(?:{either})s?(?![\w/-])", re.IGNORECASE)


def _singular(said: str, known: Iterable[str]) -> str:
    return said if said in known else said.removesuffix("s")
