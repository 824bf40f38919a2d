"""Finds and reads the practice library and the maturity models.

Every problem of a file is reported at once, each with the file, the place, the
reason and the way out. One bad model file does not keep the others from loading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
        ...


def data_folder() -> Path:
    """The folder with `practices/` and `models/`: of the checkout, or of the wheel."""
    ...


def load(folder: Path | None = None) -> Library:
    """Read everything in the data folder.

    A bad practice file or two files with one practice raise `ModelError`; a bad
    model file is left out and named in `problems`.
    """
    ...


def read_model(path: Path, practices: Mapping[str, Practice]) -> MaturityModel:
    """Read one model file; `ModelError` names all that is wrong with it."""
    ...


def canonical(definition: Definition) -> str:
    """The definition as JSON with sorted keys: what is stored, and what is hashed."""
    ...


def fingerprint(definition: Definition) -> str:
    """The SHA-256 of `canonical`, in hexadecimal."""
    ...


def restore(text: str) -> Definition:
    """The definition that `canonical` wrote."""
    ...
