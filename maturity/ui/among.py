"""A team among comparable teams on screen: whom to compare with, and the picture.

Only quartiles of at least five teams are ever drawn; docs/benchmarks.md has the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from maturity import benchmark, benchmarking, charts, comparing, peer_words, peers
from maturity.benchmark import Split
from maturity.benchmarking import Stored
from maturity.charts import PeerScore, Span
from maturity.charts.readings import scale_of
from maturity.comparing import Peers
from maturity.group import Tree
from maturity.peers import WHOLE, Attribute, Choice, Quartiles
from maturity.quarter import Quarter
from maturity.reading import Reading
from maturity.scoring import Score
from maturity.service import Service
from maturity.ui import glossary, opening, pictures
from maturity.ui.choice import Context
from maturity.ui.layout import escape, section, waiting
from maturity.ui.teaming import SERVING

SOURCE = "among_source"
"""Where the session remembers whom to compare with: "" or the id of a file."""
BY = "among_by"
"""And by what, once it was chosen: attributes with dots between, or ALL."""
ALL = "all"

_peers = lru_cache(maxsize=512)(charts.peers)

_HOW = """
Each team counts once, with what it submitted for this edition of the model in this
quarter, or else its latest from the four quarters before. The **middle half** reaches
from the lower to the upper quartile; each is the score of one of the teams, by
nearest rank, and nothing is averaged. Open questions count at their low end.

To protect the teams, figures are of five teams or more, and no choice is offered that
would single out fewer than five by comparing it with another. The band says what half
of the teams do, not what is good.
"""


@st.cache_resource(show_spinner=False, max_entries=64)
def _others(
    _service: Service, _reading: Reading, key: tuple[object, ...], changes: int
) -> Peers:
    return comparing.others(_service, _reading)


def comparison(context: Context, reading: Reading) -> None:
    """The team's scores among those of the teams that are chosen."""
    st.markdown(f"This team: **{escape(opening.line(reading))}**")
    found = [
        one
        for one in benchmarking.stored(context.service)
        if (one.row.model, one.row.demo)
        == (reading.definition.model.id, reading.team.demo)
    ]
    source = _source(found, demo=reading.team.demo) if found else None
    if source is None:
        _with_own(context, reading)
    else:
        _with_file(reading, source)


def _source(found: Sequence[Stored], *, demo: bool) -> Stored | None:
    """Whom to compare with: None for one's own organisation."""
    by_id = {one.row.id: one for one in found}
    named = {
        "": "Other demo teams" if demo else "Other teams here",
        **{
            id: f"File from {one.source}, {one.quarter.label}"
            for id, one in by_id.items()
        },
    }
    if st.session_state.get(SOURCE) not in (None, *named):
        del st.session_state[SOURCE]  # it was removed, or is of another model
    chosen = st.selectbox(
        "Compare with", list(named), format_func=named.__getitem__, key=SOURCE
    )
    return by_id.get(chosen)


def _with_own(context: Context, reading: Reading) -> None:
    model, store = reading.definition.model, context.service.store
    key = (
        context.address,
        reading.team,
        model.id,
        model.edition,
        str(reading.quarter),
        str(Quarter.current()),
    )
    with waiting():
        found = _others(context.service, reading, key, store.changes_all())
    tree = context.organisation().tree(Quarter.current())
    about = comparing.about_in(tree, reading.team)
    named = {one: _value(reading, one, tree) for one in about}
    choices = peers.choices(found.peers, about)
    if not found.peers:
        _nobody(reading, found)
        return
    choice = _chosen(named, choices)
    if not choice.offered:
        _too_few(choice, choices)
        return
    alike = peers.alike(found.peers, about, choice.by)
    figures = peers.figures(alike, reading.quarter)
    alike_in = [named[one] for one in choice.by]
    whom = peer_words.compared(alike_in, demo=reading.team.demo)
    remarks = peer_words.remarks(figures, reading.quarter, found.partial)
    said = [f"{whom}, {reading.quarter.label}.", *remarks]
    _drawn(reading, figures.teams, figures.scores, said)


def _with_file(reading: Reading, source: Stored) -> None:
    name = escape(source.source)
    reason = benchmarking.misfit(source.benchmark, reading.definition.model)
    if reason:
        section("This file does not compare with this result", escape(reason))
        return
    split = _split(reading, source)
    value = benchmark.value_of(peers.about(reading.team), split) if split else ""
    group = benchmarking.group(source.benchmark, split, value)
    if group is None:
        section("No figures of teams alike", peer_words.not_told(name))
        return
    alike_in = [_value(reading, split)] if split else []
    said = [
        f"{peer_words.in_file(name, alike_in)}, {source.quarter.label}.",
        *benchmarking.remarks(source.benchmark),
    ]
    _drawn(reading, group.teams, benchmark.quartiles(group), said)


def _split(reading: Reading, source: Stored) -> Split | None:
    """What to compare by in a file; None for all of its teams."""
    about = peers.about(reading.team)
    known = [one for one in benchmark.SPLITS if one in about]
    if not known:
        return None
    told = [
        one
        for one in known
        if benchmark.value_of(about, one) in source.benchmark.groups(one)
    ]
    wanted = [one for one in _wanted(known, told) if one in known]
    st.session_state["pick_split"] = wanted[0] if wanted else None
    return st.pills(
        "Compare with teams that are alike in",
        known,
        format_func=lambda one: _value(reading, one),
        key="pick_split",
        on_change=_remember,
        args=("pick_split",),
        help="None chosen: every team in the file. What a team works on is in no file.",
    )


def _chosen(named: Mapping[Attribute, str], choices: Sequence[Choice]) -> Choice:
    """What to compare by, of what the team has said about itself; each by its name."""
    known = [one for one in peers.ATTRIBUTES if one in named]
    usual = peers.usual(choices)
    if not known:
        st.caption(
            "Say on Teams what this team works on, how large it is and how it "
            "predicts, or put it into a group, to compare it with teams alike."
        )
        return usual
    st.session_state["pick_alike"] = _wanted(known, usual.by)
    picked = st.pills(
        "Compare with teams that are alike in",
        known,
        selection_mode="multi",
        format_func=named.__getitem__,
        key="pick_alike",
        help="None chosen: every other team. The group is the one on the first level.",
        on_change=_remember,
        args=("pick_alike",),
    )
    return next(one for one in choices if set(one.by) == set(picked))


def _wanted(known: Sequence[Attribute], usual: Sequence[Attribute]) -> list[Attribute]:
    """What was chosen, as far as this team has said it; else the usual choice."""
    chosen: str | None = st.session_state.get(BY)
    if chosen is None:
        return list(usual)
    return [one for one in known if one in chosen.split(".")]


def _remember(widget: str) -> None:
    picked = st.session_state[widget]
    chosen = [picked] if isinstance(picked, str) else list(picked or [])
    st.session_state[BY] = ".".join(chosen) or ALL


def _value(reading: Reading, attribute: Attribute, tree: Tree | None = None) -> str:
    team = reading.team
    top = tree.top_of(team.id) if tree and attribute == "group" else None
    if top is not None:
        return escape(f"{top.name} (group)")  # a domain may have the same name
    if attribute == "serving":
        return SERVING[team.serving]
    return escape(team.size if attribute == "size" else team.domain)


def _nobody(reading: Reading, found: Peers) -> None:
    model = reading.definition.model
    section(
        "No other team to compare with yet",
        f"No other {'demo team' if reading.team.demo else 'team'} submitted "
        f"{escape(model.name)}, edition {escape(model.edition)}, in "
        f"{reading.quarter.label} or the four quarters before. A comparison needs at "
        "least five.",
    )


def _too_few(choice: Choice, choices: Sequence[Choice]) -> None:
    everyone = next(one for one in choices if not one.by)
    section(
        peer_words.too_few(choice),
        "Choose fewer attributes, or none to compare with every other team."
        if choice.by and everyone.offered
        else "With fewer teams, what a single one said could be worked out.",
    )


def _drawn(
    reading: Reading,
    teams: int,
    among: Mapping[str, Quartiles],
    said: Sequence[str],
) -> None:
    rows = _rows(reading, among)
    scores = reading.result.categories
    places = [
        (one.called, peers.place(scores[one.id], among[one.id]))
        for one in reading.definition.model.deciding
    ]
    finding = peer_words.title(places, teams)
    section(
        escape(finding),
        " ".join([*said, pictures.scale_caption(reading)]),
        help=glossary.meaning("middle half", "median"),
    )
    _legend(rows)
    pictures.draw(_peers(rows, scale_of(reading), finding), "peers")


def _legend(rows: Sequence[PeerScore]) -> None:
    parts = [
        ":blue[●] :gray[This team]",
        ":gray[▬ Middle half]",
        ':gray[**┃**]{foreground="#868D9C"} :gray[Median]',
    ]
    if any(row.now and not row.now.settled for row in rows):
        parts.insert(1, ":blue[●**—**●] :gray[Range, from open questions]")
    st.markdown(f":small[{' &emsp; '.join(parts)}]")


def _rows(reading: Reading, among: Mapping[str, Quartiles]) -> tuple[PeerScore, ...]:
    """The whole model, then its categories."""
    named = [(WHOLE, "Whole model", "Whole model", reading.overall)]
    for one in reading.definition.model.deciding:
        score = reading.result.categories[one.id]
        named.append((one.id, one.name, one.short_name, score))
    return tuple(
        _row(name, short, score, among[category])
        for category, name, short, score in named
    )


def _row(name: str, short: str, score: Score, among: Quartiles) -> PeerScore:
    place = peers.place(score, among)
    return PeerScore(
        name=name,
        short_name=short,
        now=Span.of(score),
        lower=among.lower,
        median=among.median,
        upper=among.upper,
        place=place.value if place else "not applicable to this team",
    )


def rules() -> None:
    """How the comparison is made, beside it."""
    with st.popover("How teams are compared", icon=":material/help:", type="tertiary"):
        st.markdown(_HOW)
