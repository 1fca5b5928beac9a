"""The comparison's twelve shapes as outlines: drawn alike on every system, whatever signs its fonts hold."""

import math

Outline = tuple[tuple[float, float], ...]
#: How far a cross reaches, and half the width of its arms.
_ARM, _THIN = 1.15, 0.42
_UP, _DOWN, _RIGHT = -math.pi / 2, math.pi / 2, 0.0
#: The farthest that any shape reaches; one of radius 1 fits into a square of twice this.
REACH = 1.4


def _polygon(*reaches: float, corners: int, turn: float, lower: float = 0.0) -> Outline:
    """Return corners around the middle, as far out as ``reaches`` say in turn; y runs downwards."""
    angles = [turn + 2 * math.pi * i / corners for i in range(corners)]
    far = [reaches[i % len(reaches)] for i in range(corners)]
    return tuple((reach * math.cos(at), reach * math.sin(at) + lower) for reach, at in zip(far, angles, strict=True))


def _cross(turn: float) -> Outline:
    quarter = ((-_THIN, -_ARM), (_THIN, -_ARM), (_THIN, -_THIN))
    return tuple(
        (x * math.cos(at) - y * math.sin(at), x * math.sin(at) + y * math.cos(at))
        for at in (turn + math.pi / 2 * i for i in range(4))
        for x, y in quarter
    )


#: By plotly's names, in the order of the groups; of radius 1 as ``assets/components/drawing.js`` draws them.
OUTLINES: dict[str, Outline] = {
    "circle": _polygon(1.0, corners=36, turn=_UP),
    "square": _polygon(0.88 * math.sqrt(2.0), corners=4, turn=math.pi / 4),
    "diamond": _polygon(1.25, corners=4, turn=_RIGHT),
    "triangle-up": _polygon(1.25, corners=3, turn=_UP, lower=0.15),
    "cross": _cross(0.0),
    "triangle-down": _polygon(1.25, corners=3, turn=_DOWN, lower=-0.15),
    "star": _polygon(1.2, 0.5, corners=10, turn=_UP),
    "hexagon": _polygon(1.1, corners=6, turn=_RIGHT),
    "x": _cross(math.pi / 4),
    "pentagon": _polygon(1.15, corners=5, turn=_UP),
    "star-diamond": _polygon(1.2, 0.5, corners=8, turn=_UP),
    "triangle-right": _polygon(1.25, corners=3, turn=_RIGHT),
}


def svg(symbol: str, *, x: float, y: float, radius: float) -> str:
    """Return the corners of a shape around a place of a drawing, as an SVG polygon has them."""
    return " ".join(f"{x + radius * across:.1f},{y + radius * down:.1f}" for across, down in OUTLINES[symbol])


def css(symbol: str) -> str:
    """Return the corners of a shape that fills its box, as a style sheet clips by them."""
    corners = (f"{50 + 50 * x / REACH:.1f}% {50 + 50 * y / REACH:.1f}%" for x, y in OUTLINES[symbol])
    return f"polygon({', '.join(corners)})"
