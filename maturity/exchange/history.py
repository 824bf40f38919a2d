"""Every submitted result as tidy rows, for other programs: CSV and Parquet.

A row is the whole model, its `category` empty, or one category. Figures are those
that were frozen when the assessment was submitted; nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from maturity.exchange.tables import as_csv
from maturity.mark import Mark
from maturity.model import MaturityModel
from maturity.quarter import Quarter
from maturity.reading import Target, in_force, thaw_scores
from maturity.scoring import Score
from maturity.service import Service
from maturity.storage.many import SubmittedRow
from maturity.storage.parquet import parquet
from maturity.team import TargetRow, Team

TEXT, NUMBER, SCORE = "varchar", "integer", "decimal(5, 1)"
COLUMNS = {
    "team_id": TEXT,
    "team": TEXT,
    "demo": "boolean",
    "archived": "boolean",
    "team_group": TEXT,
    "model": TEXT,
    "edition": TEXT,
    "quarter": TEXT,
    "quarter_ends": "date",
    "revision": NUMBER,
    "submitted_at": "timestamp",
    "category": TEXT,
    "category_name": TEXT,
    "level_lowest": NUMBER,
    "level_highest": NUMBER,
    "score_lowest": SCORE,
    "score_highest": SCORE,
    "evidenced_level": NUMBER,
    "evidenced_score": SCORE,
    "target_level": NUMBER,
    "asked": NUMBER,
    "answered": NUMBER,
    "open": NUMBER,
    "not_applicable": NUMBER,
}
"""Every column with its type in Parquet; docs/formats.md says what each holds."""

Row = dict[str, object]


def history_csv(rows: Iterable[Row]) -> bytes:
    return as_csv(tuple(COLUMNS), [_written(row) for row in rows])


def history_parquet(rows: Iterable[Row]) -> bytes:
    return parquet(COLUMNS, rows)


def rows(service: Service, only: Team | None = None) -> Iterator[Row]:
    """The rows of all teams, archived ones too, or of one; oldest quarter first."""
    teams = {team.id: team for team in service.store.teams(archived=True)}
    submitted = service.store.every_submission(only.id if only else "")
    # A team that was removed a moment ago has no name any more.
    there = [row for row in submitted if row.team in teams]
    there.sort(key=lambda row: (row.quarter, teams[row.team].name, row.model))
    organisation = service.store.organisation()
    trees = {q: organisation.tree(Quarter.parse(q)) for q in {r.quarter for r in there}}
    targets = _targets(service, {row.model for row in there})
    models: dict[str, MaturityModel] = {}
    for row in there:
        tree, quarter = trees[row.quarter], Quarter.parse(row.quarter)
        group = tree.group_of(row.team)
        aims = in_force(targets.get((row.model, row.team), ()), quarter)
        about = {
            **_about(teams[row.team], row),
            "team_group": tree.label(group.id) if group else "",
            "quarter_ends": quarter.last_day,
        }
        if row.hash not in models:
            models[row.hash] = service.frozen_model(row.hash, row.quarter).model
        overall, categories = thaw_scores(row.result)
        whole = {"category": "", "category_name": ""}
        yield {**about, **whole, **_score(overall, aims.of())}
        for category in models[row.hash].deciding:
            yield {
                **about,
                "category": category.id,
                "category_name": category.name,
                **_score(categories[category.id], aims.of(category.id)),
            }


def _targets(
    service: Service, models: Iterable[str]
) -> dict[tuple[str, str], list[TargetRow]]:
    """The rows of targets by model and team, oldest first."""
    found: dict[tuple[str, str], list[TargetRow]] = {}
    for model in models:
        for row in service.store.every_target(model):
            found.setdefault((model, row.team), []).append(row)
    return found


def _about(team: Team, row: SubmittedRow) -> Row:
    return {
        "team_id": team.id,
        "team": team.name,
        "demo": team.demo,
        "archived": team.archived_at is not None,
        "model": row.model,
        "edition": row.edition,
        "quarter": row.quarter,
        "revision": row.revision,
        "submitted_at": row.at,
    }


def _score(score: Score, target: Target | None) -> Row:
    low, high, proven = score.lowest, score.highest, score.evidenced
    return {
        "level_lowest": low.level if low else None,
        "level_highest": high.level if high else None,
        "score_lowest": _decimal(low),
        "score_highest": _decimal(high),
        "evidenced_level": proven.level if proven else None,
        "evidenced_score": _decimal(proven),
        "target_level": target.level if target else None,
        "asked": score.asked,
        "answered": score.answered,
        "open": score.open,
        "not_applicable": score.not_applicable,
    }


def _decimal(mark: Mark | None) -> Decimal | None:
    """Tenths as a number with one decimal, the very digits that the screens show."""
    return None if mark is None else Decimal(mark.tenths).scaleb(-1)


def _written(row: Row) -> Row:
    """A row as text files hold it: true and false, times as in 2026-11-24T09:30:00."""
    return {name: _word(value) for name, value in row.items()}


def _word(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value
