"""The story of a group of teams: the four findings of `story`, told of many teams.

Teams are counted and never ranked: a leader is told who moved, where most of them are,
and what would help most of them. Pure functions of a portfolio.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity import portfolio_words as words
from maturity.model import MaturityModel
from maturity.portfolio import Movement, Portfolio
from maturity.portfolio_findings import (
    Help,
    LevelColumn,
    help_needed,
    level_columns,
    reached,
    targets_met,
    usual_level,
)
from maturity.story import FACTS, Direction, Slide, Verdict, asked_for
from maturity.words import count, step_word


@dataclass(frozen=True)
class GroupHold:
    """One practice that holds teams back, and who could help with it."""

    name: str
    wanted: str
    """The answer that the teams are asked for."""
    missed: str
    """5 of 8 teams miss it at their next level."""
    able: str
    """Which teams do it already."""


@dataclass(frozen=True)
class GroupStory:
    """Many teams' quarter through one model, ready to be told."""

    verdict: Verdict
    where: Slide
    far: Slide
    back: Slide
    ask: Slide
    holds: tuple[GroupHold, ...]
    columns: tuple[LevelColumn, ...]
    """How many teams were at each level, oldest quarter first; empty without any."""

    @property
    def slides(self) -> tuple[Slide, ...]:
        return self.where, self.far, self.back, self.ask


def tell(portfolio: Portfolio, aims: Sequence[str] = (), ask: str = "") -> GroupStory:
    """The story of a group's quarter.

    `aims` are sentences about what the group aims for, `ask` is what was written for
    leaders.
    """
    model = portfolio.definition.model
    columns = tuple(level_columns(portfolio))
    needed = help_needed(portfolio)
    among = len(portfolio.compared)
    holds = tuple(_hold(one, among) for one in needed[:FACTS])
    found = verdict(portfolio)
    return GroupStory(
        verdict=found,
        where=Slide("Where we are", found.sentence, _where(portfolio, columns, aims)),
        far=Slide("How far we came", far(columns, model)),
        back=Slide("What holds us back", back(portfolio, needed)),
        ask=_ask(holds, ask),
        holds=holds,
        columns=columns,
    )


def verdict(portfolio: Portfolio) -> Verdict:
    """Better, worse, mixed or stable since the quarter before, counted in teams.

    A team counts as moved only where the ranges of both quarters do not overlap.
    """
    up, down, same, unsure, first, edition = (
        len(portfolio.of(movement))
        for movement in (
            Movement.UP,
            Movement.DOWN,
            Movement.SAME,
            Movement.UNSURE,
            Movement.FIRST,
            Movement.EDITION,
        )
    )
    quarter, before = portfolio.quarter.label, portfolio.quarter.shift(-1).label
    assessed, compared = len(portfolio.assessed), up + down + same + unsure
    if not portfolio.rows:
        return Verdict(Direction.NOTHING, f"No team was in this group in {quarter}.")
    if not assessed:
        said = f"{_none(len(portfolio.rows))} assessed in {quarter}."
        return Verdict(Direction.NOTHING, said)
    if not compared:
        of = f"{_of(assessed, len(portfolio.rows))} assessed in {quarter}"
        if first == assessed:
            return _said(Direction.FIRST, of)
        if edition:
            said = f"{of}, and nothing compares with {before}"
            return _said(Direction.NEW_EDITION, said)
        return _said(Direction.UNCERTAIN, f"{of}, and none of them in {before}")
    if up and down:
        moved = f"{words.teams(up)} moved up since {before} and {down} moved down"
        return _said(Direction.MIXED, moved)
    if up or down:
        way, other = ("up", "down") if up else ("down", "up")
        direction = Direction.BETTER if up else Direction.WORSE
        if compared == 1:
            return _said(direction, f"the one team moved {way} since {before}")
        moved = f"{up or down} of {words.teams(compared)} moved {way} since {before}"
        return _said(direction, f"{moved} and none moved {other}")
    if unsure:
        direction = Direction.STABLE if same else Direction.UNCERTAIN
        still = f"no team surely moved since {before}; open questions leave"
        if compared == 1:
            return _said(direction, f"{still} a range")
        return _said(direction, f"{still} {unsure} of {compared} as ranges")
    if compared == 1:
        return _said(Direction.STABLE, f"the one team did not move since {before}")
    return _said(
        Direction.STABLE, f"none of {words.teams(compared)} moved since {before}"
    )


def far(columns: Sequence[LevelColumn], model: MaturityModel) -> str:
    """How many teams reached the level that half of them are at by now, and before."""
    there = [c for c in columns if c.teams]
    if not there:
        return "No quarter has a result yet."
    last = there[-1]
    same = [c for c in there if c.edition == last.edition]
    now = words.levels_title([last], model)
    if len(same) == 1:
        so_far = "by this edition" if len(there) > 1 else "so far"
        return f"One quarter {so_far}: {now}."
    number = usual_level(last, model)
    if number is None:
        return f"{now}."
    first, where = same[0], words.place(model, number)
    before, after = (reached(c, number) for c in (first, last))
    ago = count(last.quarter - first.quarter, "quarter")
    if (before, first.teams) == (after, last.teams):
        return f"Still {after:,} of {words.teams(last.teams)} {where} after {ago}."
    of = f"{before:,} of {words.teams(first.teams)}"
    return f"From {of} {where} to {after:,} of {last.teams:,} in {ago}."


def back(portfolio: Portfolio, needed: Sequence[Help]) -> str:
    """Which practice most teams miss."""
    model = portfolio.definition.model
    what = step_word(model)
    if not portfolio.compared:
        return "Nothing is assessed, so nobody knows what holds these teams back."
    if not needed:
        waiting = any(row.now and row.now.figures.open for row in portfolio.compared)
        if waiting:
            return (
                f"Only open questions stand between these teams and their next {what}."
            )
        why = (
            "is in the highest band"
            if model.by_points
            else "meets every criterion that applies"
        )
        return f"Nothing holds these teams back: each {why}."
    most = needed[0]
    if len(most.missing) == 1 and len(portfolio.compared) > 1:
        return "No practice holds back more than one team."
    name = f"“{most.practice.name}”"
    if len(most.missing) == len(portfolio.compared):
        every = "the team misses" if len(most.missing) == 1 else "every team misses"
        return f"{name} holds us back: {every} it at its next {what}."
    missed = f"{len(most.missing):,} of {words.teams(len(portfolio.compared))}"
    return f"{name} holds back most: {missed} miss it at their next {what}."


def _said(direction: Direction, rest: str) -> Verdict:
    return Verdict(direction, f"{direction.value}: {rest}.")


def _of(number: int, total: int) -> str:
    """5 of 8 teams are; the one team is."""
    if total == 1:
        return "the one team is"
    return f"{number:,} of {words.teams(total)} {'is' if number == 1 else 'are'}"


def _none(total: int) -> str:
    return "The one team is not" if total == 1 else f"None of {total:,} teams is"


def _where(
    portfolio: Portfolio, columns: Sequence[LevelColumn], aims: Sequence[str]
) -> tuple[str, ...]:
    """Where most are, what was aimed for, who is missing; at most three facts."""
    if not portfolio.assessed:
        return ()
    facts = []
    if columns and columns[-1].teams:
        facts.append(f"{words.levels_title(columns, portfolio.definition.model)}.")
    facts += aims
    met, known = targets_met(portfolio.rows)
    if known and not aims:
        facts.append(f"{met:,} of {count(known, 'target')} reached.")
    late, total = len(portfolio.overdue), len(portfolio.rows)
    if len(portfolio.assessed) < total:
        seen = f"{_of(len(portfolio.assessed), total)} assessed"
        overdue = f"; {late:,} overdue today" if late else ""
        facts.append(f"{seen[0].upper()}{seen[1:]}{overdue}.")
    return tuple(facts[:FACTS])


def _hold(one: Help, among: int) -> GroupHold:
    return GroupHold(
        name=one.practice.name,
        wanted=one.rung.text,
        missed=f"{words.missed_by(one, among)}.",
        able=f"{words.talk_to(one)}.",
    )


def _ask(holds: Sequence[GroupHold], written: str) -> Slide:
    if written.strip() or not holds:
        return asked_for(written)
    things = "this practice, which" if len(holds) == 1 else "these practices, which"
    return Slide(
        asked_for("").over,
        f"Help our teams with {things} they miss most often.",
        tuple(f"{hold.name}: {hold.wanted}" for hold in holds),
    )
