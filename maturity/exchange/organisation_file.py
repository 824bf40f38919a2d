"""An organisation as CSV: a team a line, with its group, its labels and more.

It goes out, is edited in a spreadsheet and comes back. An empty cell changes nothing,
and a team that is not in the file stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from maturity.exchange.lines import FileRefusedError, quoted
from maturity.exchange.table_reader import rows_of, text_of
from maturity.exchange.tables import as_csv, plain
from maturity.group import BELOW, LEVELS, Tree, names_of
from maturity.label import BETWEEN, accepted_labels
from maturity.practice import Serving
from maturity.storage.part import plain_text
from maturity.structure import listed
from maturity.team import SIZES, NameRefusedError, Team, accepted_name, folded

COLUMNS = ("team", "group", "domain", "size", "serving", "labels")
MOST_LINES = 10_000
DOMAIN_LENGTH = 60


@dataclass(frozen=True)
class TeamLine:
    """What a file says of one team; "" says nothing."""

    number: int
    name: str
    group: tuple[str, ...]
    """The names of the path, from the first level down."""
    domain: str
    size: str
    serving: Serving
    labels: tuple[str, ...]
    """All that the team has; none says nothing."""


def write(teams: Iterable[Team], tree: Tree) -> bytes:
    """The teams as a file that can be taken in again."""
    return as_csv(
        COLUMNS,
        [
            {
                "team": team.name,
                "group": tree.label(tree.members.get(team.id, "")),
                "domain": team.domain,
                "size": team.size,
                "serving": team.serving,
                "labels": BETWEEN.join(tree.labels.get(team.id, ())),
            }
            for team in teams
        ],
    )


def read(name: str, data: bytes) -> list[TeamLine]:
    """The lines of a file; FileRefusedError names every line that is wrong."""
    if not name.lower().endswith(".csv"):
        raise FileRefusedError(name, "is not read; an organisation ends in .csv")
    rows = rows_of(name, plain_text(text_of(name, data)), MOST_LINES)
    if not rows:
        raise FileRefusedError(name, "is empty; it needs a line of column names")
    titles = [title.strip().lower() for title in rows[0][1]]
    if "team" not in titles:
        raise FileRefusedError(name, "line 1: the column team is missing")
    if unknown := [t for t in titles if t and t not in COLUMNS]:
        raise FileRefusedError(
            name,
            f"line 1: there is no column {quoted(unknown[0])}; there are "
            f"{listed(COLUMNS)}",
        )
    lines, problems = [], []
    seen: dict[str, int] = {}
    for number, cells in rows[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = {t: plain(c.strip()) for t, c in zip(titles, cells, strict=False)}
        try:
            if len(cells) > len(titles):
                raise NameRefusedError("has more cells than there are columns")
            line = _line(number, row)
        except NameRefusedError as error:
            problems.append(f"line {number}: {error}")
            continue
        first = seen.setdefault(folded(line.name), number)
        if first != number:
            problems.append(
                f"line {number}: {quoted(line.name)} stands in line {first} already"
            )
        lines.append(line)
    if problems:
        raise FileRefusedError(name, *problems)
    return lines


def _line(number: int, row: Mapping[str, str]) -> TeamLine:
    path = tuple(
        accepted_name(part, "group") for part in names_of(row.get("group", ""))
    )
    if len(path) > LEVELS:
        raise NameRefusedError(
            f"column group: {quoted(BELOW.join(path))} has more than three levels"
        )
    domain, size = row.get("domain", ""), row.get("size", "")
    if len(domain) > DOMAIN_LENGTH:
        raise NameRefusedError(
            f"column domain: has more than {DOMAIN_LENGTH} characters"
        )
    if size not in SIZES:
        raise NameRefusedError(
            f"column size: {quoted(size)} is none; there are {listed(SIZES[1:])}"
        )
    kinds: tuple[Serving, ...] = get_args(Serving)
    serving = next((s for s in kinds if s == row.get("serving", "")), None)
    if serving is None:
        raise NameRefusedError(
            f"column serving: {quoted(row['serving'])} is none; there are "
            f"{listed(kind for kind in kinds if kind)}"
        )
    try:
        labels = accepted_labels(row.get("labels", "").split(BETWEEN))
    except NameRefusedError as error:
        raise NameRefusedError(f"column labels: {error}") from error
    name = accepted_name(row["team"])
    return TeamLine(number, name, path, domain, size, serving, labels)
