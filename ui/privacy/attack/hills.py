"""Two histograms: how far the nearest centre moves towards a person, with and without them in the data."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core.arrays import FloatArray
from core.attack.membership import MembershipInference, Statistic
from ui.charts import COLOURS
from ui.text import phrase

BINS = 24
HEIGHT = 300
CLEAR = "rgba(0, 0, 0, 0)"
#: Percent of the values on either side that are gathered in the outermost bin.
TAIL = 1.0


def draw(found: MembershipInference, *, title: str, key: str) -> None:
    """Draw how far the centre nearest to the person moved towards them, in percent of the distance, on either side.

    Args:
        found: Result of the attack.
        title: Names the picture for those who cannot see it.
        key: Key of the chart.
    """
    way = found.distance if found.distance > 0 else 1.0
    inside, outside = (100.0 * side[Statistic.CENTER_SHIFT] / way for side in (found.inside, found.outside))
    edges = _edges(np.concatenate([inside, outside]))
    middles = (edges[:-1] + edges[1:]) / 2.0
    figure = go.Figure()
    figure.add_bar(
        x=middles,
        y=_shares(inside, edges),
        width=np.diff(edges),
        name=phrase("attack.with"),
        marker={"color": COLOURS[0], "opacity": 0.6, "line": {"width": 0}},
    )
    figure.add_scatter(
        x=np.concatenate([edges[:1], middles, edges[-1:]]),
        y=np.concatenate([[0.0], _shares(outside, edges), [0.0]]),
        mode="lines",
        line={"color": COLOURS[5], "width": 3, "dash": "dash", "shape": "hvh"},
        name=phrase("attack.without"),
    )
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        # Two lines: one is wider than a phone.
        xaxis={"title": phrase("attack.pull_axis").replace("|", "<br>"), "ticksuffix": "%", "zeroline": False},
        yaxis={"title": phrase("attack.share_axis"), "tickformat": ".0%", "rangemode": "tozero"},
        legend={"orientation": "h", "y": -0.35},
        hovermode="x",
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
    )
    middle = (f"{float(np.median(values)):.1f}%" for values in (inside, outside))
    alternative = phrase("attack.hills_alternative", title=title, inside=next(middle), outside=next(middle))
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alternative)


def _edges(values: FloatArray) -> FloatArray:
    low, high = np.percentile(values, [TAIL, 100.0 - TAIL])
    # Plain results lie on two places: show both with some ground around.
    room = 0.1 * (high - low) if high > low else 1.0
    edges: FloatArray = np.linspace(low - room, high + room, BINS + 1)
    return edges


def _shares(values: FloatArray, edges: FloatArray) -> FloatArray:
    counts = np.histogram(np.clip(values, edges[0], edges[-1]), bins=edges)[0]
    shares: FloatArray = counts / values.size
    return shares
