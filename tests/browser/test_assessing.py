"""The main job in a real browser: answer, submit, come back next quarter."""

import re

import pytest
from playwright.sync_api import Locator, expect

from maturity import library, words
from maturity.answer import Answer, State
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.scoring import score
from maturity.service import Service
from maturity.storage import open_store
from tests.browser.harness import Server, ready

pytestmark = pytest.mark.browser

AZURE = library.load().definition("azure")
PEOPLE, CREATION = AZURE.questions["people"], AZURE.questions["creation"]
NOW, NEXT = Quarter(2026, 4), Quarter(2027, 1)
NEXT_DAY = "2027-02-10"


def press(page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).click()
    ready(page)


def shows(text: Locator) -> None:
    expect(text).to_be_visible()


def titled(page, title: str) -> None:
    """The page has this heading, or soon will: other tests may keep it waiting."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def chosen(page, practice: Practice, rank: int) -> None:
    """This rung of the practice is the one that is chosen."""
    ladder = page.get_by_role("radiogroup", name=practice.question)
    expect(ladder.get_by_role("radio").nth(rank)).to_be_checked()


def answer(page, practice: Practice, rank: int) -> None:
    ladder = page.get_by_role("radiogroup", name=practice.question)
    ladder.get_by_text(practice.rungs[rank].text, exact=True).click()
    ready(page)
    chosen(page, practice, rank)


def counted(page, answered: int) -> None:
    """The progress line says that so many questions are answered."""
    line = page.get_by_text(f"{answered} of {len(AZURE.asked)} answered")
    line.wait_for(state="visible")


def start_azure(page) -> None:
    page.locator(".st-key-start-azure").get_by_role("button").click()
    ready(page)


def expected(ranks: dict[str, int]) -> tuple[str, str]:
    """The level and the score that these answers come to."""
    answers = {
        practice: Answer(State.RUNG, AZURE.practices[practice].ladder[rank])
        for practice, rank in ranks.items()
    }
    overall = score(AZURE, answers, NOW).overall
    return words.level(overall), words.tenths(overall)


def begun(server: Server, ranks: dict[str, int], *, done: bool) -> None:
    """A team with answers in the file of a server that is not started yet."""
    service = Service(open_store(str(server.database)), library.load())
    team = service.store.add_team("Fraud detection", by="").id
    service.start(team, "azure", NOW, "", "")
    for practice, rank in ranks.items():
        given = Answer(State.RUNG, AZURE.practices[practice].ladder[rank])
        service.answer(team, NOW, practice, given, "")
    if done:
        service.submit(team, "azure", NOW, "", "")
    service.store.close()


def test_a_newcomer_gets_from_nothing_to_a_result(server, open_page):
    page = open_page(server.start().url)
    titled(page, "See where your ML team stands")
    page.get_by_label("What is your team called?").fill("Fraud detection")
    press(page, "Start your first assessment")
    page.wait_for_url("**/assess?**")
    titled(page, "Assess Fraud detection")
    start_azure(page)

    page.get_by_role("textbox", name="Which trained models").fill("All fraud models")
    page.get_by_role("textbox", name="Your name").fill("Ana Lima")
    ranks = {}
    for category in AZURE.model.categories:
        titled(page, category.name)
        for practice in AZURE.questions[category.id]:
            ranks[practice.id] = 1
            answer(page, practice, 1)
        counted(page, len(ranks))
        press(page, re.compile("^Next: "))
    titled(page, "Review and submit")
    assert not page.get_by_text("not answered").count()
    press(page, "Submit Q4 2026 assessment")

    level, tenths = expected(ranks)
    page.wait_for_url("**/results?**")
    titled(page, "Results")
    shows(page.get_by_role("heading", level=2, name=level, exact=True))
    shows(page.get_by_text("submitted 24 Nov 2026 by Ana Lima"))
    shows(page.get_by_text("All fraud models").first)
    page.get_by_text("How this level comes about").click()
    shows(page.get_by_text("The weakest criterion decides.").first)
    page.get_by_role("link", name="Overview").click()
    ready(page)
    shows(page.get_by_role("heading", level=2, name=level, exact=True))
    shows(page.get_by_test_id("stMetricValue").get_by_text(tenths))


def test_the_next_quarter_starts_from_the_last_and_shows_the_progress(
    server, open_page
):
    ranks = {practice.id: 1 for practice in AZURE.asked}
    begun(server, ranks, done=True)
    server.today = NEXT_DAY
    server.start()
    page = open_page(server.url)

    press(page, "Start Q1 assessment")
    page.wait_for_url("**/assess?**")
    titled(page, "People")
    chosen(page, PEOPLE[0], 1)
    counted(page, 0)
    page.locator(f".st-key-q-{PEOPLE[0].id.replace('.', '-')}").get_by_role(
        "button", name="Keep this answer"
    ).click()
    counted(page, 1)
    ready(page)
    for practice in PEOPLE[1:]:
        answer(page, practice, len(practice.rungs) - 1)
        ranks[practice.id] = len(practice.rungs) - 1
    counted(page, len(PEOPLE))
    answered = len(PEOPLE)
    for category in AZURE.model.categories[1:]:
        press(page, re.compile("^Next: "))
        titled(page, category.name)
        press(page, "Keep them all")
        answered += len(AZURE.questions[category.id])
        counted(page, answered)
    press(page, "Next: Review")
    press(page, "Submit Q1 2027 assessment")
    page.wait_for_url("**/results?**")

    level, tenths = expected(ranks)
    page.get_by_role("link", name="Progress").click()
    ready(page)
    history = page.locator(".st-key-table-trend")
    history.get_by_text("Show as table").click()
    cells = history.get_by_role("row").filter(has_text="Q1 2027").inner_text()
    assert level in cells.replace("\N{NO-BREAK SPACE}", " ")
    assert tenths in cells
    shows(history.get_by_role("row").filter(has_text="Q4 2026"))
    assert (
        page.get_by_role("heading", name="answers moved")
        .inner_text()
        .startswith(f"{len(PEOPLE) - 1} answers")
    )


def test_a_reload_in_the_middle_loses_nothing_and_comes_back_to_the_step(
    server, open_page
):
    begun(server, {}, done=False)
    server.start()
    page = open_page(f"{server.url}/assess")
    start_azure(page)
    press(page, "Next: Creation")
    answer(page, CREATION[0], 1)
    answer(page, CREATION[1], 0)

    page.reload()
    ready(page)

    titled(page, AZURE.model.category("creation").name)
    chosen(page, CREATION[0], 1)
    chosen(page, CREATION[1], 0)
    counted(page, 2)

    server.stop()  # as if the machine had been switched off and on
    server.start()
    page.goto(f"{server.url}/{page.url.split('/', 3)[3]}")
    ready(page)
    titled(page, AZURE.model.category("creation").name)
    counted(page, 2)


FOCUS = """(() => {
  const e = document.activeElement;
  const kind = e.tagName === 'INPUT' ? e.type : e.tagName;
  return `${kind} ${e.innerText || e.name || ''}`;
})()"""
"""What has the focus: its kind, and how it is named."""


def focused(page, what: str) -> None:
    page.wait_for_function(f"{FOCUS}.startsWith({what!r})")


def tab_to(page, wanted: str, most: int = 80) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS).startswith(wanted):
            return
    raise AssertionError(f"{most} times Tab does not lead to {wanted}")


def test_questions_are_answered_with_the_keyboard_alone(server, open_page):
    begun(server, {}, done=False)
    server.start()
    page = open_page(f"{server.url}/assess")
    tab_to(page, "BUTTON Start")
    page.keyboard.press("Enter")
    ready(page)
    focused(page, "H1 People")

    tab_to(page, "radio ")
    page.keyboard.press("Space")
    ready(page)
    counted(page, 1)
    page.keyboard.press("ArrowDown")
    ready(page)
    chosen(page, PEOPLE[0], 1)
    focused(page, "radio ")
    tab_to(page, "BUTTON Next: Creation")
    page.keyboard.press("Enter")
    ready(page)

    focused(page, f"H1 {AZURE.model.category('creation').name}")
    box = page.get_by_role("heading", level=1).bounding_box()
    assert 0 <= box["y"] < 400


def test_two_visitors_at_one_question_are_told_and_nothing_is_lost(server, open_page):
    begun(server, {}, done=False)
    server.start()
    ana = open_page(f"{server.url}/assess")
    start_azure(ana)
    bo = open_page(ana.url)
    name = ana.get_by_role("textbox", name="Your name")
    name.fill("Ana Lima")
    name.press("Tab")
    ready(ana)

    answer(ana, PEOPLE[0], 1)
    answer(bo, PEOPLE[0], 0)

    shows(bo.get_by_text("Ana Lima answered this at"))
    press(bo, "Take the answer of Ana Lima")
    chosen(bo, PEOPLE[0], 1)
    assert not bo.get_by_text("Ana Lima answered this at").count()
    answer(ana, PEOPLE[1], 0)
    counted(ana, 2)


def test_a_link_to_a_question_brings_it_on_screen_with_the_focus(
    demo_server, open_page
):
    last = CREATION[-1]
    page = open_page(f"{demo_server.url}/assess?step=creation&practice={last.id}")
    ready(page)

    asked = page.get_by_role("heading", level=3, name=last.question)
    expect(asked).to_be_focused()
    expect(asked).to_be_in_viewport()
    top = page.locator("header").first.bounding_box()
    assert asked.bounding_box()["y"] >= top["y"] + top["height"]
    titled(page, "Model creation")
