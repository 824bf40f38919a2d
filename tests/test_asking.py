"""What a team asks for: kept in every wording, and short enough for a slide."""

import pytest

from maturity import asking, grouping, library
from maturity.group import TOP
from maturity.quarter import Quarter
from maturity.service import RefusedError, Service

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
LIBRARY = library.load()


@pytest.fixture
def service(store):
    return Service(store, LIBRARY)


@pytest.fixture
def team(service):
    return service.store.add_team("Fraud detection", by="").id


def test_the_newest_text_of_the_quarter_is_in_force_and_the_one_before_is_offered(
    service, team
):
    assert asking.current(service, team, "azure", Q4) == ""
    assert asking.earlier(service, team, "azure", Q4) is None

    asking.write(service, team, "azure", Q4, " Two engineers \n for a quarter ", "ana")
    asking.write(service, team, "azure", Q4, "One engineer", "ben")

    assert asking.current(service, team, "azure", Q4) == "One engineer"
    before = asking.earlier(service, team, "azure", Q4)
    assert before is not None
    assert (before.wording, before.author) == ("Two engineers\nfor a quarter", "ana")
    assert asking.current(service, team, "azure", Q3) == ""
    assert asking.current(service, team, "google", Q4) == ""


def test_the_same_text_again_is_no_new_row_and_an_empty_one_takes_it_back(
    service, team
):
    for wording in ("A budget", "A budget", ""):
        asking.write(service, team, "azure", Q4, wording, "ana")

    assert asking.current(service, team, "azure", Q4) == ""
    assert len(service.store.asks(team, "azure", str(Q4))) == 2
    before = asking.earlier(service, team, "azure", Q4)
    assert before is not None
    assert before.wording == "A budget"


def test_a_text_that_no_slide_has_room_for_is_refused(service, team):
    with pytest.raises(RefusedError, match="401 characters; a slide has room for 400"):
        asking.write(service, team, "azure", Q4, "x" * 401, "ana")

    assert service.store.asks(team, "azure", str(Q4)) == []


def test_a_group_and_all_teams_ask_for_themselves_and_no_group_that_is_not_there(
    service, team
):
    group = grouping.create(service, "Retail", TOP, Q4, "").group
    place = ("azure", Q4)

    asking.write(service, group, *place, "Two engineers", "", of_group=True)
    asking.write(service, asking.ALL, *place, "A platform", "", of_group=True)

    assert asking.current(service, group, *place) == "Two engineers"
    assert asking.current(service, asking.ALL, *place) == "A platform"
    assert asking.current(service, team, *place) == ""
    with pytest.raises(RefusedError, match="This group is not here"):
        asking.write(service, "gone", *place, "More", "", of_group=True)
