"""Benchmarks out and in: made of one's own teams, taken in from others, removed again.

What comes in is shown before it is stored; who it is from is said by whoever takes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from maturity import benchmark, comparing
from maturity import library as files
from maturity.benchmark import Benchmark, Group, Split
from maturity.benchmark_row import SOURCE_LENGTH, BenchmarkRow
from maturity.exchange import benchmarks
from maturity.exchange.lines import FileRefusedError
from maturity.model import MaturityModel
from maturity.peers import FEWEST
from maturity.quarter import Quarter, now
from maturity.service import RefusedError, Service
from maturity.structure import nearest
from maturity.team import plain_name
from maturity.words import count


@dataclass(frozen=True)
class Stored:
    """A benchmark that was taken in."""

    row: BenchmarkRow
    benchmark: Benchmark

    @property
    def source(self) -> str:
        return self.row.source

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.benchmark.quarter)


@dataclass(frozen=True)
class Preview:
    """A file that can be taken in."""

    benchmark: Benchmark
    model: MaturityModel
    notes: tuple[str, ...]
    """What has to be known before it is compared with."""
    already: Stored | None
    """The same file, where it is here already."""

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.benchmark.quarter)


def own(service: Service, model: str, quarter: Quarter, *, demo: bool) -> Benchmark:
    """The figures of the teams here; RefusedError where they are fewer than five."""
    if quarter > Quarter.current():
        raise RefusedError(
            f"{quarter.label} has not begun yet; choose this quarter or an earlier one."
        )
    definition = service.library.definition(model)
    its = definition.model
    found = comparing.peers_of(
        service,
        its.id,
        its.edition,
        quarter,
        categories={category.id for category in its.deciding},
        demo=demo,
    )
    if len(found.peers) < FEWEST:
        kind = "demo team" if demo else "team"
        raise RefusedError(
            f"{count(len(found.peers), kind)} submitted {its.name}, edition "
            f"{its.edition}, in {quarter.label} or the four quarters before. A "
            f"benchmark file needs at least five."
        )
    if len(its.edition) > benchmark.LONGEST_EDITION:
        raise RefusedError(
            f"The edition of {its.name} is named with more than "
            f"{benchmark.LONGEST_EDITION} characters; a benchmark file has no room for "
            "that. Add the model with a shorter one."
        )
    return benchmark.made(
        found.peers,
        model=its.id,
        edition=its.edition,
        hash=files.fingerprint(definition),
        quarter=quarter,
        demo=demo,
    )


def file_name(found: Benchmark) -> str:
    """benchmark-azure-2026-Q3.json, with -demo where the teams are invented."""
    demo = "-demo" if found.demo else ""
    return f"benchmark-{found.model}-{found.quarter}{demo}.json"


def propose(service: Service, name: str, data: bytes) -> Preview:
    """What a file holds; FileRefusedError where it cannot be taken in."""
    found = benchmarks.read(name, data)
    library = service.library
    models = {**library.disabled, **library.models}
    model = models.get(found.model)
    if model is None:
        raise FileRefusedError(
            name,
            f"model: there is no model '{found.model}' here"
            f"{nearest(found.model, models)}; add the model first, on Models",
        )
    same_edition = found.edition == model.edition
    if same_edition and (reason := misfit(found, model)):
        raise FileRefusedError(name, reason)
    return Preview(
        found,
        model,
        tuple(_notes(service, found, model)),
        next((one for one in stored(service) if one.benchmark == found), None),
    )


def _notes(service: Service, found: Benchmark, model: MaturityModel) -> Iterator[str]:
    if found.demo:
        yield "The teams in it are invented: it is compared with demo teams alone."
    if found.edition != model.edition:
        yield (
            f"It is of edition {found.edition}, and {model.edition} is used here now: "
            f"it compares with results of edition {found.edition} alone."
        )
    elif found.hash != files.fingerprint(service.library.defined(model)):
        yield (
            "Its model is worded differently in places, although the edition is the "
            "same: questions may not have been understood alike."
        )
    yield from remarks(found)


def remarks(found: Benchmark) -> Iterator[str]:
    """What has to be known of the scores behind a benchmark's figures."""
    if found.ranges:
        yield "Scores with open questions count at the low end of their range."
    if found.earlier:
        quarter = Quarter.parse(found.quarter)
        yield f"Some are from the four quarters before {quarter.label}."


def misfit(found: Benchmark, model: MaturityModel) -> str:
    """Why a benchmark does not compare with a model's edition; "" where it does."""
    categories = {category.id for category in model.deciding}
    return benchmark.misfit(found, model.edition, categories, model.most_tenths)


def take(service: Service, seen: Preview, source: str, by: str) -> BenchmarkRow:
    """Store a benchmark; RefusedError where it is not said who it is from."""
    source = plain_name(source)
    if not source:
        raise RefusedError("Say who the file is from; it is named beside its figures.")
    if len(source) > SOURCE_LENGTH:
        raise RefusedError(
            f"The name of a source has at most {SOURCE_LENGTH} characters; this one "
            f"has {len(source)}."
        )
    for one in stored(service):
        if one.benchmark == seen.benchmark:
            raise RefusedError(f"This file is here already, from {one.source}.")
        if one.source == source and _about(one.benchmark) == _about(seen.benchmark):
            raise RefusedError(
                f"There is another file from {source} of {seen.quarter.label}. Remove "
                "that one first: two files of nearly the same teams can give away who "
                "differs."
            )
    row = BenchmarkRow(
        id=uuid4().hex,
        source=source,
        model=seen.benchmark.model,
        demo=seen.benchmark.demo,
        body=benchmarks.write(seen.benchmark).decode(),
        author=by,
        at=now(),
    )
    service.store.add_benchmark(row)
    return row


def _about(found: Benchmark) -> tuple[object, ...]:
    return found.model, found.edition, found.quarter, found.demo


def stored(service: Service) -> list[Stored]:
    """Every benchmark that was taken in, in the order they came."""
    return [
        Stored(row, Benchmark.model_validate_json(row.body))
        for row in service.store.benchmarks()
    ]


def remove(service: Service, id: str, by: str) -> None:
    """Delete a benchmark for good; RefusedError where it is not there any more."""
    if not service.store.remove_benchmark(id, by):
        raise RefusedError("This file was removed already.")


def group(found: Benchmark, split: Split | None, value: str) -> Group | None:
    """The figures of all teams, or of those alike; None where they are left out."""
    return found.all if split is None else found.groups(split).get(value)
