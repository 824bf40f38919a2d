"""A team among comparable ones, as a visitor meets it."""

import pytest
from organisation import LAST, submit, teams

from maturity.answer import Answer, State
from maturity.scoring import shown
from maturity.team import Team

pytestmark = pytest.mark.page


@pytest.fixture
def team(service) -> Team:
    """A team at the top of every ladder."""
    team = service.store.add_team(
        "Fraud *detection*", domain="*Cards*", serving="batch", by=""
    )
    submit(service, team, 9)
    return team


@pytest.fixture
def open_page(visit, team):
    def arrive(page="among", *, of: Team = team, model="google"):
        return visit(page, team=of.id, model=model)

    return arrive


def headings(visitor) -> list[str]:
    return [heading.value for heading in visitor.app.header]


def test_a_team_is_placed_among_the_middle_half_of_the_others(open_page, service):
    teams(service, 6, serving="batch")

    visitor = open_page()

    assert visitor.title == "Among others"
    assert headings(visitor) == [
        "Above the middle half in every category; 6 comparable teams"
    ]
    assert visitor.reads("Other teams of your organisation that are alike in Batch")
    top = service.library.models["google"].top
    (whole, *_) = visitor.tables[0]
    assert whole["Category"] == "Whole model"
    assert whole["This team"] == shown(10 * top)
    assert whole["Place"] == "above the middle half"


def test_fewer_than_five_teams_are_counted_and_never_drawn(open_page, service):
    teams(service, 4)

    visitor = open_page()

    assert headings(visitor) == ["4 comparable teams; a comparison needs at least five"]
    assert not visitor.tables


def test_without_any_other_team_the_page_says_which_result_is_missing(open_page):
    visitor = open_page()

    assert headings(visitor) == ["No other team to compare with yet"]
    assert visitor.reads("in Q3 2026 or the four quarters before")


def test_the_teams_to_compare_with_are_chosen_by_what_they_have_in_common(
    open_page, service
):
    teams(service, 5, "Batch", serving="batch")
    teams(service, 5, "Live", serving="real-time")
    visitor = open_page()
    assert visitor.reads("5 comparable teams")

    (pills,) = visitor.app.get("button_group")
    assert [option.content for option in pills.proto.options] == [
        "\\*Cards\\*",
        "Batch",
    ]
    pills.set_value([]).run()
    assert visitor.reads("10 comparable teams")
    assert visitor.reads("Every other team of your organisation, Q3 2026.")

    visitor.app.get("button_group")[0].set_value(["domain"]).run()
    assert headings(visitor) == ["0 comparable teams; a comparison needs at least five"]
    assert visitor.reads("Choose fewer attributes")


def test_no_name_and_no_single_score_of_another_team_is_on_the_page(
    open_page, service, team
):
    others = teams(service, 6, "Hidden")
    submit(service, others[0], 9)

    visitor = open_page()
    page = visitor.text
    # The picker in the sidebar offers every team, here as on any page.
    shown_by_picker = [o for w in visitor.app.selectbox for o in w.options]

    assert sum(name.startswith("Hidden") for name in shown_by_picker) == 6
    assert page.count("Hidden") == 6
    assert "Fraud *detection*" not in "\n".join(visitor.markdown)


def test_a_draft_is_compared_as_a_range_that_may_lie_anywhere(open_page, service):
    teams(service, 5)
    drafting = service.store.add_team("Drafting", by="")
    practice = service.library.definition("google").asked[0]
    answer = Answer(State.RUNG, practice.ladder[-1])
    service.answer(drafting.id, LAST.shift(1), practice.id, answer, "")

    visitor = open_page(of=drafting)

    assert visitor.reads("Draft")
    assert headings(visitor) == [
        "Within the middle half in 4 categories, unsure in Delivery and Metadata; "
        "6 comparable teams"
    ]
    assert visitor.reads("All of them are from before Q4 2026")
    assert visitor.reads("Say on Teams what this team works on")


def test_a_team_without_a_result_is_led_to_its_questions(open_page, service):
    new = service.store.add_team("New", by="")

    assert open_page(of=new).reads("Start the assessment")


def test_a_model_with_bands_is_compared_by_its_points(visit, service, team):
    for place in range(6):
        other = service.store.add_team(f"T{place}", by="")
        submit(service, other, place, model="ml-test-score")
    submit(service, team, 9, model="ml-test-score")

    visitor = visit("among", team=team.id, model="ml-test-score")

    assert visitor.reads("6 comparable teams")
    assert visitor.reads("Bands begin above 0")
    assert visitor.tables[0][0]["This team"] == "7.0"
