"""How groups look in plotly's charts: with the colours and shapes of the comparison, flat and in space."""

from dataclasses import dataclass

from ui import charts

#: The comparison's eight colours. Streamlit puts the eighth of the theme's ``chartCategoricalColors`` in place of the
#: last one, black by day and white by night; where it does not, this is as good as black.
COLOURS = (*charts.COLOURS, "#F0E442", "#000008")
#: The same for what is no chart.
CSS_COLOURS = (*COLOURS[:-1], "light-dark(#000000, #FFFFFF)")
_AS_TEXT = "\N{VARIATION SELECTOR-15}"
#: The comparison's twelve shapes: plotly's names, and signs for where plotly has no such shape. Two of the signs would
#: be pictures in a colour of their own on some phones.
SHAPES = (
    ("circle", "●"),
    ("square", "■"),
    ("diamond", "◆"),
    ("triangle-up", "▲"),
    ("cross", "✚"),
    ("triangle-down", "▼"),
    ("star", "★"),
    ("hexagon", "⬢"),
    ("x", f"✖{_AS_TEXT}"),
    ("pentagon", "⬟"),
    ("star-diamond", "✦"),
    ("triangle-right", f"▶{_AS_TEXT}"),
)
DASHES = ("solid", *charts.DASHES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one group looks, so that it is told apart by shape alone."""

    colour: str
    css_colour: str
    symbol: str
    sign: str
    dash: str


def look(group: int) -> Look:
    """Return how the group of this number looks, counted from 0."""
    symbol, sign = SHAPES[group % len(SHAPES)]
    return Look(
        colour=COLOURS[group % len(COLOURS)],
        css_colour=CSS_COLOURS[group % len(CSS_COLOURS)],
        symbol=symbol,
        sign=sign,
        dash=DASHES[group % len(DASHES)],
    )
