"""Models and practices: what they hold, and what a definition asks."""

import pytest
import yaml
from house import HOUSE
from pydantic import ValidationError

from maturity import library
from maturity.model import Definition, MaturityModel
from maturity.practice import Practice

SHIPPED = library.load()
HOUSE_MODEL = MaturityModel.model_validate(yaml.safe_load(HOUSE))
ON_CALL = HOUSE_MODEL.practices[0]


def practice(practice_id: str) -> Practice:
    return ON_CALL.model_copy(update={"id": practice_id})


def definition(*asked: tuple[str, str, bool]) -> Definition:
    """The house model asking (category, practice, gating), each at level 1."""
    first = HOUSE_MODEL.criteria[0]
    criteria = [
        first.model_copy(
            update={
                "id": f"house.{number}",
                "category": category,
                "practice": practice_id,
                "at_least": "rota",
                "gating": gating,
            }
        )
        for number, (category, practice_id, gating) in enumerate(asked)
    ]
    return Definition(
        HOUSE_MODEL.model_copy(update={"criteria": criteria}),
        {practice_id: practice(practice_id) for _, practice_id, _ in asked},
    )


def test_rungs_rank_from_the_first_and_unknown_ones_have_no_rank():
    assert [ON_CALL.rank(rung) for rung in ("nobody", "rota", "gone")] == [0, 1, None]


def test_a_rung_is_found_by_its_id():
    rung = ON_CALL.rung("rehearsed")

    assert rung is not None
    assert rung.text.startswith("A rota names who is on call, and all on it")
    assert ON_CALL.rung("gone") is None


def test_the_same_rungs_are_the_same_ladder_whatever_the_wording():
    reworded = ON_CALL.model_copy(
        update={"rungs": [r.model_copy(update={"text": "New."}) for r in ON_CALL.rungs]}
    )

    assert reworded != ON_CALL
    assert reworded.ladder == ON_CALL.ladder


def test_levels_are_found_by_number_also_where_they_begin_above_zero():
    levels = [level for level in HOUSE_MODEL.levels if level.number > 0]
    model = HOUSE_MODEL.model_copy(update={"levels": levels})

    assert (model.lowest, model.top) == (1, 2)
    assert model.level(2).name == "Automatic"


def test_questions_stand_by_category_in_the_order_of_the_criteria():
    asked = definition(
        ("care", "b", True), ("release", "c", True), ("release", "a", True)
    )

    assert {key: [p.id for p in ps] for key, ps in asked.questions.items()} == {
        "release": ["c", "a"],
        "care": ["b"],
    }
    assert [p.id for p in asked.asked] == ["c", "a", "b"]


def test_a_practice_of_two_categories_is_asked_once_in_the_first():
    asked = definition(("care", "a", True), ("release", "a", True), ("care", "b", True))

    assert [p.id for p in asked.questions["release"]] == ["a"]
    assert [p.id for p in asked.questions["care"]] == ["b"]


def test_practices_behind_informative_criteria_are_asked_too():
    asked = definition(("release", "a", True), ("release", "b", False))

    assert [p.id for p in asked.asked] == ["a", "b"]


@pytest.mark.parametrize(("questions", "minutes"), [(1, 1), (4, 2), (25, 12), (40, 20)])
def test_a_question_takes_half_a_minute(questions, minutes):
    asked = [("release", f"p{number}", True) for number in range(questions)]

    assert definition(*asked).minutes == minutes


def test_models_and_practices_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        HOUSE_MODEL.edition = "later"
    with pytest.raises(ValidationError, match="frozen"):
        ON_CALL.effort = "S"


@pytest.mark.parametrize(
    "change", [{"colour": "red"}, {"id": 3}, {"effort": "s"}, {"why": "  "}]
)
def test_a_practice_takes_no_unknown_keys_and_no_near_enough_values(change):
    with pytest.raises(ValidationError):
        Practice.model_validate(ON_CALL.model_dump() | change)


@pytest.mark.parametrize("model_id", SHIPPED.models)
def test_every_question_of_a_shipped_model_is_asked_once(model_id):
    asked = [p.id for p in SHIPPED.definition(model_id).asked]

    assert len(asked) == len(set(asked))
    assert set(asked) == {c.practice for c in SHIPPED.models[model_id].criteria}


def test_an_abbreviated_category_is_called_by_its_whole_name():
    categories = SHIPPED.models["ml-test-score"].categories

    assert [category.called for category in categories] == [
        "Data",
        "Model",
        "ML infrastructure",
        "Monitoring",
    ]
