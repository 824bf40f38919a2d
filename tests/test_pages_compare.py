"""Through every model, why a score moved, and the glossary, as a visitor meets them."""

import pytest

from maturity import glossary
from maturity.answer import Answer, State
from maturity.quarter import Quarter
from maturity.scoring import shown
from maturity.service import Service
from maturity.team import Team

pytestmark = pytest.mark.page

NOW, LAST = Quarter(2026, 4), Quarter(2026, 3)


@pytest.fixture
def team(service) -> Team:
    return service.store.add_team("Fraud [detection](x)", by="")


@pytest.fixture
def home() -> str:
    return "compare"


def submit(service: Service, team: Team, model: str, quarter: Quarter, rank: int):
    definition = service.library.definition(model)
    for practice in definition.asked:
        rung = practice.ladder[min(rank, len(practice.ladder) - 1)]
        service.answer(team.id, quarter, practice.id, Answer(State.RUNG, rung), "")
    service.submit(team.id, model, quarter, "", "")


def test_the_latest_answers_are_read_through_every_model(visit, service, team):
    submit(service, team, "azure", LAST, 9)

    visitor = visit(team=team.id)

    assert visitor.title == "Through every model"
    assert visitor.address["quarter"] == str(LAST)
    assert visitor.reads("The latest answers, Q3 2026, through every model.")
    assert not visitor.reads("A re-reading")
    for model in service.library.models:
        score = service.draft(team, model, LAST).overall
        assert visitor.reads(service.library.models[model].short_name)
        assert visitor.reads(f"{score.answered} of {score.asked} practices answered")
    assert visitor.reads("As submitted")
    assert visitor.reads("Not assessed through this model")
    assert "Level 4" in [heading.value for heading in visitor.app.subheader]
    assert "Fraud [detection](x)" not in "\n".join(visitor.markdown)


def test_an_old_quarter_is_read_again_and_says_so(visit, service, team):
    submit(service, team, "azure", Quarter(2025, 1), 1)
    submit(service, team, "google", LAST, 9)

    visitor = visit(team=team.id, model="azure", quarter="2025-Q1")

    assert visitor.reads("A re-reading: the answers of Q1 2025")

    visitor.click("See the latest answers, Q3 2026")
    assert visitor.address["quarter"] == str(LAST)


def test_what_was_submitted_stands_beside_answers_that_changed_since(
    visit, service, team
):
    submit(service, team, "azure", LAST, 9)
    practice = service.library.definition("azure").asked[0]
    changed = Answer(State.RUNG, practice.ladder[0])
    service.answer(team.id, LAST, practice.id, changed, "")

    visitor = visit(team=team.id)

    assert visitor.reads("Submitted as Level 4, score 4.0, before answers changed")


def test_answers_that_nobody_submitted_are_one_click_away(visit, service, team):
    submit(service, team, "azure", LAST, 1)
    service.start(team.id, "azure", NOW, "", "")

    visitor = visit(team=team.id)
    assert visitor.address["quarter"] == str(LAST)
    assert visitor.reads("Q4 2026 has answers too, not submitted yet.")

    empty = visitor.click("See Q4 2026")
    assert empty.reads("No answers in Q4 2026")
    empty.click("See Q3 2026")
    assert empty.address["quarter"] == str(LAST)


def test_a_button_opens_the_questions_that_complete_a_reading(visit, service, team):
    submit(service, team, "azure", LAST, 9)

    visitor = visit(team=team.id).click("complete-google")

    assert visitor.address["model"] == "google"
    assert visitor.address["quarter"] == str(LAST)
    assert service.assessment(team.id, "google", LAST).state == "started"
    assert visitor.reads("answered")


def test_answers_that_came_without_an_assessment_are_read_too(visit, service, team):
    practice = service.library.definition("azure").asked[0]
    answer = Answer(State.RUNG, practice.ladder[-1])
    service.answer(team.id, NOW, practice.id, answer, "")

    visitor = visit(team=team.id, quarter=str(NOW))

    assert visitor.reads("The latest answers, Q4 2026, through every model.")


def test_without_any_answer_the_page_says_how_to_begin(visit, team):
    visitor = visit(team=team.id)

    assert visitor.reads("No answers in Q4 2026")
    assert visitor.reads("Go to Assess")


def test_progress_says_why_the_score_moved_and_of_which_category(visit, service, team):
    submit(service, team, "azure", Quarter(2026, 2), 9)
    submit(service, team, "azure", LAST, 9)
    changed = service.library.definition("azure").questions["people"][0]
    low = Answer(State.RUNG, changed.ladder[0])
    service.answer(team.id, LAST, changed.id, low, "")
    service.submit(team.id, "azure", LAST, "", "")
    before, after = service.history(team, "azure")

    visitor = visit("progress", team=team.id, model="azure")

    start, end = before.overall.lowest.tenths, after.overall.lowest.tenths
    title = f"From {shown(start)} to {shown(end)}"
    assert visitor.reads(f"Whole model. {title}")
    assert visitor.reads(f"1 answer worsened, which took away {shown(start - end)}")
    assert visitor.reads(changed.name)

    visitor.choose("bridge_of", "technology")

    assert visitor.reads("Technology. Still at 4.0")


def test_two_equal_quarters_have_nothing_to_explain(visit, service, team):
    submit(service, team, "azure", Quarter(2026, 2), 1)
    submit(service, team, "azure", LAST, 1)

    visitor = visit("progress", team=team.id, model="azure")

    assert visitor.reads("No answer changed that counts here.")


def test_the_glossary_shows_every_word_and_finds_one(visit, team):
    visitor = visit("glossary")

    for term in glossary.terms():
        assert visitor.reads(term.word)
        assert visitor.reads(term.means)

    visitor.write("Find a word", "canary")
    assert visitor.reads("a new version first serves a small part".capitalize())
    assert not visitor.reads("Feature store")

    visitor.write("Find a word", "[no](such) word")
    assert visitor.reads("No word or meaning holds [no](such) word.")
    assert "[no](such)" not in "\n".join(visitor.markdown)


def test_a_question_says_below_it_what_its_words_mean(visit, service, team):
    service.start(team.id, "google", NOW, "", "")
    practice = service.library.practices["validation.online"]

    visitor = visit("assess", team=team.id, model="google", step="validation")

    assert visitor.asks(practice.id)
    (line,) = [c for c in visitor.app.caption if "Canary" in c.value]
    assert (
        line.value == "Words: Live traffic · Shadow run · Canary · A/B test · Pipeline"
    )
    assert "**Canary.** A new version first serves a small part" in line.help


@pytest.mark.parametrize(
    ("page", "word"),
    [("overview", "Category"), ("results", "Criterion"), ("progress", "Bridge")],
)
def test_a_heading_says_what_its_word_means(visit, service, team, page, word):
    submit(service, team, "azure", Quarter(2026, 2), 0)
    submit(service, team, "azure", LAST, 1)

    visitor = visit(page, team=team.id, model="azure")

    helps = [heading.help or "" for heading in visitor.app.header]
    assert any(f"**{word}.** " in text for text in helps)
