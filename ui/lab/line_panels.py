"""Panels of lines with bands: what line charts, their tables and their files are drawn from."""

from dataclasses import dataclass

from ui.text import phrase

#: How the lines of one figure are told apart beside their colour, in order.
STYLES = (
    ("solid", "circle"),
    ("dash", "square"),
    ("dot", "diamond"),
    ("dashdot", "cross"),
    ("longdash", "triangle-up"),
)
#: Among more values than this, every third is named: more would run into each other on a phone.
TICKS_MAX, TICK_STEP = 6, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: values over x, with the band around them if there is one; of one value, a level across the panel."""

    name: str
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()

    @property
    def is_level(self) -> bool:
        """Whether it is one value, drawn from side to side without marks."""
        return len(self.y) == 1


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

    @property
    def ticks(self) -> tuple[float, ...]:
        """The values of x that are named."""
        return self.x[:: TICK_STEP if len(self.x) > TICKS_MAX else 1]

    @property
    def ends(self) -> tuple[float, float]:
        """Where the y axis begins and ends."""
        if self.y_range is not None:
            return self.y_range
        values = [value for line in self.lines for value in (*line.y, *line.low, *line.high)]
        least, most = min(values), max(values)
        return (least, most) if most > least else (least * 0.9, least * 1.1 or 1.0)

    def name_file(self, name: str) -> str:
        """Return what a file of this name is called if it holds the panel."""
        return f"{name}-insider" if self.is_insider else name
