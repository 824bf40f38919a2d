"""Teams and people in the store, and the trail of what changed about them.

Teams are the rows that change in place, so each change leaves an audit row. A
person's name stands in one table alone, so forgetting it there forgets it everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import uuid4

from maturity.practice import Serving
from maturity.quarter import now
from maturity.schema import Execute, Row
from maturity.storage.errors import TeamGoneError
from maturity.storage.part import (
    NO_TEAM,
    Part,
    count_change,
    distinct,
    insert_rows,
    note,
    plain_text,
)
from maturity.team import (
    AuditRow,
    NameTakenError,
    Team,
    accepted_name,
    folded,
    plain_name,
)

_TEAMS = """
select id, name, domain, size, serving, demo, archived_at from teams
"""
_TEAM = """
select id, name, domain, size, serving, demo, archived_at from teams where id = $1
"""
_NAMESAKE = """
select id, name, domain, size, serving, demo, archived_at from teams
where folded = $1 and id <> $2
"""
_NAMESAKES = """
select id, name, domain, size, serving, demo, archived_at from teams
where folded = any($1)
"""
_ADD = """
insert into teams (
    id, name, folded, domain, size, serving, demo, archived_at, author, saved_at
)
values
"""
_ADD_COUNTERS = "insert into change_counters (team, changes) values"
_RENAME = "update teams set name = $2, folded = $3 where id = $1"
_DESCRIBE = "update teams set domain = $2, size = $3, serving = $4 where id = $1"
_ARCHIVE = "update teams set archived_at = $2 where id = $1"
_UNTOUCHED = """
select count(*) from change_counters where team = any($1) and changes = 2
"""
_REMOVE = (
    "delete from placements where item = any($1)",
    "delete from team_labels where team = any($1)",
    "delete from change_counters where team = any($1)",
    "delete from teams where id = any($1)",
)
# What all counters come to never falls.
_COUNT_REMOVED = "update change_counters set changes = changes + $1 where team = ''"
_CHANGES = "select changes from change_counters where team = $1"
_ALL_CHANGES = "select cast(sum(changes) as bigint) from change_counters"

_PERSON = "select id from people where name = $1"
_ADD_PERSON = """
insert into people (id, name) values ($1, $2) on conflict do nothing
"""
_NAME_PERSON = """
update people set name = $2
where id = $1 and not exists (select 1 from people where name = $2 and id <> $1)
returning id
"""
_FORGET = """
update people set name = null where id = $1 and name is not null returning id
"""
_NAMES = "select id, name from people where name is not null"
_NAMES_OF = "select id, name from people where name is not null and id = any($1)"

_AUDIT = """
select seq, action, subject, detail, author, saved_at from audit
order by seq desc
limit $1
"""


class Teams(Part):
    """The part of the store that holds teams, people and the audit rows."""

    def teams(self, archived: bool = False) -> list[Team]:
        """Every team by name; those archived only when asked for."""
        teams = [Team(*row) for row in self.database.read(_TEAMS)]
        listed = [team for team in teams if archived or team.archived_at is None]
        return sorted(listed, key=lambda team: (folded(team.name), team.id))

    def team(self, id: str) -> Team | None:
        return _only(self.database.read(_TEAM, [id]))

    def add_team(
        self,
        name: str,
        *,
        domain: str = "",
        size: str = "",
        serving: Serving = "",
        demo: bool = False,
        by: str,
    ) -> Team:
        """Add a team; NameRefusedError where the name is empty, too long or taken."""
        name = accepted_name(plain_text(name))
        team = Team(
            uuid4().hex, name, plain_text(domain), plain_text(size), serving, demo
        )
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            add_all(execute, [team], by)
        return team

    def rename_team(self, id: str, name: str, by: str) -> Team:
        """Give a team another name; NameRefusedError as in `add_team`."""
        name = accepted_name(plain_text(name))
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM, id)
            before = _team(execute, id)
            renamed = Team(id, name)
            _refuse_namesake(execute, renamed)
            if name != before.name:
                execute(_RENAME, [id, name, folded(name)])
                note(execute, "rename-team", id, f"{before.name} → {name}", by)
            return _team(execute, id)

    def describe_team(
        self, id: str, domain: str, size: str, serving: Serving, by: str
    ) -> Team:
        """Say what a team works on, how large it is and how its models serve."""
        with self.database.transaction() as execute:
            count_change(execute, id)
            describe(execute, id, (domain, size, serving), by)
            return _team(execute, id)

    def archive_team(self, id: str, by: str) -> Team:
        """Take a team off the list; all its rows stay."""
        with self.database.transaction() as execute:
            count_change(execute, id)
            if _team(execute, id).archived_at is None:
                execute(_ARCHIVE, [id, now()])
                note(execute, "archive-team", id, "", by)
            return _team(execute, id)

    def restore_team(self, id: str, by: str) -> Team:
        """Put an archived team back on the list."""
        with self.database.transaction() as execute:
            count_change(execute, id)
            if _team(execute, id).archived_at is not None:
                execute(_ARCHIVE, [id, None])
                note(execute, "restore-team", id, "", by)
            return _team(execute, id)

    def changes(self, team: str) -> int:
        """A number that every write about the team raises; 0 for an unknown team."""
        rows = self.database.read(_CHANGES, [team])
        return int(rows[0][0]) if rows else 0

    def changes_all(self) -> int:
        """A number that every write raises, whatever it is about."""
        ((changes,),) = self.database.read(_ALL_CHANGES)
        return int(changes)

    def person(self, name: str) -> str:
        """The id of whoever has this name, new or known; empty for no name."""
        name = plain_name(plain_text(name))
        if not name:
            return ""
        if known := self.database.read(_PERSON, [name]):
            return str(known[0][0])
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            execute(_ADD_PERSON, [uuid4().hex, name])
            ((id,),) = execute(_PERSON, [name])
        return str(id)

    def known_person(self, id: str, name: str, email: str) -> str:
        """Keep the name of a person whose id is proven elsewhere; gives back the id.

        Names are unique: where somebody else has this one, the address of the mail,
        or else the beginning of the id, tells the two apart.
        """
        name = plain_name(plain_text(name))
        unlike = (name, f"{name} ({plain_text(email) or id[:6]})", f"{name} ({id[:6]})")
        if self.names([id]).get(id) in unlike:
            return id
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            execute(_ADD_PERSON, [id, None])
            for shown in distinct(unlike):
                if execute(_NAME_PERSON, [id, shown]):
                    break
        return id

    def names(self, ids: Collection[str] | None = None) -> dict[str, str]:
        """Names by id, of everybody or of some; the forgotten are left out."""
        if ids is None:
            return dict(self.database.read(_NAMES))
        asked = distinct(ids)
        return dict(self.database.read(_NAMES_OF, [asked])) if asked else {}

    def forget_person(self, id: str, by: str) -> None:
        """Remove a person's name; what they answered stays, as somebody's."""
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            if execute(_FORGET, [id]):
                note(execute, "forget-person", id, "", by)

    def audit(self, limit: int = 100) -> list[AuditRow]:
        """The newest audit rows, newest first."""
        return [AuditRow(*row) for row in self.database.read(_AUDIT, [limit])]


def add_all(execute: Execute, teams: Sequence[Team], by: str) -> None:
    """Add teams; NameTakenError where there is one of such a name."""
    rows = execute(_NAMESAKES, [[folded(team.name) for team in teams]])
    if rows:
        raise NameTakenError(Team(*rows[0]))
    at = now()
    insert_rows(
        execute,
        _ADD,
        [
            (
                *(t.id, t.name, folded(t.name), t.domain, t.size, t.serving),
                *(t.demo, t.archived_at, by, at),
            )
            for t in teams
        ],
    )
    insert_rows(execute, _ADD_COUNTERS, [(team.id, 1) for team in teams])


def are_as_known(execute: Execute, teams: Sequence[Team]) -> bool:
    """Whether each of these teams is there, and as it is given here."""
    rows = execute(f"{_TEAMS} where id = any($1)", [[team.id for team in teams]])
    return {Team(*row) for row in rows} == set(teams)


def remove_all(execute: Execute, teams: Sequence[str], by: str) -> bool:
    """Take teams away of which nothing is stored but that they were added.

    False, and nothing is removed, where anything was said of one since: the caller
    has counted its own change, so the counter of each stands at two.
    """
    if execute(_UNTOUCHED, [list(teams)]) != [(len(teams),)]:
        return False
    for id in teams:
        note(execute, "remove-team", id, _team(execute, id).name, by)
    for statement in _REMOVE:
        execute(statement, [list(teams)])
    execute(_COUNT_REMOVED, [len(teams)])
    return True


def describe(
    execute: Execute, id: str, said: tuple[str, str, Serving], by: str
) -> None:
    """Say what a team works on, its size and how it serves, if it was not said."""
    about = [plain_text(text) for text in said]
    before = _team(execute, id)
    if about != [before.domain, before.size, before.serving]:
        execute(_DESCRIBE, [id, *about])
        was = " · ".join((before.domain, before.size, before.serving))
        detail = f"{was} → {' · '.join(about)}"
        note(execute, "describe-team", id, detail, by)


def _only(rows: list[Row]) -> Team | None:
    return Team(*rows[0]) if rows else None


def _team(execute: Execute, id: str) -> Team:
    team = _only(execute(_TEAM, [id]))
    if team is None:
        raise TeamGoneError
    return team


def _refuse_namesake(execute: Execute, team: Team) -> None:
    namesake = _only(execute(_NAMESAKE, [folded(team.name), team.id]))
    if namesake is not None:
        raise NameTakenError(namesake)
