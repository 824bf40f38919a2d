"""Charts: scores in, Vega-Lite out, with the finding in words and the figures as text.

Nothing here knows Streamlit, a team or a database; docs/charts.md says what each chart
answers and when it misleads.
"""

from maturity.charts.bars import bars
from maturity.charts.base import TOKENS, Chart
from maturity.charts.bridge import bridge
from maturity.charts.categories import drawn
from maturity.charts.heatmap import heatmap
from maturity.charts.inputs import (
    CategoryScore,
    LevelCount,
    Outlook,
    PlannedStep,
    QuarterColumn,
    QuarterScore,
    Scale,
    Span,
    Stride,
    TeamScore,
)
from maturity.charts.levels import levels
from maturity.charts.peers import PeerScore, peers
from maturity.charts.radar import radar
from maturity.charts.roadmap import outlook, timeline
from maturity.charts.slope import slope
from maturity.charts.spread import Dot, Strip, spread
from maturity.charts.teams import teams
from maturity.charts.track import track
from maturity.charts.trend import trend

__all__ = [
    "TOKENS",
    "CategoryScore",
    "Chart",
    "Dot",
    "LevelCount",
    "Outlook",
    "PeerScore",
    "PlannedStep",
    "QuarterColumn",
    "QuarterScore",
    "Scale",
    "Span",
    "Stride",
    "Strip",
    "TeamScore",
    "bars",
    "bridge",
    "drawn",
    "heatmap",
    "levels",
    "outlook",
    "peers",
    "radar",
    "slope",
    "spread",
    "teams",
    "timeline",
    "track",
    "trend",
]
