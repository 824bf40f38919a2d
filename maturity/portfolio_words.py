"""What a portfolio says in sentences: who moved, what most teams miss, who is late."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.model import MaturityModel
from maturity.portfolio import Movement, Portfolio, Row
from maturity.portfolio_findings import (
    Help,
    LevelColumn,
    Why,
    reached,
    targets_met,
    usual_level,
)
from maturity.scoring import shown
from maturity.words import (
    change,
    count,
    day,
    level,
    level_and_evidence,
    level_number,
    listed,
    since,
    step_word,
    tenths,
)

NAMED = 5
"""Names in one sentence; the others are counted."""


def teams(number: int) -> str:
    """1 team, 3 teams."""
    return count(number, "team")


def title(portfolio: Portfolio) -> str:
    """Who moved, as the finding of the quarter."""
    up, down = (len(portfolio.of(m)) for m in (Movement.UP, Movement.DOWN))
    ago = since(portfolio.quarter.shift(-1), portfolio.quarter)
    if up and down:
        return f"{teams(up)} moved up {ago}, {down} moved down"
    if up or down:
        return f"{teams(up or down)} moved {'up' if up else 'down'} {ago}"
    if portfolio.of(Movement.UNSURE):
        return f"No team surely moved {ago}"
    if portfolio.of(Movement.SAME):
        return f"No team moved {ago}"
    assessed = len(portfolio.assessed)
    if not assessed:
        return f"No team is assessed in {portfolio.quarter.label}"
    verb = "is" if assessed == 1 else "are"
    if len(portfolio.of(Movement.FIRST)) == assessed:
        return f"{teams(assessed)} {verb} assessed for the first time"
    return f"{teams(assessed)} {verb} assessed in {portfolio.quarter.label}"


def movement_caption(portfolio: Portfolio) -> str:
    """What is left to say about those that are not in the list of movers."""
    model = portfolio.definition.model
    said = []
    higher = sum((row.levels or 0) > 0 for row in portfolio.rows)
    lower = sum((row.levels or 0) < 0 for row in portfolio.rows)
    if higher or lower:
        word = step_word(model)
        parts = [f"{teams(higher)} reached a higher {word}"] if higher else []
        parts += [f"{teams(lower)} fell to a lower {word}"] if lower else []
        said.append(f"{listed(parts)}.")
    for movement, text in (
        (Movement.SAME, "{} did not move."),
        (Movement.UNSURE, "For {} it is not certain, as open questions leave ranges."),
        (Movement.FIRST, "{} assessed for the first time."),
        (Movement.AGAIN, "{} assessed again, after a gap."),
        (Movement.EDITION, "{} changed to another edition, not compared."),
    ):
        number = len(portfolio.of(movement))
        if number:
            said.append(text.format(teams(number)))
    return " ".join(said)


def moved(row: Row) -> str:
    """+0.4 to 2.7 · Level 2, was Level 1; "" for a team that did not surely move."""
    if row.now is None or row.before is None or not row.moved:
        return ""
    before, now = row.before.figures, row.now.figures
    if row.change is None or now.lowest is None:
        return ""
    here, there = level(now), level(before)
    levels = f"{here}, was {there}" if here != there else f"still {here}"
    return f"{signed(row)} to {tenths(now)} · {levels}"


def signed(row: Row) -> str:
    """A change with its sign: +0.4."""
    return change(0, row.change or 0)


def movement(row: Row) -> str:
    """A team's movement as a sentence says it."""
    if row.moved:
        return f"moved {row.movement.value} by {shown(abs(row.change or 0))}"
    return {
        Movement.UNSURE: "not certain, as ranges overlap",
        Movement.AGAIN: "assessed again, after a gap",
        Movement.EDITION: "another edition, not compared",
    }.get(row.movement, row.movement.value)


def short_movement(row: Row) -> str:
    """The same where there is room for six characters."""
    if row.moved:
        return signed(row)
    return {
        Movement.SAME: "0.0",
        Movement.UNSURE: "?",
        Movement.AGAIN: "again",
        Movement.FIRST: "new",
        Movement.EDITION: "ed.",
    }.get(row.movement, "")


def reason(why: Why) -> str:
    """Now met: A, B and 2 more. No longer met: C."""
    said = []
    for names, text in (
        (why.met, "Now met"),
        (why.lost, "No longer met"),
        (why.taken_out, "Not applicable now"),
    ):
        if names:
            said.append(f"{text}: {some(names)}.")
    return " ".join(said)


def some(names: Sequence[str], most: int = NAMED) -> str:
    """A, B and C; or the first few and how many more."""
    if len(names) <= most + 1:
        return listed(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"


def help_title(found: Sequence[Help]) -> str:
    """Which practice most teams miss."""
    if not found:
        return "No team surely misses a practice"
    first = found[0]
    verb = "misses" if len(first.missing) == 1 else "miss"
    return f"{teams(len(first.missing))} {verb} “{first.practice.name}”"


def missed_by(one: Help, among: int) -> str:
    """Missed by 5 of 8 teams."""
    if among == 1:
        return "The one team misses it"
    return f"Missed by {len(one.missing):,} of {teams(among)}"


def talk_to(one: Help) -> str:
    """Ask A, B and C, who do it; or that nobody does."""
    if not one.able:
        return "No team here does it yet"
    names = [team.name for team in one.able]
    verb = "does" if len(names) == 1 else "do"
    return f"Ask {some(names)}, who {verb} it"


def levels_title(columns: Sequence[LevelColumn], model: MaturityModel) -> str:
    """Where most teams are: 5 of 8 teams are at Level 2 or above."""
    now = columns[-1]
    if not now.teams:
        return f"No team has a level in {now.quarter.label}"
    number = usual_level(now, model)
    if number is None:
        left = f"{now.unsure:,} of {teams(now.teams)}"
        left = "the one team" if now.teams == 1 else left
        return f"Open questions leave {left} as a range"
    if now.teams == 1:
        return f"The one team is {place(model, number, exact=True)}"
    here = reached(now, number)
    verb = "is" if here == 1 else "are"
    return f"{here:,} of {teams(now.teams)} {verb} {place(model, number)}"


def place(model: MaturityModel, number: int, *, exact: bool = False) -> str:
    """At Level 2 or above; at Level 0; in the band Basic testing or above."""
    exact = exact or number in (model.lowest, model.top)
    word = "in the band" if model.by_points else "at"
    return f"{word} {level_number(model, number)}{'' if exact else ' or above'}"


def levels_caption(columns: Sequence[LevelColumn], model: MaturityModel) -> str:
    """How to read the columns, and what is not in them."""
    now, what = columns[-1], step_word(model)
    word = "in" if model.by_points else "at"
    said = [f"How many teams were {word} each {what}, the lowest at the foot."]
    if any(column.unsure for column in columns):
        said.append(
            f"“?” counts those whose open questions leave more than one {what}."
        )
    if any(column.absent for column in columns):
        said.append("A dash counts those not assessed in the quarter.")
    if now.read:
        verb = "is" if now.read == 1 else "are"
        said.append(f"{now.read:,} {verb} read from answers, not submitted.")
    if now.other:
        said.append(f"{teams(now.other)} of another edition left out.")
    return " ".join(said)


def on_target(portfolio: Portfolio) -> tuple[str, str]:
    """How many are at their target or above, and of how many; or that none is set."""
    met, known = targets_met(portfolio.rows)
    return (
        (f"{met:,}", f"of {known:,} with a target")
        if known
        else ("No target", "is set")
    )


def standing(row: Row) -> str:
    """Level 2, with evidence Level 1, score 2.3; of the last known result, if older."""
    seen = row.now or row.last
    if seen is None:
        return "Never assessed"
    figures = seen.figures
    if figures.lowest is None:
        return "Not applicable"
    return f"{level_and_evidence(figures)}, score {tenths(figures)}"


def last_known(row: Row) -> str:
    """Last known: Level 2, score 2.3, in Q2 2026."""
    if row.last is None:
        return "Never assessed through this model"
    submitted = row.last.submitted
    when = f", submitted {day(submitted)}" if submitted else ", not submitted"
    return f"Last known: {standing(row)}, in {row.last.quarter.label}{when}"


def late(row: Row) -> str:
    """Last submitted Q1 2026; submit Q4 2026 by 31 Dec 2026."""
    if row.review is None:
        return ""
    last = f"Last submitted for {row.latest.label}. " if row.latest else ""
    return f"{last}Submit {row.review.quarter.label} by {day(row.review.due)}."


def demo_left_out(portfolio: Portfolio) -> str:
    """8 demo teams are left out; "" where none is."""
    number = portfolio.demo_left_out
    verb = "is" if number == 1 else "are"
    return f"{count(number, 'demo team')} {verb} left out." if number else ""


def coverage_title(portfolio: Portfolio) -> str:
    """2 of 8 teams left questions open."""
    assessed = portfolio.assessed
    open_ = sum(1 for row in assessed if row.now and row.now.figures.open)
    if not assessed:
        return "Nothing is answered yet"
    if not open_:
        return "No question that counts is open"
    return f"{open_:,} of {teams(len(assessed))} left questions open"
