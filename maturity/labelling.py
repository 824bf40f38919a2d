"""Changing the labels of a team, and taking the change back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from maturity.group import Organisation
from maturity.label import NewLabels, accepted_labels
from maturity.quarter import Quarter, now
from maturity.service import RefusedError, Service
from maturity.storage import TeamGoneError
from maturity.storage.part import plain_text

TRIES = 5
"""How often a change is worked out anew because somebody else was faster."""


@dataclass(frozen=True)
class Relabelled:
    """A change that was stored, with what undoes it."""

    team: str
    newest: int
    """The seq of the team's newest row, as long as nobody labels it again."""
    back: Sequence[NewLabels]


def relabel(
    service: Service, team: str, labels: Iterable[str], since: Quarter, by: str
) -> Relabelled | None:
    """Give a team these labels and no others from a quarter on.

    None where it has them then already. NameRefusedError for labels that cannot be.
    """
    wanted = [plain_text(label) for label in labels]

    def build(organisation: Organisation) -> Sequence[NewLabels]:
        then = organisation.tree(since).labels
        others = [each for id, its in then.items() if id != team for each in its]
        accepted = accepted_labels(wanted, others)
        same = accepted == then.get(team, ())
        return [] if same else [NewLabels(team, since, accepted)]

    return _store(service, team, build, by)


def put_back(service: Service, done: Relabelled, by: str) -> None:
    """Undo a change; refused where somebody has labelled the team anew since."""

    def build(organisation: Organisation) -> Sequence[NewLabels]:
        rows = [row.seq for row in organisation.labellings if row.team == done.team]
        if not rows or rows[-1] != done.newest:
            raise RefusedError(
                "The labels of this team were changed by somebody since, so undoing "
                "would take that away. Change the labels themselves instead."
            )
        return done.back

    _store(service, done.team, build, by)


def again(organisation: Organisation, team: str, since: Quarter) -> list[NewLabels]:
    """The rows that bring back what labels a team has from a quarter on."""
    starts = organisation.labels_of(team)
    before = [its for quarter, its in starts.items() if quarter <= since]
    here = before[-1] if before else ()
    later = {quarter: its for quarter, its in starts.items() if quarter > since}
    return [NewLabels(team, q, its) for q, its in {since: here, **later}.items()]


def _store(
    service: Service,
    team: str,
    build: Callable[[Organisation], Sequence[NewLabels]],
    by: str,
) -> Relabelled | None:
    """Work a change out and store it, anew if somebody else was faster."""
    for _ in range(TRIES):
        organisation = service.store.organisation()
        rows = build(organisation)
        if not rows:
            return None
        seen = organisation.newest
        try:
            newest = service.store.regroup(
                [], [], labels=rows, seen=seen, by=by, at=now()
            )
        except TeamGoneError as error:
            raise RefusedError(str(error)) from error
        if newest is not None:
            return Relabelled(team, newest, again(organisation, team, rows[0].since))
    raise RefusedError(
        "Others are changing groups and labels at this moment, so nothing was changed. "
        "Look at the team again, then repeat it."
    )
