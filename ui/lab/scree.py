"""Scree plots: share of the variance along each direction, exact and from the noisy second moment."""

import plotly.graph_objects as go
import streamlit as st

from core.studies.dimensions import COLUMNS, DimensionsStudy
from core.studies.scree import Scree
from ui import charts, figures, session
from ui.markup import show
from ui.text import phrase

HEIGHT = 320


def draw(found: DimensionsStudy) -> None:
    """Draw the choice of a number of columns, and how much each direction of them holds for every number of people."""
    st.subheader(phrase("dimensions.scree"), anchor=False)
    st.segmented_control(
        phrase("dimensions.scree_columns"),
        COLUMNS,
        format_func=lambda n: phrase("dimensions.n_columns", n=n),
        required=True,
        key="dimensions_columns",
        persist_state="session",
    )
    chosen = session.settings.dimensions_columns
    with st.container(key="scree_panels"):
        for result in found.results:
            if result.n_columns == chosen:
                with st.container():
                    _draw_bars(result.scree, people=figures.people(result.n_people))
    show("quiet", text=phrase("dimensions.scree_reading"))


def _draw_bars(scree: Scree, *, people: str) -> None:
    st.markdown(f"**{people}**")
    st.plotly_chart(
        _make_figure(scree),
        key=f"dimensions_scree_{people}",
        config={"displayModeBar": False},
        alt=_describe(scree, people=people),
    )


def _number_directions(scree: Scree) -> list[str]:
    return [str(number) for number in range(1, len(scree.exact) + 1)]


def _make_figure(scree: Scree) -> go.Figure:
    numbers = _number_directions(scree)
    figure = go.Figure()
    figure.add_bar(x=numbers, y=scree.exact, name=phrase("dimensions.exact"), marker_color=charts.COLOURS[0])
    _add_noisy_bars(figure, scree)
    figure.add_scatter(
        x=[numbers[0], numbers[-1]],
        y=[scree.noise] * 2,
        mode="lines",
        name=phrase("dimensions.noise"),
        line={"color": charts.COLOURS[5], "dash": "dash", "width": 3},
    )
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={"type": "category", "title": phrase("dimensions.direction")},
        yaxis={"title": phrase("dimensions.share"), "tickformat": ".0%", "rangemode": "tozero"},
        legend={"orientation": "h", "y": -0.3},
    )
    return figure


def _add_noisy_bars(figure: go.Figure, scree: Scree) -> None:
    figure.add_bar(
        x=_number_directions(scree),
        y=[band.median for band in scree.noisy],
        name=phrase("dimensions.noisy"),
        marker={
            "color": charts.COLOURS[1],
            "pattern": {"shape": "/", "fillmode": "overlay", "fgcolor": "#191F28", "solidity": 0.2},
        },
        error_y={
            "array": [band.high - band.median for band in scree.noisy],
            "arrayminus": [band.median - band.low for band in scree.noisy],
            "color": "#8B95A1",
        },
    )


def _describe(scree: Scree, *, people: str) -> str:
    values = ", ".join(
        f"{number}: {figures.share(exact)} / {figures.share(noisy.median)}"
        for number, exact, noisy in zip(_number_directions(scree), scree.exact, scree.noisy, strict=True)
    )
    return phrase("dimensions.scree_alternative", people=people, told=values, noise=figures.share(scree.noise))
