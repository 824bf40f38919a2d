"""What differs between two editions of a model, and in words what that means.

Only what is asked and how it is counted makes another edition. Names, summaries and
the wording of questions may change within one: the same rung ids in the same order
are the same ladder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maturity import words
from maturity.model import AnyCriterion, Criterion, Definition, MaturityModel
from maturity.practice import Practice


@dataclass(frozen=True)
class ModelChanges:
    """What a newer edition changes."""

    added: tuple[AnyCriterion, ...]
    dropped: tuple[AnyCriterion, ...]
    changed: tuple[tuple[AnyCriterion, str], ...]
    """Criteria that ask otherwise now, each with a sentence on how."""
    asked_again: tuple[Practice, ...]
    """Practices whose ladder is another one, so that answers to them are open."""
    asked_newly: tuple[Practice, ...]
    """Practices that the older edition did not ask."""
    scale: bool
    """Whether levels, bands or categories came or went."""
    wording: bool
    """Whether any text differs."""

    @property
    def of_substance(self) -> bool:
        """Whether results of the two editions cannot be compared."""
        counted = (self.added, self.dropped, self.changed, self.asked_again)
        return self.scale or any(counted)


def substance(model: MaturityModel) -> tuple[object, ...]:
    """What makes an edition: what is asked and how it is counted, without words."""
    return (
        _scale(model),
        {criterion.id: _asks(criterion) for criterion in model.criteria},
        {practice.id: practice.ladder for practice in model.practices},
    )


def changes(before: Definition, after: Definition) -> ModelChanges:
    """Compare two editions of one model."""
    old = {criterion.id: criterion for criterion in before.model.criteria}
    new = {criterion.id: criterion for criterion in after.model.criteria}
    both = [(old[id], new[id]) for id in new if id in old]
    return ModelChanges(
        added=tuple(c for id, c in new.items() if id not in old),
        dropped=tuple(c for id, c in old.items() if id not in new),
        changed=tuple(
            (now, _difference(was, now, before.model, after.model))
            for was, now in both
            if _asks(was) != _asks(now)
        ),
        asked_again=tuple(
            practice
            for practice in after.asked
            if practice.id in before.practices
            and before.practices[practice.id].ladder != practice.ladder
        ),
        asked_newly=tuple(p for p in after.asked if p.id not in before.practices),
        scale=_scale(before.model) != _scale(after.model),
        wording=before.model != after.model,
    )


def told(found: ModelChanges) -> Iterator[tuple[str, list[str]]]:
    """Headings with what stands below each; nothing where the editions are alike."""
    if found.asked_again:
        number = words.count(len(found.asked_again), "practice")
        yield (
            f"{number} asked again, because the answers to choose from changed",
            [practice.name for practice in found.asked_again],
        )
    if found.asked_newly:
        number = words.count(len(found.asked_newly), "new question")
        yield number, [practice.question for practice in found.asked_newly]
    if found.added:
        number = words.count(len(found.added), "criterion", "criteria")
        yield f"{number} added", [criterion.text for criterion in found.added]
    if found.dropped:
        number = words.count(len(found.dropped), "criterion", "criteria")
        yield f"{number} dropped", [criterion.text for criterion in found.dropped]
    if found.changed:
        number = words.count(len(found.changed), "criterion", "criteria")
        lines = [f"{criterion.text} {how}" for criterion, how in found.changed]
        yield f"{number} changed", lines
    if found.scale:
        yield "Levels or categories changed", []
    if found.wording and not found.of_substance:
        yield (
            "Only names and wording changed",
            ["Every answer still counts, and quarters stay comparable."],
        )


def _scale(model: MaturityModel) -> tuple[object, ...]:
    levels = tuple(level.number for level in model.levels)
    bands = tuple(band.above for band in model.bands)
    categories = tuple((c.id, c.informative) for c in model.categories)
    return model.rule, levels, bands, categories


def _asks(criterion: AnyCriterion) -> tuple[object, ...]:
    where = (criterion.category, criterion.practice)
    if isinstance(criterion, Criterion):
        return *where, criterion.level, criterion.at_least, criterion.gating
    return *where, tuple(criterion.points.items())


def _difference(
    was: AnyCriterion, now: AnyCriterion, before: MaturityModel, after: MaturityModel
) -> str:
    """As in "(Level 2, was Level 1)"."""
    said = []
    if isinstance(was, Criterion) and isinstance(now, Criterion):
        if was.level != now.level:
            old = words.level_number(before, was.level)
            said.append(f"{words.level_number(after, now.level)}, was {old}")
        if was.gating != now.gating:
            said.append("decides now" if now.gating else "no longer decides")
    if was.category != now.category:
        old, new = (
            model.category(c.category).name
            for model, c in ((before, was), (after, now))
        )
        said.append(f"in {new}, was in {old}")
    if was.practice != now.practice:
        said.append("answered by another practice")
    elif was.at_least != now.at_least:
        said.append(f"asks for {now.at_least}, was {was.at_least}")
    return f"({', '.join(said or ['other points'])})"
