"""The store, on both engines: what goes in comes out, whole, and nothing is lost."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from maturity import schema, storage
from maturity.answer import Answer, State
from maturity.storage import TeamGoneError
from maturity.storage.answers import CURRENT
from maturity.storage.assessments import ASSESSMENTS_OF
from maturity.storage.targets import TARGETS_OF
from maturity.team import NameRefusedError, NameTakenError, NewAnswer, Team

AT = datetime(2026, 11, 24, 14, 30, 5, 123456)
ANSWER = Answer(
    State.RUNG,
    rung="schedule",
    note="Every night\nat two, “as agreed”",
    link="https://example.org/run",
    evidence_on=date(2026, 10, 3),
    valid_until=date(2027, 9, 30),
)
CLEARED = Answer(State.CLEARED)


def new(team, practice="training.trigger", quarter="2026-Q4", **changed):
    row = NewAnswer(team.id, quarter, practice, ANSWER, author="ana", at=AT)
    return replace(row, **changed)


def start(store, team, quarter="2026-Q4", scope="All", **changed):
    given = {"hash": "h1", "edition": "2025", "by": "ana", "at": AT, **changed}
    return store.start(team.id, "azure", quarter, scope=scope, **given)


def submit(store, team, quarter="2026-Q4", scope="All", counted=(1, 2), **changed):
    given = {"hash": "h1", "edition": "2025", "result": "{}", "by": "ana", "at": AT}
    return store.submit(
        team.id, "azure", quarter, scope=scope, counted=counted, **(given | changed)
    )


def aim(store, team, level=3, category="", **changed):
    given = {"by_quarter": "2027-Q2", "by": "ana", "at": AT, **changed}
    return store.set_target(team.id, "azure", category=category, level=level, **given)


@pytest.fixture
def team(store) -> Team:
    return store.add_team("Fraud detection", by="ana")


# Answers


def test_an_answer_comes_back_whole(store, team):
    ((row, before),) = [(a.row, a.before) for a in store.append([new(team)])]

    assert store.current(team.id, ["2026-Q4"]) == [row]
    assert (row.answer, row.at, row.author, before) == (ANSWER, AT, "ana", None)


def test_the_last_answer_stored_is_current_whatever_the_clock_says(store, team):
    store.append([new(team, at=AT)])
    (late,) = store.append([new(team, at=AT - timedelta(days=400))])

    assert store.current(team.id, ["2026-Q4"]) == [late.row]


def test_an_answer_comes_back_with_the_one_that_was_current_before_it(store, team):
    (first,) = store.append([new(team, author="ana")])
    second, third = store.append([new(team, author="ben"), new(team, author="eva")])

    assert second.before == first.row
    assert third.before == second.row


def test_quarters_practices_and_respondents_have_their_own_current_answer(store, team):
    rows = [
        new(team),
        new(team, quarter="2026-Q3"),
        new(team, practice="data.versions"),
        new(team, respondent="ben"),
    ]
    agreed, earlier, other, bens = (a.row for a in store.append(rows))

    assert store.current(team.id, ["2026-Q4"]) == [agreed, other]
    assert store.current(team.id, ["2026-Q3", "2026-Q4"]) == [agreed, earlier, other]
    assert store.current(team.id, ["2026-Q4"], respondent="ben") == [bens]
    assert store.current(team.id, []) == []


def test_a_cleared_answer_is_current_and_the_old_one_stays_in_the_history(store, team):
    (given,) = store.append([new(team)])
    (cleared,) = store.append([new(team, answer=CLEARED)])

    assert store.current(team.id, ["2026-Q4"]) == [cleared.row]
    assert store.history(team.id, "training.trigger") == [given.row, cleared.row]
    assert store.rows([given.row.seq]) == [given.row]


def test_the_history_of_a_practice_can_be_that_of_one_quarter(store, team):
    rows = [new(team), new(team, quarter="2026-Q3"), new(team, "data.versions")]
    now, earlier, _ = (a.row for a in store.append(rows))

    assert store.history(team.id, "training.trigger") == [now, earlier]
    assert store.history(team.id, "training.trigger", "2026-Q3") == [earlier]


def test_rows_come_by_seq_and_unknown_ones_are_left_out(store, team):
    first, _, third = (a.row for a in store.append([new(team)] * 3))

    assert store.rows([third.seq, first.seq, 987654]) == [first, third]
    assert store.rows([]) == []


def test_answers_are_stored_all_or_none(store, team):
    changes = store.changes(team.id)
    gone = replace(team, id="nobody")

    with pytest.raises(TeamGoneError):
        store.append([new(team), new(gone)])

    assert store.current(team.id, ["2026-Q4"]) == []
    assert store.changes(team.id) == changes


def test_text_that_a_database_cannot_hold_is_stored_without_it(store, team):
    answer = replace(ANSWER, note="a\0b", reason="half \ud83d of a pair")
    (appended,) = store.append([new(team, answer=answer)])

    assert store.current(team.id, ["2026-Q4"]) == [appended.row]
    assert appended.row.answer.note == "ab"


def test_thousands_of_answers_are_stored_at_once_in_the_order_given(store, team):
    rows = [new(team, f"p{n % 50}", f"20{n // 50:02}-Q1") for n in range(4000)]

    appended = store.append(rows)

    assert [a.row.practice for a in appended] == [row.practice for row in rows]
    assert store.rows([a.row.seq for a in appended]) == [a.row for a in appended]


def test_visitors_who_answer_one_question_at_once_lose_nothing(store, team):
    def visit(visitor):
        return [
            store.append([new(team, author=f"{visitor}", at=AT)])[0] for _ in range(25)
        ]

    with ThreadPoolExecutor(4) as visitors:
        appended = [a for visit in visitors.map(visit, range(4)) for a in visit]

    history = store.history(team.id, "training.trigger")
    assert sorted((a.row for a in appended), key=lambda row: row.seq) == history
    before = {a.row.seq: a.before for a in appended}
    assert [before[row.seq] for row in history] == [None, *history[:-1]]


# Change counters

WRITES = {
    "an answer": lambda store, team: store.append([new(team)]),
    "a start": start,
    "a submission": submit,
    "a target": aim,
    "a new name": lambda store, team: store.rename_team(team.id, "Fraud", "ana"),
    "a description": lambda store, team: store.describe_team(
        team.id, "payments", "9", "batch", "ana"
    ),
    "an archive": lambda store, team: store.archive_team(team.id, "ana"),
    "a restoration": lambda store, team: store.restore_team(team.id, "ana"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_every_write_about_a_team_raises_its_counter_and_no_other(store, team, write):
    other = store.add_team("Churn", by="ana")
    mine, others, all_ = (
        store.changes(team.id),
        store.changes(other.id),
        store.changes_all(),
    )

    write(store, team)

    assert store.changes(team.id) > mine
    assert store.changes(other.id) == others
    assert store.changes_all() > all_


def test_reading_and_starting_again_raise_no_counter(store, team):
    start(store, team)
    changes = store.changes_all()

    start(store, team)
    store.person("")
    store.current(team.id, ["2026-Q4"])

    assert store.changes_all() == changes


def test_an_unknown_team_has_no_changes(store):
    assert store.changes("nobody") == 0


# Teams


def test_a_team_comes_back_as_it_was_added(store):
    added = store.add_team(
        "  Fraud\t detection ",
        domain="payments",
        size="9",
        serving="both",
        demo=True,
        by="ana",
    )

    assert store.team(added.id) == added
    assert store.teams() == [added]
    assert added == Team(
        added.id, "Fraud detection", "payments", "9", "both", demo=True
    )


def test_teams_are_listed_by_name(store):
    for name in ("beta", "Alpha", "Gamma"):
        store.add_team(name, by="")

    assert [team.name for team in store.teams()] == ["Alpha", "beta", "Gamma"]


@pytest.mark.parametrize("name", ["FRAUD  Detection", " fraud detection\n"])
def test_a_name_is_taken_however_it_is_written(store, team, name):
    with pytest.raises(NameTakenError) as raised:
        store.add_team(name, by="ben")

    assert raised.value.team == team
    assert str(raised.value) == (
        "There is already a team 'Fraud detection'. Choose another name."
    )


def test_the_name_of_an_archived_team_is_taken_and_the_message_says_so(store, team):
    other = store.add_team("Churn", by="ana")
    store.archive_team(team.id, "ana")

    with pytest.raises(NameTakenError) as raised:
        store.rename_team(other.id, "fraud detection", "ana")

    assert str(raised.value) == (
        "There is already a team 'Fraud detection', which is archived. "
        "Restore that one, or choose another name."
    )
    assert store.team(other.id) == other


def test_the_same_letters_composed_differently_are_one_name(store):
    store.add_team("Équipe", by="")

    with pytest.raises(NameTakenError):
        store.add_team("E\u0301quipe", by="")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (" \t ", "A team needs a name."),
        (
            "x" * 61,
            "A team's name has at most 60 characters; this one has 61.",
        ),
    ],
)
def test_a_name_that_is_empty_or_too_long_is_refused(store, name, reason):
    with pytest.raises(NameRefusedError, match=reason):
        store.add_team(name, by="")

    assert store.teams() == []


def test_a_name_may_have_sixty_characters(store):
    assert store.add_team("x" * 60, by="").name == "x" * 60


def test_a_team_may_change_the_case_of_its_own_name(store, team):
    store.rename_team(team.id, "FRAUD detection", "ana")

    assert store.team(team.id) == replace(team, name="FRAUD detection")


def test_a_name_that_was_given_up_is_free(store, team):
    store.rename_team(team.id, "Fraud", "ana")

    assert store.add_team("Fraud detection", by="ben").id != team.id


def test_an_archived_team_leaves_the_list_and_keeps_its_answers(store, team):
    (answer,) = store.append([new(team)])
    archived = store.archive_team(team.id, "ana")

    assert store.teams() == []
    assert store.teams(archived=True) == [archived]
    assert archived.archived_at is not None
    assert store.current(team.id, ["2026-Q4"]) == [answer.row]
    assert store.restore_team(team.id, "ana") == team
    assert store.teams() == [team]


def test_what_changes_in_place_leaves_a_trail(store, team):
    store.rename_team(team.id, "Fraud", "ana")
    store.describe_team(team.id, "payments", "9", "batch", "ben")
    store.archive_team(team.id, "ana")
    store.archive_team(team.id, "ana")

    trail = [(row.action, row.author, row.detail) for row in store.audit(10)]
    assert trail == [
        ("archive-team", "ana", ""),
        ("describe-team", "ben", " ·  ·  → payments · 9 · batch"),
        ("rename-team", "ana", "Fraud detection → Fraud"),
    ]
    assert len(store.audit(1)) == 1


def test_a_team_that_is_not_there_cannot_be_changed(store):
    with pytest.raises(TeamGoneError, match="no longer exists"):
        store.rename_team("nobody", "Somebody", "ana")

    assert store.team("nobody") is None


def test_two_people_who_add_one_team_at_once_get_one_team(store):
    def add(number):
        try:
            return store.add_team("Fraud", by=str(number))
        except NameTakenError as error:
            return error.team

    with ThreadPoolExecutor(4) as people:
        teams = set(people.map(add, range(8)))

    assert teams == set(store.teams())
    assert len(teams) == 1


# People


def test_a_person_is_found_by_the_exact_name_or_added(store):
    ana = store.person("  Ana Lima ")

    assert store.person("Ana Lima") == ana
    assert store.person("ana lima") != ana
    assert store.person(" ") == ""
    assert store.names([ana]) == {ana: "Ana Lima"}
    assert sorted(store.names().values()) == ["Ana Lima", "ana lima"]
    assert store.names([]) == {}


def test_a_forgotten_person_loses_the_name_and_nothing_else(store, team):
    ana = store.person("Ana Lima")
    (answer,) = store.append([new(team, author=ana)])

    store.forget_person(ana, "ben")

    assert store.names() == {}
    assert store.current(team.id, ["2026-Q4"]) == [answer.row]
    (row,) = store.audit(10)
    assert (row.action, row.subject, row.author) == ("forget-person", ana, "ben")
    assert store.person("Ana Lima") not in ("", ana)


def test_one_name_at_once_from_many_visitors_is_one_person(store):
    with ThreadPoolExecutor(4) as visitors:
        ids = set(visitors.map(lambda _: store.person("Ana"), range(8)))

    assert store.names() == dict.fromkeys(ids, "Ana")
    assert len(ids) == 1


# Assessments and definitions


def test_an_assessment_is_started_once(store, team):
    started = start(store, team)

    assert start(store, team, by="ben") == started
    assert store.assessments(team.id, "azure") == [started]
    assert (started.state, started.revision, started.scope) == ("started", 1, "All")


def test_another_scope_is_a_new_row_of_the_same_revision(store, team):
    first = start(store, team, scope="All")
    second = start(store, team, scope="Card payments")

    assert store.assessments(team.id) == [first, second]
    assert (second.revision, second.scope) == (1, "Card payments")


def test_a_submission_comes_back_whole_and_a_correction_is_a_new_revision(store, team):
    started = start(store, team)
    frozen = submit(store, team, counted=(7, 12), result='{"level": 2}')
    again = start(store, team)
    corrected = submit(store, team, counted=(7, 13), result='{"level": 3}')

    assert store.assessments(team.id) == [started, frozen, again, corrected]
    assert (frozen.counted, frozen.result) == ((7, 12), '{"level": 2}')
    assert [row.revision for row in (started, frozen, again, corrected)] == [1, 1, 2, 2]


def test_the_same_submission_twice_is_one_and_another_is_a_revision(store, team):
    first = submit(store, team)

    assert submit(store, team, by="ben") == first
    assert submit(store, team, counted=(1, 3)).revision == 2


def test_assessments_are_listed_by_team_and_by_model(store, team):
    other = store.add_team("Churn", by="")
    mine = start(store, team)
    theirs = start(store, other)
    google = store.start(
        team.id, "google", "2026-Q4", scope="", hash="", edition="", by="", at=AT
    )

    assert store.assessments() == [mine, theirs, google]
    assert store.assessments(model="azure") == [mine, theirs]
    assert store.assessments(other.id) == [theirs]
    assert store.assessments(team.id, "google") == [google]


def test_a_definition_is_kept_once_for_each_hash(store):
    store.define("h1", "azure", "2025", "the text")
    store.define("h1", "azure", "2025", "the text")

    assert store.definition("h1") == "the text"
    assert store.definition("h2") is None


# Targets


def test_targets_are_added_and_never_changed(store, team):
    rows = [
        aim(store, team, level=3),
        aim(store, team, level=2, category="people"),
        aim(store, team, level=None),
    ]

    assert store.targets(team.id, "azure") == rows
    assert store.targets(team.id) == rows
    assert store.targets(team.id, "google") == []
    assert [row.level for row in rows] == [3, 2, None]


# Demo teams


def test_removing_the_demo_leaves_real_teams_untouched(store, team):
    demo = store.add_team("Demo", demo=True, by="")
    for each in (team, demo):
        store.append([new(each)])
        start(store, each)
        aim(store, each)
    real = (store.current(team.id, ["2026-Q4"]), store.assessments(team.id))
    targets, changes = store.targets(team.id), store.changes_all()

    assert store.remove_demo("ana") == 1

    assert store.teams(archived=True) == [team]
    assert (store.current(team.id, ["2026-Q4"]), store.assessments()) == real
    assert store.targets(team.id) == targets
    assert store.current(demo.id, ["2026-Q4"]) == []
    assert store.targets(demo.id) == []
    assert [row.action for row in store.audit(10)] == ["remove-demo"]
    assert store.changes_all() > changes
    assert store.remove_demo("ana") == 0


def test_whoever_still_answers_for_a_removed_demo_team_is_told(store):
    demo = store.add_team("Demo", demo=True, by="")
    store.remove_demo("")

    with pytest.raises(TeamGoneError):
        store.append([new(demo)])


# Opening


def test_what_was_stored_is_there_after_opening_again(address):
    first = storage.open_store(address)
    team = first.add_team("Fraud", by="")
    (answer,) = first.append([new(team)])
    first.close()

    second = storage.open_store(address)
    (next_one,) = second.append([new(team)])

    assert second.teams() == [team]
    assert next_one.before == answer.row
    second.close()


def test_a_step_is_taken_once_and_brings_an_old_database_up(address):
    store = storage.open_store(address)
    team = store.add_team("Fraud", by="")
    steps = [*schema.STEPS, ("alter table teams add column motto text",)]

    schema.migrate(store.database, steps)
    schema.migrate(store.database, steps)

    assert schema.version(store.database) == len(steps)
    assert store.database.read("select motto from teams") == [(None,)]
    assert store.teams() == [team]
    store.close()


def test_answers_of_a_database_from_before_valid_until_read_as_the_usual(address):
    step = next(n for n, step in enumerate(schema.STEPS) if "valid_until" in step[0])
    old = storage._connect(address)
    schema.migrate(old, schema.STEPS[:step])
    with old.transaction() as execute:
        execute(FILL, [AT, 1])
    old.close()

    store = storage.open_store(address)

    (row,) = store.rows([100001])
    assert row.answer == Answer(State.RUNG, rung="r")
    assert (row.author, row.at) == ("ana", AT)
    store.close()


def test_a_step_that_fails_is_rolled_back_whole(store, team):
    failing = ("alter table teams add column motto text", "select * from nowhere")

    with pytest.raises(Exception, match="nowhere"):
        schema.migrate(store.database, [*schema.STEPS, failing])

    assert schema.version(store.database) == len(schema.STEPS)
    with pytest.raises(Exception, match="motto"):
        store.database.read("select motto from teams")
    assert store.teams() == [team]


def _open_and_add(address, number, together):
    together.wait()
    store = storage.open_store(address)
    store.add_team(f"Team {number}", by="")
    store.close()


@pytest.mark.slow
def test_processes_that_start_together_migrate_one_database_once(postgres_address):
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(3)
    processes = [
        context.Process(target=_open_and_add, args=(postgres_address, number, together))
        for number in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    store = storage.open_store(postgres_address)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(store.teams()) == 3
    store.close()


def _answer_often(address, team, author):
    store = storage.open_store(address)
    for _ in range(50):
        store.append([new(team, author=author)])
    store.close()


@pytest.mark.slow
def test_two_processes_that_answer_one_question_lose_nothing(postgres_address):
    store = storage.open_store(postgres_address)
    team = store.add_team("Fraud", by="")
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=_answer_often, args=(postgres_address, team, author))
        for author in ("ana", "ben")
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    history = store.history(team.id, "training.trigger")
    assert sorted(row.author for row in history) == ["ana"] * 50 + ["ben"] * 50
    assert store.changes(team.id) == 101
    store.close()


def test_the_database_is_a_file_in_the_users_folder_unless_set(monkeypatch):
    monkeypatch.delenv("MATURITY_DATABASE", raising=False)
    assert storage.database_address() == str(storage.default_path())
    assert storage.default_path().parts[-2:] == ("mlops-maturity", "maturity.duckdb")

    monkeypatch.setenv("MATURITY_DATABASE", " postgresql://host/name ")
    assert storage.database_address() == "postgresql://host/name"


# How it reads

FILL = """
insert into answers (
    seq, team, quarter, practice, respondent, state, rung, reason, note, link,
    evidence_on, author, saved_at
)
select
    100000 + n, 't' || (n % 400), '2026-Q' || (1 + n / 400 % 4),
    'p' || (n / 1600), '', 'rung', 'r', '', '', '', null, 'ana', $1
from generate_series(1, cast($2 as integer)) as numbers (n)
"""


_AS_ASSESSMENTS = """
insert into assessments
select
    seq, team, practice, quarter, 1, state, '', '', '', '[]', '', author, saved_at
from answers
"""
_AS_TARGETS = """
insert into targets
select seq, team, practice, '', 1, quarter, author, saved_at from answers
"""

READS = {
    "answers": (CURRENT, ["t7", "", ["2026-Q1", "2026-Q2"]]),
    "assessments": (ASSESSMENTS_OF, ["t7", ""]),
    "targets": (TARGETS_OF, ["t7", ""]),
}


def filled(store, rows):
    """The store, with so many rows of 400 teams in each table."""
    with store.database.transaction() as execute:
        execute(FILL, [AT, rows])
        execute(_AS_ASSESSMENTS, [])
        execute(_AS_TARGETS, [])
    return store


def test_a_teams_page_reads_by_index_on_duckdb(duck_store):
    database = filled(duck_store, 300_000).database

    for sql, args in READS.values():
        ((_, plan),) = database.read(f"explain analyze {sql}", args)
        assert "Index Scan" in plan
        assert "Sequential Scan" not in plan


def test_a_teams_page_reads_by_index_on_postgresql(postgres_address):
    store = filled(storage.open_store(postgres_address), 60_000)

    for table, (sql, args) in READS.items():
        store.database.read(f"analyze {table}")
        plan = "\n".join(
            line for (line,) in store.database.read(f"explain {sql}", args)
        )
        assert f"{table}_of_team" in plan
        assert "Seq Scan" not in plan
    store.close()
