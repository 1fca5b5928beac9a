"""Where a person falls, told exactly: products of whole numbers, so that nobody's place depends on who else is there.

A sensitivity counts on it that one person more changes nothing for the others. Matrix products of floating-point
numbers do not keep that promise: how a row is rounded depends on its place among the rows, and one person more moves
the others by a place. Products and sums of whole numbers below 2**53 are exact in any order.
"""

import numpy as np

from core.arrays import FloatArray, IntArray

#: Units in 1. With d features no number below is larger than 3·d·UNIT²: exact for up to 2 000 features.
UNIT = 2**20
#: Rows per step of a pass over the people: bounds memory, not results.
CHUNK_ROWS = 65_536


def whole(values: FloatArray) -> FloatArray:
    """Round to whole units, kept as float64."""
    rounded: FloatArray = np.rint(values.astype(np.float64) * UNIT)
    return rounded


def along(rows: FloatArray, axes: FloatArray) -> FloatArray:
    """Return the coordinates of ``rows`` along ``axes``, of shape ``(n_axes, n_rows)``.

    Args:
        rows: People in the box, of shape ``(n_rows, n_features)``.
        axes: Unit vectors, of shape ``(n_axes, n_features)``; rounded to whole units too.
    """
    units = whole(axes)
    coordinates = np.empty((len(axes), len(rows)))
    for start in range(0, len(rows), CHUNK_ROWS):
        part = slice(start, start + CHUNK_ROWS)
        np.divide(units @ whole(rows[part]).T, UNIT**2, out=coordinates[:, part])
    return coordinates


def nearest(rows: FloatArray, centers: FloatArray) -> IntArray:
    """Return the nearest centre of each row, the first of equals, int32 of shape ``(n_rows,)``."""
    units = whole(centers)
    squares = (units**2).sum(axis=1)
    labels = np.empty(len(rows), dtype=np.int32)
    for start in range(0, len(rows), CHUNK_ROWS):
        part = slice(start, start + CHUNK_ROWS)
        # |x - c|² = |x|² + (|c|² - 2·x·c), and the bracket alone decides which centre is nearest.
        labels[part] = (squares - whole(rows[part]) @ (2.0 * units).T).argmin(axis=1)
    return labels
