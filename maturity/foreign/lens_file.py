"""Reads a custom lens of the AWS Well-Architected Tool: pillars, questions, choices.

The format: docs.aws.amazon.com/wellarchitected, "Lens format specification".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from maturity import words
from maturity.document import shortened
from maturity.foreign.texts import name, plain, sentence

RISKS = ("HIGH_RISK", "MEDIUM_RISK", "NO_RISK")
_NONE_OF_THESE = re.compile(r"^none of (these|the above|them)\b", re.IGNORECASE)
_KNOWN = {
    "lens": {"schemaVersion", "name", "description", "pillars"},
    "pillar": {"id", "name", "questions"},
    "question": {"id", "title", "description", "choices", "riskRules"},
    "choice": {"id", "title", "description", "helpfulResource", "improvementPlan"},
    "rule": {"condition", "risk"},
}


@dataclass(frozen=True)
class Choice:
    """A choice of a question; its texts are plain."""

    id: str
    title: str
    why: str
    how: str

    @property
    def none_of_these(self) -> bool:
        """Whether it says that nothing else is chosen."""
        return self.id.endswith("_no") or bool(_NONE_OF_THESE.match(self.title))


@dataclass(frozen=True)
class Question:
    """A question with its rules: the first condition that holds says the risk."""

    place: str
    """As a message names it."""
    id: str
    title: str
    why: str
    choices: tuple[Choice, ...]
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pillar:
    id: str
    name: str
    questions: tuple[Question, ...]


@dataclass
class Lens:
    """What stands in a lens, and what is wrong with it."""

    name: str
    summary: str
    pillars: list[Pillar] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    """Keys that a model file has no place for, as in "url of a choice"."""


def read(data: Mapping[str, object]) -> Lens:
    """Read a lens; `problems` names all that is wrong, by place."""
    lens = Lens(name(data.get("name")), plain(data.get("description")))
    if not lens.name:
        lens.problems.append("name: is missing; a lens has a name")
    _leave("lens", data, lens)
    for number, pillar in enumerate(_items(data, "pillars", "", lens), start=1):
        _leave("pillar", pillar, lens)
        called = sentence(pillar.get("name")) or plain(pillar.get("id")) or str(number)
        place = f"pillar {called}"
        questions = [
            _question(question, f"{place}, question {at}", lens)
            for at, question in enumerate(
                _items(pillar, "questions", place, lens), start=1
            )
        ]
        id = plain(pillar.get("id")) or called
        lens.pillars.append(Pillar(id, called, tuple(questions)))
    return lens


def _question(question: Mapping[str, object], place: str, lens: Lens) -> Question:
    _leave("question", question, lens)
    title = plain(question.get("title"))
    if title:
        place = f"{place}, {name(title)}"
    else:
        lens.problems.append(f"{place}: title is missing")
    choices = []
    for at, choice in enumerate(_items(question, "choices", place, lens), start=1):
        _leave("choice", choice, lens)
        id, said = choice.get("id"), sentence(choice.get("title"))
        if not isinstance(id, str) or not id or not said:
            lens.problems.append(f"{place}, choice {at}: needs an id and a title")
            continue
        why = _resource(choice.get("helpfulResource")) or plain(
            choice.get("description")
        )
        choices.append(Choice(id, said, why, _resource(choice.get("improvementPlan"))))
    for id, times in Counter(choice.id for choice in choices).items():
        if times > 1:
            lens.problems.append(f"{place}: {times} choices have the id {plain(id)}")
    rules = []
    for at, rule in enumerate(_items(question, "riskRules", place, lens), start=1):
        _leave("rule", rule, lens)
        condition, risk = rule.get("condition"), rule.get("risk")
        if isinstance(condition, str) and risk in RISKS:
            rules.append((condition, str(risk)))
        else:
            lens.problems.append(
                f"{place}, risk rule {at}: needs a condition, and as risk "
                f"{', '.join(RISKS[:-1])} or {RISKS[-1]}"
            )
    id = plain(question.get("id")) or title
    why = plain(question.get("description"))
    return Question(place, id, title, why, tuple(choices), tuple(rules))


def _resource(value: object) -> str:
    """The words of a resource, with its address."""
    if not isinstance(value, dict):
        return ""
    said, url = plain(value.get("displayText")), plain(value.get("url"))
    return f"{said} ({url})" if said and url else said or url


def _items(
    of: Mapping[str, object], key: str, place: str, lens: Lens
) -> list[dict[str, object]]:
    value = of.get(key)
    here = f"{place}, {key}" if place else key
    if not isinstance(value, list) or not value:
        lens.problems.append(f"{here}: a list belongs here, in square brackets")
        return []
    wrong = [str(n) for n, item in enumerate(value, 1) if not isinstance(item, dict)]
    if wrong:
        lens.problems.append(f"{here}: item {words.listed(wrong[:5])} has no keys")
    return [item for item in value if isinstance(item, dict)]


def _leave(kind: str, item: Mapping[str, object], lens: Lens) -> None:
    lens.left.update(
        f"{shortened(key)} of a {kind}" for key in item.keys() - _KNOWN[kind]
    )
