"""The command `portfolio`: the table of the Portfolio page, without a browser."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from maturity.exchange.commands import (
    Commands,
    WrongError,
    known_model,
    labelled,
    read_quarter,
    with_service,
    write,
)

if TYPE_CHECKING:
    from maturity.portfolio import Portfolio
    from maturity.quarter import Quarter
    from maturity.service import Service


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """The options of the command."""
    portfolio = commands.add_parser(
        "portfolio", help="print every team of a quarter, those that moved first"
    )
    portfolio.add_argument("--model", required=True, metavar="ID")
    portfolio.add_argument(
        "--quarter",
        metavar="QUARTER",
        help="as in 2026-Q4; without it, the newest that half of the teams submitted",
    )
    portfolio.add_argument(
        "--group", metavar="PATH", help="only the teams of a group, as in Retail/Search"
    )
    portfolio.add_argument(
        "--label", metavar="LABEL", help="only the teams with a label, as in tier-1"
    )
    portfolio.add_argument("--format", choices=["csv", "json"], default="csv")
    portfolio.add_argument("--out", metavar="FILE", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """Print the table or write it to a file; the exit status."""
    return with_service(_written, chosen)


def _portfolio(service: Service, chosen: argparse.Namespace) -> Portfolio:
    from maturity import portfolios
    from maturity.quarter import Quarter

    usual = portfolios.usual_quarter(service, chosen.model)
    if usual is None:
        known_model(service, chosen.model)
    quarter = read_quarter(chosen.quarter) if chosen.quarter else usual
    quarter = quarter or Quarter.current()
    among = _among(service, chosen, quarter)
    found = portfolios.read(service, chosen.model, quarter, among)
    if found is None:
        raise WrongError(
            f"No team was assessed through {chosen.model!r} up to {quarter.label}. "
            "Choose a later quarter."
        )
    return found


def _among(
    service: Service, chosen: argparse.Namespace, quarter: Quarter
) -> frozenset[str] | None:
    """The teams of the group, and with the label, in the quarter; None for all."""
    if not (chosen.group or chosen.label):
        return None
    tree = service.store.tree(quarter)
    within = labelled(tree, chosen.label) if chosen.label else None
    if not chosen.group:
        return within
    group = tree.find(chosen.group)
    if group is None:
        raise WrongError(
            f"There is no group {chosen.group!r} in {quarter.label}. `mlops-maturity "
            "groups` lists the groups there are now."
        )
    teams = tree.teams_of(group.id)
    return teams if within is None else teams & within


def _written(service: Service, chosen: argparse.Namespace) -> int:
    from maturity.exchange.portfolio import portfolio_csv, portfolio_json

    make = portfolio_csv if chosen.format == "csv" else portfolio_json
    data = make(_portfolio(service, chosen))
    if chosen.out is not None:
        return write(chosen.out, data)
    print(data.decode("utf-8-sig").rstrip())
    return 0
