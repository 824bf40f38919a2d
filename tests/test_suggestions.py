"""What an answer suggests for another: what is shipped, bad files, finding them."""

import re
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity import cli, library
from maturity.answer import Answer, State
from maturity.suggesting import suggested

LIBRARY = library.load()
GOOD = """\
suggestions:
  - when: marvelous.17
    at_least: "yes"
    suggests: training.code
    rung: all
    because: training code is in version control.
"""


def say(**rungs):
    return {
        practice.replace("__", ".").replace("_", "-"): Answer(State.RUNG, rung)
        for practice, rung in rungs.items()
    }


def rungs(practice, answers, serving=""):
    found = suggested(LIBRARY, LIBRARY.practices[practice], answers, serving)
    return {one.rung.id: [r.practice.id for r in one.reasons] for one in found}


# The shipped ones


def key(one) -> str:
    return f"{one.when}:{one.at_least}:{one.suggests}"


@pytest.mark.parametrize("one", LIBRARY.suggestions, ids=key)
def test_a_suggestion_gives_its_reason_in_one_short_sentence(one):
    assert one.because.endswith(".")
    assert not re.search(r"[.!?]\s", one.because)
    assert len(one.because.split()) <= 26
    assert one.because[0].islower() or one.because.startswith(("API", "A/B", "KPIs"))


def test_thirty_to_sixty_are_shipped_and_link_both_checklists_with_the_library():
    areas = {
        tuple(id.split(".")[0] in ("marvelous", "mlts") for id in (s.when, s.suggests))
        for s in LIBRARY.suggestions
    }

    assert 30 <= len(LIBRARY.suggestions) <= 60
    assert areas == {(True, False), (False, True), (True, True)}


def test_practices_of_the_library_suggest_nothing_for_each_other():
    # They share one answer where one ladder answers both, and that is all.
    models = {s.when.split(".")[0] for s in LIBRARY.suggestions}
    assert {"marvelous", "mlts"} < models


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_taking_a_suggestion_never_suggests_more_than_was_said(data):
    """From one answer and back again: never above the rung that was said."""
    one = data.draw(st.sampled_from(LIBRARY.suggestions))
    source = LIBRARY.practices[one.when]
    said = data.draw(st.sampled_from(source.rungs))
    answers = {source.id: Answer(State.RUNG, said.id)}
    for taken in suggested(LIBRARY, LIBRARY.practices[one.suggests], answers):
        then = {one.suggests: Answer(State.RUNG, taken.rung.id)}
        for back in suggested(LIBRARY, source, then):
            assert source.rank(back.rung.id) <= source.rank(said.id)


# Finding them


def test_a_yes_suggests_the_rung_that_it_proves_with_the_reason():
    (one,) = suggested(
        LIBRARY, LIBRARY.practices["training.code"], say(marvelous__17="yes")
    )

    assert one.rung.id == "all"
    (reason,) = one.reasons
    assert reason.practice.name == "Code kept together"
    assert reason.because.startswith("Because training code is in version control")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(State.RUNG, "no"),
        Answer(State.UNKNOWN),
        Answer(State.CLEARED),
        Answer(State.NOT_APPLICABLE, reason="We have no code."),
        Answer(State.RUNG, "a rung that is gone"),
    ],
)
def test_no_other_answer_suggests_anything(answer):
    assert rungs("training.code", {"marvelous.17": answer}) == {}


def test_a_kept_answer_suggests_what_a_new_one_does():
    assert rungs("training.code", {"marvelous.17": Answer(State.KEPT, "yes")})


def test_of_one_answer_the_highest_suggestion_is_made():
    assert rungs("validation.segments", say(mlts__M6="manual")) == {
        "sometimes": ["mlts.M6"]
    }
    assert rungs("validation.segments", say(mlts__M6="automated")) == {
        "automatic": ["mlts.M6"]
    }


def test_a_higher_rung_than_the_one_named_suggests_it_too():
    assert rungs("marvelous.48", say(data__features="watched")) == {
        "yes": ["data.features"]
    }


def test_answers_that_suggest_different_rungs_are_both_there_lowest_first():
    answers = say(marvelous__16="yes", marvelous__17="yes", mlts__M1="manual")

    assert list(rungs("training.code", answers).items()) == [
        ("some", ["marvelous.16", "mlts.M1"]),
        ("all", ["marvelous.17"]),
    ]


def test_what_does_not_apply_to_how_the_team_serves_suggests_nothing():
    answers = say(marvelous__41="yes", marvelous__42="yes")

    assert rungs("monitoring.health", answers) == {
        "looks": ["marvelous.41", "marvelous.42"]
    }
    assert rungs("monitoring.health", answers, "batch") == {"looks": ["marvelous.42"]}
    assert rungs("monitoring.health", answers, "real-time") == {
        "looks": ["marvelous.41"]
    }


# The file


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(library.data_folder(), tmp_path / "data")
    return tmp_path / "data"


def problem(folder, text) -> str:
    (folder / "suggestions.yaml").write_text(text, "utf-8")
    found = library.load(folder)
    assert found.suggestions == ()
    assert len(found.models) == len(LIBRARY.models)
    (told,) = found.problems
    return told


def test_a_folder_without_the_file_suggests_nothing(folder):
    (folder / "suggestions.yaml").unlink()

    found = library.load(folder)

    assert found.suggestions == ()
    assert found.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "when: marvelous.17",
            "when: marvellous.17",
            "line 2, suggestions, item 1, when: no practice 'marvellous.17'; did you "
            "mean marvelous.17?",
        ),
        (
            'at_least: "yes"',
            "at_least: maybe",
            "line 3, suggestions, item 1, at_least: no rung 'maybe' on marvelous.17; "
            "it has no, yes",
        ),
        (
            'at_least: "yes"',
            "at_least: yes",
            "line 3, suggestions, item 1, at_least: is read as yes or no; put it in "
            'quotes: "yes"',
        ),
        (
            'at_least: "yes"',
            'at_least: "no"',
            "line 3, suggestions, item 1, at_least: no is the first rung of "
            "marvelous.17, which proves nothing; name yes",
        ),
        (
            "suggests: training.code",
            "suggests: training.coed",
            "line 4, suggestions, item 1, suggests: no practice 'training.coed'; did "
            "you mean training.code?",
        ),
        (
            "rung: all",
            "rung: machines",
            "line 5, suggestions, item 1, rung: machines is the first rung of "
            "training.code, which proves nothing; name some or all or pipelines",
        ),
        (
            "suggests: training.code",
            "suggests: marvelous.17",
            "line 4, suggestions, item 1, suggests: an answer suggests nothing for its "
            "own practice; name another",
        ),
        (
            "    because: training code is in version control.\n",
            "",
            "line 2, suggestions, item 1, because: is missing; add a line with "
            "because: (Why it follows, as what comes after 'Because' in one sentence)",
        ),
        (
            "because:",
            "becuase:",
            "line 6, suggestions, item 1, becuase: no such key here; did you mean "
            "because?",
        ),
    ],
)
def test_a_mistake_is_told_with_line_item_reason_and_way_out(folder, old, new, message):
    assert old in GOOD

    told = problem(folder, GOOD.replace(old, new, 1)).splitlines()

    assert f"suggestions.yaml, {message}" in told


def test_what_is_said_twice_is_named(folder):
    told = problem(folder, GOOD + GOOD.split("\n", 1)[1])

    assert told == (
        "suggestions.yaml, line 7, suggestions, item 2: line 2 says already what this "
        "answer suggests there; keep one"
    )


@pytest.mark.parametrize("text", ["", "- a\n", "suggestions: 3\n", "suggestions: ["])
def test_a_file_that_is_none_is_named_and_keeps_no_model_from_loading(folder, text):
    assert problem(folder, text).startswith("suggestions.yaml")


def test_the_validate_command_checks_the_file(folder, capsys):
    path = folder / "suggestions.yaml"
    assert cli.main(["validate", str(path)]) == 0
    path.write_text(GOOD.replace("rung: all", "rung: al"), "utf-8")

    assert cli.main(["validate", str(path)]) == 1
    assert "item 1, rung: no rung 'al' on training.code" in capsys.readouterr().out
