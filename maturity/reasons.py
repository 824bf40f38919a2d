"""Why a level, a score or a range is what it is, in sentences.

Every reason is made of the counts of the result it explains, and of nothing else.
"""

from __future__ import annotations

from maturity.iso33020 import NAMES, IsoReading, RatedLevel
from maturity.model import MaturityModel
from maturity.scoring import Result, Score, Step, Verdict, shown
from maturity.words import (
    count,
    criteria,
    level_title,
    listed,
    next_step,
    points,
    settled,
    word_of,
)


def step_badge(model: MaturityModel, step: Step) -> str:
    """9 of 17 met, 2 open; that nothing is asked; of a band what is missing."""
    if model.by_points:
        return f"{points(step.short)} more" if step.short else "reached"
    if not step.asked:
        return "not applicable" if step.not_applicable else "asks nothing"
    text = f"{step.met} of {step.asked} met"
    if step.open:
        text += f", {step.open} open"
    return text


def step_line(model: MaturityModel, step: Step) -> str:
    """A level's criteria, counted: Level 1: …: 5 of 6 met, 1 not met."""
    title = level_title(model, step.level)
    if model.by_points:
        missing = f"{points(step.short)} missing" if step.short else "reached"
        return f"{title}: {missing}"
    if not step.asked:
        why = "all not applicable" if step.not_applicable else "asks nothing"
        return f"{title}: {why}"
    said = [f"{step.met} of {criteria(step.asked)} met"]
    if step.unmet:
        said.append(f"{step.unmet} not met")
    if step.open:
        said.append(f"{step.open} open")
    if step.not_applicable:
        said.append(f"{step.not_applicable} not applicable")
    return f"{title}: {', '.join(said)}"


VERDICTS = {
    Verdict.MET: "Met",
    Verdict.UNMET: "Not met",
    Verdict.OPEN: "Open",
    Verdict.NOT_APPLICABLE: "Not applicable",
}
"""What is said of a criterion on screen and in every file."""

RULES = {
    "gated": "**The weakest criterion decides.** A level is reached when every "
    "criterion of it, and of every level below it, is met.",
    "minimum-of-sums": "**The lowest section decides.** Each section adds up the "
    "points of its tests, and the score is the lowest of the sums.",
}


def sums(model: MaturityModel, result: Result) -> str:
    """Each section's points, which is lowest, and how many tests do not apply."""
    low = result.overall.lowest
    tenths = {
        category.name: mark.tenths
        for category in model.categories
        if (mark := result.categories[category.id].lowest) is not None
    }
    if low is None:
        return ""
    weakest = [name for name, one in tenths.items() if one == low.tenths]
    verb = "is" if len(weakest) == 1 else "are"
    told = listed([f"{name} {shown(one)}" for name, one in tenths.items()])
    said = (
        f"{told}: {listed(weakest)} {verb} lowest, so the score is "
        f"{shown(low.tenths)}, in the band {level_title(model, low.level)}."
    )
    if out := sum(j.verdict is Verdict.NOT_APPLICABLE for j in result.judged):
        verb = "is" if out == 1 else "are"
        said += f" {count(out, 'test')} {verb} not applicable and so without points."
    return said


def derivation(model: MaturityModel, score: Score) -> str:
    """How the overall level and score come about, in sentences."""
    if score.lowest is None:
        return "Here no criterion applies to this team, so there is no level."
    reached, following = score.lowest.level, score.next
    if reached == model.lowest:
        start = f"That is not yet so at any level above {level_title(model, reached)}."
    else:
        start = f"That is so up to {level_title(model, reached)}."
    if following is None:
        return f"{start} No higher level asks for more. The score is the level itself."
    share = 10 * following.met // following.asked
    verb = "is" if 1 in (following.met, following.asked) else "are"
    return (
        f"{start} Of Level {following.level}, {following.met} of "
        f"{criteria(following.asked)} {verb} met, so the score is {reached} and "
        f"{count(share, 'tenth')}: {shown(score.lowest.tenths)}."
    )


def range_sentence(score: Score) -> str:
    """What open answers could still make of it."""
    what = word_of(score)
    if not score.open:
        return f"No question is open, so this is one {what} and not a range."
    verb = "is" if score.open == 1 else "are"
    start = f"{count(score.open, 'question')} {verb} open"
    if score.highest is None or score.lowest is None or settled(score):
        return f"{start} and cannot change the {what} or the score."
    return (
        f"{start}. The low end counts open "
        f"questions as not met: {shown(score.lowest.tenths)}. The high end counts them "
        f"as met: {shown(score.highest.tenths)}."
    )


def evidence_sentence(model: MaturityModel, score: Score) -> str:
    """What the answers with evidence alone come to."""
    if score.evidenced is None:
        return ""
    return (
        "Counting only answers with a link to recent evidence, it would be "
        f"{level_title(model, score.evidenced.level)}, with a score of "
        f"{shown(score.evidenced.tenths)}."
    )


def iso_reading(reading: IsoReading) -> str:
    """The level after ISO/IEC 33020, which is not the model's level."""
    low, high = reading.lowest, reading.highest
    return f"Level {low}" if low == high else f"Level {low} to {high}"


def iso_line(model: MaturityModel, rated: RatedLevel) -> str:
    """A level with its rating after ISO/IEC 33020, or both ends of it."""
    said = f"{rated.lowest.value} ({NAMES[rated.lowest]})"
    if rated.lowest is not rated.highest:
        said = (
            f"{rated.lowest.value} to {rated.highest.value}, while questions are open"
        )
    return f"{level_title(model, rated.level)}, rated {said}"


def _in_full(score: Score) -> str:
    """3 of 7 in full, 1 not applicable: what is behind a section's sum."""
    step = score.steps[-1]
    said = f", {step.met} of {step.asked + step.not_applicable} in full"
    if step.not_applicable:
        said += f", {step.not_applicable} not applicable"
    return said


def informative_category(result: Result, category: str) -> str:
    """2 of 4 in place, 1 open: how an informative category stands, without a level."""
    verdicts = [j.verdict for j in result.judged if j.criterion.category == category]
    out = verdicts.count(Verdict.NOT_APPLICABLE)
    said = [f"{verdicts.count(Verdict.MET)} of {len(verdicts) - out} in place"]
    if waiting := verdicts.count(Verdict.OPEN):
        said.append(f"{waiting} open")
    if out:
        said.append(f"{out} not applicable")
    return f"{', '.join(said)}. It decides no level."


def category_reason(model: MaturityModel, overall: Score, score: Score) -> str:
    """Why a category stands where it does, in a sentence or two."""
    if score.lowest is None:
        return "Nothing that it asks for applies to this team."
    reached = score.lowest.level
    if model.by_points:
        return (
            f"Its tests add up to {shown(score.lowest.tenths)}{_in_full(score)}. "
            f"{next_step(model, score, category=True)}"
        )
    if score.own_level is not None and score.own_level < reached:
        start = (
            f"It asks for nothing more up to Level {reached}, so it comes up with the "
            "rest of the model."
        )
    elif reached == model.lowest:
        first = score.next.level if score.next else reached
        start = f"Level {first} is the first that asks for something here."
    else:
        start = f"Everything it asks for up to Level {reached} is met."
    return f"{start} {next_step(model, score, category=True)}"
