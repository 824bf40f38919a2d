"""What a portfolio says: levels by quarter, why teams moved, what most of them miss.

Pure functions of rows whose figures the engine has worked out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from maturity.model import Definition, MaturityModel
from maturity.portfolio import Portfolio, Row, Seen
from maturity.practice import Practice, Rung
from maturity.quarter import Quarter
from maturity.scoring import Judged, Verdict
from maturity.standings import Outcome
from maturity.team import Team, folded
from maturity.words import one_level


@dataclass(frozen=True)
class LevelColumn:
    """How many teams were at each level in one quarter."""

    quarter: Quarter
    edition: str
    """The one that most teams of the quarter were assessed by."""
    counts: Mapping[int, int]
    """By level, lowest first; levels without a team included."""
    unsure: int
    """Teams whose open answers leave more than one level."""
    read: int
    """Of all these, those read from answers that were never submitted."""
    other: int
    """Teams of another edition, which are not counted with these."""
    absent: int

    @property
    def teams(self) -> int:
        """How many of the quarter are counted here."""
        return sum(self.counts.values()) + self.unsure


@dataclass(frozen=True)
class Help:
    """One practice that teams miss at their next level, and who could help."""

    practice: Practice
    category: str
    """Of the criterion that most of them miss."""
    rung: Rung
    """The most that any of them is asked for."""
    missing: tuple[Team, ...]
    able: tuple[Team, ...]
    """The teams that are at that rung or above, the highest rungs first."""


@dataclass(frozen=True)
class Why:
    """The practices behind a movement, in model order."""

    met: tuple[str, ...]
    lost: tuple[str, ...]
    taken_out: tuple[str, ...]
    """Not applicable now, and asked before."""


def level_columns(portfolio: Portfolio) -> list[LevelColumn]:
    """The quarters of the history from the first with a result on, oldest first."""
    model = portfolio.definition.model
    seen: dict[Quarter, list[Seen]] = {}
    for row in portfolio.rows:
        for one in row.history:
            seen.setdefault(one.quarter, []).append(one)
    if not seen:
        return []
    first, columns = min(seen), []
    for back in range(portfolio.quarter - first, -1, -1):
        quarter = portfolio.quarter.shift(-back)
        every = seen.get(quarter, [])
        edition = usual_edition(every)
        here = [s for s in every if s.edition == edition and s.figures.lowest]
        sure = Counter(
            s.figures.lowest.level
            for s in here
            if s.figures.lowest and one_level(s.figures)
        )
        columns.append(
            LevelColumn(
                quarter=quarter,
                edition=edition,
                counts={n: sure[n] for n in range(model.lowest, model.top + 1)},
                unsure=len(here) - sure.total(),
                read=sum(s.at is None for s in here),
                other=sum(s.edition != edition for s in every),
                absent=len(portfolio.rows) - len(every),
            )
        )
    return columns


def usual_level(column: LevelColumn, model: MaturityModel) -> int | None:
    """The highest level that at least half of the teams surely reached.

    None where too many of them could be at several.
    """
    above = 0
    for number in range(model.top, model.lowest - 1, -1):
        above += column.counts[number]
        if 2 * above >= column.teams:
            return number
    return None


def reached(column: LevelColumn, number: int) -> int:
    """How many teams surely are at a level or above; at the lowest, how many at it."""
    if number == min(column.counts):
        return column.counts[number]
    return sum(teams for level, teams in column.counts.items() if level >= number)


def usual_edition(seen: Sequence[Seen]) -> str:
    """The edition of most of them; the later one where two are as frequent."""
    often = Counter(one.edition for one in seen)
    return max(often, key=lambda edition: (often[edition], edition), default="")


def help_needed(portfolio: Portfolio) -> list[Help]:
    """The practices that most teams miss at their next level, most missed first.

    An open answer misses nothing: nobody knows yet.
    """
    missing: dict[str, list[tuple[Team, Judged]]] = {}
    for row in portfolio.compared:
        for practice, judged in _missed(row).items():
            missing.setdefault(practice, []).append((row.team, judged))
    order = {p.id: place for place, p in enumerate(portfolio.definition.asked)}
    ranks = _ranks(portfolio.compared, missing)
    found = []
    for practice in sorted(missing, key=lambda p: (-len(missing[p]), order[p])):
        needed = max(judged.needed for _, judged in missing[practice])
        categories = Counter(j.criterion.category for _, j in missing[practice])
        able = [(rank, team) for rank, team in ranks[practice] if rank >= needed]
        able.sort(key=lambda one: (-one[0], folded(one[1].name), one[1].id))
        asked = portfolio.definition.practices[practice]
        found.append(
            Help(
                practice=asked,
                category=categories.most_common(1)[0][0],
                rung=asked.rungs[needed],
                missing=tuple(team for team, _ in missing[practice]),
                able=tuple(team for _, team in able),
            )
        )
    return found


def why(definition: Definition, before: Outcome, now: Outcome) -> Why:
    """Which practices are newly met, no longer met, or taken out."""
    was = {judged.criterion.id: judged.verdict for judged in before.judged}
    changed: dict[Verdict, dict[str, str]] = {verdict: {} for verdict in Verdict}
    for judged in now.judged:
        then = was.get(judged.criterion.id)
        if not judged.criterion.gating or then in (None, judged.verdict):
            continue
        lost = judged.verdict in (Verdict.UNMET, Verdict.OPEN)
        if lost and then is not Verdict.MET:
            continue
        verdict = Verdict.UNMET if lost else judged.verdict
        practice = judged.criterion.practice
        changed[verdict][practice] = definition.practices[practice].name
    return Why(
        met=tuple(changed[Verdict.MET].values()),
        lost=tuple(changed[Verdict.UNMET].values()),
        taken_out=tuple(changed[Verdict.NOT_APPLICABLE].values()),
    )


def targets_met(rows: Iterable[Row]) -> tuple[int, int]:
    """How many surely are at their target or above, of how many assessed with one."""
    known = [row.on_target for row in rows if row.target and row.now]
    return sum(met is True for met in known), len(known)


def _missed(row: Row) -> Mapping[str, Judged]:
    return row.outcome.missed if row.outcome else {}


def _ranks(
    rows: Iterable[Row], practices: Iterable[str]
) -> dict[str, list[tuple[int, Team]]]:
    """By practice: the rank of each team that has one."""
    found: dict[str, list[tuple[int, Team]]] = {practice: [] for practice in practices}
    for row in rows:
        for practice, rank in _said(row):
            if practice in found:
                found[practice].append((rank, row.team))
    return found


def _said(row: Row) -> Iterator[tuple[str, int]]:
    """Practice and rank, once each, of a team's answers."""
    judged = row.outcome.judged if row.outcome else ()
    ranks = {j.criterion.practice: j.rank for j in judged if j.rank is not None}
    yield from ranks.items()
