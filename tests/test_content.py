"""The shipped practices and models: how they are written, and what they cover.

`docs/requirements.md` is read as data. The ids it must hold are built here, so that a
requirement can be left out of a model only with its reason.
"""

import re
from pathlib import Path

import pytest

from maturity import library

ROOT = Path(__file__).parents[1]
LIBRARY = library.load(ROOT / "data")
PRACTICES = list(LIBRARY.practices.values())
MODELS = LIBRARY.models
GATED = [model for model in MODELS.values() if not model.by_points]
CHECKLISTS = ("mlts", "marvelous")
"""Areas of statements that one model has for itself."""
YES_NO = "marvelous"
"""The area whose source knows no steps in between."""
RUNGS = [(practice, rung) for practice in PRACTICES for rung in practice.rungs]

WORDS_A_MINUTE = 200
MINUTES = 11
LONGEST_RUNG = 24
MOST_WORDS = {
    "google": 1600,
    "azure": 1850,
    "gigaom": 2070,
    "marvelous": 2200,
    "ml-test-score": 2200,
}

CRITERION = re.compile(r"`([a-z]+\.[a-z0-9.-]+)`")
AMERICAN = re.compile(
    r"(organi|optimi|summari|normali|recogni|prioriti|standardi)z|analyz"
    r"|\b(color|behavior|catalog|license[ds]?|fulfill)\b",
    re.IGNORECASE,
)
GOOGLE_ID = re.compile(r"G\d\.\d+")

PEOPLE = """
A2.people.ds-de A2.people.de-ds A3.people.de-ds-swe A3.people.swe-de
A4.people.ds-swe A4.people.swe-metrics
"""
CREATION = """
A1.creation.data-pipeline A2.creation.compute A2.creation.experiments
A2.creation.code-versions A2.creation.model-versions A4.creation.retraining
"""
RELEASE = """
A1.release.scoring-versioned A2.release.scoring-tested A2.release.owner
A3.release.automatic A3.release.ci-cd
"""
INTEGRATION = """
A1.integration.model-tests A1.integration.app-releases A1.integration.app-unit-tests
A3.integration.model-tests A3.integration.app-tests A3.integration.independence
"""
TECHNOLOGY_IN_EVERY_EDITION = """
A1.technology.builds A2.technology.training A2.technology.model-management
A3.technology.ab-tests A3.technology.code-tests A4.technology.metrics
"""
TECHNOLOGY_ASKED_ELSEWHERE = """
A1.technology.app-tests A2.technology.tracking A3.technology.tracking
A4.technology.training-and-tests
"""
TECHNOLOGY_OF_2025 = """
A1.technology.code-versions A2.technology.triggers A2.technology.feature-store
A2.technology.events A2.technology.environments A3.technology.registries
A4.technology.signals A4.technology.feature-health A4.technology.policy
"""
TECHNOLOGY_OF_LEVEL_0 = """
A0.technology.manual-builds A0.technology.manual-tests A0.technology.no-tracking
A0.technology.manual-training A0.technology.basic-workspace
"""
HIGHLIGHTS = """
A0.highlights.hard-to-manage A0.highlights.apart A0.highlights.opaque
A1.highlights.releases A1.highlights.data-team A1.highlights.feedback
A1.highlights.traceability A2.highlights.managed A2.highlights.reproducible
A2.highlights.releases A3.highlights.releases A3.highlights.traceability
A3.highlights.environment A4.highlights.automated A4.highlights.improvement
A4.highlights.downtime
"""
AZURE_GATING = (
    PEOPLE + CREATION + RELEASE + INTEGRATION + TECHNOLOGY_IN_EVERY_EDITION
).split()
GOOGLE = [
    f"G{level}.{number}"
    for level, count in ((0, 7), (1, 16), (2, 27))
    for number in range(1, count + 1)
]
AZURE = [
    *AZURE_GATING,
    *TECHNOLOGY_ASKED_ELSEWHERE.split(),
    *TECHNOLOGY_OF_2025.split(),
    *TECHNOLOGY_OF_LEVEL_0.split(),
    *HIGHLIGHTS.split(),
]
GIGAOM = [
    f"GO.{category}.{level}"
    for category in ("strategy", "architecture", "modeling", "processes", "management")
    for level in range(1, 5)
]


def requirements() -> dict[str, str]:
    """The last column of docs/requirements.md by requirement id."""
    text = (ROOT / "docs" / "requirements.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [line.strip("| ").split(" | ") for line in lines]
    rows = [row for row in rows if row[0] not in ("id", "---")]
    assert all(len(row) == 3 for row in rows), "every row has three columns"
    assert len({row[0] for row in rows}) == len(rows), "every id stands once"
    return {row[0]: row[2] for row in rows}


ROWS = requirements()
NAMED = {id: CRITERION.findall(answer) for id, answer in ROWS.items()}


def words(text: str) -> int:
    return len(text.split())


def criteria(model_id: str):
    return {criterion.id: criterion for criterion in MODELS[model_id].criteria}


def gating(model_id: str, level: int | None = None):
    return {
        criterion.id
        for criterion in MODELS[model_id].criteria
        if criterion.gating and level in (None, criterion.level)
    }


def informative(model_id: str):
    return {c.id for c in MODELS[model_id].criteria if not c.gating}


def asked_for(ids) -> set[str]:
    return {criterion for id in ids for criterion in NAMED[id]}


# How practices are written


def test_the_shipped_files_load_without_a_problem():
    assert LIBRARY.problems == ()
    assert set(MODELS) == {"google", "azure", "gigaom", "marvelous", "ml-test-score"}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data/practices").glob("*.yaml")), ids=lambda path: path.stem
)
def test_a_practice_stands_in_the_file_of_its_area(path):
    ids = re.findall(r"^- id: (\S+)", path.read_text("utf-8"), re.MULTILINE)

    assert ids
    assert {id.split(".")[0] for id in ids} == {path.stem}
    assert set(ids) <= LIBRARY.practices.keys()


def test_the_library_holds_forty_to_sixty_practices_each_asked_by_some_model():
    asked = {c.practice for model in MODELS.values() for c in model.criteria}

    shared = [p for p in PRACTICES if p.id.split(".")[0] not in CHECKLISTS]
    assert 40 <= len(shared) <= 60
    assert asked == LIBRARY.practices.keys()


def test_names_are_unique_and_short_enough_for_a_chart():
    names = [practice.name for practice in PRACTICES]

    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 26


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.id)
def test_a_ladder_has_three_to_five_rungs_and_says_how_to_climb(practice):
    first, *others = practice.rungs

    if practice.id.startswith(f"{YES_NO}."):
        assert practice.ladder == ("no", "yes")
    else:
        assert 3 <= len(practice.rungs) <= 5
    assert first.how is None
    assert all(rung.how for rung in others)


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice.id)
def test_a_practice_asks_one_question_and_says_why_in_one_sentence(practice):
    assert practice.question.endswith("?")
    assert practice.question.count("?") == 1
    assert words(practice.question) <= 20
    assert practice.why.endswith(".")
    assert ". " not in practice.why
    assert all(not line.endswith(".") for line in practice.evidence)


@pytest.mark.parametrize(
    ("practice", "rung"), RUNGS, ids=[f"{p.id}:{r.id}" for p, r in RUNGS]
)
def test_a_rung_is_one_short_sentence_that_reads_on_its_own(practice, rung):
    assert rung.text.endswith(".")
    assert not re.search(r"[.!?]\s", rung.text)
    assert words(rung.text) <= LONGEST_RUNG
    assert not re.match(r"(It|They|This|These|That|Its|Also|And)\b", rung.text)
    assert not re.search(
        r"as above|previous rung|the same as|partial|partly|somewhat|\betc\b|!",
        rung.text,
        re.IGNORECASE,
    )


def test_no_two_rungs_of_the_library_read_the_same():
    texts = [rung.text for _, rung in RUNGS]

    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "path",
    [
        *sorted((ROOT / "data/practices").glob("*.yaml")),
        *sorted((ROOT / "data/models").glob("*.yaml")),
    ],
    ids=lambda path: path.stem,
)
def test_texts_are_in_british_spelling_and_calm(path):
    text = path.read_text("utf-8")

    assert not AMERICAN.search(text)
    assert "!" not in text
    assert "TODO" not in text


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.id)
def test_a_model_is_read_well_within_eleven_minutes(model):
    asked = LIBRARY.definition(model.id).asked
    texts = [text for p in asked for text in (p.question, *(r.text for r in p.rungs))]
    total = sum(map(words, texts))

    assert total / WORDS_A_MINUTE <= MINUTES
    assert total <= MOST_WORDS[model.id]


# How models decide


@pytest.mark.parametrize("model", GATED, ids=lambda model: model.id)
def test_every_level_and_every_category_has_something_that_decides_it(model):
    deciding = [c for c in model.criteria if c.gating]

    assert {c.level for c in deciding} == {
        level.number for level in model.levels if level.number > model.lowest
    }
    assert {c.category for c in deciding} == {c.id for c in model.deciding}


@pytest.mark.parametrize("model", GATED, ids=lambda model: model.id)
def test_a_higher_level_never_asks_a_lower_rung(model):
    asked: dict[str, list[tuple[int, int]]] = {}
    for c in model.criteria:
        rank = LIBRARY.practices[c.practice].rank(c.at_least)
        assert rank, f"{c.id} asks for the first rung or an unknown one"
        asked.setdefault(c.practice, []).append((c.level, rank))

    for pairs in asked.values():
        ranks = [rank for _, rank in sorted(pairs)]
        assert ranks == sorted(ranks)


@pytest.mark.parametrize("model", GATED, ids=lambda model: model.id)
def test_no_two_deciding_criteria_of_a_model_ask_the_same_rung(model):
    asked = [(c.practice, c.at_least) for c in model.criteria if c.gating]

    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("model", GATED, ids=lambda model: model.id)
def test_criteria_are_named_for_their_place_and_stand_in_order(model):
    order = [category.id for category in model.categories]
    places = [(order.index(c.category), c.level) for c in model.criteria]

    for c in model.criteria:
        assert c.id.startswith(f"{model.id}.{c.category}.{c.level}.")
        assert c.text.endswith(".")
    assert [category for category, _ in places] == sorted(c for c, _ in places)
    assert places == sorted(places)


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.id)
def test_a_model_says_what_is_ours(model):
    assert "ours" in model.ours
    assert "scoring" in model.ours
    assert "questions" in model.ours
    assert model.summary.endswith(".")
    assert model.good_for.endswith(".")
    assert words(model.summary) <= 20
    assert words(model.good_for) <= 20
    assert all(level.summary.endswith(".") for level in model.scale)


def test_level_names_are_the_publishers_where_they_are_public():
    names = {id: [level.name for level in m.levels] for id, m in MODELS.items()}

    assert names["google"] == [
        "Manual process",
        "ML pipeline automation",
        "CI/CD pipeline automation",
    ]
    assert names["azure"] == [
        "No MLOps",
        "DevOps but no MLOps",
        "Automated training",
        "Automated model deployment",
        "Full MLOps automated operations",
    ]
    assert "names and summaries of the levels" in MODELS["gigaom"].ours


# What the sources ask


def test_the_table_of_requirements_is_complete():
    assert sorted(ROWS) == sorted([*GOOGLE, *AZURE, *GIGAOM])


@pytest.mark.parametrize("id", ROWS)
def test_a_requirement_names_its_criteria_or_the_reason_for_none(id):
    reason = ROWS[id].removeprefix("None: ")

    assert bool(NAMED[id]) != (reason != ROWS[id])
    assert words(reason) >= (1 if NAMED[id] else 4)


def test_the_table_names_exactly_the_criteria_of_the_three_models():
    named = {criterion for found in NAMED.values() for criterion in found}

    assert named == {
        c.id for id in ("google", "azure", "gigaom") for c in MODELS[id].criteria
    }


@pytest.mark.parametrize("id", ROWS)
def test_a_requirement_is_asked_by_its_own_model_and_not_below_its_level(id):
    prefix = {"A": "azure.", "GO": "gigaom.", "G": "google."}
    source = next(p for p in ("GO", "A", "G") if id.startswith(p))

    assert all(name.startswith(prefix[source]) for name in NAMED[id])


@pytest.mark.parametrize("id", [id for id in ROWS if re.match(r"[GA]0", id)])
def test_descriptions_of_level_0_are_never_asked(id):
    assert NAMED[id] == []


@pytest.mark.parametrize("criterion", MODELS["google"].criteria, ids=lambda c: c.id)
def test_google_citations_agree_with_the_table(criterion):
    rows = {id for id, found in NAMED.items() if criterion.id in found}

    assert set(GOOGLE_ID.findall(criterion.cites)) == rows


@pytest.mark.parametrize("criterion", MODELS["gigaom"].criteria, ids=lambda c: c.id)
def test_gigaom_citations_name_the_cell_that_asks(criterion):
    cell = f"{MODELS['gigaom'].category(criterion.category).name} {criterion.level}"

    assert criterion.cites.startswith("Own grid, ")
    assert cell in criterion.cites
    assert criterion.id in NAMED[f"GO.{criterion.category}.{criterion.level}"]


def test_each_gigaom_cell_has_one_or_two_criteria_and_all_decide():
    cells = [(c.category, c.level) for c in MODELS["gigaom"].criteria]

    assert {cells.count(cell) for cell in cells} <= {1, 2}
    assert len(set(cells)) == 20
    assert not informative("gigaom")


# Which criteria decide the level, after section 8 of the reference


def test_google_level_1_is_decided_by_fourteen_criteria():
    assert len(gating("google", 1)) == 14
    assert asked_for(f"G1.{n}" for n in range(1, 17) if n != 14) == gating("google", 1)


def test_google_level_2_is_decided_by_the_set_up_and_the_six_stages():
    assert asked_for(f"G2.{n}" for n in range(1, 14)) - gating("google", 1) == gating(
        "google", 2
    )


def test_what_google_calls_optional_or_possible_never_decides():
    possible = ["G1.14", *(f"G2.{n}" for n in range(14, 28))]

    assert asked_for(possible) == informative("google")
    assert criteria("google")["google.data.2.feature-store"].gating


def test_google_takes_any_live_trigger_and_no_manual_one():
    trigger = LIBRARY.practices["training.trigger"]
    asked = criteria("google")["google.monitoring.1.trigger"].at_least

    assert trigger.ladder[:3] == ("by-hand", "command", "live")
    assert asked == "live"


def test_azure_is_decided_by_its_table_and_the_technology_of_every_edition():
    assert len(AZURE_GATING) == 23 + 6
    assert asked_for(AZURE_GATING) == gating("azure")
    assert len(gating("azure")) == 29


def test_what_only_the_2025_edition_of_azure_adds_never_decides():
    added = TECHNOLOGY_OF_2025.split()
    highlights = {
        "azure.technology.3.traceability",
        "azure.technology.3.environment",
    }

    assert len(added) == 9
    assert asked_for(added) | highlights == informative("azure")


def test_azure_asks_for_a_versioned_scoring_script_first_and_a_tested_one_next():
    azure = criteria("azure")

    assert azure["azure.release.1.scoring-versioned"].at_least == "versioned"
    assert azure["azure.release.2.scoring-tested"].at_least == "tested"


def test_a_third_of_what_decides_azure_is_also_asked_by_google():
    azure = {c.practice for c in MODELS["azure"].criteria if c.gating}
    google = {c.practice for c in MODELS["google"].criteria}

    assert 3 * len(azure & google) >= len(azure)


def test_the_ml_test_score_has_its_sections_tests_and_edges():
    model = MODELS["ml-test-score"]
    numbers = range(1, 8)
    ids = [f"{letters}{n}" for letters in ("D", "M", "I", "Mo") for n in numbers]

    assert [c.id for c in model.categories] == [
        "data",
        "model",
        "infrastructure",
        "monitoring",
    ]
    assert [c.id for c in model.criteria] == [f"ml-test-score.{id}" for id in ids]
    assert [c.practice for c in model.criteria] == [f"mlts.{id}" for id in ids]
    assert all(c.points == {"manual": 0.5, "automated": 1} for c in model.criteria)
    assert [band.above for band in model.bands] == [None, 0, 1, 2, 3, 5]
    assert all(
        LIBRARY.practices[c.practice].ladder == ("none", "manual", "automated")
        for c in model.criteria
    )
    assert model.most_tenths == 70


def test_the_marvelous_questionnaire_has_its_sections_and_what_decides():
    model = MODELS["marvelous"]
    sections = {
        "documentation": range(1, 9),
        "traceability": range(9, 29),
        "quality": range(29, 39),
        "monitoring": range(39, 47),
        "features": range(47, 54),
        "explainability": range(54, 58),
        "experiments": range(58, 61),
    }
    places = [
        (category, f"Section {place}, statement {number}", f"marvelous.{number}")
        for place, (category, numbers) in enumerate(sections.items(), start=1)
        for number in numbers
    ]

    assert [(c.category, c.cites, c.practice) for c in model.criteria] == places
    assert {c.at_least for c in model.criteria} == {"yes"}
    assert [c.id for c in model.deciding] == list(sections)[:4]
    assert len(gating("marvelous")) == 46
    assert all(
        c.gating != model.category(c.category).informative for c in model.criteria
    )


def test_marvelous_statements_on_one_way_of_serving_are_asked_of_it_alone():
    only = {p.id: p.applies_to for p in PRACTICES if p.applies_to}

    assert only == {
        **{f"marvelous.{number}": "real-time" for number in (7, 35, 36, 41)},
        "marvelous.42": "batch",
    }


def test_the_notice_of_marvelous_mlops_comes_with_its_statements():
    notice = (ROOT / "data" / "NOTICE-marvelous-mlops").read_text("utf-8")

    assert "Copyright (c) 2023 Marvelous MLOps" in notice
    assert "Permission is hereby granted, free of charge" in notice
    assert "MIT" in MODELS["marvelous"].source.licence
    assert "NOTICE-marvelous-mlops" in MODELS["marvelous"].source.licence
