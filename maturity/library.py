"""Finds and reads the practice library and the maturity models.

Every problem of a file is reported at once, each with the file, the place, the
reason and the way out. One bad model file does not keep the others from loading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from maturity.model import Definition, MaturityModel
from maturity.practice import Practice


class ModelError(Exception):
    """A model or practice file cannot be used; the message names every problem."""


@dataclass(frozen=True)
class Library:
    """Every practice and every model that can be used, by id."""

    practices: Mapping[str, Practice]
    models: Mapping[str, MaturityModel]
    problems: tuple[str, ...] = field(default=())
    """Messages of the files that could not be used, one a file."""

    def definition(self, model_id: str) -> Definition:
        """A model with the practices it asks; KeyError if there is none."""
        model = self.models[model_id]
        asked = {criterion.practice for criterion in model.criteria}
        return Definition(
            model, {key: p for key, p in self.practices.items() if key in asked}
        )


def data_folder() -> Path:
    """The folder with `practices/` and `models/`: of the wheel, or of the checkout."""
    package = Path(__file__).parent
    # The wheel's own place first: beside an installed package, `data` is anyone's.
    installed = package / "_app" / "data"
    return installed if installed.is_dir() else package.parent / "data"


def load(folder: Path | None = None) -> Library:
    """Read everything in the data folder.

    A bad practice file or two files with one practice raise `ModelError`; a bad
    model file is left out and named in `problems`.
    """
    folder = folder or data_folder()
    practices: dict[str, Practice] = {}
    for path in sorted((folder / "practices").glob("*.yaml")):
        try:
            for practice in _PRACTICES.validate_python(_read(path)):
                practices[practice.id] = practice
        except ValidationError as error:
            raise ModelError(f"{path.name}: {error}") from error
    models: dict[str, MaturityModel] = {}
    problems: list[str] = []
    for path in sorted((folder / "models").glob("*.yaml")):
        try:
            model = read_model(path, practices)
        except ModelError as error:
            problems.append(str(error))
        else:
            models[model.id] = model
    own = {p.id: p for model in models.values() for p in model.practices}
    return Library(practices | own, models, tuple(problems))


def read_model(path: Path, practices: Mapping[str, Practice]) -> MaturityModel:
    """Read one model file; `ModelError` names all that is wrong with it."""
    try:
        return MaturityModel.model_validate(_read(path))
    except ValidationError as error:
        raise ModelError(f"{path.name}: {error}") from error


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


def _read(path: Path) -> object:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parsed: object = yaml.load(path.read_text("utf-8"), loader)
    return parsed
