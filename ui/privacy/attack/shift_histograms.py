"""Two histograms: how far the nearest centre moves towards a person, with and without them in the data."""

import numpy as np
import plotly.graph_objects as go

from core.arrays import FloatArray
from core.attack.membership import MembershipInference, Statistic
from ui import charts, figures
from ui.text import phrase

BINS = 24
HEIGHT = 300
#: Percent of the values on either side that are gathered in the outermost bin.
TAIL = 1.0


def draw(attack: MembershipInference, *, title: str, key: str) -> None:
    """Draw how far the centre nearest to the person moved towards them, in percent of the distance, on either side.

    Args:
        attack: Result of the attack.
        title: Names the picture for those who cannot see it.
        key: Key of the chart.
    """
    distance = attack.distance if attack.distance > 0 else 1.0
    inside, outside = (100.0 * side[Statistic.CENTER_SHIFT] / distance for side in (attack.inside, attack.outside))
    edges = _make_edges(np.concatenate([inside, outside]))
    middles = (edges[:-1] + edges[1:]) / 2.0
    figure = go.Figure()
    figure.add_bar(
        x=middles,
        y=_count_shares(inside, edges),
        width=np.diff(edges),
        name=phrase("attack.with"),
        marker={"color": charts.COLOURS[0], "opacity": 0.6, "line": {"width": 0}},
    )
    figure.add_scatter(
        x=np.concatenate([edges[:1], middles, edges[-1:]]),
        y=np.concatenate([[0.0], _count_shares(outside, edges), [0.0]]),
        mode="lines",
        line={"color": charts.COLOURS[5], "width": 3, "dash": "dash", "shape": "hvh"},
        name=phrase("attack.without"),
    )
    inside_median, outside_median = (
        f"{figures.decimals(float(np.median(values)), 1)}%" for values in (inside, outside)
    )
    charts.draw(
        figure,
        key=key,
        alternative=phrase("attack.hills_alternative", title=title, inside=inside_median, outside=outside_median),
        height=HEIGHT,
        # Two lines: one is wider than a phone.
        xaxis={"title": phrase("attack.pull_axis").replace("|", "<br>"), "ticksuffix": "%", "zeroline": False},
        yaxis={"title": phrase("attack.share_axis"), "tickformat": ".0%", "rangemode": "tozero"},
        legend={"orientation": "h", "y": -0.35},
        hovermode="x",
        paper_bgcolor=charts.CLEAR,
        plot_bgcolor=charts.CLEAR,
    )


def _make_edges(values: FloatArray) -> FloatArray:
    low, high = np.percentile(values, [TAIL, 100.0 - TAIL])
    # Plain results lie on two places: show both with some ground around.
    room = 0.1 * (high - low) if high > low else 1.0
    edges: FloatArray = np.linspace(low - room, high + room, BINS + 1)
    return edges


def _count_shares(values: FloatArray, edges: FloatArray) -> FloatArray:
    counts = np.histogram(np.clip(values, edges[0], edges[-1]), bins=edges)[0]
    shares: FloatArray = counts / values.size
    return shares
