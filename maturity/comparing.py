"""What a team is compared with: submissions of others, read in two queries.

Nothing of a name leaves this module: what is compared has attributes and scores alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from maturity.group import Tree
from maturity.peers import Attribute, LowEnds, Peer, about, low_ends
from maturity.quarter import Quarter
from maturity.reading import Reading, thaw_scores
from maturity.readings import CARRIED_QUARTERS
from maturity.service import Service
from maturity.team import Team


@dataclass(frozen=True)
class Peers:
    """The teams that a result can be compared with."""

    peers: tuple[Peer, ...]
    partial: int
    """Teams left out because some category does not apply to them."""


def others(service: Service, reading: Reading) -> Peers:
    """The other teams of a reading's edition, demo teams where it is of one."""
    model = reading.definition.model
    return peers_of(
        service,
        model.id,
        model.edition,
        reading.quarter,
        categories={category.id for category in model.deciding},
        demo=reading.team.demo,
        without=reading.team.id,
    )


def peers_of(
    service: Service,
    model: str,
    edition: str,
    quarter: Quarter,
    *,
    categories: Collection[str],
    demo: bool,
    without: str = "",
) -> Peers:
    """What teams submitted by a quarter, each its latest of that and the four before.

    Archived teams are left out, and demo teams are never mixed with others.
    """
    teams = {
        team.id: team
        for team in service.store.teams()
        if team.demo == demo and team.id != without
    }
    # Today's groups whichever quarter is compared, as the other attributes are today's:
    # a group of then and one of now, of the same results, would single out who moved.
    tree = service.store.tree(Quarter.current())
    quarters = [str(quarter.shift(-back)) for back in range(CARRIED_QUARTERS + 1)]
    found: list[Peer] = []
    partial = 0
    for row in service.store.results_of_edition(model, edition, quarters):
        team = teams.get(row.team)
        if team is None:
            continue
        submitted, ends = _submitted(row.text)
        if submitted != set(categories):
            continue  # another model under the same id and edition
        if ends is None:
            partial += 1
            continue
        at = Quarter.parse(row.quarter)
        said = about_in(tree, team)
        found.append(Peer(said, at, ends.tenths, ends.ranged))
    return Peers(tuple(found), partial)


def about_in(tree: Tree, team: Team) -> dict[Attribute, str]:
    """What a team is compared by, its group on the first level included."""
    top = tree.top_of(team.id)
    return about(team, top.id if top else "")


@lru_cache(maxsize=4096)
def _submitted(text: str) -> tuple[frozenset[str], LowEnds | None]:
    """The categories of a frozen result, and what is compared of it.

    What is frozen never changes, and most of the time goes into reading it.
    """
    overall, categories = thaw_scores(text)
    return frozenset(categories), low_ends(overall, categories)
