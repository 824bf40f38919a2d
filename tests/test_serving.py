"""What is only for real-time or for batch use: not asked of others, lost for none."""

import io
from dataclasses import replace

import pytest
from house import HOUSE, swap
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from small import QUARTER, criterion, definition, not_applicable, practice, rung
from test_scoring_properties import assessments
from test_standings import same

from maturity import (
    cli,
    collection,
    library,
    planning,
    portfolios,
    respondents,
    words,
)
from maturity.answer import Answer, State
from maturity.bridge import Kind, bridge
from maturity.exchange import outgoing, results, workbook
from maturity.model import SERVES
from maturity.model_row import Step
from maturity.plan import NewStep, Status
from maturity.practice import Practice
from maturity.quarter import Quarter, now
from maturity.reading import Way, moves, open_questions
from maturity.roadmap import if_taken, usual_aim, ways
from maturity.scoring import Verdict, score
from maturity.service import RefusedError, Service
from maturity.standings import Asked, Figures, Scored

BUNDLED = library.load()
LAST, NOW = Quarter(2026, 3), Quarter(2026, 4)
ON_CALL, RELEASE = "house.on-call", "delivery.model-release"
LIVE = swap("    name: On call\n", "    name: On call\n    applies_to: real-time\n")
"""The example of the guide, with its own practice for real-time use alone."""
REASON = "This team serves in batch."


# The rule


@pytest.mark.parametrize(
    ("applies_to", "asked"),
    [
        (None, {"", "both", "real-time", "batch"}),
        ("real-time", {"", "both", "real-time"}),
        ("batch", {"", "both", "batch"}),
    ],
)
def test_who_serves_another_way_is_not_asked(applies_to, asked):
    one = practice("p").model_copy(update={"applies_to": applies_to})

    every = ("", "both", "real-time", "batch")
    assert {serving for serving in every if one.asked_of(serving)} == asked


@st.composite
def mixed(draw):
    """An assessment in which each practice is for one way of serving, or for all."""
    asked, answers = draw(assessments())
    ways_of = st.sampled_from([None, None, "real-time", "batch"])
    practices: dict[str, Practice] = {
        key: one.model_copy(update={"applies_to": draw(ways_of)})
        for key, one in asked.practices.items()
    }
    return replace(asked, practices=practices), answers


def without_counts(result):
    """What is said but for how many are asked, which is what differs."""
    plain = {"asked": 0, "answered": 0, "left_out": 0}
    return (
        replace(result.overall, **plain),
        {id: replace(one, **plain) for id, one in result.categories.items()},
        result.judged,
    )


@settings(deadline=None, max_examples=200)
@given(mixed(), st.sampled_from(["", "both", "real-time", "batch"]))
def test_it_scores_as_if_it_were_answered_as_not_applicable(assessment, serving):
    asked, answers = assessment
    left = [p.id for p in asked.every if not p.asked_of(serving)]
    said = {**answers, **{id: not_applicable() for id in left}}

    mine = score(asked.of(serving), answers, QUARTER)
    theirs = score(asked, said, QUARTER)

    assert without_counts(mine) == without_counts(theirs)
    for one, other in zip(
        (mine.overall, *mine.categories.values()),
        (theirs.overall, *theirs.categories.values()),
        strict=True,
    ):
        # Neither asked nor answered: coverage is of what is asked.
        assert (one.asked, one.answered) == (
            other.asked - one.left_out,
            other.answered - one.left_out,
        )
        assert one.asked == one.answered + one.open


def test_coverage_counts_what_is_asked_and_the_level_says_how_many_are_not():
    one = practice("latency").model_copy(update={"applies_to": "real-time"})
    asked = definition(
        [criterion("a", 1, "latency", "scripted"), criterion("a", 1, "b", "scripted")],
        practices={"latency": one},
    ).of("batch")

    overall = score(asked, {"b": rung("scripted")}, QUARTER).overall

    assert overall.not_applicable == 1
    assert words.coverage(overall) == (
        "The one practice that decides the level is answered"
    )
    assert words.not_asked(asked, asked.every) == f"Not asked: Latency. {REASON}"
    assert words.not_asked(asked.of("both"), asked.every) == ""


def test_every_way_of_serving_alone_has_its_reason():
    assert set(SERVES) == {"real-time", "batch"}


@settings(deadline=None, max_examples=100)
@given(mixed(), st.data())
def test_many_teams_are_scored_as_each_of_them_is(assessment, data):
    asked, answers = assessment
    ways_of = st.lists(st.sampled_from(["", "both", "real-time", "batch"]), min_size=1)
    servings = data.draw(ways_of)

    together = Scored(asked, [Asked(answers, QUARTER, one) for one in servings])

    for place, serving in enumerate(servings):
        alone = score(asked.of(serving), answers, QUARTER)
        same(together.outcome(place), alone)


# A team's quarters


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")


@pytest.fixture
def service(duck_store):
    duck_store.add_model_row(
        "house", Step.ADDED, seen=0, edition="1", body=LIVE, by="", at=now()
    )
    library = collection.compose(BUNDLED, duck_store.model_rows())
    return Service(duck_store, library)


@pytest.fixture
def team(service):
    """A team that serves in batch and has answered everything that is asked."""
    team = service.store.add_team("Forecast", serving="batch", by="")
    for quarter in (LAST, NOW):
        say(service, team, quarter, RELEASE, "pipeline")
        say(service, team, quarter, "monitoring.health", "alerts")
    return team


def say(service, team, quarter, practice, rung):
    service.answer(team.id, quarter, practice, Answer(State.RUNG, rung), "ana")


def serve(service, team, serving):
    return service.store.describe_team(team.id, team.domain, team.size, serving, "")


def verdicts(reading):
    return {
        judged.verdict
        for judged in reading.result.judged
        if judged.criterion.practice == ON_CALL
    }


def test_a_draft_is_not_asked_and_says_why(service, team):
    draft = service.draft(team, "house", NOW)

    assert [p.id for p in draft.definition.asked] == [RELEASE, "monitoring.health"]
    assert open_questions(draft.definition, draft.answers) == []
    assert draft.overall.lowest.level == 2
    assert verdicts(draft) == {Verdict.NOT_APPLICABLE}
    on_call = draft.definition.practices[ON_CALL]
    assert draft.answer_text(on_call) == f"Not applicable: {REASON}"


def test_a_team_that_answered_nothing_has_nothing_to_read_or_submit(service):
    team = service.store.add_team("Search", serving="batch", by="")

    assert service.reading(team, "house", NOW) is None
    with pytest.raises(RefusedError, match="Nothing is answered yet"):
        service.submit(team.id, "house", NOW, "", "ana")


@pytest.mark.parametrize("serving", ["real-time", "both", ""])
def test_every_other_team_is_asked(service, team, serving):
    draft = service.draft(serve(service, team, serving), "house", NOW)

    assert open_questions(draft.definition, draft.answers) == [ON_CALL]
    assert draft.overall.left_out == draft.overall.not_applicable == 0


def test_what_was_submitted_stays_when_the_team_serves_another_way(service, team):
    service.submit(team.id, "house", LAST, "", "ana")
    before = service.reading(team, "house", LAST)

    live = serve(service, team, "real-time")

    after = service.reading(live, "house", LAST)
    assert (after.result, after.answers) == (before.result, before.answers)
    assert after.definition.serving == "batch"
    assert after.changed == 0
    assert service.draft(live, "house", NOW).overall.open == 1
    assert service.served(live, LAST) == "batch"
    assert service.served(live, NOW) == "real-time"


def test_a_quarter_submitted_before_this_was_stored_asks_everything(service, team):
    row = service.submit(team.id, "house", LAST, "", "ana")
    with service.store.database.transaction() as execute:
        old = row.result.replace('"serving":"batch"', '"serving":""')
        execute("update assessments set result = $1", [old])

    assert service.reading(team, "house", LAST).definition.serving == ""
    assert service.served(team, LAST) == ""


def test_no_answer_is_lost_while_it_does_not_apply(service, team):
    live = serve(service, team, "real-time")
    say(service, live, NOW, ON_CALL, "rota")

    batch = service.draft(serve(service, team, "batch"), "house", NOW)
    again = service.draft(serve(service, team, "real-time"), "house", NOW)

    assert verdicts(batch) == {Verdict.NOT_APPLICABLE}
    assert again.answers[ON_CALL].rung == "rota"


def test_an_answer_that_does_not_apply_is_not_among_those_that_count(service, team):
    say(service, team, NOW, ON_CALL, "nobody")

    row = service.submit(team.id, "house", NOW, "", "ana")

    counted = {r.practice for r in service.store.rows(row.counted)}
    assert counted == {RELEASE, "monitoring.health"}
    assert service.reading(team, "house", NOW).overall.lowest.level == 2


def test_serving_another_way_is_a_movement_of_its_own(service, team):
    live = serve(service, team, "real-time")
    say(service, live, LAST, ON_CALL, "nobody")
    service.submit(team.id, "house", LAST, "", "ana")
    batch = serve(service, team, "batch")
    service.submit(team.id, "house", NOW, "", "ana")

    before, after = service.history(batch, "house")
    (moved,) = moves(before, after)
    (part,) = bridge(before, after).parts

    assert (moved.practice.id, moved.way) == (ON_CALL, Way.NOT_APPLICABLE)
    assert moved.after == f"Not applicable: {REASON}"
    assert part.kind is Kind.NOT_APPLICABLE
    assert part.practices == ("On call",)
    assert part.tenths == after.overall.lowest.tenths - before.overall.lowest.tenths
    assert part.tenths > 0


def test_no_way_up_leads_over_it(service, team):
    say(service, team, NOW, RELEASE, "checklist")
    draft = service.draft(team, "house", NOW)

    found = ways(draft, usual_aim(draft), [])
    risen = if_taken(draft, {RELEASE: "pipeline", ON_CALL: "rehearsed"})

    assert [way.gap.practice.id for way in found] == [RELEASE]
    assert risen.overall.lowest.level == 2
    assert verdicts(risen) == {Verdict.NOT_APPLICABLE}


def test_a_step_that_is_done_and_does_not_apply_is_no_answer_to_take(service, team):
    step = NewStep(ON_CALL, "rota", "", "", Status.DONE)
    planning.save(service, team.id, [step], "ana")

    assert planning.done(service, team.id, NOW) == []
    serve(service, team, "both")
    assert [row.practice for row in planning.done(service, team.id, NOW)] == [ON_CALL]


def test_respondents_are_not_asked_either(service, team):
    respondents.invite(service, team.id, "house", NOW, ["Bo"], "lead")
    panel = respondents.panel(service, team.id, "house", NOW)

    assert [part.asked for part in panel.parts] == [2]
    assert ON_CALL not in {spread.practice.id for spread in panel.spreads}


def test_a_questionnaire_leaves_it_out_and_bringing_it_back_touches_nothing(
    service, team
):
    say(service, team, NOW, ON_CALL, "rota")
    data = workbook.write(outgoing.sheet(service, team, "house", NOW))

    page = load_workbook(io.BytesIO(data))[workbook.ANSWERS]
    asked = [row[-1] for row in page.iter_rows(min_row=4, values_only=True)]

    assert asked == [RELEASE, "monitoring.health"]
    assert service.sheet(team.id, NOW).answers[ON_CALL].answer.rung == "rota"


def test_results_say_how_many_are_not_applicable_and_not_asked(service, team):
    table = results.results_csv([service.draft(team, "house", NOW)]).decode()

    whole = dict(
        zip(*(line.split(",") for line in table.split("\r\n")[:2]), strict=True)
    )
    assert (whole["asked"], whole["answered"]) == ("2", "2")
    assert (whole["open"], whole["not_applicable"]) == ("0", "1")


def test_the_portfolio_reads_a_quarter_as_the_pages_of_each_team_do(service, team):
    other = service.store.add_team("Search", serving="real-time", by="")
    silent = service.store.add_team("Silent", serving="batch", by="")
    for quarter in (LAST, NOW):
        say(service, other, quarter, RELEASE, "pipeline")
        say(service, silent, quarter, ON_CALL, "rota")
    azure = service.submit(team.id, "azure", LAST, "", "ana")
    assert azure.result
    team = serve(service, team, "real-time")

    for quarter in (LAST, NOW):
        rows = portfolios.read(service, "house", quarter).rows
        figures = {row.team.id: row.now and row.now.figures for row in rows}
        for one in (team, other):
            overall = service.reading(one, "house", quarter).overall
            for name in Figures.__dataclass_fields__:
                assert getattr(figures[one.id], name) == getattr(overall, name)
        assert figures[silent.id] is None
    assert service.reading(team, "house", LAST).overall.left_out == 1
    assert service.reading(team, "house", NOW).overall.left_out == 0


# The command line


def test_the_command_scores_for_a_way_of_serving(tmp_path, monkeypatch, capsys):
    address = str(tmp_path / "maturity.duckdb")
    monkeypatch.setenv("MATURITY_DATABASE", address)
    (tmp_path / "house.yaml").write_text(LIVE, "utf-8")
    answers = tmp_path / "answers.yaml"
    answers.write_text(f"{RELEASE}: pipeline\nmonitoring.health: alerts\n", "utf-8")
    cli.main(["models", "add", str(tmp_path / "house.yaml"), "--yes"])
    capsys.readouterr()

    said = {}
    for serving in ("batch", "real-time", "both"):
        cli.main(["score", "house", str(answers), "--serving", serving])
        said[serving] = capsys.readouterr().out
    cli.main(["score", "house", str(answers)])
    plain = capsys.readouterr().out

    assert '"level": 2' in said["batch"]
    assert '"coverage": 1.0' in said["batch"]
    assert said["real-time"] == said["both"] == plain
    assert '"level": 1' in plain
    with pytest.raises(SystemExit):
        cli.main(["score", "house", str(answers), "--serving", "streaming"])
    assert "invalid choice" in capsys.readouterr().err


def test_the_example_is_the_guides_but_for_whom_it_asks():
    assert LIVE.replace("    applies_to: real-time\n", "") == HOUSE
