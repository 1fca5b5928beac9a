"""Curves over the number of groups: how much spread is left and how sharp groups are, as charts and as a table."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.clustering.synopsis.exploration import Exploration
from core.limits import CLUSTERS_MAX, CLUSTERS_MIN
from core.studies.n_clusters import clear_elbow
from ui import charts, figures
from ui.lab import line_charts, line_svg
from ui.lab.line_panels import STYLES
from ui.markup import show
from ui.text import phrase

MEASURES = ("inertia", "silhouette")
ELBOW_SIZE = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What was found for every k, and where from.

    Attributes:
        origin: ``"release"`` or ``"exact"``; the latter is insider.
        name: What it is called in charts.
        explored: Elbow and silhouette for 2, 3, … groups.
        n_features: Number of features that were clustered.
        is_mostly_noise: Whether nothing can be read from it.
    """

    origin: str
    name: str
    explored: tuple[Exploration, ...]
    n_features: int
    is_mostly_noise: bool = False

    @property
    def is_insider(self) -> bool:
        """Whether it is exact."""
        return self.origin == "exact"

    @property
    def suggested(self) -> int | None:
        """The number of groups at a clear elbow; None without one."""
        if self.is_mostly_noise:
            return None
        return clear_elbow(self.explored, n_features=self.n_features, is_exact=self.is_insider)

    def read_measure(self, measure: str) -> tuple[float, ...]:
        """Return a measure for every k; the inertia relative to that of the fewest groups."""
        if measure == "silhouette":
            return tuple(each.silhouette for each in self.explored)
        return tuple(each.inertia / max(self.explored[0].inertia, 1e-9) for each in self.explored)


def silhouette_gaps(curves: list[Curve]) -> dict[int, float]:
    """Return how far the first curve's silhouette is above the second's, by k, as far as both go."""
    pairs = zip(curves[0].explored, curves[1].explored, strict=False)
    return {ours.n_clusters: ours.silhouette - theirs.silhouette for ours, theirs in pairs}


# --- as charts and figures ---------------------------------------------------------------------------------------


def draw(curves: list[Curve]) -> None:
    """Draw the legend once, and every measure as a chart of its own."""
    is_insider = any(curve.is_insider for curve in curves)
    swatches = [(curve.name, line_svg.make_swatch(_style_number(curve), is_level=False)) for curve in curves]
    show("lines_legend", lines=swatches)
    with st.container(key="how_many_panels"):
        for measure in MEASURES:
            with st.container():
                show("lines_title", title=phrase(f"how_many.{measure}"), is_insider=is_insider)
                st.plotly_chart(
                    _make_figure(curves, measure),
                    key=f"how_many_{measure}",
                    config={"displayModeBar": False},
                    alt=_describe(curves, measure),
                )


def _style_number(curve: Curve) -> int:
    """Return the number of a curve's style among ``STYLES``: the first is solid, the second dashed."""
    return int(curve.is_insider)


def _make_figure(curves: list[Curve], measure: str) -> go.Figure:
    figure = go.Figure()
    for curve in curves:
        dash, symbol = STYLES[_style_number(curve)]
        figure.add_scatter(
            x=[each.n_clusters for each in curve.explored],
            y=curve.read_measure(measure),
            mode="lines+markers",
            name=curve.name,
            line={"color": charts.COLOURS[_style_number(curve)], "width": 3, "dash": dash},
            marker={"size": 9, "symbol": symbol},
        )
        if curve.suggested is not None:
            _mark_elbow(figure, curve, measure, k=curve.suggested)
    figure.update_layout(
        height=line_charts.HEIGHT,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        showlegend=False,
        xaxis={"title": phrase("how_many.axis_k"), "dtick": 1, "range": [CLUSTERS_MIN - 0.5, CLUSTERS_MAX + 0.5]},
        yaxis={"title": phrase(f"how_many.axis_{measure}"), "rangemode": "tozero"},
    )
    return figure


def _mark_elbow(figure: go.Figure, curve: Curve, measure: str, *, k: int) -> None:
    _, symbol = STYLES[_style_number(curve)]
    at = [each.n_clusters for each in curve.explored].index(k)
    figure.add_scatter(
        x=[k],
        y=[curve.read_measure(measure)[at]],
        mode="markers+text",
        text=[phrase("how_many.marked", k=k)],
        textposition="bottom right" if measure == "silhouette" and not curve.is_insider else "top right",
        marker={
            "size": ELBOW_SIZE,
            "symbol": f"{symbol}-open",
            "color": charts.COLOURS[_style_number(curve)],
            "line": {"width": 3},
        },
        hoverinfo="skip",
    )


def _describe(curves: list[Curve], measure: str) -> str:
    described = [
        f"{curve.name} "
        + ", ".join(
            f"{each.n_clusters}: {figures.decimals(y)}"
            for each, y in zip(curve.explored, curve.read_measure(measure), strict=True)
        )
        for curve in curves
    ]
    axes = f"{phrase('how_many.axis_k')}, {phrase(f'how_many.axis_{measure}')}"
    return f"{phrase(f'how_many.{measure}')}. {axes}. {'; '.join(described)}."


def draw_table(curves: list[Curve]) -> None:
    """Draw all values as a table, folded away."""
    is_insider = any(curve.is_insider for curve in curves)
    with st.expander(phrase("how_many.table"), icon=":material/table:", key="how_many_figures"):
        show("lines_title", title=phrase("how_many.table"), is_insider=is_insider)
        st.dataframe(_make_frame(curves).round(3), key="how_many_table", hide_index=True, width="stretch")


def _make_frame(curves: list[Curve]) -> pd.DataFrame:
    rows: dict[int, dict[str, float]] = {}
    for curve in curves:
        for measure in MEASURES:
            for each, y in zip(curve.explored, curve.read_measure(measure), strict=True):
                rows.setdefault(each.n_clusters, {"k": each.n_clusters})[_name_column(curve, measure)] = y
    if len(curves) > 1:
        for k, gap in silhouette_gaps(curves).items():
            rows[k][phrase("how_many.gap")] = gap
    return pd.DataFrame([rows[k] for k in sorted(rows)])


def _name_column(curve: Curve, measure: str) -> str:
    return f"{phrase(f'how_many.{measure}')} · {curve.name}"
