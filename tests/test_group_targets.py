"""Targets of groups: who is there, who is on the way, and what a team hears of it."""

from datetime import datetime

import pytest
from small import rung

from maturity import (
    group_targets,
    group_words,
    grouping,
    labelling,
    library,
    schema,
    storage,
)
from maturity.answer import Answer, State
from maturity.group import ALWAYS, TOP
from maturity.group_targets import Scope, Toward
from maturity.quarter import Quarter
from maturity.reading import Target
from maturity.service import RefusedError, Service
from maturity.team import NameRefusedError, NewAnswer

Q2, Q3, Q4 = (Quarter(2026, number) for number in (2, 3, 4))
LIBRARY = library.load()
AZURE = LIBRARY.definition("azure")
LATER = Quarter(2027, 2)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")


@pytest.fixture
def service(store) -> Service:
    return Service(store, LIBRARY)


@pytest.fixture
def duck(duck_store) -> Service:
    return Service(duck_store, LIBRARY)


def group(service, name, parent=TOP):
    return grouping.create(service, name, parent, ALWAYS, "").group


def team(service, name, group, **attributes):
    id = service.store.add_team(name, by="", **attributes).id
    grouping.move_teams(service, [id], group, ALWAYS, "")
    return id


def submit(service, team, quarter, place, left_out=(), model="azure"):
    """Every question answered by its first (0) or last (-1) rung, but for some."""
    definition = service.library.definition(model)
    at = datetime.combine(quarter.last_day, datetime.min.time())
    rows = [
        NewAnswer(team, str(quarter), p.id, rung(p.rungs[place].id), "", at)
        for p in definition.asked
        if p.id not in left_out
    ]
    service.store.append(rows)
    service.submit(team, model, quarter, "", "")


def aim(service, group, level=3, category="", model="azure", by=LATER, label=""):
    scope = Scope(group, label)
    group_targets.set_target(service, scope, model, category, level, by, "ana")


def progress(service, group, level=3, category="", quarter=Q4, model="azure", label=""):
    tree = service.store.tree(quarter)
    target = Target(level, LATER)
    scope = Scope(group, label)
    return group_targets.progress(service, tree, scope, model, category, target)


def names(progress, toward):
    return [position.team.name for position in progress.of(toward)]


def test_teams_are_there_on_the_way_perhaps_there_or_not_assessed(service):
    shop = group(service, "Retail")
    below = group(service, "Search", shop)
    people = next(p.id for c, p in AZURE.questions.items() for p in p if c == "people")
    submit(service, team(service, "Top", below), Q4, -1)
    submit(service, team(service, "Low", shop), Q3, 0)
    submit(service, team(service, "Open", shop), Q4, -1, left_out=[people])
    team(service, "New", below)
    submit(service, team(service, "Elsewhere", group(service, "Other")), Q4, -1)

    found = progress(service, shop)

    assert {toward: names(found, toward) for toward in Toward} == {
        Toward.MET: ["Top"],
        Toward.BELOW: ["Low"],
        Toward.OPEN: ["Open"],
        Toward.ABSENT: ["New"],
        Toward.OUT: [],
    }
    (low,) = found.of(Toward.BELOW)
    assert (low.quarter, low.score.lowest.level) == (Q3, 0)
    assert group_words.standing(found) == (
        "1 of 4 teams is there, 1 is on the way, 1 is perhaps there and 1 is not "
        "assessed."
    )


def test_the_newest_submission_up_to_the_quarter_counts_and_the_groups_of_then(service):
    old, new = group(service, "Old"), group(service, "New")
    rankers = team(service, "Rankers", old)
    submit(service, rankers, Q2, 0)
    submit(service, rankers, Q3, -1)
    grouping.move_teams(service, [rankers], new, Q4, "")

    assert names(progress(service, old, quarter=Q2), Toward.BELOW) == ["Rankers"]
    assert names(progress(service, old, quarter=Q3), Toward.MET) == ["Rankers"]
    assert names(progress(service, new, quarter=Q4), Toward.MET) == ["Rankers"]
    empty = progress(service, old, quarter=Q4)
    assert group_words.standing(empty) == "It applies to no team."


def test_a_category_is_measured_by_its_own_level(service):
    shop = group(service, "Retail")
    rankers = team(service, "Rankers", shop)
    submit(service, rankers, Q4, -1)
    own = {p.id for p in AZURE.questions["people"]}
    service.store.append(
        [
            NewAnswer(rankers, "2026-Q4", p.id, rung(p.rungs[0].id), "", datetime.now())
            for p in AZURE.asked
            if p.id not in own
        ]
    )
    service.submit(rankers, "azure", Q4, "", "")

    assert names(progress(service, shop, category="people"), Toward.MET) == ["Rankers"]
    assert names(progress(service, shop), Toward.BELOW) == ["Rankers"]


def test_a_team_to_which_nothing_applies_is_not_counted(duck):
    shop = group(duck, "Retail")
    rankers = team(duck, "Rankers", shop)
    no = Answer(State.NOT_APPLICABLE, reason="We do no ML.")
    rows = [
        NewAnswer(rankers, "2026-Q4", p.id, no, "", datetime.now()) for p in AZURE.asked
    ]
    duck.store.append(rows)
    duck.submit(rankers, "azure", Q4, "", "")

    found = progress(duck, shop)

    assert names(found, Toward.OUT) == ["Rankers"]
    assert group_words.standing(found) == "It applies to no team."


def test_demo_and_archived_teams_do_not_count_among_real_ones(duck):
    shop = group(duck, "Retail")
    team(duck, "Shown", shop, demo=True)
    assert len(progress(duck, shop).positions) == 1
    team(duck, "Real", shop)
    duck.store.archive_team(team(duck, "Gone", shop), "")

    assert [p.team.name for p in progress(duck, shop).positions] == ["Real"]


def test_a_quarter_shows_the_targets_that_were_set_by_then(service, monkeypatch):
    shop = group(service, "Retail")
    monkeypatch.setenv("MATURITY_TODAY", "2026-05-01")
    aim(service, shop, 2)
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")
    aim(service, shop, 3)
    aim(service, shop, 4, "people")

    then = group_targets.targets(service, "azure", Q3)
    now = group_targets.targets(service, "azure", Q4)

    assert then[Scope(shop)].of() == Target(2, LATER)
    assert (now[Scope(shop)].of().level, now[Scope(shop)].of("people").level) == (3, 4)
    assert group_targets.targets(service, "google", Q4) == {}
    aim(service, shop, None)
    aim(service, shop, None, "people")
    assert group_targets.targets(service, "azure", Q4) == {}


def test_a_team_hears_what_its_groups_aim_for_the_nearest_first(duck):
    shop = group(duck, "Retail")
    search = group(duck, "Search", shop)
    rankers = team(duck, "Rankers", search)
    submit(duck, rankers, Q4, 0)
    aim(duck, shop, 3)
    aim(duck, search, 2, "people")

    found = group_targets.covering(duck, rankers, "azure", Q4)
    reading = duck.reading(duck.store.team(rankers), "azure", Q4)

    assert [line for one in found for line in group_words.aims(one, reading)] == [
        "Your group Search aims for Level 2 in People by Q2 2027. "
        "Your team is on the way.",
        "Your group Retail aims for Level 3 by Q2 2027. Your team is on the way.",
    ]
    assert duck.targets(rankers, "azure", Q4).of() is None
    assert group_targets.covering(duck, "nobody", "azure", Q4) == []


def label(service, team, *labels, since=ALWAYS):
    labelling.relabel(service, team, labels, since, "")


@pytest.fixture
def labelled(service):
    """Five teams in and outside of Retail, three of them labelled tier-1."""
    shop, bank = group(service, "Retail"), group(service, "Bank")
    search = group(service, "Search", shop)
    for name, of, place, labels in (
        ("Rankers", search, -1, ["tier-1", "core"]),
        ("Sellers", shop, 0, ["Tier-1"]),
        ("Fraud", bank, None, ["tier-1"]),
        ("Loans", bank, -1, ["tier-2"]),
        ("Alone", TOP, -1, []),
    ):
        id = service.store.add_team(name, by="").id
        grouping.move_teams(service, [id], of, ALWAYS, "")
        label(service, id, *labels)
        if place is not None:
            submit(service, id, Q4, place)
    return {g.name: g.id for g in service.store.tree(Q4).groups.values()}


def test_every_team_with_a_label_is_counted_in_the_organisation_or_a_group(
    service, labelled
):
    everywhere = progress(service, TOP, label="TIER-1")
    assert {way: names(everywhere, way) for way in Toward} == {
        Toward.MET: ["Rankers"],
        Toward.BELOW: ["Sellers"],
        Toward.ABSENT: ["Fraud"],
        Toward.OPEN: [],
        Toward.OUT: [],
    }
    within = progress(service, labelled["Retail"], label="tier-1")
    assert group_words.standing(within) == (
        "1 of 2 teams is there and 1 is on the way."
    )
    nobody = progress(service, labelled["Bank"], label="core")
    assert group_words.standing(nobody) == "It applies to no team."
    assert len(progress(service, TOP).positions) == 5


def test_targets_of_labels_stand_beside_the_groups_own(service, labelled):
    shop, at = labelled["Retail"], Quarter(2026, 4)
    aim(service, shop, 2)
    aim(service, shop, 3, label="Tier-1")
    aim(service, TOP, 3, label="tier-1")
    aim(service, TOP, 4, label="Core", category="people")
    aim(service, TOP, 1)
    tree = service.store.tree(at)

    told = {
        group_words.whose(tree, scope): [t.level for t in found.every().values()]
        for scope, found in group_targets.targets(service, "azure", at).items()
    }

    assert told == {
        "Every team": [1],
        "Every team labelled core": [4],
        "Every team labelled tier-1": [3],
        "Retail": [2],
        "Every team of Retail labelled tier-1": [3],
    }
    aim(service, TOP, None, label="TIER-1")
    aim(service, shop, 4, label="TIER-1")
    assert Scope(TOP, "tier-1").key not in {
        scope.key for scope in group_targets.targets(service, "azure", at)
    }
    scope = Scope(shop, "Tier-1")
    assert group_targets.target_of(service, scope, "azure", at).of().level == 4


def test_a_past_quarter_counts_the_labels_of_then(service):
    rankers, sellers = team(service, "Rankers", TOP), team(service, "Sellers", TOP)
    for id in (rankers, sellers):
        submit(service, id, Q2, -1)
    label(service, rankers, "tier-1")
    label(service, rankers, since=Q4)
    label(service, sellers, "tier-1", since=Q4)

    then, now = (progress(service, TOP, quarter=q, label="tier-1") for q in (Q3, Q4))

    assert names(then, Toward.MET) == ["Rankers"]
    assert names(now, Toward.MET) == ["Sellers"]


def test_a_team_hears_of_the_targets_of_its_labels(service, labelled):
    aim(service, labelled["Retail"], 3, label="tier-1")
    aim(service, labelled["Bank"], 3, label="tier-1")
    aim(service, TOP, 4, label="tier-1")
    aim(service, TOP, 4, label="tier-2")
    aim(service, TOP, 1)
    sellers = next(t for t in service.store.teams() if t.name == "Sellers")
    reading = service.reading(sellers, "azure", Q4)

    found = group_targets.covering(service, sellers.id, "azure", Q4)

    assert [line for one in found for line in group_words.aims(one, reading)] == [
        "Every team of Retail labelled tier-1 aims for Level 3 by Q2 2027. "
        "Your team is on the way.",
        "Every team aims for Level 1 by Q2 2027. Your team is on the way.",
        "Every team labelled tier-1 aims for Level 4 by Q2 2027. "
        "Your team is on the way.",
    ]


def test_the_story_of_a_group_and_of_all_teams_tells_their_targets(service, labelled):
    aim(service, labelled["Retail"], 3)
    aim(service, labelled["Retail"], 3, label="tier-1")
    aim(service, TOP, 3, label="tier-2")
    tree, model = service.store.tree(Q4), AZURE.model

    assert group_words.all_aims(service, tree, labelled["Retail"], model) == [
        "We aim for Level 3 by Q2 2027: 1 of 2 teams is there and 1 is on the way.",
        "Every team labelled tier-1 aims for Level 3 by Q2 2027: 1 of 2 teams is there "
        "and 1 is on the way.",
    ]
    assert group_words.all_aims(service, tree, TOP, model) == [
        "Every team labelled tier-2 aims for Level 3 by Q2 2027: the one team is there."
    ]


def test_what_cannot_be_a_label_has_no_target(duck):
    with pytest.raises(NameRefusedError, match="comma or a semicolon"):
        aim(duck, TOP, label="a;b")

    assert duck.store.group_targets("azure") == []


def test_targets_of_before_there_were_labels_are_of_the_whole_group(address):
    old = next(n for n, s in enumerate(schema.STEPS) if "add column label" in s[0])
    database = storage._connect(address)
    schema.migrate(database, schema.STEPS[:old])
    with database.transaction() as execute:
        execute(
            "insert into group_targets values "
            "(1, 'shop', 'azure', '', 3, '2026-Q4', '', $1)",
            [datetime(2026, 1, 1)],
        )
    database.close()

    store = storage.open_store(address)

    (row,) = store.group_targets("azure")
    assert (row.team, row.level, row.label) == ("shop", 3, "")
    store.close()


def test_a_model_with_bands_aims_for_a_band(duck):
    shop = group(duck, "Retail")
    rankers = team(duck, "Rankers", shop)
    submit(duck, rankers, Q4, -1, model="ml-test-score")
    aim(duck, shop, 3, model="ml-test-score")

    (found,) = group_targets.covering(duck, rankers, "ml-test-score", Q4)
    reading = duck.reading(duck.store.team(rankers), "ml-test-score", Q4)

    (line,) = group_words.aims(found, reading)
    band = LIBRARY.models["ml-test-score"].level(3).name
    assert line == (
        f"Your group Retail aims for {band} by Q2 2027. Your team is there."
    )
    reached = progress(duck, shop, model="ml-test-score")
    assert names(reached, Toward.MET) == ["Rankers"]


def test_a_target_that_nobody_can_reach_is_refused(duck):
    shop = group(duck, "Retail")

    for level, category in ((9, ""), (0, ""), (3, "nowhere")):
        with pytest.raises(RefusedError, match="Azure has no"):
            aim(duck, shop, level, category)
    with pytest.raises(RefusedError, match="not here any more"):
        aim(duck, "nowhere")
    grouping.archive(duck, shop, Q4, "")
    with pytest.raises(RefusedError, match="Retail is archived"):
        aim(duck, shop)
    assert duck.store.group_targets("azure") == []
