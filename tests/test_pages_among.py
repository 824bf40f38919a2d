"""A team among comparable ones, as a visitor meets it."""

import json

import pytest
from organisation import LAST, submit, teams

from maturity import grouping, library
from maturity.answer import Answer, State
from maturity.group import ALWAYS, TOP
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
    """Those above the benchmark files."""
    said = [heading.value for heading in visitor.app.header]
    return said[: said.index("Benchmark files")]


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
    assert not visitor.reads("Range, from open questions")


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


def test_the_teams_of_ones_group_are_compared_with_and_hidden_below_five(
    open_page, service, team
):
    retail = grouping.create(service, "*Retail*", TOP, ALWAYS, "").group
    search = grouping.create(service, "Search", retail, ALWAYS, "").group
    others = teams(service, 10)
    inside = [team, *others[:4]]
    grouping.move_teams(service, [t.id for t in inside], search, ALWAYS, "")
    visitor = open_page()
    assert visitor.reads("10 comparable teams")

    visitor.app.get("button_group")[0].set_value(["group"]).run()
    assert headings(visitor) == ["4 comparable teams; a comparison needs at least five"]
    assert not visitor.tables

    grouping.move_teams(service, [others[4].id], retail, ALWAYS, "")
    visitor.app.run()
    assert visitor.reads("5 comparable teams")
    assert visitor.reads("alike in *Retail*")
    assert not any("*Retail*" in text for text in visitor.markdown)

    # Nine of ten would tell what the tenth said.
    grouping.move_teams(service, [t.id for t in others[5:9]], retail, ALWAYS, "")
    visitor.app.run()
    assert visitor.reads("single out fewer than five teams")
    assert not visitor.tables


def test_a_group_that_is_called_as_what_the_team_works_on_is_told_apart(
    open_page, service, team
):
    group = grouping.create(service, team.domain, TOP, ALWAYS, "").group
    inside = [team, *teams(service, 10)[:5]]
    grouping.move_teams(service, [t.id for t in inside], group, ALWAYS, "")
    visitor = open_page()

    visitor.app.get("button_group")[0].set_value(["group"]).run()

    assert visitor.reads("alike in *Cards* (group)")
    assert visitor.reads("5 comparable teams")


def test_the_evidenced_level_stands_beside_the_claimed_one(open_page, service):
    teams(service, 6)

    top = service.library.models["google"].top
    assert open_page().reads(
        f"This team: **Level {top}, with evidence Level 0 · score "
    )


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
    assert visitor.reads("Range, from open questions")
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


def test_the_address_holds_what_was_chosen_and_opens_the_same_view(
    open_page, visit, service
):
    teams(service, 5, "Batch", serving="batch")
    teams(service, 5, "Live", serving="real-time")
    visitor = open_page()
    assert "by" not in visitor.address

    visitor.app.get("button_group")[0].set_value([]).run()
    assert visitor.address["by"] == "all"

    assert visit("among", **visitor.address).reads("10 comparable teams")
    asked = {**visitor.address, "by": "serving.nonsense", "with": "nowhere"}
    assert visit("among", **asked).reads("5 comparable teams")


# Benchmark files


@pytest.fixture
def file(service) -> dict:
    """A file of another organisation, whose teams are all at the bottom."""
    definition = service.library.definition("google")
    three = {"lower": 0, "median": 1, "upper": 2}
    group = {
        "teams": 12,
        "whole_model": three,
        "categories": {c.id: three for c in definition.model.categories},
    }
    return {
        "format": "mlops-maturity benchmark",
        "version": 1,
        "model": "google",
        "edition": definition.model.edition,
        "hash": library.fingerprint(definition),
        "quarter": "2026-Q2",
        "demo": False,
        "ranges": True,
        "earlier": False,
        "all": group,
        "size": {},
        "serving": {"real-time": {**group, "teams": 7}},
    }


def bring(visitor, value) -> None:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    visitor.app.file_uploader[0].upload("other.json", data, "application/json").run()


def take(visitor, value, source="Lyon *office*"):
    bring(visitor, value)
    visitor.write("Who is it from?", source)
    return visitor.click("Take it in")


def test_a_file_is_shown_taken_in_compared_with_and_removed(open_page, service, file):
    visitor = open_page()
    bring(visitor, file)
    assert visitor.reads("12 teams through Google Cloud MLOps maturity levels")
    assert visitor.reads("Q2 2026 · nothing is saved yet.")
    assert visitor.reads("Told apart by how predictions are made: Real-time (7)")
    assert service.store.benchmarks() == []

    visitor.write("Who is it from?", "Lyon *office*").click("Take it in")

    assert visitor.reads("The file from Lyon *office* is taken in. The team is")
    assert "Lyon *office*" not in "\n".join(visitor.markdown)
    assert headings(visitor) == [
        "Above the middle half in every category; 12 comparable teams"
    ]
    assert visitor.reads("Every team in the file from Lyon *office*, Q2 2026.")
    assert visitor.reads("count at the low end of their range")

    (row,) = service.store.benchmarks()
    visitor.click(f"remove-{row.id}")
    assert service.store.benchmarks() == []
    assert headings(visitor) == ["No other team to compare with yet"]


def test_a_file_that_tells_teams_alike_apart_is_compared_with_those(
    visit, service, file
):
    live = service.store.add_team("Live", serving="real-time", by="")
    submit(service, live, 9)
    visitor = visit("among", team=live.id, model="google")

    take(visitor, file)

    assert visitor.reads("7 comparable teams")
    assert visitor.reads("that are alike in Real-time, Q2 2026")
    (row,) = service.store.benchmarks()
    assert visitor.address["with"] == row.id
    visitor.app.get("button_group")[0].set_value(None).run()
    assert visitor.reads("12 comparable teams")


def test_what_a_file_does_not_tell_apart_is_said(open_page, file):
    visitor = take(open_page(), file)

    visitor.app.get("button_group")[0].set_value("serving").run()

    assert headings(visitor) == ["No figures of teams alike"]
    assert visitor.reads("does not tell teams like that apart")


def test_a_file_of_another_edition_is_not_compared_and_says_why(open_page, file):
    visitor = take(open_page(), {**file, "edition": "2019-01-01"})

    assert headings(visitor) == ["This file does not compare with this result"]
    assert visitor.reads("The file is of edition 2019-01-01, and this is edition")


def test_a_wrong_file_changes_nothing_and_names_the_place(open_page, service, file):
    file["all"]["teams"] = 4
    visitor = open_page()

    bring(visitor, file)

    assert visitor.reads("This file was not taken in; nothing is changed")
    assert visitor.reads("all.teams: is 4; figures of fewer than 5")
    bring(visitor, b"\x00\x01")
    assert visitor.reads("This file was not taken in; nothing is changed")
    assert service.store.benchmarks() == []


def test_a_file_without_a_source_is_not_taken_in(open_page, service, file):
    visitor = take(open_page(), file, source=" ")

    assert visitor.reads("Say who the file is from")
    assert service.store.benchmarks() == []


def test_real_teams_are_never_compared_with_invented_figures(open_page, file):
    visitor = take(open_page(), {**file, "demo": True})

    assert visitor.reads("Demo data")
    assert visitor.reads("Choose it under Compare with, on a demo team's result of")
    assert headings(visitor) == ["No other team to compare with yet"]
    assert all(box.label != "Compare with" for box in visitor.app.selectbox)


def test_a_file_of_ones_own_is_offered_from_five_teams_on(open_page, service):
    teams(service, 3, size="6 to 15 people")
    visitor = open_page()
    assert visitor.reads("4 teams submitted Google Cloud MLOps maturity levels")
    assert not visitor.app.get("download_button")

    teams(service, 3, "More", size="6 to 15 people")
    visitor = open_page()

    assert visitor.reads("Quartiles of 7 teams through Google Cloud MLOps maturity")
    assert visitor.reads("Not told apart by size or by how predictions are made")
    (button,) = visitor.app.get("download_button")
    assert button.proto.label == "Benchmark as JSON"
