"""Reading all teams at once: a portfolio from the store, in a handful of queries.

Submitted results are read as frozen. A team that did not submit through the model, but
answered some of its questions in that quarter, is read from those answers instead, and
is marked as read: that is how a portfolio is seen through any model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from maturity.answer import Answer
from maturity.cadence import review
from maturity.label import holding
from maturity.model import Definition
from maturity.portfolio import QUARTERS, Portfolio, Row, Seen, by_movement
from maturity.portfolio_findings import Why, usual_edition, why
from maturity.practice import Serving
from maturity.quarter import Quarter, today
from maturity.reading import Target, in_force, served
from maturity.service import Service
from maturity.standings import Asked, Outcome, Scored, Thaw, thaw_overall
from maturity.team import TargetRow, Team


def shown_teams(service: Service) -> tuple[list[Team], int]:
    """The teams of a portfolio, and how many demo teams real ones leave out."""
    every = service.store.teams()
    real = [team for team in every if not team.demo]
    return (real, len(every) - len(real)) if real else (every, 0)


def usual_quarter(service: Service, model: str) -> Quarter | None:
    """The newest quarter that at least half of the model's teams submitted.

    None where nobody ever submitted through the model.
    """
    known = {team.id for team in shown_teams(service)[0]}
    pairs = [p for p in service.store.submitted_quarters(model) if p[0] in known]
    if not pairs:
        return None
    teams = len({team for team, _ in pairs})
    often = Counter(quarter for _, quarter in pairs)
    settled = [quarter for quarter, count in often.items() if 2 * count >= teams]
    return Quarter.parse(max(settled or often))


def read(
    service: Service,
    model: str,
    quarter: Quarter,
    among: Collection[str] | None = None,
) -> Portfolio | None:
    """The portfolio of a quarter, of all teams or of those with the ids `among`.

    None where the model is not here and was never used by any of them.
    """
    teams, left_out = shown_teams(service)
    if among is not None:
        teams = [team for team in teams if team.id in among]
    ids = {team.id for team in teams}
    submitted = _submitted(service, model, ids)
    window = [quarter.shift(-back) for back in range(QUARTERS)]
    past = _past(service, model, submitted, window)
    drafts = _drafts(service, model, window, ids)
    history = {
        team: sorted([*past.seen[team], *drafts.seen[team]], key=lambda s: s.quarter)
        for team in ids
    }
    now = [s for seen in history.values() for s in seen if s.quarter == quarter]
    definition = _definition(service, model, past, usual_edition(now))
    if definition is None:
        return None
    outcomes = _outcomes(service, model, quarter, ids) | drafts.outcomes(quarter)
    targets, day = _targets(service, model, quarter), today()
    labels = holding(service.store.labellings(), quarter)
    rows = [
        Row(
            team=team,
            quarter=quarter,
            history=tuple(history[team.id]),
            outcome=outcomes.get(team.id),
            older=past.older.get(team.id),
            target=targets.get(team.id),
            review=review(model, submitted[team.id], day),
            latest=max(submitted[team.id], default=None),
            labels=labels.get(team.id, ()),
        )
        for team in teams
    ]
    return Portfolio(definition, quarter, tuple(by_movement(rows)), left_out)


def reasons(
    service: Service, portfolio: Portfolio, rows: Iterable[Row]
) -> dict[str, Why]:
    """By team: what changed since the quarter before, of those rows that moved."""
    moved = {row.team.id: row.outcome for row in rows if row.moved and row.outcome}
    if not moved:
        return {}
    model, before = portfolio.definition.model.id, portfolio.quarter.shift(-1)
    then = _outcomes(service, model, before, moved.keys())
    if then.keys() != moved.keys():
        then |= _drafts(service, model, [before], moved.keys()).outcomes(before)
    return {
        team: why(portfolio.definition, then[team], outcome)
        for team, outcome in moved.items()
        if team in then
    }


def _submitted(
    service: Service, model: str, teams: Collection[str]
) -> dict[str, set[Quarter]]:
    """By team: every quarter that it submitted."""
    found: dict[str, set[Quarter]] = {team: set() for team in teams}
    for team, quarter in service.store.submitted_quarters(model):
        if team in found:
            found[team].add(Quarter.parse(quarter))
    return found


@dataclass(frozen=True)
class _Past:
    """What was submitted: of the window, and the newest before it where it is empty."""

    seen: Mapping[str, list[Seen]]
    older: Mapping[str, Seen]
    hashes: Mapping[str, tuple[str, str]]
    """By edition: the hash of its definition, and a quarter that has it."""


def _past(
    service: Service,
    model: str,
    submitted: Mapping[str, set[Quarter]],
    window: Sequence[Quarter],
) -> _Past:
    first, last = min(window), max(window)
    before = {
        team: max(earlier)
        for team, quarters in submitted.items()
        if (earlier := [q for q in quarters if q < first])
        and not any(first <= q <= last for q in quarters)
    }
    seen: dict[str, list[Seen]] = {team: [] for team in submitted}
    older: dict[str, Seen] = {}
    hashes: dict[str, tuple[str, str]] = {}
    quarters = {str(quarter): quarter for quarter in [*window, *before.values()]}
    for row in service.store.overall_results(model, quarters):
        if row.team not in seen:
            continue
        quarter = quarters[row.quarter]
        figures = thaw_overall(row.text)
        one = Seen(quarter, row.edition, figures, row.at)
        if quarter >= first:
            seen[row.team].append(one)
        elif before.get(row.team) == quarter:
            older[row.team] = one
        hashes[row.edition] = (row.hash, row.quarter)
    return _Past(seen, older, hashes)


@dataclass(frozen=True)
class _Drafts:
    """What was answered and never submitted by the model, scored."""

    seen: Mapping[str, list[Seen]]
    places: Mapping[tuple[str, Quarter], int]
    scored: Scored | None

    def outcomes(self, quarter: Quarter) -> dict[str, Outcome]:
        if self.scored is None:
            return {}
        return {
            team: self.scored.outcome(place)
            for (team, when), place in self.places.items()
            if when == quarter
        }


def _drafts(
    service: Service,
    model: str,
    quarters: Sequence[Quarter],
    teams: Collection[str],
) -> _Drafts:
    seen: dict[str, list[Seen]] = {team: [] for team in teams}
    if model not in service.library.models:
        return _Drafts(seen, {}, None)
    definition = service.library.definition(model)
    practices = [practice.id for practice in definition.asked]
    answers: dict[tuple[str, str], dict[str, Answer]] = {}
    keys = [str(quarter) for quarter in quarters]
    ladders, changed_ladder = service.library.ladders, service.library.changed_ladder
    for row in service.store.unsubmitted_answers(model, keys, practices):
        changed = row.practice in ladders and changed_ladder(row.practice, row.seq)
        if row.team in seen and not changed:
            answers.setdefault((row.team, row.quarter), {})[row.practice] = row.answer
    servings = _servings(service, definition, answers)
    begun = {
        key: Asked(said, Quarter.parse(key[1]), servings[key])
        for key, said in answers.items()
        if said.keys() - definition.of(servings[key]).left_out.keys()
    }
    if not begun:
        return _Drafts(seen, {}, None)
    scored = Scored(definition, list(begun.values()))
    places: dict[tuple[str, Quarter], int] = {}
    for place, ((team, _), one) in enumerate(begun.items()):
        figures = scored.overall(place)
        edition = definition.model.edition
        seen[team].append(Seen(one.quarter, edition, figures, None))
        places[team, one.quarter] = place
    return _Drafts(seen, places, scored)


def _servings(
    service: Service, definition: Definition, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], Serving]:
    """By team and quarter: how a team served, see `Service.served`."""
    if all(practice.applies_to is None for practice in definition.every):
        return dict.fromkeys(wanted, "")
    serves = {team.id: team.serving for team in service.store.teams()}
    now = Quarter.current()
    over = {quarter for _, quarter in wanted if Quarter.parse(quarter) < now}
    then = {
        (team, quarter): served(text)
        for team, quarter, text in service.store.newest_results(over)
    }
    return {key: then.get(key, serves.get(key[0], "")) for key in wanted}


def _definition(
    service: Service, model: str, past: _Past, edition: str
) -> Definition | None:
    """The model of an edition: as it was frozen, or as it is today."""
    today_s = service.library.models.get(model)
    if edition in past.hashes:
        return service.frozen_model(*past.hashes[edition])
    if today_s is not None:
        return service.library.defined(today_s)
    newest = max(past.hashes.values(), key=lambda one: one[1], default=None)
    return service.frozen_model(*newest) if newest else None


def _outcomes(
    service: Service, model: str, quarter: Quarter, teams: Collection[str]
) -> dict[str, Outcome]:
    """The submitted results of a quarter, by team."""
    thaws: dict[str, Thaw] = {}
    found = {}
    for row in service.store.whole_results(model, str(quarter)):
        if row.team not in teams:
            continue
        if row.hash not in thaws:
            thaws[row.hash] = Thaw(service.frozen_model(row.hash, row.quarter))
        found[row.team] = thaws[row.hash].outcome(row.text)
    return found


def _targets(service: Service, model: str, quarter: Quarter) -> dict[str, Target]:
    """By team: the target for the whole model that is in force in a quarter."""
    rows: dict[str, list[TargetRow]] = {}
    for row in service.store.every_target(model):
        rows.setdefault(row.team, []).append(row)
    held = {team: in_force(own, quarter).whole for team, own in rows.items()}
    return {team: target for team, target in held.items() if target is not None}
