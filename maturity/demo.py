"""Demo teams: invented stories in `data/demo`, told as answers quarter by quarter.

Some end with a plan: steps with owners and dates, ahead of the current quarter.

A story says only what changed in a quarter; everything else is kept, as a team would
keep it. Levels and scores stand in no story: the engine works them out of the answers.
The last chapter of every story falls in the last full quarter before today.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import chain, count
from typing import Literal

import yaml
from pydantic import Field

from maturity import demo_groups, demo_respondents
from maturity import library as files
from maturity.answer import Answer, AnswerRow, State
from maturity.model import Definition
from maturity.plan import NewStep, Status
from maturity.practice import Id, Record, Serving, Text
from maturity.quarter import Quarter, now, today
from maturity.reading import freeze
from maturity.readings import CARRIED_QUARTERS
from maturity.scoring import score
from maturity.service import Service
from maturity.storage import Store
from maturity.team import NameTakenError, NewAnswer, Team

_SATURDAY = 5
_MEETING = time(9, 10)
_SUBMITTED = time(15, 20)
_A_QUESTION = timedelta(seconds=40)
_REVIEW = timedelta(days=2)
"""From the meeting that answers to the submission."""


class Chapter(Record):
    """One quarter of a story: what the team said that it had not said before."""

    ago: int = Field(ge=0, description="Quarters before the current one.")
    submitted: int | None = Field(
        default=None,
        ge=0,
        description="Days before the quarter's end; left out, it stays a draft.",
    )
    by: Text = Field(description="Who submits.")
    models: list[Id] = Field(min_length=1)
    answers: dict[Id, Id] = Field(default={}, description="Rungs by practice.")
    not_applicable: dict[Id, Text] = Field(default={}, description="Reasons.")
    unknown: list[Id] = Field(default=[], description="We don't know.")
    left_open: list[Id] = Field(default=[], description="Carried and not kept.")
    notes: dict[Id, Text] = Field(default={}, description="By practice.")
    evidence: dict[Id, Text] = Field(default={}, description="New links.")
    checked_again: list[Id] = Field(
        default=[], description="The link is the same, its date is new."
    )
    valid_for: dict[Id, int] = Field(
        default={},
        description="Quarters for which evidence of this one counts; else the usual.",
    )
    reviewed: dict[Id, Text] = Field(
        default={}, description="Who reviewed the evidence of this one, by practice."
    )


class Aim(Record):
    """A target that the team sets early in a quarter."""

    ago: int = Field(ge=0)
    model: Id
    category: Id | None = None
    level: int
    within: int = Field(ge=1, description="Quarters from the one it is set in.")


class PlannedStep(Record):
    """A step that the team planned in its last chapter."""

    practice: Id
    rung: Id
    owner: Text | None = Field(default=None, description="One of the team's people.")
    within: int = Field(ge=0, description="Quarters from the current one.")
    status: Literal["planned", "doing"] = "planned"


class Story(Record):
    """One demo team."""

    name: Text
    domain: Text
    size: Text
    serving: Serving
    scope: Text = Field(description="Which trained models the assessments cover.")
    people: list[Text] = Field(min_length=1, description="Who answers, in turns.")
    targets: list[Aim] = Field(default=[], description="Oldest first.")
    chapters: list[Chapter] = Field(min_length=1, description="Oldest first.")
    plan: list[PlannedStep] = Field(default=[], description="What comes next.")
    panel: demo_respondents.Panel | None = Field(
        default=None, description="Who answers the current quarter alone."
    )


def stories() -> list[Story]:
    """Every story, in the order of the file names."""
    paths = sorted((files.data_folder() / "demo").glob("[!.]*.yaml"))
    return [
        Story.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in paths
    ]


def load(service: Service) -> None:
    """Write the demo teams with their history; nothing where there are some already.

    A real team of the same name keeps it, and the demo team takes another.
    """
    store = service.store
    if any(team.demo for team in store.teams(archived=True)):
        return
    try:
        teams: dict[str, str] = {}
        for story in stories():
            team = _add_team(store, story)
            if team is None:  # somebody else is loading them at this moment
                return
            tell(service, story, team)
            teams[story.name] = team.id
        demo_groups.load(store, teams)
    except BaseException:
        store.remove_demo("")  # no half of a demo stays behind
        raise


def _add_team(store: Store, story: Story) -> Team | None:
    """Add the story's team; None if another demo team has its name."""
    others = (f"{story.name} (demo {number})" for number in count(2))
    names = chain([story.name, f"{story.name} (demo)"], others)
    while True:
        try:
            return store.add_team(
                next(names),
                domain=story.domain,
                size=story.size,
                serving=story.serving,
                demo=True,
                by="",
            )
        except NameTakenError as taken:
            if taken.team.demo:
                return None


def tell(service: Service, story: Story, team: Team) -> None:
    """Write the answers, targets and assessments of one team's story."""
    store = service.store
    people = {name: store.person(name) for name in story.people}
    models = {m for chapter in story.chapters for m in chapter.models}
    definitions = {
        model: service.definition(team, model)
        for model in sorted(models & service.library.models.keys())
    }
    rows = list(_rows(story, team, people, definitions))
    stored = [appended.row for appended in store.append(rows)]
    for aim in story.targets:
        quarter = Quarter.current().shift(-aim.ago)
        store.set_target(
            team.id,
            aim.model,
            category=aim.category or "",
            level=aim.level,
            by_quarter=str(quarter.shift(aim.within)),
            by=people[story.people[0]],
            at=_at(quarter.first_day + timedelta(days=14)),
        )
    _plan(store, story, team, people)
    for model, definition in definitions.items():
        told = [chapter for chapter in story.chapters if model in chapter.models]
        _assess(store, story, definition, told, stored, people)
    demo_respondents.load(service, team.id, story.panel, people)


def _plan(store: Store, story: Story, team: Team, people: Mapping[str, str]) -> None:
    """Plan the story's steps, two weeks into the current quarter at the latest."""
    current = Quarter.current()
    steps = [
        NewStep(
            practice=step.practice,
            rung=step.rung,
            owner=people[step.owner] if step.owner else "",
            due=str(current.shift(step.within)),
            status=Status(step.status),
        )
        for step in story.plan
    ]
    planned = _at(_weekday(current.first_day + timedelta(days=14)))
    store.plan_steps(team.id, steps, by=people[story.people[0]], at=planned)


def _rows(
    story: Story,
    team: Team,
    people: Mapping[str, str],
    definitions: Mapping[str, Definition],
) -> Iterator[NewAnswer]:
    """Every answer of a story, in the order in which they were given."""
    standing: dict[str, tuple[Quarter, Answer]] = {}
    for chapter in story.chapters:
        quarter = Quarter.current().shift(-chapter.ago)
        asked = list(
            dict.fromkeys(
                practice.id
                for model in chapter.models
                if model in definitions
                for practice in definitions[model].asked
            )
        )
        day = _meeting_day(chapter, quarter)
        for place, practice in enumerate(asked):
            dated = day - timedelta(days=5 * (place % 4))
            carried = _carried(standing.get(practice), quarter)
            answer = _answer(chapter, practice, carried, dated, quarter)
            if answer is not None:
                if reviewer := chapter.reviewed.get(practice):
                    by = people[reviewer]
                    answer = replace(answer, reviewed_by=by, reviewed_on=day)
                standing[practice] = quarter, answer
                # Each answers a part of the questions, as people do in a meeting.
                who = story.people[place * len(story.people) // len(asked)]
                yield NewAnswer(
                    team=team.id,
                    quarter=str(quarter),
                    practice=practice,
                    answer=answer,
                    author=people[who],
                    at=_at(day, place),
                )


def _carried(last: tuple[Quarter, Answer] | None, quarter: Quarter) -> Answer | None:
    """What the service offers again of the last answer."""
    if last is None:
        return None
    answered_in, answer = last
    offered = quarter - answered_in <= CARRIED_QUARTERS
    return answer if offered and answer.state is not State.UNKNOWN else None


def _answer(
    chapter: Chapter,
    practice: str,
    carried: Answer | None,
    dated: date,
    quarter: Quarter,
) -> Answer | None:
    """What a chapter says of a practice; None leaves it open."""
    if practice in chapter.unknown:
        said = Answer(State.UNKNOWN)
    elif reason := chapter.not_applicable.get(practice):
        said = Answer(State.NOT_APPLICABLE, reason=reason)
    elif rung := chapter.answers.get(practice):
        said = Answer(State.RUNG, rung)
    elif carried is not None and practice not in chapter.left_open:
        said = replace(carried, state=State.KEPT)
    else:
        return None
    note = chapter.notes.get(practice, said.note)
    link = chapter.evidence.get(practice, said.link)
    said = said.but(note=note, link=link)
    if practice in chapter.evidence or practice in chapter.checked_again:
        quarters = chapter.valid_for.get(practice)
        until = quarter.shift(quarters).last_day if quarters else None
        said = said.but(evidence_on=dated, valid_until=until)
    return said


def _assess(
    store: Store,
    story: Story,
    definition: Definition,
    chapters: Sequence[Chapter],
    stored: Sequence[AnswerRow],
    people: Mapping[str, str],
) -> None:
    """Submit one model's assessments, with what the engine makes of the answers."""
    model, digest = definition.model, files.fingerprint(definition)
    store.define(digest, model.id, model.edition, files.canonical(definition))
    asked = {practice.id for practice in definition.asked}
    for chapter in chapters:
        quarter = Quarter.current().shift(-chapter.ago)
        counted = [
            row
            for row in stored
            if row.quarter == str(quarter) and row.practice in asked
        ]
        team, meeting = stored[0].team, _meeting_day(chapter, quarter)
        by = people[chapter.by]
        if chapter.submitted is None:
            store.start(
                team,
                model.id,
                str(quarter),
                scope=story.scope,
                hash=digest,
                edition=model.edition,
                by=by,
                at=_at(meeting),
            )
            continue
        answers = {row.practice: row.answer for row in counted}
        store.submit(
            team,
            model.id,
            str(quarter),
            scope=story.scope,
            hash=digest,
            edition=model.edition,
            counted=tuple(row.seq for row in counted),
            result=freeze(score(definition, answers, quarter)),
            by=by,
            at=_at(_weekday(meeting + _REVIEW), start=_SUBMITTED),
        )


def _meeting_day(chapter: Chapter, quarter: Quarter) -> date:
    """The working day on which the team answers."""
    if chapter.submitted is None:
        return max(quarter.first_day, _weekday(today() - timedelta(days=1)))
    return _weekday(quarter.last_day - timedelta(days=chapter.submitted) - _REVIEW)


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def _at(day: date, place: int = 0, start: time = _MEETING) -> datetime:
    """When the question at this place was answered; never later than now."""
    return min(datetime.combine(day, start) + place * _A_QUESTION, now())
