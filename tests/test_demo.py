"""The demo teams: real answers, real scores, and nothing left when they are removed."""

import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO

import pytest
import yaml
from openpyxl import load_workbook

from maturity import (
    decisions,
    demo,
    demo_groups,
    group_targets,
    group_words,
    grouping,
    labelling,
    library,
    respondents,
    storage,
)
from maturity.answer import Answer, AnswerRow, State, is_web_address
from maturity.exchange import outgoing, workbook
from maturity.exchange.tables import answers_json
from maturity.group import ALWAYS, BELOW, TOP
from maturity.group_targets import Scope
from maturity.plan import Status
from maturity.quarter import Quarter, now
from maturity.reading import Reading, freeze
from maturity.readings import CARRIED_QUARTERS
from maturity.roadmap import Standing, standing
from maturity.scoring import score
from maturity.service import Service
from maturity.team import Team

TODAY = "2026-11-24"
LAST, CURRENT = Quarter(2026, 3), Quarter(2026, 4)
LIBRARY = library.load()
STORIES = demo.stories()
TABLES = (
    "teams",
    "people",
    "answers",
    "assessments",
    "targets",
    "links",
    "plans",
    "invitations",
    "decisions",
    "asks",
    "group_names",
    "group_targets",
    "placements",
    "team_labels",
    "benchmarks",
)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", TODAY)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Iterator[Service]:
    """A database with the demo; for tests that only read."""
    path = tmp_path_factory.mktemp("demo") / "maturity.duckdb"
    store = storage.open_store(str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATURITY_TODAY", TODAY)
        demo.load(Service(store, LIBRARY))
    yield Service(store, LIBRARY)
    store.close()


@pytest.fixture(scope="module")
def read(told) -> dict[tuple[str, str], list[Reading]]:
    """Every submitted reading of the demo, by team name and model."""
    return histories(told)


def histories(service) -> dict[tuple[str, str], list[Reading]]:
    return {
        (team.name, model): history
        for team in service.store.teams()
        for model in LIBRARY.models
        if (history := service.history(team, model))
    }


def flat(read) -> list[Reading]:
    return [reading for history in read.values() for reading in history]


def answers(service, team: Team) -> list[AnswerRow]:
    quarters = [str(CURRENT.shift(-back)) for back in range(9)]
    return service.store.current(team.id, quarters)


def tables(store) -> dict[str, list[tuple]]:
    return {
        table: sorted(store.database.read(f"select * from {table}"), key=repr)
        for table in TABLES
    }


# What there is


def test_eight_teams_are_there_and_marked_as_demo(told):
    teams = told.store.teams()

    assert len(teams) == 8
    assert all(team.demo for team in teams)
    assert {team.serving for team in teams} == {"real-time", "batch", "both"}
    assert all(team.domain and team.size for team in teams)


def test_every_team_was_read_through_azure_until_the_last_full_quarter(read):
    by_azure = {
        team: [reading.quarter for reading in history]
        for (team, model), history in read.items()
        if model == "azure"
    }

    assert len(by_azure) == 8
    assert {quarters[-1] for quarters in by_azure.values()} == {LAST}
    assert min(min(quarters) for quarters in by_azure.values()) == CURRENT.shift(-8)
    assert [team for team, quarters in by_azure.items() if len(quarters) < 3] == [
        "Document extraction"
    ]


def test_some_teams_are_read_through_google_and_gigaom_too(read):
    models = Counter(model for _, model in read)

    assert models["google"] >= 2
    assert models["gigaom"] >= 2


def test_what_is_frozen_is_what_the_engine_says(read):
    assert len(flat(read)) > 70
    for reading in flat(read):
        fresh = score(reading.definition, reading.answers, reading.quarter)
        assert reading.result == fresh
        assert reading.submitted.result == freeze(fresh)
        assert reading.changed == 0


def test_every_level_is_reached_by_someone(read):
    levels = {
        reading.overall.lowest.level
        for reading in flat(read)
        if reading.definition.model.id == "azure"
    }

    assert levels == {0, 1, 2, 3, 4}


def test_the_trends_tell_different_stories(read):
    levels = {
        team: [reading.overall.lowest.level for reading in history]
        for (team, model), history in read.items()
        if model == "azure"
    }

    assert levels == {
        "Credit scoring": [0, 0, 1, 1, 2, 2, 2, 3],
        "Customer support": [1, 2, 2, 2, 2, 1, 1, 1],
        "Demand forecasting": [1, 1, 1, 1, 1, 1, 1, 1],
        "Document extraction": [0, 0],
        "Energy planning": [0, 0, 1, 1, 1, 1, 2, 2],
        "Fraud detection": [3, 3, 3, 3, 4, 4, 4, 4],
        "Product recommendations": [0, 0, 0, 0, 0, 1, 2, 2],
        "Visual inspection": [0, 0, 0, 1, 1],
    }


def test_ranges_not_applicable_and_stale_evidence_are_to_be_seen(read):
    latest = [history[-1] for history in read.values()]
    links = [a for r in latest for a in r.answers.values() if a.link]

    assert any(r.overall.lowest.level < r.overall.highest.level for r in latest)
    assert any(r.overall.not_applicable for r in latest)
    assert any(
        answer.state is State.UNKNOWN for r in latest for answer in r.answers.values()
    )
    assert {answer.evidenced(LAST) for answer in links} == {True, False}
    assert {bool(answer.valid_until) for answer in links} == {True, False}
    assert {answer.reviewed for answer in links} == {True, False}


def test_targets_are_set_for_models_and_for_categories(told, read):
    targets = [reading.targets for reading in flat(read)]

    assert any(t.whole is None for t in targets)
    for team in told.store.teams():
        rows = told.store.targets(team.id)
        assert "" in {row.category for row in rows}
        assert {row.category for row in rows} - {""}
        for row in rows:
            model = LIBRARY.models[row.model]
            assert row.category in ("", *(c.id for c in model.categories))
            assert model.lowest < row.level <= model.top
            assert Quarter.parse(row.by_quarter) > Quarter.of(row.at.date())


STORY = """
name: Search
domain: Search
size: 1 to 5 people
serving: real-time
scope: All
people:
  - Ana
chapters:
  - ago: 7
    submitted: 5
    by: Ana
    models:
      - azure
    answers:
      training.code: all
      training.tracking: tool
      training.registry: files
      training.trigger: live
  - ago: 3
    submitted: 5
    by: Ana
    models:
      - azure
    left_open:
      - training.tracking
      - training.registry
    unknown:
      - training.trigger
  - ago: 2
    submitted: 5
    by: Ana
    models:
      - azure
"""


def test_plans_lead_on_from_the_last_answers_with_owners_and_dates(told, read):
    planned = {
        team.name: rows
        for team in told.store.teams()
        if (rows := told.store.plan(team.id))
    }

    assert len(planned) >= 3
    for name, rows in planned.items():
        story = next(story for story in STORIES if story.name == name)
        reading = read[name, "azure"][-1]
        for row in rows:
            where = standing(reading.definition, reading.answers, row)
            assert where is Standing.AHEAD, row.practice
            assert Quarter.parse(row.due) >= CURRENT
            owner = told.store.names([row.owner]).get(row.owner)
            assert owner is None or owner in story.people
    everyone = [row for rows in planned.values() for row in rows]
    assert {row.status for row in everyone} == {Status.PLANNED, Status.DOING}
    assert not all(row.owner for row in everyone)


def test_every_demo_team_is_in_a_group_and_a_past_quarter_shows_the_groups_of_then(
    told,
):
    teams = {team.name: team.id for team in told.store.teams()}
    now, then = told.store.tree(CURRENT), told.store.tree(CURRENT.shift(-5))
    support = teams["Customer support"]

    assert set(now.members) == set(teams.values())
    assert all(group.demo for group in now.groups.values())
    assert max(len(now.path(group)) for group in now.groups) == 2
    assert max(len(then.path(group)) for group in then.groups) == 3
    assert now.label(now.members[support]) == f"Operations{BELOW}Customer service"
    before = f"Retail{BELOW}Online shop{BELOW}Customer service"
    assert then.label(then.members[support]) == before


def test_every_demo_team_has_labels_and_a_past_quarter_shows_those_of_then(told):
    teams = {team.name: team.id for team in told.store.teams()}
    now, then = told.store.tree(CURRENT), told.store.tree(CURRENT.shift(-5))

    assert set(now.labels) == set(teams.values())
    assert now.labelled("tier-1") - then.labelled("tier-1") == {
        teams["Product recommendations"]
    }
    assert now.every_label == ["customer-facing", "regulated", "tier-1", "tier-2"]


def test_demo_groups_aim_for_levels_and_bands_that_some_of_their_teams_reached(told):
    tree = told.store.tree(CURRENT)
    told_of = [
        (group_words.whose(tree, scope), model, group_words.standing(found))
        for model in told.library.models
        for scope, aims in group_targets.targets(told, model, CURRENT).items()
        for category, aim in aims.every().items()
        for found in [group_targets.progress(told, tree, scope, model, category, aim)]
    ]

    one = "1 of 2 teams is there and 1 is on the way."
    assert told_of == [
        ("Financial services", "azure", one),
        ("Retail", "azure", one),
        ("Operations", "azure", "2 of 4 teams are there and 2 are on the way."),
        (
            "Every team labelled tier-1",
            "azure",
            "2 of 4 teams are there and 2 are on the way.",
        ),
        ("Financial services", "ml-test-score", "2 of 2 teams are there."),
    ]


def test_the_demos_targets_of_all_teams_are_not_those_of_real_ones(duck_store):
    service = Service(duck_store, LIBRARY)
    demo.load(service)
    everywhere = Scope(label="tier-1")
    assert everywhere in group_targets.targets(service, "azure", CURRENT)

    real = service.store.add_team("Real", by="")
    labelling.relabel(service, real.id, ["tier-1"], CURRENT, "")

    assert everywhere not in group_targets.targets(service, "azure", CURRENT)
    assert group_targets.covering(service, real.id, "azure", CURRENT) == []
    group_targets.set_target(service, everywhere, "azure", "", 2, None, "")
    held = group_targets.target_of(service, everywhere, "azure", CURRENT)
    assert held.whole.level == 2
    duck_store.remove_demo("")
    assert [row.demo for row in duck_store.group_targets("azure")] == [False]


def test_a_demo_group_leaves_its_name_to_a_real_one(duck_store):
    grouping.create(Service(duck_store, LIBRARY), "Retail", TOP, ALWAYS, "")

    demo_groups.load(duck_store, {})

    names = {
        group.name: group.demo for group in duck_store.tree(CURRENT).groups.values()
    }
    assert (names["Retail"], names["Retail (demo)"]) == (False, True)


def test_a_story_keeps_what_was_offered_unless_it_says_otherwise(duck_store):
    service = Service(duck_store, LIBRARY)
    story = demo.Story.model_validate(yaml.safe_load(STORY))

    demo.tell(service, story, duck_store.add_team("Search", demo=True, by=""))

    first, second, third = flat(histories(service))
    assert len(first.answers) == 4
    assert second.answers == {
        "training.code": Answer(State.KEPT, "all"),
        "training.trigger": Answer(State.UNKNOWN),
    }
    # Five quarters after the first, what was left open is not offered any more.
    assert third.answers == {"training.code": Answer(State.KEPT, "all")}


# When it was said


def test_each_quarter_was_answered_then_submitted_in_its_last_weeks(told, read):
    for reading in flat(read):
        row = reading.submitted
        submitted = row.at.date()
        said = [answer.at for answer in told.store.rows(row.counted)]

        assert Quarter.of(submitted) == reading.quarter
        assert reading.quarter.last_day - submitted < timedelta(days=25)
        assert submitted.weekday() < 5
        assert Quarter.of(min(said).date()) == reading.quarter
        assert max(said) < row.at


def test_one_team_has_begun_the_current_quarter_and_the_others_have_not(told):
    begun = [
        team.name
        for team in told.store.teams()
        if told.assessment(team.id, "azure", CURRENT)
    ]
    waiting = [t for t in told.store.teams() if t.name not in begun]

    assert begun == ["Product recommendations"]
    for team in waiting:
        sheet = told.sheet(team.id, CURRENT)
        assert not sheet.answers
        assert len(sheet.carried) > 15


def test_what_was_kept_is_what_was_offered(told):
    kept = 0
    for team in told.store.teams():
        said = {(row.quarter, row.practice): row.answer for row in answers(told, team)}
        for (quarter, practice), answer in said.items():
            if answer.state is State.KEPT:
                kept += 1
                earlier = (
                    said.get((str(Quarter.parse(quarter).shift(-back)), practice))
                    for back in range(1, CARRIED_QUARTERS + 1)
                )
                nearest = next(filter(None, earlier))
                assert nearest.state is not State.UNKNOWN
                assert (answer.rung, answer.reason) == (nearest.rung, nearest.reason)

    assert kept > 1000


@pytest.mark.parametrize("day", ["2027-01-01", "2028-02-29"])
def test_the_demo_ends_at_the_last_full_quarter_on_any_day(
    duck_store, monkeypatch, day
):
    monkeypatch.setenv("MATURITY_TODAY", day)
    service = Service(duck_store, LIBRARY)

    demo.load(service)

    last = Quarter.of(date.fromisoformat(day)).shift(-1)
    quarters = {"started": set(), "submitted": set()}
    for row in duck_store.assessments():
        quarters[row.state].add(row.quarter)
        assert row.at <= now()
        assert str(Quarter.of(row.at.date())) == row.quarter
    assert max(quarters["submitted"]) == str(last)
    assert quarters["started"] == {str(last.shift(1))}
    ((latest,),) = duck_store.database.read("select max(saved_at) from answers")
    assert latest <= now()


# The stories as data


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_names_only_what_its_models_ask(story):
    for chapter in story.chapters:
        definitions = [LIBRARY.definition(model) for model in chapter.models]
        asked = {p.id: p for d in definitions for p in d.asked}
        named = {
            *chapter.answers,
            *chapter.not_applicable,
            *chapter.unknown,
            *chapter.left_open,
            *chapter.notes,
            *chapter.evidence,
            *chapter.checked_again,
        }

        assert named <= asked.keys()
        assert all(asked[p].rung(rung) for p, rung in chapter.answers.items())
        assert chapter.by in story.people


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_says_each_thing_once_and_in_order(story):
    ago = [chapter.ago for chapter in story.chapters]

    assert ago == sorted(set(ago), reverse=True)
    for chapter in story.chapters:
        said = [
            *chapter.answers,
            *chapter.not_applicable,
            *chapter.unknown,
            *chapter.left_open,
        ]
        assert len(said) == len(set(said))
        checked = chapter.checked_again
        assert len(checked) == len(set(checked))
        assert not {*checked} & {*chapter.evidence, *chapter.left_open}
        assert chapter.valid_for.keys() <= {*checked, *chapter.evidence}
        assert chapter.reviewed.keys() <= {*checked, *chapter.evidence}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_dates_anew_only_links_that_it_gave(story):
    links: set[str] = set()
    for chapter in story.chapters:
        links -= {*chapter.answers, *chapter.not_applicable, *chapter.unknown}
        links |= chapter.evidence.keys()
        assert links >= {*chapter.checked_again}, chapter.ago


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_changes_a_rung_where_it_says_one(story):
    said: dict[str, str] = {}
    for chapter in story.chapters:
        for practice, rung in chapter.answers.items():
            assert said.get(practice) != rung, (chapter.ago, practice)
            said[practice] = rung


def test_evidence_lies_on_hosts_that_can_never_exist(told):
    links = {
        row.answer.link
        for team in told.store.teams()
        for row in answers(told, team)
        if row.answer.link
    }

    assert len(links) > 50
    assert all(link.startswith("https://example.org/") for link in links)
    assert all(map(is_web_address, links))


def test_nobody_reviews_what_they_gave_themselves(told):
    rows = [row for team in told.store.teams() for row in answers(told, team)]
    reviewed = [row for row in rows if row.answer.reviewed]

    assert reviewed
    assert not [row for row in reviewed if row.answer.reviewed_by == row.author]


def test_every_link_has_a_date_of_its_time(told):
    for team in told.store.teams():
        for row in answers(told, team):
            said = row.answer
            assert bool(said.link) == (said.evidence_on is not None)
            if said.evidence_on and said.state is not State.KEPT:
                assert timedelta() <= row.at.date() - said.evidence_on
                assert row.at.date() - said.evidence_on < timedelta(days=30)


# Loading and removing


def test_loading_twice_changes_nothing(told):
    before = tables(told.store)

    demo.load(told)

    assert tables(told.store) == before


def test_a_demo_team_that_was_renamed_and_archived_is_still_the_demo(duck_store):
    team = duck_store.add_team("Ours to play with", demo=True, by="")
    duck_store.archive_team(team.id, "")

    demo.load(Service(duck_store, LIBRARY))

    assert [team.name for team in duck_store.teams(archived=True)] == [team.name]


def test_two_visitors_who_load_at_once_get_one_demo_and_real_teams_their_names(
    duck_store,
):
    service = Service(duck_store, LIBRARY)
    taken = {"Credit scoring", "credit scoring (demo)"}
    real = [duck_store.add_team(name, by="") for name in taken]

    with ThreadPoolExecutor(2) as visitors:
        for loading in [visitors.submit(demo.load, service) for _ in range(2)]:
            loading.result()

    assert [team for team in duck_store.teams() if not team.demo] == sorted(
        real, key=lambda team: team.name.casefold()
    )
    added = [team.name for team in duck_store.teams() if team.demo]
    assert len(added) == 8
    assert "Credit scoring (demo 2)" in added


def test_a_demo_that_cannot_be_loaded_whole_is_not_there_at_all(duck_store):
    half = {id: p for id, p in LIBRARY.practices.items() if id != "monitoring.health"}
    service = Service(duck_store, library.Library(half, LIBRARY.models))

    with pytest.raises(KeyError):
        demo.load(service)

    assert duck_store.teams(archived=True) == []
    assert duck_store.assessments() == []


def test_the_demo_does_without_a_model_that_cannot_be_used(duck_store):
    models = {"google": LIBRARY.models["google"]}
    service = Service(duck_store, library.Library(LIBRARY.practices, models))

    demo.load(service)

    assert len(duck_store.teams()) == 8
    assert {row.model for row in duck_store.assessments()} == {"google"}


def say(service, team, quarter, rung, who="Ana Real"):
    answer = Answer(State.RUNG, rung, note="Ours.")
    by = service.store.person(who)
    service.answer(team.id, quarter, "training.tracking", answer, by)
    service.submit(team.id, "azure", quarter, "Ours", by)
    service.set_target(team.id, "azure", "", 2, None, by)


def answer_by_several(service, team, who):
    (invited,) = respondents.invite(service, team.id, "azure", CURRENT, [who], "")
    place = (team.id, "azure", CURRENT, invited.person)
    said = Answer(State.RUNG, "notes")
    respondents.answer(service, *place, "training.tracking", said)
    respondents.submit(service, *place)
    shown = respondents.panel(service, team.id, "azure", CURRENT).spreads
    spread = next(s for s in shown if s.practice.id == "training.tracking")
    decisions.decide(service, team.id, CURRENT, spread, "notes", "", invited.person)


def test_removing_the_demo_leaves_real_data_bit_for_bit(store):
    service = Service(store, LIBRARY)
    namesake = store.person("Priya Raman")  # a real person, with a demo person's name
    team = store.add_team("Credit scoring", by=namesake)
    say(service, team, LAST, "notes")
    demo.load(service)
    shown = next(t for t in store.teams() if t.demo)
    say(service, team, CURRENT, "tool")
    say(service, shown, CURRENT, "tool", who="Ben Real")
    answer_by_several(service, team, "Ana Real")
    answer_by_several(service, shown, "Invented Respondent")
    real = {
        row[0] for row in store.database.read("select id from teams where not demo")
    }
    whole = tables(store)
    ours = {
        "teams": [row for row in whole["teams"] if row[0] in real],
        "people": [
            row
            for row in whole["people"]
            if row[1] in ("Ana Real", "Ben Real", "Priya Raman")
        ],
        **{
            table: [row for row in whole[table] if real.intersection(row)]
            for table in TABLES[2:]
        },
    }

    assert store.remove_demo(store.person("Ben Real")) == 8

    assert tables(store) == ours
    assert len(ours["answers"]) == 4
    assert len(ours["assessments"]) == 2
    assert len(ours["invitations"]) == 2
    assert len(ours["decisions"]) == 1
    assert [r.quarter for r in service.history(team, "azure")] == [LAST, CURRENT]
    assert store.audit(1)[0].detail == "8 demo teams"


# Several people answer


@pytest.fixture
def panel(told):
    team = next(t for t in told.store.teams() if t.name == "Product recommendations")
    return respondents.panel(told, team.id, "azure", CURRENT)


def test_three_people_answered_the_begun_quarter_each_alone(panel):
    assert len(panel.submitted) == len(panel.parts) == 3
    assert all(part.answered > 10 for part in panel.parts)


def test_one_practice_is_contested_and_one_is_decided_with_its_reason(panel):
    contested = [s.practice.id for s in panel.spreads if s.contested]
    (decision,) = panel.decisions

    assert contested == ["people.signals", "delivery.model-release"]
    assert decision.practice == "people.signals"
    assert "written down together in October" in decision.reason
    assert sorted(decision.votes.values()) == ["agreed", "agreed", "one-side"]


def test_what_single_people_said_is_scored_nowhere(told):
    """The practices that all three answered alike are still open for the team."""
    team = next(t for t in told.store.teams() if t.name == "Product recommendations")
    sheet = told.sheet(team.id, CURRENT)

    assert "delivery.serving-code" not in sheet.answers
    assert sheet.answers["people.signals"].answer.rung == "agreed"
    assert told.reading(team, "azure", CURRENT).overall.open == 11


def test_exported_answers_are_the_agreed_ones_alone(told):
    team = next(t for t in told.store.teams() if t.name == "Product recommendations")
    sheet = outgoing.sheet(told, team, "azure", CURRENT)
    asked = told.definition(team.id, "azure").asked
    book = load_workbook(BytesIO(workbook.write(sheet)))
    cells = {
        str(cell.value) for page in book for row in page.iter_rows() for cell in row
    }
    said = json.loads(
        answers_json(team, CURRENT, asked, told.sheet(team.id, CURRENT).answers, {})
    )

    assert said["answers"]["delivery.serving-code"]["rung"] is None
    assert said["answers"]["people.signals"]["rung"] == "agreed"
    assert "For the newsletter I still go through" not in "".join(cells)
    assert "For the newsletter I still go through" not in json.dumps(said)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_panel_names_people_and_questions_of_its_story(story):
    if story.panel is None:
        return
    asked = LIBRARY.definition(story.panel.model).practices
    said = [story.panel.all_say, *(person.answers for person in story.panel.people)]
    said.append({one.practice: one.rung for one in story.panel.agreed})

    assert {person.name for person in story.panel.people} <= {*story.people}
    assert all(asked[p].rung(rung) for some in said for p, rung in some.items())
    assert all(person.notes.keys() <= asked.keys() for person in story.panel.people)
