"""How much slower an answer click is here than on a bare Streamlit page.

    python -m bench.click

The bare page shows the same widgets with the same words in the same fragment, under
the same options. Both are served at the same time and clicked by turns, so that
whatever else the machine does falls on both. Visitors think between two clicks: back
to back requests show a floor that no person meets.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from bench import scene
from bench.client import PageError, Visitor
from maturity import library
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.storage import open_store
from tests.server import ROOT, STREAMLIT, TODAY, Server

MODEL = "azure"
QUARTER = Quarter.of(date.fromisoformat(TODAY))
AIM = 1.5


@dataclass(frozen=True)
class Crowd:
    """So many visitors, and how they click on either page in turn."""

    visitors: int
    think: float
    rounds: int
    clicks: int
    """Of each visitor in a round."""


CROWDS = (
    Crowd(visitors=1, think=0.2, rounds=30, clicks=5),
    Crowd(visitors=50, think=2.0, rounds=6, clicks=3),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "ours.duckdb")
        teams, step = prepare(database, 1 + sum(crowd.visitors for crowd in CROWDS))
        with running(Server(database)) as ours:
            written = Path(folder, "scene.json")
            questions = asyncio.run(write_scene(ours, teams.pop(), step, written))
            bare = Server(
                Path(folder, "bare"),
                command=(*STREAMLIT, str(ROOT / "bench" / "bare.py")),
                settings={"BENCH_SCENE": str(written), "PYTHONPATH": str(ROOT)},
            )
            print(f"An answer click on Assess, {MODEL}, {step}: {questions} questions")
            print("visitors   here, ms (p90)   bare, ms (p90)   ratio of medians")
            with running(bare):
                for crowd in CROWDS:
                    times = asyncio.run(measure(crowd, ours, bare, teams, step))
                    print(line(crowd, *times), flush=True)
            print(f"The aim is a ratio of {AIM} or less.")


def prepare(database: Path, count: int) -> tuple[list[str], str]:
    """Teams that have begun; and the category with the most questions."""
    store = open_store(str(database))
    service = Service(store, library.load())
    questions = service.library.definition(MODEL).questions
    teams = [store.add_team(f"Team {n}", by="").id for n in range(1, count + 1)]
    for team in teams:
        service.start(team, MODEL, QUARTER, "", "")
    store.close()
    return teams, max(questions, key=lambda category: len(questions[category]))


@contextmanager
def running(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.stop()


async def write_scene(ours: Server, team: str, step: str, path: Path) -> int:
    """Write down the page with everything answered; the number of its questions."""
    async with Visitor(ours.url) as visitor:
        await open_questions(visitor, team, step)
        scene.write(visitor.page, path)
        return len(visitor.elements("radio"))


async def open_questions(visitor: Visitor, team: str, step: str) -> None:
    """Open the page and answer all once: then every question shows all it has."""
    await visitor.open(
        "assess", team=team, model=MODEL, quarter=str(QUARTER), step=step
    )
    await answer_all(visitor)


async def answer_all(visitor: Visitor) -> None:
    for place in range(len(visitor.elements("radio"))):
        radio = visitor.elements("radio")[place]
        await visitor.choose(radio, radio.content.options[0])


async def measure(
    crowd: Crowd, ours: Server, bare: Server, teams: list[str], step: str
) -> tuple[list[float], list[float]]:
    """The seconds that each click took, here and on the bare page.

    Every visitor takes a team of its own out of the list.
    """
    async with AsyncExitStack() as stack:
        here = [Visitor(ours.url) for _ in range(crowd.visitors)]
        plain = [Visitor(bare.url) for _ in range(crowd.visitors)]
        for visitor, other in zip(here, plain, strict=True):
            await stack.enter_async_context(visitor)
            await stack.enter_async_context(other)
            await open_questions(visitor, teams.pop(), step)
            await other.open()
            await answer_all(other)
            if visitor.counts() != other.counts():
                raise PageError(
                    "The pages are not alike.\n"
                    f"Only here: {visitor.counts() - other.counts()}\n"
                    f"Only on the bare one: {other.counts() - visitor.counts()}"
                )
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(crowd.rounds):
            turns = [(here, times[0]), (plain, times[1])]
            for visitors, seconds in turns if number % 2 else reversed(turns):
                clicked = await asyncio.gather(*(click(v, crowd) for v in visitors))
                seconds.extend(second for some in clicked for second in some)
        return times


async def click(visitor: Visitor, crowd: Crowd) -> list[float]:
    """Give a few answers other than the chosen ones, at a person's uneven pace."""
    seconds = []
    for _ in range(crowd.clicks):
        await asyncio.sleep(random.uniform(0.5, 1.5) * crowd.think)
        radio = random.choice(visitor.elements("radio"))
        # The last two options are "don't know" and "not applicable".
        rungs = list(radio.content.options)[:-2]
        others = [rung for rung in rungs if rung != visitor.chosen(radio)]
        seconds.append(await visitor.choose(radio, random.choice(others)))
    return seconds


def line(crowd: Crowd, here: Sequence[float], bare: Sequence[float]) -> str:
    cells = [f"{crowd.visitors:8}"]
    for seconds in (here, bare):
        slow = quantiles(seconds, n=10)[-1]
        cells.append(f"{1000 * median(seconds):9.1f} {f'({1000 * slow:.0f})':7}")
    return "".join([*cells, f"{median(here) / median(bare):11.2f}"])


if __name__ == "__main__":
    main()
