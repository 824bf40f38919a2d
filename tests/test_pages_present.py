"""Present: four slides from the figures, moved through, with the text that is asked."""

import pytest

from maturity import asking, grouping, words
from maturity.answer import Answer, State
from maturity.group import TOP
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.team import Team

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)


@pytest.fixture
def team(service) -> Team:
    return service.store.add_team("Fraud [detection](x)", by="")


def submit(service: Service, team: Team, quarter: Quarter, rank: int) -> None:
    for practice in service.library.definition("azure").asked:
        rung = practice.ladder[min(rank, len(practice.ladder) - 1)]
        service.answer(team.id, quarter, practice.id, Answer(State.RUNG, rung), "")
    service.submit(team.id, "azure", quarter, "", "")


@pytest.fixture
def story(visit, service, team):
    submit(service, team, NOW.shift(-1), 0)
    submit(service, team, NOW, 1)
    return visit("present", team=team.id, model="azure", quarter=str(NOW))


def test_the_slides_follow_each_other_and_the_address_holds_the_place(story):
    assert story.title.startswith("Better: ")

    story.click("slide_next")
    assert story.title == "Still at Level 0 after 1 quarter."
    story.click("slide_next").click("slide_next")
    assert story.title.startswith("To reach Level ")
    assert story.address["slide"] == "4"

    story.click("slide_back")
    assert story.address["slide"] == "3"


def test_a_slide_shows_the_level_and_score_of_the_other_pages(story, service, team):
    reading = service.reading(team, "azure", NOW)

    assert words.level(reading.overall) in story.title
    assert f"a score of {words.tenths(reading.overall)} " in story.title


def test_exit_leads_back_to_the_page_that_one_came_from(visit, service, team):
    submit(service, team, NOW, 1)

    visitor = visit("results", team=team.id, model="azure").open("present")
    assert exit_leads_to(visitor) == "results"

    visitor = visit("present", team=team.id, model="azure")
    assert exit_leads_to(visitor) == ""


def exit_leads_to(visitor) -> str:
    (link,) = [k.proto for k in visitor.app.get("page_link") if k.proto.label == "Exit"]
    return link.page


def test_a_slide_that_does_not_exist_is_the_first(visit, service, team):
    submit(service, team, NOW, 1)

    for asked in ("9", "0", "two", "<b>"):
        visitor = visit("present", team=team.id, slide=asked)
        assert visitor.title.startswith("First assessment: ")


def test_what_is_asked_is_written_on_the_last_slide_and_can_be_taken_back(
    story, service, team
):
    story.click("slide_next").click("slide_next").click("slide_next")
    key = f"ask/{team.id}/azure/{NOW}"

    story.app.text_area(key=key).set_value("Two engineers\nA budget").run()
    assert story.title == "Two engineers"
    assert story.reads("A budget")

    story.app.text_area(key=key).set_value("Nothing").run()
    story.click("ask_before")
    assert story.title == "Two engineers"
    assert asking.current(service, team.id, "azure", NOW) == "Two engineers\nA budget"


def test_what_is_asked_can_be_written_on_results_too(visit, service, team):
    submit(service, team, NOW, 1)
    results = visit("results", team=team.id, model="azure", quarter=str(NOW))
    key = f"ask/{team.id}/azure/{NOW}"

    results.app.text_area(key=key).set_value("A test environment").run()

    assert asking.current(service, team.id, "azure", NOW) == "A test environment"


def test_the_slides_offer_the_files_that_results_offer(visit, story, team):
    results = visit("results", team=team.id, model="azure", quarter=str(NOW))

    assert files(story) == files(results)
    assert "Slides for PowerPoint" in files(story)


def files(visitor) -> list[str]:
    return [button.label for button in visitor.app.download_button]


def test_without_an_assessment_there_is_a_way_on(visit, team):
    visitor = visit("present", team=team.id, model="azure")

    assert not visitor.app.exception
    assert visitor.reads("no Azure assessment") or visitor.reads("Start")


def test_the_overview_leads_to_the_slides(visit, service, team):
    submit(service, team, NOW, 1)

    overview = visit("overview", team=team.id).app

    assert "Present" in [link.label for link in overview.get("page_link")]


# Many teams


@pytest.fixture
def group(service, team) -> str:
    """A group with one team that moved up, beside a team that is in none."""
    submit(service, team, NOW.shift(-1), 0)
    submit(service, team, NOW, 2)
    other = service.store.add_team("Search", by="")
    submit(service, other, NOW.shift(-1), 1)
    submit(service, other, NOW, 1)
    retail = grouping.create(service, "Retail", TOP, NOW.shift(-1), "").group
    grouping.move_teams(service, [team.id], retail, NOW.shift(-1), "")
    return retail


def test_all_teams_are_presented_from_the_portfolio(visit, service, team, group):
    visitor = visit("portfolio", model="azure", quarter=str(NOW)).open("present")

    assert visitor.title == "Better: 1 of 2 teams moved up since Q3 2026 and none " + (
        "moved down."
    )
    assert visitor.address["of"] == "all"
    assert visitor.reads("Fraud [detection](x)")
    assert exit_leads_to(visitor) == "portfolio"
    for _ in range(3):
        visitor.click("slide_next")
    assert visitor.reads("All teams · Azure · Q4 2026 · 4 of 4")


def test_a_group_is_presented_by_its_address_with_a_text_of_its_own(
    visit, service, group
):
    asked = {"model": "azure", "quarter": str(NOW), "of": group, "slide": "4"}
    visitor = visit("present", **asked)
    assert visitor.reads("Retail · Azure · Q4 2026 · 4 of 4")

    key = f"ask/{group}/azure/{NOW}"
    visitor.app.text_area(key=key).set_value("Two engineers").run()

    assert visitor.title == "Two engineers"
    assert asking.current(service, group, "azure", NOW) == "Two engineers"
    assert visit("present", **asked).title == "Two engineers"
    visitor.click("slide_back").click("slide_back").click("slide_back")
    assert visitor.title == "Better: the one team moved up since Q3 2026."
    assert not visitor.reads("Search")


def test_the_slides_of_a_group_offer_its_one_page(visit, service, group):
    asked = {"model": "azure", "quarter": str(NOW)}
    assert files(visit("present", **asked, of=group)) == ["One page as PDF"]
    assert files(visit("present", **asked, of="all")) == ["One page as PDF"]

    empty = grouping.create(service, "Empty", TOP, NOW, "").group
    assert files(visit("present", **asked, of=empty)) == []


def test_a_group_that_is_not_there_leaves_a_way_on(visit, service, group):
    visitor = visit("present", model="azure", quarter="2026-Q1", of=group)

    assert visitor.title == "Nothing to present yet"
    assert visitor.reads("This group was not there in this quarter.")

    visitor = visit("results", team=service.store.teams()[0].id).open("present")
    assert "of" not in visitor.address
