"""Line charts with bands as small multiples, drawn side by side or below each other, as fits."""

import math
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from ui import figures
from ui.charts import COLOURS
from ui.lab import line_svg
from ui.lab.line_panels import STYLES, Line, Panel
from ui.markup import show

HEIGHT = 340
CLEAR = "rgba(0, 0, 0, 0)"
#: Along a long logarithmic axis at least so many values are named in full; of fewer, plotly's own are closer.
LOG_TICKS_LEAST = 3


def draw(panels: tuple[Panel, ...], *, key: str) -> None:
    """Draw the legend once and every panel as a chart of its own."""
    show(
        "lines_legend",
        lines=[(line.name, line_svg.make_swatch(i, is_level=line.is_level)) for i, line in enumerate(panels[0].lines)],
    )
    with st.container(key=f"{key}_panels"):
        for number, panel in enumerate(panels):
            with st.container():
                show("lines_title", title=panel.title, is_insider=panel.is_insider)
                st.plotly_chart(
                    make_figure(panel),
                    key=f"{key}_{number}",
                    config={
                        "displaylogo": False,
                        "displayModeBar": True,
                        "modeBarButtons": [["toImage"]],
                        "toImageButtonOptions": {
                            "format": "png",
                            "scale": 2,
                            "filename": panel.name_file(f"{key}-{number + 1}"),
                        },
                    },
                    alt=describe(panel),
                )


def describe(panel: Panel) -> str:
    """Say a panel in words: every line with its first, middle and last value."""
    described = []
    for line in panel.lines:
        places = sorted({0, len(line.y) // 2, len(line.y) - 1})
        values = ", ".join(f"{figures.number(panel.x[i])}: {figures.significant(line.y[i], 3)}" for i in places)
        described.append(
            f"{line.name} {figures.significant(line.y[0], 3)}" if line.is_level else f"{line.name} {values}"
        )
    note = f" {panel.note}." if panel.note else ""
    return f"{panel.title}.{note} {panel.x_title}, {panel.y_title}. {'; '.join(described)}."


def make_figure(panel: Panel) -> go.Figure:
    """Return a panel as a chart."""
    figure = go.Figure()
    for number, line in enumerate(panel.lines):
        if line.low:
            _add_band(figure, panel, line, COLOURS[number])
        _add_line(figure, panel, line, number)
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        showlegend=False,
        modebar={"bgcolor": CLEAR, "color": "#8B95A1", "activecolor": COLOURS[0]},
        xaxis={
            "type": "log",
            "title": panel.x_title,
            "tickvals": list(panel.ticks),
            "ticktext": [figures.number(value) for value in panel.ticks],
        },
        yaxis={"title": panel.y_title, "type": "log" if panel.y_log else "linear", "range": _range(panel)}
        | _log_ticks(panel),
    )
    if panel.note:
        # The title stands outside: a picture taken of the chart alone must say it too.
        figure.add_annotation(
            text=panel.note, showarrow=False,
            x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom",
        )  # fmt: skip
    return figure


def _add_band(figure: go.Figure, panel: Panel, line: Line, colour: str) -> None:
    figure.add_scatter(
        x=[*panel.x, *reversed(panel.x)],
        y=[*line.high, *reversed(line.low)],
        mode="lines",
        fill="toself",
        fillcolor=_faint(colour),
        line={"width": 0},
        hoverinfo="skip",
    )


def _add_line(figure: go.Figure, panel: Panel, line: Line, number: int) -> None:
    dash, symbol = STYLES[number]
    figure.add_scatter(
        x=[panel.x[0], panel.x[-1]] if line.is_level else panel.x,
        y=line.y * 2 if line.is_level else line.y,
        mode="lines" if line.is_level else "lines+markers",
        name=line.name,
        line={"color": COLOURS[number], "width": 3, "dash": dash},
        marker={"size": 9, "symbol": symbol},
    )


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.16)"


def _log_ticks(panel: Panel) -> dict[str, Any]:
    """Name 1, 2 and 5 of each power of ten in full along a long logarithmic axis; plotly leaves their zeros out."""
    if not panel.y_log:
        return {}
    low, high = panel.ends
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [step * 10.0**power for power in powers for step in (1, 2, 5) if low <= step * 10.0**power <= high]
    if len(ticks) < LOG_TICKS_LEAST:
        return {}
    return {"tickvals": ticks, "ticktext": [figures.number(round(tick, 9)) for tick in ticks]}


def _range(panel: Panel) -> list[float] | None:
    if panel.y_range is None:
        return None
    return [math.log10(end) for end in panel.y_range] if panel.y_log else list(panel.y_range)
