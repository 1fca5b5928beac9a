"""Points in chunks of rows, and the exact statistics of a chunk: pure, in fixed-point units, merged by addition."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from scipy import sparse

from core.arrays import FloatArray, IntArray, row_slices
from core.clustering.exact_assignment import clip_to_box

#: Rows per step of a pass: small enough for a processor's cache. Bounds memory and time, never results.
CHUNK_ROWS = 16_384
#: Fixed-point units in 1, for sums. 10⁷ people of 2²⁰ units stay below 2⁵³: exact even in float64.
SUM_UNIT = 2**20
#: Fixed-point units in 1, for second moments: a chunk's products (2³² each) add up exactly in float64.
MOMENT_UNIT = 2**16
#: Radii are not smaller: nobody at the centre of a group of no extent is divided by 0.
RADIUS_MIN = 1e-6


class ChunkedPoints:
    """Points in the box [-1, 1]^d, read in chunks, as often as needed.

    Values outside the box are clipped to it and a missing value counts as the upper bound, so every row has length
    ≤ √d whatever the source holds.

    Args:
        points: An array of shape ``(n_people, n_features)``, or a re-iterable of such arrays (a list, or an object
            that starts anew at each ``iter``).
        n_features: Number of features.
    """

    def __init__(self, points: FloatArray | Iterable[FloatArray], n_features: int) -> None:
        if isinstance(points, Iterator):
            raise TypeError("points are read in several passes: pass an array, a list of arrays or a re-iterable")
        self._parts: Iterable[FloatArray] = [points] if isinstance(points, np.ndarray) else points
        self._n_features = n_features

    def __iter__(self) -> Iterator[FloatArray]:
        yield np.empty((0, self._n_features))
        for part in self._parts:
            for chunk in row_slices(part.shape[0], CHUNK_ROWS):
                yield clip_to_box(part[chunk]).astype(np.float64)

    def sum(self, statistic: Callable[[FloatArray], tuple[IntArray, ...]]) -> tuple[IntArray, ...]:
        """Add up a statistic over all chunks."""
        return _add_up(statistic(rows) for rows in self)

    def sum_by_cell(
        self, cells: Sequence[IntArray], statistic: Callable[[FloatArray, IntArray], tuple[IntArray, ...]]
    ) -> tuple[IntArray, ...]:
        """Add up a statistic of rows and their cells over all chunks; ``cells`` are those of each chunk."""
        return _add_up(statistic(rows, cell) for rows, cell in zip(self, cells, strict=True))


def _add_up(parts: Iterable[tuple[IntArray, ...]]) -> tuple[IntArray, ...]:
    iterator = iter(parts)
    totals = next(iterator)
    for part in iterator:
        totals = tuple(total + addend for total, addend in zip(totals, part, strict=True))
    return totals


def clip_offsets(rows: FloatArray, centers: FloatArray, radii: FloatArray | float, *, unit: int) -> FloatArray:
    """Return (rows - centers)/radii, clipped to the unit ball, in whole units rounded towards zero.

    ``radii`` is a scalar or a column, floored at ``RADIUS_MIN``. Each row has length ≤ ``unit`` - 1 up to
    floating-point error of a part in 10¹⁵, so ≤ ``unit`` exactly.
    """
    offsets: FloatArray = rows - centers
    lengths = np.sqrt(np.einsum("ij,ij->i", offsets, offsets))[:, np.newaxis]
    offsets *= (unit - 1) / np.maximum(lengths, np.maximum(radii, RADIUS_MIN))
    return np.trunc(offsets, out=offsets)


def count_and_sum(rows: FloatArray, *, center: FloatArray, radius: float) -> tuple[IntArray, IntArray]:
    """Count people and add up their clipped offsets from ``center``, in units of ``radius``/SUM_UNIT."""
    offsets = clip_offsets(rows, center, radius, unit=SUM_UNIT)
    return np.array([rows.shape[0]]), offsets.sum(axis=0).astype(np.int64)


def count_within(rows: FloatArray, *, center: FloatArray, radii: FloatArray) -> tuple[IntArray, IntArray]:
    """Count people nearer to ``center`` than each of the increasing ``radii``, and all people."""
    offsets = rows - center
    first_above = np.searchsorted(radii, np.sqrt(np.einsum("ij,ij->i", offsets, offsets)), side="right")
    return np.cumsum(np.bincount(first_above, minlength=radii.size + 1))[:-1], np.array([rows.shape[0]])


def second_moment(rows: FloatArray, *, center: FloatArray, radius: float) -> tuple[IntArray]:
    """Add up y yᵀ of clipped offsets, in units of (``radius``/MOMENT_UNIT)²."""
    offsets = clip_offsets(rows, center, radius, unit=MOMENT_UNIT)
    return ((offsets.T @ offsets).astype(np.int64),)


def sums_by_group(
    rows: FloatArray, groups: IntArray, *, centers: FloatArray, radii: FloatArray
) -> tuple[IntArray, IntArray, IntArray]:
    """Per group: people, sum of offsets from its centre clipped to its radius, and sum of their squared lengths.

    All in units of 1/SUM_UNIT of the radius; a squared length is rounded down, so it is at most SUM_UNIT too.
    """
    offsets = clip_offsets(rows, centers[groups], radii[groups, np.newaxis], unit=SUM_UNIT)
    squares = np.floor(np.einsum("ij,ij->i", offsets, offsets) / SUM_UNIT)
    n_groups = centers.shape[0]
    member = sparse.csr_array(
        (np.ones(groups.size), groups, np.arange(groups.size + 1)), shape=(groups.size, n_groups)
    ).T
    counts = np.bincount(groups, minlength=n_groups)
    return counts, np.asarray(member @ offsets, dtype=np.int64), np.asarray(member @ squares, dtype=np.int64)
