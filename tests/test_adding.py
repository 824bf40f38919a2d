"""Models that are added here: read, compared, disabled, and asked again if need be."""

import re
from datetime import datetime

import pytest
from house import HOUSE, house_with, swap

from maturity import adding, collection, library, model_text
from maturity.answer import Answer, State
from maturity.document import LARGEST, parse
from maturity.library import ModelError
from maturity.model import MaturityModel
from maturity.model_changes import told
from maturity.model_row import Step
from maturity.quarter import Quarter
from maturity.service import RefusedError, Service
from maturity.storage import look_only

BUNDLED = library.load()
Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
ON_CALL = "house.on-call"
AT = datetime(2026, 11, 24, 9, 30)
NEWER = swap('edition: "2026-10-01"', 'edition: "2026-11-01"')
INSERTED = swap(
    "      - id: rehearsed\n",
    "      - id: paid\n        text: A rota names who is on call, and being on call is "
    "paid.\n        how: Agree on it.\n      - id: rehearsed\n",
    NEWER,
)


@pytest.fixture
def service(duck_store):
    return Service(duck_store, BUNDLED)


def now(service):
    """The service as the next run of a page has it."""
    rows = service.store.model_rows()
    return Service(service.store, collection.compose(BUNDLED, rows))


def propose(service, text=HOUSE, name="house.yaml"):
    return adding.propose(now(service), name, text.encode())


def add(service, text=HOUSE):
    return adding.add(now(service), propose(service, text), "ana")


def refused(service, raw, name="house.yaml"):
    before = service.store.changes_all()
    with pytest.raises(ModelError) as error:
        adding.propose(now(service), name, raw)
    assert service.store.changes_all() == before
    return str(error.value)


def rung(name):
    return Answer(State.RUNG, name, note="as agreed")


@pytest.fixture
def team(service):
    add(service)
    team = service.store.add_team("Fraud detection", by="")
    now(service).answer(team.id, Q4, ON_CALL, rung("rota"), "ana")
    return team.id


# The store, on both engines


def test_rows_about_models_come_back_and_stand_in_one_order_with_answers(store):
    first = store.add_model_row(
        "house", Step.ADDED, seen=0, edition="1", body="id: é\n", by="ana", at=AT
    )
    service = Service(store, BUNDLED)
    team = store.add_team("Search", by="")
    answer = Answer(State.RUNG, "some")
    answered = service.answer(team.id, Q4, "training.code", answer, "").row
    second = store.add_model_row("house", Step.DISABLED, seen=first.seq, by="", at=AT)

    assert store.model_rows() == [first, second]
    assert first.seq < answered.seq < second.seq == store.newest_model_row()


def test_a_row_is_refused_where_somebody_else_changed_the_model(store):
    first = store.add_model_row("house", Step.ADDED, seen=0, by="", at=AT)
    store.add_model_row("azure", Step.DISABLED, seen=0, by="", at=AT)

    assert store.add_model_row("house", Step.DISABLED, seen=0, by="", at=AT) is None
    assert store.add_model_row("house", Step.DISABLED, seen=first.seq, by="", at=AT)


def test_clearing_the_demo_keeps_the_name_of_whoever_added_a_model(store):
    ana = store.person("Ana")
    team = store.add_team("Demo", demo=True, by=ana)
    Service(store, BUNDLED).answer(
        team.id, Q4, "training.code", Answer(State.RUNG, "some"), ana
    )
    store.add_model_row("house", Step.ADDED, seen=0, by=ana, at=AT)

    store.remove_demo(by="")

    assert store.names([ana]) == {ana: "Ana"}


# Adding


def test_an_added_model_is_one_like_the_others(service):
    add(service)

    known = now(service).library
    assert list(known.models) == [*BUNDLED.models, "house"]
    assert known.definition("house").practices[ON_CALL].name == "On call"
    assert known.problems == ()


def test_a_proposal_changes_nothing_and_shows_the_model_as_it_will_be(service):
    found = propose(service)

    assert found.definition.asked[0].id == "delivery.model-release"
    assert found.before is None
    assert found.changes is None
    assert service.store.model_rows() == []


def test_whoever_may_only_look_adds_nothing(service):
    found = propose(service)
    looking = Service(look_only(service.store), BUNDLED)

    with pytest.raises(Exception, match="look"):
        adding.add(looking, found, "")
    assert service.store.model_rows() == []


def test_a_mistake_is_named_with_file_line_item_and_way_out(service):
    bad = house_with("at_least: checklist", "at_least: checklists")

    assert refused(service, bad.encode()) == (
        "house.yaml, line 41, criterion house.release.1.checklist, at_least: no rung "
        "'checklists' on delivery.model-release; it has ad-hoc, checklist, script, "
        "pipeline, policy; did you mean checklist?"
    )


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (HOUSE.encode()[:900], "is missing"),
        (b"- id: a.b\n", "is no model"),
        (b"x" * (LARGEST + 1), "larger than 10 MB"),
        (b"PK\x03\x04" + b"\0" * 40, "a zip archive; unpack it"),
        (b"\x1f\x8b\x08\0" + b"\0" * 40, "packed by gzip"),
        (b"\xff\xfe\0\1", "is not UTF-8"),
        (b"a: &a [x, x]\nb: *a\n", "repeats another part"),
        (b"a: !!python/object/apply:os.system [ls]\n", "such key"),
        (b"[" * 500, "nested"),
        (swap("id: house\n", "id: azure\n").encode(), "azure belongs to a model"),
        (swap("id: house\n", "id: AZURE\n").encode(), "AZURE belongs to a model"),
        (
            swap("name: On call", 'name: "![x](https://e.org/a.png)"').encode(),
            "begins a picture",
        ),
        (swap("name: On call", "name: <script>a</script>").encode(), "a tag"),
        (swap("name: On call", 'name: "a\\e[2Jb"').encode(), "cannot be printed"),
        (swap("name: On call", 'name: "a\\u202eb"').encode(), "reading direction"),
        (swap("name: On call", f"name: {'x' * 4001}").encode(), "at most 4,000 fit"),
    ],
)
def test_a_bad_file_gets_a_message_and_changes_nothing(service, raw, says):
    assert says in refused(service, raw)


def test_a_model_takes_no_practice_of_another_added_one(service):
    add(service)
    other = HOUSE.replace("house.on-call", "house.on.call").replace("house", "house.on")
    other = other.replace("house.on.on.call", "house.on.call")
    add(service, other)
    clash = HOUSE.replace("house.on-call", "house.on.call")
    clash = swap('edition: "2026-10-01"', 'edition: "2"', clash)

    assert "another model has a practice of this id" in refused(service, clash.encode())


def test_two_people_who_add_one_model_do_not_cover_each_other(service):
    mine = propose(service)
    add(service)

    with pytest.raises(RefusedError, match="just changed House rules"):
        adding.add(now(service), mine, "bo")


# Editions


def changed(service, text):
    return dict(told(propose(service, text).changes))


def test_a_new_edition_shows_what_it_changes(service):
    add(service)
    text = INSERTED.replace(
        "level: 1\n    category: care", "level: 2\n    category: care"
    )
    text = text.replace("gating: false", "gating: true")
    text = re.sub(r"  - id: house.release.1.checklist\n(    .*\n)+", "", text)

    assert changed(service, text) == {
        "1 practice asked again, because the answers to choose from changed": [
            "On call"
        ],
        "1 criterion dropped": ["Releases follow a written checklist."],
        "2 criteria changed": [
            "A failing service or job alerts somebody. (Level 2, was Level 1)",
            "The rota should consider rehearsing a failure. (decides now)",
        ],
    }


def test_wording_alone_is_no_new_edition(service):
    add(service)
    text = swap("Releases follow a written checklist.", "Releases have a checklist.")

    assert list(changed(service, text)) == ["Only names and wording changed"]
    add(service, text)
    assert len(adding.editions(now(service), "house")) == 2


def test_the_same_file_again_changes_nothing(service):
    add(service)

    assert changed(service, HOUSE) == {}


def test_other_rules_need_another_edition(service):
    add(service)
    same = INSERTED.replace("2026-11-01", "2026-10-01")

    assert refused(service, same.encode()).startswith(
        "house.yaml, line 7, edition: '2026-10-01' is in use here for other criteria"
    )
    add(service, INSERTED)
    assert "is in use here" in refused(service, same.encode())


def test_answers_of_unchanged_practices_count_and_a_changed_ladder_is_asked_again(
    service, team
):
    release = "delivery.model-release"
    now(service).answer(team, Q4, release, rung("pipeline"), "ana")
    add(service, INSERTED)

    sheet = now(service).sheet(team, Q4)
    assert list(sheet.given()) == [release]
    assert sheet.carried[ON_CALL].answer == rung("rota")
    assert sheet.answers[ON_CALL].answer == Answer(State.CLEARED, note="as agreed")
    next_quarter = now(service).sheet(team, Q4.shift(1))
    assert next_quarter.carried.keys() == {release, ON_CALL}


def test_an_answer_to_an_older_ladder_counts_again_once_it_is_kept(service, team):
    add(service, INSERTED)

    (kept,) = now(service).keep(team, Q4, [ON_CALL], "bo")

    assert kept.row.answer.rung == "rota"
    assert list(now(service).sheet(team, Q4).given()) == [ON_CALL]


def test_keeping_never_covers_what_a_colleague_answered_to_the_new_ladder(
    service, team, monkeypatch
):
    add(service, INSERTED)
    late = now(service)
    before = late.sheet(team, Q4)
    now(service).answer(team, Q4, ON_CALL, rung("paid"), "bo")
    monkeypatch.setattr(Service, "sheet", lambda *_: before)

    assert late.keep(team, Q4, [ON_CALL], "ana") == []


def test_an_answer_whose_rung_is_gone_is_open_and_not_offered(service, team):
    gone = swap("      - id: rota\n", "      - id: named\n", NEWER)
    add(service, gone.replace("at_least: rota", "at_least: named"))

    sheet = now(service).sheet(team, Q4)
    assert sheet.given() == {}
    assert sheet.carried == {}


def test_restoring_an_edition_makes_the_answers_to_its_ladder_count(service, team):
    first = adding.editions(now(service), "house")[-1]
    add(service, INSERTED)
    adding.restore(now(service), first.seq, "ana")

    assert now(service).library.models["house"].edition == "2026-10-01"
    assert list(now(service).sheet(team, Q4).given()) == [ON_CALL]


def test_undo_brings_the_edition_before_or_disables_a_new_model(service):
    first = add(service)
    second = add(service, INSERTED)

    adding.undo(now(service), second, "ana")
    assert now(service).library.models["house"].edition == "2026-10-01"

    adding.undo(now(service), first, "ana")
    assert "house" not in now(service).library.models
    assert "house" in now(service).library.disabled


def test_a_submitted_quarter_is_read_by_the_edition_it_was_submitted_with(
    service, team
):
    now(service).submit(team, "house", Q4, "", "ana")
    add(service, INSERTED)
    adding.disable(now(service), "house", "ana")
    known = service.store.team(team)

    (reading,) = now(service).history(known, "house")

    assert reading.definition.model.edition == "2026-10-01"
    assert reading.answers[ON_CALL].rung == "rota"
    assert now(service).reading(known, "house", Q4).submitted is not None


# Disabling


def test_a_disabled_model_leaves_the_list_and_comes_back(service):
    adding.disable(now(service), "google", "ana")
    assert "google" not in now(service).library.models
    assert "google" in now(service).library.disabled

    adding.enable(now(service), "google", "ana")
    assert now(service).library.models.keys() == BUNDLED.models.keys()


def test_the_last_model_cannot_be_disabled(service):
    *others, last = BUNDLED.models
    for model in others:
        adding.disable(now(service), model, "")

    with pytest.raises(RefusedError, match="the only model left"):
        adding.disable(now(service), last, "")
    with pytest.raises(RefusedError, match="no disabled model"):
        adding.enable(now(service), last, "")


def test_an_added_model_that_fails_today_is_named_and_the_others_work(service):
    row = service.store.add_model_row(
        "house", Step.ADDED, seen=0, edition="1", body="id: house\n", by="", at=AT
    )
    known = now(service).library

    assert known.models.keys() == BUNDLED.models.keys()
    assert "house.yaml, line 1, name: is missing" in known.problems[0]

    service.store.add_model_row("house", Step.DISABLED, seen=row.seq, by="", at=AT)
    assert now(service).library.problems == ()


# Taking a model along


def test_a_model_comes_back_from_its_text_as_it_was():
    for model in BUNDLED.models.values():
        text = model_text.text_of(model)
        assert MaturityModel.model_validate(parse("", text.encode()).data) == model


def test_a_copy_can_be_added_at_once_and_shares_the_answers_of_the_library(service):
    add(service)
    for model in now(service).library.models.values():
        text = model_text.as_start(model, BUNDLED.practices)
        copy = propose(service, text, "copy.yaml")
        asked = {criterion.practice for criterion in model.criteria}
        shared = asked & BUNDLED.practices.keys()

        assert copy.model.id == f"my-{model.id}"
        assert {c.practice for c in copy.model.criteria} & asked == shared
        assert len(copy.model.criteria) == len(model.criteria)
    assert copy.model.practices[0].id == "my-house.on-call"
