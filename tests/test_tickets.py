"""The plan for a ticket system, read again as such a system reads it."""

import csv
import io
from datetime import datetime

from small import practice, rung
from test_roadmap import BY_HAND, read

from maturity.plan import PlanRow, Status
from maturity.roadmap import ways
from maturity.tickets import COLUMNS, tickets

AT = datetime(2026, 11, 24)


def row(practice_id, due="2027-Q1", status=Status.DOING, owner="p1", rung="automatic"):
    return PlanRow(1, "t", practice_id, rung, owner, due, status, "", AT)


def table(rows, names=None, practices=practice, answers=BY_HAND):
    found = ways(read(), 3, [])
    content = tickets(rows, practices, answers, found, names or {"p1": "Ana Lima"})
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_step_is_a_ticket_with_all_that_is_needed_to_begin():
    (ticket,) = table([row("versions")])

    assert tuple(ticket) == COLUMNS
    assert ticket["Summary"] == "Versions: It is automatic."
    assert ticket["Assignee"] == "Ana Lima"
    assert ticket["Due date"] == "2027-03-31"
    assert (ticket["Status"], ticket["Effort"]) == ("Doing", "M")
    assert (ticket["Practice"], ticket["Rung"]) == ("versions", "automatic")
    assert ticket["Description"].split("\n") == [
        "Now: It is by-hand.",
        "Next: It is scripted.",
        "Next: It is automatic.",
        "Why: It matters.",
        "What would show it: A run.",
        "Brings 2 criteria here, the first at Level 1.",
    ]


def test_dropped_steps_and_those_nobody_asks_for_are_left_out():
    dropped = row("checks", status=Status.DROPPED)

    assert table([dropped, row("versions", rung="gone")]) == []
    assert table([row("versions")], practices=lambda _: None) == []


def test_a_step_without_owner_and_date_has_empty_cells():
    (ticket,) = table([row("versions", due="", owner="")])

    assert (ticket["Assignee"], ticket["Due date"]) == ("", "")


def test_a_name_that_a_spreadsheet_would_run_is_plain_text():
    (ticket,) = table([row("versions")], {"p1": "=HYPERLINK(1)"})

    assert ticket["Assignee"] == "'=HYPERLINK(1)"


def test_a_step_that_is_answered_has_nothing_more_to_climb():
    (ticket,) = table([row("versions")], answers={"versions": rung("automatic")})

    assert "Next: " not in ticket["Description"]


def test_what_another_rung_would_bring_is_not_claimed():
    (ticket,) = table([row("versions", rung="scripted")])

    assert "Brings" not in ticket["Description"]
