"""Evidence on screen: reviewed by somebody else, and counted beside a level."""

from dataclasses import replace
from datetime import date

import pytest
from test_pages import FIRST, NOW, database, rung, service, submit, team, visit

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

    assert visitor.reads("1 of 25 answers with evidence, 1 reviewed.")
