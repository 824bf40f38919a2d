"""People of a demo team who each answered alone, told in the team's story.

They go through the service like anybody: invited, answering, handing in, and then a
practice or two on which the team agreed already.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from maturity import decisions, respondents
from maturity.answer import Answer, State
from maturity.practice import Id, Record, Text
from maturity.quarter import Quarter
from maturity.service import Service


class Respondent(Record):
    """What one person says, where it is not what all say."""

    name: Text = Field(description="One of the team's people.")
    answers: dict[Id, Id] = Field(default={}, description="Rungs by practice.")
    notes: dict[Id, Text] = Field(default={}, description="By practice.")


class Agreed(Record):
    """A practice that the team has decided."""

    practice: Id
    rung: Id
    reason: Text


class Panel(Record):
    """The current quarter, answered by several people."""

    model: Id
    all_say: dict[Id, Id] = Field(description="Rungs by practice, said by everybody.")
    people: list[Respondent] = Field(min_length=2, description="The first invites.")
    agreed: list[Agreed] = Field(default=[])


def load(
    service: Service, team: str, panel: Panel | None, people: Mapping[str, str]
) -> None:
    """Let them answer and hand in; nothing without the model that they answered."""
    if panel is None or panel.model not in service.library.models:
        return
    where = (team, panel.model, Quarter.current())
    names = [person.name for person in panel.people]
    lead = people[names[0]]
    respondents.invite(service, *where, names, lead)
    for person in panel.people:
        own = people[person.name]
        for practice, rung in {**panel.all_say, **person.answers}.items():
            said = Answer(State.RUNG, rung, note=person.notes.get(practice, ""))
            respondents.answer(service, *where, own, practice, said)
        respondents.submit(service, *where, own)
    spreads = respondents.panel(service, *where).spreads
    by_practice = {spread.practice.id: spread for spread in spreads}
    for one in panel.agreed:
        spread = by_practice[one.practice]
        decisions.decide(service, team, where[2], spread, one.rung, one.reason, by=lead)
