"""Write the files that are made from the models: `python -m maturity.reference`.

With `--check` nothing is written, and the files that are out of date are named. A
test does the same, so that schemas and documentation cannot drift.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from pydantic import TypeAdapter

from maturity import library
from maturity.benchmark import Benchmark
from maturity.library import Library
from maturity.model import Criterion, MaturityModel, PointsCriterion
from maturity.practice import Practice
from maturity.suggestion import Suggestions

ROOT = Path(__file__).parents[1]

_INTRODUCTION = """\
<!-- Made by `python -m maturity.reference` from data/; edit the files there. -->

# The models

What each model asks, criterion by criterion, with the place in the source that says
so. The words are this project's, unless a model says otherwise; what is the publisher's
and what is not stands with each model. How levels follow from answers is in
[scoring.md](scoring.md), how to add a model in [adding-a-model.md](adding-a-model.md),
and every requirement of the sources, with the criterion that asks it, in
[requirements.md](requirements.md).
"""

_PRACTICES = """\
## Practices

The questions behind the criteria, each with its ladder, lowest rung first. A practice
that several models ask is answered once for all of them.
"""

ASKED_OF = {"real-time": "real time", "batch": "batch"}


def generate(read: Library) -> dict[Path, str]:
    """Every generated file with the text it should have."""
    return {
        ROOT / "data" / "practice.schema.json": _schema(
            TypeAdapter(list[Practice]).json_schema(), "Practices of one area"
        ),
        ROOT / "data" / "model.schema.json": _schema(
            MaturityModel.model_json_schema(), "A maturity model"
        ),
        ROOT / "data" / "benchmark.schema.json": _schema(
            Benchmark.model_json_schema(), "A benchmark file"
        ),
        ROOT / "data" / "suggestions.schema.json": _schema(
            Suggestions.model_json_schema(), "What an answer suggests for another"
        ),
        ROOT / "docs" / "models.md": "\n".join(_page(read)),
    }


def main(arguments: Sequence[str] = ()) -> int:
    """Write the files, or with `--check` say which are out of date."""
    stale = [
        (path, text)
        for path, text in generate(library.load(ROOT / "data")).items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    for path, text in stale:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is out of date")
        else:
            path.write_text(text, "utf-8")
            print(f"Wrote {path.relative_to(ROOT)}")
    if stale and "--check" in arguments:
        print("Run: python -m maturity.reference")
        return 1
    return 0


def _schema(schema: dict[str, object], title: str) -> str:
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**dialect, **schema, "title": title}, indent=2) + "\n"


def _page(read: Library) -> Iterator[str]:
    yield _INTRODUCTION
    yield from _table(
        "Model", "Edition", "Levels", "Categories", "Criteria", "Questions", "Minutes"
    )
    for model in read.models.values():
        definition = read.definition(model.id)
        yield _row(
            f"[{model.name}](#{model.id})",
            model.edition,
            f"{len(model.bands)} bands"
            if model.by_points
            else f"{model.lowest} to {model.top}",
            len(model.categories),
            len(model.criteria),
            len(definition.asked),
            definition.minutes,
        )
    yield ""
    for model in read.models.values():
        yield from _model(model, read)
    yield _PRACTICES
    for practice in read.practices.values():
        yield from _practice(practice, read)


def _model(model: MaturityModel, read: Library) -> Iterator[str]:
    source = model.source
    yield f'<a id="{model.id}"></a>\n'
    yield f"## {model.name}\n"
    yield f"{model.summary}\n"
    yield f"- Good for: {model.good_for}"
    yield f"- Source: [{source.title}]({source.url}), {source.publisher}"
    yield f"- Edition: {model.edition}"
    yield f"- Licence: {source.licence}"
    yield f"- Ours: {model.ours}\n"
    step = "Score" if model.by_points else "Level"
    yield from _table(step, "Name", "What it is like")
    for level in model.scale:
        yield _row(_step(model, level.number), level.name, level.summary)
    yield ""
    for category in model.categories:
        yield f"### {model.short_name}: {category.name}\n"
        aside = " *Informative: it decides no level.*" if category.informative else ""
        yield f"{category.summary}{aside}\n"
        step, met = ("Test", "Points") if model.by_points else ("Level", "Met from")
        yield from _table(step, "What the source asks for", "Says so", met)
        asked = [c for c in model.criteria if c.category == category.id]
        levels = [c for c in asked if isinstance(c, Criterion)]
        for criterion in sorted(levels, key=lambda c: c.level):
            yield _criterion(criterion, read)
        for test in asked:
            if isinstance(test, PointsCriterion):
                yield _test(test, read)
        yield ""


def _step(model: MaturityModel, number: int) -> str:
    if not model.by_points:
        return str(number)
    return f"above {model.edges[number] / 10:g}" if number else "0"


def _test(test: PointsCriterion, read: Library) -> str:
    practice = read.practices[test.practice]
    given = [
        f"{test.points[rung.id]:g} for: {rung.text}"
        for rung in practice.rungs
        if rung.id in test.points
    ]
    name = test.id.rsplit(".", 1)[-1]
    return _row(name, test.text, test.cites, f"{_link(practice)}. {' '.join(given)}")


def _criterion(criterion: Criterion, read: Library) -> str:
    practice = read.practices[criterion.practice]
    rung = practice.rung(criterion.at_least)
    told = criterion.text if criterion.gating else f"{criterion.text} *Informative.*"
    met = f"{_link(practice)}: {rung.text if rung else criterion.at_least}"
    return _row(criterion.level, told, criterion.cites, met)


def _practice(practice: Practice, read: Library) -> Iterator[str]:
    asking = [
        model.short_name
        for model in read.models.values()
        if any(c.practice == practice.id for c in model.criteria)
    ]
    yield f'<a id="{practice.id}"></a>\n'
    yield f"### {practice.name}\n"
    yield f"{practice.question} {practice.why}\n"
    for number, rung in enumerate(practice.rungs, start=1):
        yield f"{number}. {rung.text}" + (f" *How: {rung.how}*" if rung.how else "")
    yield f"\nEvidence: {'; '.join(practice.evidence)}."
    if practice.applies_to:
        yield f"Asked only of teams that serve in {ASKED_OF[practice.applies_to]}."
    yield f"Effort for one rung: {practice.effort}."
    yield f"Asked by: {', '.join(asking) or 'no model'}. Id: `{practice.id}`.\n"


def _link(practice: Practice) -> str:
    return f"[{practice.name}](#{quote(practice.id)})"


def _table(*heads: str) -> Iterator[str]:
    yield _row(*heads)
    yield _row(*["---"] * len(heads))


def _row(*cells: object) -> str:
    # A bar would end the cell.
    told = [str(cell).replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(told)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
