"""The engine against the oracle, over random small models and answers."""

from dataclasses import asdict
from datetime import date, timedelta

import numpy as np
import oracle
import small
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity import engine
from maturity.answer import Answer, State
from maturity.engine import Engine
from maturity.scoring import Result, rank_of, score

QUARTER = small.QUARTER
DAYS = st.integers(0, 500).map(lambda back: date(2027, 2, 1) - timedelta(days=back))
thoroughly = settings(deadline=None, max_examples=150)
checked = settings(deadline=None, max_examples=60)


@st.composite
def definitions(draw):
    lowest = draw(st.integers(0, 1))
    top = lowest + draw(st.integers(1, 4))
    categories = [f"c{n}" for n in range(draw(st.integers(1, 4)))]
    ladders = draw(st.lists(st.integers(2, 4), min_size=1, max_size=6))
    practices = {
        f"p{n}": small.practice(f"p{n}", [f"r{rank}" for rank in range(rungs)])
        for n, rungs in enumerate(ladders)
    }
    criteria = []
    for number in range(draw(st.integers(1, 12))):
        gating = draw(st.sampled_from([True, True, True, False]))
        name = draw(st.sampled_from(sorted(practices)))
        criteria.append(
            small.criterion(
                draw(st.sampled_from(categories)),
                draw(st.integers(lowest + 1 if gating else lowest, top)),
                name,
                draw(st.sampled_from(practices[name].ladder[1:])),
                gating=gating,
                id=f"k{number}",
            )
        )
    return small.definition(
        criteria, top=top, lowest=lowest, categories=categories, practices=practices
    )


@st.composite
def answers_to(draw, practice):
    """Any answer, with evidence or without; some on a rung that is gone."""
    return Answer(
        state=draw(st.sampled_from([State.RUNG, State.RUNG, *State])),
        rung=draw(st.sampled_from(["", "gone", *practice.ladder, *practice.ladder])),
        reason=draw(st.sampled_from(["", " ", "No such data."])),
        link=draw(st.sampled_from(["", " ", "https://example.org"])),
        evidence_on=draw(st.none() | DAYS),
        valid_until=draw(st.none() | DAYS),
    )


@st.composite
def assessments(draw):
    definition = draw(definitions())
    answers = {}
    for practice in definition.asked:
        if draw(st.integers(0, 4)):
            answers[practice.id] = draw(answers_to(practice))
    return definition, answers


def plain(result: Result) -> dict:
    """A result in the oracle's words."""

    def mark(mark):
        return None if mark is None else (mark.level, mark.tenths)

    def step(step):
        return None if step is None else tuple(asdict(step).values())[:5]

    told = {"judged": [(j.criterion.id, str(j.verdict), j.rank) for j in result.judged]}
    for category, one in {None: result.overall, **result.categories}.items():
        told[category] = {
            "lowest": mark(one.lowest),
            "highest": mark(one.highest),
            "evidenced": mark(one.evidenced),
            "own_level": one.own_level,
            "steps": [step(s) for s in one.steps],
            "next": step(one.next),
            "asked": one.asked,
            "answered": one.answered,
            "open": one.open,
            "not_applicable": one.not_applicable,
            "stops": [j.criterion.id for j in result.stops(category)],
        }
    return told


def scores(result: Result) -> list:
    return [result.overall, *result.categories.values()]


@thoroughly
@given(assessments())
def test_the_engine_says_what_the_oracle_says(assessment):
    definition, answers = assessment

    result = score(definition, answers, QUARTER)

    assert plain(result) == oracle.score(definition, answers, QUARTER)


@checked
@given(assessments())
def test_the_overall_level_is_the_lowest_category_level(assessment):
    definition, answers = assessment

    result = score(definition, answers, QUARTER)

    for end in ("lowest", "highest", "evidenced"):
        marks = [getattr(s, end) for s in result.categories.values()]
        levels = [mark.level for mark in marks if mark is not None]
        overall = getattr(result.overall, end)
        assert (overall and overall.level) == min(levels, default=None)


@checked
@given(assessments())
def test_the_whole_part_of_every_score_is_its_level(assessment):
    definition, answers = assessment

    for one in scores(score(definition, answers, QUARTER)):
        for mark in (one.lowest, one.highest, one.evidenced):
            assert mark is None or mark.tenths // 10 == mark.level


@thoroughly
@given(st.data())
def test_later_answers_never_leave_the_range(data):
    definition, answers = data.draw(assessments())
    before = score(definition, answers, QUARTER)
    later = dict(answers)
    for practice in definition.asked:
        if rank_of(practice, answers.get(practice.id)) == engine.OPEN:
            rungs = [small.rung(rung) for rung in practice.ladder]
            choices = [None, small.not_applicable(), *rungs]
            later[practice.id] = data.draw(st.sampled_from(choices))
    later = {id: answer for id, answer in later.items() if answer is not None}

    after = score(definition, later, QUARTER)

    for old, new in zip(scores(before), scores(after), strict=True):
        if new.lowest is not None:
            assert old.lowest.level <= new.lowest.level
            assert old.lowest.tenths <= new.lowest.tenths
            assert new.highest.level <= old.highest.level
            assert new.highest.tenths <= old.highest.tenths


@checked
@given(assessments())
def test_the_three_marks_are_in_order(assessment):
    definition, answers = assessment

    for one in scores(score(definition, answers, QUARTER)):
        if one.lowest is not None:
            assert one.evidenced.tenths <= one.lowest.tenths <= one.highest.tenths


@checked
@given(st.data())
def test_a_portfolio_is_scored_as_its_assessments_are(data):
    definition = data.draw(definitions())
    compiled = Engine(definition)
    sheets = [
        {practice.id: data.draw(answers_to(practice)) for practice in definition.asked}
        for _ in range(data.draw(st.integers(1, 5)))
    ]
    matrix = np.array(
        [[rank_of(p, sheet[p.id]) for p in definition.asked] for sheet in sheets],
        np.int8,
    )

    lowest = compiled.marks(matrix)
    highest = compiled.marks(compiled.highest(matrix))

    for row, sheet in enumerate(sheets):
        for group, one in enumerate(scores(score(definition, sheet, QUARTER))):
            for marks, mark in ((lowest, one.lowest), (highest, one.highest)):
                level, tenths = (-1, -1) if mark is None else (mark.level, mark.tenths)
                assert (marks.level[row, group], marks.tenths[row, group]) == (
                    level,
                    tenths,
                )
            assert lowest.met[row, group].tolist() == [s.met for s in one.steps]
            assert lowest.asked[row, group].tolist() == [s.asked for s in one.steps]
            following = -1 if one.next is None else one.next.level
            assert lowest.next[row, group] == following
