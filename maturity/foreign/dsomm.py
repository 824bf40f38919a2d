"""A model of the DevSecOps Maturity Model (OWASP DSOMM) as a model file.

Dimensions are the categories; each activity is a practice of yes or no at the level
that the file gives it. The texts stay the source's own, under the source's licence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from maturity import words
from maturity.foreign.texts import Ids, name, plain, sentence, short

Values = dict[str, object]

ID = "dsomm"
TITLE = "DevSecOps Maturity Model, data"
TOP = 5
PUBLISHER = "github.com/devsecopsmaturitymodel/DevSecOps-MaturityModel-data"
NAMES = ("Before", "First", "Second", "Third", "Fourth", "Fifth")
CARRIED = {
    *("uuid", "level", "measure", "risk", "description", "assessment"),
    "difficultyOfImplementation",
}
NO_MEASURE = "The file gives no measure for it."


@dataclass(frozen=True)
class _Activity:
    dimension: str
    part: str
    name: str
    values: Mapping[str, object]

    @property
    def place(self) -> str:
        return f"{self.dimension}, {self.part}, {self.name}"


def is_one(documents: Sequence[object]) -> bool:
    """Whether a file has dimensions with parts with activities that have a level."""
    return any("level" in activity.values for activity in _activities(documents))


def read(documents: Sequence[object]) -> tuple[Values, list[str], list[str]]:
    """The values of the model file, what was lost, and what is wrong with the file."""
    activities = list(_activities(documents))
    problems = [
        f"{plain(activity.place)}: level must be a whole number from 1 to {TOP}"
        for activity in activities
        if not _level(activity)
    ]
    activities = [activity for activity in activities if _level(activity)]
    ids, dimensions = Ids(), Ids()
    of_dimension = {
        dimension: dimensions.give(dimension)
        for dimension in dict.fromkeys(activity.dimension for activity in activities)
    }
    criteria, practices = [], []
    for activity in activities:
        practice = _practice(activity, ids)
        practices.append(practice)
        criteria.append(_criterion(activity, practice, of_dimension, ids))
    meta = _meta(documents)
    top = max((_level(activity) for activity in activities), default=1)
    values: Values = {
        "id": ID,
        "name": "DevSecOps Maturity Model",
        "short_name": "DSOMM",
        "summary": "Which security activities a team does while it builds, tests and "
        "runs software, in levels that each ask for more.",
        "good_for": "Teams that look at the security of how they build and deliver.",
        "edition": _edition(meta, criteria),
        "source": _source(meta),
        "ours": "Dimensions, activities, their level and their texts are the source's. "
        "The names of the levels, the two answers to each activity and the scoring "
        "are this dashboard's; the source counts activities and has no overall level.",
        "rule": "gated",
        "levels": [
            {
                "number": number,
                "name": NAMES[number],
                "summary": f"The activities of level {number} and below are in place."
                if number
                else "Where everyone begins; nothing is asked.",
            }
            for number in range(top + 1)
        ],
        "categories": [
            {
                "id": id,
                "name": plain(dimension),
                "short_name": short(dimension),
                "summary": f"Its parts: {words.listed(_parts(activities, dimension))}.",
            }
            for dimension, id in of_dimension.items()
        ],
        "criteria": criteria,
        "practices": practices,
    }
    return values, _notes(activities), problems


def _activities(documents: Sequence[object]) -> Iterator[_Activity]:
    for document in documents:
        for dimension, parts in _items(document):
            for part, activities in _items(parts):
                for called, values in _items(activities):
                    if isinstance(values, dict):
                        yield _Activity(dimension, part, called, values)


def _items(value: object) -> list[tuple[str, object]]:
    return [(str(k), v) for k, v in value.items()] if isinstance(value, dict) else []


def _level(activity: _Activity) -> int:
    """The level; 0 where it is none."""
    level = activity.values.get("level")
    fits = isinstance(level, int) and not isinstance(level, bool) and 1 <= level <= TOP
    return level if fits and isinstance(level, int) else 0


def _parts(activities: Sequence[_Activity], dimension: str) -> list[str]:
    parts = [plain(a.part) for a in activities if a.dimension == dimension]
    return list(dict.fromkeys(parts))


def _meta(documents: Sequence[object]) -> Mapping[str, object]:
    for document in documents:
        if isinstance(document, dict) and isinstance(document.get("meta"), dict):
            meta: Mapping[str, object] = document["meta"]
            return meta
    return {}


def _edition(meta: Mapping[str, object], criteria: Sequence[Values]) -> str:
    version = meta.get("version")
    if version:
        return plain(str(version))
    asked = [(criterion["id"], criterion["level"]) for criterion in criteria]
    return f"rules {sha256(repr(asked).encode()).hexdigest()[:8]}"


def _source(meta: Mapping[str, object]) -> Values:
    publisher = str(meta.get("publisher", ""))
    if publisher.rstrip("/").endswith(PUBLISHER):
        return {
            "title": TITLE,
            "publisher": "OWASP DevSecOps Maturity Model",
            "url": f"https://{PUBLISHER}",
            "licence": "GPL-3.0, as the source's repository says. The texts of "
            "activities are the source's own and stay under it: whoever passes this "
            "model on keeps this notice.",
        }
    return {
        "title": TITLE,
        "publisher": "Not in the file",
        "url": plain(publisher) or "Not in the file",
        "licence": "Not in the file; OWASP publishes its own under GPL-3.0. The texts "
        "of activities are the source's own.",
    }


def _practice(activity: _Activity, ids: Ids) -> Values:
    values = activity.values
    called = sentence(activity.name) or "Activity"
    uuid = values.get("uuid")
    # The uuid stays when an activity is renamed, and with it the answers.
    own = [uuid] if isinstance(uuid, str) and uuid else [activity.part, activity.name]
    return {
        "id": ids.give(ID, *own),
        "name": name(called),
        "question": f"Is this in place: {called}?",
        "why": plain(values.get("risk"))
        or plain(values.get("description"))
        or f"The source asks for it in {plain(activity.part)}.",
        "evidence": [
            plain(values.get("assessment"))
            or "What shows that it is in place; the source names nothing"
        ],
        "effort": _effort(values.get("difficultyOfImplementation")),
        "rungs": [
            {"id": "missing", "text": f"Not in place: {called}."},
            {
                "id": "in-place",
                "text": f"In place: {called}.",
                "how": plain(values.get("measure")) or NO_MEASURE,
            },
        ],
    }


def _effort(difficulty: object) -> str:
    """S, M or L: the mean of knowledge, time and resources, each from 1 to 5."""
    given = difficulty.values() if isinstance(difficulty, dict) else ()
    numbers = [n for n in given if isinstance(n, int | float)]
    if not numbers:
        return "M"
    mean = sum(numbers) / len(numbers)
    return "S" if mean <= 2 else "M" if mean <= 3 else "L"


def _criterion(
    activity: _Activity, practice: Values, of_dimension: Mapping[str, str], ids: Ids
) -> Values:
    level = _level(activity)
    measure = plain(activity.values.get("measure"))
    return {
        "id": ids.give(ID, "asks", *str(practice["id"]).split(".")[1:]),
        "level": level,
        "category": of_dimension[activity.dimension],
        "text": measure or f"In place: {sentence(activity.name)}.",
        "cites": f"{plain(activity.part)}: {plain(activity.name)}, level {level}",
        "practice": practice["id"],
        "at_least": "in-place",
        "gating": True,
    }


def _notes(activities: Sequence[_Activity]) -> list[str]:
    found = [
        "Effort comes from the difficulty of implementation: the mean of knowledge, "
        "time and resources up to 2 is S, up to 3 M, above L."
    ]
    lost: Counter[str] = Counter()
    for activity in activities:
        for key, value in activity.values.items():
            if key == "description" and activity.values.get("risk"):
                lost[key] += bool(value)
            elif key not in CARRIED and value not in (None, "", [], {}, False):
                lost[key] += 1
    for key, number in sorted(lost.items()):
        of = words.count(number, "activity", "activities")
        why = _WHY.get(key, "")
        found.append(f"Not carried over: {plain(key)} of {of}{why}.")
    return found


_WHY = {
    "dependsOn": "; which activity should come before which is not asked here",
    "implementation": "; the tools it names stay in the source",
    "references": "; the other standards it names stay in the source",
    "isImplemented": "; a model holds no answers, so answer on Assess",
    "teamsImplemented": "; a model holds no answers, so answer on Assess",
    "evidence": "; a model holds no answers, so give it on Assess",
}
