"""An organisation as a CSV file: out, edited and in again, or refused whole."""

import pytest

from maturity import cli, grouping, labelling, library, organising, storage
from maturity.answer import Answer, State
from maturity.exchange import organisation_file
from maturity.exchange.lines import FileRefusedError
from maturity.group import ALWAYS, BELOW, TOP
from maturity.quarter import Quarter
from maturity.service import RefusedError, Service
from maturity.team import SIZES

Q3, Q4 = Quarter(2026, 3), Quarter(2026, 4)
FILE = """\
team,group,domain,size,serving
Rankers,Retail/Search,search,6 to 15 people,real-time
Sellers,Retail,,,
Alone,,,,batch
"""


@pytest.fixture
def service(store) -> Service:
    return Service(store, library.load())


@pytest.fixture
def duck(duck_store) -> Service:
    return Service(duck_store, library.load())


def plan(service, text=FILE, since=ALWAYS):
    return organising.plan(service, "teams.csv", text.encode(), since)


def take(service, text=FILE, since=ALWAYS):
    organising.take(service, plan(service, text, since), "ana")


def refused(service, text):
    with pytest.raises(FileRefusedError) as caught:
        plan(service, text)
    return str(caught.value).splitlines()


def drawn(service, quarter=Q4):
    tree = service.store.tree(quarter)
    return {
        team.name: tree.label(tree.members.get(team.id, TOP)).replace(BELOW, "/")
        for team in service.store.teams()
    }


def test_a_file_makes_teams_and_groups_with_what_is_said_of_them(service):
    made = plan(service)
    assert organising.told(made) == [
        ("2 new groups", ["Retail", f"Retail{BELOW}Search"]),
        ("3 new teams", ["Rankers", "Sellers", "Alone"]),
    ]
    assert service.store.teams() == []

    organising.take(service, made, "ana")

    assert drawn(service) == {
        **{"Alone": "", "Rankers": "Retail/Search", "Sellers": "Retail"}
    }
    rankers = next(t for t in service.store.teams() if t.name == "Rankers")
    about = (rankers.domain, rankers.size, rankers.serving)
    assert about == ("search", "6 to 15 people", "real-time")
    assert service.store.changes(rankers.id) == 1


def test_what_went_out_comes_back_unchanged(service):
    take(service)
    tree = service.store.tree(Q4)

    data = organisation_file.write(service.store.teams(), tree)

    made = organising.plan(service, "teams.csv", data, Q4)
    assert (made.empty, made.same) == (True, 3)


def test_an_edited_file_moves_and_describes_from_a_quarter_on(service):
    take(service)
    edited = "team;group;domain\nrankers;Lab;ranking\nSELLERS;retail;\n"

    made = plan(service, edited, Q4)
    assert organising.told(made) == [
        ("1 new group", ["Lab"]),
        ("1 team in another group", [f"Rankers: from Retail{BELOW}Search to Lab"]),
        (
            "1 team described anew",
            ["Rankers: ranking · 6 to 15 people · real-time"],
        ),
    ]
    organising.take(service, made, "ana")

    assert drawn(service)["Rankers"] == "Lab"
    assert drawn(service, Q3)["Rankers"] == "Retail/Search"
    assert drawn(service)["Sellers"] == "Retail"
    assert service.store.audit(1)[0].action == "describe-team"


LABELLED = "team,labels\nRankers, Tier-1 ; search\nSellers,tier-1\n"


def labels(service, quarter=Q4):
    its = service.store.tree(quarter).labels
    return {team.name: its.get(team.id, ()) for team in service.store.teams()}


def test_labels_come_in_from_a_quarter_on_and_go_out_as_they_came(service):
    take(service)
    take(service, LABELLED, Q3)
    expected = {"Alone": (), "Rankers": ("search", "Tier-1"), "Sellers": ("Tier-1",)}
    assert labels(service) == expected
    assert labels(service, Q3.shift(-1))["Rankers"] == ()

    data = organisation_file.write(service.store.teams(), service.store.tree(Q4))

    assert ",6 to 15 people,real-time,search;Tier-1" in data.decode("utf-8-sig")
    assert organising.plan(service, "teams.csv", data, Q4).empty
    assert labels(service) == expected


def test_a_file_gives_other_labels_and_says_so_before(service):
    take(service)
    take(service, LABELLED)

    made = plan(service, "team,labels\nRankers,TIER-1;new\nSellers,\nFresh,tier-1\n")

    assert organising.told(made) == [
        ("1 new team", ["Fresh"]),
        ("1 team with other labels", ["Rankers: new, Tier-1"]),
    ]
    organising.take(service, made, "ana")
    assert labels(service) == {
        "Alone": (),
        "Fresh": ("Tier-1",),
        "Rankers": ("new", "Tier-1"),
        "Sellers": ("Tier-1",),
    }


def test_a_file_without_the_column_changes_no_labels(duck):
    take(duck)
    take(duck, LABELLED)
    before = labels(duck)

    take(duck, FILE.replace("search,6 to", "ranking,6 to"), Q4)

    assert labels(duck) == before


def test_labels_that_cannot_be_are_named_with_their_line(duck):
    long = "x" * 31

    said = refused(duck, f'team,labels\nA,{long}\nB,"a,b"\n')

    assert said == [
        "teams.csv: line 2: column labels: A label has at most 30 characters; "
        f"'{long}' has 31.",
        "teams.csv: line 3: column labels: A label cannot hold a comma or a semicolon: "
        "'a,b'. Give two labels, or leave it out.",
    ]


def test_an_empty_cell_changes_nothing(duck):
    take(duck)
    before = duck.store.teams()

    assert plan(duck, "team,group,domain,size\nRankers,,,\n", Q4).empty
    assert duck.store.teams() == before


def test_every_wrong_line_is_named_and_nothing_is_changed(duck):
    duck.store.archive_team(duck.store.add_team("Gone", by="").id, "")

    assert refused(
        duck,
        "team,group,size,serving\n"
        ",Retail,,\n"
        "A,A/B/C/D,,\n"
        "B,Retail//Search,,\n"
        "C,,huge,\n"
        "D,,,hourly\n"
        "E,,,,more\n"
        "F,,,\n"
        "f,,,\n",
    ) == [
        "teams.csv: line 2: A team needs a name.",
        f"teams.csv: line 3: column group: 'A{BELOW}B{BELOW}C{BELOW}D' has more than "
        "three levels",
        "teams.csv: line 4: A group needs a name.",
        "teams.csv: line 5: column size: 'huge' is none; there are 1 to 5 people, "
        "6 to 15 people, 16 to 50 people, over 50 people",
        "teams.csv: line 6: column serving: 'hourly' is none; there are real-time, "
        "batch, both",
        "teams.csv: line 7: has more cells than there are columns",
        "teams.csv: line 9: 'f' stands in line 8 already",
    ]
    assert "Gone is archived" in refused(duck, "team\nGone\n")[0]
    assert duck.store.teams() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("name\nA\n", "the column team is missing"),
        ("team,level\nA,3\n", "there is no column 'level'"),
        ('team\n"A\n', "is not valid CSV"),
        ("team\n" + "A\n" * 10_001, "more than 10,000 lines"),
    ],
)
def test_a_file_of_something_else_is_refused_with_the_reason(duck, text, said):
    assert said in "\n".join(refused(duck, text))


def test_a_file_that_is_no_text_or_no_csv_is_refused(duck):
    for name, data in (("teams.csv", b"team\n\xff\n"), ("teams.xlsx", b"PK")):
        with pytest.raises(FileRefusedError, match=name):
            organising.plan(duck, name, data, ALWAYS)


def test_a_group_that_begins_later_refuses_the_file(duck):
    grouping.create(duck, "Lab", TOP, Q4, "")

    assert "There is already a group 'Lab'" in refused(duck, "team,group\nA,Lab\n")[0]


def test_a_cell_that_a_spreadsheet_would_run_goes_out_and_in_as_text(duck):
    take(duck, "team,group\n'=1+1,'@Retail\n")
    assert drawn(duck) == {"=1+1": "@Retail"}

    data = organisation_file.write(duck.store.teams(), duck.store.tree(Q4))

    assert b"'=1+1,'@Retail" in data
    assert organising.plan(duck, "teams.csv", data, Q4).empty


def test_what_somebody_changed_since_the_preview_refuses_the_file(service):
    made = plan(service)
    grouping.create(service, "Retail", TOP, ALWAYS, "")

    with pytest.raises(RefusedError, match="changed by somebody since"):
        organising.take(service, made, "ana")
    again = plan(service)
    service.store.add_team("Sellers", by="")
    with pytest.raises(RefusedError, match="already a team 'Sellers'"):
        organising.take(service, again, "ana")

    assert [team.name for team in service.store.teams()] == ["Sellers"]
    assert [group.name for group in service.store.tree(Q4).groups.values()] == [
        "Retail"
    ]


def test_what_somebody_said_of_a_team_since_the_preview_refuses_the_file(service):
    take(service)
    made = plan(service, "team,domain\nRankers,ranking\n", Q4)
    rankers = made.described[0].id
    service.store.describe_team(rankers, "search", SIZES[3], "", "")

    with pytest.raises(RefusedError, match="changed by somebody since"):
        organising.take(service, made, "ana")

    assert service.store.team(rankers).size == SIZES[3]


EDITED = """\
team,group,domain,size,serving,labels
Rankers,Lab/Deep,ranking,,batch,pilot; core
Sellers,Lab,,over 50 people,,core
New,Retail/Search,,,,pilot
Newer,,new,,both,
"""


@pytest.mark.parametrize("since", [ALWAYS, Q3, Q4])
def test_a_file_that_was_taken_in_is_undone_in_one_step(service, since):
    take(service)
    rankers = next(t.id for t in service.store.teams() if t.name == "Rankers")
    labelling.relabel(service, rankers, ["Old"], Q3, "")
    before_groups = {q: service.store.tree(q) for q in (Q3, Q4, Q4.shift(1))}
    before = service.store.teams(archived=True)

    done = organising.take(service, plan(service, EDITED, since), "ana")
    assert len(service.store.teams()) == 5
    organising.put_back(service, done, "ana")

    assert {q: service.store.tree(q) for q in before_groups} == before_groups
    assert service.store.teams(archived=True) == before
    assert {
        row.subject for row in service.store.audit() if row.action == "remove-team"
    } == {team.id for team in done.made.added}
    # The corrected file finds nothing in its way.
    organising.take(service, plan(service, EDITED, since), "ana")
    assert drawn(service)["New"] == "Retail/Search"


def test_labels_that_a_file_brought_are_undone_with_it(service):
    take(service)
    take(service, LABELLED, Q3)
    relabelled = "team,labels\nRankers,new\nAlone,tier-1\nFresh,tier-1\n"
    before = {q: labels(service, q) for q in (Q3.shift(-1), Q3, Q4)}

    done = organising.take(service, plan(service, relabelled), "ana")
    assert labels(service)["Rankers"] == ("new",)
    organising.put_back(service, done, "ana")

    assert {q: labels(service, q) for q in before} == before


def test_an_undone_first_file_leaves_nothing(service):
    done = organising.take(service, plan(service), "ana")
    changes = service.store.changes_all()

    organising.put_back(service, done, "ana")

    assert service.store.changes_all() > changes
    assert service.store.teams(archived=True) == []
    assert drawn(service) == {}
    assert not service.store.tree(Q4).groups
    assert grouping.archived(service.store.organisation(), Q4) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda s, ids: grouping.create(s, "Other", TOP, Q4, ""),
        lambda s, ids: grouping.move_teams(s, [ids["Alone"]], TOP, Q4, ""),
        lambda s, ids: labelling.relabel(s, ids["New"], ["other"], Q4, ""),
        lambda s, ids: s.store.rename_team(ids["New"], "Renamed", ""),
        lambda s, ids: s.store.describe_team(ids["Sellers"], "shop", "", "", ""),
        lambda s, ids: s.store.archive_team(ids["Rankers"], ""),
        lambda s, ids: s.answer(
            ids["Newer"], Q4, "training.code", Answer(State.UNKNOWN), ""
        ),
        lambda s, ids: s.set_target(ids["New"], "azure", "", 2, None, ""),
    ],
)
def test_a_file_is_not_undone_over_what_somebody_changed_since(service, change):
    take(service)
    done = organising.take(service, plan(service, EDITED, Q4), "ana")
    change(service, {team.name: team.id for team in service.store.teams()})
    seen = service.store.organisation(), service.store.teams(archived=True)

    with pytest.raises(RefusedError, match="changed by somebody since"):
        organising.put_back(service, done, "ana")

    assert (service.store.organisation(), service.store.teams(archived=True)) == seen


def test_what_is_said_of_a_team_that_stays_does_not_keep_a_file_from_being_undone(
    service,
):
    take(service)
    done = organising.take(service, plan(service, EDITED, Q4), "ana")
    rankers = next(t for t in service.store.teams() if t.name == "Rankers")
    service.answer(rankers.id, Q4, "training.code", Answer(State.UNKNOWN), "")

    organising.put_back(service, done, "ana")

    assert service.sheet(rankers.id, Q4).given()
    assert drawn(service)["Rankers"] == "Retail/Search"


def test_a_file_of_demo_teams_that_were_removed_is_refused_and_not_undone(duck):
    duck.store.add_team("Shown", demo=True, by="")
    text = "team,domain,group\nShown,ads,Retail\n"
    late, done = plan(duck, text), organising.take(duck, plan(duck, text), "")
    duck.store.remove_demo("")

    with pytest.raises(RefusedError, match="changed by somebody since"):
        organising.put_back(duck, done, "")
    with pytest.raises(RefusedError, match="removed"):
        organising.take(duck, late, "")


def test_two_thousand_teams_come_in_at_once(duck):
    lines = [f"Team {n},Group {n % 20}/Part {n % 100}" for n in range(2000)]

    take(duck, "\n".join(["team,group", *lines]))

    assert len(duck.store.teams()) == 2000
    assert len(duck.store.tree(Q4).members) == 2000


def test_the_command_leaves_labels_of_before_where_there_is_no_group(
    capsys, monkeypatch, tmp_path
):
    address, file = str(tmp_path / "maturity.duckdb"), tmp_path / "teams.csv"
    monkeypatch.setenv("MATURITY_DATABASE", address)
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")
    file.write_text("team,labels\nRankers,old\n", "utf-8")
    cli.main(["organisation", str(file), "--yes"])
    file.write_text("team,labels\nRankers,new\n", "utf-8")
    cli.main(["organisation", str(file), "--yes"])

    store = storage.open_store(address)
    said = [tuple(store.tree(q).labels.values()) for q in (Q3, Q4)]
    store.close()
    assert said == [(("old",),), (("new",),)]


def test_the_command_shows_first_and_takes_in_when_told_to(
    capsys, monkeypatch, tmp_path
):
    monkeypatch.setenv("MATURITY_DATABASE", str(tmp_path / "maturity.duckdb"))
    file, out = tmp_path / "teams.csv", tmp_path / "out.csv"
    file.write_text(FILE, "utf-8")

    assert cli.main(["organisation", str(file)]) == 0
    shown = capsys.readouterr().out
    assert "3 new teams\n  Rankers\n" in shown
    assert "Nothing is changed yet" in shown
    assert cli.main(["teams"]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main(["organisation", str(file), "--yes"]) == 0
    assert cli.main(["organisation", "--out", str(out)]) == 0
    capsys.readouterr()
    assert "Retail" in out.read_text("utf-8-sig")
    assert cli.main(["organisation", str(out)]) == 0
    assert "nothing to take in" in capsys.readouterr().out
    file.write_text("name\n", "utf-8")
    assert cli.main(["organisation", str(file), "--yes"]) == 2
    assert "the column team is missing" in capsys.readouterr().err
    assert cli.main(["organisation"]) == 2
    assert cli.main(["organisation", str(tmp_path / "none.csv")]) == 2
    store = storage.open_store(str(tmp_path / "maturity.duckdb"))
    assert len(store.teams()) == 3
    store.close()
