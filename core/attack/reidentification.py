"""Why hiding names is not enough: how many people a few rounded columns single out. Exact, so insider."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.data.table import Table

#: Sizes of crowds that the histogram tells apart: alone, two, three or four, five to nine, ten and more.
CROWDS = ((1, 1), (2, 2), (3, 4), (5, 9), (10, None))
BINS_DEFAULT = 10
#: Far above the rounding error of a place among the classes, far below anything that was measured.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """People who share their cell with a number of people.

    Attributes:
        least: Fewest people in such a cell.
        most: Most people in it; None for no limit.
        n_people: People in such cells.
        share: The same as a part of all people.
    """

    least: int
    most: int | None
    n_people: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """How many people look alike in some rounded columns (k-anonymity); insider.

    Attributes:
        sizes: People in each person's cell, themselves included, of shape ``(n_people,)``.
        crowds: Histogram of ``sizes``, in the classes of ``CROWDS``.
    """

    sizes: IntArray
    crowds: tuple[Crowd, ...]

    @property
    def n_alone(self) -> int:
        """People whom nobody else looks like: whoever knows their rounded values knows their row."""
        return self.crowds[0].n_people

    @property
    def alone_share(self) -> float:
        """The same as a part of all people; 0 for nobody."""
        return self.crowds[0].share

    @property
    def k(self) -> int:
        """The k of k-anonymity: people in the smallest cell that holds anybody; 0 for nobody."""
        return int(self.sizes.min()) if self.sizes.size else 0


def nonprivate_linkage(table: Table, *, columns: Sequence[int], bins: int = BINS_DEFAULT) -> Linkage:
    """Round ``columns`` to ``bins`` classes of their public box and count who shares a cell with how many.

    Args:
        table: The people.
        columns: Places of the columns that somebody may know about a person, at least one.
        bins: Classes of equal width on the column's scale; positive.

    Raises:
        ValueError: If ``columns`` is empty or names one that is not there, or ``bins`` is not positive.
    """
    if not columns or not all(0 <= column < len(table.columns) for column in columns):
        raise ValueError(f"columns must be one or more of 0 … {len(table.columns) - 1}, not {list(columns)}")
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    scaled = np.column_stack([table.columns[j].to_scale(table.values[:, j].astype(np.float64)) for j in columns])
    sizes = _cell_sizes(scaled, bins)
    return Linkage(sizes=read_only(sizes), crowds=_crowds(sizes))


def _cell_sizes(scaled: FloatArray, bins: int) -> IntArray:
    cells = np.zeros(len(scaled), dtype=np.int64)
    for column in scaled.T:
        # A value on an edge belongs above it, whatever rounding did to it.
        place = np.clip(((column + 1.0) / 2.0 * bins + _ROUNDING).astype(np.int64), 0, bins - 1)
        # Numbered anew at every column, so that many columns do not overflow.
        cells = np.unique(cells * bins + place, return_inverse=True)[1].ravel()
    sizes: IntArray = np.bincount(cells, minlength=1)[cells]
    return sizes


def _crowds(sizes: IntArray) -> tuple[Crowd, ...]:
    n_people = max(sizes.size, 1)
    counts = [
        int(((sizes >= least) & (sizes <= (np.iinfo(np.int64).max if most is None else most))).sum())
        for least, most in CROWDS
    ]
    return tuple(
        Crowd(least=least, most=most, n_people=count, share=count / n_people)
        for (least, most), count in zip(CROWDS, counts, strict=True)
    )
