"""Many teams with many submitted quarters, written straight into a DuckDB store.

The results are real ones, of a few hundred different sets of answers that teams share:
submitting each by the service would take minutes and tell nothing more.
"""

import random
from collections.abc import Iterator
from datetime import datetime

import pandas as pd

from maturity import library
from maturity.answer import Answer, State
from maturity.quarter import Quarter
from maturity.reading import freeze
from maturity.scoring import score
from maturity.service import Service

DOMAINS = ("Fraud", "Search", "Forecasting")
SIZES = ("1 to 5 people", "6 to 15 people")
DIFFERENT = 40
"""Sets of answers for each quarter."""


def settle(
    service: Service,
    teams: int,
    last: Quarter,
    quarters: int,
    model: str = "azure",
    name: str = "Team",
) -> list[str]:
    """Add teams that submitted each of the quarters up to the last; gives their ids."""
    chance = random.Random(teams)
    definition = service.library.definition(model)
    digest = library.fingerprint(definition)
    edition = definition.model.edition
    service.store.define(digest, model, edition, library.canonical(definition))
    results = list(_results(definition, last, quarters, chance))
    ids = [f"{name.lower()}-{number:04}" for number in range(teams)]
    at = datetime(2026, 11, 2, 9)
    assessments = [
        (team, str(quarter), chance.choice(different))
        for team in ids
        for quarter, different in results
    ]
    frame = pd.DataFrame(assessments, columns=["team", "quarter", "result"])
    about = pd.DataFrame({"id": ids, "place": range(teams)})
    database = service.store.database
    with database._connection.cursor() as cursor:
        cursor.register("crowd", frame)
        cursor.register("about", about)
        cursor.execute(
            "insert into teams select id, $4 || ' ' || place, lower($4) || place, "
            "$1[1 + place % 3], $2[1 + place % 2], 'batch', false, null, '', $3 "
            "from about",
            [list(DOMAINS), list(SIZES), at, name],
        )
        cursor.execute("insert into change_counters select id, 1 from about")
        cursor.execute(
            "insert into assessments select nextval('assessment_seq'), team, $1, "
            "quarter, 1, 'submitted', '', $2, $3, '[]', result, '', $4 from crowd",
            [model, edition, digest, at],
        )
    return ids


def _results(
    definition, last: Quarter, quarters: int, chance: random.Random
) -> Iterator[tuple[Quarter, list[str]]]:
    for back in range(quarters - 1, -1, -1):
        quarter, different = last.shift(-back), []
        for number in range(DIFFERENT):
            height = number / 20 + 0.2 * (quarters - back)
            answers = {}
            for practice in definition.asked:
                rank = int(max(0.0, chance.gauss(height, 0.6)))
                if chance.random() > 0.02:
                    ladder = practice.ladder
                    rung = ladder[min(rank, len(ladder) - 1)]
                    answers[practice.id] = Answer(State.RUNG, rung)
            different.append(freeze(score(definition, answers, quarter)))
        yield quarter, different
