"""Models added here in the store: rows are only ever added, of bundled models too."""

from __future__ import annotations

from datetime import datetime

from maturity.model_row import ModelRow, Step
from maturity.storage.part import NO_TEAM, Part, count_change, next_seqs, plain_text

_ROWS = """
select seq, model, edition, step, body, author, saved_at from model_rows order by seq
"""
_NEWEST = "select coalesce(max(seq), 0) from model_rows"
_NEWEST_OF = "select coalesce(max(seq), 0) from model_rows where model = $1"
_ADD = """
insert into model_rows (seq, model, edition, step, body, author, saved_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


class Models(Part):
    """The part of the store that holds the models added here."""

    def model_rows(self) -> list[ModelRow]:
        """Every row of every model, oldest first."""
        return [
            ModelRow(seq, model, edition, Step(step), *rest)
            for seq, model, edition, step, *rest in self.database.read(_ROWS)
        ]

    def newest_model_row(self) -> int:
        """The seq of the newest row, 0 for none: changes when any model changes."""
        ((seq,),) = self.database.read(_NEWEST)
        return int(seq)

    def add_model_row(
        self,
        model: str,
        step: Step,
        *,
        seen: int,
        edition: str = "",
        body: str = "",
        by: str,
        at: datetime,
    ) -> ModelRow | None:
        """Add a row; None where the model changed since its row `seen` (0: none)."""
        with self.database.transaction() as execute:
            count_change(execute, NO_TEAM)
            ((newest,),) = execute(_NEWEST_OF, [model])
            if newest != seen:
                return None
            # One row of numbers for answers and models: which came first is known
            # without a clock.
            (seq,) = next_seqs(execute, "answer_seq")
            about = (model, plain_text(edition))
            row = ModelRow(seq, *about, step, plain_text(body), by, at)
            values = [seq, *about, step.value, row.body, by, at]
            execute(_ADD, values)
        return row
