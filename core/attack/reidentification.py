"""Re-identification: how many people are unique in a few rounded columns (k-anonymity); exact, curator only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.data.table import Table

#: Bins of the histogram of class sizes: unique, two, three or four, five to nine, ten and more.
SIZE_BINS = ((1, 1), (2, 2), (3, 4), (5, 9), (10, None))
BINS_DEFAULT = 10
#: Far above the rounding error of a scaled value, far below anything that was measured.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeBin:
    """People whose equivalence class has a size within some limits.

    Attributes:
        least: Smallest size.
        most: Largest size; None for no limit.
        n_people: People in such classes.
        share: The same as a part of all people.
    """

    least: int
    most: int | None
    n_people: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reidentification:
    """Equivalence classes of people who agree in some rounded columns; exact, curator only.

    Attributes:
        class_sizes: People in each person's class, themselves included, of shape ``(n_people,)``.
        size_bins: Histogram of ``class_sizes``, by ``SIZE_BINS``.
    """

    class_sizes: IntArray
    size_bins: tuple[SizeBin, ...]

    @property
    def n_unique(self) -> int:
        """People alone in their class: whoever knows their rounded values knows their row."""
        return self.size_bins[0].n_people

    @property
    def k(self) -> int:
        """The k of k-anonymity: size of the smallest class; 0 for nobody."""
        return int(self.class_sizes.min()) if self.class_sizes.size else 0


def nonprivate_reidentification(table: Table, *, columns: Sequence[int], bins: int = BINS_DEFAULT) -> Reidentification:
    """Round ``columns`` to ``bins`` intervals of their public bounds and count who shares them with how many.

    Args:
        table: The people.
        columns: Indices of the columns that an attacker knows about a person, at least one.
        bins: Intervals of equal width on the column's scale; positive.

    Raises:
        ValueError: If ``columns`` is empty or names one that is not there, or ``bins`` is not positive.
    """
    if not columns or not all(0 <= column < len(table.columns) for column in columns):
        raise ValueError(f"columns must be one or more of 0 … {len(table.columns) - 1}, not {list(columns)}")
    if bins < 1:
        raise ValueError(f"bins must be at least 1, not {bins}")
    scaled = np.column_stack([table.columns[j].to_scale(table.values[:, j].astype(np.float64)) for j in columns])
    sizes = _class_sizes(scaled, bins)
    return Reidentification(class_sizes=read_only(sizes), size_bins=_histogram(sizes))


def _class_sizes(scaled: FloatArray, bins: int) -> IntArray:
    classes = np.zeros(len(scaled), dtype=np.int64)
    for column in scaled.T:
        # A value on an edge belongs above it, whatever rounding did to it.
        interval = np.clip(((column + 1.0) / 2.0 * bins + _ROUNDING).astype(np.int64), 0, bins - 1)
        # Numbered anew at every column, so that many columns do not overflow.
        classes = np.unique(classes * bins + interval, return_inverse=True)[1].ravel()
    sizes: IntArray = np.bincount(classes, minlength=1)[classes]
    return sizes


def _histogram(sizes: IntArray) -> tuple[SizeBin, ...]:
    n_people = max(sizes.size, 1)
    counts = [
        int(((sizes >= least) & (sizes <= (np.iinfo(np.int64).max if most is None else most))).sum())
        for least, most in SIZE_BINS
    ]
    return tuple(
        SizeBin(least=least, most=most, n_people=count, share=count / n_people)
        for (least, most), count in zip(SIZE_BINS, counts, strict=True)
    )
