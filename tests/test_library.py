"""Reading practice and model files: what loads, what is stored, what is checked."""

import json
import re
from pathlib import Path

import pytest
import yaml
from house import HOUSE, ROOT, house_with, swap, write

from maturity import library
from maturity.library import ModelError
from maturity.model import Definition

SHIPPED = library.load()
MODEL_FILES = sorted((ROOT / "data" / "models").glob("*.yaml"))

RELEASE = """\
- id: delivery.model-release
  name: Release steps
  question: How does a version get into service?
  why: Steps done by hand are forgotten.
  evidence:
    - The checklist
  effort: M
  rungs:
    - id: ad-hoc
      text: Somehow.
    - id: checklist
      text: By a checklist.
      how: Write it down.
    - id: pipeline
      text: By a pipeline.
      how: Write a pipeline.
"""
HEALTH = swap("delivery.model-release", "monitoring.health", RELEASE)
HEALTH = swap("id: checklist", "id: alerts", HEALTH)


def folder_with(root: Path, *models: str, **practices: str) -> Path:
    """A data folder with these model files and practice files."""
    for text in models:
        write(root, text, f"data/models/{yaml.safe_load(text)['id']}.yaml")
    for name, text in practices.items():
        write(root, text, f"data/practices/{name}.yaml")
    return root / "data"


@pytest.mark.parametrize("path", MODEL_FILES, ids=lambda path: path.stem)
def test_every_shipped_model_loads_and_is_named_after_its_id(path):
    assert library.read_model(path, SHIPPED.practices).id == path.stem
    assert path.stem in SHIPPED.models


def test_all_that_is_shipped_is_free_of_mistakes():
    assert library.check() == []
    assert SHIPPED.problems == ()


def test_the_example_of_the_guide_is_a_model(tmp_path):
    model = library.read_model(write(tmp_path, HOUSE), SHIPPED.practices)

    assert (model.lowest, model.top, len(model.criteria)) == (0, 2, 5)
    assert model.practices[0].ladder == ("nobody", "rota", "rehearsed")


def test_a_bad_model_is_named_and_the_others_load(tmp_path):
    other = HOUSE.replace("house", "home").replace("at_least: rota", "at_least: rata")
    folder = folder_with(tmp_path, HOUSE, other, delivery=RELEASE, monitoring=HEALTH)

    read = library.load(folder)

    assert list(read.models) == ["house"]
    assert read.problems == (
        "home.yaml, line 65, criterion home.care.2.on-call, at_least: no rung 'rata' "
        "on home.on-call; it has nobody, rota, rehearsed; did you mean rota?",
    )


def test_every_bad_model_file_is_named_whatever_is_wrong_with_it(tmp_path):
    folder = folder_with(tmp_path, HOUSE, delivery=RELEASE, monitoring=HEALTH)
    write(folder, "id: [", "models/a.yaml")
    write(folder, swap("effort: M", "effort: XL"), "models/b.yaml")
    write(folder, "", "models/c.yaml")

    problems = library.load(folder).problems

    assert [problem.split(",")[0].split(":")[0] for problem in problems] == [
        "a.yaml",
        "b.yaml",
        "c.yaml",
    ]
    assert len(problems[1].splitlines()) == 2


def test_two_files_of_one_name_are_not_two_models(tmp_path):
    folder = folder_with(tmp_path, HOUSE, delivery=RELEASE, monitoring=HEALTH)
    write(folder, HOUSE, "models/house.yml")

    assert library.load(folder).problems == (
        "house.yml: another model file has house, house.on-call too; ids belong to one "
        "file, so choose others",
    )


def test_what_an_editor_leaves_lying_about_is_no_model(tmp_path):
    folder = folder_with(tmp_path, HOUSE, delivery=RELEASE, monitoring=HEALTH)
    write(folder, "half a", "models/.#house.yaml")
    write(folder, "half a", "models/house.yaml~")

    assert library.load(folder).problems == ()


def test_the_practices_of_a_model_stand_with_those_of_the_library(tmp_path):
    read = library.load(
        folder_with(tmp_path, HOUSE, delivery=RELEASE, monitoring=HEALTH)
    )

    assert list(read.practices) == [
        "delivery.model-release",
        "monitoring.health",
        "house.on-call",
    ]


def test_two_models_cannot_define_the_same_practice(tmp_path):
    inner = swap("id: house\n", "id: house.on\n")
    inner = inner.replace("id: house.r", "id: house.on.r").replace(": house.c", ": h.c")
    inner = inner.replace("h.c", "house.on.c").replace("house.on-call", "house.on.x")
    outer = HOUSE.replace("house.on-call", "house.on.x")
    folder = folder_with(tmp_path, outer, inner, delivery=RELEASE, monitoring=HEALTH)

    read = library.load(folder)

    assert list(read.models) == ["house.on"]
    assert read.problems == (
        "house.yaml: another model file has house.on.x too; ids belong to one file, so "
        "choose others",
    )


def test_all_bad_practice_files_are_told_together(tmp_path):
    folder = folder_with(
        tmp_path,
        delivery=swap("effort: M", "effort: huge", RELEASE),
        monitoring=swap("      how: Write it down.\n", "", HEALTH),
    )

    with pytest.raises(ModelError) as raised:
        library.load(folder)

    assert str(raised.value).splitlines() == [
        "delivery.yaml, line 7, practice delivery.model-release, effort: 'huge' does "
        "not fit; write S or M or L",
        "monitoring.yaml, line 11, practice monitoring.health, rung alerts, how: is "
        "missing; say how a team gets to this rung (every rung but the first has it)",
    ]


def test_two_files_with_one_practice_are_refused(tmp_path):
    folder = folder_with(tmp_path, delivery=RELEASE, monitoring=RELEASE)

    with pytest.raises(ModelError, match=r"already used in delivery\.yaml, line 1;"):
        library.load(folder)


def test_a_folder_without_practices_is_refused(tmp_path):
    with pytest.raises(ModelError, match="holds no practices; name a data folder"):
        library.load(tmp_path)


def test_a_definition_holds_the_practices_that_the_model_asks_and_no_others(tmp_path):
    folder = folder_with(
        tmp_path,
        HOUSE,
        delivery=RELEASE,
        monitoring=HEALTH,
        people=swap("delivery.model-release", "people.other", RELEASE),
    )

    definition = library.load(folder).definition("house")

    assert sorted(definition.practices) == [
        "delivery.model-release",
        "house.on-call",
        "monitoring.health",
    ]


@pytest.mark.parametrize("model_id", SHIPPED.models)
def test_a_stored_definition_comes_back_whole(model_id):
    definition = SHIPPED.definition(model_id)

    assert library.restore(library.canonical(definition)) == definition


def test_the_order_of_keys_and_the_layout_of_a_file_do_not_change_its_hash(tmp_path):
    def reversed_keys(value):
        if isinstance(value, dict):
            return {key: reversed_keys(value[key]) for key in reversed(value)}
        return [reversed_keys(v) for v in value] if isinstance(value, list) else value

    folder = folder_with(tmp_path, HOUSE, delivery=RELEASE, monitoring=HEALTH)
    before = library.fingerprint(library.load(folder).definition("house"))
    text = yaml.safe_dump(reversed_keys(yaml.safe_load(HOUSE)), sort_keys=False)
    write(tmp_path, text, "data/models/house.yaml")
    after = library.fingerprint(library.load(folder).definition("house"))

    assert text.startswith("practices:")
    assert before == after
    assert re.fullmatch(r"[0-9a-f]{64}", before)


def test_the_order_of_practices_does_not_change_the_hash():
    azure = SHIPPED.definition("azure")
    turned = Definition(azure.model, dict(reversed(azure.practices.items())))

    assert list(turned.practices) != list(azure.practices)
    assert library.fingerprint(turned) == library.fingerprint(azure)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at_least: pipeline", "at_least: checklist"),
        ("text: Releases follow", "text: Most releases follow"),
        ('edition: "2026-10-01"', 'edition: "2026-11-01"'),
    ],
)
def test_an_edit_changes_the_hash(old, new, tmp_path):
    folder = folder_with(tmp_path, HOUSE, delivery=RELEASE, monitoring=HEALTH)
    before = library.fingerprint(library.load(folder).definition("house"))
    write(tmp_path, swap(old, new), "data/models/house.yaml")

    assert library.fingerprint(library.load(folder).definition("house")) != before


def test_keys_that_a_model_does_not_use_leave_no_trace_in_what_is_stored():
    stored = json.loads(library.canonical(SHIPPED.definition("azure")))

    assert "practices" not in stored["model"]
    assert all(
        "applies_to" not in practice for practice in stored["practices"].values()
    )


def test_drafts_of_practices_are_checked_with_the_models_that_ask_them(tmp_path):
    draft = swap("delivery.model-release", "people.draft", RELEASE)
    model = house_with("delivery.model-release", "people.draft")

    assert (
        library.check([write(tmp_path, draft, "draft.yaml"), write(tmp_path, model)])
        == []
    )


def test_a_practice_file_is_known_by_its_list(tmp_path):
    bad = swap("effort: M", "effort: XS", RELEASE)

    assert library.check([write(tmp_path, bad, "draft.yaml")]) == [
        "draft.yaml, line 7, practice delivery.model-release, effort: 'XS' does not "
        "fit; write S or M or L"
    ]


def test_a_file_of_the_library_is_checked_with_the_others(tmp_path, monkeypatch):
    folder = folder_with(tmp_path, delivery=RELEASE, monitoring=RELEASE)
    monkeypatch.setattr(library, "data_folder", lambda: folder)

    messages = library.check([folder / "practices" / "monitoring.yaml"])

    assert len(messages) == 1
    assert "already used in delivery.yaml, line 1" in messages[0]


def test_a_file_that_is_neither_is_told_so(tmp_path):
    assert library.check([write(tmp_path, "just a sentence", "note.yaml")]) == [
        "note.yaml, line 1: is neither a model (keys with colons) nor a list of "
        "practices"
    ]


def test_every_given_file_is_checked(tmp_path):
    messages = library.check([tmp_path / "no.yaml", write(tmp_path, HOUSE), tmp_path])

    assert messages == [
        "no.yaml: there is no such file; check the name",
        f"{tmp_path.name}: this is a folder; name the files in it",
    ]
