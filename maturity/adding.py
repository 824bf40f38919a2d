"""Adding a model, bringing a new edition of it, disabling it, and the ways back.

A file is first a proposal: read, checked and compared with the edition in force, while
nothing changes. Every write takes the id of the acting person and checks again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maturity import collection, foreign, model_text
from maturity.document import Unreadable, parse
from maturity.library import Library, ModelError
from maturity.model import Definition, MaturityModel
from maturity.model_changes import ModelChanges, changes, substance
from maturity.model_row import ModelRow, Step
from maturity.quarter import Quarter, now
from maturity.reading import Reading, Targets
from maturity.scoring import score
from maturity.service import RefusedError, Service
from maturity.team import Team


@dataclass(frozen=True)
class Proposal:
    """A file that can be added, as it would be."""

    name: str
    body: str
    """The YAML text; of another format, what it was converted to."""
    definition: Definition
    before: MaturityModel | None
    """The edition in force, where there is one."""
    changes: ModelChanges | None
    """What it changes in that edition."""
    notes: tuple[str, ...]
    """What a conversion could not carry over."""
    seen: int
    """The newest row of the model when the proposal was made."""

    @property
    def model(self) -> MaturityModel:
        return self.definition.model

    @property
    def same(self) -> bool:
        """Whether the edition in force is this one, word for word."""
        return self.changes is not None and not self.changes.wording


def propose(service: Service, name: str, raw: bytes) -> Proposal:
    """Read a file and compare it; ModelError says what is wrong, and nothing changes.

    A custom lens of the AWS Well-Architected Tool or a DSOMM model is converted.
    """
    converted = foreign.convert(name, raw)
    body = converted.text if converted else raw.decode("utf-8", "replace")
    taken_in = converted.text.encode() if converted else raw
    rows = service.store.model_rows()
    known = collection.compose(service.library.bundled, rows)
    model_id = _id_of(raw if converted is None else taken_in)
    others = _taken_by_others(known, model_id)
    model = collection.read(name, taken_in, known.bundled, others)
    its = [row for row in rows if row.model == model.id]
    _refuse_used_edition(name, taken_in, model, its)
    before = known.models.get(model.id) or known.disabled.get(model.id)
    definition = known.defined(model)
    return Proposal(
        name=name,
        body=body,
        definition=definition,
        before=before,
        changes=changes(known.defined(before), definition) if before else None,
        notes=converted.notes if converted else (),
        seen=its[-1].seq if its else 0,
    )


def add(service: Service, proposal: Proposal, by: str) -> ModelRow:
    """Add what was proposed; RefusedError if the model changed since then."""
    name = f"{proposal.model.id}.yaml"
    try:
        again = propose(service, name, proposal.body.encode())
    except ModelError as error:
        raise RefusedError(f"Nothing was changed. {error}") from error
    if again.seen != proposal.seen:
        raise _moved(proposal.model.name)
    row = service.store.add_model_row(
        proposal.model.id,
        Step.ADDED,
        seen=proposal.seen,
        edition=proposal.model.edition,
        body=proposal.body,
        by=by,
        at=now(),
    )
    if row is None:
        raise _moved(proposal.model.name)
    return row


def text(service: Service, model_id: str, *, as_start: bool = False) -> str:
    """A model as a file: as it was added, or as a copy under an id of its own.

    Practices of the library stand in it by their ids alone, so that answers to them
    stay shared; those that the model brings along stand in it whole.
    """
    model = service.library.models[model_id]
    if as_start:
        return model_text.as_start(model, service.library.bundled.practices)
    added = editions(service, model_id)
    return added[0].body if added else model_text.text_of(model)


def unanswered(definition: Definition) -> Reading:
    """A model as it looks to a team that has answered nothing yet."""
    quarter = Quarter.current()
    result = score(definition, {}, quarter)
    return Reading(
        team=Team("", ""),
        definition=definition,
        quarter=quarter,
        answers={},
        result=result,
        if_kept=result,
        carried=0,
        submitted=None,
        changed=0,
        targets=Targets(),
    )


def editions(service: Service, model_id: str) -> list[ModelRow]:
    """Every edition of an added model that ever came in, newest first."""
    rows = service.store.model_rows()
    return [r for r in reversed(rows) if r.model == model_id and r.step is Step.ADDED]


def restore(service: Service, seq: int, by: str) -> ModelRow:
    """Let an earlier edition hold again; answers to its ladders count again."""
    rows = {row.seq: row for row in service.store.model_rows()}
    row = rows.get(seq)
    if row is None or row.step is not Step.ADDED:
        raise RefusedError("There is no such edition.")
    try:
        proposal = propose(service, f"{row.model}.yaml", row.body.encode())
    except ModelError as error:
        raise RefusedError(f"This edition cannot be used any more. {error}") from error
    return add(service, proposal, by)


def undo(service: Service, added: ModelRow, by: str) -> None:
    """Take back an edition: the one before holds again, or the model is disabled."""
    earlier = [row for row in editions(service, added.model) if row.seq < added.seq]
    if earlier:
        restore(service, earlier[0].seq, by)
    else:
        disable(service, added.model, by)


def disable(service: Service, model_id: str, by: str) -> None:
    """Take a model off every list; its answers and submitted quarters stay."""
    known = _known(service)
    if model_id not in known.models:
        raise RefusedError(f"There is no model {model_id!r} to disable.")
    if len(known.models) == 1:
        raise RefusedError(
            f"{known.models[model_id].name} is the only model left. Enable or add "
            "another one first."
        )
    _step(service, model_id, Step.DISABLED, by)


def enable(service: Service, model_id: str, by: str) -> None:
    """Put a disabled model back on every list."""
    if model_id not in _known(service).disabled:
        raise RefusedError(f"There is no disabled model {model_id!r}.")
    _step(service, model_id, Step.ENABLED, by)


def _known(service: Service) -> Library:
    return collection.compose(service.library.bundled, service.store.model_rows())


def _step(service: Service, model_id: str, step: Step, by: str) -> None:
    its = [r.seq for r in service.store.model_rows() if r.model == model_id]
    seen = its[-1] if its else 0
    if not service.store.add_model_row(model_id, step, seen=seen, by=by, at=now()):
        raise _moved(model_id)


def _moved(name: str) -> RefusedError:
    return RefusedError(
        f"Nothing was changed: somebody has just changed {name}. Look again, then "
        "decide."
    )


def _id_of(raw: bytes) -> str:
    try:
        data = parse("", raw).data
    except Unreadable:  # said when the file is read
        return ""
    return str(data.get("id", "")) if isinstance(data, dict) else ""


def _taken_by_others(known: Library, model_id: str) -> set[str]:
    """The ids of other added models, and of the practices they bring along."""
    every = {**known.models, **known.disabled}
    others = [model for id, model in every.items() if id != model_id]
    own = {practice.id for model in others for practice in model.practices}
    return {model.id for model in others} | own


def _refuse_used_edition(
    name: str, raw: bytes, model: MaturityModel, its: Sequence[ModelRow]
) -> None:
    """One name of an edition, one substance: else quarters look alike and are not."""
    for row in its:
        if row.step is not Step.ADDED or row.edition != model.edition:
            continue
        try:
            earlier = MaturityModel.model_validate(parse("", row.body.encode()).data)
        except (Unreadable, ValueError):
            continue
        if substance(earlier) != substance(model):
            line = parse(name, raw).line(("edition",))
            raise ModelError(
                f"{name}, line {line}, edition: {model.edition!r} is in use here for "
                "other criteria or answers to choose from; write another edition, so "
                "that quarters of the two are not taken for the same"
            )
