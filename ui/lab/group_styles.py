"""How groups look in the lab's pictures: with the colours and shapes of the comparison, flat and in space."""

from dataclasses import dataclass

from ui import charts
from ui.lab import shapes

#: The comparison's eight colours. Streamlit puts the eighth of the theme's ``chartCategoricalColors`` in place of the
#: last one, black by day and white by night; where it does not, this is as good as black.
COLOURS = (*charts.COLOURS, "#F0E442", "#000008")
#: The same for what is no chart.
CSS_COLOURS = (*COLOURS[:-1], "light-dark(#000000, #FFFFFF)")
#: The comparison's twelve shapes by plotly's names.
SHAPES = tuple(shapes.OUTLINES)
DASHES = ("solid", *charts.DASHES)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStyle:
    """How one group looks, so that it is told apart by shape alone."""

    colour: str
    css_colour: str
    symbol: str
    dash: str

    @property
    def clip(self) -> str:
        """The outline of its shape, as a style sheet clips by it."""
        return shapes.css(self.symbol)


def style_of(group: int) -> GroupStyle:
    """Return how the group of this number looks, counted from 0."""
    return GroupStyle(
        colour=COLOURS[group % len(COLOURS)],
        css_colour=CSS_COLOURS[group % len(CSS_COLOURS)],
        symbol=SHAPES[group % len(SHAPES)],
        dash=DASHES[group % len(DASHES)],
    )
