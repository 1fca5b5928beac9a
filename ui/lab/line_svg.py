"""Panels of lines as one drawing with title and legend, for papers and slides.

Written by ourselves: the camera of a plotly chart saves that chart alone, in the colours of the screen (by night on a
dark ground), and the legend, which stands outside the charts, is missing from it.
"""

import base64
import math
from dataclasses import dataclass
from typing import Any

from ui import figures
from ui.charts import COLOURS
from ui.lab import shapes
from ui.lab.line_panels import STYLES, Line, Panel
from ui.markup import render

_GRAPH = {"width": 640, "height": 380, "left": 84, "right": 24, "top": 48, "bottom": 64}
_DASHES = {"solid": "none", "dash": "10 6", "dot": "2 6", "dashdot": "10 5 2 5", "longdash": "18 8"}
_MARK_RADIUS = 6.0
#: Room above the legend, without and with a note, and for each line of the legend.
_HEAD, _HEAD_WITH_NOTE, _LEGEND_LINE = 70, 96, 30
#: Where values of y are named, as parts of the axis.
_Y_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)

Point = tuple[float, float]


def write_svg(panels: tuple[Panel, ...], *, title: str) -> str:
    """Return all panels below each other as one SVG with its legend."""
    first = panels[0]
    head = _HEAD_WITH_NOTE if first.note else _HEAD
    return render(
        "lines_svg",
        title=title,
        note=first.note,
        graph=_GRAPH,
        head=head,
        height=head + 20 + _LEGEND_LINE * len(first.lines) + _GRAPH["height"] * len(panels),
        legend=[
            {"name": line.name} | _style(i, [] if line.is_level else [(22.0, 0.0)])
            for i, line in enumerate(first.lines)
        ],
        panels=[_Plot(panel).describe() for panel in panels],
    )


def make_swatch(number: int, *, is_level: bool) -> str:
    """Return a piece of a figure's line of this number as an address that an image can carry."""
    drawing = render("lines_swatch", **_style(number, [] if is_level else [(22.0, 8.0)])).encode()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing).decode()}"


def _style(number: int, marked: list[Point]) -> dict[str, Any]:
    """Return how a line of this number looks, and the outlines of its marks at some points; levels have no marks."""
    dash, symbol = STYLES[number]
    marks = [shapes.svg(symbol, x=x, y=y, radius=_MARK_RADIUS) for x, y in marked]
    return {"colour": COLOURS[number], "dash": _DASHES[dash], "marks": marks}


@dataclass(frozen=True, slots=True)
class _Plot:
    """One panel on the drawing's own scale."""

    panel: Panel

    def describe(self) -> dict[str, Any]:
        """Return what the template draws of it."""
        panel = self.panel
        return {
            "title": panel.title,
            "x_title": panel.x_title,
            "y_title": panel.y_title,
            "lines": [self._describe_line(i, line) for i, line in enumerate(panel.lines)],
            "x_ticks": [(self._across(value), figures.number(value)) for value in panel.ticks],
            "y_ticks": [(self._down(value), figures.significant(value, 3)) for value in map(self._value_at, _Y_TICKS)],
        }

    def _describe_line(self, number: int, line: Line) -> dict[str, Any]:
        x = self.panel.x
        points = self._place((x[0], x[-1]), line.y * 2) if line.is_level else self._place(x, line.y)
        band = [*self._place(x, line.high), *self._place(x[::-1], line.low[::-1])] if line.low else []
        return {"path": _path(points), "band": _path(band)} | _style(number, [] if line.is_level else points)

    def _place(self, x: tuple[float, ...], y: tuple[float, ...]) -> list[Point]:
        return [(self._across(at), self._down(value)) for at, value in zip(x, y, strict=True)]

    def _across(self, x: float) -> float:
        first, last = self.panel.x[0], self.panel.x[-1]
        width = _GRAPH["width"] - _GRAPH["left"] - _GRAPH["right"]
        return round(_GRAPH["left"] + width * math.log(x / first) / (math.log(last / first) or 1.0), 1)

    def _down(self, y: float) -> float:
        low, high = self.panel.ends
        height = _GRAPH["height"] - _GRAPH["top"] - _GRAPH["bottom"]
        part = math.log(max(y, low) / low) / math.log(high / low) if self.panel.y_log else (y - low) / (high - low)
        return round(_GRAPH["top"] + height * (1.0 - min(max(part, 0.0), 1.0)), 1)

    def _value_at(self, part: float) -> float:
        low, high = self.panel.ends
        return low * (high / low) ** part if self.panel.y_log else low + part * (high - low)


def _path(points: list[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
