"""What pages and the command line ask of the service: answer, keep, submit, read."""

import shutil
import time
from dataclasses import replace
from datetime import date, datetime

import pytest

from maturity import library
from maturity.answer import Answer, State, is_web_address
from maturity.quarter import Quarter, local_day
from maturity.reading import Target, Targets, open_questions
from maturity.scoring import score
from maturity.service import NOTE_LENGTH, RefusedError, Service
from maturity.storage import ModelGoneError

Q1, Q2, Q3, Q4 = (Quarter(2026, number) for number in range(1, 5))
LIBRARY = library.load()
TRACKING, TRIGGER = "training.tracking", "training.trigger"
SCOPE = "Both models for card payments"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")


@pytest.fixture
def service(duck_store):
    return Service(duck_store, LIBRARY)


@pytest.fixture
def team(service):
    return service.store.add_team("Fraud detection", by="")


def rung(id, **more):
    return Answer(State.RUNG, rung=id, **more)


def say(service, team, quarter, answer, practice=TRACKING, by="ana"):
    return service.answer(team.id, quarter, practice, answer, by)


def submit(service, team, quarter=Q4, model="azure", by="ana"):
    return service.submit(team.id, model, quarter, SCOPE, by)


def carried(service, team, quarter):
    return {
        practice: row.answer
        for practice, row in service.sheet(team.id, quarter).carried.items()
    }


# Carried answers


def test_an_answer_is_offered_again_for_four_quarters(service, team):
    say(service, team, Q1, rung("tool"))

    assert carried(service, team, Q1) == {}
    for quarter in (Q2, Q3, Q4, Quarter(2027, 1)):
        assert carried(service, team, quarter) == {TRACKING: rung("tool")}
    assert carried(service, team, Quarter(2027, 2)) == {}


def test_the_nearest_earlier_answer_is_offered(service, team):
    say(service, team, Q3, rung("tool"))
    say(service, team, Q1, rung("notes"))
    say(service, team, Quarter(2027, 1), rung("data"))

    assert carried(service, team, Q4) == {TRACKING: rung("tool")}
    assert carried(service, team, Q2) == {TRACKING: rung("notes")}


def test_a_dont_know_is_not_offered_nor_what_was_said_before_it(service, team):
    say(service, team, Q2, rung("tool"))
    say(service, team, Q3, Answer(State.UNKNOWN))

    assert carried(service, team, Q4) == {}


def test_a_cleared_answer_is_as_if_it_had_never_been_given(service, team):
    say(service, team, Q2, rung("notes"))
    say(service, team, Q3, rung("tool"))
    say(service, team, Q3, Answer(State.CLEARED, note="To be asked again."))

    sheet = service.sheet(team.id, Q3)
    assert sheet.answers[TRACKING].answer.note == "To be asked again."
    assert sheet.given() == {}
    assert carried(service, team, Q3) == {TRACKING: rung("notes")}
    assert carried(service, team, Q4) == {TRACKING: rung("notes")}


def test_a_carried_answer_is_open_until_it_is_kept(service, team):
    say(service, team, Q3, rung("tool"))
    definition = LIBRARY.definition("azure")

    before = service.sheet(team.id, Q4)
    service.keep(team.id, Q4, [TRACKING], "ben")
    after = service.sheet(team.id, Q4)

    assert TRACKING in open_questions(definition, before.current())
    assert TRACKING not in open_questions(definition, before.if_kept())
    assert TRACKING not in open_questions(definition, after.current())
    assert after.carried == {}


def test_keeping_never_covers_what_a_colleague_answered_meanwhile(
    service, team, monkeypatch
):
    say(service, team, Q3, rung("tool"))
    before = service.sheet(team.id, Q4)
    say(service, team, Q4, rung("notes"), by="ben")
    monkeypatch.setattr(service, "sheet", lambda *_: before)

    assert service.keep(team.id, Q4, [TRACKING], "ana") == []
    (current,) = service.store.current(team.id, [str(Q4)])
    assert (current.author, current.answer.rung) == ("ben", "notes")


def test_a_kept_answer_keeps_its_note_link_and_date(service, team):
    proof = rung(
        "tool",
        note="Since May.",
        link="https://example.org/runs",
        evidence_on=date(2026, 5, 4),
    )
    gone = Answer(State.NOT_APPLICABLE, reason="Nothing is retrained.")
    say(service, team, Q3, proof)
    say(service, team, Q3, gone, TRIGGER)

    service.keep(team.id, Q4, [TRACKING, TRIGGER], "ben")

    rows = service.sheet(team.id, Q4).answers
    assert rows[TRACKING].answer == replace(proof, state=State.KEPT)
    assert rows[TRIGGER].answer == replace(gone, state=State.KEPT)
    assert rows[TRIGGER].answer.not_applicable
    assert rows[TRACKING].author == "ben"


def test_a_kept_answer_is_offered_again_in_its_turn(service, team):
    say(service, team, Q1, rung("tool"))
    service.keep(team.id, Q2, [TRACKING], "ana")

    assert TRACKING in carried(service, team, Quarter(2027, 2))


def test_only_what_is_offered_can_be_kept(service, team):
    say(service, team, Q3, rung("tool"))
    say(service, team, Q4, rung("data"))

    assert service.keep(team.id, Q4, [TRACKING, TRIGGER, "no.such"], "ana") == []
    assert service.sheet(team.id, Q4).current() == {TRACKING: rung("data")}


def test_an_answer_counts_for_every_model_that_asks_it(service, team):
    say(service, team, Q4, rung("live"), TRIGGER)

    for model in ("azure", "google", "gigaom"):
        assert service.draft(team, model, Q4).answers == {TRIGGER: rung("live")}
    say(service, team, Q4, rung("written"), "strategy.use-cases")
    assert set(service.draft(team, "azure", Q4).answers) == {TRIGGER}


# Two people, and earlier answers


def test_who_answers_hears_what_was_current_until_then(service, team):
    first = say(service, team, Q4, rung("notes"), by="ana")
    second = say(service, team, Q4, rung("tool"), by="ben")

    assert first.before is None
    assert second.before == first.row
    assert service.sheet(team.id, Q4).answers == {TRACKING: second.row}
    assert [r.author for r in service.store.history(team.id, TRACKING)] == [
        "ana",
        "ben",
    ]


def test_an_earlier_answer_can_be_made_current_again(service, team):
    first = say(service, team, Q4, rung("notes", note="By hand."), by="ana")
    say(service, team, Q4, rung("tool"), by="ben")

    restored = service.restore(team.id, Q4, first.row.seq, "ben")

    assert restored.row.answer == first.row.answer
    assert restored.row.author == "ben"
    assert service.sheet(team.id, Q4).answers == {TRACKING: restored.row}


def test_another_teams_answer_cannot_be_restored(service, team):
    other = service.store.add_team("Search", by="")
    row = say(service, other, Q4, rung("tool")).row

    for seq in (row.seq, 10**9):
        with pytest.raises(RefusedError, match="not one of this team's"):
            service.restore(team.id, Q4, seq, "ana")


# What is refused


@pytest.mark.parametrize(
    ("practice", "answer", "reason"),
    [
        ("training.magic", rung("tool"), "There is no practice training.magic."),
        (TRACKING, rung("magic"), "Experiment tracking has no answer 'magic'."),
        (TRACKING, rung("tool", link="javascript:alert(1)"), "begins with https://"),
        (TRACKING, rung("tool", link="wiki page 4"), "begins with https://"),
        (TRACKING, rung("tool", note="x" * (NOTE_LENGTH + 1)), "at most 2,000"),
        (TRACKING, rung("tool", link="https://e.org/" + "x" * 2000), "at most 2,000"),
        (TRACKING, Answer(State.NOT_APPLICABLE, reason="x" * 2001), "at most 2,000"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(service, team, practice, answer, reason):
    with pytest.raises(RefusedError, match=reason):
        say(service, team, Q4, answer, practice)

    assert service.sheet(team.id, Q4).answers == {}


def test_a_note_may_be_as_long_as_it_says(service, team):
    say(service, team, Q4, rung("tool", note="x" * NOTE_LENGTH))

    assert len(service.sheet(team.id, Q4).current()[TRACKING].note) == NOTE_LENGTH


def test_nobody_can_answer_for_a_team_that_is_not_there(service, team):
    gone = replace(team, id="gone")

    with pytest.raises(RefusedError, match="no longer exists"):
        say(service, gone, Q4, rung("tool"))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("https://example.org/run/4?tab=logs#end", True),
        ("HTTP://example.org", True),
        ("https://", False),
        ("example.org/run", False),
        ("javascript:alert(1)", False),
        ("javascript://example.org/%0aalert(1)", False),
        ("data:text/html,hello", False),
        ("file:///etc/passwd", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_a_link_is_an_address_on_the_web(text, safe):
    assert is_web_address(text) == safe


@pytest.mark.parametrize("act", ["start", "submit"])
def test_a_scope_has_a_longest_length(service, team, act):
    say(service, team, Q4, rung("tool"))

    with pytest.raises(RefusedError, match="at most 2,000"):
        getattr(service, act)(team.id, "azure", Q4, "x" * 2001, "ana")

    assert service.assessment(team.id, "azure", Q4) is None


def test_nothing_answered_cannot_be_submitted(service, team):
    say(service, team, Q3, rung("tool"))
    say(service, team, Q4, Answer(State.CLEARED))
    say(service, team, Q4, rung("written"), "strategy.use-cases")

    with pytest.raises(RefusedError, match="Nothing is answered yet"):
        submit(service, team)

    assert service.assessment(team.id, "azure", Q4) is None


# Submitting


def test_submitting_freezes_the_answers_and_the_result(service, team):
    say(service, team, Q4, rung("tool"))
    say(service, team, Q4, Answer(State.UNKNOWN), TRIGGER)

    row = submit(service, team)
    say(service, team, Q4, rung("memory"))
    say(service, team, Q4, rung("live"), TRIGGER)

    read = service.reading(team, "azure", Q4)
    frozen = {TRACKING: rung("tool"), TRIGGER: Answer(State.UNKNOWN)}
    assert read.submitted == row
    assert read.answers == frozen
    assert read.result == score(LIBRARY.definition("azure"), frozen, Q4)
    assert not read.draft
    assert row.scope == SCOPE
    assert row.at.date() == date(2026, 11, 24)


def test_carried_answers_that_were_not_kept_do_not_count(service, team):
    say(service, team, Q3, rung("tool"))
    say(service, team, Q4, rung("live"), TRIGGER)

    submit(service, team)

    assert set(service.reading(team, "azure", Q4).answers) == {TRIGGER}


def test_the_answers_that_changed_since_the_submission_are_counted(service, team):
    say(service, team, Q4, rung("tool"))
    say(service, team, Q4, rung("live"), TRIGGER)
    submit(service, team)

    def changed():
        return service.reading(team, "azure", Q4).changed

    assert changed() == 0
    say(service, team, Q4, rung("written"), "strategy.use-cases")
    assert changed() == 0  # another model's question
    say(service, team, Q4, rung("data"))
    say(service, team, Q4, rung("all"), "training.code")
    assert changed() == 2  # one other, one new
    say(service, team, Q4, Answer(State.CLEARED), TRIGGER)
    assert changed() == 3
    say(service, team, Q4, rung("tool"))
    assert changed() == 2  # said as before again
    say(service, team, Q4, Answer(State.CLEARED), "training.code")
    assert changed() == 1  # what was new is gone


def test_submitting_again_is_a_new_revision_and_the_old_row_stays(service, team):
    say(service, team, Q4, rung("notes"))
    first = submit(service, team)
    say(service, team, Q4, rung("tool"))
    second = submit(service, team)

    assert (first.revision, second.revision) == (1, 2)
    assert service.store.assessments(team.id, "azure") == [first, second]
    read = service.reading(team, "azure", Q4)
    assert (read.submitted, read.changed) == (second, 0)
    assert [r.submitted for r in service.history(team, "azure")] == [second]


def test_a_model_is_submitted_alone(service, team):
    say(service, team, Q4, rung("live"), TRIGGER)
    frozen = submit(service, team, model="google")
    say(service, team, Q4, rung("signal"), TRIGGER)
    submit(service, team, model="azure")

    assert service.reading(team, "google", Q4).submitted == frozen
    assert service.reading(team, "google", Q4).answers == {TRIGGER: rung("live")}
    assert service.reading(team, "azure", Q4).answers == {TRIGGER: rung("signal")}
    assert service.reading(team, "gigaom", Q4).draft


def test_starting_twice_is_one_start_and_another_scope_a_second(service, team):
    first = service.start(team.id, "azure", Q4, f" {SCOPE} ", "ana")
    again = service.start(team.id, "azure", Q4, SCOPE, "ben")
    wider = service.start(team.id, "azure", Q4, "All models", "ben")

    assert first == again
    assert (first.scope, first.state, first.revision) == (SCOPE, "started", 1)
    assert (wider.scope, wider.revision) == ("All models", 1)
    assert service.assessment(team.id, "azure", Q4) == wider


# Readings


def test_a_quarter_without_answers_or_a_start_has_no_reading(service, team):
    say(service, team, Q3, rung("tool"))

    assert service.reading(team, "azure", Q4) is None
    service.start(team.id, "azure", Q4, SCOPE, "ana")
    assert service.reading(team, "azure", Q4).draft


def test_a_draft_says_what_it_is_and_what_it_would_be_if_all_were_kept(service, team):
    definition = LIBRARY.definition("azure")
    best = {p.id: rung(p.rungs[-1].id) for p in definition.asked}
    for practice, answer in best.items():
        say(service, team, Q3, answer, practice)
    say(service, team, Q3, rung("written"), "strategy.use-cases")
    say(service, team, Q4, best[TRACKING])

    draft = service.draft(team, "azure", Q4)

    assert draft.carried == len(definition.asked) - 1
    assert draft.answers == {TRACKING: best[TRACKING]}
    assert (draft.overall.lowest.level, draft.overall.highest.level) == (0, 4)
    assert draft.if_kept.overall.lowest.level == 4
    assert draft.submitted is None


def test_a_draft_with_nothing_carried_is_the_same_if_kept(service, team):
    say(service, team, Q4, rung("tool"))

    draft = service.draft(team, "azure", Q4)

    assert draft.if_kept is draft.result


def test_history_has_the_newest_submission_of_each_quarter_in_order(service, team):
    for quarter in (Q3, Q1, Q3):
        say(service, team, quarter, rung("tool"))
        submit(service, team, quarter)
    say(service, team, Q4, rung("tool"))

    assert [r.quarter for r in service.history(team, "azure")] == [Q1, Q3]


def test_the_latest_quarter_is_of_the_latest_submission_else_of_a_start(service, team):
    assert service.latest(team.id, "azure") is None
    service.start(team.id, "azure", Q2, SCOPE, "ana")
    assert service.latest(team.id, "azure") == Q2
    for quarter in (Q3, Q1):
        say(service, team, quarter, rung("tool"))
        submit(service, team, quarter)
    service.start(team.id, "azure", Q4, SCOPE, "ana")
    assert service.latest(team.id, "azure") == Q3


# A library that changed since


@pytest.fixture
def change(tmp_path):
    """Changes a text of the shipped library, in a copy, and reads it again."""
    folder = tmp_path / "data"
    shutil.copytree(library.data_folder(), folder)

    def changed(file, old, new):
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        found = library.load(folder)
        assert not found.problems
        return found

    return changed


def test_an_old_submission_reads_as_it_did_after_the_wording_changed(
    service, team, change
):
    say(service, team, Q3, rung("tool"))
    submit(service, team, Q3)
    before = service.reading(team, "azure", Q3)

    old = "name: Experiment tracking"
    after = change("practices/training.yaml", old, "name: Record of experiments")
    later = Service(service.store, after)

    assert later.reading(team, "azure", Q3) == before
    assert later.draft(team, "azure", Q3).result.overall == before.overall
    name = later.draft(team, "azure", Q3).definition.practices[TRACKING].name
    assert name == "Record of experiments"


def test_a_rung_that_was_dropped_is_open_now_and_stands_in_old_submissions(
    service, team, change
):
    say(service, team, Q3, rung("command"), TRIGGER)
    submit(service, team, Q3)
    before = service.reading(team, "azure", Q3)

    after = change("practices/training.yaml", "id: command", "id: one-command")
    later = Service(service.store, after)

    assert later.reading(team, "azure", Q3) == before
    assert before.answer_text(before.definition.practices[TRIGGER]).startswith("One")
    later.keep(team.id, Q4, [TRIGGER], "ana")
    draft = later.draft(team, "azure", Q4)
    assert TRIGGER in open_questions(draft.definition, draft.answers)


def test_a_model_that_is_gone_still_has_its_submissions(service, team):
    say(service, team, Q3, rung("tool"))
    submit(service, team, Q3)
    say(service, team, Q4, rung("tool"))
    before = service.reading(team, "azure", Q3)

    others = {id: m for id, m in LIBRARY.models.items() if id != "azure"}
    later = Service(service.store, replace(LIBRARY, models=others))

    assert later.history(team, "azure") == [before]
    assert later.reading(team, "azure", Q4) is None


def test_a_submission_whose_model_is_lost_says_so(service, team):
    say(service, team, Q3, rung("tool"))
    submit(service, team, Q3)
    with service.store.database.transaction() as execute:
        execute("delete from definitions", [])

    with pytest.raises(ModelGoneError, match="2026-Q3 is missing from the database"):
        service.reading(team, "azure", Q3)


# Targets


def aim(service, team, on, level, category="", by=None):
    """Set a target as if it were another day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATURITY_TODAY", on)
        service.set_target(team.id, "azure", category, level, by, "ana")


def test_a_target_set_late_on_the_last_local_day_counts_for_that_quarter(monkeypatch):
    monkeypatch.delenv("MATURITY_TODAY")
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    try:
        assert local_day(datetime(2027, 1, 1, 5)) == date(2026, 12, 31)
        assert local_day(datetime(2027, 1, 1, 9)) == date(2027, 1, 1)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_quarter_has_the_targets_that_were_in_force_on_its_last_day(service, team):
    aim(service, team, "2026-03-31", 2, by=Q4)
    aim(service, team, "2026-07-01", 3)
    aim(service, team, "2026-08-01", 4, "people", Quarter(2027, 2))
    aim(service, team, "2026-11-01", None)

    def targets(quarter):
        return service.targets(team.id, "azure", quarter)

    people = {"people": Target(4, Quarter(2027, 2))}
    assert targets(Quarter(2025, 4)) == Targets()
    assert targets(Q1) == targets(Q2) == Targets(Target(2, Q4))
    assert targets(Q3) == Targets(Target(3, None), people)
    assert targets(Q4) == Targets(None, people)
    assert service.targets(team.id, "google", Q4) == Targets()


def test_a_reading_has_the_targets_of_its_quarter(service, team):
    aim(service, team, "2026-05-01", 2)
    for quarter in (Q2, Q3):
        say(service, team, quarter, rung("tool"))
    submit(service, team, Q2)
    aim(service, team, "2026-08-01", 3)

    assert service.reading(team, "azure", Q2).targets.of("people").level == 2
    assert service.reading(team, "azure", Q3).targets.of("people").level == 3


@pytest.mark.parametrize(
    ("category", "level", "reason"),
    [
        ("", 0, "Azure has no level 0 to aim for"),
        ("people", 5, "Azure has no level 5 to aim for"),
        ("magic", 2, "Azure has no category 'magic'"),
    ],
)
def test_a_target_that_cannot_be_reached_is_refused(
    service, team, category, level, reason
):
    with pytest.raises(RefusedError, match=reason):
        service.set_target(team.id, "azure", category, level, None, "ana")

    assert service.store.targets(team.id) == []


# Practices


def test_a_practice_is_found_in_the_library_and_nothing_else(service):
    assert service.practice(TRACKING) == LIBRARY.practices[TRACKING]
    assert service.practice("no.such") is None
