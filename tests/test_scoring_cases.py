"""The twelve cases of docs/scoring.md, read from the document and run."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import small

from maturity.answer import Answer, State
from maturity.scoring import score, shown

DOCUMENT = Path(__file__).parents[1] / "docs" / "scoring.md"
HEADING = re.compile(r"^### (Case \d+): ", re.MULTILINE)


def tables(text):
    """The tables of a section, each a list of rows by column name."""
    found, header = [], None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            header = None
        elif header is None:
            header = cells
            found.append([])
        elif set(line) - set("|- "):
            found[-1].append(dict(zip(header, cells, strict=True)))
    return found


def cases():
    parts = HEADING.split(DOCUMENT.read_text("utf-8"))
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        criteria, outcomes = tables(text)
        yield SimpleNamespace(name=name, text=text, criteria=criteria, out=outcomes)


CASES = list(cases())


def definition_of(case):
    lowest, top = re.search(r"^Levels (\d) to (\d)\.$", case.text, re.M).groups()
    return small.definition(
        [
            small.criterion(
                row["Category"],
                int(row["Level"].removesuffix(", informative")),
                row["Practice"],
                row["Needs"].replace(" ", "-"),
                gating=not row["Level"].endswith("informative"),
                id=row[""],
            )
            for row in case.criteria
        ],
        lowest=int(lowest),
        top=int(top),
    )


def answer_of(row):
    said, reason = re.fullmatch(r"([^:]+)(?:: (.+))?", row["The team says"]).groups()
    on = row.get("Link of", "none")
    match said:
        case "nothing":
            return None
        case "don't know":
            return Answer(State.UNKNOWN)
        case "not applicable":
            return Answer(State.NOT_APPLICABLE, reason=reason or "")
    backed = None if on == "none" else date.fromisoformat(on)
    return small.rung(said.replace(" ", "-"), backed)


def result_of(case):
    answers = {row["Practice"]: answer_of(row) for row in case.criteria}
    answers = {id: answer for id, answer in answers.items() if answer is not None}
    return score(definition_of(case), answers, small.QUARTER)


def test_there_are_twelve_cases_counted_from_one():
    assert [case.name for case in CASES] == [f"Case {n}" for n in range(1, 13)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_comes_out_as_written(case):
    def told(mark):
        return "none" if mark is None else f"{mark.level} ({shown(mark.tenths)})"

    result = result_of(case)
    scores = {"The model": result.overall, **result.categories}

    assert [row[""] for row in case.out] == list(scores)
    for row in case.out:
        one = scores[row[""]]
        level_and_score = "none"
        if row["Level"] != "none":
            level_and_score = f"{row['Level']} ({row['Score']})"
        assert level_and_score == told(one.lowest)
        assert row["At best"] == told(one.highest)
        assert row["Answered"] == f"{one.answered} of {one.asked}"
        assert row.get("Evidenced", told(one.evidenced)) == told(one.evidenced)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_judges_each_criterion_as_written(case):
    words = {"unmet": "not met", "not-applicable": "not applicable"}

    verdicts = [str(judged.verdict) for judged in result_of(case).judged]

    assert [words.get(v, v) for v in verdicts] == [r["So it is"] for r in case.criteria]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_is_held_back_as_written(case):
    written = re.search(r"^Holds the model back: (.+)\.$", case.text, re.M)[1]

    assert written == (", ".join(result_of(case).unmet) or "nothing")
