"""The one page of many teams: of a group, or of all of them.

It leads with movement and help, as the Portfolio page does, and never ranks teams.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from maturity import asking, charts, group_story, group_words, portfolios, words
from maturity import portfolio_words as says
from maturity.charts.readings import scale_of_model
from maturity.group import TOP, Group
from maturity.group_story import GroupStory
from maturity.portfolio import Movement, Portfolio, Row
from maturity.portfolio_findings import Help, Why, help_needed
from maturity.portfolio_readings import level_counts, top_figures
from maturity.quarter import Quarter, today
from maturity.report import paper, text
from maturity.report.paper import Block, Cell, Paper
from maturity.report.text import plain
from maturity.service import Service
from maturity.theme import Palette

EVERYONE = "All teams"
MOVERS, HELPED, NAMED, AIMS = 6, 4, 12, 3
"""Rows of movers and of help, names in one sentence, and targets there is room for."""
NAME, LINE = 42, 200
"""Characters of a name, and of a sentence in a table."""
LEVELS = (640, 190)
"""Pixels of the teams by level, across and down."""


@dataclass(frozen=True)
class ManyFigures:
    """What the page of many teams shows, gathered once."""

    name: str
    portfolio: Portfolio
    told: GroupStory
    needed: Sequence[Help]
    why: Mapping[str, Why]
    """By team: what is behind a movement, of the movers that are listed."""
    aims: tuple[str, ...]
    """What the group aims for and how far its teams are, a sentence a target."""
    made: date

    @property
    def title(self) -> str:
        """All teams · Azure MLOps maturity model · Q3 2026."""
        model = self.portfolio.definition.model
        return f"{self.name} · {model.name} · {self.portfolio.quarter.label}"

    @property
    def movers(self) -> list[Row]:
        return self.portfolio.of(Movement.UP, Movement.DOWN)


def gather(
    service: Service, model: str, quarter: Quarter, group: Group | None = None
) -> ManyFigures | None:
    """The figures of a group in a quarter; of all teams without one.

    None where no team among them was assessed through the model by then.
    """
    tree = service.store.tree(quarter)
    among = None if group is None else tree.teams_of(group.id)
    found = portfolios.read(service, model, quarter, among)
    if found is None or not any(row.history for row in found.rows):
        return None
    of, at = found.definition.model, TOP if group is None else group.id
    aims = tuple(group_words.all_aims(service, tree, at, of))
    key = asking.ALL if group is None else group.id
    ask = asking.current(service, key, model, quarter)
    movers = found.of(Movement.UP, Movement.DOWN)[:MOVERS]
    return ManyFigures(
        name=EVERYONE if group is None else tree.label(group.id),
        portfolio=found,
        told=group_story.tell(found, aims, ask),
        needed=help_needed(found),
        why=portfolios.reasons(service, found, movers),
        aims=aims,
        made=today(),
    )


def summary(figures: ManyFigures, colors: Palette) -> Paper:
    """The data of the page, and its drawing."""
    return _Page(figures, colors).written()


class _Page:
    """The page while it is written: it remembers whether a text was cut."""

    def __init__(self, figures: ManyFigures, colors: Palette) -> None:
        self.figures = figures
        self.portfolio = figures.portfolio
        self.colors = colors
        self.shortened = False
        self.paper = Paper(self._head())

    def written(self) -> Paper:
        told = self.figures.told
        self.paper.data |= {
            "aims": [plain(aim) for aim in self.figures.aims[:AIMS]],
            "moved_title": f"Who moved {_since(self.portfolio)}",
            "moved_caption": plain(says.movement_caption(self.portfolio)),
            "moved": self._movers(),
            "back": plain(told.back.headline),
            "help": self._help(),
            "far": plain(told.far.headline),
            "levels": self._levels(),
            "levels_caption": self._caption(),
            "ask": self._cut(told.ask.headline, LINE),
            "asks": [self._cut(fact, LINE) for fact in told.ask.facts],
            "sure": self._waiting(),
            "source": self._source(),
        }
        self.paper.data["aside"] = self._aside()
        return self.paper

    def _head(self) -> dict[str, object]:
        figures, portfolio = self.figures, self.portfolio
        demo = any(row.team.demo for row in portfolio.rows)
        return {
            "title": plain(figures.title),
            "team": plain(figures.name),
            "model": plain(portfolio.definition.model.name),
            "quarter": portfolio.quarter.label,
            "badges": ["Demo data"] if demo else [],
            "headline": plain(figures.told.verdict.sentence),
            "tiles": [
                {"label": label, "value": value, "note": note}
                for label, (value, note) in top_figures(portfolio).items()
            ],
            "made": f"Made on {words.day(figures.made)}.",
            "date": [figures.made.year, figures.made.month, figures.made.day],
        }

    def _cut(self, said: str, length: int) -> str:
        short = text.cut(said, length)
        self.shortened |= short != plain(said)
        return short

    def _movers(self) -> Block:
        rows: list[list[Cell]] = []
        for row in self.figures.movers[:MOVERS]:
            why = self.figures.why.get(row.team.id)
            up = row.movement is Movement.UP
            rows.append(
                [
                    self._cut(row.team.name, NAME),
                    {"text": plain(says.moved(row)), "token": "up" if up else "down"},
                    self._cut(says.reason(why), LINE) if why else "",
                ]
            )
        return _table(["Team", "Moved", "Why"], [2.4, 2.4, 5], rows)

    def _help(self) -> Block:
        among = len(self.portfolio.compared)
        rows: list[list[Cell]] = [
            [
                self._cut(one.practice.name, NAME),
                self._cut(one.rung.text, LINE),
                plain(says.missed_by(one, among)),
                self._cut(says.talk_to(one), LINE),
            ]
            for one in self.figures.needed[:HELPED]
        ]
        columns = ["Practice", "Wanted", "Teams", "Talk to"]
        return _table(columns, [2.2, 3.8, 1.6, 3], rows)

    def _levels(self) -> Block:
        model, (width, height) = self.portfolio.definition.model, LEVELS
        bands = tuple(band.name for band in model.bands)
        title = says.levels_title(self.figures.told.columns, model)
        counts = level_counts(self.portfolio)
        drawn = charts.levels(counts, scale_of_model(model), bands, title, height)
        return paper.drawing(self.paper, "levels.svg", drawn, width, self.colors, {})

    def _caption(self) -> str:
        model = self.portfolio.definition.model
        return plain(says.levels_caption(self.figures.told.columns, model))

    def _waiting(self) -> list[str]:
        """Whose questions are open, who is not assessed, who is late."""
        absent, late = self.portfolio.absent, self.portfolio.overdue
        said = [f"{says.coverage_title(self.portfolio)}."]
        for when, rows in (
            (f"Not assessed in {self.portfolio.quarter.label}", absent),
            (f"Overdue on {words.day(self.figures.made)}", late),
        ):
            if rows:
                names = [self._cut(row.team.name, NAME) for row in rows]
                said.append(f"{when}: {says.some(names, NAMED)}.")
        read = len(self.portfolio.read)
        if read:
            verb = "is" if read == 1 else "are"
            said.append(f"{says.teams(read)} {verb} read from answers, not submitted.")
        if left_out := says.demo_left_out(self.portfolio):
            said.append(left_out)
        return said

    def _source(self) -> str:
        model = self.portfolio.definition.model
        source = f"{model.source.title}, {model.source.publisher}"
        return (
            f"Source: {self._cut(source, LINE)}, edition {plain(model.edition)}. Each "
            "team assessed itself: nobody from outside has checked the answers."
        )

    def _aside(self) -> str:
        """What the Portfolio page has and this page has not."""
        figures = self.figures
        left = {
            "mover": len(figures.movers) - MOVERS,
            "practice": len(figures.needed) - HELPED,
            "target": len(figures.aims) - AIMS,
        }
        more = [words.count(n, f"more {what}") for what, n in left.items() if n > 0]
        said = [f"{words.listed(more)} on the dashboard."] if more else []
        if self.shortened:
            said.append("Texts that end in \N{HORIZONTAL ELLIPSIS} are cut to fit.")
        return " ".join(said)


def _since(portfolio: Portfolio) -> str:
    return words.since(portfolio.quarter.shift(-1), portfolio.quarter)


def _table(
    columns: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Cell]]
) -> Block:
    return {"kind": "table", "columns": columns, "widths": widths, "rows": rows}
