"""The story of a quarter: four findings that a leader can be told, from the figures.

Where we are, how far we came, what holds us back, what we ask for. The slides on
screen and those of a file show the same sentences, because both come from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from maturity import bridge_words, gap_words, movement_words, words
from maturity.bridge import Bridge, bridge
from maturity.gaps import Gap, answer_first, gaps
from maturity.plan import PlanRow
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.roadmap import counts
from maturity.scoring import Score

FACTS = 3
"""How many facts a slide shows at most."""
ASK = "What we ask for"


class Direction(StrEnum):
    """Which way a quarter went."""

    BETTER = "Better"
    WORSE = "Worse"
    MIXED = "Mixed"
    """Of several teams: some up, some down."""
    STABLE = "Stable"
    UNCERTAIN = "Not certain"
    FIRST = "First assessment"
    NEW_EDITION = "A new edition of the model"
    NOTHING = "Nothing applies"


@dataclass(frozen=True)
class Verdict:
    """Better, worse or stable, and why, in one sentence."""

    direction: Direction
    sentence: str


@dataclass(frozen=True)
class Hold:
    """One thing that holds the team back: a gap, or a question to answer first."""

    name: str
    category: str
    now: str
    """The present answer, as a sentence."""
    wanted: str
    """The next step, or the question."""
    owner: str
    """Who does it by the plan; "" for nobody."""
    due: Quarter | None
    """By the end of which quarter, by the plan."""
    open: bool = False
    """A question that nobody answered yet, so that it may be no gap at all."""

    @property
    def planned(self) -> str:
        """Ana Lima, by Q1 2027; or that nothing is planned."""
        if self.open:
            return "Answer it first"
        if self.owner and self.due:
            return f"{self.owner}, by {self.due.label}"
        if self.due:
            return f"No owner yet, by {self.due.label}"
        return f"{self.owner}, no date yet" if self.owner else "Not planned yet"


@dataclass(frozen=True)
class Slide:
    """One finding: its place in the story, the conclusion, and a few facts."""

    over: str
    headline: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """A team's quarter through one model, ready to be told."""

    verdict: Verdict
    where: Slide
    far: Slide
    back: Slide
    ask: Slide
    holds: tuple[Hold, ...]
    """What holds the team back most, at most three."""
    more: tuple[Hold, ...] = ()
    """What else holds it back, in the same order."""

    @property
    def slides(self) -> tuple[Slide, ...]:
        return self.where, self.far, self.back, self.ask


def tell(
    reading: Reading,
    history: Sequence[Reading],
    plan: Sequence[PlanRow] = (),
    names: Mapping[str, str] | None = None,
    ask: str = "",
) -> Story:
    """The story of a reading.

    `history` holds the submitted quarters, oldest first; later ones than the reading's
    are left out. `names` are people by id, `ask` is what the team wrote itself.
    """
    earlier = [r for r in history if r.quarter < reading.quarter]
    judged = verdict(reading, earlier[-1] if earlier else None)
    step = reading.overall.next
    found = gaps(reading.definition, reading.result, step.level) if step else []
    missing = [gap for gap in found if gap.needed]
    waiting = (
        answer_first(reading.definition, reading.result, step.level) if step else []
    )
    rows = {row.practice: row for row in plan if counts(row)}
    holds = [_hold(reading, gap, rows, names or {}) for gap in missing]
    holds += [
        Hold(p.name, "", reading.answer_text(p), p.question, "", None, open=True)
        for p in waiting
    ]
    most = tuple(holds[:FACTS])
    return Story(
        verdict=judged,
        where=Slide("Where we are", judged.sentence, _where(reading)),
        far=Slide("How far we came", _far(reading, earlier)),
        back=Slide(
            "What holds us back", gap_words.held_back(reading, missing, len(waiting))
        ),
        ask=_ask(reading, most, ask),
        holds=most,
        more=tuple(holds[FACTS:]),
    )


def verdict(reading: Reading, before: Reading | None) -> Verdict:
    """Better, worse or stable since the earlier quarter, and why.

    Neither better nor worse is said while ranges overlap, and nothing is compared
    across editions of a model.
    """
    now = reading.overall
    if now.lowest is None:
        sentence = "Nothing in this model applies to this team."
        return Verdict(Direction.NOTHING, sentence)
    if before is None:
        return _said(Direction.FIRST, f"{_stands(reading)}{_while_open(now)}")
    then, since = before.overall, before.quarter.label
    if before.definition.model.edition != reading.definition.model.edition:
        said = f"{_stands(reading)}; {since} was read by an earlier edition"
        return _said(Direction.NEW_EDITION, f"{said} and does not compare")
    if then.lowest is None:
        said = f"{_stands(reading)}; nothing applied in {since}"
        return _said(Direction.UNCERTAIN, f"{said}, so nothing compares")
    way = words.compare(then, now)
    if way is None:
        return _said(Direction.UNCERTAIN, _overlapping(reading, before))
    split = bridge(before, reading)
    if way == 0:
        high = _highest(reading)
        still = _why_still(split, high, words.word_of(now))
        said = f"{words.level(now)}{high} with a score of {words.tenths(now)}"
        return _said(Direction.STABLE, f"{said}, as in {since}{still}")
    direction = Direction.BETTER if way > 0 else Direction.WORSE
    return _said(direction, f"{_moved(now, then, since, way)}{_why(split, way)}")


def _said(direction: Direction, rest: str) -> Verdict:
    return Verdict(direction, f"{direction.value}: {rest}.")


def _stands(reading: Reading) -> str:
    """Level 2 of 4 with a score of 2.3."""
    score, model = reading.overall, reading.definition.model
    counted = words.one_level(score) and not model.by_points
    of = f" of {model.top}" if counted else ""
    return f"{words.level(score)}{of} with a score of {words.tenths(score)}"


def _highest(reading: Reading) -> str:
    low = reading.overall.lowest
    top = low is not None and low.level == reading.definition.model.top
    return ", the highest," if top else ""


def _while_open(score: Score) -> str:
    if not score.open:
        return ""
    verb = "is" if score.open == 1 else "are"
    return f" while {words.count(score.open, 'question')} {verb} open"


def _overlapping(reading: Reading, before: Reading) -> str:
    now, then = reading.overall, before.overall
    said = (
        f"{words.level(now)} with a score of {words.tenths(now)}, after "
        f"{words.level(then)} with {words.tenths(then)} in {before.quarter.label}"
    )
    open_now = _while_open(now)
    return f"{said}; the two overlap{open_now or ' because questions were open then'}"


def _moved(now: Score, then: Score, since: str, way: int) -> str:
    if words.level(now) != words.level(then):
        side = "up" if way > 0 else "down"
        return f"{words.level(now)}, {side} from {words.level(then)} in {since}"
    return (
        f"still {words.level(now)}, with a score of {words.tenths(now)} after "
        f"{words.tenths(then)} in {since}"
    )


def _why(split: Bridge | None, way: int) -> str:
    """Which kinds of change moved the score, and which worked against it."""
    if split is None:
        return ""
    helped = [bridge_words.what(p) for p in split.parts if p.tenths * way > 0]
    against = [bridge_words.what(p) for p in split.parts if p.tenths * way < 0]
    if not helped:
        return ""
    though = f", though {words.listed(against)}" if against else ""
    return f", because {words.listed(helped)}{though}"


def _why_still(split: Bridge | None, high: str, what: str) -> str:
    if split is None:
        return ""
    if not split.parts:
        return ", because no answer moved"
    changed = words.listed([bridge_words.what(part) for part in split.parts])
    if any(part.tenths for part in split.parts):
        return f": {changed}, which cancel out"
    return f": {changed}" + (
        "" if high else f", and the next {what} waits for other answers"
    )


def _where(reading: Reading) -> tuple[str, ...]:
    score, model = reading.overall, reading.definition.model
    if score.lowest is None:
        return ()
    said = [f"{words.level_name(model, score)}.", words.next_step(model, score)]
    sure = f"{words.level_and_evidence(score)}."
    if score.open or score.not_applicable:
        sure = f"{sure} {words.coverage(score)}."
    return (*said, sure)


def _far(reading: Reading, earlier: Sequence[Reading]) -> str:
    if not earlier:
        return f"This is our first quarter: {words.level(reading.overall)}."
    return f"{movement_words.trend_title([*earlier, reading])}."


def _hold(
    reading: Reading, gap: Gap, rows: Mapping[str, PlanRow], names: Mapping[str, str]
) -> Hold:
    row = rows.get(gap.practice.id)
    return Hold(
        name=gap.practice.name,
        category=reading.definition.model.category(gap.category).name,
        now=gap.now.text,
        wanted=gap.next.text,
        owner=names.get(row.owner, "") if row else "",
        due=Quarter.parse(row.due) if row and row.due else None,
    )


def _ask(reading: Reading, holds: Sequence[Hold], written: str) -> Slide:
    step = reading.overall.next
    if written.strip() or step is None or not holds:
        return asked_for(written)
    goal = words.level_number(reading.definition.model, step.level)
    facts = tuple(hold.wanted for hold in holds)
    if all(hold.open for hold in holds):
        return Slide(ASK, f"To know whether we reach {goal}, answers to these:", facts)
    things = "this one thing" if len(holds) == 1 else f"these {_few(len(holds))} things"
    return Slide(
        ASK,
        f"To reach {goal}, help us to change {things}.",
        facts,
    )


def asked_for(written: str) -> Slide:
    """What was written for leaders; else that nothing new is asked for."""
    if not written.strip():
        return Slide(ASK, "Nothing new: help us to keep what we have.")
    first, *rest = [line for line in written.splitlines() if line.strip()]
    return Slide(ASK, first.strip(), tuple(line.strip() for line in rest[:FACTS]))


def _few(number: int) -> str:
    return {2: "two", 3: "three"}[number]
