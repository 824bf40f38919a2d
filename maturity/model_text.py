"""Writes a model as the YAML text that reads back as the same model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import yaml

from maturity.model import MaturityModel

SHORT_NAME = 12


class _Dumper(yaml.SafeDumper):
    """Lists indented below their key, and nothing by reference."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def dumped(data: Mapping[str, object]) -> str:
    """Values as YAML in block style, the keys in their order."""
    text: str = yaml.dump(
        dict(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=88
    )
    return text


def text_of(model: MaturityModel) -> str:
    """A model as it would stand in a file; what has its default is left out."""
    return dumped(_values(model))


def as_start(model: MaturityModel, library: Collection[str]) -> str:
    """A copy under an id of its own, to change and to add.

    Practices of the library stay the same ones, so that their answers are shared;
    others that the model brings along are copied with it.
    """
    old, new = f"{model.id}.", f"my-{model.id}."

    def renamed(name: str) -> str:
        return new + name.removeprefix(old)

    own = [p for p in model.practices if p.id not in library]
    ids = {practice.id: renamed(practice.id) for practice in own}
    values = _values(model)
    values |= {
        "id": f"my-{model.id}",
        "name": f"{model.name}, our own",
        "short_name": f"My {model.short_name}"[:SHORT_NAME].strip(),
        "edition": "1",
        "ours": f"Copied from {model.name}, edition {model.edition}, as a start. "
        f"{model.ours}",
        "criteria": [
            {
                **criterion.model_dump(exclude_none=True),
                "id": renamed(criterion.id),
                "practice": ids.get(criterion.practice, criterion.practice),
            }
            for criterion in model.criteria
        ],
    }
    values.pop("practices", None)
    if own:
        values["practices"] = [
            {**practice.model_dump(exclude_none=True), "id": ids[practice.id]}
            for practice in own
        ]
    return dumped(values)


def _values(model: MaturityModel) -> dict[str, object]:
    values = model.model_dump(exclude_defaults=True)
    return {key: value for key, value in values.items() if value != []}
