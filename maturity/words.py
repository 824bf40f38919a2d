"""The sentences that are computed: levels, ranges, changes, counts and titles.

Every text that depends on figures is made here, so that a figure reads the same on
every screen, and a table of cases in the tests holds the whole sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from maturity.mark import Standing, level_range
from maturity.model import Definition, MaturityModel
from maturity.practice import Practice
from maturity.quarter import Quarter
from maturity.scoring import Score, Step, shown

MINUS = "\N{MINUS SIGN}"


def count(number: int, noun: str, plural: str = "") -> str:
    """1 question, 3 questions."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Sequence[str]) -> str:
    """Names as in a sentence: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def day(moment: date | datetime) -> str:
    """12 Sep 2026."""
    return f"{moment.day} {moment:%b %Y}"


def level(score: Standing) -> str:
    """Level 2, Level 1 to 2, or Not applicable."""
    if score.lowest is None or score.highest is None:
        return "Not applicable"
    return level_range(score.lowest.level, score.highest.level, score.bands)


def with_evidence(score: Standing) -> str:
    """with evidence Level 1; "" where nothing applies."""
    if score.evidenced is None:
        return ""
    proven = score.evidenced.level
    return f"with evidence {level_range(proven, proven, score.bands)}"


def level_and_evidence(score: Standing) -> str:
    """Level 2, with evidence Level 1: what is claimed beside what is proven."""
    return ", ".join(filter(None, [level(score), with_evidence(score)]))


def level_number(model: MaturityModel, number: int) -> str:
    """Level 2; or a band's name, in a model that has bands."""
    return model.level(number).name if model.by_points else f"Level {number}"


def step_word(model: MaturityModel) -> str:
    """What a step of the model's scale is called: level or band."""
    return "band" if model.by_points else "level"


def word_of(score: Standing) -> str:
    """What the scale of a score is made of: level or band."""
    return "band" if score.bands else "level"


def asked_word(model: MaturityModel) -> str:
    """What a model is made of, at the head of a list: Criteria or Tests."""
    return "Tests" if model.by_points else "Criteria"


def level_name(model: MaturityModel, score: Standing) -> str:
    """The name of the level, or of both ends of the range."""
    if score.lowest is None or score.highest is None:
        return "Nothing in this model applies to this team"
    if model.by_points:
        most = shown(model.most_tenths).removesuffix(".0")
        return f"Lowest section: {tenths(score)} of {most} points"
    low, high = score.lowest.level, score.highest.level
    if low == high:
        return model.level(low).name
    return f"{model.level(low).name} to {model.level(high).name}"


def level_title(model: MaturityModel, number: int) -> str:
    """Level 2: Automated training; of a band, its name and what it is above."""
    if not model.by_points:
        return f"Level {number}: {model.level(number).name}"
    edge = model.edges[number]
    where = "0" if number == 0 else f"above {shown(edge).removesuffix('.0')}"
    return f"{model.level(number).name} ({where})"


def tenths(score: Standing) -> str:
    """2.7, 1.2 to 2.7, or a dash where nothing applies."""
    if score.lowest is None or score.highest is None:
        return "\N{EN DASH}"
    low, high = score.lowest.tenths, score.highest.tenths
    return shown(low) if low == high else f"{shown(low)} to {shown(high)}"


def settled(score: Standing) -> bool:
    """Whether open answers leave the level and score as they are."""
    return score.lowest == score.highest


def openness(score: Standing) -> str:
    """What the open questions mean for a score; "" where none is open."""
    if not score.open:
        return ""
    questions = count(score.open, "open question")
    if settled(score):
        return f"{questions} cannot change it"
    return questions


def answering(score: Standing) -> str:
    """What answering the open questions can still do."""
    what = word_of(score)
    if settled(score):
        return f"Answering cannot change the {what}; it makes the picture complete."
    if one_level(score):
        return f"Answering can still move the score, {tenths(score)}, not the {what}."
    them = "it" if score.open == 1 else "them"
    return f"Answer {them} to get one {what} instead of a range."


def coverage(score: Standing) -> str:
    """Of the practices that decide the level, how many are answered."""
    decide = f"practices that decide the {word_of(score)}"
    verb = "is" if score.answered == 1 else "are"
    if score.asked == score.answered == 1:
        text = f"The one practice that decides the {word_of(score)} is answered"
    elif score.answered == score.asked:
        every = "Both" if score.asked == 2 else f"All {score.asked}"
        text = f"{every} {decide} are answered"
    else:
        text = f"{score.answered} of {score.asked} {decide} {verb} answered"
    if said := score.not_applicable - score.left_out:
        text += f", {said} as not applicable"
    return text


def not_asked(definition: Definition, practices: Sequence[Practice]) -> str:
    """Not asked: Load tests. This team serves in batch. "" where all are asked."""
    left = [p for p in practices if p.id in definition.left_out]
    if not left:
        return ""
    reason = definition.left_out[left[0].id].reason
    return f"Not asked: {listed([p.name for p in left])}. {reason}"


def criteria_met(model: MaturityModel, step: Step) -> str:
    """7 of 10 criteria met for Level 3; 1.5 points more for a band."""
    goal = level_number(model, step.level)
    if model.by_points:
        return f"{points(step.short)} more for {goal}"
    return f"{step.met} of {criteria(step.asked)} met for {goal}"


def points(tenths: int) -> str:
    """1 point, 2.5 points."""
    return f"{shown(tenths).removesuffix('.0')} {'point' if tenths == 10 else 'points'}"


def criteria(number: int) -> str:
    """1 criterion, 10 criteria."""
    return count(number, "criterion", "criteria")


def change(before: int, after: int) -> str:
    """A difference of shown tenths, with its sign; or no change."""
    if before == after:
        return "no change"
    sign = "+" if after > before else MINUS
    return f"{sign}{shown(abs(after - before))}"


def counted_change(before: int, after: int) -> str:
    """A difference of counts, with its sign; "" where there is none."""
    if before == after:
        return ""
    return f"{'+' if after > before else MINUS}{abs(after - before)}"


def compare(before: Standing, after: Standing) -> int | None:
    """1, 0 or -1 where one score is surely above, equal or below; None if unsure.

    Ranges that overlap say nothing, unless both are single and equal.
    """
    ends = (before.lowest, before.highest, after.lowest, after.highest)
    if any(mark is None for mark in ends):
        return None
    low0, high0, low1, high1 = (mark.tenths for mark in ends if mark is not None)
    if low1 > high0:
        return 1
    if high1 < low0:
        return -1
    return 0 if low0 == high0 == low1 == high1 else None


def since(before: Quarter, after: Quarter) -> str:
    """since Q2, with the year where it is not plain which one is meant."""
    plain = after - before < 4
    return f"since {before.short if plain else before.label}"


def next_step(model: MaturityModel, score: Score, *, category: bool = False) -> str:
    """What the score says about the next level, in a sentence."""
    if score.lowest is None:
        return "Nothing asked here applies to this team."
    reached = score.lowest.level
    if score.next is not None and category and score.next.level > reached + 1:
        return (
            f"Nothing is asked here at Level {reached + 1}, which comes with the other "
            f"categories. {criteria_met(model, score.next)}."
        )
    if score.next is not None:
        return f"{criteria_met(model, score.next)}."
    if reached == model.top:
        return f"This is the highest {step_word(model)} of this model."
    if category:
        return (
            f"Nothing more is asked here; Level {reached + 1} comes with "
            "the other categories."
        )
    return "Nothing more is asked that applies to this team."


def one_level(score: Standing) -> bool:
    """Whether open answers leave the level as it is, if perhaps not the score."""
    low, high = score.lowest, score.highest
    return low is not None and high is not None and low.level == high.level


def target(model: MaturityModel, number: int, by: Quarter | None) -> str:
    """Target: Level 3 by Q1 2027."""
    goal = level_number(model, number)
    return f"Target: {goal}" + (f" by {by.label}" if by else "")


def level_change(before: Standing, after: Standing) -> str:
    """1 level up, 2 levels down; "" where the level is the same or not sure."""
    if before.lowest is None or after.lowest is None:
        return ""
    moved = after.lowest.level - before.lowest.level
    if not (moved and one_level(before) and one_level(after)):
        return ""
    return f"{count(abs(moved), word_of(after))} {'up' if moved > 0 else 'down'}"
