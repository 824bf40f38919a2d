"""The command line: what it prints, and what it says of a mistake."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import house
import pytest

from maturity import cli, grouping, labelling, library, storage
from maturity.answer import Answer, State
from maturity.answer_file import read_answers
from maturity.group import ALWAYS, BELOW, TOP
from maturity.practice import Practice, Rung
from maturity.quarter import Quarter
from maturity.scoring import score, shown
from maturity.service import Service

ROOT = Path(__file__).parents[1]
KEYS = [
    "model",
    "edition",
    "level",
    "level_name",
    "score",
    "range",
    "score_range",
    "evidenced_level",
    "coverage",
    "categories",
    "unmet",
]


@pytest.fixture
def write(tmp_path):
    """Writes a file of answers and says where it is."""

    def write(text, name="answers.yaml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return str(path)

    return write


def scored(capsys, *arguments):
    assert cli.main(["score", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refused(capsys, *arguments):
    assert cli.main(list(arguments)) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def everything_at(rung):
    """Every practice of Azure at its first or last rung, as a file of answers."""
    asked = library.load().definition("azure").asked
    return "\n".join(f"{p.id}: {p.rungs[rung].id}" for p in asked)


def test_a_file_is_scored_as_one_line_with_the_documented_keys(capsys, write):
    files = write(everything_at(-1), "a.yaml"), write(everything_at(0), "b.yaml")

    best, worst = scored(capsys, "azure", *files)

    assert list(best) == KEYS
    assert (best["level"], best["score"], best["unmet"]) == (4, 4.0, [])
    assert best["level_name"] == "Full MLOps automated operations"
    assert best["coverage"] == 1.0
    assert (worst["level"], worst["score"]) == (0, 0.0)
    assert worst["range"] == {"lowest": 0, "highest": 0}


def test_nothing_answered_is_a_range_and_not_a_zero(capsys, write):
    (line,) = scored(capsys, "google", write("{}"))

    assert line["range"] == {"lowest": 0, "highest": 2}
    assert line["score_range"] == {"lowest": 0.0, "highest": 2.0}
    assert line["coverage"] == 0.0


def test_nothing_applicable_has_no_level(capsys, write):
    asked = library.load().definition("google").asked
    text = "\n".join(f"{p.id}: {{not_applicable: We do no ML}}" for p in asked)

    (line,) = scored(capsys, "google", write(text))

    assert (line["level"], line["level_name"], line["score"]) == (None, None, None)
    assert line["range"] == {"lowest": None, "highest": None}


def test_the_command_prints_what_the_engine_says(capsys, write):
    definition = library.load().definition("azure")
    path = write("training.code: all\ntraining.tracking: {unknown: true}\n")

    (line,) = scored(capsys, "azure", path)

    answers = {"training.code": Answer(State.RUNG, "all")}
    result = score(definition, answers, Quarter.current())
    assert f"{line['score']}" == shown(result.overall.lowest.tenths)
    assert line["unmet"] == result.unmet


@pytest.mark.parametrize(
    ("entry", "evidenced"),
    [
        ("{rung: %s, evidence: 'https://example.org'}", 4),
        ("{rung: %s}", 0),
        ("{rung: %s, evidence: {link: 'https://example.org', date: 2026-11-01}}", 4),
        ("{rung: %s, evidence: {link: 'https://example.org', date: 2025-01-01}}", 0),
    ],
)
def test_evidence_decides_the_evidenced_level(
    capsys, write, monkeypatch, entry, evidenced
):
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")
    asked = library.load().definition("azure").asked
    text = "\n".join(f"{p.id}: {entry % p.rungs[-1].id}" for p in asked)

    (line,) = scored(capsys, "azure", write(text))

    assert (line["level"], line["evidenced_level"]) == (4, evidenced)


def test_yaml_and_json_say_the_same(capsys, write):
    as_json = write('{\n\t"training.code": {"rung": "all"}\n}', "answers.json")

    assert scored(capsys, "azure", as_json) == scored(
        capsys, "azure", write("training.code: all")
    )


def test_not_applicable_without_a_reason_counts_as_open(capsys, write):
    given = write("training.code: {not_applicable: ''}")

    assert scored(capsys, "azure", given) == scored(capsys, "azure", write("{}"))


def test_a_practice_that_the_model_does_not_ask_is_ignored(capsys, write):
    known = library.load()
    rung = known.practices["strategy.portfolio"].rungs[-1].id
    other = write(f"strategy.portfolio: {rung}")

    assert scored(capsys, "azure", other) == scored(capsys, "azure", write("{}"))


def test_an_unknown_model_is_told_with_those_that_exist(capsys, write):
    message = refused(capsys, "score", "azur", write("{}"))

    assert "azur" in message
    assert "did you mean azure?" in message
    assert "azure, gigaom, google" in message


def test_every_mistake_of_a_file_is_told_at_once_with_its_place(capsys, write):
    message = refused(
        capsys,
        "score",
        "azure",
        write(
            "training.trigger: liv\n"
            "training.triger: live\n"
            "training.code: {rung: all, unknown: true}\n"
            "training.tracking: {rung: tool, evidence: 7}\n"
            "training.registry: {run: registry}\n"
        ),
    )

    lines = message.splitlines()
    assert "line 1" in lines[0]
    assert "did you mean live?" in lines[0]
    assert "by-hand, command, live, signal" in lines[0]
    assert "did you mean training.trigger?" in lines[1]
    assert "not two" in lines[2]
    assert "training.tracking" in lines[3]
    assert "there is no such key" in lines[4]
    assert lines[5].startswith("The practices are data.storage, ")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "- training.code", "holds no answers"),
        ("a.yaml", "training.code: [all", "line"),
        ("a.json", '{"training.code": "all"', "not valid JSON"),
        ("a.json", '{"training.code": "all", "training.code": "all"}', "twice"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", f'{{"training.code": {"9" * 5000}}}', "there is no rung '999"),
        ("a.json", '{\n\t"training.code": "al"\n}', "line 2"),
        ("a.json", " " * 10_500_000, "larger than 10 MB"),
        ("a.yaml", "training.code: no", "there is no rung 'no'"),
        ("a.yaml", "training.code: all\ntraining.code: some", "training.code"),
    ],
)
def test_a_file_that_holds_no_answers_is_told(capsys, write, name, text, said):
    message = refused(capsys, "score", "azure", write(text, name))

    assert message.startswith(name)
    assert said in message


def test_a_rung_is_read_as_it_is_written(tmp_path):
    ladder = Practice.model_construct(
        id="yes-or-no", rungs=[Rung(id=id, text="It is.") for id in ("no", "yes")]
    )
    path = tmp_path / "a.yaml"
    path.write_text("yes-or-no: {rung: yes}", "utf-8")

    answers = read_answers(path, {"yes-or-no": ladder}, date(2026, 11, 24))

    assert answers == {"yes-or-no": Answer(State.RUNG, rung="yes")}


def test_the_file_in_the_documentation_is_scored(capsys, write):
    text = (ROOT / "docs" / "scoring.md").read_text("utf-8")
    example = re.search(r"^```yaml\n(.+?)^```", text, re.M | re.S)[1]

    (line,) = scored(capsys, "azure", write(example))

    documented = re.findall(r"^\| (`[a-z_`, ]+`) \|", text, re.M)
    assert list(line) == re.findall(r"\w+", " ".join(documented))
    assert line["coverage"] > 0


def test_a_day_that_is_none_is_told(capsys, monkeypatch, write):
    monkeypatch.setenv("MATURITY_TODAY", "tomorrow")

    assert "MATURITY_TODAY is 'tomorrow'" in refused(
        capsys, "score", "azure", write("{}")
    )


def test_scoring_by_a_model_that_is_nowhere_makes_no_database(
    capsys, monkeypatch, tmp_path, write
):
    monkeypatch.setenv("MATURITY_DATABASE", str(tmp_path / "none.duckdb"))

    assert "There is no model" in refused(capsys, "score", "nobody", write("{}"))

    assert not (tmp_path / "none.duckdb").exists()


def test_a_missing_file_is_told(capsys, tmp_path):
    message = refused(capsys, "score", "azure", str(tmp_path / "none.json"))

    assert "there is no such file" in message


def test_one_bad_file_prints_nothing_of_the_good_one(capsys, write):
    good, bad = write("{}"), write("training.code: nowhere", "bad.yaml")

    assert "bad.yaml" in refused(capsys, "score", "azure", good, bad)


def test_validate_says_what_is_valid(capsys):
    assert cli.main(["validate"]) == 0
    assert capsys.readouterr().out == "5 models and 136 practices are valid\n"


def test_validate_prints_every_problem_and_fails(capsys, write):
    assert cli.main(["validate", write("id: wrong\n", "wrong.yaml")]) == 1
    assert "wrong.yaml" in capsys.readouterr().out


def test_teams_prints_the_names(capsys, monkeypatch, tmp_path):
    file = str(tmp_path / "maturity.duckdb")
    monkeypatch.setenv("MATURITY_DATABASE", file)
    store = storage.open_store(file)
    for name in ("Search", "Fraud detection"):
        store.add_team(name, by="")
    store.close()

    assert cli.main(["teams"]) == 0
    assert sorted(capsys.readouterr().out.splitlines()) == ["Fraud detection", "Search"]


@pytest.fixture
def grouped(monkeypatch, tmp_path):
    """A database with two groups, one in the other, and a team that moved up."""
    file = str(tmp_path / "maturity.duckdb")
    monkeypatch.setenv("MATURITY_DATABASE", file)
    monkeypatch.setenv("MATURITY_TODAY", "2026-11-24")
    service = Service(storage.open_store(file), library.load())
    names = ("Rankers", "Sellers", "Others")
    teams = [service.store.add_team(name, by="").id for name in names]
    shop = grouping.create(service, "Retail", TOP, ALWAYS, "").group
    search = grouping.create(service, "Search", shop, ALWAYS, "").group
    grouping.move_teams(service, teams[:2], search, ALWAYS, "")
    grouping.move_teams(service, teams[1:2], shop, Quarter(2026, 4), "")
    service.store.close()


def printed(capsys, *arguments):
    assert cli.main(list(arguments)) == 0
    return capsys.readouterr().out.splitlines()


def test_groups_prints_a_path_a_line_with_the_teams_if_asked(capsys, grouped):
    search = f"Retail{BELOW}Search"

    assert printed(capsys, "groups") == ["Retail", search]
    assert printed(capsys, "groups", "--teams") == [
        "Retail\tSellers",
        f"{search}\tRankers",
    ]
    assert printed(capsys, "groups", "--teams", "--quarter", "2026-Q3") == [
        "Retail",
        f"{search}\tRankers",
        f"{search}\tSellers",
    ]


def test_teams_prints_those_of_a_group_and_of_what_is_in_it(capsys, grouped):
    assert printed(capsys, "teams", "--group", "retail") == ["Rankers", "Sellers"]
    assert printed(capsys, "teams", "--group", "Retail/Search") == ["Rankers"]
    past = ("--quarter", "2026-Q3")
    assert len(printed(capsys, "teams", "--group", "Retail/Search", *past)) == 2
    assert "There is no group 'Retial'" in refused(capsys, "teams", "--group", "Retial")
    assert "2026-Q4" in refused(capsys, "groups", "--quarter", "2026")


def test_teams_prints_those_with_a_label_alone_or_in_a_group(capsys, grouped):
    store = storage.open_store(storage.database_address())
    service = Service(store, library.load())
    for team in store.teams():
        labelling.relabel(service, team.id, ["tier-1"], Quarter(2026, 4), "")
    store.close()

    both = printed(capsys, "teams", "--label", "TIER-1")
    assert both == printed(capsys, "teams")
    within = ("--group", "Retail/Search", "--label", "tier-1")
    assert printed(capsys, "teams", *within) == ["Rankers"]
    then = ("teams", "--label", "tier-1", "--quarter", "2026-Q3")
    assert refused(capsys, *then) == "No team has the label 'tier-1' in Q3 2026.\n"


def test_a_database_that_cannot_be_opened_is_told(capsys, monkeypatch, tmp_path):
    file = tmp_path / "maturity.duckdb"
    file.write_text("not a database " * 1000)
    monkeypatch.setenv("MATURITY_DATABASE", str(file))

    assert "maturity.duckdb" in refused(capsys, "teams")


def test_scoring_imports_nothing_heavy():
    code = (
        "import sys; from maturity import cli; "
        "print(sorted({'streamlit', 'altair', 'duckdb', 'pandas'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_a_reader_that_has_enough_sees_no_traceback(write):
    run = [sys.executable, "-m", "maturity.cli", "score", "azure", write("{}")]

    with subprocess.Popen(
        run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (0, b"")


def test_the_ml_test_score_is_its_lowest_section_with_its_band(tmp_path, capsys):
    path = tmp_path / "answers.yaml"
    said = {"D1": "automated", "M1": "automated", "I1": "manual", "Mo1": "automated"}
    path.write_text("".join(f"mlts.{id}: {rung}\n" for id, rung in said.items()))

    assert cli.main(["score", "ml-test-score", str(path)]) == 0

    line = json.loads(capsys.readouterr().out)
    assert (line["score"], line["band"]) == (0.5, "Some testing")
    assert {id: one["score"] for id, one in line["categories"].items()} == {
        "data": 1.0,
        "model": 1.0,
        "infrastructure": 0.5,
        "monitoring": 1.0,
    }


# Models that are added


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setenv("MATURITY_DATABASE", str(tmp_path / "maturity.duckdb"))


def said(capsys, *arguments, status=0):
    assert cli.main(list(arguments)) == status
    return capsys.readouterr().out.splitlines()


def test_a_model_is_added_listed_scored_disabled_and_enabled(
    database, capsys, tmp_path
):
    file = str(house.write(tmp_path, house.HOUSE))
    answers = house.write(tmp_path, "house.on-call: rota\n", "answers.yaml")

    assert said(capsys, "models", "add", file)[-1].startswith("Nothing is added yet")
    assert len(said(capsys, "models")) == 5
    assert said(capsys, "models", "add", file, "--yes")[-1].startswith("house is added")
    assert said(capsys, "models")[-1] == "house  House rules for releases, edition " + (
        "2026-10-01"
    )
    (result,) = scored(capsys, "house", str(answers))
    assert result["coverage"] == 0.3333
    said(capsys, "models", "disable", "house")
    assert said(capsys, "models")[-1].endswith("(disabled)")
    said(capsys, "models", "enable", "house")
    assert said(capsys, "models", "add", file)[-1].startswith("This is what is here")


def test_a_model_is_written_as_it_was_added_and_as_a_start(database, capsys, tmp_path):
    text = house.HOUSE.replace("id: house\n", "id: house  # ours\n", 1)
    said(capsys, "models", "add", str(house.write(tmp_path, text)), "--yes")
    out = tmp_path / "out.yaml"

    said(capsys, "models", "export", "house", "--out", str(out))
    assert out.read_text("utf-8") == text
    said(capsys, "models", "export", "azure", "--as-start", "--out", str(out))
    assert said(capsys, "models", "add", str(out), "--yes")[-1].startswith(
        "my-azure is"
    )


def test_a_bad_model_and_an_unknown_one_are_named(database, capsys, tmp_path):
    bad = house.write(tmp_path, house.swap("    level: 1\n", "    level: 7\n"))

    assert "level: no level 7; there are 0, 1, 2" in refused(
        capsys, "models", "add", str(bad), "--yes"
    )
    assert "no such file" in refused(capsys, "models", "add", "nowhere.yaml")
    assert "There is no model 'houses'" in refused(
        capsys, "models", "disable", "houses"
    )
    assert "There is no disabled model" in refused(capsys, "models", "enable", "azure")


def test_convert_writes_a_model_file_and_says_what_it_lost(capsys, tmp_path):
    choice = {"id": "tested", "title": "Restores are tested"}
    rules = [
        {"condition": "tested", "risk": "NO_RISK"},
        {"condition": "default", "risk": "HIGH_RISK"},
    ]
    question = {"id": "q", "title": "Q?", "choices": [choice], "riskRules": rules}
    pillar = {"id": "p", "name": "P", "questions": [question]}
    lens = json.dumps({"name": "Backups", "pillars": [pillar], "_note": 1})
    file = house.write(tmp_path, lens, "lens.json")
    out = tmp_path / "backups.yaml"

    lines = said(capsys, "convert", str(file), "--out", str(out))

    assert lines[1] == "From an AWS custom lens: Backups, 1 question"
    assert lines[-1] == "Not carried over: “_note of a lens”."
    assert said(capsys, "validate", str(out)) == ["1 file is valid"]
    assert "neither an AWS custom lens" in refused(
        capsys, "convert", str(out), "--out", str(out)
    )


def test_what_the_first_visitor_needs_is_loaded_before_the_server_answers():
    code = (
        "import sys; from streamlit.web import cli as server; from maturity import cli;"
        "server.main = lambda: print({'altair', 'duckdb', 'maturity.ui.frame', "
        "'maturity.ui.pictures'} - set(sys.modules)); cli.main([])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"
