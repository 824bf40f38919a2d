"""One page that stands alone: for a leader who reads one page of a team.

It always is one page. Long texts are cut with a clear sign, and the page says that the
report has all of them; what is still too much is set smaller by the template.
"""

from __future__ import annotations

from dataclasses import replace

from maturity import charts, words
from maturity.charts import Chart
from maturity.report import paper, text
from maturity.report.figures import Figures
from maturity.report.paper import Block, Cell, Paper
from maturity.report.text import plain
from maturity.theme import Palette

GAPS = 5
"""How many gaps there is room for."""
NAME, OWNER, STEP, LINE, TITLE = 42, 24, 160, 160, 200
"""Characters of a name in a table, an owner, a step, a line of the ask, a headline."""
SHAPE = (340, 294)
"""Pixels of the radar across and down."""
TREND = (360, 190)
"""Pixels of the trend across and down."""


def summary(figures: Figures, colors: Palette) -> Paper:
    """The data of the page, and its two drawings."""
    return _Page(figures, colors).written()


class _Page:
    """The page while it is written: it remembers whether a text was cut."""

    def __init__(self, figures: Figures, colors: Palette) -> None:
        self.figures = figures
        self.colors = colors
        self.paper = Paper(paper.head(figures))
        self.shortened = False

    def written(self) -> Paper:
        told = self.figures.told
        self.paper.data |= {
            "shape": paper.shape(self.paper, self.figures, self.colors, *SHAPE),
            "categories": self._categories(),
            "far": self._cut(told.far.headline, TITLE),
            "trend": self._trend(),
            "ask": self._cut(told.ask.headline, LINE),
            "asks": [self._cut(fact, LINE) for fact in told.ask.facts],
            "back": self._cut(told.back.headline, TITLE),
            "gaps": self._gaps(),
            "sure": self._sure(),
            "source": self._source(),
        }
        self.paper.data["aside"] = self._aside()
        return self.paper

    def _cut(self, said: str, length: int) -> str:
        short = text.cut(said, length)
        self.shortened |= short != plain(said)
        return short

    def _trend(self) -> Block:
        width, height = TREND
        drawn = charts.trend(self.figures.quarters, self.figures.scale, height)
        return paper.drawing(self.paper, paper.TREND, drawn, width, self.colors, {})

    def _categories(self) -> Block:
        """Now, before and target, as the bars have them in their table."""
        figures = self.figures
        drawn: Chart = charts.bars(
            figures.categories, figures.scale, figures.reading.quarter, figures.before
        )
        # The level is left out for want of room: the score says it.
        columns = [name for name in drawn.table[0] if name not in ("Level", "Band")]
        rows: list[list[Cell]] = [
            [self._cut(row[name], NAME) for name in columns] for row in drawn.table
        ]
        return {
            "kind": "table",
            "columns": [name.removeprefix("Score ") for name in columns],
            "widths": [1, *(None for _ in columns[1:])],
            "rows": rows,
        }

    def _gaps(self) -> Block:
        rows: list[list[Cell]] = [
            [
                {
                    "text": self._cut(one.name, NAME),
                    "small": self._cut(one.category, NAME),
                },
                self._cut(one.wanted, STEP),
                # The owner is cut, so that the date stays.
                replace(one, owner=self._cut(one.owner, OWNER)).planned,
            ]
            for one in self.figures.holds[:GAPS]
        ]
        columns = ["Practice", "Next", "Planned"]
        return {
            "kind": "table",
            "columns": columns,
            "widths": [3, 4.6, 2],
            "rows": rows,
        }

    def _aside(self) -> str:
        """What the report has and the page has not."""
        left = len(self.figures.holds) - GAPS
        said = []
        if left > 0:
            said.append(f"{words.count(left, 'more step')} in the report.")
        if self.shortened:
            said.append(
                "Texts that end in \N{HORIZONTAL ELLIPSIS} are in the report in full."
            )
        return " ".join(said)

    def _sure(self) -> list[str]:
        score = self.figures.reading.overall
        said = list(self.figures.sure)
        if score.open:
            said.insert(2, f"{words.openness(score)}. {words.answering(score)}")
        return [plain(line) for line in said]

    def _source(self) -> str:
        model = self.figures.reading.definition.model
        source = f"{model.source.title}, {model.source.publisher}"
        return (
            f"Source: {self._cut(source, TITLE)}, edition {plain(model.edition)}. "
            "A self-assessment: nobody from outside has checked the answers."
        )
