"""Labels of teams, on both engines: from a quarter on, spelt one way, and undone."""

from datetime import datetime

import pytest

from maturity import labelling, library
from maturity.group import ALWAYS
from maturity.label import NewLabels, accepted_labels
from maturity.quarter import Quarter
from maturity.service import RefusedError, Service
from maturity.team import NameRefusedError

Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in (1, 2, 3, 4))
AT = datetime(2026, 11, 24, 14, 30)


@pytest.fixture
def service(store) -> Service:
    return Service(store, library.load())


@pytest.fixture
def duck(duck_store) -> Service:
    return Service(duck_store, library.load())


def team(service, name, *labels, since=ALWAYS):
    id = service.store.add_team(name, by="ana").id
    if labels:
        relabel(service, id, *labels, since=since)
    return id


def relabel(service, team, *labels, since=ALWAYS):
    return labelling.relabel(service, team, labels, since, "ana")


def of(service, team, quarter=Q4):
    return service.store.tree(quarter).labels.get(team, ())


def test_a_team_has_its_labels_from_a_quarter_on(service):
    rankers = team(service, "Rankers", "tier-1")
    relabel(service, rankers, "tier-2", "search", since=Q3)
    relabel(service, rankers, since=Q4)

    said = {quarter: of(service, rankers, quarter) for quarter in (Q1, Q2, Q3, Q4)}

    assert said == {Q1: ("tier-1",), Q2: ("tier-1",), Q3: ("search", "tier-2"), Q4: ()}


def test_the_newest_word_wins_for_its_quarter_and_every_later_one(service):
    rankers = team(service, "Rankers", "tier-1")
    relabel(service, rankers, "planned", since=Q4)
    relabel(service, rankers, "tier-2", since=Q2)

    assert [of(service, rankers, q) for q in (Q1, Q2, Q4)] == [
        ("tier-1",),
        ("tier-2",),
        ("tier-2",),
    ]


def test_a_label_is_one_whatever_its_case_and_spelt_as_others_have_it(service):
    rankers = team(service, "Rankers", "Tier-1")
    sellers = team(service, "Sellers", " tier-1 ", "TIER-1", "Straße  7")
    tree = service.store.tree(Q4)

    assert of(service, sellers) == ("Straße 7", "Tier-1")
    assert tree.every_label == ["Straße 7", "Tier-1"]
    assert tree.labelled("tIER-1") == {rankers, sellers}
    assert tree.labelled("tier") == frozenset()


def test_whoever_alone_has_a_label_may_spell_it_anew(duck):
    rankers = team(duck, "Rankers", "Tier-1")

    relabel(duck, rankers, "tier-1")

    assert of(duck, rankers) == ("tier-1",)


def test_what_a_later_quarter_spells_otherwise_is_spelt_one_way_in_it(duck):
    rankers, sellers = team(duck, "Rankers"), team(duck, "Sellers")
    relabel(duck, rankers, "Tier-1", since=Q3)
    relabel(duck, sellers, "tier-1")

    assert of(duck, sellers, Q2) == ("tier-1",)
    assert of(duck, rankers) == of(duck, sellers) == ("Tier-1",)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (["x" * 31], "at most 30 characters; 'x+' has 31"),
        (["a;b"], "cannot hold a comma or a semicolon: 'a;b'"),
        (["a,b"], "cannot hold a comma or a semicolon: 'a,b'"),
        ([str(number) for number in range(11)], "at most 10 labels; these are 11"),
    ],
)
def test_labels_that_cannot_be_are_refused(labels, said):
    with pytest.raises(NameRefusedError, match=said):
        accepted_labels(labels)


def test_what_is_empty_or_said_twice_is_no_label_more():
    ten = [str(number) for number in range(10)]

    assert accepted_labels(["", " ", "b", "A", "a"]) == ("A", "b")
    assert accepted_labels([*ten, "9"]) == tuple(ten)
    assert accepted_labels(["x" * 30]) == ("x" * 30,)


def test_undo_brings_back_what_was_and_what_was_planned(service):
    rankers = team(service, "Rankers", "tier-1")
    relabel(service, rankers, "planned", since=Q4)

    done = relabel(service, rankers, "wrong", since=Q2)
    labelling.put_back(service, done, "ana")

    assert [of(service, rankers, q) for q in (Q1, Q2, Q3, Q4)] == [
        ("tier-1",),
        ("tier-1",),
        ("tier-1",),
        ("planned",),
    ]


def test_the_first_labels_are_undone_too(duck):
    rankers = team(duck, "Rankers")

    labelling.put_back(duck, relabel(duck, rankers, "tier-1"), "ana")

    assert of(duck, rankers) == ()


def test_undo_is_refused_once_somebody_labelled_the_team_anew(duck):
    rankers, sellers = team(duck, "Rankers"), team(duck, "Sellers")
    done = relabel(duck, rankers, "mine")
    relabel(duck, sellers, "other")
    relabel(duck, rankers, "theirs")

    with pytest.raises(RefusedError, match="changed by somebody since"):
        labelling.put_back(duck, done, "ana")

    assert of(duck, rankers) == ("theirs",)


def test_the_same_labels_again_store_nothing(duck):
    rankers = team(duck, "Rankers", "a", "b")
    before = duck.store.changes_all()

    assert relabel(duck, rankers, " b", "a ") is None
    assert (of(duck, rankers), duck.store.changes_all()) == (("a", "b"), before)


def test_labels_are_rows_about_groups_so_a_change_in_between_is_noticed(service):
    rankers = team(service, "Rankers")
    seen = service.store.organisation().newest
    relabel(service, rankers, "first")

    late = service.store.regroup(
        [], [], labels=[NewLabels(rankers, ALWAYS, ())], seen=seen, by="", at=AT
    )

    assert late is None
    assert of(service, rankers) == ("first",)


def test_a_team_that_is_gone_takes_no_labels(service):
    with pytest.raises(RefusedError, match="team"):
        relabel(service, "nobody", "tier-1")

    assert service.store.labellings() == []
