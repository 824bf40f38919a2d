"""What goes into a file: gathered from the service, for screens and commands alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from maturity.answer import AnswerRow
from maturity.exchange.lines import Sheet
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.service import Service
from maturity.team import Team


def sheet(service: Service, team: Team, model: str, quarter: Quarter) -> Sheet:
    """What a questionnaire of a model is written from."""
    stored = service.sheet(team.id, quarter)
    definition = service.definition(team, model)
    names = reviewers(service, stored.answers)
    return Sheet(team, quarter, definition, stored.answers, stored.carried, names)


def reviewers(service: Service, rows: Mapping[str, AnswerRow]) -> dict[str, str]:
    """The names by id of those who reviewed any of these answers."""
    ids = {row.answer.reviewed_by for row in rows.values()} - {""}
    return service.store.names(sorted(ids))


def every_practice(service: Service) -> dict[str, Practice]:
    """The practices of the library, and those that only one model has."""
    own = {p.id: p for m in service.library.models.values() for p in m.practices}
    return {**service.library.practices, **own}


def every_reading(service: Service, team: Team, model: str) -> list[Reading]:
    """The submitted quarters of a model, and the present one if it is a draft."""
    history = service.history(team, model)
    today = service.reading(team, model, Quarter.current())
    return [*history, today] if today is not None and today.draft else history


def file_name(team: Team | None, *parts: str, ending: str) -> str:
    """A name that every system takes: search-azure-2026-Q4.xlsx; None is all teams."""
    name = team.name if team else "all teams"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "team"
    return "-".join([slug, *parts]) + f".{ending}"
