"""Why a score moved, in sentences: the bridge as it is said and as it is drawn."""

from __future__ import annotations

from maturity import words
from maturity.bridge import Bridge, Kind, Part
from maturity.reading import Reading
from maturity.scoring import shown

NAMED = 3
"""How many practices a sentence names."""

LABELS = {
    Kind.EDITION: "New edition",
    Kind.NOT_APPLICABLE: "Not applicable",
    Kind.ANSWERED: "Newly answered",
    Kind.IMPROVED: "Improved",
    Kind.WORSENED: "Worsened",
    Kind.LIFTED: "Lifted with the model",
}
ORDER = (
    "Each step applies one kind of change to the answers, in this order: new edition, "
    "not applicable, newly answered, improved, worsened, and for a category the rest "
    "of the model. Another order would share out the movement differently."
)


def label(part: Part) -> str:
    """What a part is called in the chart."""
    if part.reopened:
        only = part.reopened == len(part.practices)
        return "Open again" if only else "Worsened or open again"
    if part.kind is Kind.LIFTED and part.tenths < 0:
        return "Down with the model"
    return LABELS[part.kind]


def title(bridge: Bridge) -> str:
    """From 1.4 to 2.0: +0.6."""
    if bridge.start == bridge.end:
        return f"Still at {shown(bridge.end)}"
    return (
        f"From {shown(bridge.start)} to {shown(bridge.end)}: "
        f"{words.change(bridge.start, bridge.end)}"
    )


def compared(bridge: Bridge) -> str:
    """Which ends are compared where a score is a range; "" where both are one."""
    ranges = [
        score for score in (bridge.before, bridge.after) if not words.settled(score)
    ]
    if not ranges:
        return ""
    said = (
        "The low ends are compared: open answers count as the first rung. As ranges: "
        f"{words.tenths(bridge.before)}, then {words.tenths(bridge.after)}."
    )
    if words.compare(bridge.before, bridge.after) is None:
        said += " They overlap, so it is not certain that the score moved."
    return said


def nothing(before: Reading, after: Reading) -> str:
    """That there is no movement to split."""
    return (
        f"No movement to explain from {before.quarter.label} to {after.quarter.label}: "
        "in one of the two there is no score by today's rules, because nothing asked "
        "for applied or the edition had no such category."
    )


def sentences(bridge: Bridge) -> list[str]:
    """One sentence a part, or one that says that nothing happened."""
    if not bridge.parts:
        return ["No answer changed that counts here."]
    return [_sentence(part) for part in bridge.parts]


def _sentence(part: Part) -> str:
    effect = _effect(part.tenths)
    if part.kind is Kind.EDITION:
        return f"The new edition of the model {effect}."
    if part.kind is Kind.LIFTED:
        way = "up" if part.tenths > 0 else "down"
        return f"The level came {way} with the rest of the model, which {effect}."
    return f"{what(part)}, which {effect}: {_names(part)}."


def what(part: Part) -> str:
    """3 answers improved; what happened, without its effect."""
    number = len(part.practices)
    answers = words.count(number, "answer")
    if part.kind is Kind.NOT_APPLICABLE:
        return f"{answers} changed to or from not applicable"
    if part.kind is Kind.ANSWERED:
        verb = "was" if number == 1 else "were"
        return f"{words.count(number, 'question')} {verb} newly answered"
    if part.kind is Kind.IMPROVED:
        return f"{answers} improved"
    if part.reopened == number:
        return f"{answers} {'is' if number == 1 else 'are'} open again"
    if part.reopened:
        return f"{answers} worsened, {part.reopened} of them by being open again"
    return f"{answers} worsened"


def _effect(tenths: int) -> str:
    if not tenths:
        return "left the score as it was"
    verb = "added" if tenths > 0 else "took away"
    return f"{verb} {shown(abs(tenths))}"


def _names(part: Part) -> str:
    names = part.practices
    if len(names) > NAMED + 1:
        return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
    return words.listed(names)
