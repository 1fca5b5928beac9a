"""The frames of the lab's player: which of the five steps of k-means it is, what moves, what is said."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray
from ui import figures
from ui.text import phrase

#: The five steps of the explanation; 0 is a pass over the people that ends with them.
LOOK, CHOOSE, START, ASSIGN, MOVE, REPEAT = range(6)

#: Names and values beside the picture.
Figures = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerFrame:
    """What one side of the player shows at once; the player reads the attributes by name.

    Attributes:
        phase: What moves.
        step: Which of the five steps it is, or ``LOOK``.
        say: The step in a sentence.
        figures: Names and values beside the picture.
        centers: Where the centres end up, in the unit square; None while there are none.
        turn: The iteration whose exact means a noisy move passes.
        labels: The iteration whose clusters colour the people or locations; -1 before any.
        noise: The iteration whose noise stays in sight; -1 for none.
        territories: Whether the picture is divided among the centres.
        gone: Whether the people are out of sight, replaced by what was released.
    """

    phase: str
    step: int
    say: str
    figures: Figures
    centers: list[list[float]] | None = None
    turn: int = 0
    labels: int = -1
    noise: int = -1
    territories: bool = False
    gone: bool = False


def to_unit(points: FloatArray) -> FloatArray:
    """Map the box to the unit square."""
    mapped: FloatArray = (points + 1.0) / 2.0
    return mapped


def to_rows(points: FloatArray) -> list[list[float]]:
    """Return points of the box as the player reads them: rows in the unit square, rounded."""
    rows: list[list[float]] = np.round(to_unit(points), 4).tolist()
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFormat:
    """How the figures of a side are put into words.

    Attributes:
        epsilon: ε of the whole run; None where nothing is private.
        is_public: Whether exact values are left out.
    """

    epsilon: float | None = None
    is_public: bool = False

    def write(self, *, passes: float, inertia: float | None, spent: float) -> Figures:
        """Return what is read off beside the picture."""
        written = [(phrase("played.passes"), phrase("played.passes_value", n=figures.significant(round(passes, 2))))]
        if inertia is not None and not self.is_public:
            written.append((phrase("played.inertia"), figures.decimals(inertia, 1)))
        return (*written, (phrase("played.spent"), self._write_protection(spent)))

    def _write_protection(self, spent: float) -> str:
        if self.epsilon is None:
            return phrase("played.unprotected")
        return phrase("played.spent_value", spent=figures.epsilon(spent), whole=figures.epsilon(self.epsilon))
