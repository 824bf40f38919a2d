"""The figures as a workbook to reckon with: six sheets, their charts Excel's own.

A score that is a range stands as text, as on screen, and as two numbers beside it.
Text is stored as text, whatever it begins with, and nothing is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from maturity import reasons, words
from maturity.charts.inputs import Scale
from maturity.charts.readings import scale_of
from maturity.exchange.cells import BOLD, first_sheet
from maturity.mark import Mark
from maturity.model import MaturityModel, PointsCriterion
from maturity.reading import Reading
from maturity.report import workbook_charts, workbook_look
from maturity.report.brand import Brand
from maturity.report.figures import Figures
from maturity.report.workbook_table import (
    TEXT,
    Columns,
    Value,
    high_enough,
    put_value,
    table,
)
from maturity.scoring import Judged

TABLES = ("Categories", "Scores", "Criteria", "Answers", "History")
"""The sheets behind the Summary."""
SCORED: Columns = {
    "Score": 12,
    "Target": 22,
    "Lowest": 9,
    "Highest": 9,
    "Target at": 9,
    "With evidence": 14,
    "Answered": 10,
    "Asked": 8,
    "Open": 8,
    "Not applicable": 14,
}
"""What every score says beside its level, or band.

Lowest, Highest, Target at and With evidence are numbers.
"""


def workbook(figures: Figures, brand: Brand) -> bytes:
    """The whole workbook as the bytes of an .xlsx file."""
    book = Workbook()
    summary = first_sheet(book, "Summary")
    sheets = {name: book.create_sheet(name) for name in TABLES}
    categories, history = sheets["Categories"], sheets["History"]
    drawn = _categories(categories, figures)
    _scores(sheets["Scores"], figures)
    _criteria(sheets["Criteria"], figures.reading)
    _answers(sheets["Answers"], figures.reading)
    quarters = _history(history, figures)
    _summary(summary, figures, brand)
    charts = workbook_charts.Charts(figures, brand.colors)
    summary.add_chart(charts.shape(categories, drawn), "D2")
    next_row = workbook_charts.below(summary, 2)
    summary.add_chart(charts.trend(history, quarters), f"D{next_row}")
    below = f"A{len(figures.categories) + 4}"
    categories.add_chart(charts.bars(categories, drawn), below)
    workbook_look.printed(summary, brand.paper, on_one=True)
    for page in sheets.values():
        workbook_look.heads(page, brand.colors)
        workbook_look.printed(page, brand.paper)
    book.properties.title = figures.title
    book.properties.creator = ""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _summary(page: Worksheet, figures: Figures, brand: Brand) -> None:
    """The story in words, and room for the pictures beside it."""
    reading, told = figures.reading, figures.told
    score, model = reading.overall, reading.definition.model
    why = reasons.derivation(model, score)
    if model.by_points:
        why = reasons.sums(model, reading.result)
    page.column_dimensions["A"].width = 22
    page.column_dimensions["B"].width = 68
    page.column_dimensions["C"].width = 3
    workbook_look.title(page, figures.title, brand.colors)
    if brand.logo:
        workbook_look.logo(page, "D1", brand.logo)
    rows: list[tuple[str, Value]] = [
        ("Verdict", told.verdict.sentence),
        (words.step_word(model).capitalize(), words.level(score)),
        ("", words.level_name(model, score)),
        ("Score", words.tenths(score)),
        ("Lowest", _number(score.lowest)),
        ("Highest", _number(score.highest)),
        ("Target", _aim(figures.reading)),
        ("Coverage", f"{words.coverage(score)}."),
        ("Open questions", reasons.range_sentence(score)),
        ("With evidence", reasons.evidence_sentence(model, score)),
        ("How it comes about", why),
        *_titled("How far we came", [told.far.headline]),
        *_titled("By category", [figures.categories_title]),
        *_titled("What holds us back", [told.back.headline, *_holds(figures)]),
        *_titled("What we ask for", [told.ask.headline, *told.ask.facts]),
        *_titled("How sure this is", figures.notes),
        ("", f"Made on {words.day(figures.made)}."),
    ]
    for number, (name, value) in enumerate((r for r in rows if r[1] != ""), start=2):
        put_value(page, number, 1, name)
        page.cell(number, 1).font = BOLD
        put_value(page, number, 2, value)
        page.cell(number, 2).alignment = TEXT
        high_enough(page, number, [(str(value), 68)])


def _aim(reading: Reading) -> str:
    target = reading.targets.of()
    if target is None:
        return "Not set"
    by = f" by {target.by.label}" if target.by else ""
    return f"{words.level_number(reading.definition.model, target.level)}{by}"


def _titled(title: str, lines: Iterable[str]) -> Iterator[tuple[str, Value]]:
    """Lines with a title beside the first."""
    for number, line in enumerate(lines):
        yield ("" if number else title), line


def _holds(figures: Figures) -> Iterator[str]:
    for hold in figures.holds:
        yield f"{hold.name}: {hold.wanted} {hold.planned}"


def _categories(page: Worksheet, figures: Figures) -> int:
    """This quarter by category; how many rows a chart can draw.

    Those with a score stand first, so that a chart finds them in one block.
    """
    reading = figures.reading
    model = reading.definition.model
    pairs = sorted(
        zip(model.deciding, figures.categories, strict=True),
        key=lambda pair: pair[1].now is None,
    )
    before = {figures.before.label: 12.0} if figures.before else {}
    rows: list[list[Value]] = []
    for category, drawn in pairs:
        score = reading.result.categories[category.id]
        then = _number(drawn.before.lowest) if drawn.before else None
        rows.append(
            [
                category.name,
                category.short_name,
                *_scored(reading, category.id),
                *([then] if figures.before else []),
                reasons.category_reason(model, reading.overall, score),
            ]
        )
    names = {"Category": 26, workbook_charts.SHORT: 14}
    table(page, {**names, **_score_columns(model), **before, "Why": 70}, rows)
    return sum(drawn.now is not None for _, drawn in pairs)


def _scores(page: Worksheet, figures: Figures) -> None:
    """Every category in every quarter, the newest first, to filter and to pivot."""
    rows: list[list[Value]] = []
    for reading in reversed(figures.readings):
        model = reading.definition.model
        when = [reading.quarter.label, model.edition, _state(reading)]
        rows.append([*when, "Whole model", *_scored(reading)])
        for category in model.deciding:
            rows.append([*when, category.name, *_scored(reading, category.id)])
    scored = _score_columns(figures.reading.definition.model)
    columns = {"Quarter": 12, "Edition": 14, "State": 12, "Category": 26, **scored}
    table(page, columns, rows)


def _criteria(page: Worksheet, reading: Reading) -> None:
    """Each criterion with its verdict and the answer that decides it."""
    model = reading.definition.model
    worth: Columns = {"Points": 9} if model.by_points else {"Level": 9}
    columns = {
        **worth,
        "Category": 22,
        "Criterion": 52,
        "Verdict": 14,
        "Counts": 12,
        "Answer": 52,
        "Asked for": 52,
        "Source": 30,
        "Practice": 26,
        "Id": 30,
    }
    rows = []
    for judged in reading.result.judged:
        asked = judged.criterion
        practice = reading.definition.practices[asked.practice]
        rung = practice.rung(asked.at_least)
        rows.append(
            [
                _worth(reading, judged),
                model.category(asked.category).name,
                asked.text,
                reasons.VERDICTS[judged.verdict],
                "Yes" if asked.gating else "Informative",
                reading.answer_text(practice),
                rung.text if rung else "",
                asked.cites,
                practice.name,
                asked.id,
            ]
        )
    table(page, columns, rows)


def _worth(reading: Reading, judged: Judged) -> Value:
    """The level that asks for a criterion; of a test the points that it gives."""
    asked = judged.criterion
    if not isinstance(asked, PointsCriterion):
        return judged.level
    ladder = reading.definition.practices[asked.practice].ladder
    return 0.0 if judged.rank is None else asked.tenths(ladder, judged.rank) / 10


def _answers(page: Worksheet, reading: Reading) -> None:
    """What the team said to each question, with its evidence."""
    columns = {
        "Category": 22,
        "Practice": 26,
        "Question": 46,
        "Answer": 56,
        "Note": 40,
        "Link to evidence": 36,
        "Date of evidence": 12,
        "Evidence counts": 10,
        "Id": 26,
    }
    rows: list[list[Value]] = []
    for category, practices in reading.definition.questions.items():
        for practice in practices:
            answer = reading.answers.get(practice.id)
            said: list[Value] = ["", "", None, ""]
            if answer is not None:
                counts = "Yes" if answer.evidenced(reading.quarter) else "No"
                said = [answer.note, answer.link, answer.evidence_on, counts]
            name = reading.definition.model.category(category).name
            told = [practice.question, reading.answer_text(practice)]
            rows.append([name, practice.name, *told, *said, practice.id])
    table(page, columns, rows)


def _history(page: Worksheet, figures: Figures) -> workbook_charts.Quarters:
    """The whole model in every quarter, those without an assessment left empty.

    Of several editions, each has a column with its scores alone behind the others,
    because a line must not join them.
    """
    known = {reading.quarter: reading for reading in figures.readings}
    first, last = min(known), max(known)
    editions = list(dict.fromkeys(r.definition.model.edition for r in known.values()))
    apart = editions if len(editions) > 1 else []
    scored = _score_columns(figures.reading.definition.model)
    columns = {"Quarter": 12, "Edition": 14, "State": 16, **scored}
    rows: list[list[Value]] = []
    for ahead in range(last - first + 1):
        quarter = first.shift(ahead)
        reading = known.get(quarter)
        if reading is None:
            rows.append([quarter.label, "", "Not assessed"])
            continue
        edition = reading.definition.model.edition
        scores: list[Value] = [
            _number(reading.overall.lowest) if edition == one else None for one in apart
        ]
        when = [quarter.label, edition, _state(reading)]
        rows.append([*when, *_scored(reading), *scores])
    names = {f"Score, edition {edition}": 18 for edition in apart}
    table(page, {**columns, **names}, rows)
    drawn = tuple((name, name) for name in names) or (("Lowest", "Score"),)
    return workbook_charts.Quarters(len(rows), drawn)


def _score_columns(model: MaturityModel) -> Columns:
    """The level, or the band, and what stands beside it."""
    return {words.step_word(model).capitalize(): 22, **SCORED}


def _scored(reading: Reading, category: str | None = None) -> list[Value]:
    """The columns of a score, for the whole model or for a category."""
    score = reading.result.categories[category] if category else reading.overall
    target = reading.targets.of(category)
    level = target.level if target else None
    return [
        words.level(score),
        words.tenths(score),
        "" if level is None else words.level_number(reading.definition.model, level),
        _number(score.lowest),
        _number(score.highest),
        _at(scale_of(reading), level),
        _number(score.evidenced),
        score.answered,
        score.asked,
        score.open,
        score.not_applicable,
    ]


def _number(mark: Mark | None) -> float | None:
    return None if mark is None else mark.tenths / 10


def _at(scale: Scale, level: int | None) -> float | None:
    return None if level is None else scale.at(level) / 10


def _state(reading: Reading) -> str:
    return "Draft" if reading.draft else "Submitted"
