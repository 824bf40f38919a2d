"""What an answer to one practice suggests for another: a line of data/suggestions.yaml.

A suggestion is shown and never counted; only a person's answer is.
"""

from __future__ import annotations

from pydantic import Field

from maturity.practice import Id, Record, Text


class Suggestion(Record):
    """An answer from which another follows, and why."""

    when: Id = Field(description="The id of the practice that was answered.")
    at_least: Id = Field(
        description="The rung from which on it is suggested; never the first."
    )
    suggests: Id = Field(description="The id of the practice that is still open.")
    rung: Id = Field(
        description="The highest of its rungs that the answer proves; never the first."
    )
    because: Text = Field(
        description="Why it follows, as what comes after 'Because' in one sentence."
    )


class Suggestions(Record):
    """The file of them."""

    suggestions: list[Suggestion] = Field(description="In any order.")
