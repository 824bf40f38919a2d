"""The files that are made from the models stay as the models are."""

import json
import shutil

import pytest
import yaml
from house import HOUSE, ROOT
from jsonschema import Draft202012Validator

from maturity import library, reference
from maturity.ui import addresses

MADE = reference.generate(library.load(ROOT / "data"))
DATA = sorted(ROOT.glob("data/[mp]*s/*.yaml"))
MODELS = library.load(ROOT / "data").models


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_what_is_made_from_the_models_is_up_to_date(path):
    assert path.read_text("utf-8") == MADE[path], "run: python -m maturity.reference"


def test_checking_names_what_is_out_of_date_and_writes_nothing(
    tmp_path, monkeypatch, capsys
):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(reference, "ROOT", tmp_path)

    assert reference.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "docs/models.md is out of date",
        "Run: python -m maturity.reference",
    ]
    assert not (tmp_path / "docs" / "models.md").exists()


def test_writing_makes_what_is_out_of_date_and_leaves_the_rest(
    tmp_path, monkeypatch, capsys
):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "docs").mkdir()
    monkeypatch.setattr(reference, "ROOT", tmp_path)

    assert reference.main() == 0
    assert capsys.readouterr().out == "Wrote docs/models.md\n"
    assert reference.main(["--check"]) == 0


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_the_reference_names_everything_of_a_model(model):
    page = MADE[ROOT / "docs" / "models.md"]
    told = [
        *(level.summary for level in model.levels),
        *(category.summary for category in model.categories),
        *(criterion.text for criterion in model.criteria),
        *(criterion.cites for criterion in model.criteria),
        *(model.source.url, model.source.licence, model.ours, model.edition),
    ]

    assert [text for text in told if text not in page] == []


def test_informative_criteria_are_marked():
    page = MADE[ROOT / "docs" / "models.md"]
    informative = [c for m in MODELS.values() for c in m.criteria if not c.gating]

    assert page.count("*Informative.*") == len(informative) > 0


def test_every_link_within_the_reference_leads_somewhere():
    page = MADE[ROOT / "docs" / "models.md"]
    links = {part.split(")")[0] for part in page.split("](#")[1:]}

    assert [link for link in links if f'<a id="{link}"></a>' not in page] == []


def described(schema: object) -> list[bool]:
    """Of every key in a schema, whether an editor can say what it is for."""
    if not isinstance(schema, dict):
        return []
    keys = schema.get("properties", {})
    return [
        *("description" in key or "$ref" in key for key in keys.values()),
        *(one for part in schema.get("$defs", {}).values() for one in described(part)),
    ]


@pytest.mark.parametrize("name", ["practice", "model"])
def test_editors_can_explain_every_key(name):
    schema = json.loads(MADE[ROOT / "data" / f"{name}.schema.json"])
    found = described(schema)

    assert len(found) > 10
    assert all(found)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_editors_find_nothing_wrong_with_what_is_shipped(path):
    kind = "model" if path.parent.name == "models" else "practice"
    schema = Draft202012Validator(json.loads(MADE[ROOT / f"data/{kind}.schema.json"]))

    assert schema.is_valid(yaml.safe_load(path.read_text("utf-8")))
    assert not schema.is_valid(yaml.safe_load(HOUSE.replace("rule:", "rul:")))


def test_a_bar_in_a_text_does_not_end_the_cell():
    assert reference._row("a|b", 1) == "| a\\|b | 1 |"


TITLES = {
    "assess": "Assess",
    "answer": "Your answers",
    "workshop": "Workshop",
    "present": "Present",
    "plan": "Way up",
    "progress": "Progress",
    "portfolio": "Portfolio",
    "among": "Among others",
    "models": "Models",
    "glossary": "Glossary",
    "teams": "Teams",
}


@pytest.mark.parametrize("page", addresses.PARTS)
def test_what_stands_in_an_address_is_said_in_sharing(page):
    text = (ROOT / "docs" / "sharing.md").read_text("utf-8")

    (row,) = [r for r in text.splitlines() if r.startswith(f"| {TITLES[page]} |")]

    names = [part.name for part in addresses.PARTS[page]]
    assert [name for name in names if f"`{name}`" not in row] == []
