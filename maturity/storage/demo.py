"""Removing the demo from the store: the one time that rows of answers are deleted."""

from __future__ import annotations

from maturity.storage.part import NO_TEAM, Part, count_change, note

_DEMO = "select id from teams where demo"
_DEMO_GROUPS = "select distinct group_id from group_names where demo"
_DEMO_CHANGES = """
update change_counters set changes = changes + (
    select coalesce(sum(changes), 0) from change_counters where team = any($1)
)
where team = ''
"""
# Whoever appears in demo rows alone, and does not remove them, was invented with them.
_REMOVE_PEOPLE = """
with invented as (
    select author as id from answers where team = any($1)
    union
    select author from assessments where team = any($1)
    union
    select author from targets where team = any($1)
    union
    select author from plans where team = any($1)
    union
    select owner from plans where team = any($1)
    union
    select respondent from answers where team = any($1)
    union
    select person from invitations where team = any($1)
    union
    select author from invitations where team = any($1)
    union
    select author from decisions where team = any($1)
    union
    select author from asks where team = any($1)
    union
    select author from links where team = any($1)
    union
    select author from placements where item = any($1)
    union
    select author from team_labels where team = any($1)
    union
    select author from group_names where group_id = any($1)
    union
    select author from group_targets where group_id = any($1)
),
others as (
    select author as id from answers where not (team = any($1))
    union
    select respondent from answers where not (team = any($1))
    union
    select author from assessments where not (team = any($1))
    union
    select author from targets where not (team = any($1))
    union
    select author from plans where not (team = any($1))
    union
    select owner from plans where not (team = any($1))
    union
    select person from invitations where not (team = any($1))
    union
    select author from invitations where not (team = any($1))
    union
    select author from decisions where not (team = any($1))
    union
    select author from asks where not (team = any($1))
    union
    select author from links where not (team = any($1))
    union
    select author from placements where not (item = any($1))
    union
    select author from team_labels where not (team = any($1))
    union
    select author from group_names where not (group_id = any($1))
    union
    select author from group_targets where not (group_id = any($1))
    union
    select author from model_rows
    union
    select author from benchmarks
    union
    select author from teams where not demo
    union
    select author from audit
)
delete from people
where id in (select id from invented)
    and id not in (select id from others)
    and id <> $2
"""
_REMOVE_BENCHMARKS = "delete from benchmarks where demo"
_REMOVE = (
    "delete from answers where team = any($1)",
    "delete from assessments where team = any($1)",
    "delete from targets where team = any($1)",
    "delete from plans where team = any($1)",
    "delete from invitations where team = any($1)",
    "delete from decisions where team = any($1)",
    "delete from asks where team = any($1)",
    "delete from links where team = any($1)",
    "delete from placements where item = any($1) or (team and parent = any($1))",
    "update placements set parent = '' where parent = any($1)",
    "delete from team_labels where team = any($1)",
    "delete from group_targets where demo or group_id = any($1)",
    "delete from group_names where group_id = any($1)",
    "delete from change_counters where team = any($1)",
    "delete from teams where id = any($1)",
)


class Demo(Part):
    """The part of the store that removes the demo."""

    def remove_demo(self, by: str) -> int:
        """Delete the demo teams, their groups, rows and people; says how many teams."""
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            teams = [id for (id,) in execute(_DEMO, [])]
            if not teams:
                return 0
            count_change(execute, *teams)  # waits for those who write about them
            execute(_DEMO_CHANGES, [teams])
            demo = [*teams, *(id for (id,) in execute(_DEMO_GROUPS, []))]
            execute(_REMOVE_BENCHMARKS, [])
            execute(_REMOVE_PEOPLE, [demo, by])
            for statement in _REMOVE:
                execute(statement, [demo])
            note(execute, "remove-demo", "", f"{len(teams)} demo teams", by)
        return len(teams)
