"""Labels of teams on screen: chosen or typed in a form, saved, and shown in a row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from maturity import labelling
from maturity.group import ALWAYS, Tree
from maturity.label import BETWEEN, MOST, accepted_labels
from maturity.quarter import Quarter
from maturity.team import Team
from maturity.ui import glossary, regroup_forms, regrouping
from maturity.ui.choice import Context
from maturity.ui.layout import escape


def field(at: str, tree: Tree, team: Team | None = None) -> list[str]:
    """The labels in use to choose from, and new ones to type."""
    usual = tree.labels.get(team.id, ()) if team else ()
    # With what the team has in the key, so that the field follows every change of it.
    key = f"{at}_labels/{BETWEEN.join(usual)}"
    return st.multiselect(
        "Labels",
        tree.every_label,
        default=list(usual),
        key=key,
        max_selections=MOST,
        accept_new_options=True,
        select_all=False,
        placeholder="As in: tier-1, customer-facing",
        help=glossary.meaning("label"),
    )


def fields(context: Context, team: Team) -> tuple[list[str], Quarter]:
    """What labels a team is to have, and from which quarter on.

    "Always" comes first only where it takes no labels of any quarter away.
    """
    organisation = context.organisation()
    tree = organisation.tree(Quarter.current())
    any_time = any(organisation.labels_of(team.id).values())
    here = tree.labels.get(team.id, ())
    at = f"labels/{team.id}/{BETWEEN.join(here)}"
    with st.grid(2, min_column_width=220, gap="small"):
        chosen = field(team.id, tree, team)
        since = regroup_forms.since(
            at,
            Quarter.current() if any_time else ALWAYS,
            label="Labels from the beginning of",
            keep="Quarters before keep the labels they had.",
        )
    return chosen, since


def check(chosen: Sequence[str]) -> None:
    """NameRefusedError where these cannot be labels."""
    accepted_labels(chosen)


def save(context: Context, team: Team, chosen: Sequence[str], since: Quarter) -> None:
    """Store what was chosen, with the way back, if it is not so already."""
    done = labelling.relabel(context.service, team.id, chosen, since, context.person())
    if done is None:
        return
    tree = context.service.store.tree(since)
    its = ", ".join(tree.labels.get(team.id, ()))
    said = f"has {its}" if its else "is without labels"
    regrouping.remember(
        f"{team.name} {said} {regrouping.holds_from(since)}.",
        partial(labelling.put_back, done=done),
    )


def badges(labels: Sequence[str]) -> str:
    """The labels as grey badges in a line."""
    return " ".join(f":gray-badge[{escape(label)}]" for label in labels)
