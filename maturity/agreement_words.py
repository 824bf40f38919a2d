"""The sentences of several people's answers: how far they are, and how far apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maturity import words
from maturity.agreement import Effect, Spread
from maturity.model import Definition
from maturity.practice import Practice
from maturity.respondent import NOT_APPLICABLE, UNKNOWN, Decision, Stage

STAGES = {
    Stage.INVITED: "Invited",
    Stage.VOTING: "Votes in the workshop",
    Stage.SUBMITTED: "Submitted",
    Stage.REOPENED: "Answers again",
    Stage.WITHDRAWN: "Withdrawn",
}


def progress(answered: int, asked: int) -> str:
    """12 of 19 answered."""
    return f"{answered} of {asked} answered"


def invited(number: int, submitted: int) -> str:
    """5 people are invited to answer, 3 have submitted."""
    verb = "is" if number == 1 else "are"
    people = words.count(number, "person", "people")
    done = "has" if submitted == 1 else "have"
    return f"{people} {verb} invited to answer, {submitted} {done} submitted"


def title(found: Sequence[Spread]) -> str:
    """4 of 19 practices are contested."""
    contested = sum(spread.contested for spread in found)
    if not contested:
        return "No practice is contested"
    verb = "is" if contested == 1 else "are"
    return f"{contested} of {words.count(len(found), 'practice')} {verb} contested"


def apart(spread: Spread) -> str:
    """2 rungs apart, same answer, applies or not, 1 vote, no vote."""
    if not spread.votes:
        return "no vote"
    if len(spread.votes) == 1:
        return "1 vote"
    if not spread.contested:
        return "same answer"
    if spread.distance == len(spread.practice.rungs):
        return "applies or not"
    return f"{words.count(spread.distance, 'rung')} apart"


def effect(spread: Spread, definition: Definition) -> str:
    """What the choice between the votes decides."""
    model = definition.model
    what = "band" if model.by_points else "level"
    if spread.effect is Effect.LEVEL:
        return f"What you agree on decides the {model.short_name} {what}."
    if spread.effect is Effect.CATEGORY:
        return f"What you agree on decides the {what} of a category."
    if spread.gating:
        return f"As the other answers stand, no {what} depends on it."
    return f"No {what} depends on it."


def chosen(practice: Practice, option: str) -> str:
    """An option as a sentence."""
    if option == NOT_APPLICABLE:
        return "Not applicable to this team"
    if option in ("", UNKNOWN):
        return "We don't know"
    rung = practice.rung(option)
    return rung.text if rung else option


def behind(names: Sequence[str], hands: int) -> str:
    """Who is behind an option: 2 votes, Ana and Bo; 3 hands."""
    said = []
    if names:
        said.append(f"{words.count(len(names), 'vote')}, {words.listed(names)}")
    if hands:
        said.append(words.count(hands, "hand"))
    return "; ".join(said)


def turnout(answered: int, invited: int) -> str:
    """3 of 5 people have answered this."""
    if not invited:
        return "Nobody is invited: count hands, or decide together."
    people = words.count(invited, "person", "people")
    verb = "has" if answered == 1 else "have"
    return f"{answered} of {people} {verb} answered this."


def place(number: int, total: int) -> str:
    """4 of 11."""
    return f"{number} of {total}"


def common(number: int) -> str:
    """Take the common answer for all 11 that agree."""
    if number == 1:
        return "Take the common answer for the one that agrees"
    if number == 2:
        return "Take the common answer for both that agree"
    return f"Take the common answer for all {number} that agree"


def changed(decision: Decision, names: Mapping[str, str], spread: Spread) -> str:
    """Who has voted otherwise since the decision."""
    people = [
        names.get(vote.person, "somebody")
        for vote in spread.votes
        if decision.votes.get(vote.person) != vote.option
    ]
    verb = "has" if len(people) == 1 else "have"
    return f"{words.listed(people)} {verb} answered otherwise since this was agreed."


def chart_finding(found: Sequence[Spread]) -> str:
    """The finding of the spread strip, for those who do not see it."""
    contested = [spread for spread in found if spread.contested]
    if not contested:
        return f"Votes on {words.count(len(found), 'practice')}: none is contested"
    first = contested[0]
    return (
        f"Votes on {words.count(len(found), 'practice')}: {len(contested)} contested, "
        f"most of all {first.practice.name}, {apart(first)}"
    )
