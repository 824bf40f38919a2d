"""Models in the formats of others: what is carried over, and what is refused."""

import json
from itertools import product

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity import collection, foreign, library
from maturity.answer import Answer, State
from maturity.document import LARGEST
from maturity.foreign import conditions
from maturity.foreign.texts import plain, short
from maturity.library import ModelError
from maturity.quarter import Quarter
from maturity.scoring import score

BUNDLED = library.load()
Q4 = Quarter(2026, 4)


def choice(id, title=""):
    return {
        "id": id,
        "title": title or f"We do {id}",
        "helpfulResource": {"displayText": f"About {id}", "url": "https://e.org/h"},
        "improvementPlan": {"displayText": f"Do {id}", "url": "https://e.org/i"},
    }


def question(id, rules, *choices):
    return {
        "id": id,
        "title": f"How is {id}?",
        "description": f"Why {id} matters.",
        "choices": [one if isinstance(one, dict) else choice(one) for one in choices],
        "riskRules": [{"condition": c, "risk": f"{risk}_RISK"} for c, risk in rules],
    }


BACKUP = question(
    "backup",
    [("daily && tested", "NO"), ("daily", "MEDIUM"), ("default", "HIGH")],
    "daily",
    "tested",
    choice("backup_no", "None of these"),
)
ALARM = question(
    "alarm",
    [("call && log", "NO"), ("call || log", "MEDIUM"), ("default", "HIGH")],
    "call",
    "log",
)


def lens(*questions, **changed):
    pillar = {"id": "rel_1", "name": "Reliability", "questions": list(questions)}
    return {
        "schemaVersion": "2021-11-01",
        "name": "Amazon Backup Lens",
        "description": "What *we* ask of backups.",
        "pillars": [pillar],
        **changed,
    }


def convert(data):
    raw = json.dumps(data).encode()
    return foreign.convert("lens.json", raw)


def definition(converted):
    raw = converted.text.encode()
    return BUNDLED.defined(collection.read("lens.yaml", raw, BUNDLED))


def refused(raw, name="lens.json"):
    if not isinstance(raw, bytes):
        raw = json.dumps(raw).encode()
    with pytest.raises(ModelError) as error:
        foreign.convert(name, raw)
    return str(error.value)


def level(definition, answers):
    given = {p: Answer(State.RUNG, rung) for p, rung in answers.items()}
    return score(definition, given, Q4).overall.lowest.level


# Lenses


def test_choices_that_rules_ask_for_all_of_are_practices_of_yes_or_no():
    found = definition(convert(lens(BACKUP)))
    asked = {c.practice: (c.level, c.at_least, c.gating) for c in found.model.criteria}

    assert asked == {
        "amazon-backup-lens.backup.daily": (1, "yes", True),
        "amazon-backup-lens.backup.tested": (2, "yes", True),
    }
    daily = found.practices["amazon-backup-lens.backup.daily"]
    assert daily.question == "How is backup? Is this so: We do daily?"
    assert daily.why == "About daily (https://e.org/h)"
    assert daily.rungs[1].how == "Do daily (https://e.org/i)"
    assert [c.id for c in found.model.categories] == ["rel-1"]
    assert found.model.short_name == "Backup Lens"
    assert found.model.summary == "What we ask of backups."


def test_what_is_left_out_of_a_lens_is_named():
    data = lens({**ALARM, "helpfulResource": {}, "url": "x"}, BACKUP)

    assert convert(data).notes == (
        "Effort is M everywhere, since a lens does not say how much work it is.",
        "1 choice “None of these”: not asked, since No to all others says it.",
        "Not carried over: “helpfulResource of a question”, “url of a question”.",
        "Rules that join choices with “or”: one question whose answers say the cases, "
        "and the choices are not asked one by one: “Reliability: How is alarm?”.",
    )


def test_rules_with_or_become_one_question_whose_rungs_say_the_cases():
    found = definition(convert(lens(ALARM)))
    practice = found.practices["amazon-backup-lens.alarm"]

    assert practice.question == "How is alarm?"
    assert [(rung.id, rung.text) for rung in practice.rungs] == [
        ("high-risk", "Less than this is so: “We do call”; or “We do log”."),
        ("medium-risk", "At least this is so: “We do call”; or “We do log”."),
        ("no-risk", "This is so: “We do call” and “We do log”."),
    ]
    asked = [(c.level, c.at_least) for c in found.model.criteria]
    assert asked == [(1, "medium-risk"), (2, "no-risk")]


def test_a_choice_that_does_harm_is_asked_the_other_way_round():
    rules = [("shared", "HIGH"), ("default", "NO")]
    found = definition(convert(lens(question("keys", rules, "shared"))))
    practice = found.practices["amazon-backup-lens.keys.shared"]

    assert practice.ladder == ("yes", "no")
    assert [c.at_least for c in found.model.criteria] == ["no"]


def test_none_of_these_counts_as_nothing_chosen():
    rules = [("a", "NO"), ("b_no", "HIGH"), ("default", "MEDIUM")]
    found = definition(convert(lens(question("q", rules, "a", "b_no"))))

    assert [(c.level, c.at_least) for c in found.model.criteria] == [(1, "yes")]


def test_a_rule_that_no_level_can_say_is_shown_and_decides_nothing():
    rules = [("(a && !b) || (b && !a)", "NO"), ("default", "HIGH")]
    converted = convert(lens(question("odd", rules, "a", "b"), BACKUP))
    odd = [c for c in definition(converted).model.criteria if ".odd." in c.practice]

    assert [c.gating for c in odd] == [False, False]
    assert (
        "One choice helps in some cases and hinders in others, so its choices are "
        "shown and decide nothing: “Reliability: How is odd?”." in converted.notes
    )


def test_rules_without_default_leave_a_high_risk():
    rules = [("a", "NO")]
    converted = convert(lens(question("q", rules, "a")))

    assert [c.level for c in definition(converted).model.criteria] == [1]
    assert any("none is default" in note for note in converted.notes)


def test_a_pillar_whose_rules_decide_nothing_is_left_out():
    free = question("free", [("default", "NO")], "a")
    pillars = [
        {"id": "one", "name": "One", "questions": [BACKUP]},
        {"id": "two", "name": "Two", "questions": [free]},
    ]
    converted = convert(lens(pillars=pillars))

    assert [c.name for c in definition(converted).model.categories] == ["One"]
    assert (
        "Pillars left out, since no rule in them decides a risk: “Two”."
        in converted.notes
    )
    assert "so there is nothing to take" in refused(lens(free))


def test_an_edition_of_a_lens_is_its_rules_and_not_its_words():
    renamed = json.loads(json.dumps(lens(BACKUP)).replace("We do", "We always do"))
    other = lens({**BACKUP, "riskRules": BACKUP["riskRules"][1:]})
    editions = [definition(convert(data)).model.edition for data in (renamed, other)]

    assert editions[0] == definition(convert(lens(BACKUP))).model.edition
    assert editions[1] != editions[0]


NAMES = ("a", "b", "c")
CONDITIONS = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: st.one_of(
        inner.map(lambda x: f"!{x}"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} && {p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]} || {p[1]})"),
    ),
    max_leaves=5,
)


def holds(condition, chosen):
    """What a condition means, by Python's own words for it."""
    text = condition.replace("!", " not ").replace("&&", "and").replace("||", "or")
    return bool(eval(text, {}, dict(chosen)))


def risk_of(rules, chosen):
    """The lens's own reading: the first condition that holds says the risk."""
    return next(r for c, r in rules if c == "default" or holds(c, chosen))


@settings(deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_a_team_is_at_the_level_of_the_risk_that_the_rules_say(no, medium):
    rules = [(no, "NO"), (medium, "MEDIUM"), ("default", "HIGH")]
    converted = convert(lens(question("q", rules, *NAMES), BACKUP))
    beside = ("decide nothing", "so nothing is asked")
    if any(told in note for note in converted.notes for told in beside):
        return
    found = definition(converted)
    answers = {p: "yes" for p in found.practices if ".backup." in p}
    for values in product([False, True], repeat=len(NAMES)):
        chosen = dict(zip(NAMES, values, strict=True))
        risk = risk_of(rules, chosen)
        for name, is_chosen in chosen.items():
            practice = f"amazon-backup-lens.q.{name}"
            answers[practice] = "yes" if is_chosen else "no"
        answers["amazon-backup-lens.q"] = f"{risk.lower()}-risk"
        known = {p: rung for p, rung in answers.items() if p in found.practices}

        assert level(found, known) == ["HIGH", "MEDIUM", "NO"].index(risk)


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("a &&", "ends where a choice should follow"),
        ("(a", "a bracket that nothing closes"),
        ("a b", "has 'b' where it should end"),
        ("a & b", "has '&' in it"),
        ("x", "names 'x', which is no choice"),
        ("__import__", "names '__import__', which is no choice"),
        ("exit('a')", 'has "\'" in it; it is made of'),
        ("(" * 60 + "a" + ")" * 60, "nested more than 50 deep"),
        ("!" * 60 + "a", "nested more than 50 deep"),
        ("a && " * 2000 + "a", "longer than 4,000"),
    ],
)
def test_a_condition_that_cannot_be_read_says_why_and_where(condition, says):
    data = lens(question("q", [(condition, "NO"), ("default", "HIGH")], "a", "b"))

    message = refused(data)
    assert message.startswith(
        "lens.json: pillar Reliability, question 1, How is q?, risk rule 1: "
    )
    assert says in message


@given(CONDITIONS)
def test_a_condition_means_what_it_says(condition):
    known = {name: conditions.chosen(n, 3) for n, name in enumerate(NAMES)}
    table = conditions.table(condition, known, 3)

    for point in range(8):
        chosen = {name: bool(point >> n & 1) for n, name in enumerate(NAMES)}
        assert bool(table >> point & 1) == holds(condition, chosen)


def test_sixteen_choices_are_read_at_once():
    names = [f"c{n}" for n in range(16)]
    rules = [(" && ".join(names), "NO"), (" || ".join(names[:4]), "MEDIUM")]
    data = lens(question("q", [*rules, ("default", "HIGH")], *names))

    (practice,) = definition(convert(data)).practices.values()
    assert practice.ladder == ("high-risk", "medium-risk", "no-risk")
    more = [*names, "c16"]
    data = lens(question("q", [("c0", "NO"), ("default", "HIGH")], *more), BACKUP)
    assert any("More than 16 choices" in note for note in convert(data).notes)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"{", "line 1, column 2: is not valid JSON"),
        (b'{"name": "a", "name": "b", "pillars": []}', "'name' stands twice"),
        (b'{"name": NaN, "pillars": []}', "NaN is no number of JSON"),
        (b'{"pillars": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"pillars": ' + b"9" * 5000 + b"}", "a number that is too long"),
        (b'{"answers": {}}', "is no custom lens, which has pillars"),
        (b"[1, 2]", "is no custom lens"),
        (b'{"pillars": "\xff"}', "is not UTF-8"),
        (b" " * (LARGEST + 1), "larger than 10 MB"),
        (b"PK\x03\x04rest", "a zip archive"),
        (lens(pillars=[]), "pillars: a list belongs here"),
        (lens(pillars=[1]), "pillars: item 1 has no keys"),
        (lens(name=""), "name: is missing"),
        (lens({**BACKUP, "title": 7}), "question 1: title is missing"),
        (lens({**BACKUP, "choices": {}}), "choices: a list belongs here"),
        (lens({**BACKUP, "choices": [{"id": "a"}]}), "needs an id and a title"),
        (lens({**BACKUP, "riskRules": [{"condition": "a"}]}), "or NO_RISK"),
        (
            lens({**BACKUP, "choices": [choice("a"), choice("a")]}),
            "2 choices have the id a",
        ),
    ],
)
def test_a_bad_lens_gets_a_message_with_its_place(raw, says):
    assert says in refused(raw)


# DSOMM


def activity(level=1, **more):
    return {
        "uuid": f"00000000-0000-0000-0000-00000000000{level}",
        "risk": "Things *break*.",
        "measure": "Do [this](https://e.org) always.",
        "level": level,
        "difficultyOfImplementation": {"knowledge": 1, "time": 2, "resources": 2},
        "dependsOn": ["Something"],
        "references": {"samm2": ["I-SB-A-1"]},
        "isImplemented": False,
        **more,
    }


META = {
    "meta": {
        "version": "4.3.1",
        "publisher": "https://github.com/devsecopsmaturitymodel/"
        "DevSecOps-MaturityModel-data",
    }
}
TREE = {
    "Build and Deployment": {
        "Build": {"Defined build": activity(), "Signed builds": activity(3)},
        "Deployment": {"Rollback": activity(2, isImplemented=True)},
    },
    "Information Gathering": {"Logging": {"Logs": activity(4, comments="c")}},
}


def dsomm(*documents):
    text = "".join(f"---\n{yaml.safe_dump(d, sort_keys=False)}" for d in documents)
    return foreign.convert("model.yaml", text.encode())


def test_dimensions_of_dsomm_are_categories_and_activities_practices_of_yes_or_no():
    found = definition(dsomm(META, TREE))
    model = found.model

    assert (model.id, model.edition, model.top) == ("dsomm", "4.3.1", 4)
    assert [c.short_name for c in model.categories] == ["Build", "Information"]
    assert [(c.level, c.category) for c in model.criteria] == [
        (1, "build-and-deployment"),
        (3, "build-and-deployment"),
        (2, "build-and-deployment"),
        (4, "information-gathering"),
    ]
    practice = found.practices["dsomm.00000000-0000-0000-0000-000000000001"]
    assert practice.question == "Is this in place: Defined build?"
    assert practice.why == "Things break."
    assert practice.rungs[1].how == "Do this (https://e.org) always."
    assert practice.effort == "S"
    assert model.criteria[0].cites == "Build: Defined build, level 1"


def test_dsomm_texts_keep_their_licence_and_what_is_lost_is_counted():
    converted = dsomm(META, TREE)

    assert "GPL-3.0" in definition(converted).model.source.licence
    assert [note for note in converted.notes if note.startswith("Not carried")] == [
        "Not carried over: comments of 1 activity.",
        "Not carried over: dependsOn of 4 activities; which activity should come "
        "before which is not asked here.",
        "Not carried over: isImplemented of 1 activity; a model holds no answers, so "
        "answer on Assess.",
        "Not carried over: references of 4 activities; the other standards it names "
        "stay in the source.",
    ]
    other = definition(dsomm(TREE)).model
    assert other.source.licence.startswith("Not in the file")
    assert other.edition.startswith("rules ")


def test_a_team_reaches_the_level_whose_activities_are_all_in_place():
    found = definition(dsomm(META, TREE))
    answers = dict.fromkeys(found.practices, "in-place")

    assert level(found, answers) == 4
    answers["dsomm.00000000-0000-0000-0000-000000000003"] = "missing"
    assert level(found, answers) == 2


@pytest.mark.parametrize("wrong", [0, 6, "two", True, 2.5, None])
def test_a_level_that_dsomm_does_not_have_is_named(wrong):
    text = yaml.safe_dump(
        {"D": {"P": {"One": activity(), "Two": activity(1) | {"level": wrong}}}}
    )
    message = refused(text.encode(), "model.yaml")

    assert message == "model.yaml: D, P, Two: level must be a whole number from 1 to 5"


@pytest.mark.parametrize(
    "text", ["a: {b: {c: {level: 1}}", "a: &x {b: {c: {level: 1}}}\nd: *x\n", "x: 1\n"]
)
def test_what_is_no_whole_dsomm_file_is_left_to_the_reader_of_models(text):
    assert foreign.convert("model.yaml", text.encode()) is None


def test_a_key_that_stands_twice_in_a_dsomm_file_is_named():
    text = "D:\n  P:\n    A: {level: 1}\n    A: {level: 2}\n"

    assert "model.yaml, line 3, D, P, A: stands here and again in line 4" in refused(
        text.encode(), "model.yaml"
    )


# Texts


@pytest.mark.parametrize(
    ("written", "is_read"),
    [
        ("A **bold** `word`", "A bold word"),
        ("see [here](https://e.org/a)", "see here (https://e.org/a)"),
        ("![x](https://e.org/a.png)", "x (https://e.org/a.png)"),
        ("<b>x</b> <script>", "x"),
        ("- one\n- two", "one two"),
        ("snake_case stays", "snake_case stays"),
        ("a\x00b\u202ec", "a b c"),
        (7, ""),
    ],
)
def test_markup_becomes_plain_text(written, is_read):
    assert plain(written) == is_read


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("Build and Deployment", "Build"),
        ("Implementation", "Implementat…"),
        ("Amazon S3 Lens", "S3 Lens"),
        ("01 - Architecture", "01"),
        ("", "Model"),
    ],
)
def test_a_short_name_fits_a_chart(name, cut):
    assert short(name) == cut
