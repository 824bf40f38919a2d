"""The command `report`: a team's quarter as a file to take along."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.exchange import commands as shared
from maturity.report.writers import FORMATS

if TYPE_CHECKING:
    from maturity.report.brand import Brand
    from maturity.service import Service
    from maturity.team import Team


def add_to(commands: shared.Commands[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    out = commands.add_parser(
        "report",
        help="write a quarter as report, slides, workbook, web page or charts",
    )
    who = out.add_mutually_exclusive_group(required=True)
    who.add_argument("--team", metavar="NAME")
    who.add_argument(
        "--group",
        metavar="PATH",
        help="one page of a group of teams, as in Retail/Search; '' is all teams",
    )
    out.add_argument("--model", required=True, metavar="ID", help="as in azure")
    out.add_argument(
        "--quarter", metavar="QUARTER", help="as in 2026-Q4; without it, the latest"
    )
    out.add_argument("--format", required=True, choices=FORMATS)
    out.add_argument(
        "--one-page", action="store_true", help="the summary on one page, as PDF"
    )
    out.add_argument(
        "--paper",
        choices=("a4", "letter"),
        help="for print; else MATURITY_PAPER, or a4",
    )
    out.add_argument("--out", required=True, metavar="FILE", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    if chosen.team is None:
        return shared.with_service(_group, chosen)
    return shared.for_team(chosen.team, _report, chosen)


def _look(chosen: argparse.Namespace) -> Brand:
    """Your own logo, colour and paper; what is wrong with them is said."""
    from maturity.report import brand

    try:
        look = brand.read()
    except brand.BrandError as error:
        raise shared.WrongError(str(error)) from error
    return look if chosen.paper is None else replace(look, paper=chosen.paper)


def _group(service: Service, chosen: argparse.Namespace) -> int:
    """One page of a group, or of all teams."""
    from maturity import portfolios
    from maturity.report import brand, many, pdf

    if chosen.format != "pdf":
        raise shared.WrongError("A group has one page, as PDF: give --format pdf.")
    look = _look(chosen)
    shared.known_model(service, chosen.model)
    quarter = portfolios.usual_quarter(service, chosen.model)
    if chosen.quarter is not None:
        quarter = shared.read_quarter(chosen.quarter)
    found = None
    if quarter is not None:
        tree = service.store.tree(quarter)
        group = tree.find(chosen.group) if chosen.group else None
        if chosen.group and group is None:
            raise shared.WrongError(
                f"There was no group {chosen.group!r} in {quarter}. `mlops-maturity "
                f"groups --quarter {quarter}` lists those that there were."
            )
        found = many.gather(service, chosen.model, quarter, group)
    if found is None:
        whose = f"of the group {chosen.group!r} " if chosen.group else ""
        raise shared.WrongError(
            f"No team {whose}was assessed through {chosen.model} by then. Choose "
            "another model, quarter or group."
        )
    try:
        data = pdf.many(found, look)
    except brand.BrandError as error:
        raise shared.WrongError(str(error)) from error
    return shared.write(chosen.out, data)


def _report(service: Service, team: Team, chosen: argparse.Namespace) -> int:
    from maturity.report import brand, figures, writers

    if chosen.one_page and chosen.format != "pdf":
        raise shared.WrongError("One page is written as PDF: give --format pdf.")
    look = _look(chosen)
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
