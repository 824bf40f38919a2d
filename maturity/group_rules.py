"""What the groups of an organisation must keep to, in every quarter.

Parents are there, nothing is inside itself, the tree has three levels at most, and
siblings have different names.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from maturity.group import BELOW, LEVELS, TOP, Organisation
from maturity.quarter import Quarter
from maturity.team import folded
from maturity.words import count, listed


def problem(organisation: Organisation, touched: Set[str], since: Quarter) -> str:
    """What is wrong with the items touched, in a quarter or after it; "" if nothing.

    Every later quarter in which something begins is looked at too: what is planned
    already may collide with what is changed now.
    """
    for quarter in organisation.starts(since):
        said = _problem(organisation, touched, quarter)
        if said:
            return said if quarter == since else f"In {quarter.label}: {said}"
    return ""


def _problem(organisation: Organisation, touched: Set[str], quarter: Quarter) -> str:
    groups, standing = organisation.groups, organisation.standing(quarter)
    parents = {
        item: row.parent
        for item, row in standing.items()
        if not row.team and row.parent is not None and item in groups
    }
    for item in sorted(touched & standing.keys()):
        parent = standing[item].parent
        if parent and parent not in parents:
            return absent(organisation, parent, quarter)
    names: dict[tuple[str, str], str] = {}
    for group in parents:
        chain = _chain(group, parents)
        if touched.isdisjoint(chain):
            continue
        if chain[-1] != TOP:
            return f"{groups[group].name} cannot be inside itself."
        if len(chain) - 1 > LEVELS:
            label = BELOW.join(groups[g].name for g in reversed(chain[:-1]))
            return f"Groups go three levels deep: {label} would be a fourth level."
    for group, parent in parents.items():
        key = (parent, folded(groups[group].name))
        other = names.setdefault(key, group)
        if other != group and touched & {group, other}:
            where = f"in {groups[parent].name}" if parent in groups else "on that level"
            return (
                f"There is already a group {groups[group].name!r} {where}. "
                "Choose another name, or rename the one that is there."
            )
    return ""


def left_behind(
    organisation: Organisation, group: str, since: Quarter, teams: Set[str]
) -> str:
    """What is in a group that ends, in words; "" if nothing. Only these teams count."""
    for quarter in organisation.starts(since):
        standing = organisation.standing(quarter)
        if group in standing and standing[group].parent is not None:
            return ""  # it is there again
        inside = [row for row in standing.values() if row.parent == group]
        groups = sum(not row.team for row in inside)
        known = sum(row.team and row.item in teams for row in inside)
        if groups or known:
            both = (known, "team"), (groups, "group")
            held = listed([count(number, noun) for number, noun in both if number])
            return (
                f"{organisation.groups[group].name} still holds {held} in "
                f"{quarter.label}. "
                "Move what is in it first, or merge the group into another one."
            )
    return ""


def absent(organisation: Organisation, group: str, quarter: Quarter) -> str:
    """Why a group cannot be used in a quarter, and what to do."""
    known = organisation.groups.get(group)
    if known is None:
        return "This group is not here any more. Choose another one."
    stays = [s for s in organisation.stays(group) if s.parent is not None]
    later = next((stay.since for stay in stays if stay.since > quarter), None)
    if later is not None:
        return (
            f"{known.name} begins in {later.label}. "
            f"Choose {later.label} or a later quarter."
        )
    return (
        f"{known.name} is archived in {quarter.label}. "
        "Restore it first, or choose another group."
    )


def _chain(group: str, parents: Mapping[str, str]) -> list[str]:
    """The group and what it is in, upwards; ends with TOP, unless it goes round."""
    chain = [group]
    while (above := parents.get(chain[-1], TOP)) not in chain:
        chain.append(above)
        if above == TOP:
            return chain
    return chain
