"""With a model of bands no page and no deck says level where it means the band."""

import json
import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from pptx import Presentation
from pypdf import PdfReader
from visitor import PAGES, Visitor

from maturity.answer import Answer, State
from maturity.plan import NewStep
from maturity.quarter import Quarter, now
from maturity.report import brand, figures, pdf, slides
from maturity.team import NewAnswer

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)
MODEL = "ml-test-score"
LEVEL = re.compile(r"\blevel", re.IGNORECASE)
OTHERS_SPEAK = {
    "answer": "a respondent's link has no model on it",
    "compare": "the other models stand beside it, and they have levels",
    "glossary": "it explains both words",
    "models": "it describes every model, and what levels are not",
}
"""Pages that are left out, with the reason."""
READ = {"overview", "results", "plan", "progress", "assess"}
"""Pages about one model, seen with every team; others with the first."""
OF_A_CHART = {"field", "name", "calculate", "type", "expr", "as", "groupby", "signal"}
"""Keys of a chart whose texts nobody reads."""


@pytest.fixture
def teams(service):
    """One with open questions, one on its way, one in the highest band."""
    practices = service.library.definition(MODEL).asked
    rungs = {
        "Open": lambda place, ladder: ladder[place % 2] if place % 3 else "",
        "Climbing": lambda place, ladder: ladder[min(1, place % 5)],
        "Top": lambda _place, ladder: ladder[-1],
    }
    found = []
    for name, rung_of in rungs.items():
        team = service.store.add_team(name, by="")
        for ago in (2, 1):
            quarter = NOW.shift(-ago)
            said = {p.id: rung_of(n + ago, p.ladder) for n, p in enumerate(practices)}
            service.store.append(
                [
                    NewAnswer(
                        team=team.id,
                        quarter=str(quarter),
                        practice=practice,
                        answer=Answer(State.RUNG, rung),
                        author="",
                        at=now(),
                    )
                    for practice, rung in said.items()
                    if rung
                ]
            )
            service.submit(team.id, MODEL, quarter, "", "")
        service.start(team.id, MODEL, NOW, "", "")
        service.set_target(team.id, MODEL, "", 3, NOW, by="")
        step = NewStep(practices[0].id, practices[0].ladder[-1], due=str(NOW))
        service.store.plan_steps(team.id, [step], by="", at=now())
        found.append(team)
    return found


def read(visitor: Visitor) -> Iterator[str]:
    """Every text a line: of charts what is drawn, of tables their heads too."""
    for text in visitor._texts():
        if text.startswith('{"'):
            yield from chart(json.loads(text))
        else:
            lines = text.splitlines()
            yield from (line for line in lines if not line.startswith(".st-key"))
    for table in visitor.app.table:
        yield from map(str, table.value.columns)


def chart(spec: object) -> Iterator[str]:
    if isinstance(spec, str):
        yield spec
    for key, part in spec.items() if isinstance(spec, dict) else ():
        yield from chart(part) if key not in OF_A_CHART else ()
    for part in spec if isinstance(spec, list) else ():
        yield from chart(part)


def of_other_models(service) -> set[str]:
    """What the sources of the other models say of themselves, and their names."""
    models = service.library.models.values()
    texts = {text for m in models for text in (m.summary, f"Start: {m.name}", m.name)}
    return {text for text in texts if LEVEL.search(text)}


@pytest.mark.parametrize("page", sorted(set(PAGES) - OTHERS_SPEAK.keys()))
def test_no_page_calls_a_band_a_level(visit, service, teams, page):
    allowed = of_other_models(service)
    told = (
        [{"slide": str(number)} for number in range(1, 5)]
        if page == "present"
        else [{}]
    )
    for team in teams if page in READ else teams[:1]:
        for address in told:
            visitor = visit(page, team=team.id, model=MODEL, **address)
            if page == "assess":
                visitor.click(f"start-{MODEL}")
            said = {line for line in read(visitor) if LEVEL.search(line)}
            assert said <= allowed, (team.name, address)
            if team.name == "Climbing" and not address:
                # On a page that stayed empty the walk would find nothing.
                assert page == "assess" or "Reasonably tested" in visitor.text


def test_no_file_for_leaders_calls_a_band_a_level(service, teams):
    history = service.history(teams[1], MODEL)
    found = figures.gather(service, history[-1], history)

    look = brand.read()

    papers = [printed(write(found, look)) for write in (pdf.report, pdf.summary)]
    texts = [*papers, *said_on_slides(slides.deck(found, look))]

    assert all("Reasonably tested" in text for text in papers)
    assert sum("Reasonably tested" in text for text in texts) > 2
    assert not [text for text in texts if LEVEL.search(text)]


def printed(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def said_on_slides(content: bytes) -> list[str]:
    deck = Presentation(BytesIO(content))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    tables = [shape.table for shape in shapes if shape.has_table]
    return texts + [cell.text for table in tables for cell in table.iter_cells()]
