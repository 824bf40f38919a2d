"""What happened between quarters, as the titles of charts and lists say it."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.mark import Mark, Standing, level_range
from maturity.quarter import Quarter
from maturity.reading import Move, Reading, Way
from maturity.scoring import shown
from maturity.words import compare, count, level, listed, one_level


def between(before: Reading, after: Reading) -> str:
    """Q2 2026 to Q3 2026."""
    return f"{before.quarter.label} to {after.quarter.label}"


def trend_title(history: Sequence[Reading]) -> str:
    """What the quarters say together, as a finding."""
    marks = [(r.quarter, r.overall) for r in history if r.overall.lowest]
    if not marks:
        return "No level yet"
    if len(marks) == 1:
        return f"{level(marks[0][1])} in {marks[0][0].label}"
    marked = [reading for reading in history if reading.overall.lowest]
    edition = marked[-1].definition.model.edition
    same = [
        (r.quarter, r.overall) for r in marked if r.definition.model.edition == edition
    ]
    if len(same) < 2:
        return f"{level(marks[-1][1])} by a new edition of the model"
    (prior_quarter, prior), (last_quarter, last) = same[-2:]
    single = [
        (quarter, _low(score).level) for quarter, score in same if one_level(score)
    ]
    if not one_level(last) or len(single) < 2:
        return (
            f"{level(last)} in {last_quarter.label}, "
            f"after {level(prior)} in {prior_quarter.label}"
        )
    return _trend_of_levels(single, last.bands)


def _trend_of_levels(
    levels: Sequence[tuple[Quarter, int]], bands: tuple[str, ...]
) -> str:
    """The finding where each quarter has one level; the latest peak is what counts."""
    (first_quarter, start), (last_quarter, end) = levels[0], levels[-1]
    spanned = count(last_quarter - first_quarter, "quarter")
    here = level_range(end, end, bands)
    when, peak = max(levels, key=lambda at: (at[1], at[0]))
    if end < peak:
        return f"Down from {level_range(peak, peak, bands)} in {when.label} to {here}"
    if start < end:
        return f"From {level_range(start, start, bands)} to {here} in {spanned}"
    when, dip = min(levels, key=lambda at: (at[1], last_quarter - at[0]))
    if dip < end:
        return f"Back at {here} after {level_range(dip, dip, bands)} in {when.label}"
    return f"Still at {here} after {spanned}"


def slope_title(before: Reading, after: Reading) -> str:
    """Which category moved most between two quarters."""
    if before.definition.model.edition != after.definition.model.edition:
        return "Two editions of the model"
    deltas, unsure = [], False
    for category in after.definition.model.deciding:
        old = before.result.categories.get(category.id)
        new = after.result.categories.get(category.id)
        if old is None or new is None or old.lowest is None or new.lowest is None:
            continue
        if compare(old, new) is None:
            unsure = True
        else:
            deltas.append((new.lowest.tenths - old.lowest.tenths, category.name))
    most = max((abs(delta) for delta, _ in deltas), default=0)
    if not most:
        return "No category surely moved" if unsure else "No category moved"
    names = [name for delta, name in deltas if abs(delta) == most]
    if len(names) > 2:
        return (
            f"{count(len(names), 'category', 'categories')} moved most, "
            f"each by {shown(most)}"
        )
    return f"{listed(names)} moved most"


def moves_title(moved: Sequence[Move]) -> str:
    """10 answers moved."""
    return f"{count(len(moved), 'answer')} moved" if moved else "No answer moved"


def moves_summary(moved: Sequence[Move]) -> str:
    """6 up, 1 down, 2 newly answered; only what there is."""
    said = []
    for way in Way:
        number = sum(move.way is way for move in moved)
        if number:
            said.append(f"{number} {way.value}")
    return ", ".join(said)


def _low(score: Standing) -> Mark:
    if score.lowest is None:
        raise ValueError("the score has no level")
    return score.lowest
