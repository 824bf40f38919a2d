"""The glossary: every word that a lead may not know is in it, and is found in texts."""

import re
from itertools import groupby

import pytest
from pydantic import ValidationError

from maturity import glossary, library
from maturity.practice import Practice

PRACTICES = library.load().practices
OWN_WORDS = (
    *("practice", "rung", "model", "edition", "level", "category", "criterion"),
    *("team", "quarter", "assessment", "answer", "carried", "open", "score", "range"),
    *("respondent", "agreed answer", "contested"),
    *("target", "gap", "next step", "roadmap", "trained model", "gating"),
    *("informative", "not applicable", "evidence", "evidenced level", "coverage"),
)
"""The vocabulary of the product: one word a thing, on every screen."""

JARGON = (
    *(
        "A/B test",
        "artefact",
        "audit trail",
        "baseline",
        "batch",
        "canary",
        "CI",
        "KPI",
    ),
    *("CI/CD", "container", "continuous integration", "drift", "feature store"),
    *("held-back test data", "hyperparameter", "infrastructure", "lineage", "NaN"),
    *("integration test", "load test", "managed service", "metadata", "orchestrator"),
    *("pipeline", "pre-production", "profiling", "proxy metric", "registry", "schema"),
    *("rollback", "segment", "serving", "shadow mode", "skew", "slice", "staging"),
    *("stub", "unit test", "version control", "loss", "image", "notebook", "rota"),
)


def texts(practice: Practice) -> str:
    return "\n".join([practice.question, *(rung.text for rung in practice.rungs)])


def named(text: str, about: glossary.About = "practice") -> list[str]:
    return [term.word for term in glossary.used_in(text, about)]


@pytest.mark.parametrize("word", OWN_WORDS)
def test_every_word_of_the_vocabulary_is_explained(word):
    assert glossary.term(word).about == "dashboard"


@pytest.mark.parametrize("word", JARGON)
def test_every_word_of_the_trade_is_explained_and_found_where_it_is_used(word):
    term = glossary.term(word)

    assert term.about == "practice"
    assert named(f"Do you have a {word}, or {word}s?") == [term.word]
    for practice in PRACTICES.values():
        if re.search(rf"\b{re.escape(word)}s?\b", texts(practice)):
            assert term in glossary.of_practice(practice)


def test_every_abbreviation_in_a_question_is_explained():
    said = "\n".join(texts(practice) for practice in PRACTICES.values())
    short = set(re.findall(r"\b(?:[A-Z]\w*[A-Z]\w*|\w/\w)\b(?:/[A-Z]+)?", said))

    assert short
    for word in short:
        glossary.term(word)


def test_the_longer_of_two_words_is_meant():
    assert named("A shared feature store, or features.") == ["Feature store", "Feature"]
    assert named("A CI/CD pipeline") == ["CI/CD", "Pipeline"]


def test_a_word_inside_another_is_not_found():
    assert named("Lossless, imagery, merger, decision") == []
    assert named("re-image") == []


def test_words_of_the_dashboard_are_kept_apart_from_those_of_questions():
    line = "13 open questions · With evidence Level 0"

    assert named(line) == []
    assert named(line, "dashboard") == ["Open", "Evidenced level", "Level"]


def test_a_word_means_what_it_is_in_a_model_with_bands():
    assert glossary.term("level").said(bands=False)[0] == "Level"
    word, means = glossary.term("level").said(bands=True)

    assert word == "Band"
    assert means.startswith("A step of the scale of a model whose tests give points")
    assert named("Back in this band", "dashboard") == ["Level"]
    for term in glossary.terms():
        if term.about == "dashboard" and not term.gated:
            assert "level" not in " ".join(term.said(bands=True)).lower(), term.word


def test_a_search_looks_in_words_spellings_and_meanings():
    assert [t.word for t in glossary.matching("canary")] == ["Canary"]
    assert "Data shift" in [t.word for t in glossary.matching("DRIFT")]
    assert "Rollback" in [t.word for t in glossary.matching("going back")]
    assert glossary.matching("") == list(glossary.terms())
    assert glossary.matching("no such word") == []


def test_a_meaning_is_one_plain_sentence():
    for term in glossary.terms():
        for _, means in {("", term.means), term.said(bands=True)}:
            first = means.removesuffix(term.note or "").strip()
            assert re.fullmatch(r"[A-Z][^!?]*[.]", first), term.word
            assert first.count(". ") == 0, term.word
            assert len(first.split()) <= 26, term.word


def test_no_word_or_spelling_is_explained_twice():
    said = sorted(s.casefold() for t in glossary.terms() for s in t.spellings)

    assert [word for word, same in groupby(said) if len(list(same)) > 1] == []


def test_a_file_with_an_unknown_key_is_refused(tmp_path):
    path = tmp_path / "glossary.yaml"
    path.write_text("- word: A\n  about: dashboard\n  means: B.\n  typo: C\n", "utf-8")

    with pytest.raises(ValidationError, match="typo"):
        glossary.read(path)
