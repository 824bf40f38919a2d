"""Finds and reads the practice library and the maturity models.

Every problem of a file is reported at once, each with the file, the place, the
reason and the way out. One bad model file does not keep the others from loading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from maturity import added_rules, point_rules, rules, structure, suggestion_rules
from maturity.document import Document, Problem, Unreadable, parse, read
from maturity.model import Definition, MaturityModel
from maturity.practice import Practice
from maturity.suggestion import Suggestion, Suggestions

SUGGESTIONS = "suggestions"
"""The name of the file of suggestions, and of its one key."""


class ModelError(Exception):
    """A model or practice file cannot be used; the message names every problem."""


@dataclass(frozen=True)
class Library:
    """Every practice and every model that can be used, by id."""

    practices: Mapping[str, Practice]
    models: Mapping[str, MaturityModel]
    problems: tuple[str, ...] = field(default=())
    """Messages of the files that could not be used, one a file."""
    disabled: Mapping[str, MaturityModel] = field(default_factory=dict)
    """Models that nobody starts with any more, by id."""
    ladders: Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]] = field(
        default_factory=dict
    )
    """By practice of a model added here: every ladder it had, each with the seq of
    the row since which it holds, oldest first."""
    suggestions: tuple[Suggestion, ...] = ()
    """What an answer to one practice suggests for another."""
    without_added: Library | None = None
    """What comes with the program alone; None where that is all."""

    @property
    def bundled(self) -> Library:
        """What comes with the program, whatever was added or disabled here."""
        return self.without_added or self

    def definition(self, model_id: str) -> Definition:
        """A model with the practices it asks; KeyError if there is none."""
        return self.defined(self.models[model_id])

    def defined(self, model: MaturityModel) -> Definition:
        """Any model with the practices it asks, its own before those of the library."""
        own = {practice.id: practice for practice in model.practices}
        practices = {**self.practices, **own}
        asked = {criterion.practice for criterion in model.criteria}
        return Definition(model, {k: p for k, p in practices.items() if k in asked})

    def changed_ladder(self, practice: str, seq: int) -> bool:
        """Whether the answer with this seq was given when the ladder was another."""
        ladders = self.ladders.get(practice, ())
        then = [ladder for since, ladder in ladders if since < seq]
        return bool(ladders) and then[-1:] != [ladders[-1][1]]


def data_folder() -> Path:
    """The folder with `practices/` and `models/`: of the wheel, or of the checkout."""
    package = Path(__file__).parent
    # The wheel's own place first: beside an installed package, `data` is anyone's.
    installed = package / "_app" / "data"
    return installed if installed.is_dir() else package.parent / "data"


def load(folder: Path | None = None) -> Library:
    """Read everything in the data folder.

    A bad practice file or two files with one practice raise `ModelError`; a bad
    model file, or a bad file of suggestions, is left out and named in `problems`.
    """
    folder = folder or data_folder()
    problems: _Problems = {}
    lists = _open(_files(folder / "practices"), problems)
    practices = _practices(lists, problems)
    if problems:
        raise ModelError("\n".join(_flat(problems)))
    if not practices:
        raise ModelError(f"{folder} holds no practices; name a data folder")

    opened = _open(_files(folder / "models"), problems)
    models: dict[str, MaturityModel] = {}
    for path, model in _models(opened, _ladders(lists), problems).items():
        own = {practice.id: practice for practice in model.practices}
        twice = ({model.id} & models.keys()) | (own.keys() & practices.keys())
        if twice:
            problems[path] = [
                f"{path.name}: another model file has {', '.join(sorted(twice))} too; "
                "ids belong to one file, so choose others"
            ]
        else:
            models[model.id] = model
            practices |= own
    ladders = {practice.id: practice.ladder for practice in practices.values()}
    suggestions = _suggestions(
        _open(_files(folder, SUGGESTIONS), problems), ladders, problems
    )
    told = tuple("\n".join(messages) for _, messages in sorted(problems.items()))
    return Library(practices, models, told, suggestions=suggestions)


def read_model(path: Path, practices: Mapping[str, Practice]) -> MaturityModel:
    """Read one model file; `ModelError` names all that is wrong with it."""
    problems: _Problems = {}
    ladders = {practice.id: practice.ladder for practice in practices.values()}
    models = _models(_open([path], problems), ladders, problems)
    if problems:
        raise ModelError("\n".join(_flat(problems)))
    return models[path]


def read_added(
    name: str, raw: bytes, practices: Mapping[str, Practice], taken: Collection[str]
) -> MaturityModel:
    """Read a model that is added here; `ModelError` names all that is wrong with it.

    `practices` are those it may ask besides its own; `taken` are the ids of models
    and practices that it may not have.
    """
    try:
        document = parse(name, raw)
    except Unreadable as error:
        raise ModelError(error.message(name)) from error
    if not isinstance(document.data, dict):
        raise ModelError(
            f"{name}: is no model; write keys with colons, beginning with id:"
        )
    stem = document.data.get("id")
    ladders = {practice.id: practice.ladder for practice in practices.values()}
    wrong = [*added_rules.of_model(document, taken)]
    model, told = _model(
        document, stem if isinstance(stem, str) else "", ladders, wrong
    )
    if model is None:
        raise ModelError("\n".join(told))
    return model


def check(paths: Sequence[Path] = ()) -> list[str]:
    """What is wrong with model and practice files; nothing if all is well.

    A list is read as practices, anything else as a model; without paths, the whole
    data folder is. Practices in other folders stand in for those of the library with
    the same id, so that drafts can be checked together.
    """
    bundled = _files(data_folder() / "practices")
    paths = [path.resolve() for path in paths] or [
        *bundled,
        *_files(data_folder() / "models"),
        *_files(data_folder(), SUGGESTIONS),
    ]
    problems: _Problems = {}
    given = _open(paths, problems)
    library = _open(bundled, problems)
    drafts = {
        path: document
        for path, document in given.items()
        if isinstance(document.data, list) and path not in library
    }
    suggestions = {
        path: document
        for path, document in given.items()
        if isinstance(document.data, dict) and SUGGESTIONS in document.data
    }
    models = {
        path: document
        for path, document in given.items()
        if path not in library and path not in drafts and path not in suggestions
    }
    ladders = _ladders(library) | _ladders(drafts)
    _practices(library, problems)
    _practices(drafts, problems)
    _models(models, ladders, problems)
    _suggestions(suggestions, ladders, problems)
    return [message for path in paths for message in problems.get(path, ())]


def canonical(definition: Definition) -> str:
    """The definition as JSON with sorted keys: what is stored, and what is hashed.

    What has its default value is left out, so that a key added to the format later
    does not change the hash of the models that do not use it.
    """
    return json.dumps(
        {
            "model": definition.model.model_dump(exclude_defaults=True),
            "practices": {
                key: practice.model_dump(exclude_defaults=True)
                for key, practice in definition.practices.items()
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def fingerprint(definition: Definition) -> str:
    """The SHA-256 of `canonical`, in hexadecimal."""
    return hashlib.sha256(canonical(definition).encode()).hexdigest()


def restore(text: str) -> Definition:
    """The definition that `canonical` wrote.

    The rules for files are not applied again: a quarter that was once valid stays
    readable when the rules get stricter.
    """
    stored = json.loads(text)
    return Definition(
        MaturityModel.model_validate(stored["model"]),
        {key: Practice.model_validate(p) for key, p in stored["practices"].items()},
    )


_PRACTICES = TypeAdapter(list[Practice])

_Documents = dict[Path, Document]
_Problems = dict[Path, list[str]]
"""The messages of each file that cannot be used."""


def _files(folder: Path, name: str = "[!.]*") -> list[Path]:
    """The YAML files of a folder; what begins with a dot is an editor's."""
    return sorted(
        path.resolve()
        for path in folder.glob(f"{name}.*")
        if path.suffix in (".yaml", ".yml")
    )


def _flat(problems: _Problems) -> list[str]:
    return [message for messages in problems.values() for message in messages]


def _ladders(lists: _Documents) -> dict[str, tuple[str, ...]]:
    return {
        practice: ladder
        for document in lists.values()
        for practice, ladder in rules.ladders(document).items()
    }


def _open(paths: Iterable[Path], problems: _Problems) -> _Documents:
    opened: _Documents = {}
    for path in paths:
        try:
            opened[path] = read(path)
        except Unreadable as error:
            problems[path] = [error.message(path.name)]
    return opened


def _practices(lists: _Documents, problems: _Problems) -> dict[str, Practice]:
    found: dict[str, Practice] = {}
    taken: dict[str, str] = {}
    for path, document in lists.items():
        wrong = [*document.problems, *rules.of_practices(document, taken)]
        try:
            practices = _PRACTICES.validate_python(document.data)
        except ValidationError as error:
            wrong += structure.problems(error, document)
        else:
            found |= {practice.id: practice for practice in practices}
        taken |= rules.places(document)
        if wrong:
            problems[path] = document.messages(wrong)
    return found


def _suggestions(
    opened: _Documents, ladders: rules.Ladders, problems: _Problems
) -> tuple[Suggestion, ...]:
    found: tuple[Suggestion, ...] = ()
    for path, document in opened.items():
        wrong = [
            *document.problems,
            *suggestion_rules.of_suggestions(document, ladders),
        ]
        try:
            read = Suggestions.model_validate(document.data)
        except ValidationError as error:
            wrong += structure.problems(error, document)
        else:
            found += () if wrong else tuple(read.suggestions)
        if wrong:
            problems[path] = document.messages(wrong)
    return found


def _models(
    opened: _Documents, ladders: rules.Ladders, problems: _Problems
) -> dict[Path, MaturityModel]:
    found: dict[Path, MaturityModel] = {}
    for path, document in opened.items():
        model, told = _model(document, path.stem, ladders, [])
        if model is None:
            problems[path] = told
        else:
            found[path] = model
    return found


def _model(
    document: Document, stem: str, ladders: rules.Ladders, wrong: list[Problem]
) -> tuple[MaturityModel | None, list[str]]:
    """The model of a file and nothing, or nothing and all that is wrong with it."""
    wrong = [
        *document.problems,
        *rules.of_model(document, stem, ladders),
        *point_rules.of_model(document, ladders),
        *wrong,
    ]
    try:
        model = MaturityModel.model_validate(document.data)
    except ValidationError as error:
        return None, document.messages([*wrong, *structure.problems(error, document)])
    return (None, document.messages(wrong)) if wrong else (model, [])
