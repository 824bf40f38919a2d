"""Who answers for themselves: inviting, each one's link, and how far each one is."""

from __future__ import annotations

import streamlit as st

from maturity import agreement_words, respondents, words
from maturity.respondent import Stage
from maturity.respondents import Panel, Part
from maturity.ui import identity
from maturity.ui.choice import Context, web_address
from maturity.ui.layout import escape, section
from maturity.ui.menu import AGREE
from maturity.ui.notices import careful

WHO_SEES = (
    "Each person answers alone and sees nobody else's answers until they submit. Then "
    "you see their answers with their names. Until then you see how far they are."
)
COURTESY = {
    False: ":material/lock_open: Without sign-in this is a courtesy: whoever has a "
    "link can open it.",
    True: ":material/lock: Sign-in is on: a link opens for the person it is for, and "
    "whoever you invited by name takes it over under their own account.",
}
"""By whether sign-in is on."""


def link_to_agree(context: Context, *, offer: bool) -> None:
    """The way to Agree on Assess: how far it is, or else the offer to begin."""
    rows = context.service.store.invitations(
        context.team.id, context.model, str(context.quarter)
    )
    stages = [row.stage for row in rows]
    invited = sum(stage is not Stage.WITHDRAWN for stage in stages)
    if not invited and not offer:
        return
    label = "Ask several people to answer, then agree"
    if invited:
        handed = stages.count(Stage.SUBMITTED)
        label = agreement_words.invited(invited, handed)
    st.page_link(AGREE, label=label, icon=":material/groups_2:")


def people(context: Context, panel: Panel) -> None:
    """The card of those invited."""
    with st.container(border=True):
        number = len(panel.parts)
        handed = len(panel.submitted)
        title = "Nobody is invited yet"
        if number:
            invited = words.count(number, "person", "people")
            title = f"{handed} of {invited} submitted"
        section(title, WHO_SEES)
        names = context.service.store.names([part.person for part in panel.parts])
        for part in panel.parts:
            _part(context, part, names.get(part.person, "Somebody, name removed"))
        _form(context)
        st.caption(COURTESY[identity.verified()])


def _part(context: Context, part: Part, name: str) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        with st.container(gap=None, width="content"):
            st.markdown(f"**{escape(name)}**")
            stage = agreement_words.STAGES[part.stage]
            done = agreement_words.progress(part.answered, part.asked)
            st.caption(f"{stage} · {done}")
        with st.container(horizontal=True, width="content"):
            if part.stage is Stage.SUBMITTED:
                st.button(
                    "Open again",
                    key=f"reopen/{part.person}",
                    type="tertiary",
                    help=f"Lets {escape(name)} change their answers; until they "
                    "submit again you do not see them.",
                    on_click=_reopen,
                    args=(context, part.person),
                )
            with st.popover("Link", icon=":material/link:", key=f"l/{part.person}"):
                st.caption(f"Send this to {escape(name)}. It is theirs alone.")
                st.code(address(context, part.person), language=None, wrap_lines=True)
            st.button(
                "Withdraw",
                key=f"withdraw/{part.person}",
                type="tertiary",
                help=f"Leaves {escape(name)} out. What they answered is kept, and is "
                "there again if you invite them once more.",
                on_click=_withdraw,
                args=(context, part.person, name),
            )


def address(context: Context, person: str) -> str:
    """The link of an invited person, as they open it."""
    asked = {
        "team": context.team.id,
        "model": context.model,
        "quarter": str(context.quarter),
        "as": person,
    }
    return web_address(context, "answer", asked)


def _form(context: Context) -> None:
    with st.form("invite", border=False, clear_on_submit=True):
        names = st.text_area(
            "Invite people",
            key="invite_names",
            height=100,
            max_chars=4000,
            placeholder="One name a line",
            help="A name that this dashboard knows is the same person.",
        )
        pressed = st.form_submit_button("Invite", icon=":material/person_add:")
    if pressed:
        _invite(context, names)
        st.rerun()


@careful
def _invite(context: Context, names: str) -> None:
    rows = respondents.invite(
        context.service,
        context.team.id,
        context.model,
        context.quarter,
        names.splitlines(),
        context.person(),
    )
    said = f"{words.count(len(rows), 'person', 'people')} invited."
    st.toast(said if rows else "They were invited already.", icon=":material/person:")


@careful
def _reopen(context: Context, person: str) -> None:
    where = (context.team.id, context.model, context.quarter, person)
    respondents.reopen(context.service, *where, context.person())


@careful
def _withdraw(context: Context, person: str, name: str) -> None:
    where = (context.team.id, context.model, context.quarter, person)
    respondents.withdraw(context.service, *where, context.person())
    st.toast(f"{escape(name)} is withdrawn. Invite again to undo.")
