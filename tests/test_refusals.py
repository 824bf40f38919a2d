"""What is said of a mistake in a model file: the place, the reason, the way out."""

import re

import pytest
from house import GUIDE, HOUSE, house_with, swap, write

from maturity import library
from maturity.library import ModelError

SHIPPED = library.load()
RELEASE_1 = "criterion house.release.1.checklist"

BROKEN = {
    "an unquoted date": (
        swap('"2026-10-01"', "2026-10-01"),
        'line 7, edition: is read as a date; put it in quotes: "2026-10-01"',
    ),
    "an unquoted number": (
        swap('"2026-10-01"', "2026"),
        'line 7, edition: is read as a number; put it in quotes: "2026"',
    ),
    "a word that means no": (
        swap("name: Release\n", "name: No\n"),
        'line 27, category release, name: is read as yes or no; put it in quotes: "No"',
    ),
    "an empty text": (
        swap("good_for: Teams of our own company.", "good_for:"),
        "line 6, good_for: nothing stands here; write it behind the colon",
    ),
    "a list for a text": (
        swap("good_for: Teams of our own company.", "good_for: [one, two]"),
        "line 6, good_for: a text belongs here, not a list",
    ),
    "a text for a list": (
        swap("evidence:\n      - The rota of this month", "evidence: The rota"),
        "line 80, practice house.on-call, evidence: a list belongs here: a line for "
        "each item, beginning with a dash",
    ),
    "an empty list": (
        swap("evidence:\n      - The rota of this month", "evidence: []"),
        "line 80, practice house.on-call, evidence: the list has 0 and needs at least "
        "1; add what is missing",
    ),
    "a text for an item": (
        swap("  - id: house.release.2.pipeline", "  - loose\n  - id: house.r"),
        "line 43, criterion 2 from the top: keys belong here, each with a colon: id, "
        "level, category, text, cites, practice, at_least, gating",
    ),
    "a quoted level": (
        swap("  - number: 1\n", '  - number: "1"\n'),
        "line 19, level 1, number: '1' is not a whole number; write one without "
        "quotes, as in 2",
    ),
    "a level below zero": (
        swap("  - number: 0\n", "  - number: -1\n"),
        "line 16, level -1, number: '-1' is too low; it is at least 0",
    ),
    "an unknown word": (
        swap("effort: M", "effort: XL"),
        "line 82, practice house.on-call, effort: 'XL' does not fit; write S or M or L",
    ),
    "another rule": (
        swap("rule: gated", "rule: average"),
        "line 14, rule: 'average' does not fit; write gated or minimum-of-sums",
    ),
    "an id with a space": (
        swap("- id: release", "- id: re lease"),
        "line 26, category re lease, id: 're lease' is not an id; use letters, digits "
        "and hyphens, and dots between words, as in training.trigger",
    ),
    "a long short name": (
        swap("short_name: Release", "short_name: Release to production"),
        "line 28, category release, short_name: 'Release to production' has 21 "
        "characters; at most 12 fit",
    ),
    "yes and no": (
        house_with("gating: true", "gating: often"),
        f"line 42, {RELEASE_1}, gating: 'often' does not fit; write true or false, "
        "without quotes",
    ),
    "a missing key": (
        house_with("    text: Releases follow a written checklist.\n", ""),
        f"line 35, {RELEASE_1}, text: is missing; add a line with text: "
        "(What the source asks for, in our words)",
    ),
    "a misspelt key": (
        house_with("gating: true", "gate: true"),
        f"line 42, {RELEASE_1}, gate: no such key here; did you mean gating?",
    ),
    "an unknown key": (
        swap("  licence: Internal, may be used inside the company", "  colour: red"),
        "line 12, source, colour: no such key here; the keys are title, publisher, "
        "url, licence",
    ),
    "a repeated key": (
        house_with("    cites: Rule 3\n", "    cites: Rule 3\n    cites: Rule 4\n"),
        f"line 39, {RELEASE_1}, cites: stands here and again in line 40; "
        "take one of them out",
    ),
    "another file name": (
        swap("id: house\n", "id: home\n"),
        "line 2, id: the file is called house and the model home; "
        "give both the same name",
    ),
    "levels that skip one": (
        swap("number: 2", "number: 3"),
        "line 22, level 3, number: 3 follows 1; levels stand lowest first and count "
        "up by one, so this is 2",
    ),
    "a level that stands twice": (
        swap("number: 2", "number: 1"),
        "line 22, level 1, number: 1 follows 1; levels stand lowest first and count "
        "up by one, so this is 2",
    ),
    "an unknown level": (
        swap("level: 2", "level: 4"),
        "line 44, criterion house.release.2.pipeline, level: no level 4; "
        "there are 0, 1, 2",
    ),
    "an unknown category": (
        house_with("category: release", "category: relase"),
        f"line 37, {RELEASE_1}, category: no category 'relase'; there are release, "
        "care; did you mean release?",
    ),
    "an unknown practice": (
        house_with("delivery.model-release", "delivery.model-relaese"),
        f"line 40, {RELEASE_1}, practice: no practice 'delivery.model-relaese'; "
        "did you mean delivery.model-release?",
    ),
    "a practice like no other": (
        house_with("delivery.model-release", "zzz"),
        f"line 40, {RELEASE_1}, practice: no practice 'zzz'; name one of the library, "
        "or define it under practices in this file",
    ),
    "an unknown rung": (
        house_with("at_least: checklist", "at_least: checklists"),
        f"line 41, {RELEASE_1}, at_least: no rung 'checklists' on "
        "delivery.model-release; it has ad-hoc, checklist, script, pipeline, policy; "
        "did you mean checklist?",
    ),
    "the first rung": (
        house_with("at_least: checklist", "at_least: ad-hoc"),
        f"line 41, {RELEASE_1}, at_least: ad-hoc is the first rung of "
        "delivery.model-release, so every answer meets it; ask for checklist or script "
        "or pipeline or policy",
    ),
    "a gating criterion at the lowest level": (
        swap("level: 1", "level: 0"),
        f"line 36, {RELEASE_1}, level: level 0 is the lowest, where everyone begins, "
        "so it cannot ask for anything; name a higher level, or write gating: false",
    ),
    "a category that nothing gates": (
        HOUSE.replace("category: care", "category: release"),
        "line 30, category care: has no gating criterion, so it could never reach a "
        "level; add one, write informative: true, or take the category out",
    ),
    "a category with informative criteria alone": (
        re.sub(r"(category: care\n(?:.*\n){4}    gating: )true", r"\1false", HOUSE),
        "line 30, category care: has no gating criterion, so it could never reach a "
        "level; add one, write informative: true, or take the category out",
    ),
    "an informative category that decides": (
        swap("    short_name: Care\n", "    short_name: Care\n    informative: true\n"),
        "line 33, category care, informative: has gating criteria, so it decides a "
        "level; write gating: false at each of them, or take this out",
    ),
    "informative categories alone": (
        re.sub(
            r"(    short_name: .*\n)",
            r"\1    informative: true\n",
            HOUSE.replace("gating: true", "gating: false"),
        ),
        "line 25, categories: are all informative, so there would be no level; let "
        "one decide",
    ),
    "a higher level that asks less": (
        house_with("at_least: checklist", "at_least: policy"),
        "line 49, criterion house.release.2.pipeline, at_least: level 2 asks less of "
        "delivery.model-release than level 1 does (house.release.1.checklist, policy); "
        "ask for policy or higher here, or for less there",
    ),
    "a repeated criterion": (
        swap("house.release.2.pipeline", "house.release.1.checklist"),
        f"line 43, {RELEASE_1}, id: this id is already used in line 35; "
        "give one of them another",
    ),
    "a repeated category": (
        swap("- id: care", "- id: release"),
        "line 30, category release, id: this id is already used in line 26; "
        "give one of them another",
    ),
    "a repeated rung": (
        swap("- id: rehearsed", "- id: rota"),
        "line 89, practice house.on-call, rung rota, id: this id is already used in "
        "line 86; give one of them another",
    ),
    "a criterion of another model": (
        swap("- id: house.release.2.pipeline", "- id: release.2.pipeline"),
        "line 43, criterion release.2.pipeline, id: ids in this list begin with the "
        "model's id and a dot; write house.release.2.pipeline",
    ),
    "a practice of another model": (
        swap("- id: house.on-call", "- id: on-call"),
        "line 76, practice on-call, id: ids in this list begin with the model's id and "
        "a dot; write house.on-call",
    ),
    "a practice that the library has": (
        swap("- id: house.on-call", "- id: training.trigger"),
        "line 76, practice training.trigger, id: the practice library has a practice "
        "of this id; use another id",
    ),
    "a rung without a way to it": (
        re.sub(r"        how: Agree.*\n", "", HOUSE),
        "line 86, practice house.on-call, rung rota, how: is missing; say how a team "
        "gets to this rung (every rung but the first has it)",
    ),
    "a colon in a text": (
        house_with("text: Releases", "text: Releases: they"),
        "line 38: a text with a colon in it needs quotes around it",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_mistake_is_told_with_line_item_reason_and_way_out(case, tmp_path):
    text, message = BROKEN[case]

    with pytest.raises(ModelError) as raised:
        library.read_model(write(tmp_path, text), SHIPPED.practices)

    assert f"house.yaml, {message}" in str(raised.value).splitlines()


@pytest.mark.parametrize(
    "case",
    [
        "a misspelt key",
        "a missing key",
        "an unquoted number",
        "a quoted level",
        "levels that skip one",
        "yes and no",
        "an unknown practice",
        "the first rung",
        "a higher level that asks less",
        "a category with informative criteria alone",
    ],
)
def test_one_mistake_is_told_once(case, tmp_path):
    assert len(library.check([write(tmp_path, BROKEN[case][0])])) == 1


def test_the_messages_in_the_guide_are_those_that_are_told():
    told = {f"house.yaml, {message}" for _, message in BROKEN.values()}
    documented = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)[0].splitlines()

    assert [line for line in documented if line not in told] == []


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines(tmp_path):
    text = swap('"2026-10-01"', "2026-10-01", house_with("relea", "rela"))
    text = swap("gating: true", "gatign: true", text)

    messages = library.check([write(tmp_path, text)])

    places = [re.search(r"line (\d+), .*?(\w+):", message) for message in messages]
    assert [(int(p[1]), p[2]) for p in places if p] == [
        (7, "edition"),
        (37, "category"),
        (42, "gatign"),
    ]
