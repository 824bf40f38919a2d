"""Benchmark files out of one dashboard and into another: what is refused, and kept."""

import json
from copy import deepcopy
from datetime import datetime

import pytest
from organisation import LAST, submit, teams

from maturity import benchmark, benchmarking, cli, library
from maturity.benchmark_row import BenchmarkRow
from maturity.exchange import benchmarks
from maturity.exchange.lines import FileRefusedError
from maturity.service import RefusedError

AT = datetime(2026, 11, 24, 14, 30, 5)
THREE = {"lower": 10, "median": 12, "upper": 20}


@pytest.fixture
def file(service) -> dict:
    """A file of another organisation, as its JSON value."""
    definition = service.library.definition("google")
    group = {
        "teams": 12,
        "whole_model": THREE,
        "categories": {c.id: THREE for c in definition.model.categories},
    }
    return {
        "format": "mlops-maturity benchmark",
        "version": 1,
        "model": "google",
        "edition": definition.model.edition,
        "hash": library.fingerprint(definition),
        "quarter": "2026-Q3",
        "demo": False,
        "ranges": False,
        "earlier": False,
        "all": group,
        "size": {"6-to-15": {**deepcopy(group), "teams": 7}},
        "serving": {},
    }


def raw(value: object) -> bytes:
    return json.dumps(value).encode()


def take(service, value, source="Lyon", by=""):
    seen = benchmarking.propose(service, "other.json", raw(value))
    return benchmarking.take(service, seen, source, by)


# Out


def test_a_file_of_our_teams_can_be_taken_in_and_says_the_same(service):
    teams(service, 6, size="6 to 15 people", serving="batch")
    teams(service, 5, "Large", size="over 50 people", serving="batch")

    found = benchmarking.own(service, "google", LAST, demo=False)
    seen = benchmarking.propose(service, "f.json", benchmarks.write(found))

    assert seen.benchmark == found
    assert (found.all.teams, found.edition) == (11, seen.model.edition)
    assert {v: g.teams for v, g in found.size.items()} == {"6-to-15": 6, "over-50": 5}
    assert {v: g.teams for v, g in found.serving.items()} == {"batch": 11}
    assert seen.notes == ()
    assert benchmarking.file_name(found) == "benchmark-google-2026-Q3.json"


def test_fewer_than_five_teams_are_not_written_and_the_reason_is_said(service):
    teams(service, 4)
    teams(service, 5, "Demo", demo=True)

    with pytest.raises(RefusedError, match=r"^4 teams submitted .* at least five\.$"):
        benchmarking.own(service, "google", LAST, demo=False)
    assert benchmarking.own(service, "google", LAST, demo=True).demo


def test_a_quarter_that_has_not_begun_is_in_no_file(service):
    teams(service, 5)

    with pytest.raises(RefusedError, match="Q1 2027 has not begun yet"):
        benchmarking.own(service, "google", LAST.shift(2), demo=False)


def test_open_questions_and_earlier_quarters_are_said_in_the_file(service):
    some = teams(service, 5)
    submit(service, some[0], 2, LAST.shift(1), leave=3)

    found = benchmarking.own(service, "google", LAST.shift(1), demo=False)

    assert (found.ranges, found.earlier) == (True, True)
    assert list(benchmarking.remarks(found)) == [
        "Scores with open questions count at the low end of their range.",
        "Some are from the four quarters before Q4 2026.",
    ]


# In


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda f: f.update(format="else"), "is no benchmark file"),
        (lambda f: f.update(version=2), "is of version 2 of the format"),
        (lambda f: f.pop("hash"), "hash: is missing"),
        (lambda f: f.update(hsah="x"), "hsah: no such key here; did you mean hash?"),
        (lambda f: f["all"].update(name="Ana"), "all.name: no such key here; the keys"),
        (
            lambda f: f.update(model="googel"),
            "there is no model 'googel' here; did you",
        ),
        (lambda f: f.update(edition=""), "edition: '' does not fit"),
        (lambda f: f.update(edition="x" * 61), "edition: 'x"),
        (lambda f: f.update(quarter="2026-Q5"), "quarter: '2026-Q5' does not fit"),
        (lambda f: f.update(quarter="2027-Q1"), "quarter: 2027-Q1 has not begun yet"),
        (lambda f: f.update(demo="no"), "demo: 'no' does not fit; write true or false"),
        (
            lambda f: f["all"].update(teams=4),
            "all.teams: is 4; figures of fewer than 5",
        ),
        (lambda f: f["all"].update(teams=10**9), "all.teams: '1000000000' is too high"),
        (
            lambda f: f["all"].update(teams=7.5),
            "all.teams: '7.5' is not a whole number",
        ),
        (
            lambda f: f["all"].update(whole_model={**THREE, "lower": 1.2}),
            "all.whole_model.lower: '1.2' is not a whole number",
        ),
        (
            lambda f: f["all"].update(whole_model={**THREE, "lower": -1}),
            "all.whole_model.lower: '-1' is too low; it is at least 0",
        ),
        (
            lambda f: f["all"].update(whole_model={**THREE, "lower": 13}),
            "all.whole_model: lower, median and upper are not in order",
        ),
        (
            lambda f: f["all"].update(whole_model={**THREE, "upper": 41}),
            "the highest of this model is 20",
        ),
        (lambda f: f["all"].update(categories={}), "all.categories: is empty"),
        (
            lambda f: f["all"]["categories"].update({"<b>x": THREE}),
            "all.categories.<b>x: '<b>x' does not fit",
        ),
        (
            lambda f: f["size"]["6-to-15"]["categories"].popitem(),
            "size.6-to-15.categories: are not the same as in all",
        ),
        (
            lambda f: f["size"].update({"huge": f["size"].pop("6-to-15")}),
            "size.huge: 'huge' does not fit; it is 1-to-5, 6-to-15",
        ),
        (
            lambda f: f["size"]["6-to-15"].update(teams=9),
            "size: leaves 3 of all teams over, which could be worked out",
        ),
        (
            lambda f: f["size"]["6-to-15"].update(teams=13),
            "size: has 1 more teams than all of them",
        ),
    ],
)
def test_a_file_that_is_wrong_anywhere_is_refused_with_the_place(
    service, file, change, reason
):
    change(file)

    with pytest.raises(FileRefusedError) as error:
        take(service, file)

    assert str(error.value).startswith("other.json: ")
    assert reason in str(error.value)
    assert service.store.benchmarks() == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"{", "is not valid JSON"),
        (b"[]", "is no benchmark file"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"format": 1, "format": 2}', "'format' stands twice"),
        (b" " * (1024 * 1024 + 1), "is larger than 1 MB"),
    ],
)
def test_what_is_no_benchmark_at_all_is_refused(service, data, reason):
    with pytest.raises(FileRefusedError, match=reason):
        benchmarking.propose(service, "other.json", data)


def test_every_mistake_is_named_at_once(service, file):
    file["all"]["teams"] = 3
    file["demo"] = 0

    with pytest.raises(FileRefusedError) as error:
        take(service, file)

    assert len(str(error.value).splitlines()) == 2


def test_a_file_is_stored_listed_and_removed_for_good(service, file):
    row = take(service, file, "  The   Lyon office ", "ana")

    (one,) = benchmarking.stored(service)
    assert (one.row, one.source) == (row, "The Lyon office")
    assert one.benchmark.model_dump() == file
    benchmarking.remove(service, row.id, "ana")
    assert benchmarking.stored(service) == []
    assert service.store.audit()[0].action == "remove-benchmark"
    with pytest.raises(RefusedError, match="removed already"):
        benchmarking.remove(service, row.id, "ana")


@pytest.mark.parametrize(
    ("source", "reason"),
    [("  ", "Say who the file is from"), ("x" * 61, "at most 60 characters")],
)
def test_a_source_is_named_in_a_few_words(service, file, source, reason):
    with pytest.raises(RefusedError, match=reason):
        take(service, file, source)


def test_the_same_file_is_taken_in_once_whoever_it_is_said_to_be_from(service, file):
    take(service, file)

    with pytest.raises(RefusedError, match="here already, from Lyon"):
        take(service, file, "Paris")


def test_two_files_of_one_source_and_quarter_are_not_kept_side_by_side(service, file):
    take(service, file)
    file["all"]["teams"] = 13

    with pytest.raises(RefusedError, match="another file from Lyon of Q3 2026"):
        take(service, file)
    assert take(service, {**file, "quarter": "2026-Q2"}).source == "Lyon"


def test_another_edition_and_another_wording_are_said_before_it_is_taken_in(
    service, file
):
    file["hash"] = "0" * 64
    worded = benchmarking.propose(service, "f.json", raw(file))
    other = benchmarking.propose(service, "f.json", raw({**file, "edition": "2019"}))

    assert worded.notes[0].startswith("Its model is worded differently in places")
    assert other.notes[0].startswith("It is of edition 2019, and ")
    assert benchmarking.misfit(other.benchmark, other.model).startswith(
        "The file is of edition 2019"
    )


def test_figures_are_those_of_all_teams_or_of_teams_alike(service, file):
    take(service, file)
    (one,) = benchmarking.stored(service)

    assert benchmarking.group(one.benchmark, None, "").teams == 12
    assert benchmarking.group(one.benchmark, "size", "6-to-15").teams == 7
    assert benchmarking.group(one.benchmark, "size", "over-50") is None
    assert benchmark.quartiles(one.benchmark.all)[""].median == 12


# Stored, on both engines


def test_a_benchmark_comes_back_as_it_was_stored(store):
    row = BenchmarkRow("b1", "Lyon", "azure", False, '{"a": "ü"}', "ana", AT)
    other = BenchmarkRow("b2", "Demo", "azure", True, "{}", "", AT.replace(hour=15))
    store.add_benchmark(other)
    store.add_benchmark(row)

    assert store.benchmarks() == [row, other]
    assert store.remove_benchmark("b1", "ana")
    assert not store.remove_benchmark("b1", "ana")
    assert store.benchmarks() == [other]
    (noted,) = [a for a in store.audit() if a.action == "remove-benchmark"]
    assert (noted.subject, noted.detail, noted.author) == ("b1", "Lyon", "ana")


def test_invented_figures_go_with_the_demo_and_others_stay(store):
    ana = store.person("Ana")
    store.add_team("Demo", demo=True, by="")
    store.add_benchmark(BenchmarkRow("b1", "Lyon", "azure", False, "{}", ana, AT))
    store.add_benchmark(BenchmarkRow("b2", "Demo", "azure", True, "{}", "", AT))

    store.remove_demo("")

    assert [row.id for row in store.benchmarks()] == ["b1"]
    assert store.names() == {ana: "Ana"}


# By command


def command(capsys, *arguments, status=0) -> str:
    assert cli.main(["benchmark", *arguments]) == status
    said = capsys.readouterr()
    return said.err if status else said.out


def test_the_command_writes_shows_takes_in_lists_and_removes(
    service, file, tmp_path, capsys
):
    path, out = tmp_path / "other.json", tmp_path / "ours.json"
    path.write_bytes(raw(file))
    teams(service, 5, serving="batch")
    service.store.close()

    said = command(
        *(capsys, "export", "--model", "google", "--quarter", "2026-Q3"),
        *("--out", str(out)),
    )
    assert said == f"{out} is written\n"
    assert benchmarks.read(out.name, out.read_bytes()).all.teams == 5

    said = command(capsys, "import", str(path)).splitlines()
    assert said[0].startswith("12 teams, Google Cloud MLOps")
    assert said[1] == "size: 6-to-15 (7)"
    assert said[-1].startswith("Nothing is taken in yet")
    assert command(capsys, "list") == ""
    said = command(capsys, "import", str(path), "--source", "Lyon", "--yes")
    assert said.splitlines()[-1].startswith("It is taken in")
    (line,) = command(capsys, "list").splitlines()
    id, _, rest = line.partition("  ")
    assert rest == f"Lyon: google {file['edition']}, 2026-Q3, 12 teams"
    assert "already, from Lyon" in command(capsys, "import", str(path), "--yes")
    assert command(capsys, "remove", id) == "It is removed.\n"
    assert command(capsys) == ""


def test_the_command_names_what_is_wrong(service, file, tmp_path, capsys):
    service.store.close()
    path = tmp_path / "other.json"
    path.write_bytes(raw({**file, "all": 1}))
    out = ("--out", str(tmp_path / "o.json"))

    assert "other.json: all: keys with values belong here" in command(
        capsys, "import", str(path), status=2
    )
    assert "no such file" in command(capsys, "import", "nowhere.json", status=2)
    assert "0 teams submitted" in command(
        capsys, "export", "--model", "google", *out, status=2
    )
    assert "There is no model 'googel'" in command(
        capsys, "export", "--model", "googel", *out, status=2
    )
    assert "removed already" in command(capsys, "remove", "b9", status=2)
