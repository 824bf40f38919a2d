"""All models there are: those that come with the program, and those added here.

What was added is in the store as rows that are only ever added. From them follows
which edition holds now, what is disabled, and since when a ladder is as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from maturity import library, rules
from maturity.document import Unreadable, parse
from maturity.library import Library, ModelError
from maturity.model import MaturityModel
from maturity.model_row import ModelRow, Step
from maturity.practice import Practice
from maturity.storage import Store


def library_of(store: Store) -> Library:
    """The data folder, with what the store says of models."""
    return compose(library.load(), store.model_rows())


def compose(bundled: Library, rows: Iterable[ModelRow]) -> Library:
    """The bundled models and the newest editions of the added ones, as rows say.

    An added model that cannot be used, after an update of the program for example, is
    left out and named in `problems`; its rows and its submitted quarters stay.
    """
    by_model: dict[str, list[ModelRow]] = {}
    for row in rows:
        by_model.setdefault(row.model, []).append(row)
    models, disabled = dict(bundled.models), dict[str, MaturityModel]()
    practices = dict(bundled.practices)
    problems = list(bundled.problems)
    for model_id, its in by_model.items():
        if newest := newest_edition(its):
            try:
                found = read(
                    f"{model_id}.yaml",
                    newest.body.encode(),
                    bundled,
                    (*practices, *models, *disabled),
                )
            except ModelError as error:
                problems += [] if is_disabled(its) else [str(error)]
                continue
            models[model_id] = found
            practices |= {practice.id: practice for practice in found.practices}
        if is_disabled(its) and model_id in models:
            disabled[model_id] = models.pop(model_id)
    if not models:  # nothing to show is worse than what somebody did not want to see
        models, disabled = disabled, {}
    return Library(
        practices=practices,
        models=models,
        problems=tuple(problems),
        disabled=disabled,
        ladders=_ladders(by_model, practices),
        suggestions=bundled.suggestions,
        without_added=bundled,
    )


def read(
    name: str, raw: bytes, bundled: Library, taken: Iterable[str] = ()
) -> MaturityModel:
    """An added model, which may ask the practices of bundled ones; else ModelError."""
    return library.read_added(
        name, raw, bundled.practices, {*bundled.models, *bundled.practices, *taken}
    )


def newest_edition(rows: Iterable[ModelRow]) -> ModelRow | None:
    """The edition in force of an added model; None of a bundled one."""
    editions = [row for row in rows if row.step is Step.ADDED]
    return editions[-1] if editions else None


def is_disabled(rows: Iterable[ModelRow]) -> bool:
    """Whether the newest row of a model disables it."""
    steps = [row.step for row in rows]
    return steps[-1:] == [Step.DISABLED]


def _ladders(
    by_model: Mapping[str, list[ModelRow]], known: Mapping[str, Practice]
) -> dict[str, tuple[tuple[int, tuple[str, ...]], ...]]:
    """Every ladder that the practices of added models had, with the seq it is from."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for row in (row for rows in by_model.values() for row in rows):
        if row.step is Step.ADDED:
            for practice, ladder in own_ladders(row.body).items():
                if practice in known:
                    found.setdefault(practice, []).append((row.seq, ladder))
    return {practice: tuple(ladders) for practice, ladders in found.items()}


def own_ladders(body: str) -> dict[str, tuple[str, ...]]:
    """The rung ids of the practices that a model brings along, lowest first."""
    try:
        document = parse("", body.encode())
    except Unreadable:  # it was valid when it came in; today's rules may be stricter
        return {}
    if not isinstance(document.data, dict):
        return {}
    own = rules.Item((), document.data).items("practices")
    return {p.text("id"): rules.ladder_of(p) for p in own if p.text("id")}
