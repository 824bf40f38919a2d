"""Teams at the ends of what a page has to hold: few or many of everything.

Names are as long as they may be, of one word or of many, and full of what other
programs would take for a command.
"""

from __future__ import annotations

from pypdf import PageObject

from maturity import asking, planning
from maturity.answer import Answer, State
from maturity.library import Library
from maturity.model import Category, Criterion, Level, MaturityModel, Source
from maturity.plan import NewStep, Status
from maturity.practice import Practice, Rung
from maturity.quarter import Quarter
from maturity.report import figures
from maturity.report.figures import Figures
from maturity.service import Service
from maturity.storage import Store

LAST = Quarter(2026, 4)
HOSTILE = "#let x = 1 *b* _i_ $a^2$ <b>b</b> =1+1 @a `c` [d](e) \\ // 60"
"""Sixty characters of markup, of typst, of HTML, of Markdown and of a spreadsheet."""
ONE_WORD = "W" * 60
OTHER_SCRIPTS = "שלום Команда Ωμέγα 日本 🚀"


def model(categories: int, *, long: bool = True) -> MaturityModel:
    """A model of four levels that asks one thing more of each category at each."""
    tail = " that is named at such length that it takes two lines" if long else ""
    ids = [f"part{number}" for number in range(1, categories + 1)]
    criteria = [
        Criterion(
            id=f"{one}.{level}",
            level=level,
            category=one,
            text=f"It is done, and done again at level {level}{tail}.",
            cites=f"Chapter {level}, <i>{one}</i> #{level}",
            practice=f"{one}.way",
            at_least=f"rung{level}",
            gating=True,
        )
        for level in (1, 2, 3)
        for one in ids
    ]
    practices = [
        Practice(
            id=f"{one}.way",
            name=f"Way of *{one}*{tail}",
            question="How is it *done*?",
            why="It matters.",
            evidence=["A run."],
            effort="M",
            rungs=[
                Rung(id=f"rung{n}", text=f"It is done in way {n} of four{tail}.")
                for n in range(4)
            ],
        )
        for one in ids
    ]
    return MaturityModel(
        id="small",
        name="A model with a #long *name* that people have to read",
        short_name="Small",
        summary="A model for tests.",
        good_for="Tests.",
        edition="2026",
        source=Source(
            title="Title & <b>", publisher="P", url="https://example.org/m", licence="L"
        ),
        ours="All of it.",
        rule="gated",
        levels=[
            Level(number=n, name=f"Step {n} of #the way", summary="A step.")
            for n in range(4)
        ],
        categories=[
            Category(
                id=one, name=f"*Part* {one}{tail}", short_name=one, summary="A part."
            )
            for one in ids
        ],
        criteria=criteria,
        practices=practices,
    )


def service(store: Store, categories: int, *, long: bool = True) -> Service:
    small = model(categories, long=long)
    return Service(store, Library({}, {small.id: small}))


def figures_of(
    store: Store,
    *,
    name: str = "Ads",
    categories: int = 8,
    quarters: int = 12,
    ask: str = "",
    unknown: bool = False,
    long: bool = True,
) -> Figures:
    """A team with these quarters behind it, the last one submitted too."""
    here = service(store, categories, long=long)
    team = store.add_team(name, by="")
    asked = [p.id for p in here.library.definition("small").asked]
    for back in reversed(range(quarters)):
        quarter = LAST.shift(-back)
        rung = min(3, (quarters - back) // 4)
        for number, practice in enumerate(asked):
            answer = Answer(State.RUNG, f"rung{max(0, rung - number % 2)}")
            if unknown and number % 3 == 0:
                answer = Answer(State.UNKNOWN)
            here.answer(team.id, quarter, practice, answer, "")
        here.submit(team.id, "small", quarter, "Everything that we run", "")
    here.set_target(team.id, "small", "", 3, LAST.shift(2), "")
    person = store.person(name)
    steps = [NewStep(p, "rung3", person, "2027-Q1", Status.PLANNED) for p in asked[:10]]
    planning.save(here, team.id, steps, "")
    if ask:
        asking.write(here, team.id, "small", LAST, ask, "")
    reading = here.reading(team, "small", LAST)
    assert reading is not None
    return figures.gather(here, reading, here.history(team, "small"))


def figures_in(told: Service, model: str) -> Figures:
    """The latest quarter of the first demo team that answered through a model."""
    for team in told.store.teams():
        history = told.history(team, model)
        if history:
            return figures.gather(told, history[-1], history)
    raise AssertionError(f"the demo has no team through {model}")


def squeezed(text: str) -> str:
    """Without spaces, and a word that was broken anywhere whole again."""
    return "".join(text.replace("\u200b", "").split())


def places(page: PageObject) -> list[tuple[float, float]]:
    """Where each piece of text begins, in points from the lower left corner.

    Short marks are left out: those that a chart hides for want of room have a canvas
    of their own and no place on the page.
    """
    found: list[tuple[float, float]] = []

    def seen(text, user, own, font, size):
        if sum(letter.isalpha() for letter in text) > 3:
            x, y = own[4], own[5]
            across = x * user[0] + y * user[2] + user[4]
            found.append((across, x * user[1] + y * user[3] + user[5]))

    page.extract_text(visitor_text=seen)
    return found
