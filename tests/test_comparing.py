"""Whom a team is compared with: submissions of other teams, as they were frozen."""

from dataclasses import replace
from datetime import datetime

import pytest
from organisation import LAST, submit, teams

from maturity import comparing, grouping
from maturity.answer import Answer, State
from maturity.group import ALWAYS, TOP
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.service import Service

AT = datetime(2026, 11, 24, 14, 30)


@pytest.fixture
def ours(service) -> Reading:
    team = service.store.add_team("Fraud detection", by="")
    submit(service, team, 1)
    return reading(service, team)


def reading(service: Service, team, quarter=LAST) -> Reading:
    found = service.reading(team, "google", quarter)
    assert found is not None
    return found


def test_the_others_are_compared_with_what_they_submitted(service, ours):
    other = teams(service, 1, size="1 to 5 people", serving="batch")[0]
    theirs = reading(service, other).result

    (peer,) = comparing.others(service, ours).peers

    assert peer.about == {"size": "1 to 5 people", "serving": "batch"}
    assert peer.quarter == LAST
    assert peer.tenths[""] == theirs.overall.lowest.tenths
    for category, score in theirs.categories.items():
        assert peer.tenths[category] == score.lowest.tenths
    assert not peer.ranged


def test_later_answers_and_drafts_change_nothing(service, ours):
    other = teams(service, 1)[0]
    before = comparing.others(service, ours)
    practice = service.library.definition("google").asked[0]
    answer = Answer(State.RUNG, practice.ladder[-1])
    service.answer(other.id, LAST, practice.id, answer, "")
    drafting = service.store.add_team("Drafting", by="")
    service.answer(drafting.id, LAST, practice.id, answer, "")
    service.start(drafting.id, "google", LAST, "", "")

    assert comparing.others(service, ours) == before


def test_a_team_counts_with_its_latest_of_five_quarters(service, ours):
    now, earlier, long_ago, later = teams(service, 4)
    submit(service, now, 3, LAST.shift(-1))
    submit(service, later, 3, LAST.shift(1))
    for team, back in ((earlier, 4), (long_ago, 5)):
        with service.store.database.transaction() as execute:
            moved = [str(LAST.shift(-back)), team.id]
            execute("update assessments set quarter = $1 where team = $2", moved)

    found = comparing.others(service, ours).peers

    assert sorted(peer.quarter for peer in found) == [LAST.shift(-4), LAST, LAST]


def test_open_questions_are_said_and_count_as_the_low_end(service, ours):
    team = service.store.add_team("Open", by="")
    submit(service, team, 3, leave=2)
    theirs = reading(service, team).overall

    (peer,) = comparing.others(service, ours).peers

    assert theirs.lowest != theirs.highest
    assert peer.ranged
    assert peer.tenths[""] == theirs.lowest.tenths


def test_demo_teams_are_compared_with_demo_teams_alone(service, ours):
    teams(service, 1, "Real")
    invented = teams(service, 3, "Demo", demo=True)

    assert len(comparing.others(service, ours).peers) == 1
    demo = reading(service, invented[0])
    assert len(comparing.others(service, demo).peers) == 2


def test_archived_teams_are_left_out(service, ours):
    gone, _ = teams(service, 2)
    service.store.archive_team(gone.id, "")

    assert len(comparing.others(service, ours).peers) == 1


def test_another_edition_is_never_compared(service, ours):
    teams(service, 1)
    model = ours.definition.model.model_copy(update={"edition": "another"})
    other = replace(ours, definition=replace(ours.definition, model=model))

    assert comparing.others(service, ours).peers
    assert not comparing.others(service, other).peers


def test_a_team_to_which_a_category_does_not_apply_is_counted_apart(service, ours):
    team = service.store.add_team("Partial", by="")
    submit(service, team, 3)
    definition = service.library.definition("google")
    category = definition.model.categories[0].id
    for criterion in definition.model.criteria:
        if criterion.category == category:
            answer = Answer(State.NOT_APPLICABLE, reason="We have none.")
            service.answer(team.id, LAST, criterion.practice, answer, "")
    service.submit(team.id, "google", LAST, "", "")
    scores = reading(service, team).result.categories

    found = comparing.others(service, ours)

    assert scores[category].lowest is None
    assert (found.peers, found.partial) == ((), 1)


def test_each_teams_newest_submission_is_found_on_both_engines(store):
    """The newest revision counts, and only within its edition."""

    def add(team, quarter, edition, result, counted):
        store.submit(
            team.id,
            "azure",
            quarter,
            hash="h",
            edition=edition,
            counted=(counted,),
            result=result,
            scope="",
            by="",
            at=AT,
        )

    one, two, three = (store.add_team(name, by="") for name in ("A", "B", "C"))
    add(one, "2026-Q2", "2025", "old", 1)
    add(one, "2026-Q3", "2025", "first", 2)
    add(one, "2026-Q3", "2025", "revised", 3)
    add(two, "2026-Q3", "2025", "before the new edition", 4)
    add(two, "2026-Q3", "2026", "new edition", 5)
    add(two, "2026-Q1", "2025", "still of the old one", 6)
    add(three, "2026-Q4", "2025", "too late", 7)
    store.start(
        one.id, "azure", "2026-Q3", scope="", hash="h", edition="2025", by="", at=AT
    )
    quarters = ["2026-Q3", "2026-Q2", "2026-Q1"]

    found = store.results_of_edition("azure", "2025", quarters)

    assert {row.team: row.text for row in found} == {
        one.id: "revised",
        two.id: "still of the old one",
    }
    assert store.results_of_edition("google", "2025", quarters) == []


def test_a_team_counts_in_the_group_on_the_first_level_that_it_is_in_today(
    service, ours
):
    bank = grouping.create(service, "Bank", TOP, ALWAYS, "").group
    cards = grouping.create(service, "Cards", bank, ALWAYS, "").group
    shop = grouping.create(service, "Shop", TOP, ALWAYS, "").group
    inner, outer, moved, _ = teams(service, 4)
    for team, group in ((inner, cards), (outer, bank), (moved, shop)):
        grouping.move_teams(service, [team.id], group, ALWAYS, "")
    grouping.move_teams(service, [moved.id], bank, Quarter.current(), "")

    found = comparing.others(service, ours)

    in_groups = sorted(peer.about.get("group", "") for peer in found.peers)
    assert in_groups == sorted([bank, bank, bank, ""])
