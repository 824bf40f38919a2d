"""Models whose tests give points: the rule against an oracle, and the file's rules."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
import small
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity import library, point_rules, reasons, rules, words
from maturity.answer import Answer, State
from maturity.document import parse
from maturity.engine import Engine
from maturity.gaps import gaps
from maturity.model import Band, Definition, MaturityModel, PointsCriterion
from maturity.reading import freeze, thaw
from maturity.scoring import rank_of, score
from tests.server import ROOT

QUARTER = small.QUARTER
EDGES = (0, 1, 2, 3, 5)
checked = settings(deadline=None, max_examples=60)


def definition(
    sections: Mapping[str, Mapping[str, Mapping[str, float]]],
    edges: tuple[float, ...] = EDGES,
) -> Definition:
    """A model of sections, each with its practices and their points by rung."""
    base = small.definition(
        [
            small.criterion(section, 1, practice, "scripted")
            for section, tests in sections.items()
            for practice in tests
        ]
    )
    criteria = [
        PointsCriterion(
            id=f"small.{practice}",
            category=section,
            text="Do it.",
            cites="Section 1",
            practice=practice,
            points=dict(points),
        )
        for section, tests in sections.items()
        for practice, points in tests.items()
    ]
    bands = [Band(name="None", summary="Nothing.")]
    bands += [Band(name=f"Over {e:g}", summary="More.", above=e) for e in edges]
    model = base.model.model_copy(
        update={
            "rule": "minimum-of-sums",
            "levels": [],
            "bands": bands,
            "criteria": criteria,
        }
    )
    return Definition(model, base.practices)


def seven(section: str) -> dict[str, dict[str, float]]:
    points = {"scripted": 0.5, "automatic": 1.0}
    return {f"{section}{number}": points for number in range(1, 8)}


ONE = definition({"data": seven("d")})
TWO = definition({"data": seven("d"), "model": seven("m")})


def halves(section: str, number: int) -> dict[str, Answer]:
    """Answers that come to this many half points."""
    full, half = divmod(number, 2)
    rungs = ["automatic"] * full + ["scripted"] * half
    rungs += ["by-hand"] * (7 - len(rungs))
    return {f"{section}{n}": small.rung(rung) for n, rung in enumerate(rungs, start=1)}


@pytest.mark.parametrize(
    ("number", "tenths", "band"),
    [
        (0, 0, 0),
        (1, 5, 1),
        (2, 10, 1),
        (3, 15, 2),
        (4, 20, 2),
        (5, 25, 3),
        (6, 30, 3),
        (7, 35, 4),
        (10, 50, 4),
        (11, 55, 5),
        (14, 70, 5),
    ],
)
def test_a_score_at_an_edge_belongs_to_the_band_below(number, tenths, band):
    mark = score(ONE, halves("d", number), QUARTER).overall.lowest

    assert mark is not None
    assert (mark.tenths, mark.level) == (tenths, band)


def test_the_lowest_section_decides():
    result = score(TWO, halves("d", 14) | halves("m", 5), QUARTER)

    assert words.tenths(result.overall) == "2.5"
    assert words.level(result.overall) == "Over 2"
    assert words.level(result.categories["data"]) == "Over 5"
    assert [j.criterion.category for j in result.stops()] == ["model"] * 5
    assert result.stops("data") == []
    said = reasons.sums(TWO.model, result)
    assert said == (
        "data 7.0 and model 2.5: model is lowest, so the score is 2.5, "
        "in the band Over 2 (above 2)."
    )


def test_what_is_missing_for_the_next_band_is_counted_over_all_sections():
    result = score(TWO, halves("d", 3) | halves("m", 2), QUARTER)

    assert [step.short for step in result.overall.steps] == [0, 5, 25, 45, 85]
    assert words.next_step(TWO.model, result.overall) == "0.5 points more for Over 1."
    assert reasons.step_badge(TWO.model, result.overall.steps[0]) == "reached"
    assert reasons.step_badge(TWO.model, result.overall.steps[2]) == "2.5 points more"


def test_not_applicable_gives_no_points_and_is_counted_apart():
    answers = halves("d", 14) | {"d1": small.not_applicable()}

    result = score(ONE, answers, QUARTER)

    assert words.tenths(result.overall) == "6.0"
    assert result.overall.not_applicable == 1
    assert "1 test is not applicable and so without points." in reasons.sums(
        ONE.model, result
    )


def test_with_everything_not_applicable_the_score_is_zero():
    answers = {p.id: small.not_applicable() for p in ONE.asked}

    result = score(ONE, answers, QUARTER)

    assert words.level(result.overall) == "None"
    assert words.tenths(result.overall) == "0.0"


def test_open_tests_make_a_range():
    answers = halves("d", 14)
    del answers["d1"], answers["d2"], answers["d3"]

    overall = score(ONE, answers, QUARTER).overall

    assert words.level(overall) == "Over 3 to Over 5"
    assert words.tenths(overall) == "4.0 to 7.0"


def test_a_gap_is_a_test_below_its_last_rung_in_a_section_below_the_edge():
    result = score(TWO, halves("d", 7) | halves("m", 3), QUARTER)

    assert {g.category for g in gaps(TWO, result, 3)} == {"model"}
    assert {g.category for g in gaps(TWO, result, 5)} == {"data", "model"}
    assert gaps(TWO, result, 2) == []
    assert all(gap.next.id == "automatic" for gap in gaps(TWO, result, 5))


def test_a_frozen_result_comes_back_as_it_was():
    result = score(TWO, halves("d", 7) | halves("m", 3), QUARTER)

    assert thaw(freeze(result), TWO) == result


def worked() -> list[list[str]]:
    """The table of sums in docs/scoring.md, row by row."""
    text = (ROOT / "docs" / "scoring.md").read_text("utf-8")
    table = text.split("| Data | Model | Infrastructure |")[1].split("\n\n")[0]
    rows = [line for line in table.splitlines()[2:] if line]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("row", worked(), ids=" ".join)
def test_the_sums_worked_by_hand_come_out_as_written(row):
    model = library.load().definition("ml-test-score")
    answers = {}
    for letters, total in zip(("D", "M", "I", "Mo"), row, strict=False):
        full, half = divmod(round(2 * float(total)), 2)
        rungs = ["automated"] * full + ["manual"] * half
        for number in range(1, 8):
            rung = rungs[number - 1] if number <= len(rungs) else "none"
            answers[f"mlts.{letters}{number}"] = small.rung(rung)

    overall = score(model, answers, QUARTER).overall

    assert words.tenths(overall) == row[4]
    assert words.level(overall) == row[5]
    assert overall.next is not None
    assert words.points(overall.next.short).split()[0] == row[6]


# Against an oracle


@st.composite
def definitions(draw):
    sections: dict[str, dict[str, dict[str, float]]] = {}
    for section in range(draw(st.integers(1, 3))):
        tests = {}
        for number in range(draw(st.integers(1, 4))):
            some = st.integers(0, 4).map(lambda n: n / 2)
            low, high = sorted((draw(some), draw(some)))
            tests[f"p{section}{number}"] = draw(
                st.sampled_from(
                    [
                        {"by-hand": 0.0, "scripted": low, "automatic": max(high, 0.5)},
                        {"automatic": max(high, 0.5)},
                        {"scripted": max(low, 0.5)},
                    ]
                )
            )
        sections[f"s{section}"] = tests
    edges = draw(st.sets(st.integers(0, 6).map(lambda n: n / 2), min_size=1))
    return definition(sections, tuple(sorted(edges)))


@st.composite
def assessments(draw):
    model = draw(definitions())
    answers = {}
    for practice in model.asked:
        said = draw(st.sampled_from([None, "out", *practice.ladder, *practice.ladder]))
        if said == "out":
            answers[practice.id] = small.not_applicable()
        elif said is not None:
            answers[practice.id] = small.rung(said)
    return model, answers


def oracle(model: Definition, answers, *, best: bool):
    """Category sums and their minimum, as plainly as can be: (points, band) each."""

    def points(test: PointsCriterion) -> float:
        ladder = list(model.practices[test.practice].ladder)
        answer = answers.get(test.practice)
        if answer is None:
            rung = ladder[-1] if best else ladder[0]
        elif answer.state is State.NOT_APPLICABLE:
            return 0
        else:
            rung = answer.rung
        worth = 0.0
        for one in ladder[: ladder.index(rung) + 1]:
            worth = test.points.get(one, worth)
        return worth

    def band(total: float) -> int:
        return sum(b.above is not None and total > b.above for b in model.model.bands)

    sums = {
        c.id: sum(points(t) for t in model.model.criteria if t.category == c.id)
        for c in model.model.categories
    }
    return {
        name: (round(10 * total), band(total))
        for name, total in {"": min(sums.values()), **sums}.items()
    }


@checked
@given(assessments())
def test_points_come_out_as_the_oracle_adds_them(assessment):
    model, answers = assessment
    result = score(model, answers, QUARTER)
    scores = {"": result.overall, **result.categories}

    for end, best in (("lowest", False), ("highest", True)):
        marks = {name: getattr(one, end) for name, one in scores.items()}
        said = {name: (mark.tenths, mark.level) for name, mark in marks.items()}
        assert said == oracle(model, answers, best=best)


@checked
@given(st.data())
def test_a_portfolio_of_points_is_scored_as_its_assessments_are(data):
    model = data.draw(definitions())
    teams = []
    for _ in range(3):
        picked = {}
        for p in model.asked:
            said = data.draw(st.sampled_from([None, *p.ladder]))
            if said:
                picked[p.id] = small.rung(said)
        teams.append(picked)
    matrix = np.array(
        [[rank_of(p, team.get(p.id)) for p in model.asked] for team in teams], np.int8
    )

    marks = Engine(model).marks(matrix)

    for row, team in enumerate(teams):
        result = score(model, team, QUARTER)
        for group, one in enumerate([result.overall, *result.categories.values()]):
            assert one.lowest is not None
            assert marks.tenths[row, group] == one.lowest.tenths
            assert marks.level[row, group] == one.lowest.level


@checked
@given(assessments())
def test_the_overall_band_is_the_lowest_of_the_sections(assessment):
    model, answers = assessment
    result = score(model, answers, QUARTER)

    for end in ("lowest", "highest", "evidenced"):
        levels = [getattr(one, end).level for one in result.categories.values()]
        assert getattr(result.overall, end).level == min(levels)


@checked
@given(assessments(), st.data())
def test_later_answers_stay_within_the_range_of_points(assessment, data):
    model, answers = assessment
    before = score(model, answers, QUARTER).overall
    later = dict(answers)
    for practice in model.asked:
        if practice.id not in answers:
            rung = data.draw(st.sampled_from([*practice.ladder, ""]))
            later[practice.id] = small.rung(rung) if rung else small.not_applicable()

    after = score(model, later, QUARTER).overall

    assert before.lowest
    assert before.highest
    assert after.lowest
    assert before.lowest.tenths <= after.lowest.tenths <= before.highest.tenths


# The file


def file(**changes: object) -> dict[str, object]:
    test = {
        "id": "checks.a",
        "category": "data",
        "text": "Do it.",
        "cites": "Section 1",
        "practice": "p",
        "points": {"scripted": 0.5, "automatic": 1},
    }
    return {
        "id": "checks",
        "name": "Checks",
        "short_name": "Checks",
        "summary": "Tests.",
        "good_for": "Teams.",
        "edition": "1",
        "source": {"title": "T", "publisher": "P", "url": "U", "licence": "L"},
        "ours": "All.",
        "rule": "minimum-of-sums",
        "bands": [
            {"name": "None", "summary": "Nothing."},
            {"name": "Some", "summary": "Some.", "above": 0},
        ],
        "categories": [
            {"id": "data", "name": "Data", "short_name": "Data", "summary": "Data."}
        ],
        "criteria": [test],
        **changes,
    }


def problems(tmp_path, values: Mapping[str, object]) -> list[str]:
    path = tmp_path / "checks.yaml"
    path.write_text(yaml.safe_dump(dict(values), sort_keys=False))
    try:
        library.read_model(path, {"p": small.practice("p")})
    except library.ModelError as error:
        return str(error).splitlines()
    return []


def test_a_file_with_bands_and_points_is_read(tmp_path):
    assert problems(tmp_path, file()) == []


def test_the_hash_of_a_model_with_points_survives_being_stored():
    text = library.canonical(TWO)

    assert library.canonical(library.restore(text)) == text
    assert isinstance(library.restore(text).model, MaturityModel)


def points(**given: object) -> dict[str, object]:
    test = dict(file()["criteria"][0])  # type: ignore[index]
    return {"criteria": [{**test, "points": given}]}


def band(name: str, **more: object) -> dict[str, object]:
    return {"name": name, "summary": "A band.", **more}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (points(scripted=1, automatic=0.5), "points never fall along a ladder"),
        (points(scripted=0.3), "points come in halves, as in 0.5 or 2"),
        (points(scripted="half"), "is not a number; write one without quotes"),
        (
            {"criteria": [{**file()["criteria"][0], "points": "all"}]},
            "rungs with their",
        ),
        (points(**{"by-hand": 1}), "by-hand is the first rung of p, so it gives 0"),
        (points(scriptd=1), "did you mean scripted?"),
        (points(automatic=1, scripted=0.5), "write the rungs in their order: by-hand"),
        (points(scripted=0), "gives no points at any rung"),
        ({"bands": [band("A", above=0), band("B", above=1)]}, "it is above nothing"),
        ({"bands": [band("A"), band("B")]}, "say which score, in halves"),
        (
            {"bands": [band("A"), band("B", above=0.5), band("C", above=0.5)]},
            "band C, above: 0.5 follows 0.5; bands stand lowest first",
        ),
        ({"bands": [band("A"), band("B", above=1)]}, "the tests of data give 1 points"),
        (
            {"levels": [{"number": n, "name": "A", "summary": "B"} for n in (0, 1)]},
            "take this out",
        ),
        ({"rule": "gated"}, "levels: is missing; a model with rule gated has levels:"),
        ({"rule": "gated"}, "a gated model asks for level, at_least and gating"),
    ],
)
def test_a_mistake_in_a_model_with_points_is_told(tmp_path, changes, told):
    assert any(told in line for line in problems(tmp_path, file(**changes)))


def test_a_missing_list_of_bands_is_told(tmp_path):
    values = {key: value for key, value in file().items() if key != "bands"}

    assert any("bands: is missing" in line for line in problems(tmp_path, values))


def test_rules_read_what_is_no_model_without_failing():
    document = parse("x.yaml", b"rule: minimum-of-sums\ncriteria: 3\nbands: [1]\n")

    assert list(rules.of_model(document, "x", {})) == []
    assert list(point_rules.of_model(document, {})) == []
