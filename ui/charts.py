"""Charts that are drawn once in a while, with plotly: quiet grid, Okabe–Ito colours, dashes beside colours."""

import plotly.graph_objects as go
import streamlit as st

from core.studies.bands import MetricBand
from ui import figures

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
DASHES = ("dash", "dot", "dashdot", "longdash")
HEIGHT = 380
CLEAR = "rgba(0, 0, 0, 0)"


def draw_bands(
    *,
    title: str,
    x: list[float],
    bands: list[MetricBand],
    name: str,
    lines: dict[str, float],
    x_title: str,
    y_title: str,
    key: str,
) -> None:
    """Draw medians with their 10–90 % band against a logarithmic axis, and what they are held against as lines."""
    middle = [band.median for band in bands]
    figure = go.Figure()
    figure.add_scatter(
        x=[*x, *reversed(x)],
        y=[*(band.high for band in bands), *(band.low for band in reversed(bands))],
        mode="lines",
        fill="toself",
        fillcolor="rgba(0, 114, 178, 0.18)",
        line={"width": 0},
        hoverinfo="skip",
        showlegend=False,
    )
    figure.add_scatter(
        x=x, y=middle, mode="lines+markers", name=name, line={"color": COLOURS[0], "width": 3}, marker={"size": 9}
    )
    for i, (label, value) in enumerate(lines.items()):
        figure.add_scatter(
            x=[x[0], x[-1]],
            y=[value, value],
            mode="lines",
            name=label,
            line={"color": COLOURS[1 + i], "dash": DASHES[i % len(DASHES)], "width": 2},
        )
    medians = ", ".join(
        f"ε {figures.significant(at)}: {figures.decimals(value)}" for at, value in zip(x, middle, strict=True)
    )
    draw(
        figure,
        key=key,
        alternative=f"{title}. {medians}",
        height=HEIGHT,
        xaxis={"type": "log", "title": x_title, "tickvals": x, "ticktext": [figures.significant(value) for value in x]},
        yaxis={"title": y_title, "rangemode": "tozero"},
        legend={"orientation": "h", "y": -0.25},
    )


def draw(figure: go.Figure, *, key: str, alternative: str, **layout: object) -> None:
    """Draw ``figure`` laid out with little around it, and ``alternative`` for those who cannot see it."""
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 8}, **layout)
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alternative)
