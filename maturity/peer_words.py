"""What a comparison with other teams says in words: titles, counts and remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maturity.peers import FEWEST, Choice, Figures, Place
from maturity.quarter import Quarter
from maturity.words import count, listed

MOST_NAMES = 3
"""So many categories are named in a title; more are counted."""
_NEEDS = "a comparison needs at least five"


def title(places: Sequence[tuple[str, Place | None]], teams: int) -> str:
    """Above the middle half in Data, below it in Release; 12 comparable teams."""
    return f"{finding(places)}; {count(teams, 'comparable team')}"


def finding(places: Sequence[tuple[str, Place | None]]) -> str:
    """Where a team's categories lie; the whole model is not one of them."""
    placed = [(name, place) for name, place in places if place is not None]
    if not placed:
        return "Nothing in this model applies to this team"
    lying = {place: [name for name, at in placed if at is place] for place in Place}
    every = len(placed)
    said = []
    if lying[Place.ABOVE]:
        where = _where(lying[Place.ABOVE], every)
        said.append(f"above the middle half {where}")
    if lying[Place.BELOW]:
        half = "it" if said else "the middle half"
        said.append(f"below {half} {_where(lying[Place.BELOW], every)}")
    if not said and lying[Place.WITHIN]:
        where = _where(lying[Place.WITHIN], every)
        said.append(f"within the middle half {where}")
    if not said or (len(lying[Place.UNSURE]) and not _stands_out(lying)):
        said.append(f"unsure {_where(lying[Place.UNSURE], every)}")
    text = ", ".join(said)
    return text[0].upper() + text[1:]


def _stands_out(lying: dict[Place, list[str]]) -> bool:
    return bool(lying[Place.ABOVE] or lying[Place.BELOW])


def _where(names: Sequence[str], every: int) -> str:
    if len(names) == every:
        return "in every category" if every > 1 else f"in {names[0]}"
    if len(names) > MOST_NAMES:
        return f"in {len(names)} categories"
    return f"in {listed(names)}"


def too_few(choice: Choice) -> str:
    """Why a choice of teams is not compared with."""
    if choice.teams < FEWEST:
        return f"{count(choice.teams, 'comparable team')}; {_NEEDS}"
    return (
        f"{count(choice.teams, 'comparable team')}, but comparing this choice with "
        "another would single out fewer than five teams"
    )


def remarks(among: Figures, quarter: Quarter, partial: int) -> list[str]:
    """What has to be known about the teams behind the figures."""
    said = []
    if among.ranged:
        verb, their = ("has", "its") if among.ranged == 1 else ("have", "their")
        said.append(
            f"{_of_them(among.ranged, among.teams)} {verb} open questions and "
            f"{'counts' if among.ranged == 1 else 'count'} at the low end of {their} "
            "range."
        )
    if among.earlier:
        verb = "is" if among.earlier == 1 else "are"
        said.append(
            f"{_of_them(among.earlier, among.teams)} {verb} from before "
            f"{quarter.label}, the oldest from {among.oldest.label}."
        )
    if partial:
        verb, them = ("is", "it") if partial == 1 else ("are", "them")
        said.append(
            f"{count(partial, 'more team')} {verb} left out, because a category does "
            f"not apply to {them}."
        )
    return said


def _of_them(number: int, teams: int) -> str:
    return "All of them" if number == teams > 1 else f"{number} of them"


def compared(values: Iterable[str], *, demo: bool) -> str:
    """Teams of your organisation that are alike in Real-time and 6 to 15 people."""
    said = list(values)
    who = "demo team" if demo else "team"
    where = "" if demo else " of your organisation"
    if not said:
        return f"Every other {who}{where}"
    return f"Other {who}s{where} that are alike in {listed(said)}"


def in_file(source: str, values: Iterable[str]) -> str:
    """Teams in the file from the Lyon office that are alike in Real-time."""
    said = list(values)
    if not said:
        return f"Every team in the file from {source}"
    return f"Teams in the file from {source} that are alike in {listed(said)}"


def not_told(source: str) -> str:
    """Why a file has no figures of teams alike."""
    return (
        f"The file from {source} does not tell teams like that apart: they are fewer "
        "than five, or left out so that others cannot be worked out."
    )
