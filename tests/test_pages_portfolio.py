"""The Portfolio page, as a visitor meets it: with no team, a few, and hundreds."""

import csv
import io

import crowd
import pytest
from organisation import submit, teams

from maturity import demo, group_targets, grouping, labelling, portfolios
from maturity.exchange.portfolio import portfolio_csv, portfolio_json
from maturity.group_targets import Scope
from maturity.quarter import Quarter

pytestmark = pytest.mark.page

Q2, Q3, Q4 = (Quarter(2026, number) for number in (2, 3, 4))


def google(**more):
    return {"model": "google", **more}


def moved(service, name, before, after, model="google"):
    team = service.store.add_team(name, by="")
    submit(service, team, before, Q2, model=model)
    submit(service, team, after, Q3, model=model)
    return team


def links(visitor):
    """Every link on the page to a team's result: name to address."""
    found = {}
    for link in visitor.app.get("page_link"):
        if "team=" in link.proto.query_string and link.proto.page == "results":
            found[link.proto.label] = link.proto.query_string
    return found


def assessed(visitor):
    """How many teams, of how many: 3 of 3."""
    (one,) = [m for m in visitor.app.metric if m.label == "Assessed"]
    return f"{one.value} {one.delta.removesuffix('s').removesuffix(' team')}"


def alts(visitor):
    """What each chart says to those who cannot see it."""
    protos = (getattr(node, "proto", None) for node in visitor.app._tree)
    return [proto.alt for proto in protos if getattr(proto, "spec", "")]


def test_without_a_team_it_says_what_to_do(visit):
    assert visit("portfolio").title == "No team yet"


def test_it_opens_with_who_moved_and_why_and_each_leads_to_the_team(visit, service):
    up = moved(service, "Search", 0, 9)
    moved(service, "Fraud", 9, 0)
    moved(service, "Pricing", 9, 9)

    visitor = visit("portfolio", **google())

    assert visitor.title == "1 team moved up since Q2, 1 moved down"
    assert visitor.address["quarter"] == "2026-Q3"
    assert assessed(visitor) == "3 of 3"
    assert visitor.metric("Moved up") == "1"
    assert visitor.reads(
        "1 team reached a higher level and 1 team fell to a lower level."
    )
    assert visitor.reads("+2.0 to 2.0 · Level 2, was Level 0")
    assert visitor.reads("Now met: ")
    assert visitor.reads("No longer met: ")
    assert f"team={up.id}" in links(visitor)["Search"]
    assert "model=google" in links(visitor)["Search"]


def test_help_names_teams_to_talk_to(visit, service):
    moved(service, "Able", 9, 9)
    moved(service, "Behind", 0, 0)

    visitor = visit("portfolio", **google())

    assert visitor.reads("1 team misses “")
    assert visitor.reads("Missed by 1 of 2 teams. Wanted: ")
    assert visitor.reads("Ask Able, who does it.")


def test_one_team_and_one_quarter_is_enough(visit, service):
    team = service.store.add_team("Search", by="")
    submit(service, team, 1)

    visitor = visit("portfolio", **google())

    assert visitor.title == "1 team is assessed for the first time"
    assert visitor.reads("Come back next quarter to see who moved.")


def test_teams_that_never_used_a_model_are_told_how_to_begin(visit, service):
    submit(service, service.store.add_team("Search", by=""), 1)

    visitor = visit("portfolio", model="ml-test-score")

    assert assessed(visitor) == "0 of 1"
    assert visitor.reads("No team was assessed through this model yet")


def test_through_a_model_nobody_submitted_it_is_a_reading_and_says_so(visit, service):
    for name in ("Search", "Fraud"):
        moved(service, name, 0, 1, "azure")

    visitor = visit("portfolio", **google(quarter="2026-Q3"))

    assert visitor.reads("2 teams are read from answers that were not submitted")
    assert assessed(visitor) == "2 of 2"
    assert visitor.metric("Overdue") == "0"


def test_who_is_late_or_missing_keeps_the_last_known_result(visit, service):
    gone = service.store.add_team("Gone", by="")
    submit(service, gone, 1, Q2)
    moved(service, "Here", 0, 1)

    visitor = visit("portfolio", **google())

    assert visitor.metric("Overdue") == "1"
    assert visitor.reads("Last submitted for Q2 2026. Submit Q4 2026 by 31 Dec 2026.")
    assert visitor.reads("1 team not assessed in Q3 2026")
    assert visitor.reads("Last known: Level 0")
    assert "quarter=2026-Q2" in links(visitor)["Gone"]


def test_hundreds_of_teams_are_found_filtered_and_turned_a_part_at_a_time(
    visit, service
):
    crowd.settle(service, 300, Q3, 3)
    visitor = visit("portfolio")
    assert assessed(visitor) == "300 of 300"
    assert visitor.reads("1 to 25 of 300 teams")
    assert visitor.reads("1 to 12 of 300 trends")
    assert len(alts(visitor)) == 2 + 12

    visitor.click("part_next")
    assert visitor.reads("26 to 50 of 300 teams")
    assert visitor.address["part"] == "2"
    visitor.write("Find a team", "team 29")
    assert visitor.address["search"] == "team 29"
    assert "part" not in visitor.address
    assert {"Team 29", "Team 299"} <= links(visitor).keys()
    assert not visitor.reads("1 to 25 of")
    visitor.write("Find a team", "nobody")
    assert visitor.reads("No team matches. Clear the search")

    visitor.write("Find a team", "").choose("Works on", "Fraud")
    assert assessed(visitor) == "100 of 100"
    assert visitor.address["domain"] == "Fraud"


def test_an_address_brings_its_filters_along(visit, service):
    for name, domain in (("Search", "Shop"), ("Pricing", "Shop"), ("Fraud", "Bank")):
        team = service.store.add_team(name, domain=domain, by="")
        submit(service, team, 0, Q2)
        submit(service, team, 9 if name == "Search" else 0, Q3)

    visitor = visit("portfolio", **google(domain="shop", moved="yes", part="99"))

    assert assessed(visitor) == "2 of 2"
    assert any(alt.startswith("1 team, 1 up") for alt in alts(visitor))
    assert visitor.address["domain"] == "shop"


def test_a_filter_that_nothing_matches_leaves_everything(visit, service):
    submit(service, service.store.add_team("Search", domain="Shop", by=""), 1)

    visitor = visit("portfolio", **google(domain="Gone", size="huge", serving="x"))

    assert assessed(visitor) == "1 of 1"


def test_a_name_is_shown_and_never_obeyed(visit, service):
    moved(service, ":red[*Search*]", 0, 9)

    visitor = visit("portfolio", **google())

    assert not any(":red[*Search" in text for text in visitor.markdown)
    assert links(visitor).keys() == {r"\:red\[\*Search\*\]"}


def test_demo_teams_are_left_out_where_real_ones_are_and_counted(visit, service):
    demo.load(service)
    visitor = visit("portfolio")
    assert assessed(visitor).endswith(" of 8")
    assert visitor.reads("Demo data")

    moved(service, "Real", 0, 9)
    visitor = visit("portfolio", **google())

    assert assessed(visitor) == "1 of 1"
    assert visitor.reads("8 demo teams are left out.")


def test_groups_of_demo_teams_alone_aim_for_nothing_where_those_are_left_out(
    visit, service
):
    demo.load(service)
    assert visit("portfolio").reads("What teams aim for together")

    moved(service, "Real", 0, 9, "azure")

    assert not visit("portfolio", model="azure").reads("What teams aim for together")


def test_a_model_of_bands_says_band(visit, service):
    moved(service, "Search", 0, 9, "ml-test-score")

    visitor = visit("portfolio", model="ml-test-score")

    assert visitor.reads("1 team reached a higher band.")
    assert visitor.reads("Exceptional")
    assert not visitor.reads("Level 1")


def test_the_table_has_the_figures_of_the_screen_and_starts_no_formula(service):
    teams(service, 3, prefix="=Team")
    absent = service.store.add_team("Absent", domain="@Shop", by="")
    service.set_target(absent.id, "google", "", 1, Q4, "")
    found = portfolios.read(service, "google", Q3)

    text = portfolio_csv(found).decode("utf-8-sig")
    table = {row["team"]: row for row in csv.DictReader(io.StringIO(text))}

    assert len(table) == 4
    assert table["'=Team 0"]["state"] == "submitted"
    assert table["'=Team 0"]["movement"] == "first assessment"
    assert table["Absent"]["state"] == "not assessed"
    assert table["Absent"]["domain"] == "'@Shop"
    for row in found.assessed:
        line = table[f"'{row.team.name}"]
        lowest = row.now.figures.lowest
        assert line["level_lowest"] == str(lowest.level)
        assert line["score_lowest"] == f"{lowest.tenths // 10}.{lowest.tenths % 10}"
        for category, one in row.outcome.categories.items():
            score = line[f"{category}_score_highest"]
            assert round(10 * float(score)) == one.highest.tenths
    assert b'"state": "submitted"' in portfolio_json(found)


@pytest.fixture
def retail(service):
    """Search in the shop of Retail since Q3 and in Bank before; Fraud in Bank."""
    search, fraud = (moved(service, name, 0, 9) for name in ("Search", "Fraud"))
    groups = {}
    for name, parent in (("Bank", ""), ("Retail", ""), ("Shop", "Retail")):
        above = groups.get(parent, "")
        groups[name] = grouping.create(service, name, above, Q2, "").group
    both = [search.id, fraud.id]
    grouping.move_teams(service, both, groups["Bank"], Q2, "")
    grouping.move_teams(service, [search.id], groups["Shop"], Q3, "")
    return groups


def test_a_group_shows_its_teams_those_of_its_subgroups_included(visit, retail):
    visitor = visit("portfolio", **google())
    assert assessed(visitor) == "2 of 2"

    visitor.choose("Group", retail["Retail"])

    assert assessed(visitor) == "1 of 1"
    assert visitor.reads("Retail · 1 team · ")
    assert links(visitor).keys() == {"Search"}
    assert visitor.address["group"] == retail["Retail"]


def test_a_past_quarter_shows_the_groups_of_then(visit, retail):
    then = visit("portfolio", **google(quarter="2026-Q2", group=retail["Bank"]))
    now = visit("portfolio", **google(quarter="2026-Q3", group=retail["Bank"]))

    assert links(then).keys() == {"Search", "Fraud"}
    assert links(now).keys() == {"Fraud"}
    before = visit("portfolio", **google(quarter="2026-Q1", group=retail["Bank"]))
    assert before.reads("Bank begins in Q2 2026.")


def test_a_label_narrows_alone_and_together_with_a_group(visit, service, retail):
    teams = {team.name: team.id for team in service.store.teams()}
    assert "Label" not in [w.label for w in visit("portfolio").app.selectbox]
    labelling.relabel(service, teams["Search"], ["*Tier-1*"], Q3, "")
    labelling.relabel(service, teams["Fraud"], ["*tier-1*", "old"], Q2, "")
    visitor = visit("portfolio", **google(label="OLD"))
    assert links(visitor).keys() == {"Fraud"}

    visitor.choose("Label", "*Tier-1*")
    assert links(visitor).keys() == {"Search", "Fraud"}
    assert visitor.address["label"] == "*Tier-1*"
    assert visitor.reads("Labelled *Tier-1* · 2 teams · ")
    visitor.choose("Group", retail["Shop"])

    assert links(visitor).keys() == {"Search"}
    assert visitor.reads("Shop · labelled *Tier-1* · 1 team · ")
    before = visit("portfolio", **google(quarter="2026-Q2", label="*tier-1*"))
    assert links(before).keys() == {"Fraud"}
    gone = visit("portfolio", **google(quarter="2026-Q1", label="*tier-1*"))
    assert gone.reads("No team here had the label *tier-1* in Q1 2026. You see teams")
    assert not any("*tier-1*" in text for text in gone.markdown)


def test_what_groups_aim_for_stands_with_how_many_are_there(visit, service, retail):
    for name, level in (("Bank", 2), ("Retail", 1)):
        scope = Scope(retail[name])
        group_targets.set_target(service, scope, "google", "", level, Q4, "")
    for scope in (Scope("", "*core*"), Scope(retail["Bank"], "*core*")):
        group_targets.set_target(service, scope, "google", "", 1, Q4, "")
    search = next(t for t in service.store.teams() if t.name == "Search")
    labelling.relabel(service, search.id, ["*core*", "other"], Q3, "")
    with service.store.database.transaction() as execute:
        execute("update group_targets set saved_at = $1", [Q3.first_day])

    visitor = visit("portfolio", **google())
    assert visitor.reads("Bank: Level 2 by Q4 2026.** The one team is there.")
    assert visitor.reads("Retail: Level 1 by Q4 2026.** The one team is there.")
    everywhere = "Every team labelled *core*: Level 1 by Q4 2026."
    assert visitor.reads(f"{everywhere}** The one team is there.")
    within = "Every team of Bank labelled *core*: Level 1"
    assert visitor.reads(within)
    assert not any("labelled *core*" in text for text in visitor.markdown)

    visitor.choose("Label", "other")
    assert not visitor.reads("What teams aim for together")
    visitor.choose("Label", "*core*")
    assert visitor.reads(everywhere)
    assert visitor.reads(within)
    assert not visitor.reads("Bank: Level 2")
    visitor.choose("Label", "").choose("Group", retail["Shop"])
    assert visitor.reads(everywhere)
    assert not visitor.reads(within)
    assert visitor.reads("Retail: Level 1 by Q4 2026.")
    assert not visitor.reads("Bank: Level 2")


def test_an_empty_group_says_so(visit, service, retail):
    empty = grouping.create(service, "Empty", "", Q2, "").group

    visitor = visit("portfolio", **google(group=empty))

    assert visitor.reads("No team is in here.")


def test_one_page_of_the_group_is_handed_on_where_something_was_assessed(
    visit, service, retail, monkeypatch
):
    def offered(visitor) -> list[str]:
        return [button.proto.label for button in visitor.app.get("download_button")]

    assert "One page as PDF" in offered(visit("portfolio", **google()))
    monkeypatch.setenv("MATURITY_ACCENT", "blue")
    visitor = visit("portfolio", **google(), group=retail["Retail"])
    assert "One page as PDF" not in offered(visitor)
    assert visitor.reads("MATURITY_ACCENT")
    monkeypatch.delenv("MATURITY_ACCENT")
    empty = grouping.create(service, "Empty", "", Q2, "").group
    assert "One page as PDF" not in offered(visit("portfolio", **google(), group=empty))
