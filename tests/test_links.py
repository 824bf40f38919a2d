"""Look-only links: what is stored of one, what it shows, and what it refuses."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest
from visitor import PAGES, Visitor

from maturity import asking, grouping, library
from maturity.answer import Answer, State
from maturity.group import TOP
from maturity.link import Link, hashed, new_token
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.storage import LookOnlyError, look_only
from maturity.team import Team

BEFORE, LAST = Quarter(2026, 2), Quarter(2026, 3)
AZURE = library.load().definition("azure")
MOMENT = datetime(2026, 11, 24, 9, 30)
LINK = Link(
    hash="h",
    page="results",
    team="",
    model="azure",
    quarter="2026-Q3",
    since="",
    author="",
    at=MOMENT,
    until=date(2026, 12, 24),
)


@pytest.fixture
def team(service) -> Team:
    team = service.store.add_team("Fraud detection", by="")
    for quarter in (BEFORE, LAST):
        for practice in AZURE.asked:
            answer = Answer(State.RUNG, practice.ladder[1])
            service.answer(team.id, quarter, practice.id, answer, "")
        service.submit(team.id, "azure", quarter, "", "")
    return team


@pytest.fixture
def group(service, team) -> str:
    """Retail with the team in it, beside a team of no group."""
    other = service.store.add_team("Search ranking", by="")
    for practice in AZURE.asked:
        answer = Answer(State.RUNG, practice.ladder[0])
        service.answer(other.id, LAST, practice.id, answer, "")
    service.submit(other.id, "azure", LAST, "", "")
    retail = grouping.create(service, "Retail", TOP, BEFORE, "").group
    grouping.move_teams(service, [team.id], retail, BEFORE, "")
    return retail


def share_slides(service: Service, of: str) -> str:
    token = new_token()
    link = replace(LINK, hash=hashed(token), page="present", team=of)
    service.store.add_link(link, of_group=True)
    return token


def share(service: Service, team: Team, **other: object) -> str:
    token = new_token()
    link = replace(LINK, hash=hashed(token), team=team.id)
    service.store.add_link(replace(link, **other))
    return token


def look(page: str, token: str, signed_out: bool = False, **more: str) -> Visitor:
    visitor = Visitor()
    if signed_out:
        visitor.app.user = {"is_logged_in": False}
        visitor.app.secrets = {"auth": {"client_id": "maturity"}}
    return visitor.open(page, look=token, **more)


def test_a_link_comes_back_as_it_was_stored_and_closes_for_good(store):
    team = store.add_team("Fraud detection", by="")
    link = replace(LINK, team=team.id)
    store.add_link(link)
    assert store.link("h") == link
    assert store.links(team.id) == [link]

    store.revoke_link(team.id, "h", MOMENT)
    store.revoke_link(team.id, "h", datetime(2026, 11, 25))

    assert store.link("h") == replace(link, revoked_at=MOMENT)
    assert store.link("other") is None


def test_a_team_cannot_revoke_the_link_of_another(store):
    team, other = (store.add_team(name, by="") for name in ("Fraud", "Search"))
    store.add_link(replace(LINK, team=team.id))

    store.revoke_link(other.id, "h", MOMENT)

    assert store.link("h").revoked_at is None


@pytest.mark.parametrize("of", ["a-group", asking.ALL])
def test_a_link_of_a_group_is_stored_and_closed_like_that_of_a_team(store, of):
    link = replace(LINK, page="present", team=of)
    changes = store.changes_all()
    store.add_link(link, of_group=True)
    assert store.links(of) == [link]

    store.revoke_link(of, "h", MOMENT, of_group=True)

    assert store.links(of) == [replace(link, revoked_at=MOMENT)]
    assert store.changes_all() == changes + 2


def test_a_link_opens_up_to_its_last_day_and_not_after_it_was_revoked():
    assert LINK.opens(LINK.until)
    assert not LINK.opens(date(2026, 12, 25))
    assert not replace(LINK, revoked_at=MOMENT).opens(date(2026, 11, 24))


def test_tokens_differ_and_are_not_stored():
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)
    assert not tokens & {hashed(token) for token in tokens}


def test_whoever_may_only_look_changes_nothing(service, team):
    looking = Service(look_only(service.store), service.library)
    changes = service.store.changes_all()

    for change in (
        lambda: looking.start(team.id, "google", LAST, "", ""),
        lambda: looking.submit(team.id, "azure", LAST, "", ""),
        lambda: looking.set_target(team.id, "azure", "", 2, None, ""),
        lambda: looking.store.rename_team(team.id, "Mine", ""),
        lambda: looking.store.remove_demo(""),
        lambda: looking.store.person("Eve"),
        lambda: looking.store.add_link(LINK),
    ):
        with pytest.raises(LookOnlyError):
            change()

    assert service.store.changes_all() == changes
    assert looking.history(team, "azure") == service.history(team, "azure")


@pytest.mark.page
@pytest.mark.parametrize("page", ["results", "progress"])
@pytest.mark.parametrize("signed_out", [False, True])
def test_a_link_shows_its_view_and_no_control(service, team, page, signed_out):
    token = share(service, team, page=page)

    visitor = look(page, token, signed_out)

    assert visitor.title == page.capitalize()
    assert visitor.reads("Fraud detection")
    boxes = [box.label for box in visitor.app.selectbox]
    assert not {"Team", "Model", "Quarter", "Level to reach"} & set(boxes)
    assert visitor.buttons == []
    assert not visitor.app.get("download_button")
    assert visitor.reads("Without sign-in this is a courtesy") is not signed_out
    assert visitor.address == {"look": token}


@pytest.mark.page
def test_a_link_to_a_presentation_turns_its_slides_and_nothing_else(service, team):
    token = share(service, team, page="present")

    visitor = look("present", token, signed_out=True)

    assert visitor.title.startswith("Stable: ")
    assert set(visitor.buttons) == {"Back", "Next"}
    visitor.click("slide_next").click("slide_next").click("slide_next")
    assert visitor.reads("4 of 4")
    assert not visitor.app.text_area
    assert not visitor.reads("Exit")
    assert visitor.address == {"look": token}


@pytest.mark.page
@pytest.mark.parametrize("signed_out", [False, True])
def test_a_link_to_the_slides_of_a_group_shows_them_and_nothing_else(
    service, group, signed_out
):
    token = share_slides(service, group)

    visitor = look("present", token, signed_out, of="all", group="")

    for _ in range(3):
        assert not visitor.reads("Search ranking")
        visitor.click("slide_next")
    assert visitor.reads("Retail · Azure · Q3 2026 · 4 of 4")
    assert not visitor.reads("Search ranking")
    assert set(visitor.buttons) == {"Back", "Next"}
    assert not visitor.app.text_area
    assert not visitor.app.get("page_link")
    assert not visitor.app.get("download_button")
    assert visitor.reads("Without sign-in this is a courtesy") is not signed_out
    assert visitor.address == {"look": token}
    for page in ("portfolio", "teams", "results"):
        assert look(page, token, signed_out).title == "This link shows something else"


@pytest.mark.page
def test_a_link_to_the_slides_of_all_teams_counts_them_all(service, group):
    visitor = look("present", share_slides(service, asking.ALL), signed_out=True)

    assert visitor.reads("All teams · Azure · Q3 2026 · 1 of 4")
    assert visitor.reads("2 of 2 teams are at Level 0.")


@pytest.mark.page
def test_a_link_to_a_group_follows_it_and_ends_with_it(service, group):
    token = share_slides(service, group)
    secret = grouping.create(service, "Secret plan", TOP, BEFORE, "").group

    grouping.move_group(service, group, secret, LAST, "")
    visitor = look("present", token)
    assert visitor.reads("Retail · Azure")
    assert not visitor.reads("Secret plan")

    grouping.merge(service, group, secret, LAST.shift(1), "")
    assert look("present", token).reads("Retail · Azure")

    grouping.merge(service, group, secret, LAST, "")
    visitor = look("present", token)
    assert visitor.title == "Nothing to present yet"
    assert visitor.reads("Ask whoever gave you this link for a new one.")
    assert not visitor.reads("Secret plan")


@pytest.mark.page
def test_a_link_to_a_group_that_went_with_the_demo_opens_nothing(service):
    visitor = look("present", share_slides(service, "gone"))

    assert visitor.title == "This link does not open anything"
    assert visitor.reads("Its team or group is not here any more.")


@pytest.mark.page
@pytest.mark.parametrize("of", ["group", "all"])
def test_share_on_the_slides_of_a_group_makes_a_link_to_them(service, group, of):
    asked = group if of == "group" else of
    visitor = Visitor().open("present", model="azure", quarter=str(LAST), of=asked)
    visitor.click("Make a link")
    looking = look("present", _token(visitor.app), signed_out=True)
    assert looking.reads("Retail · Azure" if of == "group" else "All teams · Azure")
    said = "this group" if of == "group" else "all teams"
    assert visitor.reads(f"1 link of {said} open")

    visitor.click("Revoke")
    looking.app.run()

    assert looking.title == "This link was revoked"


@pytest.mark.page
@pytest.mark.parametrize("page", [page for page in PAGES if page != "results"])
def test_a_link_reaches_no_other_page(service, team, page):
    token = share(service, team)

    visitor = look("results", token, signed_out=True)
    visitor.open(page)

    assert visitor.title == "This link shows something else"
    assert not visitor.reads("Fraud detection")


@pytest.mark.page
def test_the_address_beside_a_link_chooses_no_other_team_or_quarter(service, team):
    other = service.store.add_team("Search ranking", by="")
    token = share(service, team)

    visitor = look("results", token, team=other.id, quarter="2026-Q2", model="google")

    assert visitor.reads("Fraud detection")
    assert visitor.reads(LAST.label)
    assert not visitor.reads("Search ranking")
    assert visitor.address == {"look": token}


@pytest.mark.page
def test_a_link_that_does_not_open_says_why(service, team):
    expired = share(service, team, until=date(2026, 11, 23))
    revoked = share(service, team, revoked_at=MOMENT)

    assert look("results", expired).title == "This link has expired"
    assert look("results", revoked).title == "This link was revoked"
    assert look("results", "made-up").title == "This link does not open anything"
    assert look("results", "").title == "This link does not open anything"


@pytest.mark.page
def test_share_makes_a_link_that_opens_until_it_is_revoked(service, team):
    visitor = Visitor().open("results", team=team.id, model="azure", quarter=str(LAST))
    visitor.click("Make a link")
    token = _token(visitor.app)
    looking = look("results", token)
    assert looking.title == "Results"

    visitor.click("Revoke")
    looking.app.run()

    assert looking.title == "This link was revoked"
    assert "Revoke" not in visitor.buttons


@pytest.mark.page
def test_a_link_to_progress_reopens_the_two_quarters(service, team):
    visitor = Visitor().open("progress", team=team.id, model="azure")

    visitor.click("Make a link")

    (link,) = service.store.links(team.id)
    assert (link.page, link.since, link.quarter) == ("progress", str(BEFORE), str(LAST))
    assert look("progress", _token(visitor.app)).title == "Progress"


def _token(app: AppTest) -> str:
    """The token in the address that is shown to be copied."""
    return app.code[0].value.split("look=")[1]
