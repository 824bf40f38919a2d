"""A workshop in real browsers: two people vote, a moderator shows it and records."""

import pytest
from playwright.sync_api import expect

from maturity import library, respondents
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.storage import open_store
from tests.browser.harness import Server, ready

pytestmark = pytest.mark.browser

AZURE = library.load().definition("azure")
FIRST, SECOND = AZURE.asked[:2]
NOW = Quarter(2026, 4)
SMALL = """() => {
  const small = [];
  for (const e of document.querySelectorAll('.st-key-workshop *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    const icon = e.closest('[data-testid*=Icon], [role=img]');
    if (!own || icon || !e.getClientRects().length) continue;
    const size = parseFloat(getComputedStyle(e).fontSize);
    if (size < 20) small.push(`${size} ${e.innerText.trim().slice(0, 60)}`);
  }
  return small;
}"""
"""Texts on the screen of the workshop that a room could not read."""


@pytest.fixture
def room(server: Server) -> tuple[str, list[str]]:
    """The address of an assessment with two people invited, and their ids."""
    service = Service(open_store(str(server.database)), library.load())
    team = service.store.add_team("Fraud detection", by="").id
    rows = respondents.invite(service, team, "azure", NOW, ["Ana", "Bo"], "")
    service.store.close()
    server.start()
    return f"team={team}&model=azure&quarter={NOW}", [row.person for row in rows]


def alone(page) -> None:
    """The menu says nothing of it to whoever answers alone; a link leads to it."""
    menu = page.get_by_test_id("stSidebarNav")
    expect(menu.get_by_text("Assess")).to_be_visible()
    for name in ("Agree", "Your answers", "Workshop"):
        expect(menu.get_by_text(name, exact=True)).to_have_count(0)
    page.get_by_text("2 people are invited to answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agree")


def test_two_people_vote_on_their_own_devices_and_the_room_agrees(
    server, open_page, room
):
    address, people = room
    moderator = open_page(f"{server.url}/workshop?{address}", height=720)
    expect(moderator.get_by_text("0 of 2 people have answered this.")).to_be_visible()

    for name, person, rung in (("Ana", people[0], 0), ("Bo", people[1], 1)):
        page = open_page(f"{server.url}/answer?{address}&as={person}", width=390)
        page.get_by_role("button", name=f"Yes, I am {name}").click()
        ready(page)
        page.get_by_role("button", name="Vote in a workshop instead").click()
        ready(page)
        page.get_by_role("button", name="Start", exact=True).click()
        ready(page)
        ladder = page.get_by_role("radiogroup", name=FIRST.question)
        ladder.get_by_text(FIRST.rungs[rung].text, exact=True).click()
        expect(page.get_by_text(f"1 of {len(AZURE.asked)} answered")).to_be_visible()

    # Nobody touches the moderator's screen, and the count has gone up.
    answered = moderator.get_by_text("2 of 2 people have answered this.")
    expect(answered).to_be_visible()
    expect(moderator.get_by_text("1 vote")).to_have_count(0)
    assert moderator.evaluate(SMALL) == []
    assert moderator.get_by_test_id("stSidebar").count() == 0
    moderator.get_by_role("button", name="Show the votes").click()
    expect(moderator.get_by_text("1 vote, Ana")).to_be_visible()
    expect(moderator.get_by_text("1 vote, Bo")).to_be_visible()
    assert moderator.evaluate(SMALL) == []

    ready(moderator)
    ladder = moderator.get_by_role("radiogroup", name="We agree on")
    ladder.get_by_text(FIRST.rungs[1].text, exact=True).click()
    moderator.get_by_role("textbox", name="Why").fill("The nightly job does it.")
    moderator.get_by_role("button", name="Record what we agreed").click()
    expect(moderator.get_by_text("Because: The nightly job")).to_be_visible()
    ready(moderator)
    moderator.get_by_text("All (").click()
    ready(moderator)
    moderator.evaluate("document.activeElement.blur()")
    moderator.keyboard.press("ArrowRight")
    heading = moderator.get_by_role("heading", level=1)
    expect(heading).to_have_text(SECOND.question)

    alone(open_page(f"{server.url}/assess?{address}"))
    server.stop()
    service = Service(open_store(str(server.database)), library.load())
    (team,) = service.store.teams()
    agreed = service.sheet(team.id, NOW).current()
    assert {p: a.rung for p, a in agreed.items()} == {FIRST.id: FIRST.rungs[1].id}
    for person, rung in zip(people, FIRST.ladder, strict=False):
        assert service.sheet(team.id, NOW, person).current()[FIRST.id].rung == rung
    service.store.close()
