"""What the store reads of all teams at once, on both engines."""

from dataclasses import replace

from test_storage import ANSWER, AT, CLEARED, aim, new, submit

from maturity.answer import Answer, State

OVERALL = '{"overall": {"lowest": {"level": 2}}, "categories": {}}'


def test_the_newest_revision_of_each_team_and_quarter_is_read(store):
    ana, bo = (store.add_team(name, by="") for name in ("Ana's", "Bo's"))
    submit(store, ana, "2026-Q3", result='{"overall": 1}')
    submit(store, ana, "2026-Q3", result=OVERALL, edition="2026", hash="h2")
    submit(store, bo, "2026-Q4", result='{"overall": 3}')
    store.start(
        bo.id, "azure", "2026-Q3", scope="", hash="h", edition="1", by="", at=AT
    )
    other = {"hash": "h", "edition": "1", "counted": (), "result": "{}", "scope": ""}
    store.submit(bo.id, "google", "2026-Q3", by="", at=AT, **other)

    assert sorted(store.submitted_quarters("azure")) == sorted(
        [(ana.id, "2026-Q3"), (bo.id, "2026-Q4")]
    )
    (row,) = store.overall_results("azure", ["2026-Q3", "2026-Q2"])
    assert (row.team, row.quarter, row.edition, row.hash) == (
        *(ana.id, "2026-Q3"),
        *("2026", "h2"),
    )
    assert (row.at, row.text.replace(" ", "")) == (AT, '{"lowest":{"level":2}}')
    (whole,) = store.whole_results("azure", "2026-Q3")
    assert whole.text == OVERALL
    assert store.whole_results("azure", "2026-Q1") == []


def test_the_last_submission_by_any_model_is_read(store):
    ana = store.add_team("Ana's", by="")
    submit(store, ana, "2026-Q3", result="first")
    other = {"hash": "h", "edition": "1", "counted": (), "scope": ""}
    store.submit(ana.id, "google", "2026-Q3", result="last", by="", at=AT, **other)
    submit(store, ana, "2026-Q4", result="of another quarter")

    assert store.newest_results(["2026-Q3"]) == [(ana.id, "2026-Q3", "last")]
    assert store.newest_results([]) == []


def test_answers_are_read_of_the_quarters_a_team_did_not_submit(store):
    ana, bo = (store.add_team(name, by="") for name in ("Ana's", "Bo's"))
    submit(store, ana, "2026-Q4")
    last = Answer(State.RUNG, "by-hand", link="https://example.org")
    store.append(
        [
            new(ana),
            new(ana, quarter="2026-Q3"),
            new(bo),
            new(bo, answer=last),
            new(bo, practice="training.code"),
            new(bo, practice="training.code", answer=CLEARED),
            new(bo, practice="not.asked"),
            new(bo, respondent="cy"),
            new(bo, quarter="2026-Q1"),
        ]
    )

    rows = store.unsubmitted_answers(
        "azure", ["2026-Q3", "2026-Q4"], ["training.trigger", "training.code"]
    )

    said = {(row.team, row.quarter, row.practice): row.answer for row in rows}
    assert said == {
        (ana.id, "2026-Q3", "training.trigger"): replace(ANSWER, note=""),
        (bo.id, "2026-Q4", "training.trigger"): last,
    }


def test_targets_of_every_team_come_in_the_order_they_were_set(store):
    ana, bo = (store.add_team(name, by="") for name in ("Ana's", "Bo's"))
    rows = [aim(store, ana, 2), aim(store, bo, 3), aim(store, ana, None)]

    assert store.every_target("azure") == rows
    assert store.every_target("google") == []
