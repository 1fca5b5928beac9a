"""Parallel coordinates of the groups; every group has the colour and the shape that it has in the 3-D scatter."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from core.data import Table
from core.metrics.profile import Profile
from ui import figures, names
from ui.lab.group_styles import GroupStyle, style_of
from ui.markup import show
from ui.text import phrase

#: Ratios that the lines reach at most, up or down.
RATIO_MOST = 10.0
RATIO_TICKS = (0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 10.0)
ROW_HEIGHT, LINES_ROOM = 40, 90


def draw_legend(titles: list[str]) -> None:
    """Draw the legend of the groups, once for both pictures."""
    styles = [(title, style_of(group)) for group, title in enumerate(titles)]
    show(
        "features_legend",
        groups=[{"title": title, "colour": each.css_colour, "clip": each.clip} for title, each in styles],
    )


def draw(table: Table, described: Profile, titles: list[str]) -> None:
    """Draw parallel coordinates, one row a column: names stay level and a phone scrolls down, not sideways."""
    show("lines_title", title=phrase("features.lines"), is_insider=False)
    rows = [names.short(column) for column in table.columns]
    st.plotly_chart(
        _make_figure(rows, described, titles),
        key="features_lines",
        config={"displayModeBar": False},
        alt=phrase("features.lines_alternative", told=_describe(rows, described, titles)),
    )
    show("quiet", text=phrase("features.lines_why", most=figures.number(RATIO_MOST)))


def _make_figure(rows: list[str], described: Profile, titles: list[str]) -> go.Figure:
    figure = go.Figure()
    figure.add_vline(x=1.0, line={"color": "#8B95A1", "width": 2, "dash": "dot"})
    for group, title in enumerate(titles):
        ratios = [described.ratio(group, j) for j in range(len(rows))]
        _add_group(figure, rows, ratios, style=style_of(group), name=f"{group + 1} · {title}")
    figure.update_layout(
        height=LINES_ROOM + ROW_HEIGHT * len(rows),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        xaxis={
            "type": "log",
            "title": phrase("features.lines_axis"),
            "tickvals": RATIO_TICKS,
            "ticktext": [figures.number(tick) for tick in RATIO_TICKS],
        },
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": rows,
            "range": [len(rows) - 0.5, -0.5],
            "title": phrase("features.column"),
            "automargin": True,
        },
    )
    return figure


def _add_group(figure: go.Figure, rows: list[str], ratios: list[float], *, style: GroupStyle, name: str) -> None:
    figure.add_scatter(
        x=np.clip(ratios, 1.0 / RATIO_MOST, RATIO_MOST).round(3).tolist(),
        y=list(range(len(rows))),
        mode="lines+markers",
        name=name,
        line={"color": style.colour, "width": 3, "dash": style.dash},
        marker={"size": 10, "symbol": style.symbol, "color": style.colour},
        hovertext=[f"{row} {figures.times(ratio)}" for row, ratio in zip(rows, ratios, strict=True)],
        hoverinfo="name+text",
    )


def _describe(rows: list[str], described: Profile, titles: list[str]) -> str:
    return "; ".join(
        f"{title}: "
        + ", ".join(
            f"{rows[j]} {figures.times(described.ratio(group, int(j)))}" for j in described.distinctive(group, 3)
        )
        for group, title in enumerate(titles)
    )
