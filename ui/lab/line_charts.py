"""Lines with bands as small multiples: drawn side by side or below each other, as fits, and saved as one SVG."""

import base64
import math
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from ui import figures
from ui.charts import COLOURS
from ui.lab import shapes
from ui.markup import rendered, show
from ui.text import phrase

HEIGHT = 340
CLEAR = "rgba(0, 0, 0, 0)"
#: How the lines of one figure are told apart beside their colour, in order.
STYLES = (
    ("solid", "circle"),
    ("dash", "square"),
    ("dot", "diamond"),
    ("dashdot", "cross"),
    ("longdash", "triangle-up"),
)
#: How large marks are in what is drawn by hand.
MARK = 6.0
_GRAPH = {"width": 640, "height": 380, "left": 84, "right": 24, "top": 48, "bottom": 64}
_DASH = {"solid": "none", "dash": "10 6", "dot": "2 6", "dashdot": "10 5 2 5", "longdash": "18 8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: values over x, with the band around them if there is one; of one value, a level across the panel."""

    name: str
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One small multiple; its x axis is logarithmic. On screen and in every file it says whether it is insider."""

    title: str
    x: tuple[float, ...]
    lines: tuple[Line, ...]
    x_title: str
    y_title: str
    y_log: bool = False
    y_range: tuple[float, float] | None = None
    is_insider: bool = False

    @property
    def note(self) -> str:
        """What is to be said with it wherever it goes; empty unless it is exact."""
        return phrase("lab.insider_note") if self.is_insider else ""

    def file(self, name: str) -> str:
        """Return what a file of this name is called if it holds the panel."""
        return f"{name}-insider" if self.is_insider else name


def draw(panels: tuple[Panel, ...], *, key: str) -> None:
    """Draw the legend once and every panel as a chart of its own."""
    show("lines_legend", lines=[(line.name, swatch(line, i)) for i, line in enumerate(panels[0].lines)])
    with st.container(key=f"{key}_panels"):
        for number, panel in enumerate(panels):
            with st.container():
                show("lines_title", title=panel.title, is_insider=panel.is_insider)
                st.plotly_chart(
                    figure(panel),
                    key=f"{key}_{number}",
                    config={
                        "displaylogo": False,
                        "displayModeBar": True,
                        "modeBarButtons": [["toImage"]],
                        "toImageButtonOptions": {
                            "format": "png",
                            "scale": 2,
                            "filename": panel.file(f"{key}-{number + 1}"),
                        },
                    },
                    alt=alternative(panel),
                )


def swatch(line: Line, number: int) -> str:
    """Return a piece of a figure's line of this number as an address that an image can carry."""
    marks = _marks(number, [(22.0, 8.0)]) if len(line.y) > 1 else []
    drawing = rendered("lines_swatch", marks=marks, **_style(number)).encode()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}"


def _style(number: int) -> dict[str, str]:
    return {"colour": COLOURS[number], "dash": _DASH[STYLES[number][0]]}


def _marks(number: int, places: list[tuple[float, float]]) -> list[str]:
    """Return the outline of the mark of a line of this number at every place; levels have no marks."""
    return [shapes.svg(STYLES[number][1], x=x, y=y, radius=MARK) for x, y in places]


def alternative(panel: Panel) -> str:
    """Say a panel in words: every line with its first, middle and last value."""
    told = []
    for line in panel.lines:
        places = sorted({0, len(line.y) // 2, len(line.y) - 1})
        values = ", ".join(f"{figures.number(panel.x[i])}: {line.y[i]:.3g}" for i in places)
        told.append(f"{line.name} {values}" if len(line.y) > 1 else f"{line.name} {line.y[0]:.3g}")
    note = f" {panel.note}." if panel.note else ""
    return f"{panel.title}.{note} {panel.x_title}, {panel.y_title}. {'; '.join(told)}."


def figure(panel: Panel) -> go.Figure:
    """Return a panel as a chart."""
    drawn = go.Figure()
    for i, line in enumerate(panel.lines):
        dash, symbol = STYLES[i]
        if line.low:
            drawn.add_scatter(
                x=[*panel.x, *reversed(panel.x)],
                y=[*line.high, *reversed(line.low)],
                mode="lines", fill="toself", fillcolor=_faint(COLOURS[i]), line={"width": 0}, hoverinfo="skip",
            )  # fmt: skip
        is_level = len(line.y) == 1
        drawn.add_scatter(
            x=[panel.x[0], panel.x[-1]] if is_level else panel.x,
            y=line.y * 2 if is_level else line.y,
            mode="lines" if is_level else "lines+markers",
            name=line.name,
            line={"color": COLOURS[i], "width": 3, "dash": dash},
            marker={"size": 9, "symbol": symbol},
        )
    drawn.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        showlegend=False,
        modebar={"bgcolor": CLEAR, "color": "#8B95A1", "activecolor": COLOURS[0]},
        xaxis={"type": "log", "title": panel.x_title, "tickvals": _ticks(panel), "ticktext": _told(panel)},
        yaxis={"title": panel.y_title, "type": "log" if panel.y_log else "linear", "range": _range(panel)}
        | _rungs(panel),
    )
    if panel.note:
        # The title stands outside: a picture taken of the chart alone must say it too.
        drawn.add_annotation(
            text=panel.note, showarrow=False,
            x=0, xref="paper", xanchor="left", y=1, yref="paper", yanchor="bottom",
        )  # fmt: skip
    return drawn


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.16)"


def _ticks(panel: Panel) -> list[float]:
    """Name every third value where there are many: more would run into each other on a phone."""
    return list(panel.x[:: 3 if len(panel.x) > 6 else 1])  # noqa: PLR2004 - fit beside each other


def _rungs(panel: Panel) -> dict[str, Any]:
    """Name 1, 2 and 5 of each power of ten in full along a long logarithmic axis; plotly leaves their zeros out."""
    if not panel.y_log:
        return {}
    low, high = _ends(panel)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    rungs = [step * 10.0**power for power in powers for step in (1, 2, 5) if low <= step * 10.0**power <= high]
    few = len(rungs) < 3  # noqa: PLR2004 - then plotly's are closer
    return {} if few else {"tickvals": rungs, "ticktext": [figures.number(round(rung, 9)) for rung in rungs]}


def _told(panel: Panel) -> list[str]:
    return [figures.number(value) for value in _ticks(panel)]


def _range(panel: Panel) -> list[float] | None:
    if panel.y_range is None:
        return None
    return [math.log10(end) for end in panel.y_range] if panel.y_log else list(panel.y_range)


# --- one file ----------------------------------------------------------------------------------------------------


def svg(panels: tuple[Panel, ...], *, title: str) -> str:
    """Return all panels below each other as one SVG with its legend: for papers and slides."""
    note = panels[0].note
    head = 96 if note else 70
    return rendered(
        "lines_svg",
        title=title,
        note=note,
        graph=_GRAPH,
        head=head,
        height=head + 20 + 30 * len(panels[0].lines) + _GRAPH["height"] * len(panels),
        legend=[
            {"name": line.name, "marks": _marks(i, [(22.0, 0.0)] if len(line.y) > 1 else [])} | _style(i)
            for i, line in enumerate(panels[0].lines)
        ],
        panels=[_drawn(panel) for panel in panels],
    )


def _drawn(panel: Panel) -> dict[str, Any]:
    low, high = _ends(panel)
    width = _GRAPH["width"] - _GRAPH["left"] - _GRAPH["right"]
    height = _GRAPH["height"] - _GRAPH["top"] - _GRAPH["bottom"]

    def across(x: float) -> float:
        span = math.log(panel.x[-1] / panel.x[0]) or 1.0
        return round(_GRAPH["left"] + width * math.log(x / panel.x[0]) / span, 1)

    def down(y: float) -> float:
        part = math.log(max(y, low) / low) / math.log(high / low) if panel.y_log else (y - low) / (high - low)
        return round(_GRAPH["top"] + height * (1.0 - min(max(part, 0.0), 1.0)), 1)

    def path(x: tuple[float, ...], y: tuple[float, ...]) -> str:
        return " ".join(f"{across(at)},{down(value)}" for at, value in zip(x, y, strict=True))

    lines = []
    for i, line in enumerate(panel.lines):
        x = panel.x if len(line.y) > 1 else (panel.x[0], panel.x[-1])
        y = line.y if len(line.y) > 1 else line.y * 2
        band = f"{path(x, line.high)} {path(x[::-1], line.low[::-1])}" if line.low else ""
        marks = [(across(at), down(value)) for at, value in zip(x, y, strict=True)] if len(line.y) > 1 else []
        lines.append({"path": path(x, y), "band": band, "marks": _marks(i, marks)} | _style(i))
    levels = [
        low * (high / low) ** part if panel.y_log else low + part * (high - low) for part in (0, 0.25, 0.5, 0.75, 1)
    ]
    return {
        "title": panel.title,
        "x_title": panel.x_title,
        "y_title": panel.y_title,
        "lines": lines,
        "x_ticks": [(across(value), figures.number(value)) for value in _ticks(panel)],
        "y_ticks": [(down(value), f"{value:.3g}") for value in levels],
    }


def _ends(panel: Panel) -> tuple[float, float]:
    if panel.y_range is not None:
        return panel.y_range
    values = [value for line in panel.lines for value in (*line.y, *line.low, *line.high)]
    least, most = min(values), max(values)
    return (least, most) if most > least else (least * 0.9, least * 1.1 or 1.0)
