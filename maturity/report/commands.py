"""The command `report`: a team's quarter as a file to take along."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.exchange import commands as shared

if TYPE_CHECKING:
    from maturity.report.figures import Figures
    from maturity.service import Service
    from maturity.team import Team


def _slides(found: Figures) -> bytes:
    from maturity.report import slides

    return slides.deck(found)


def _pdf(found: Figures) -> bytes:
    from maturity.report import pdf

    return pdf.report(found)


def _workbook(found: Figures) -> bytes:
    from maturity.report import workbook

    return workbook.workbook(found)


WRITERS: dict[str, Callable[[Figures], bytes]] = {
    "pptx": _slides,
    "pdf": _pdf,
    "xlsx": _workbook,
}
"""By format. Each imports what writes it only when it is asked for."""


def add_to(commands: shared.Commands[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    out = commands.add_parser(
        "report", help="write a quarter's story as slides or as a report"
    )
    out.add_argument("--team", required=True, metavar="NAME")
    out.add_argument("--model", required=True, metavar="ID", help="as in azure")
    out.add_argument(
        "--quarter", metavar="QUARTER", help="as in 2026-Q4; without it, the latest"
    )
    out.add_argument("--format", required=True, choices=list(WRITERS))
    out.add_argument("--out", required=True, metavar="FILE", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    return shared.for_team(chosen.team, _report, chosen)


def _report(service: Service, team: Team, chosen: argparse.Namespace) -> int:
    from maturity.report import figures

    shared.known_model(service, chosen.model)
    quarter = service.latest(team.id, chosen.model)
    if chosen.quarter is not None:
        quarter = shared.read_quarter(chosen.quarter)
    reading = service.reading(team, chosen.model, quarter) if quarter else None
    if reading is None:
        when = f" in {quarter}" if quarter else ""
        raise shared.WrongError(
            f"{team.name} has no assessment through {chosen.model}{when}. Answer the "
            "questions first, or choose another quarter."
        )
    history = service.history(team, chosen.model)
    found = figures.gather(service, reading, history)
    return shared.write(chosen.out, WRITERS[chosen.format](found))
