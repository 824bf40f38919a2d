"""Labels of teams on screen: given, changed and undone on Teams, found by them."""

import pytest

from maturity import group_targets, grouping, labelling
from maturity.group import ALWAYS, TOP
from maturity.group_targets import Scope
from maturity.quarter import Quarter
from maturity.ui.regrouping import Action

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)


def team(service, name, *labels, since=ALWAYS):
    id = service.store.add_team(name, by="").id
    labelling.relabel(service, id, labels, since, "")
    return id


def of(service, team, quarter=NOW):
    return service.store.tree(quarter).labels.get(team, ())


def field(visitor, team):
    return next(
        w for w in visitor.app.multiselect if w.key.startswith(f"{team}_labels/")
    )


def save(visitor, team):
    button = next(
        b
        for b in visitor.app.button
        if b.label == "Save" and b.proto.form_id == f"change-{team}"
    )
    button.click().run()
    return visitor


def test_a_team_gets_labels_that_were_there_and_new_ones_and_loses_them(visit, service):
    rankers = team(service, "Rankers")
    team(service, "Sellers", "*Tier-1*")
    visitor = visit("teams")
    assert field(visitor, rankers).options == ["*Tier-1*"]

    field(visitor, rankers).set_value(["*Tier-1*", "search"])
    save(visitor, rankers)

    assert of(service, rankers) == of(service, rankers, Quarter(2020, 1))
    assert of(service, rankers) == ("*Tier-1*", "search")
    assert visitor.reads("Rankers has *Tier-1*, search in every quarter.")
    assert not any(":gray-badge[*Tier-1*]" in text for text in visitor.markdown)
    field(visitor, rankers).set_value([])
    save(visitor, rankers)
    assert visitor.reads("Rankers is without labels from Q4 2026 on.")
    assert of(service, rankers) == ()
    assert of(service, rankers, NOW.shift(-1)) == ("*Tier-1*", "search")


def test_another_name_takes_no_label_of_a_past_quarter_away(visit, service):
    rankers = team(service, "Rankers", "tier-1")
    labelling.relabel(service, rankers, [], NOW, "")
    visitor = visit("teams")

    visitor.app.text_input(key=f"name-{rankers}").set_value("Ranking")
    save(visitor, rankers)

    assert service.store.team(rankers).name == "Ranking"
    assert of(service, rankers, NOW.shift(-1)) == ("tier-1",)


def test_a_label_that_came_in_two_spellings_is_offered_in_one(visit, service):
    team(service, "Rankers", "Tier-1", since=NOW)
    sellers = team(service, "Sellers", "tier-1")

    assert field(visit("teams"), sellers).value == ["Tier-1"]


def test_the_last_change_of_labels_is_undone(visit, service):
    rankers = team(service, "Rankers", "tier-1")
    visitor = visit("teams")

    field(visitor, rankers).set_value(["tier-2"])
    save(visitor, rankers)
    assert of(service, rankers) == ("tier-2",)
    visitor.click("Undo")

    assert of(service, rankers) == ("tier-1",)
    assert field(visitor, rankers).value == ["tier-1"]
    assert "Undo" not in visitor.buttons


def test_a_label_that_cannot_be_is_said_and_nothing_is_saved(visit, service):
    rankers = team(service, "Rankers")
    visitor = visit("teams")

    field(visitor, rankers).set_value(["a,b"])
    visitor.app.text_input(key=f"name-{rankers}").set_value("Ranking")
    save(visitor, rankers)

    assert visitor.reads("A label cannot hold a comma or a semicolon: 'a,b'.")
    assert of(service, rankers) == ()
    assert service.store.team(rankers).name == "Rankers"


def test_a_new_team_is_added_with_its_labels(visit, service):
    team(service, "Sellers", "tier-1")
    visitor = visit("teams")

    field(visitor, "new").set_value(["TIER-1", "new"])
    visitor.write("Name", "Rankers", "new_name").click("Add team")

    rankers = next(t for t in service.store.teams() if t.name == "Rankers")
    assert of(service, rankers.id, Quarter(2020, 1)) == ("new", "tier-1")


def test_teams_are_found_by_a_label(visit, service):
    for number in range(10):
        team(service, f"Team {number}")
    search = team(service, "Search", "Tier-1")

    visitor = visit("teams", find="tier-")

    archive = [b.key for b in visitor.app.button if b.label == "Archive"]
    assert archive == [f"archive-{search}"]


def test_another_quarter_shows_the_labels_of_then(visit, service):
    rankers = team(service, "Rankers", "old")
    labelling.relabel(service, rankers, ["new"], NOW, "")
    visitor = visit("teams")
    assert any(":gray-badge[new]" in m for m in visitor.app.markdown.values)

    visitor.choose("Groups as of", NOW.shift(-1))

    assert any(":gray-badge[old]" in m for m in visitor.app.markdown.values)


def aim(visitor, group, **fields):
    """Open the form of the target, fill it in and save it."""
    pills = visitor.app.get("button_group")
    picker = next(w for w in pills if w.key == f"change-{group}")
    picker.set_value(Action.TARGET).run()
    for name, value in fields.items():
        visitor.app.selectbox(key=f"TARGET/{group}/{name}").set_value(value)
    return visitor.click(f"do/TARGET/{group}")


def of_label(service, group):
    scope = Scope(group, "*tier-1*")
    return group_targets.target_of(service, scope, "azure", NOW).whole


def test_a_label_gets_a_target_with_who_is_where_and_it_is_undone(visit, service):
    team(service, "Rankers", "*tier-1*")
    team(service, "Others")
    visitor = visit("teams", model="azure")

    aim(visitor, TOP, label="*tier-1*", level=3, by=Quarter(2027, 2))

    assert of_label(service, TOP).level == 3
    told = "Every team labelled *tier-1* through Azure: Level 3 by Q2 2027."
    assert visitor.reads(f"{told}** The one team is not assessed.")
    assert not any("*tier-1* through" in text for text in visitor.markdown)
    aim(visitor, TOP, label="*tier-1*", level=4, by=Quarter(2027, 2))
    visitor.click("Undo")
    assert of_label(service, TOP).level == 3


def test_a_label_gets_a_target_within_a_group(visit, service):
    shop = grouping.create(service, "Retail", TOP, ALWAYS, "").group
    rankers = team(service, "Rankers", "*tier-1*")
    team(service, "Others", "*tier-1*")
    grouping.move_teams(service, [rankers], shop, ALWAYS, "")
    visitor = visit("teams", model="azure", group=shop)

    aim(visitor, shop, label="*tier-1*", level=3, by=Quarter(2027, 2))

    assert of_label(service, TOP) is None
    assert of_label(service, shop).level == 3
    told = "Every team labelled *tier-1* through Azure: Level 3 by Q2 2027."
    assert visitor.reads(f"{told}** The one team is not assessed.")


def test_without_groups_and_labels_nothing_offers_a_target(visit, service):
    team(service, "Rankers")

    pickers = [w.key for w in visit("teams").app.get("button_group")]

    assert f"change-{TOP}" not in pickers
