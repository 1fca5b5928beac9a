"""One picture of what an upper bound costs: who is clipped to the left, how much noise to the right."""

import math
from dataclasses import dataclass

from core.data import Column
from ui import figures, names
from ui.markup import show
from ui.text import phrase

#: Drawing units; the browser stretches them to the place there is.
WIDTH, HEIGHT = 1000, 400
TICKS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What each upper bound of a column costs.

    Attributes:
        column: The column, with its present bounds.
        uppers: Upper bounds to look at, increasing.
        at: Place among them of the one that is tried.
        noise: Noise expected in a mean, in the column's unit, by upper bound.
        clipped: Part of the people cut, by upper bound; exact, so None unless the curator looks.
    """

    column: Column
    uppers: list[float]
    at: int
    noise: list[float]
    clipped: list[float] | None

    def describe(self) -> dict[str, str]:
        """Return what stands at the marker, in words."""
        words = {
            "upper": figures.amount(self.uppers[self.at], self.column.unit),
            "noise": format_noise(self.noise[self.at], self.column.unit),
        }
        return words if self.clipped is None else words | {"clipped": figures.share(self.clipped[self.at])}


def draw(cost: Cost) -> None:
    """Draw both curves and the marker; without ``clipped`` only noise."""
    last, unit, clipped = len(cost.uppers) - 1, cost.column.unit, cost.clipped
    marks = sorted({round(i * last / (TICKS - 1)) for i in range(TICKS)})
    key = "bounds.alternative_public" if clipped is None else "bounds.alternative"
    show(
        "bounds",
        width=WIDTH,
        height=HEIGHT,
        noise=_make_curve(cost.noise),
        noise_most=format_noise(max(cost.noise), unit),
        clipped=None if clipped is None else _make_curve(clipped),
        clipped_most="" if clipped is None else figures.share(max(clipped)),
        marker=round(100 * cost.at / last, 2),
        marker_text=cost.describe()["upper"],
        is_right=2 * cost.at > last,
        ticks=[{"at": round(100 * i / last, 2), "text": figures.number(cost.uppers[i])} for i in marks],
        x_title=phrase("bounds.x_title", unit=figures.unit_name(unit)) if unit else phrase("bounds.upper"),
        alternative=phrase(key, column=names.column(cost.column), **cost.describe()),
    )


def format_noise(amount: float, unit: str) -> str:
    """Format noise to two digits: what is small beside an amount must not be rounded to nothing."""
    if unit in figures.WON_IN:
        return phrase("bounds.won", n=figures.decimals(float(f"{amount * figures.WON_IN[unit]:.2g}"), 0))
    if amount < 1:
        return f"±{figures.significant(amount, 2)} {figures.unit_name(unit)}".strip()
    return f"±{figures.amount(amount, unit)}"


def _make_curve(values: list[float]) -> dict[str, str]:
    """Return the path of a curve and of the area below it, its highest value touching the top."""
    most = max(*values, math.ulp(1.0))
    step = WIDTH / (len(values) - 1)
    points = [f"{step * i:.1f} {HEIGHT * (1 - value / most):.1f}" for i, value in enumerate(values)]
    line = "M" + " L".join(points)
    return {"line": line, "area": f"{line} L{WIDTH} {HEIGHT} L0 {HEIGHT} Z"}
