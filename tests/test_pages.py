"""Every page as a visitor meets it, through the whole app and without a browser.

One visitor a story. No story may end on a page with an exception or the app's own
error page; the stories about a broken store say that they expect it.
"""

import json
import resource
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from visitor import PAGES, Visitor

from maturity import cli, demo, library
from maturity.answer import Answer, State
from maturity.library import Library
from maturity.quarter import Quarter
from maturity.service import Service
from maturity.storage import open_store
from maturity.team import Team
from maturity.ui import choice

pytestmark = pytest.mark.page

NOW, LAST = Quarter(2026, 4), Quarter(2026, 3)
AZURE = library.load().definition("azure")
PEOPLE = [practice.id for practice in AZURE.questions["people"]]
FIRST, SECOND, THIRD, FOURTH = PEOPLE[:4]
ERROR_PAGES = ("This page could not be shown", "Your history cannot be opened")


@pytest.fixture
def database(tmp_path, monkeypatch) -> Iterator[str]:
    """The address of an empty database, on a fixed day."""
    address = str(tmp_path / "maturity.duckdb")
    monkeypatch.setenv("MATURITY_DATABASE", address)
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")
    yield address
    choice._service.clear()
    choice._history.clear()


@pytest.fixture
def service(database) -> Iterator[Service]:
    """The service on the visitors' database, to arrange and to look behind."""
    store = open_store(database)
    yield Service(store, library.load())
    store.close()


@pytest.fixture
def visit(service) -> Iterator[Callable[[], Visitor]]:
    """Opens sessions; each must end on a page that shows no error."""
    visitors: list[Visitor] = []

    def arrive() -> Visitor:
        visitors.append(Visitor())
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        assert not visitor.app.exception
        assert not any(visitor.reads(title) for title in ERROR_PAGES)


@pytest.fixture
def team(service) -> Team:
    return service.store.add_team("Fraud detection", by="")


def rung(practice: str, rank: int) -> Answer:
    ladder = AZURE.practices[practice].ladder
    return Answer(State.RUNG, ladder[min(rank, len(ladder) - 1)])


def answer_all(service: Service, team: Team, quarter: Quarter, rank: int) -> None:
    for practice in AZURE.asked:
        service.answer(team.id, quarter, practice.id, rung(practice.id, rank), "")


def submit(service: Service, team: Team, quarter: Quarter, rank: int) -> None:
    answer_all(service, team, quarter, rank)
    service.submit(team.id, "azure", quarter, "", "")


def half_fill(service: Service, team: Team) -> None:
    """A quarter submitted, and the next one begun with every kind of answer."""
    submit(service, team, LAST, 1)
    ana = service.store.person("Ana Lima")
    service.start(team.id, "azure", NOW, "All fraud models", ana)
    service.keep(team.id, NOW, [FIRST], ana)
    note = Answer(State.RUNG, AZURE.practices[SECOND].ladder[-1], note="See the wiki.")
    unproven = Answer(State.CLEARED, note="Ask Bo.")
    proven = Answer(
        State.RUNG,
        AZURE.practices["platform.compute"].ladder[-1],
        link="https://example.org/runs",
        evidence_on=date(2026, 11, 2),
    )
    for practice, answer in {
        SECOND: note,
        THIRD: Answer(State.UNKNOWN),
        FOURTH: Answer(State.NOT_APPLICABLE),
        "data.pipeline": Answer(State.NOT_APPLICABLE, reason="No pipeline."),
        "platform.compute": proven,
        "training.tracking": unproven,
    }.items():
        service.answer(team.id, NOW, practice, answer, ana)
    service.set_target(team.id, "azure", "", 3, Quarter(2027, 1), ana)
    service.set_target(team.id, "azure", "people", 4, Quarter(2027, 1), ana)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_an_empty_database(visit, page):
    visitor = visit().open(page)

    assert visitor.title


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_a_team_without_answers(visit, team, page):
    visitor = visit().open(page, team=team.id)

    assert visitor.title


def arranged(path: Path, arrange: Callable[[Service], object]) -> Path:
    """A database on the visitors' day, made once for many tests to copy."""
    store = open_store(str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATURITY_TODAY", "2026-11-24")
        arrange(Service(store, library.load()))
    store.close()
    return path


@pytest.fixture(scope="module")
def half_filled_file(tmp_path_factory) -> Path:
    """A database with one team in the middle of an assessment."""

    def arrange(service: Service) -> None:
        half_fill(service, service.store.add_team("Fraud detection", by=""))

    return arranged(tmp_path_factory.mktemp("half") / "half.duckdb", arrange)


@pytest.fixture
def half_filled(half_filled_file, database) -> Iterator[Team]:
    """The team in the middle of its assessment, in the visitors' database."""
    shutil.copy(half_filled_file, database)
    store = open_store(database)
    yield store.teams()[0]
    store.close()


@pytest.mark.parametrize("quarter", [LAST, NOW])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_a_half_filled_database(half_filled, visit, page, quarter):
    visitor = visit().open(
        page, team=half_filled.id, model="azure", quarter=str(quarter)
    )

    assert visitor.title


def test_every_step_of_an_assessment_opens_half_filled(visit, service, team):
    half_fill(service, team)
    visitor = visit().open("assess", team=team.id, model="azure", quarter=str(NOW))
    visitor.click("start-azure")

    titles = []
    for category in AZURE.model.categories:
        titles.append(visitor.choose("pick_step", category.id).title)
    visitor.choose("pick_step", "review")

    assert titles == [category.name for category in AZURE.model.categories]
    assert visitor.title == "Review and submit"


@pytest.fixture(scope="module")
def demo_file(tmp_path_factory) -> Path:
    """A database with the demo teams and nothing else."""
    return arranged(tmp_path_factory.mktemp("demo") / "demo.duckdb", demo.load)


@pytest.fixture
def demo_service(demo_file, database) -> Iterator[Service]:
    """The service on the visitors' database, with the demo teams in it."""
    shutil.copy(demo_file, database)
    store = open_store(database)
    yield Service(store, library.load())
    store.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_the_demo_database(demo_service, visit, page):
    visitor = visit().open(page)

    assert visitor.title
    assert visitor.reads("Demo data")
    assert not visitor.app.warning or page == "results"


@pytest.mark.parametrize("page", ["overview", "results", "progress"])
def test_every_demo_team_and_every_model_they_used_is_shown(demo_service, visit, page):
    shown: set[str] = set()
    for team in demo_service.store.teams():
        used = {row.model for row in demo_service.store.assessments(team.id)}
        for model in sorted(used - shown) or sorted(used)[:1]:
            visitor = visit().open(page, team=team.id, model=model)
            assert visitor.reads(team.name)
            assert not visitor.reads("This page could not be shown"), (team, model)
        shown |= used
    assert shown == set(library.load().models)


def test_the_demo_is_loaded_and_cleared_with_one_click_each(visit, service):
    visitor = visit().open()

    visitor.click("load_demo")
    assert len(service.store.teams()) == 8
    assert visitor.reads("Demo data")
    mine = service.store.add_team("Fraud detection, ours", by="")
    visitor.click("clear_demo")

    assert service.store.teams() == [mine]
    assert not visitor.reads("Demo data")
    assert visitor.title == "Fraud detection, ours"


def test_a_newcomer_names_a_team_and_lands_on_the_choice_of_a_model(visit, service):
    visitor = visit().open()
    assert visitor.title == "See where your ML team stands"
    assert not visitor.app.selectbox

    visitor.write("What is your team called?", "Fraud detection")
    visitor.click("Start your first assessment")

    (team,) = service.store.teams()
    assert visitor.title == "Assess Fraud detection"
    assert visitor.address == {
        "team": team.id,
        "model": "azure",
        "quarter": "2026-Q4",
    }


def test_a_team_without_a_name_is_refused_where_it_was_typed(visit, service):
    visitor = visit().open()

    visitor.click("Start your first assessment")

    assert visitor.reads("A team needs a name.")
    assert not service.store.teams()


def test_an_answer_is_saved_when_it_is_clicked(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")
    assert visitor.answered(FIRST) is None

    ladder = AZURE.practices[FIRST].ladder
    visitor.answer(FIRST, ladder[1]).answer(SECOND, "?").answer(FIRST, ladder[0])

    answers = service.sheet(team.id, NOW).current()
    assert answers == {
        FIRST: Answer(State.RUNG, ladder[0]),
        SECOND: Answer(State.UNKNOWN),
    }
    assert [r.answer.rung for r in service.store.history(team.id, FIRST)] == [
        ladder[1],
        ladder[0],
    ]
    assert visitor.reads("**1 of 25** answered")
    assert visitor.reads("Saved ")


def test_a_reload_comes_back_to_the_same_step_with_every_answer(visit, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")
    practice = AZURE.questions["creation"][0].id
    option = AZURE.practices[practice].ladder[1]
    visitor.choose("pick_step", "creation").answer(practice, option)

    again = visit().open("assess", **visitor.address)

    assert again.title == visitor.title
    assert again.answered(practice) == option


def test_carried_answers_count_once_kept_one_by_one_or_all_of_a_category(
    visit, service, team
):
    submit(service, team, LAST, 1)
    visitor = visit().open("assess", team=team.id, quarter=str(NOW))
    assert visitor.reads("25 answers of earlier quarters are offered again.")

    visitor.click("start-azure")
    assert visitor.answered(FIRST) == rung(FIRST, 1).rung
    assert visitor.reads("**0 of 25** answered")
    assert visitor.reads("4 answers from earlier quarters, not kept yet")
    visitor.press("keep", FIRST)
    assert visitor.reads("**1 of 25** answered")
    assert not visitor.offers("keep", FIRST)
    visitor.answer(SECOND, AZURE.practices[SECOND].ladder[0])
    visitor.click("Keep them all")

    answers = service.sheet(team.id, NOW).current()
    assert set(answers) == set(PEOPLE)
    assert answers[FIRST].state is State.KEPT
    assert answers[SECOND] == rung(SECOND, 0)
    assert visitor.reads("**4 of 25** answered")
    assert not visitor.reads("not kept yet")


def test_the_review_keeps_what_is_still_carried_and_says_what_it_would_come_to(
    visit, service, team
):
    submit(service, team, LAST, 9)
    visitor = visit().open("assess", team=team.id, quarter=str(NOW))
    visitor.click("start-azure").choose("pick_step", "review")

    assert visitor.reads("25 carried answers not kept yet")
    assert visitor.reads("With all of them kept you are at Level 4.")
    visitor.click("Keep all carried answers")

    assert not visitor.reads("not kept yet")
    assert service.draft(team, "azure", NOW).overall.lowest.level == 4


def test_not_applicable_counts_as_open_until_it_has_a_reason(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")

    visitor.answer(FIRST, "-")
    assert visitor.reads("Say why it does not apply")
    assert visitor.reads("**0 of 25** answered")
    visitor.write("Why does this not apply?", "We buy our models.", FIRST)

    assert visitor.reads("**1 of 25** answered")
    assert not visitor.reads("Say why it does not apply")
    answer = service.sheet(team.id, NOW).current()[FIRST]
    assert answer == Answer(State.NOT_APPLICABLE, reason="We buy our models.")


def test_a_cleared_answer_is_open_again_and_keeps_its_note(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")
    visitor.answer(FIRST, rung(FIRST, 1).rung)
    visitor.write("Note", "Ask Bo.", FIRST)

    visitor.press("clear", FIRST)

    assert visitor.answered(FIRST) is None
    assert visitor.reads("**0 of 25** answered")
    assert service.sheet(team.id, NOW).answers[FIRST].answer.note == "Ask Bo."
    assert not visitor.offers("clear", FIRST)


def test_a_note_may_come_before_the_answer_and_stays_with_it(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")

    visitor.write("Note", "Ask Bo.", FIRST)
    assert visitor.answered(FIRST) is None
    assert visitor.reads("**0 of 25** answered")
    visitor.answer(FIRST, rung(FIRST, 1).rung)

    answer = service.sheet(team.id, NOW).current()[FIRST]
    assert answer == Answer(State.RUNG, rung(FIRST, 1).rung, note="Ask Bo.")
    assert visitor.reads("Note and evidence: a note")


def test_evidence_is_a_web_address_with_a_day(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")
    visitor.answer(FIRST, rung(FIRST, 1).rung)

    visitor.write("Link to evidence", "javascript:alert(1)", FIRST)
    assert visitor.reads("A link to evidence begins with https:// or http://")
    assert service.sheet(team.id, NOW).current()[FIRST].link == ""
    visitor.write("Link to evidence", "https://example.org/run", FIRST)
    assert not visitor.reads("A link to evidence begins")
    visitor.write("Date of the evidence", date(2026, 10, 1), FIRST)

    answer = service.sheet(team.id, NOW).current()[FIRST]
    assert answer.link == "https://example.org/run"
    assert answer.evidence_on == date(2026, 10, 1)
    assert answer.rung == rung(FIRST, 1).rung


def test_until_when_evidence_is_valid_is_said_and_else_stated(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")
    visitor.answer(FIRST, rung(FIRST, 1).rung)
    visitor.write("Link to evidence", "https://example.org/run", FIRST)
    visitor.write("Date of the evidence", date(2026, 3, 1), FIRST)
    assert visitor.reads("Left empty, it counts until 1 Sep 2026.")
    assert visitor.reads("too old to count")

    visitor.write("Valid until", date(2026, 2, 28), FIRST)
    assert visitor.reads(
        "Valid until 2026-02-28 is before the date of the evidence, 2026-03-01."
    )
    assert service.sheet(team.id, NOW).current()[FIRST].valid_until is None
    visitor.write("Valid until", date(2027, 3, 1), FIRST)

    assert not visitor.reads("too old to count")
    assert not visitor.reads("is before the date")
    answer = service.sheet(team.id, NOW).current()[FIRST]
    assert answer.valid_until == date(2027, 3, 1)


def test_a_new_date_past_the_old_end_begins_a_new_validity(visit, service, team):
    said = replace(
        rung(FIRST, 1),
        link="https://example.org/run",
        evidence_on=date(2026, 3, 1),
        valid_until=date(2026, 10, 31),
    )
    service.answer(team.id, NOW, FIRST, said, "")
    visitor = visit().open("assess", team=team.id).click("start-azure")

    visitor.write("Date of the evidence", date(2026, 11, 2), FIRST)

    answer = service.sheet(team.id, NOW).current()[FIRST]
    assert (answer.evidence_on, answer.valid_until) == (date(2026, 11, 2), None)
    visitor.click("undo")
    assert service.sheet(team.id, NOW).current()[FIRST] == said


def test_a_link_for_a_quarter_that_is_over_is_of_its_last_day(visit, service, team):
    visitor = visit().open("assess", team=team.id, quarter=str(LAST))
    visitor.click("start-azure").answer(FIRST, rung(FIRST, 1).rung)

    visitor.write("Link to evidence", "https://example.org/run", FIRST)
    assert service.sheet(team.id, LAST).current()[FIRST].evidence_on == LAST.last_day
    visitor.write("Date of the evidence", date(2026, 10, 1), FIRST)

    assert visitor.reads("Note and evidence: a link, of a later quarter")
    assert visitor.reads("dated after Q3 2026, so it does not count there")


def test_changing_the_note_of_a_carried_answer_keeps_it(visit, service, team):
    submit(service, team, LAST, 1)
    visitor = visit().open("assess", team=team.id, quarter=str(NOW))
    visitor.click("start-azure")

    visitor.write("Note", "Still so.", FIRST)

    answer = service.sheet(team.id, NOW).current()[FIRST]
    assert (answer.state, answer.note) == (State.KEPT, "Still so.")
    assert visitor.reads("**1 of 25** answered")


def test_the_last_change_is_undone_and_redone_with_one_click(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")
    assert "Undo" not in visitor.buttons
    visitor.answer(FIRST, rung(FIRST, 1).rung).answer(FIRST, rung(FIRST, 0).rung)

    visitor.click("Undo")
    assert visitor.answered(FIRST) == rung(FIRST, 1).rung
    visitor.click("Undo")
    assert visitor.answered(FIRST) == rung(FIRST, 0).rung
    visitor.answer(SECOND, "?").click("Undo")

    assert visitor.answered(SECOND) is None
    assert set(service.sheet(team.id, NOW).current()) == {FIRST}


def test_submitting_freezes_the_result_until_it_is_submitted_again(
    visit, service, team
):
    answer_all(service, team, NOW, 9)
    visitor = visit().open("assess", team=team.id).click("start-azure")
    assert visitor.title == "Review and submit"
    visitor.write("Your name", "Ana Lima")

    visitor.click("Submit Q4 2026 assessment")
    assert visitor.title == "Results"
    assert visitor.app.header[0].value == "Level 4"
    assert visitor.reads("submitted 24 Nov 2026 by Ana Lima")

    service.answer(team.id, NOW, FIRST, rung(FIRST, 0), "")
    visitor.open("results")
    assert visitor.app.header[0].value == "Level 4"
    assert visitor.reads("1 answer changed since it was submitted.")

    visitor.open("assess").click("Change Q4 2026 answers").choose("pick_step", "review")
    assert visitor.reads("You are changing a submitted assessment.")
    visitor.click("Submit Q4 2026 assessment")
    assert visitor.app.header[0].value != "Level 4"
    assert visitor.reads("revision 2")
    assert not visitor.reads("changed since it was submitted")


def test_an_assessment_without_any_answer_is_not_submitted(visit, service, team):
    visitor = visit().open("assess", team=team.id).click("start-azure")

    visitor.choose("pick_step", "review").click("Submit Q4 2026 assessment")

    assert visitor.reads("Nothing is answered yet.")
    assert visitor.title == "Review and submit"
    assert not service.submissions(team.id, "azure")


def test_open_questions_make_a_range_that_says_so(visit, service, team):
    answer_all(service, team, NOW, 9)
    service.answer(team.id, NOW, FIRST, Answer(State.UNKNOWN), "")
    service.start(team.id, "azure", NOW, "", "")
    address = {"team": team.id, "model": "azure", "quarter": str(NOW)}

    visitor = visit().open("results", **address)
    assert visitor.app.header[0].value == "Level 1 to 4"
    assert visitor.reads("1 question that decides the level is not answered")

    visitor.click("Answer the open questions")
    assert visitor.title == "People"
    assert visitor.answered(FIRST) == "?"


def test_targets_are_set_shown_and_removed(visit, service, team):
    submit(service, team, NOW, 1)
    visitor = visit().open("results", team=team.id)

    visitor.choose("Level to reach", 3).choose("By the end of", "2027-Q1")
    visitor.choose("People", 4).click("Save target")
    assert visitor.reads("Target: Level 3 by Q1 2027")
    targets = service.targets(team.id, "azure", NOW)
    assert targets.of().level == 3
    assert targets.of("people").level == 4
    assert visitor.open().metric("Target") == "Level 3"

    visitor.open("results").choose("Level to reach", "No target").choose("People", -1)
    visitor.click("Save target")
    assert not visitor.reads("Target: Level 3")
    assert service.targets(team.id, "azure", NOW).of("people") is None
    assert visitor.open().metric("Target") == "Not set"


def test_team_model_and_quarter_are_picked_in_one_place_and_live_in_the_address(
    visit, service, team
):
    other = service.store.add_team("Search ranking", by="")
    submit(service, team, LAST, 1)
    submit(service, team, NOW, 9)
    visitor = visit().open(team=team.id)
    assert visitor.address == {"team": team.id, "model": "azure", "quarter": "2026-Q4"}

    visitor.choose("Quarter", "2026-Q3")
    assert visitor.address["quarter"] == "2026-Q3"
    assert visitor.open("results").address["quarter"] == "2026-Q3"
    visitor.choose("Model", "google")
    assert visitor.address["model"] == "google"
    visitor.choose("Team", other.id)
    assert visitor.address["team"] == other.id
    assert visitor.reads("Search ranking has no assessment")

    again = visit().open("results", team=team.id, model="azure", quarter="2026-Q3")
    assert again.app.header[0].value == "Level 0"
    assert again.app.selectbox(key="pick_quarter").value == "2026-Q3"


def test_the_level_of_a_past_quarter_is_not_called_current(visit, service, team):
    submit(service, team, LAST, 1)
    submit(service, team, NOW, 1)
    here = {"team": team.id, "model": "azure"}

    now = visit().open("overview", **here, quarter=str(NOW))
    assert now.reads("Current level")
    past = visit().open("overview", **here, quarter=str(LAST))
    assert past.reads("Level in Q3 2026")
    assert not past.reads("Current level")


def test_a_team_without_answers_is_offered_one_way_to_begin(visit, team):
    here = {"team": team.id, "model": "azure", "quarter": str(NOW)}
    buttons = visit().open("overview", **here).buttons

    assert [b for b in buttons if b.startswith("Start")] == ["Start the assessment"]
    past = visit().open("overview", **here | {"quarter": str(LAST)}).buttons
    assert [b for b in past if b.startswith("Start")] == [
        "Start Q4 assessment",
        "Start the assessment of Q3 2026",
    ]


def test_looking_back_does_not_send_new_answers_to_an_old_quarter(visit, service, team):
    submit(service, team, LAST, 1)
    visitor = visit().open("results", team=team.id, model="azure", quarter="2026-Q3")

    visitor.open("assess")

    assert visitor.address["quarter"] == "2026-Q4"


@pytest.mark.parametrize(
    ("part", "value", "warning"),
    [
        ("team", "nobody", "This link names a team that is not here."),
        ("model", "nothing", "This link names a model that is not here."),
        ("quarter", "2026-Q5", "This link names no quarter that exists."),
        ("quarter", "<script>", "This link names no quarter that exists."),
    ],
)
@pytest.mark.parametrize("page", ["overview", "assess", "results"])
def test_a_link_to_what_is_not_here_says_so_and_shows_something_else(
    visit, service, team, page, part, value, warning
):
    submit(service, team, NOW, 1)
    good = {"team": team.id, "model": "azure", "quarter": "2026-Q4"}

    visitor = visit().open(page, **good | {part: value})

    assert visitor.reads(warning)
    assert visitor.address == good
    assert visitor.open(page).title
    assert not visitor.reads(warning)


def test_an_unknown_step_in_the_address_shows_the_choice_of_a_model(visit, team):
    visitor = visit().open("assess", team=team.id, step="nowhere")

    assert visitor.title == "Assess Fraud detection"


def test_a_name_too_long_for_the_picker_stands_whole_below_it(visit, service):
    long = "Recommendations and search ranking for the northern markets"
    service.store.add_team(long, by="")

    assert visit().open("teams").reads(long)


def test_an_archived_team_is_out_of_the_pickers_and_can_be_restored(
    visit, service, team
):
    other = service.store.add_team("Search ranking", by="")
    submit(service, team, NOW, 1)
    visitor = visit().open("teams")

    visitor.click(f"archive-{team.id}")
    assert visitor.app.selectbox(key="pick_team").options == ["Search ranking"]
    visitor.open("results", team=team.id, model="azure", quarter="2026-Q4")
    assert visitor.reads("This team is archived. Restore it on the Teams page")
    assert visitor.app.header[0].value == "Level 0"
    visitor.open("assess", team=team.id, model="azure", quarter="2026-Q4")
    assert visitor.title == "This team is archived"
    assert not visitor.app.radio

    visitor.open("teams").click(f"restore-{team.id}")
    visitor.open("overview", team=other.id)
    assert visitor.app.selectbox(key="pick_team").options == [
        "Fraud detection",
        "Search ranking",
    ]


def test_teams_are_added_described_and_renamed(visit, service, team):
    visitor = visit().open("teams")

    visitor.write("Name", "fraud  DETECTION", "new_name").click("Add team")
    assert visitor.reads("There is already a team 'Fraud detection'.")
    visitor.write("Name", "Search ranking", "new_name").click("Add team")
    assert [t.name for t in service.store.teams()] == [
        "Fraud detection",
        "Search ranking",
    ]
    visitor.write("Name", "Fraud", f"name-{team.id}")
    visitor.write("What it works on", "payments", f"{team.id}_domain")
    form = next(b for b in visitor.app.button if team.id in b.form_id)
    form.click().run()

    changed = service.store.team(team.id)
    assert (changed.name, changed.domain) == ("Fraud", "payments")


NAMES = [
    ":red[X] **b** <b>c</b> $x$ :material/home: [a](https://b.cd)",
    "# 1. `code` ~~no~~ | & \\ ![]()",
    "M" * 60,
    "数据团队, équipe",
]
SPECIAL = ":[]*<>$_`~#|!&()"


@pytest.mark.parametrize("name", NAMES)
def test_markup_in_a_name_is_shown_and_never_obeyed(visit, service, name):
    team = service.store.add_team(name, by=service.store.person(name))
    submit(service, team, LAST, 0)
    service.submit(team.id, "azure", LAST, name, service.store.person(name))
    submit(service, team, NOW, 1)
    service.start(team.id, "google", NOW, name, "")
    address = {"team": team.id, "model": "azure", "quarter": str(NOW)}

    for page in PAGES:
        visitor = visit().open(page, **address)
        obeyed = [text for text in visitor.markdown if name in text]
        assert not obeyed or not set(name) & set(SPECIAL), page
        assert visitor.reads(name)


def test_two_people_at_one_question_hear_of_each_other_and_lose_nothing(
    visit, service, team
):
    address = {"team": team.id, "quarter": str(NOW)}
    ana = visit().open("assess", **address).click("start-azure")
    bo = visit().open("assess", **address).click("start-azure")
    ana.write("Your name", "Ana Lima")
    bo.write("Your name", "Bo")
    hers, his = rung(FIRST, 1), rung(FIRST, 0)

    ana.answer(FIRST, hers.rung)
    bo.answer(FIRST, his.rung)

    text = AZURE.practices[FIRST].rung(hers.rung).text
    assert bo.reads("Ana Lima answered this at ")
    assert bo.reads(f"“{text}” Yours is the current one.")
    assert service.sheet(team.id, NOW).current()[FIRST] == his
    assert len(service.store.history(team.id, FIRST)) == 2

    bo.click("Take the answer of Ana Lima")
    assert service.sheet(team.id, NOW).current()[FIRST] == hers
    assert not bo.reads("answered this at")


def test_answers_to_different_questions_by_two_people_raise_no_notice(
    visit, service, team
):
    address = {"team": team.id, "quarter": str(NOW)}
    ana = visit().open("assess", **address).click("start-azure")
    bo = visit().open("assess", **address).click("start-azure")

    ana.answer(FIRST, rung(FIRST, 1).rung)
    bo.answer(SECOND, rung(SECOND, 1).rung).answer(SECOND, rung(SECOND, 0).rung)

    assert not bo.reads("answered this at")
    assert bo.answered(FIRST) == rung(FIRST, 1).rung
    assert len(service.sheet(team.id, NOW).current()) == 2


def test_scores_of_two_editions_are_shown_and_not_compared(visit, service, team):
    model = AZURE.model.model_copy(update={"edition": "2024-01-01"})
    old = Library(service.library.practices, {"azure": model})
    submit(Service(service.store, old), team, LAST, 0)
    submit(service, team, NOW, 9)
    address = {"team": team.id, "model": "azure", "quarter": str(NOW)}

    visitor = visit().open("progress", **address)
    assert visitor.reads("Level 4 by a new edition of the model")
    assert visitor.reads("Two editions of the model")
    assert visitor.reads("Each asks its own questions, so their scores do not compare.")
    assert visitor.open("overview").reads("a new edition of the model, not compared")
    assert all(not metric.delta for metric in visitor.app.metric[:2])
    assert visitor.open("results", **address).title == "Results"


@pytest.fixture
def full_disk(database) -> Iterator[Callable[[bool], None]]:
    """Makes the disk full, and gives room again: this process may not grow a file."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(full: bool) -> None:
        soft = 512 if full else usual[0]
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, usual[1]))

    yield fill
    fill(False)


def test_an_answer_that_cannot_be_saved_waits_and_is_saved_later(
    visit, service, team, full_disk
):
    visitor = visit().open("assess", team=team.id).click("start-azure")

    full_disk(True)
    visitor.answer(FIRST, rung(FIRST, 1).rung)
    full_disk(False)
    assert visitor.reads("Not saved. Trying again at your next click.")
    assert visitor.answered(FIRST) == rung(FIRST, 1).rung
    assert not service.sheet(team.id, NOW).current()

    full_disk(True)
    visitor.answer(SECOND, rung(SECOND, 1).rung)
    full_disk(False)
    assert visitor.reads("Your answers are not being saved")
    assert visitor.reads("There is no room left on the disk")
    assert visitor.reads("2 answers wait here")

    visitor.answer(THIRD, rung(THIRD, 1).rung)
    assert set(service.sheet(team.id, NOW).current()) == {FIRST, SECOND, THIRD}
    assert visitor.reads("Saved ")
    assert not visitor.reads("not being saved")


def test_a_click_that_cannot_be_done_says_so_and_can_be_done_later(
    visit, service, team, full_disk
):
    submit(service, team, LAST, 1)
    visitor = visit().open("assess", team=team.id, quarter=str(NOW))

    full_disk(True)
    visitor.click("start-azure")
    full_disk(False)
    assert visitor.reads("That was not done")
    assert visitor.title == "Assess Fraud detection"
    visitor.click("start-azure")
    assert not visitor.reads("That was not done")

    full_disk(True)
    visitor.click("Keep them all")
    full_disk(False)
    assert visitor.reads("There is no room left on the disk")
    assert not service.sheet(team.id, NOW).current()
    visitor.click("Keep them all")
    assert set(service.sheet(team.id, NOW).current()) == set(PEOPLE)


@pytest.mark.parametrize("page", PAGES)
def test_a_database_that_cannot_be_opened_is_explained_on_every_page(
    tmp_path, monkeypatch, page
):
    broken = tmp_path / "broken.duckdb"
    broken.write_text("This is a shopping list.\n" * 1000)
    monkeypatch.setenv("MATURITY_DATABASE", str(broken))

    visitor = Visitor().open(page)

    assert not visitor.app.exception
    assert visitor.reads("Your history cannot be opened")
    assert visitor.reads(f"The file {broken} is damaged")
    assert visitor.buttons == ["Try again"]


LEVELS = {
    "nothing above the first rung": {},
    "everything": {practice.id: 9 for practice in AZURE.asked},
    "the second rung everywhere": {practice.id: 1 for practice in AZURE.asked},
    "all but the last category": {
        practice.id: 0 if practice in AZURE.questions["technology"] else 9
        for practice in AZURE.asked
    },
    "one question open": {
        practice.id: 9 for practice in AZURE.asked if practice.id != FIRST
    },
    "half of them open": {practice.id: 2 for practice in AZURE.asked[::2]},
}


@pytest.mark.parametrize("ranks", LEVELS.values(), ids=LEVELS)
def test_the_level_and_score_are_the_same_on_every_page_and_on_the_command_line(
    visit, service, team, tmp_path, capsys, ranks
):
    answers = {
        practice.id: rung(practice.id, ranks.get(practice.id, 0))
        for practice in AZURE.asked
        if practice.id in ranks or not ranks
    }
    for practice, answer in answers.items():
        service.answer(team.id, NOW, practice, answer, "")
    service.submit(team.id, "azure", NOW, "", "")
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({p: answer.rung for p, answer in answers.items()}))

    assert cli.main(["score", "azure", str(file)]) == 0
    printed = json.loads(capsys.readouterr().out)
    level = _span("Level {} to {}", printed["range"])
    score = _span("{:.1f} to {:.1f}", printed["score_range"])
    by_category = {
        AZURE.model.category(category).name: _span(
            "{:.1f} to {:.1f}", found["score_range"]
        )
        for category, found in printed["categories"].items()
    }

    visitor = visit().open("overview", team=team.id)
    assert visitor.app.header[0].value == level
    assert visitor.metric("Score") == score
    for page in ("overview", "results", "progress"):
        visitor.open(page)
        assert visitor.app.header[0].value.startswith(level)
        assert _category_scores(visitor) == by_category
    (row,) = visitor.tables[0]
    assert (row["Level"], row["Score"]) == (level, score)


def _category_scores(visitor: Visitor) -> dict[str, str]:
    """Each category with its score, the same in every table of the page."""
    found: dict[str, set[str]] = {}
    for row in (row for table in visitor.tables for row in table):
        for column, cell in row.items():
            if "Category" in row and column in ("Q4 2026", "Score Q4 2026"):
                found.setdefault(row["Category"], set()).add(cell)
    return {category: ", ".join(cells) for category, cells in found.items()}


def _span(text: str, ends: dict[str, float]) -> str:
    """The range in words; one number where both ends are the same."""
    low, high = ends["lowest"], ends["highest"]
    if low == high:
        return text.partition(" to ")[0].format(low)
    return text.format(low, high)
