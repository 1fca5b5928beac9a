"""What charts of lines show, as tables narrow enough for a phone: a row for each value of x, medians above bands."""

from typing import Any

from ui import figures
from ui.lab.line_panels import Line, Panel
from ui.markup import show


def draw(panels: tuple[Panel, ...]) -> None:
    """Draw a table for each panel."""
    show("lines_tables", panels=[_table(panel) for panel in panels])


def _table(panel: Panel) -> dict[str, Any]:
    curves = [line for line in panel.lines if len(line.y) == len(panel.x)]
    return {
        "title": panel.title,
        "y_title": panel.y_title,
        "is_insider": panel.is_insider,
        "x_title": panel.x_title,
        # A name that is broken at its hyphen is hard to read in a narrow column.
        "names": [line.name.replace("-", "\N{NON-BREAKING HYPHEN}") for line in curves],
        "rows": [
            (figures.number(x), [_cell(line, i, fine=panel.y_log) for line in curves]) for i, x in enumerate(panel.x)
        ],
        "levels": [(line.name, _value(line.y[0], fine=panel.y_log)) for line in panel.lines if line not in curves],
    }


def _cell(line: Line, i: int, *, fine: bool) -> tuple[str, str]:
    ends = [_value(end, fine=fine) for end in (line.low[i], line.high[i])] if line.low else []
    return _value(line.y[i], fine=fine), " – ".join(ends)


def _value(value: float, *, fine: bool) -> str:
    """Write two decimals; on a logarithmic axis, of what is below 0.1, two significant digits."""
    if abs(value) >= 10:  # noqa: PLR2004 - one says enough
        return figures.decimals(value, 1)
    return figures.significant(value, 2) if fine and 0 < abs(value) < 0.1 else figures.decimals(value)  # noqa: PLR2004
