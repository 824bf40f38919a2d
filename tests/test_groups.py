"""Groups of teams, on both engines: the tree of each quarter, changes and refusals."""

from datetime import datetime

import pytest

from maturity import grouping, library
from maturity.group import ALWAYS, BELOW, TOP, Group, NewPlacement
from maturity.quarter import Quarter
from maturity.service import RefusedError, Service
from maturity.storage import TeamGoneError
from maturity.team import NameRefusedError

Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in (1, 2, 3, 4))
AT = datetime(2026, 11, 24, 14, 30)


@pytest.fixture
def service(store) -> Service:
    return Service(store, library.load())


@pytest.fixture
def duck(duck_store) -> Service:
    """For what the engine has no say in."""
    return Service(duck_store, library.load())


def group(service, name, parent=TOP, since=ALWAYS):
    return grouping.create(service, name, parent, since, "ana").group


def team(service, name, group=TOP, since=ALWAYS):
    id = service.store.add_team(name, by="ana").id
    if group:
        grouping.move_teams(service, [id], group, since, "ana")
    return id


def drawn(service, quarter=Q4):
    """The whole tree as text: each group's label with the teams right in it."""
    tree = service.store.tree(quarter)
    names = {team.id: team.name for team in service.store.teams(archived=True)}
    return {
        tree.label(g).replace(BELOW, "/"): sorted(
            names[t] for t in tree.teams_of(g, with_subgroups=False)
        )
        for g in tree.groups
    }


def refused(change, *arguments):
    with pytest.raises(RefusedError) as caught:
        change(*arguments)
    return str(caught.value)


# The tree


def test_groups_stand_in_a_tree_with_siblings_by_name(service):
    shop = group(service, "Retail")
    group(service, "finance")
    search = group(service, "Search", shop)
    group(service, "Ads", shop)
    ranking = group(service, "Ranking", search)
    team(service, "Rankers", ranking)
    team(service, "Sellers", shop)

    tree = service.store.tree(Q4)

    assert list(drawn(service)) == [
        *("finance", "Retail", "Retail/Ads", "Retail/Search"),
        "Retail/Search/Ranking",
    ]
    assert [g.name for g in tree.path(ranking)] == ["Retail", "Search", "Ranking"]
    assert [g.name for g in tree.children(shop)] == ["Ads", "Search"]
    assert tree.under(search) == {search, ranking}


def test_the_teams_of_a_group_are_its_own_or_with_those_of_its_subgroups(service):
    shop = group(service, "Retail")
    search = group(service, "Search", shop)
    own, below = team(service, "Sellers", shop), team(service, "Rankers", search)
    alone = team(service, "Alone")

    tree = service.store.tree(Q4)

    assert tree.teams_of(shop) == {own, below}
    assert tree.teams_of(shop, with_subgroups=False) == {own}
    assert tree.group_of(below) == Group(search, "Search")
    assert tree.group_of(alone) is None
    assert tree.teams_of("nowhere") == frozenset()
    assert (tree.label("nowhere"), tree.path("nowhere")) == ("", ())


@pytest.mark.parametrize(
    "label", [f"Retail{BELOW}Search", "retail/SEARCH", " Retail / Search "]
)
def test_a_group_is_found_by_its_label_however_it_is_typed(duck, label):
    search = group(duck, "Search", group(duck, "Retail"))

    found = duck.store.tree(Q4).find(label)

    assert found == Group(search, "Search")
    assert duck.store.tree(Q4).find("Search") is None


def test_a_past_quarter_shows_the_groups_and_teams_of_then(service):
    shop, lab = group(service, "Retail"), group(service, "Lab", since=Q3)
    search = group(service, "Search", shop)
    rankers = team(service, "Rankers", search)

    grouping.move_group(service, search, lab, Q3, "ana")
    grouping.move_teams(service, [rankers], lab, Q4, "ana")

    assert drawn(service, Q2) == {"Retail": [], "Retail/Search": ["Rankers"]}
    assert drawn(service, Q3) == {
        **{"Lab": [], "Lab/Search": ["Rankers"], "Retail": []}
    }
    assert drawn(service, Q4) == {
        **{"Lab": ["Rankers"], "Lab/Search": [], "Retail": []}
    }


def test_a_later_move_replaces_what_was_said_of_its_quarter_and_those_after(duck):
    a, b, c = (group(duck, name) for name in "ABC")
    rankers = team(duck, "Rankers", a)

    grouping.move_teams(duck, [rankers], b, Q4, "ana")
    grouping.move_teams(duck, [rankers], c, Q2, "ana")

    stays = duck.store.organisation().stays(rankers)
    assert [(s.parent, s.since, s.until) for s in stays] == [
        (a, ALWAYS, Q1),
        (c, Q2, None),
    ]


def test_a_new_name_holds_for_every_quarter(service):
    shop = group(service, "Retail")

    done = grouping.rename(service, shop, "  Commerce ", "ana")

    assert list(drawn(service, Q1)) == ["Commerce"]
    grouping.put_back(service, done, "ana")
    assert list(drawn(service, Q1)) == ["Retail"]


# Merge, split, archive


def test_merging_moves_teams_and_subgroups_and_ends_the_group(service):
    old, new = group(service, "Old"), group(service, "New")
    group(service, "Sub", old)
    rankers = team(service, "Rankers", old)
    before, after = drawn(service, Q2), {"New": ["Rankers"], "New/Sub": []}

    done = grouping.merge(service, old, new, Q3, "ana")

    assert (drawn(service, Q2), drawn(service, Q3), drawn(service)) == (
        *(before, after, after),
    )
    assert done.group == new
    grouping.put_back(service, done, "ana")
    assert drawn(service) == before
    assert service.store.tree(Q4).teams_of(old) == {rankers}


def test_merging_takes_along_who_was_to_join_the_group_later(duck):
    old, new, other = (group(duck, name) for name in ("Old", "New", "Other"))
    rankers = team(duck, "Rankers", other)
    grouping.move_teams(duck, [rankers], old, Q4, "ana")

    grouping.merge(duck, old, new, Q2, "ana")

    assert drawn(duck, Q3) == {"New": [], "Other": ["Rankers"]}
    assert drawn(duck, Q4) == {"New": ["Rankers"], "Other": []}


def test_splitting_puts_chosen_teams_into_a_new_sibling(service):
    shop = group(service, "Retail")
    search = group(service, "Search", shop)
    stays, goes = team(service, "Stays", search), team(service, "Goes", search)

    done = grouping.split(service, search, "Ranking", [goes], Q3, "ana")

    assert drawn(service, Q2)["Retail/Search"] == ["Goes", "Stays"]
    assert drawn(service) == {
        "Retail": [],
        "Retail/Ranking": ["Goes"],
        "Retail/Search": ["Stays"],
    }
    said = refused(grouping.split, service, search, "New", [stays, goes], Q4, "ana")
    assert said == "1 team of those chosen is not in Search in Q4 2026. Choose again."
    grouping.put_back(service, done, "ana")
    assert drawn(service) == drawn(service, Q2)


def test_an_empty_group_is_archived_from_a_quarter_on_and_restored(service):
    shop = group(service, "Retail")
    search = group(service, "Search", shop)

    grouping.archive(service, search, Q3, "ana")

    assert list(drawn(service, Q2)) == ["Retail", "Retail/Search"]
    assert list(drawn(service, Q3)) == ["Retail"]
    organisation = service.store.organisation()
    assert [g.id for g in grouping.archived(organisation, Q4)] == [search]
    assert grouping.archived(organisation, Q2) == []
    grouping.restore(service, search, Q4, "ana")
    assert list(drawn(service, Q3)) == ["Retail"]
    assert list(drawn(service, Q4)) == ["Retail", "Retail/Search"]


def test_a_group_with_something_in_it_is_not_archived(duck):
    shop = group(duck, "Retail")
    group(duck, "Search", shop)
    rankers = team(duck, "Rankers", shop)

    said = refused(grouping.archive, duck, shop, Q4, "ana")

    assert said.startswith("Retail still holds 1 team and 1 group in Q4 2026. Move")
    assert shop in duck.store.tree(Q4).groups
    empty = group(duck, "Empty")
    grouping.move_teams(duck, [rankers], empty, Quarter(2027, 2), "ana")
    assert "1 team in Q2 2027" in refused(grouping.archive, duck, empty, Q4, "ana")


def test_an_archived_team_does_not_keep_its_group_from_being_archived(duck):
    shop = group(duck, "Retail")
    duck.store.archive_team(team(duck, "Rankers", shop), "ana")

    grouping.archive(duck, shop, Q4, "ana")

    assert drawn(duck) == {}


# Refusals


def test_a_group_cannot_go_into_itself_or_into_what_is_inside_it(duck):
    shop = group(duck, "Retail")
    search = group(duck, "Search", shop)

    for change in (grouping.move_group, grouping.merge):
        assert "Retail is the group itself" in refused(
            change, duck, shop, shop, Q4, "ana"
        )
        said = refused(change, duck, shop, search, Q4, "ana")
        assert said.startswith("Search is inside Retail, so Retail cannot go into it.")
    assert list(drawn(duck)) == ["Retail", "Retail/Search"]


def test_a_fourth_level_is_refused_for_a_new_group_and_for_what_is_below_a_moved_one(
    duck,
):
    a = group(duck, "A")
    b = group(duck, "B", a)
    c = group(duck, "C", b)
    x = group(duck, "X")
    group(duck, "Y", x)

    said = refused(grouping.create, duck, "D", c, ALWAYS, "ana")
    assert said == (
        f"Groups go three levels deep: A{BELOW}B{BELOW}C{BELOW}D would be a fourth "
        "level."
    )
    assert f"B{BELOW}X{BELOW}Y" in refused(grouping.move_group, duck, x, b, Q4, "ana")


def test_siblings_have_different_names_and_others_may_share_one(duck):
    a, b = group(duck, "A"), group(duck, "B")
    first, second = group(duck, "Search", a), group(duck, "search", b)

    said = refused(grouping.create, duck, " SEARCH ", a, ALWAYS, "ana")
    assert said.startswith("There is already a group 'SEARCH' in A.")
    assert "in A" in refused(grouping.move_group, duck, second, a, Q4, "ana")
    assert "in B" in refused(grouping.merge, duck, a, b, Q4, "ana")
    assert "on that level" in refused(grouping.rename, duck, b, "a", "ana")
    grouping.rename(duck, first, "Searching", "ana")
    grouping.rename(duck, first, "SEARCH", "ana")


def test_a_name_taken_by_a_group_that_begins_later_is_refused_with_its_quarter(duck):
    group(duck, "Lab", since=Q4)

    said = refused(grouping.create, duck, "Lab", TOP, Q2, "ana")

    assert said.startswith("In Q4 2026: There is already a group 'Lab'")


def test_a_group_is_not_used_before_it_began_or_after_it_ended(duck):
    shop, gone = group(duck, "Retail", since=Q3), group(duck, "Gone")
    rankers = team(duck, "Rankers")
    grouping.archive(duck, gone, Q3, "ana")

    said = refused(grouping.move_teams, duck, [rankers], shop, Q2, "ana")
    assert said == "Retail begins in Q3 2026. Choose Q3 2026 or a later quarter."
    said = refused(grouping.move_teams, duck, [rankers], gone, Q3, "ana")
    assert said.startswith("Gone is archived in Q3 2026. Restore it first")
    assert "In Q3 2026: Gone is archived" in refused(
        grouping.move_teams, duck, [rankers], gone, Q2, "ana"
    )
    assert "archived" in refused(grouping.create, duck, "New", gone, Q4, "ana")
    assert "archived" in refused(grouping.move_group, duck, gone, shop, Q4, "ana")
    assert "not here any more" in refused(
        grouping.move_teams, duck, [rankers], "nowhere", Q4, "ana"
    )


def test_restoring_needs_a_place_that_is_still_there(duck):
    shop = group(duck, "Retail")
    search = group(duck, "Search", shop)
    grouping.archive(duck, search, Q4, "ana")
    grouping.archive(duck, shop, Q4, "ana")

    assert "Retail is archived" in refused(grouping.restore, duck, search, Q4, "ana")
    assert "not archived in Q3" in refused(grouping.restore, duck, search, Q3, "ana")


def test_names_are_checked_as_those_of_teams_are(duck):
    for name in ("  ", "x" * 61):
        with pytest.raises(NameRefusedError, match="group"):
            grouping.create(duck, name, TOP, Q4, "ana")
    for name in (f"A{BELOW}B", "A/B"):
        assert "stand between" in refused(grouping.create, duck, name, TOP, Q4, "ana")
    assert list(drawn(duck)) == []


def test_a_refused_change_leaves_no_row(service):
    shop = group(service, "Retail")
    newest, changes = service.store.organisation().newest, service.store.changes_all()

    refused(grouping.create, service, "retail", TOP, Q4, "ana")
    refused(grouping.move_teams, service, ["nobody"], shop, Q4, "ana")
    refused(grouping.move_teams, service, [], shop, Q4, "ana")

    assert service.store.organisation().newest == newest
    assert service.store.changes_all() == changes


# Undo, and several people at once


def test_every_change_is_undone_as_long_as_nobody_changed_the_same(service):
    shop = group(service, "Retail")
    rankers = team(service, "Rankers")
    before = drawn(service, Q1), drawn(service)

    moved = grouping.move_teams(service, [rankers], shop, Q3, "ana")
    grouping.put_back(service, moved, "ana")
    made = grouping.create(service, "Search", shop, Q2, "ana")
    grouping.put_back(service, made, "ana")
    ended = grouping.archive(service, shop, Q4, "ana")
    grouping.put_back(service, ended, "ana")

    assert (drawn(service, Q1), drawn(service)) == before
    assert grouping.archived(service.store.organisation(), Q4) == []


def test_undoing_brings_back_what_was_planned_for_later(duck):
    a, b, c = (group(duck, name) for name in "ABC")
    rankers = team(duck, "Rankers", a)
    grouping.move_teams(duck, [rankers], b, Q4, "ana")

    done = grouping.move_teams(duck, [rankers], c, Q2, "ana")
    grouping.put_back(duck, done, "ana")

    assert [s.parent for s in duck.store.organisation().stays(rankers)] == [a, b]


def test_what_somebody_changed_since_is_not_undone(duck):
    a, b = group(duck, "A"), group(duck, "B")
    rankers, others = team(duck, "Rankers"), team(duck, "Others")
    moved = grouping.move_teams(duck, [rankers], a, Q4, "ana")
    named = grouping.rename(duck, a, "First", "ana")

    grouping.move_teams(duck, [others], b, Q4, "ben")
    grouping.move_teams(duck, [rankers], b, Q4, "ben")
    grouping.rename(duck, a, "One", "ben")

    for done in (moved, named):
        assert "changed by somebody" in refused(grouping.put_back, duck, done, "ana")
    assert drawn(duck) == {"B": ["Others", "Rankers"], "One": []}


def test_undoing_a_new_group_that_is_in_use_by_now_is_refused(duck):
    done = grouping.create(duck, "Retail", TOP, ALWAYS, "ana")
    team(duck, "Rankers", done.group)

    assert "still holds 1 team" in refused(grouping.put_back, duck, done, "ana")
    assert drawn(duck) == {"Retail": ["Rankers"]}


def test_a_change_worked_out_on_old_groups_is_not_stored(service):
    shop = group(service, "Retail")
    seen = service.store.organisation().newest
    group(service, "Finance")
    changed = [NewPlacement(shop, False, Q4, None)]

    stored = service.store.regroup([], changed, seen=seen, by="", at=AT)

    assert stored is None
    assert shop in service.store.tree(Q4).groups


def test_a_team_that_is_no_more_is_not_placed(service):
    shop = group(service, "Retail")
    seen = service.store.organisation().newest
    placed = [NewPlacement("nobody", True, Q4, shop)]

    with pytest.raises(TeamGoneError):
        service.store.regroup([], placed, seen=seen, by="", at=AT)


def test_who_changed_what_and_when_is_kept(service):
    rankers = team(service, "Rankers", group(service, "Retail"))

    row = service.store.organisation().placements[-1]

    assert (row.item, row.team, row.author, row.since) == (rankers, True, "ana", ALWAYS)
    assert isinstance(row.at, datetime)


# Many, and the demo


def test_two_thousand_teams_are_moved_and_read_in_few_statements(duck, monkeypatch):
    shop, lab = group(duck, "Retail"), group(duck, "Lab")
    teams = [f"t{number}" for number in range(2000)]
    with duck.store.database.transaction() as execute:
        execute(
            "insert into teams select id, id, id, '', '', '', false, null, '', $2 "
            "from (select unnest($1) as id)",
            [teams, AT],
        )
    grouping.move_teams(duck, teams, shop, ALWAYS, "ana")
    reads = []
    read = duck.store.database.read
    monkeypatch.setattr(
        duck.store.database, "read", lambda *given: reads.append(given) or read(*given)
    )

    tree = duck.store.tree(Q4)

    assert tree.teams_of(shop) == set(teams)
    assert len(reads) == 4
    done = grouping.merge(duck, shop, lab, Q4, "ana")
    assert len(duck.store.tree(Q4).teams_of(lab)) == 2000
    grouping.put_back(duck, done, "ana")
    assert len(duck.store.tree(Q4).teams_of(shop)) == 2000


def test_demo_groups_go_with_the_demo_and_leave_real_ones_on_the_first_level(service):
    store = service.store
    demo = store.add_team("Demo", demo=True, by="").id
    real = team(service, "Real")
    shown = Group("demo-group", "Shown", demo=True)
    placed = [
        NewPlacement("demo-group", False, ALWAYS, TOP),
        NewPlacement(demo, True, ALWAYS, "demo-group"),
    ]
    seen = store.organisation().newest
    store.regroup([shown], placed, seen=seen, by=store.person("Zoe"), at=AT)
    own = group(service, "Own", "demo-group")
    grouping.move_teams(service, [real], "demo-group", Q4, store.person("Ana"))

    store.remove_demo("")

    assert drawn(service) == {"Own": []}
    assert store.tree(Q4).groups == {own: Group(own, "Own")}
    assert {row.item for row in store.organisation().placements} == {own}
    assert "Zoe" not in store.names().values()
