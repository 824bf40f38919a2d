"""A custom lens of the AWS Well-Architected Tool as a model file.

A lens says which choices of a question leave which risk. Here a pillar is a category,
and the risk is a scale of three levels: high risk, no high risk, no risk. Where a
question's rules ask for all of some choices, each choice is a practice of yes or no.
Where they ask for one of several, the question is one practice whose rungs say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from maturity import words
from maturity.foreign import conditions, lens_file
from maturity.foreign.conditions import MOST_CHOICES, ConditionError, Ways
from maturity.foreign.lens_file import RISKS, Choice, Lens, Pillar, Question
from maturity.foreign.texts import Ids, name, plain, quoted, short, slug

Values = dict[str, object]

MOST_WAYS = 4
"""How many ways to meet a rule one sentence can say."""
LONGEST_ID = 32
NO_PLAN = "The lens gives no improvement plan."
NOTHING_COUNTED = "its choices are shown and decide nothing"

MIXED = f"One choice helps in some cases and hinders in others, so {NOTHING_COUNTED}"
MANY_WAYS = f"More than {MOST_WAYS} ways to meet the rules, so {NOTHING_COUNTED}"
MANY_CHOICES = f"More than {MOST_CHOICES} choices, so {NOTHING_COUNTED}"
ANY_OF = (
    "Rules that join choices with “or”: one question whose answers say the cases, and "
    "the choices are not asked one by one"
)
NO_DEFAULT = "Cases that no rule is about, since none is default, count as a high risk"
NOT_HIGH = "No choices avoid a high risk, so nothing is asked"
NOT_NONE = "No choices lead to no risk, so nothing is asked for that"
NO_CHOICES = "Left out, since there are no choices to ask for"
NOTHING_DECIDES = "Pillars left out, since no rule in them decides a risk"


@dataclass
class _Found:
    """What the lens has been turned into so far."""

    model: str
    ids: Ids = field(default_factory=Ids)
    criteria: list[Values] = field(default_factory=list)
    practices: list[Values] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    """What was decided or lost, with the names of what it is about."""

    def note(self, what: str, about: str) -> None:
        self.notes.setdefault(what, []).append(about)


@dataclass(frozen=True)
class _Place:
    """Where a question stands."""

    category: str
    pillar: Pillar
    question: Question

    @property
    def cites(self) -> str:
        return f"{self.pillar.name}: {name(self.question.title)}"


def read(data: Mapping[str, object]) -> tuple[Values, list[str], list[str]]:
    """The values of the model file, what was lost, and what is wrong with the lens."""
    lens = lens_file.read(data)
    found = _Found(slug(lens.name or "lens", LONGEST_ID))
    if lens.problems:
        return {}, [], lens.problems
    categories, ids = [], Ids()
    for pillar in lens.pillars:
        before = len(found.criteria)
        category = ids.give(pillar.id)
        for question in pillar.questions:
            _carry(_Place(category, pillar, question), found)
        if any(criterion["gating"] for criterion in found.criteria[before:]):
            categories.append(_category(category, pillar.name))
        else:
            del found.criteria[before:]
            found.note(NOTHING_DECIDES, pillar.name)
    if not categories and not found.problems:
        found.problems.append(
            "pillars: no rule in them decides a risk, so there is nothing to take"
        )
    asked = {criterion["practice"] for criterion in found.criteria}
    found.practices = [p for p in found.practices if p["id"] in asked]
    return _values(lens, categories, found), list(_notes(lens, found)), found.problems


def _carry(at: _Place, found: _Found) -> None:
    """Turn a question into practices and criteria."""
    question = at.question
    asked = [choice for choice in question.choices if not choice.none_of_these]
    if not asked:
        found.note(NO_CHOICES, at.cites)
        return
    possible = _ways(at, asked, found)
    if possible is None:
        _choices(at, asked, frozenset(), {}, found)
        return
    not_high, no_risk = possible.ways
    if not not_high:
        found.note(NOT_HIGH, at.cites)
    elif not no_risk:
        found.note(NOT_NONE, at.cites)
    if len(not_high) <= 1 and len(no_risk) <= 1:
        levels = {n: 2 for way in no_risk for n in way}
        levels |= {n: 1 for way in not_high for n in way}
        _choices(at, asked, possible.unwanted, levels, found)
    else:
        found.note(ANY_OF, at.cites)
        _cases(at, asked, possible, found)


def _ways(at: _Place, asked: list[Choice], found: _Found) -> Ways | None:
    """The ways to no high risk, and to no risk; None where no level can say them."""
    number = len(asked)
    if number > MOST_CHOICES:
        found.note(MANY_CHOICES, at.cites)
        return None
    known = {c.id: conditions.chosen(n, number) for n, c in enumerate(asked)}
    # Chosen exactly when nothing else is: bit 0, no choice at all.
    known |= {choice.id: 1 for choice in at.question.choices if choice.none_of_these}
    left, reached = conditions.everything(number), dict.fromkeys(RISKS, 0)
    for place, (condition, risk) in enumerate(at.question.rules, start=1):
        try:
            holds = left & conditions.table(condition, known, number)
        except ConditionError as error:
            found.problems.append(f"{at.question.place}, risk rule {place}: {error}")
            return None
        reached[risk] |= holds
        left &= ~holds
    if left:
        found.note(NO_DEFAULT, at.cites)
    no_risk = reached["NO_RISK"]
    possible = conditions.ways([no_risk | reached["MEDIUM_RISK"], no_risk], number)
    if possible is None:
        found.note(MIXED, at.cites)
    elif any(len(its) > MOST_WAYS for its in possible.ways):
        found.note(MANY_WAYS, at.cites)
        return None
    return possible


def _choices(
    at: _Place,
    asked: list[Choice],
    unwanted: frozenset[int],
    levels: Mapping[int, int],
    found: _Found,
) -> None:
    """A practice of yes or no for each choice; without a level, an informative one."""
    title = at.question.title
    mark = " " if title.endswith(("?", ".", "!")) else ": "
    for number, choice in enumerate(asked):
        practice = found.ids.give(found.model, at.question.id, choice.id)
        rungs: list[Values] = [
            {"id": "no", "text": f"No: {choice.title}."},
            {"id": "yes", "text": f"Yes: {choice.title}."},
        ]
        if number in unwanted:
            rungs.reverse()
        rungs[1]["how"] = choice.how or NO_PLAN
        asks = f"{title}{mark}Is this so: {choice.title}?"
        why = choice.why or at.question.why
        _add(found, at, practice, name(choice.title), asks, why, rungs)
        text = str(rungs[1]["text"])
        _ask(
            found, at, practice, text, levels.get(number, 2), rungs[1], number in levels
        )


def _cases(at: _Place, asked: list[Choice], possible: Ways, found: _Found) -> None:
    """One practice for the question: a rung for each risk that it can leave."""

    def said(its: tuple[frozenset[int], ...]) -> str:
        return "; or ".join(_way(way, asked, possible.unwanted) for way in its)

    not_high, no_risk = possible.ways
    always = frozenset[int]()
    rungs: list[Values] = []
    if always not in not_high:
        text = f"Less than this is so: {said(not_high)}."
        rungs.append({"id": "high-risk", "text": text})
    if not_high != no_risk:
        least = f"At least this is so: {said(not_high)}."
        text = least if rungs else f"Less than this is so: {said(no_risk)}."
        rungs.append({"id": "medium-risk", "text": text})
    if no_risk:
        rungs.append({"id": "no-risk", "text": f"This is so: {said(no_risk)}."})
    plans = [f"{choice.title}: {choice.how}" for choice in asked if choice.how]
    for rung in rungs[1:]:
        rung["how"] = plain(" ".join(plans)) or NO_PLAN
    practice = found.ids.give(found.model, at.question.id)
    title, why = at.question.title, at.question.why
    _add(found, at, practice, name(title), title, why, rungs)
    levels = {"medium-risk": 1, "no-risk": 1 if not_high == no_risk else 2}
    for rung in rungs[1:]:
        text, level = str(rung["text"]), levels[str(rung["id"])]
        _ask(found, at, practice, text, level, rung, gating=True)


def _way(way: Iterable[int], asked: list[Choice], unwanted: frozenset[int]) -> str:
    """As in: “A” and not “B”."""
    return words.listed(
        [
            f"not “{asked[n].title}”" if n in unwanted else f"“{asked[n].title}”"
            for n in sorted(way)
        ]
    )


def _add(
    found: _Found,
    at: _Place,
    practice: str,
    called: str,
    asks: str,
    why: str,
    rungs: list[Values],
) -> None:
    found.practices.append(
        {
            "id": practice,
            "name": called,
            "question": asks,
            "why": why or f"The lens asks for it in its pillar {at.pillar.name}.",
            "evidence": ["What shows that it is so; the lens names nothing"],
            "effort": "M",
            "rungs": rungs,
        }
    )


def _ask(
    found: _Found,
    at: _Place,
    practice: str,
    text: str,
    level: int,
    rung: Values,
    gating: bool,
) -> None:
    found.criteria.append(
        {
            "id": found.ids.give(found.model, "asks", *practice.split(".")[1:]),
            "level": level,
            "category": at.category,
            "text": text,
            "cites": at.cites,
            "practice": practice,
            "at_least": rung["id"],
            "gating": gating,
        }
    )


def _category(category: str, called: str) -> Values:
    return {
        "id": category,
        "name": called,
        "short_name": short(called),
        "summary": f"The questions of the pillar {called}.",
    }


def _values(lens: Lens, categories: list[Values], found: _Found) -> Values:
    keys = ("id", "level", "category", "practice", "at_least", "gating")
    counted = [[criterion[key] for key in keys] for criterion in found.criteria]
    digest = sha256(repr(counted).encode()).hexdigest()[:8]
    return {
        "id": found.model,
        "name": lens.name,
        "short_name": short(lens.name),
        "summary": lens.summary or f"The lens {lens.name}.",
        "good_for": "Whoever reviews with this lens.",
        # A lens has no edition of its own: the same rules are the same edition.
        "edition": f"rules {digest}",
        "source": {
            "title": lens.name,
            "publisher": "Whoever wrote the lens; the file does not say",
            "url": "Not in the file",
            "licence": "Not in the file; the texts are the lens's own.",
        },
        "ours": "Pillars, questions, choices and the risk they leave are the lens's. "
        "The levels, the answers to choose from and the scoring are this dashboard's: "
        "a category has a level where none of its questions leaves the risk below.",
        "rule": "gated",
        "levels": LEVELS,
        "categories": categories,
        "criteria": found.criteria,
        "practices": found.practices,
    }


LEVELS = [
    {
        "number": 0,
        "name": "High risk",
        "summary": "At least one question leaves a high risk.",
    },
    {
        "number": 1,
        "name": "No high risk",
        "summary": "No question leaves a high risk; some leave a medium one.",
    },
    {
        "number": 2,
        "name": "No risk",
        "summary": "No question leaves a risk that the lens knows of.",
    },
]


def _notes(lens: Lens, found: _Found) -> Iterable[str]:
    yield "Effort is M everywhere, since a lens does not say how much work it is."
    none = [
        choice
        for pillar in lens.pillars
        for question in pillar.questions
        for choice in question.choices
        if choice.none_of_these
    ]
    if none:
        number = words.count(len(none), "choice")
        yield f"{number} “None of these”: not asked, since No to all others says it."
    if lens.left:
        yield f"Not carried over: {quoted(sorted(lens.left)[:20])}."
    for what, about in found.notes.items():
        yield f"{what}: {quoted(about)}."
