"""What a report of one quarter shows, gathered once for every format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from maturity import asking, evidence_words, plan_words, roadmap, story, words
from maturity.charts.inputs import CategoryScore, QuarterScore, Scale
from maturity.charts.readings import (
    category_scores,
    comparable,
    quarter_score,
    scale_of,
)
from maturity.plan import PlanRow
from maturity.quarter import Quarter, today
from maturity.reading import Reading
from maturity.scoring import shown
from maturity.service import Service


@dataclass(frozen=True)
class Planned:
    """One step of the plan, as text."""

    name: str
    step: str
    """The answer that the team wants to be able to give."""
    owner: str
    """"" for nobody yet."""
    due: str
    """The quarter by whose end it is due; "" for no date yet."""
    status: str


@dataclass(frozen=True)
class Figures:
    """One team's quarter through one model, with its story and its history."""

    reading: Reading
    told: story.Story
    before: Quarter | None
    """The earlier quarter that is compared; None where there is none to compare."""
    categories: tuple[CategoryScore, ...]
    readings: tuple[Reading, ...]
    """The submitted quarters up to this one, oldest first, and this one."""
    quarters: tuple[QuarterScore, ...]
    """What the whole model came to in each of them."""
    scale: Scale
    plan: tuple[Planned, ...]
    """The steps of the plan as it is today, in the order that lifts the level."""
    made: date

    @property
    def title(self) -> str:
        """Fraud detection · Azure MLOps maturity model · Q3 2026."""
        model = self.reading.definition.model
        return f"{self.reading.team.name} · {model.name} · {self.reading.quarter.label}"

    @property
    def holds(self) -> tuple[story.Hold, ...]:
        """Everything that stands before the next level, most pressing first."""
        return self.told.holds + self.told.more

    @property
    def categories_title(self) -> str:
        """Which category is furthest behind."""
        scored = [(c.now.lowest.tenths, c.name) for c in self.categories if c.now]
        if not scored:
            return "No category applies to this team."
        low = min(tenths for tenths, _ in scored)
        last = [name for tenths, name in scored if tenths == low]
        if len(last) == len(scored):
            return "Every category stands at the same score."
        verb = "is" if len(last) == 1 else "are"
        settled = words.settled(self.reading.overall)
        so_far = "" if settled else "By the answers so far, "
        return f"{so_far}{words.listed(last)} {verb} furthest behind."

    @property
    def sure(self) -> tuple[str, ...]:
        """Whether it is submitted, how much is answered, and what evidence proves."""
        reading, row = self.reading, self.reading.submitted
        said = [
            f"Submitted on {words.day(row.at)}."
            if row
            else "A draft: not submitted yet, and it may still change.",
            f"{words.coverage(reading.overall)}.",
        ]
        if proven := reading.overall.evidenced:
            both = words.level_and_evidence(reading.overall)
            said.append(f"{both}, and then a score of {shown(proven.tenths)}.")
        if backed := evidence_words.backed(reading):
            said.append(f"{backed}.")
        return tuple(said)

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands on every report: how sure, by which rule, from which source."""
        reading, model = self.reading, self.reading.definition.model
        row = reading.submitted
        said = [*self.sure]
        if row and row.scope:
            said.append(f"Covers: {row.scope}")
        said += [
            f"Source: {model.source.title}, {model.source.publisher}, edition "
            f"{model.edition}. {model.source.url}",
            model.ours,
            "A self-assessment: nobody from outside has checked the answers.",
        ]
        if reading.team.demo:
            said.append("Demo data: this team is invented.")
        return tuple(said)


def gather(service: Service, reading: Reading, history: Sequence[Reading]) -> Figures:
    """Everything a report of the reading shows; `history` is oldest first."""
    store, team, model = service.store, reading.team.id, reading.definition.model.id
    plan = store.plan(team)
    names = store.names([row.owner for row in plan if row.owner])
    ask = asking.current(service, team, model, reading.quarter)
    earlier = [r for r in history if r.quarter < reading.quarter]
    before = comparable(reading, earlier[-1]) if earlier else None
    return Figures(
        reading=reading,
        told=story.tell(reading, history, plan, names, ask),
        before=before.quarter if before else None,
        categories=category_scores(reading, before),
        readings=(*earlier, reading),
        quarters=tuple(quarter_score(r) for r in [*earlier, reading]),
        scale=scale_of(reading),
        plan=_planned(service, reading, plan, names),
        made=today(),
    )


def _planned(
    service: Service,
    reading: Reading,
    plan: Sequence[PlanRow],
    names: Mapping[str, str],
) -> tuple[Planned, ...]:
    kept = [row for row in plan if roadmap.counts(row)]
    found = roadmap.ways(reading, roadmap.usual_aim(reading), ())
    steps = []
    for row in roadmap.in_order(kept, found):
        practice = service.practice(row.practice)
        rung = practice.rung(row.rung) if practice else None
        steps.append(
            Planned(
                name=practice.name if practice else row.practice,
                step=rung.text if rung else "Not asked any more",
                owner=names.get(row.owner, ""),
                due=Quarter.parse(row.due).label if row.due else "",
                status=plan_words.status(row, Quarter.current()),
            )
        )
    return tuple(steps)
