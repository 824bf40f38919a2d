"""What the visitor is looking at: team, model and quarter, in one place.

The address holds their ids, so that a link reopens the same view. It is read before
the pickers are drawn and written again on every page; the session only remembers the
choice while pages change. Reading pages and Assess remember a quarter each, so that
looking back at an old quarter never sends new answers there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

import streamlit as st

from maturity import collection, library, portfolios
from maturity.group import Organisation, Tree
from maturity.library import Library
from maturity.link import Link
from maturity.model import MaturityModel
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.readings import Sheet
from maturity.service import Service
from maturity.storage import database_address, look_only, open_store
from maturity.storage.part import NO_TEAM
from maturity.team import AssessmentRow, Team
from maturity.ui import addresses, identity

EARLIEST = Quarter(2000, 1)
"""Before any of this was asked."""
ASSESSING = ("assess", "answer", "agree", "workshop")
"""The pages on which a quarter is answered; no quarter in the address is this one."""
OLDEST = 12
"""How many quarters back the picker goes."""
PORTFOLIO = "portfolio"


@dataclass(frozen=True)
class Context:
    """One frozen value for a run of a page; changed only by choosing anew."""

    service: Service
    address: str
    """Of the database, part of every cache key."""
    page: str
    """The page's own address: "" for Overview, "assess" for Assess."""
    teams: tuple[Team, ...]
    chosen: Team | None
    model: str
    quarter: Quarter
    models: tuple[str, ...]
    """Ids of the models to choose from: the library's, and those of old assessments."""
    warning: str
    group: str = ""
    """The group that pages about many teams show; empty for all of them. It may not be
    there in the quarter that is looked at."""
    respondent: str = ""
    """The invited person who answers alone; empty for the team's agreed answers."""
    look: Link | None = None
    """The link of a visitor who may only look."""

    @property
    def team(self) -> Team:
        """The team; pages that need one stop before they ask without one."""
        if self.chosen is None:
            raise LookupError("no team is chosen")
        return self.chosen

    def short_name(self, model: str) -> str:
        known = self.known(model)
        return known.short_name if known else model

    def name(self, model: str) -> str:
        known = self.known(model)
        return known.name if known else model

    def known(self, model: str) -> MaturityModel | None:
        """A model that is here, disabled ones too."""
        library = self.service.library
        return library.models.get(model) or library.disabled.get(model)

    def organisation(self) -> Organisation:
        """Every group there ever was, read once for each change of anything shared."""
        store = self.service.store
        return _organisation(self.service, self.address, store.changes(NO_TEAM))

    def tree(self) -> Tree:
        """The groups of the chosen quarter."""
        return self.organisation().tree(self.quarter)

    def sheet(self) -> Sheet:
        """The answers of the chosen quarter: the team's, or the respondent's own."""
        return self.service.sheet(self.team.id, self.quarter, self.respondent)

    def person(self) -> str:
        """The acting person's id; made at the first save that has a name."""
        return identity.person(self.service.store)

    def author(self, person: str) -> str:
        """A person's name, or "" for someone without one."""
        if not person:
            return ""
        return self.service.store.names([person]).get(person, "")

    def history(self) -> list[Reading]:
        """Every submitted quarter of the team and model, oldest first."""
        if self.chosen is None:
            return []
        changes = self.service.store.changes(self.team.id)
        return _history(
            self.service,
            self.address,
            self.team.id,
            self.team.name,
            self.model,
            changes,
        )

    def reading(self) -> Reading | None:
        """The chosen quarter: as submitted, else its draft, else None."""
        for reading in self.history():
            if reading.quarter == self.quarter:
                return reading
        return self.service.reading(self.team, self.model, self.quarter)

    def before(self) -> Reading | None:
        """The nearest submitted quarter before the chosen one."""
        earlier = [r for r in self.history() if r.quarter < self.quarter]
        return earlier[-1] if earlier else None


@st.cache_resource(show_spinner=False)
def _service(address: str) -> Service:
    return Service(open_store(address), library.load())


@st.cache_resource(show_spinner=False, max_entries=4)
def _library(_service: Service, address: str, newest: int) -> Library:
    """The models as they are since the newest row about one."""
    return collection.compose(_service.library, _service.store.model_rows())


@st.cache_resource(show_spinner=False, max_entries=4)
def _organisation(_service: Service, address: str, changes: int) -> Organisation:
    return _service.store.organisation()


def _of_now(address: str) -> Service:
    """The service with the models of this moment, whoever added or disabled one."""
    service = _service(address)
    newest = service.store.newest_model_row()
    if not newest:
        return service
    return Service(service.store, _library(service, address, newest))


def look_only_service() -> tuple[Service, str]:
    """The service for whoever may only look, and the database's address."""
    address = database_address()
    service = _of_now(address)
    return Service(look_only(service.store), service.library), address


@st.cache_resource(show_spinner=False, max_entries=256)
def _history(
    _service: Service, address: str, team: str, name: str, model: str, changes: int
) -> list[Reading]:
    known = _service.store.team(team)
    return _service.history(known, model) if known else []


@st.cache_resource(show_spinner=False, max_entries=16)
def _usual_quarter(
    _service: Service, address: str, model: str, changes: int
) -> Quarter | None:
    return portfolios.usual_quarter(_service, model)


def choose(page: str) -> Context:
    """Settle team, model and quarter for this run from the address and the session."""
    address = database_address()
    service = _of_now(address)
    state = st.session_state
    asked = _asked()
    addresses.take(page, asked)
    teams = tuple(service.store.teams())
    team, warning = _team(service, teams, asked.get("team") or state.get("_team"))
    state["_team"] = team.id if team else None

    models = tuple(service.library.models)
    model = asked.get("model") or state.get("_model")
    if team is not None:
        rows = service.store.assessments(team.id)
        models = tuple(dict.fromkeys([*models, *(row.model for row in rows)]))
        if model is not None and model not in models:
            warning = (
                "This link names a model that is not here. You see "
                "another one of your models instead."
            )
            model = None
        if model is None:
            model = _usual(rows, models)
    if model is None or model not in models:
        model = "azure" if "azure" in models else models[0]
    state["_model"] = model

    slot = quarter_slot(page)
    quarter = _quarter(asked.get("quarter"))
    if "quarter" in asked and quarter is None:
        warning = (
            "This link names no quarter that exists. You see the usual one instead."
        )
    quarter = quarter or _quarter(state.get(slot))
    if quarter is None and page not in ASSESSING and team is not None:
        # Through every model, the latest answers are those of any model.
        quarter = service.latest(team.id, "" if page == "compare" else model)
        if page == PORTFOLIO or (page == "present" and state.get("_present_of")):
            changes = service.store.changes_all()
            quarter = _usual_quarter(service, address, model, changes)
    elif quarter is not None:
        state[slot] = str(quarter)
    settled = Context(
        service=service,
        address=address,
        page=page,
        teams=teams,
        chosen=team,
        model=model,
        quarter=quarter or Quarter.current(),
        models=models,
        warning=warning,
    )
    group = state.get("_group") or ""
    if not group or group in settled.organisation().groups:
        return replace(settled, group=group)
    state.pop("_group")
    if "group" not in asked:  # it went with the demo, or with another database
        return settled
    missing = "This link names a group that is not here. You see all teams instead."
    return replace(settled, warning=missing)


def quarter_slot(page: str) -> str:
    """Where the session remembers the quarter of such a page."""
    return "_quarter_assess" if page in ASSESSING else "_quarter_read"


def write_address(context: Context, **extra: str) -> None:
    """Put what is shown into the address."""
    wanted = dict(extra)
    if context.chosen is not None:
        wanted |= {
            "team": context.chosen.id,
            "model": context.model,
            "quarter": str(context.quarter),
        }
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)
    st.session_state["_address"] = wanted


def web_address(context: Context, page: str, asked: Mapping[str, str]) -> str:
    """The whole address of a page, as somebody else opens it."""
    parts = urlsplit(st.context.url or "")
    folder = parts.path.rstrip("/").removesuffix(f"/{context.page}")
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{origin}{folder}/{page}?{urlencode(asked)}"


def quarters(context: Context) -> list[Quarter]:
    """The quarters to choose from, newest first: the next one and those before."""
    newest = Quarter.current().shift(1)
    choices = {newest.shift(-back) for back in range(OLDEST + 2)}
    choices |= {reading.quarter for reading in context.history()}
    choices.add(context.quarter)
    return sorted(choices, reverse=True)


def _asked() -> dict[str, str]:
    """What a newly opened address asks for; nothing when we wrote it ourselves."""
    given = st.query_params.to_dict()
    return {} if given == st.session_state.get("_address") else given


def _team(
    service: Service, teams: Sequence[Team], wanted: str | None
) -> tuple[Team | None, str]:
    found = next((team for team in teams if team.id == wanted), None)
    if found is not None:
        return found, ""
    fallback = teams[0] if teams else None
    if wanted is None:
        return fallback, ""
    archived = service.store.team(wanted)
    if archived is not None:
        return archived, "This team is archived. Restore it on the Teams page to go on."
    return fallback, (
        "This link names a team that is not here. It may have been removed, or the "
        "link belongs to another database."
    )


def _usual(rows: Sequence[AssessmentRow], models: Sequence[str]) -> str | None:
    """The model that the team was assessed by most often."""
    often = Counter(row.model for row in rows)
    return max(models, key=lambda model: often[model]) if rows else None


def _quarter(key: str | None) -> Quarter | None:
    """The quarter of a key, if there is one that may be opened."""
    try:
        quarter = Quarter.parse(key) if key else None
    except ValueError:
        return None
    newest = Quarter.current().shift(1)
    known = quarter is not None and EARLIEST <= quarter <= newest
    return quarter if known else None
