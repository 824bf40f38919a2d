"""Why a level, a score or a range is what it is, in sentences.

Every reason is made of the counts of the result it explains, and of nothing else.
"""

from __future__ import annotations

from maturity.iso33020 import NAMES, IsoReading, RatedLevel
from maturity.model import MaturityModel
from maturity.scoring import Score, Step, shown
from maturity.words import count, criteria, level_title, next_step, settled


def step_badge(step: Step) -> str:
    """9 of 17 met, 2 open; or that nothing is asked."""
    if not step.asked:
        return "not applicable" if step.not_applicable else "asks nothing"
    text = f"{step.met} of {step.asked} met"
    if step.open:
        text += f", {step.open} open"
    return text


def step_line(model: MaturityModel, step: Step) -> str:
    """A level's criteria, counted: Level 1: …: 5 of 6 met, 1 not met."""
    title = level_title(model, step.level)
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


def derivation(model: MaturityModel, score: Score) -> str:
    """How the overall level and score come about, in sentences."""
    if score.lowest is None:
        return (
            "Here every criterion was answered as not applicable, so there is no level."
        )
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
    if not score.open:
        return "No question is open, so this is one level and not a range."
    verb = "is" if score.open == 1 else "are"
    start = f"{count(score.open, 'question')} {verb} open"
    if score.highest is None or score.lowest is None or settled(score):
        return f"{start} and cannot change the level or the score."
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
    said = f"{rated.lowest.value}: {NAMES[rated.lowest]}"
    if rated.lowest is not rated.highest:
        said = (
            f"{rated.lowest.value} to {rated.highest.value}, while questions are open"
        )
    return f"{level_title(model, rated.level)}: {said}"


def category_reason(model: MaturityModel, overall: Score, score: Score) -> str:
    """Why a category stands where it does, in a sentence or two."""
    if score.lowest is None:
        return "Everything it asks for was answered as not applicable."
    reached = score.lowest.level
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
