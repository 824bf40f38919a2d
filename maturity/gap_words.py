"""The sentences about what stands between a team and its next level, or band."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from maturity import words
from maturity.gaps import Gap
from maturity.least import least_effort
from maturity.model import MaturityModel
from maturity.reading import Reading
from maturity.scoring import Step


def holding_back(unmet: int, waiting: int, step: Step, steps: int = 0) -> str:
    """How much stands between a team and its next level, or band.

    `steps` of a band: how many of the tests bring it with the least effort.
    """
    said = []
    if unmet and step.short:
        one = step.short == 10
        them, verb = ("it", "is") if one else ("them", "are")
        rest = f"{words.count(unmet, 'test')} can still give some"
        if steps:
            rest = f"the least effort to {them} is {words.count(steps, 'step')}"
        said.append(f"{words.points(step.short)} {verb} missing; {rest}.")
    elif unmet:
        verb = "needs" if unmet == 1 else "need"
        said.append(f"{words.count(unmet, 'practice')} {verb} to change.")
    if waiting:
        verb, them = ("is", "it") if waiting == 1 else ("are", "them")
        said.append(
            f"{words.count(waiting, 'question')} {verb} open: answer {them} first."
        )
    return " ".join(said)


def to_reach(model: MaturityModel, changes: int, step: Step) -> str:
    """Change these 8 practices to reach Level 3; of a band, these 5 steps lead there.

    Without a step of the least effort it says what the tests below must bring.
    """
    goal = words.level_number(model, step.level)
    what = "this practice" if changes == 1 else f"these {changes} practices"
    if not model.by_points:
        return f"Change {what} to reach {goal}."
    if not changes:
        verb = "leads" if step.short == 10 else "lead"
        missing = words.points(step.short)
        return f"{missing} more, out of these tests, {verb} to {goal}."
    lead = "This step leads" if changes == 1 else f"These {changes} steps lead"
    return f"{lead} to {goal} with the least effort."


def out_of_reach(model: MaturityModel, goal: str, beyond: Mapping[str, int]) -> str:
    """A band is out of reach: Data can come to 4 points; `beyond` holds tenths."""
    most = [
        f"{model.category(section).name} can come to {words.points(tenths)} at most"
        for section, tenths in beyond.items()
    ]
    verb = "are" if goal.startswith("your") else "is"
    return f"{goal[0].upper()}{goal[1:]} {verb} out of reach: {words.listed(most)}"


def held_back(reading: Reading, missing: Sequence[Gap], waiting: int) -> str:
    """Where most of it is; `missing` are the needed gaps, `waiting` open questions."""
    score = reading.overall
    if score.lowest is None:
        return "Nothing in this model applies to this team."
    if score.next is None:
        if score.bands:
            return "Nothing holds us back: this is the highest band."
        return "Nothing holds us back: we meet every criterion that applies."
    goal = words.level_number(reading.definition.model, score.next.level)
    if reading.definition.model.by_points:
        return _steps_back(reading, score.next.level, goal, missing, waiting)
    if not missing:
        verb = "stands" if waiting == 1 else "stand"
        questions = words.count(waiting, "open question")
        return f"{questions} {verb} between us and {goal}."
    if len(missing) == 1:
        return f"One practice holds us back from {goal}: {missing[0].practice.name}."
    number, named, most = _categories(reading, missing)
    name = named[0]
    if most == number:
        every = "both" if number == 2 else f"all {number}"
        return f"{name} holds us back from {goal}: {every} practices to change."
    if 2 * most > number:
        return (
            f"{name} holds us back most from {goal}: {most} of {number} practices to "
            "change."
        )
    where = words.listed(named) if len(named) <= 3 else f"{len(named)} categories"
    return f"{number} practices hold us back from {goal}, in {where}."


def _categories(reading: Reading, missing: Sequence[Gap]) -> tuple[int, list[str], int]:
    """How many gaps there are, in which categories, and how many in the first."""
    ranked = Counter(gap.category for gap in missing).most_common()
    named = [reading.definition.model.category(c).name for c, _ in ranked]
    return len(missing), named, ranked[0][1]


def _steps_back(
    reading: Reading, band: int, goal: str, missing: Sequence[Gap], waiting: int
) -> str:
    """The same where tests give points, so that there is a choice of steps."""
    least = least_effort(reading.definition, reading.result, band)
    if least.beyond:
        model = reading.definition.model
        return f"{out_of_reach(model, goal, least.beyond)}."
    questions = words.count(waiting, "open question")
    if not missing:
        verb = "stands" if waiting == 1 else "stand"
        return f"{questions} {verb} between us and {goal}."
    number, named, most = _categories(reading, missing)
    steps = words.count(number, "step")
    if least.waiting:
        return f"{steps} and {questions} stand between us and {goal}."
    if number == 1:
        return f"One step leads to {goal}: {missing[0].practice.name}."
    share = f"{most} of them"
    if most == number:
        share = "both" if number == 2 else "all"
    return f"{steps} lead to {goal} with the least effort, {share} in {named[0]}."
