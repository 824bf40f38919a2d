"""The command `report`: a team's quarter as a file to take along."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.exchange import commands as shared
from maturity.report.writers import FORMATS

if TYPE_CHECKING:
    from maturity.service import Service
    from maturity.team import Team


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
    out.add_argument("--format", required=True, choices=FORMATS)
    out.add_argument(
        "--one-page", action="store_true", help="the summary on one page, as PDF"
    )
    out.add_argument(
        "--paper", choices=("a4", "letter"), help="for PDF; else MATURITY_PAPER, or a4"
    )
    out.add_argument("--out", required=True, metavar="FILE", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    return shared.for_team(chosen.team, _report, chosen)


def _report(service: Service, team: Team, chosen: argparse.Namespace) -> int:
    from maturity.report import brand, figures, writers

    if chosen.one_page and chosen.format != "pdf":
        raise shared.WrongError("One page is written as PDF: give --format pdf.")
    try:
        look = brand.read()
    except brand.BrandError as error:
        raise shared.WrongError(str(error)) from error
    if chosen.paper is not None:
        look = replace(look, paper=chosen.paper)
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
    format = writers.ONE_PAGE if chosen.one_page else chosen.format
    try:
        data = writers.WRITERS[format](found, look)
    except brand.BrandError as error:
        raise shared.WrongError(str(error)) from error
    return shared.write(chosen.out, data)
