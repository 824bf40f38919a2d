"""The command `portfolio`: the figures of the page as CSV and JSON."""

import csv
import io
import json

import pytest
from organisation import LAST, submit, teams

from maturity import cli, grouping, labelling


@pytest.fixture
def settled(service):
    """Three teams that submitted Google's model, the first two in a group."""
    found = teams(service, 3)
    retail = grouping.create(service, "Retail", "", LAST, "").group
    search = grouping.create(service, "Search", retail, LAST, "").group
    grouping.move_teams(service, [team.id for team in found[:2]], search, LAST, "")
    for place, labels in ((0, ["tier-1", "search"]), (2, ["tier-1"])):
        labelling.relabel(service, found[place].id, labels, LAST, "")
    service.store.close()


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_it_prints_the_newest_quarter_of_all_teams(settled, capsys):
    assert cli.main(["portfolio", "--model", "google"]) == 0

    rows = table(capsys.readouterr().out)
    assert [row["team"] for row in rows] == ["Team 0", "Team 1", "Team 2"]
    assert {row["quarter"] for row in rows} == {"2026-Q3"}
    assert rows[2]["movement"] == "first assessment"


def test_a_group_is_named_by_its_path_and_written_as_json(settled, tmp_path, capsys):
    out = tmp_path / "portfolio.json"
    asked = ["portfolio", "--model", "google", "--group", "retail/search"]

    assert cli.main([*asked, "--format", "json", "--out", str(out)]) == 0

    rows = json.loads(out.read_bytes())
    assert [row["team"] for row in rows] == ["Team 0", "Team 1"]
    assert rows[0]["level_lowest"] == 0
    assert str(out) in capsys.readouterr().out


def test_a_label_stands_alone_or_together_with_a_group(settled, capsys):
    asked = ["portfolio", "--model", "google", "--label", "TIER-1"]

    assert cli.main(asked) == 0
    assert [row["team"] for row in table(capsys.readouterr().out)] == [
        "Team 0",
        "Team 2",
    ]
    assert cli.main([*asked, "--group", "retail"]) == 0

    (row,) = table(capsys.readouterr().out)
    assert (row["team"], row["labels"]) == ("Team 0", "search;tier-1")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--model", "gogle"], "There is no model 'gogle'; did you mean google"),
        (["--model", "google", "--group", "Sales"], "There is no group 'Sales' in Q3"),
        (
            ["--model", "google", "--label", "tier-2"],
            "No team has the label 'tier-2' in Q3 2026; did you mean tier-1? There are "
            "search, tier-1.",
        ),
        (
            ["--model", "google", "--label", "x", "--quarter", "2020-Q1"],
            "No team has the label 'x' in Q1 2020.",
        ),
        (["--model", "google", "--quarter", "2026"], "'2026' is not a quarter"),
        (["--model", "google", "--out", "/no/such/x.csv"], "cannot be written"),
    ],
)
def test_what_is_not_there_is_named_with_the_way_out(settled, more, said, capsys):
    assert cli.main(["portfolio", *more]) == 2
    assert said in capsys.readouterr().err


def test_a_quarter_before_anybody_submitted_has_no_assessed_team(settled, capsys):
    asked = ["portfolio", "--model", "google", "--quarter", "2020-Q1"]

    assert cli.main(asked) == 0

    rows = table(capsys.readouterr().out)
    assert {row["state"] for row in rows} == {"not assessed"}


def test_a_model_that_is_gone_still_shows_its_old_quarters(service, capsys):
    team = service.store.add_team("Search", by="")
    submit(service, team, 1)
    with service.store.database.transaction() as execute:
        execute("update assessments set model = 'gone'", [])
    service.store.close()

    assert cli.main(["portfolio", "--model", "gone"]) == 0
    assert table(capsys.readouterr().out)[0]["state"] == "submitted"
    assert cli.main(["portfolio", "--model", "gone", "--quarter", "2020-Q1"]) == 2
    assert "up to Q1 2020. Choose a later quarter" in capsys.readouterr().err
