"""Evidence on screen: reviewed by somebody else, and counted beside a level."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

import pytest
from test_pages import FIRST, NOW, SECOND, database, rung, service, submit, team, visit

from maturity.answer import Answer, State

__all__ = ["database", "service", "team", "visit"]

pytestmark = pytest.mark.page

BACKED = replace(
    rung(FIRST, 1), link="https://example.org/run", evidence_on=date(2026, 11, 2)
)


def current(service, team):
    return service.sheet(team.id, NOW).current()[FIRST]


def backed(service, team, **parts):
    ana = service.store.person("Ana Lima")
    service.answer(team.id, NOW, FIRST, replace(BACKED, **parts), ana)


def test_evidence_is_reviewed_by_name_with_one_click_and_undone(visit, service, team):
    backed(service, team)
    visitor = visit().open("assess", team=team.id).click("start-azure")

    visitor.press("review", FIRST)
    assert visitor.reads("A review needs a name.")
    visitor.app.text_input(f"reviewer/{team.id}/{NOW}/{FIRST}").set_value("Ana Lima")
    visitor.press("review", FIRST)
    assert visitor.reads("You gave this answer with this evidence yourself.")
    visitor.app.text_input(f"reviewer/{team.id}/{NOW}/{FIRST}").set_value("Ben *Okoro*")
    visitor.press("review", FIRST)

    assert visitor.reads("Reviewed by Ben *Okoro* on 24 Nov 2026.")
    assert "Reviewed by Ben *Okoro*" not in "\n".join(visitor.markdown)
    assert visitor.reads("Note and evidence: a link, reviewed")
    assert not visitor.offers("review", FIRST)
    visitor.click("undo")
    assert not visitor.reads("Reviewed by")
    assert current(service, team) == BACKED


def test_a_change_ends_the_review_and_says_so_until_it_is_undone(visit, service, team):
    ben = service.store.person("Ben Okoro")
    backed(service, team, reviewed_by=ben, reviewed_on=date(2026, 11, 3))
    visitor = visit().open("assess", team=team.id).click("start-azure")

    visitor.write("Note", "The second page.", FIRST)
    assert visitor.reads("Reviewed by Ben Okoro on 3 Nov 2026.")
    visitor.answer(FIRST, rung(FIRST, 2).rung)

    assert visitor.reads("the review does not count any more")
    assert not current(service, team).reviewed
    visitor.click("undo")
    assert not visitor.reads("the review does not count any more")
    assert visitor.reads("Reviewed by Ben Okoro on 3 Nov 2026.")


def test_an_answer_without_evidence_offers_no_review(visit, service, team):
    service.answer(team.id, NOW, FIRST, rung(FIRST, 1), "")

    visitor = visit().open("assess", team=team.id).click("start-azure")

    assert not visitor.offers("review", FIRST)


def test_results_count_what_has_evidence_and_what_was_reviewed(visit, service, team):
    submit(service, team, NOW, 1)
    ben = service.store.person("Ben Okoro")
    backed(service, team, reviewed_by=ben, reviewed_on=date(2026, 11, 3))
    service.submit(team.id, "azure", NOW, "", "")

    visitor = visit().open("results", team=team.id)

    asked = service.draft(team, "azure", NOW).overall.asked
    assert visitor.reads(f"1 of {asked} answers with evidence, 1 reviewed.")


# Side by side, and opened in place

BESIDE = {
    "overview": "With evidence Level 0",
    "results": "With evidence Level 0",
    "plan": "Level 2, with evidence Level 0 · score 2.3",
    "progress": "Q4 2026: Level 2, with evidence Level 0 · score 2.3",
    "compare": "With evidence Level 0",
    "present": "Level 2, with evidence Level 0.",
}


@pytest.fixture
def assessed(service, team):
    """A team at Level 2 of Azure's model, without evidence."""
    submit(service, team, NOW, 2)
    return team


@pytest.mark.parametrize("page", BESIDE)
def test_what_has_evidence_stands_beside_the_level(visit, assessed, page):
    visitor = visit().open(page, team=assessed.id, model="azure", quarter=str(NOW))

    assert visitor.reads(BESIDE[page])


@pytest.mark.parametrize("page", ["overview", "results"])
def test_a_category_has_its_evidence_beside_its_level(visit, assessed, page):
    visitor = visit().open(page, team=assessed.id, model="azure", quarter=str(NOW))

    assert visitor.reads("People: Level 2, with evidence Level 0")


def opened(visit, team, page, model="azure"):
    visitor = visit().open(page, team=team.id, model=model, quarter=str(NOW))
    assert not visitor.reads("The weakest criterion decides.")
    visitor.app.session_state[f"how/{team.id}/{model}/{NOW}"] = True
    visitor.app.run()
    return visitor


@pytest.mark.parametrize("page", [p for p in BESIDE if p != "present"])
def test_a_level_opens_into_its_criteria_answers_and_rule(
    visit, service, assessed, page
):
    visitor = opened(visit, assessed, page)

    assert visitor.reads("The weakest criterion decides.")
    assert visitor.reads("What stops it there:")
    definition = service.library.definition("azure")
    for criterion in definition.model.criteria:
        assert visitor.reads(criterion.text)
    said = service.practice(FIRST).rung(rung(FIRST, 2).rung).text
    assert visitor.reads(said)
    assert visitor.reads("without evidence that counts")
    assert visitor.reads("No question is open, so this is one level and not a range.")


def test_a_category_opens_into_its_own_criteria(visit, service, assessed):
    visitor = opened(visit, assessed, "progress")
    key = f"how/{assessed.id}/azure/{NOW}/part"
    visitor.app.selectbox(key).select("technology").run()

    for criterion in service.library.definition("azure").model.criteria:
        own = criterion.category == "technology"
        assert visitor.reads(criterion.text) == own


def test_a_band_opens_into_its_sections(visit, service, team):
    definition = service.library.definition("ml-test-score")
    for practice in definition.asked:
        answer = Answer(State.RUNG, practice.ladder[-1])
        service.answer(team.id, NOW, practice.id, answer, "")
    service.submit(team.id, "ml-test-score", NOW, "", "")
    visitor = opened(visit, team, "results", model="ml-test-score")

    assert visitor.reads("The lowest section decides.")
    assert visitor.reads("How this band comes about")
    best, none = (definition.model.bands[n].name for n in (-1, 0))
    assert visitor.reads(f"{best}, with evidence {none}")


# Evidence to renew

OVER = date(2026, 9, 1)
ENDING = date(2026, 12, 12)


def links(visitor):
    """The pages that are linked to, by label, with their addresses."""
    return {
        link.proto.label: dict(parse_qsl(link.proto.query_string))
        for link in visitor.app.get("page_link")
    }


@pytest.mark.parametrize("page", ["overview", "results"])
def test_evidence_to_renew_is_listed_and_leads_to_its_question(
    visit, service, assessed, page
):
    backed(service, assessed, evidence_on=date(2026, 3, 1))
    late = replace(rung(SECOND, 1), link="https://example.org", evidence_on=OVER)
    service.answer(assessed.id, NOW, SECOND, replace(late, valid_until=ENDING), "")
    visitor = visit().open(page, team=assessed.id, model="azure", quarter=str(NOW))

    assert visitor.reads("Evidence to renew: 2 answers")
    assert visitor.reads("Counted until 1 Sep 2026")
    assert visitor.reads("Counts until 12 Dec 2026")
    assert visitor.reads("These do not count on 31 Dec 2026, the end of Q4 2026.")
    address = links(visitor)[service.practice(FIRST).name]
    opened = visit().open("assess", **address)
    assert opened.asks(FIRST)
    assert opened.address["practice"] == FIRST
    spot = f".st-key-q-{FIRST.replace('.', '-')} h3"
    assert opened.reads(spot)
    (unfolded,) = [fold for fold in opened.app.expander if fold.proto.expanded]
    assert unfolded.label.startswith("Note and evidence: a link")

    opened.click("next")
    assert "practice" not in opened.address
    assert not opened.reads(spot)


def test_evidence_that_lasts_needs_no_renewal_and_none_is_no_list(
    visit, service, assessed
):
    address = {"team": assessed.id, "model": "azure", "quarter": str(NOW)}
    assert not visit().open("overview", **address).reads("Evidence to renew")

    backed(service, assessed)
    visitor = visit().open("overview", **address)

    assert visitor.reads("Evidence to renew: none")
    assert visitor.reads("All the evidence there is counts on 31 Dec 2026")
