"""Groups on screen: what a team hears of its group, and groups managed on Teams."""

import pytest

from maturity import group_targets, grouping
from maturity.answer import Answer, State
from maturity.group import ALWAYS, TOP
from maturity.quarter import Quarter

pytestmark = pytest.mark.page

NOW = Quarter(2026, 4)


def group(service, name, parent=TOP, since=ALWAYS):
    return grouping.create(service, name, parent, since, "").group


def team(service, name, group=TOP):
    id = service.store.add_team(name, by="").id
    if group:
        grouping.move_teams(service, [id], group, ALWAYS, "")
    return id


def submit(service, team):
    """One answer, by its first rung, and the assessment submitted."""
    practice = service.library.definition("azure").asked[0]
    answer = Answer(State.RUNG, practice.rungs[0].id)
    service.answer(team, NOW, practice.id, answer, "")
    service.submit(team, "azure", NOW, "", "")


def test_results_and_way_up_say_what_the_groups_aim_for(visit, service):
    shop = group(service, "*Retail*")
    rankers = team(service, "Rankers", shop)
    submit(service, rankers)
    by = Quarter(2027, 2)
    group_targets.set_target(service, shop, "azure", "", 3, by, "")

    for page in ("results", "plan"):
        visitor = visit(page, team=rankers, model="azure", quarter=str(NOW))

        assert visitor.reads("Your group *Retail* aims for Level 3 by Q2 2027.")
        assert not any("*Retail*" in text for text in visitor.markdown)
