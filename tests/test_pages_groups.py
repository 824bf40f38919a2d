"""Groups on screen: what a team hears of its group, and groups managed on Teams."""

from urllib.parse import parse_qsl

import pytest

from maturity import group_targets, grouping
from maturity.answer import Answer, State
from maturity.group import ALWAYS, BELOW, TOP
from maturity.group_targets import Scope
from maturity.quarter import Quarter
from maturity.ui.regrouping import Action

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)


def group(service, name, parent=TOP, since=ALWAYS):
    return grouping.create(service, name, parent, since, "").group


def team(service, name, group=TOP):
    id = service.store.add_team(name, by="").id
    if group:
        grouping.move_teams(service, [id], group, ALWAYS, "")
    return id


def submit(service, team):
    """One answer, by its first rung, and the assessment submitted."""
    practice = service.library.definition("azure").asked[0]
    answer = Answer(State.RUNG, practice.rungs[0].id)
    service.answer(team, NOW, practice.id, answer, "")
    service.submit(team, "azure", NOW, "", "")


def test_results_and_way_up_say_what_the_groups_aim_for(visit, service):
    shop = group(service, "*Retail*")
    rankers = team(service, "Rankers", shop)
    submit(service, rankers)
    by = Quarter(2027, 2)
    group_targets.set_target(service, Scope(shop), "azure", "", 3, by, "")

    for page in ("results", "plan"):
        visitor = visit(page, team=rankers, model="azure", quarter=str(NOW))

        assert visitor.reads("Your group *Retail* aims for Level 3 by Q2 2027.")
        assert not any("*Retail*" in text for text in visitor.markdown)


# The Teams page


def drawn(service, quarter=NOW):
    tree = service.store.tree(quarter)
    return [tree.label(group).replace(BELOW, "/") for group in tree.groups]


def fill(visitor, action, group, **fields):
    """Choose what to change, fill in its form and press its button."""
    pills = visitor.app.get("button_group")
    next(w for w in pills if w.key == f"change-{group}").set_value(action).run()
    at = f"{action.name}/{group}"
    kinds = ("text_input", "selectbox", "multiselect")
    for name, value in fields.items():
        widgets = (w for kind in kinds for w in getattr(visitor.app, kind))
        next(w for w in widgets if w.key == f"{at}/{name}").set_value(value)
    return visitor.click(f"do/{at}")


def test_the_first_group_is_added_and_teams_are_put_into_it(visit, service):
    rankers, sellers = team(service, "Rankers"), team(service, "Sellers")
    visitor = visit("teams")
    assert visitor.reads("No groups yet")

    visitor.write("Group's name", "Retail", "ADD//name").click("do/ADD/")
    assert visitor.reads("Retail is here in every quarter.")
    shop = service.store.tree(NOW).find("Retail").id
    visitor.click(f"open-{shop}")
    fill(visitor, Action.FILL, shop, teams=[rankers, sellers])

    assert service.store.tree(Quarter(2020, 1)).teams_of(shop) == {rankers, sellers}
    assert visitor.reads("2 teams moved to Retail in every quarter.")
    assert visitor.address["group"] == shop


def test_groups_are_renamed_moved_split_merged_and_archived(visit, service):
    shop, lab = group(service, "Retail"), group(service, "Lab")
    search = group(service, "Search", shop)
    rankers = team(service, "Rankers", search)
    visitor = visit("teams", group=search)
    assert visitor.app.header[0].value == f"Retail{BELOW}Search"

    fill(visitor, Action.RENAME, search, name="Finding")
    fill(visitor, Action.MOVE, search, into=lab)
    assert drawn(service) == ["Lab", "Lab/Finding", "Retail"]
    assert drawn(service, NOW.shift(-1)) == ["Lab", "Retail", "Retail/Finding"]
    fill(visitor, Action.SPLIT, search, name="Ranking", teams=[rankers])
    ranking = service.store.tree(NOW).find("Lab/Ranking").id
    assert service.store.tree(NOW).teams_of(ranking) == {rankers}
    visitor.click("up-").click(f"open-{ranking}")
    fill(visitor, Action.MERGE, ranking, into=search)
    assert visitor.address["group"] == search
    assert service.store.tree(NOW).teams_of(search) == {rankers}
    visitor.open("teams", group=shop)
    fill(visitor, Action.ARCHIVE, shop)

    assert drawn(service) == ["Lab", "Lab/Finding"]
    assert visitor.reads("Retail was archived from Q4 2026 on.")
    assert "group" not in visitor.address
    visitor.click(f"restore-{shop}")
    assert drawn(service) == ["Lab", "Lab/Finding", "Retail"]


def test_the_last_change_is_undone(visit, service):
    shop, lab = group(service, "Retail"), group(service, "Lab")
    visitor = visit("teams", group=shop)

    fill(visitor, Action.MOVE, shop, into=lab)
    assert drawn(service) == ["Lab", "Lab/Retail"]
    visitor.click("Undo")

    assert drawn(service) == ["Lab", "Retail"]
    assert "Undo" not in visitor.buttons


def test_a_refused_change_is_said_and_the_form_stays_as_it_was(visit, service):
    shop = group(service, "Retail")
    visitor = visit("teams")

    fill(visitor, Action.ADD, "", name="retail")

    assert visitor.reads("There is already a group 'retail' on that level.")
    assert visitor.app.text_input(key="ADD//name").value == "retail"
    assert drawn(service) == ["Retail"]
    visitor.open("teams", group=shop)
    fill(visitor, Action.MERGE, shop)
    assert visitor.reads("No group to merge into is chosen. Choose one.")


def test_a_groups_target_is_set_with_who_is_where_and_undone(visit, service):
    shop = group(service, "Retail")
    submit(service, team(service, "*Rankers*", shop))
    team(service, "New", shop)
    visitor = visit("teams", group=shop, model="azure")

    fill(visitor, Action.TARGET, shop, level=3, by=Quarter(2027, 2))

    assert visitor.reads("Azure: Level 3 by Q2 2027.")
    assert visitor.reads("0 of 2 teams are there, 1 is on the way")
    assert visitor.reads("*Rankers* (Level 0 to 1, Q4 2026)")
    assert not any("*Rankers*" in text for text in visitor.markdown)
    visitor.click("Undo")
    assert group_targets.targets(service, "azure", NOW) == {}


def test_another_quarters_groups_are_shown_and_not_changed(visit, service):
    shop = group(service, "Retail")
    lab = group(service, "Lab", since=NOW)
    rankers = team(service, "Rankers", shop)
    grouping.move_teams(service, [rankers], lab, NOW, "")
    visitor = visit("teams", group=shop)
    assert visitor.reads("No team is in this group.")

    visitor.choose("Groups as of", Quarter(2026, 3))

    assert visitor.reads("These are the groups of Q3 2026.")
    assert f"change-{shop}" not in [w.key for w in visitor.app.get("button_group")]
    assert visitor.reads("Rankers")
    visitor.open("teams", group=lab).choose("Groups as of", Quarter(2026, 3))
    assert visitor.reads("Lab begins in Q4 2026.")


def test_a_new_team_goes_into_the_group_that_is_looked_at(visit, service):
    team(service, "Rankers")
    shop = group(service, "Retail", since=Quarter(2026, 2))
    visitor = visit("teams", group=shop)

    visitor.write("Name", "Sellers", "new_name").click("Add team")

    (added,) = [t.id for t in service.store.teams() if t.name == "Sellers"]
    assert service.store.tree(Quarter(2026, 2)).teams_of(shop) == {added}


def test_an_address_with_an_unknown_group_shows_all_teams_and_says_so(visit, service):
    team(service, "Rankers")

    visitor = visit("teams", group="nowhere")

    assert visitor.reads("This link names a group that is not here.")
    assert "group" not in visitor.address
    assert visitor.reads("Rankers")


def test_many_teams_are_found_by_name_and_shown_a_part_at_a_time(visit, service):
    shop = group(service, "Retail")
    ids = [team(service, f"Team {number:02}") for number in range(40)]
    grouping.move_teams(service, ids, shop, ALWAYS, "")
    visitor = visit("teams", group=shop)
    assert visitor.reads("1 to 25 of 40 teams")
    assert not visitor.reads("archive-")

    visitor.app.session_state["teams_part"] = 2
    visitor.app.run()
    assert visitor.reads("26 to 40 of 40 teams")
    visitor.write("Find a team", "team 3")

    assert not visitor.reads("of 40 teams")
    assert len([b for b in visitor.buttons if b == "Archive"]) == 10
    assert visitor.address["find"] == "team 3"
    visitor.write("Find a team", "<b>none")
    assert visitor.reads(
        "No team here has <b>none in its name, its labels or what it works on."
    )


def test_a_group_leads_to_its_portfolio_and_back(visit, service):
    retail = group(service, "Retail")
    visitor = visit("teams", group=retail)
    assert links(visitor) == {}  # there is no team to show
    rankers = team(service, "Rankers", retail)

    visitor = visit("teams", group=retail)
    address = links(visitor)["See its portfolio"]
    assert address["group"] == retail
    visitor = visit("portfolio", **address)
    assert visitor.reads("Retail · 1 team")
    back = links(visitor)["Open on Teams"]
    assert (back["group"], back["team"]) == (retail, rankers)
    assert "Open on Teams" not in links(visit("portfolio"))


def links(visitor) -> dict[str, dict[str, str]]:
    return {
        link.proto.label: dict(parse_qsl(link.proto.query_string))
        for link in visitor.app.get("page_link")
    }


# An organisation as a file


def bring(visitor, text, name="teams.csv"):
    visitor.app.file_uploader[0].set_value((name, text.encode(), "text/csv")).run()
    return visitor


def test_a_file_of_teams_and_groups_is_previewed_and_taken_in(visit, service):
    team(service, "Rankers")
    visitor = visit("teams")

    bring(visitor, "team,group\nRankers,Retail/*Search*\nSellers,Retail\n")

    assert visitor.reads("2 new groups")
    assert visitor.reads(f"Rankers: from no group to Retail{BELOW}*Search*")
    assert not any("*Search*" in text for text in visitor.markdown)
    assert drawn(service) == []
    visitor.click("Take it in")
    assert drawn(service, Quarter(2020, 1)) == ["Retail", "Retail/*Search*"]
    assert not visitor.reads("Nothing is saved yet.")
    bring(visitor, "team,group\nRankers,Lab\n").choose(
        "From the beginning of", Quarter(2026, 2)
    )
    visitor.click("Take it in")
    assert drawn(service, Quarter(2026, 1)) == ["Retail", "Retail/*Search*"]
    assert drawn(service) == ["Lab", "Retail", "Retail/*Search*"]


def test_a_file_that_was_taken_in_is_taken_back(visit, service):
    rankers = team(service, "Rankers")
    visitor = bring(visit("teams"), "team,group\nRankers,*Retail*\nSellers,*Retail*\n")
    assert "undo-organisation" not in [b.key for b in visitor.app.button]

    visitor.click("Take it in")
    assert visitor.reads("Taken in: 1 new group, 1 new team, 1 team in another group.")
    visitor.click("undo-organisation")

    assert drawn(service) == []
    assert [t.id for t in service.store.teams()] == [rankers]
    assert "undo-organisation" not in [b.key for b in visitor.app.button]


def test_a_file_is_not_taken_back_over_a_later_change(visit, service):
    visitor = bring(visit("teams"), "team,group\nSellers,Retail\n").click("Take it in")
    group(service, "Lab")

    visitor.click("undo-organisation")

    assert visitor.reads("were changed by somebody since")
    assert drawn(service) == ["Lab", "Retail"]


def test_a_file_that_is_wrong_is_refused_with_its_lines(visit, service):
    visitor = bring(visit("teams"), "team,group\nRankers,A/B/C/D\n")

    assert visitor.reads("line 2: column group:")
    assert "Take it in" not in visitor.buttons
    assert service.store.teams() == []
    bring(visitor, "team\n")
    assert visitor.reads("so there is nothing to take in")


def test_one_team_is_moved_into_another_group_and_out_of_it(visit, service):
    shop, lab = group(service, "Retail"), group(service, "Lab")
    rankers, others = team(service, "*Rankers*", shop), team(service, "Others")
    visitor = visit("teams").click(f"move-{others}").click(f"move-{rankers}")
    assert f"do/TEAM/{others}" not in [button.key for button in visitor.app.button]

    visitor.app.selectbox(key=f"TEAM/{rankers}/into").set_value(lab)
    visitor.click(f"do/TEAM/{rankers}")
    assert service.store.tree(NOW).group_of(rankers).name == "Lab"
    assert service.store.tree(NOW.shift(-1)).group_of(rankers).name == "Retail"
    assert visitor.reads("*Rankers* moved to Lab from Q4 2026 on.")
    assert not any("*Rankers*" in text for text in visitor.markdown)
    visitor.click("Undo").click(f"move-{rankers}")
    visitor.app.selectbox(key=f"TEAM/{rankers}/into").set_value("")
    visitor.click(f"do/TEAM/{rankers}")

    assert service.store.tree(NOW).members == {}
    assert visitor.reads("*Rankers* is in no group from Q4 2026 on.")
