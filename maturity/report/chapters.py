"""The report, section by section: the whole story with every table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from maturity import charts, plan_words, reasons, words
from maturity.charts import Chart
from maturity.report import paper
from maturity.report.figures import Figures
from maturity.report.paper import Block, Cell, Paper
from maturity.report.text import plain
from maturity.scoring import Judged, Verdict
from maturity.story import Slide
from maturity.theme import Palette

WIDTH = 640
"""Pixels of a drawing as wide as the text: 12 pixels come out as 9 points."""
TOKENS = {
    Verdict.MET: "up",
    Verdict.UNMET: "ink",
    Verdict.OPEN: "target",
    Verdict.NOT_APPLICABLE: "muted",
}


def report(figures: Figures, colors: Palette) -> Paper:
    """The whole report: a cover, then a section for each part of the story."""
    printed = Paper(paper.head(figures))
    told, what = figures.told, words.word_of(figures.reading.overall)
    printed.data |= {
        "facts": _plain(told.where.facts),
        "shape": paper.shape(printed, figures, colors, WIDTH),
        "sections": [
            _section(
                Slide("By category", figures.categories_title),
                _scores(printed, figures, colors),
            ),
            _section(told.far, _trend(printed, figures, colors)),
            _section(told.back, _holds(figures)),
            _section(told.ask, [{"kind": "numbered", "items": _plain(told.ask.facts)}]),
            _section(Slide("What is planned", _plan_title(figures)), _plan(figures)),
            _section(
                Slide(f"How the {what} comes about", _stands(figures)),
                _derivation(figures),
            ),
            _section(
                Slide("How sure this is", "Where it comes from"),
                [{"kind": "list", "items": notes(figures)}],
            ),
            _section(
                Slide("Every criterion", _criteria_title(figures)),
                criteria(figures),
            ),
        ],
    }
    return printed


def notes(figures: Figures) -> list[Mapping[str, str]]:
    """How sure it is and where it comes from; an address is a link of its own."""
    url = figures.reading.definition.model.source.url
    said: list[Mapping[str, str]] = []
    for note in (*figures.notes, f"Made on {words.day(figures.made)}."):
        if note.endswith(url) and url.startswith(("https://", "http://")):
            said.append({"text": plain(note.removesuffix(url)), "link": plain(url)})
        else:
            said.append({"text": plain(note)})
    return said


def _section(told: Slide, blocks: Iterable[Block]) -> dict[str, object]:
    return {"over": told.over, "title": plain(told.headline), "blocks": list(blocks)}


def table(chart: Chart, widths: Sequence[float] | None = None) -> Block:
    """The figures of a chart as it tables them for those who cannot see it."""
    columns = list(chart.table[0])
    rows: list[list[Cell]] = [[plain(row[c]) for c in columns] for row in chart.table]
    return {
        "kind": "table",
        "columns": columns,
        "widths": list(widths or [2.0, *(1.0 for _ in columns[1:])]),
        "rows": rows,
    }


def _scores(printed: Paper, figures: Figures, colors: Palette) -> Iterator[Block]:
    drawn = charts.bars(
        figures.categories, figures.scale, figures.reading.quarter, figures.before
    )
    reading = figures.reading
    model = reading.definition.model
    why = [
        {
            "term": plain(category.name),
            "text": plain(
                reasons.category_reason(
                    model, reading.overall, reading.result.categories[category.id]
                )
            ),
        }
        for category in model.deciding
    ] + [
        {
            "term": plain(category.name),
            "text": reasons.informative_category(reading.result, category.id),
        }
        for category in model.informative
    ]
    # Where there is no radar, the cover has these bars already.
    if paper.BARS not in printed.drawings:
        yield paper.drawing(
            printed, paper.BARS, drawn, WIDTH, colors, paper.legend(figures)
        )
    yield table(drawn)
    yield {"kind": "terms", "title": "Why each stands there", "items": why}


def _trend(printed: Paper, figures: Figures, colors: Palette) -> list[Block]:
    drawn = charts.trend(figures.quarters, figures.scale)
    return [paper.drawing(printed, paper.TREND, drawn, WIDTH, colors, {}), table(drawn)]


def _holds(figures: Figures) -> list[Block]:
    rows: list[list[Cell]] = [
        [
            {"text": plain(hold.name), "small": plain(hold.category)},
            plain(hold.now),
            plain(hold.wanted),
            plain(hold.planned),
        ]
        for hold in figures.holds
    ]
    if not rows:
        return []
    columns = ["Practice", "Now", "Next", "Planned"]
    return [
        {"kind": "table", "columns": columns, "widths": [2.4, 3, 3, 1.6], "rows": rows}
    ]


def _plan_title(figures: Figures) -> str:
    return plan_words.plan_size(
        len(figures.plan), sum(step.status == "Done" for step in figures.plan)
    )


def _plan(figures: Figures) -> list[Block]:
    rows: list[list[Cell]] = [
        [
            {"text": plain(step.name), "small": plain(step.step)},
            plain(step.owner) or "Nobody yet",
            step.due or "No date yet",
            {"text": step.status, "token": "down" if step.status == "Late" else "ink"},
        ]
        for step in figures.plan
    ]
    if not rows:
        return []
    columns = ["Step", "Who", "By the end of", "Status"]
    return [
        {"kind": "table", "columns": columns, "widths": [5, 2, 1.5, 1.2], "rows": rows}
    ]


def _stands(figures: Figures) -> str:
    model, score = figures.reading.definition.model, figures.reading.overall
    return f"{words.level(score)}, score {words.tenths(score)}. " + words.next_step(
        model, score
    )


def _derivation(figures: Figures) -> list[Block]:
    reading = figures.reading
    model, score = reading.definition.model, reading.overall
    why = reasons.derivation(model, score)
    if model.by_points:
        why = reasons.sums(model, reading.result)
    rule = reasons.RULES[model.rule].replace("**", "")
    return [
        {"kind": "text", "text": plain(f"{rule} {why}")},
        {
            "kind": "list",
            "items": [
                {"text": plain(reasons.step_line(model, step))} for step in score.steps
            ],
        },
        {"kind": "text", "text": plain(reasons.range_sentence(score))},
    ]


def _criteria_title(figures: Figures) -> str:
    judged = figures.reading.result.judged
    return f"{words.criteria(len(judged))}, each with the answer that decides it"


def criteria(figures: Figures) -> Iterator[Block]:
    """A table for each level; for each category where tests give points."""
    reading = figures.reading
    model, score = reading.definition.model, reading.overall
    if model.by_points:
        for category in model.categories:
            said = words.tenths(reading.result.categories[category.id])
            asked = [
                j for j in reading.result.judged if j.criterion.category == category.id
            ]
            yield _judged(figures, f"{category.name}: score {said}", asked)
        return
    for step in score.steps:
        title = f"{words.level_title(model, step.level)}: "
        title += reasons.step_badge(model, step)
        asked = [j for j in reading.result.judged if j.level == step.level]
        yield _judged(figures, title, asked)


def _judged(figures: Figures, title: str, asked: Sequence[Judged]) -> Block:
    reading = figures.reading
    rows: list[list[Cell]] = []
    for one in asked:
        practice = reading.definition.practices[one.criterion.practice]
        aside = "" if one.criterion.gating else " · informative"
        rows.append(
            [
                {
                    "text": plain(one.criterion.text),
                    "small": plain(f"{one.criterion.cites}{aside}"),
                },
                {
                    "text": plain(reading.answer_text(practice)),
                    "small": plain(practice.name),
                },
                {
                    "text": reasons.VERDICTS[one.verdict],
                    "token": TOKENS[one.verdict],
                },
            ]
        )
    return {
        "kind": "table",
        "title": plain(title),
        "columns": ["Criterion", "Answer", "Verdict"],
        "widths": [5, 5, 1.6],
        "rows": rows,
    }


def _plain(lines: Sequence[str]) -> list[str]:
    return [plain(line) for line in lines]
