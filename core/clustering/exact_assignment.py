"""Assign points to centres in exact fixed-point arithmetic, so that adding one row cannot change another row's label.

A sensitivity counts on it that one person more changes nothing for the others. Matrix products of floating-point
numbers do not keep that promise: how a row is rounded depends on its index, and one person more shifts the others by
one. Products and sums of whole numbers below 2**53 are exact in any order.
"""

import numpy as np

from core.arrays import FloatArray, IntArray, row_slices

#: Units in 1. With d features no number below is larger than 3·d·UNIT²: exact for up to 2 000 features.
UNIT = 2**20
#: Rows per step of a pass over the people: bounds memory, not results.
CHUNK_ROWS = 65_536


def clip_to_box(rows: FloatArray) -> FloatArray:
    """Clip to [-1, 1]; a missing value becomes the upper bound, so every row is a person of the box. Keeps the type.

    In C order whatever the source's: sums along a row are rounded by the order of its memory, and one row of a
    Fortran-ordered array would be read in another order than two.
    """
    # fmin and fmax pass over NaN.
    return np.ascontiguousarray(np.fmax(np.fmin(rows, 1.0), -1.0))


def to_fixed_point(values: FloatArray | IntArray, *, unit: int = UNIT) -> FloatArray:
    """Round to multiples of 1/``unit``, counted in ``unit`` and kept as float64."""
    rounded: FloatArray = np.rint(values.astype(np.float64) * unit)
    return rounded


def project(rows: FloatArray, axes: FloatArray) -> FloatArray:
    """Return the coordinates of ``rows`` along ``axes``, of shape ``(n_axes, n_rows)``.

    Args:
        rows: Points in the box, of shape ``(n_rows, n_features)``.
        axes: Unit vectors, of shape ``(n_axes, n_features)``; rounded to fixed point too.
    """
    units = to_fixed_point(axes)
    coordinates = np.empty((len(axes), len(rows)))
    for chunk in row_slices(len(rows), CHUNK_ROWS):
        np.divide(units @ to_fixed_point(rows[chunk]).T, UNIT**2, out=coordinates[:, chunk])
    return coordinates


def assign_nearest(rows: FloatArray | IntArray, centers: FloatArray, *, unit: int = UNIT) -> IntArray:
    """Return the nearest centre of each row, the first of equals, int32 of shape ``(n_rows,)``.

    Args:
        rows: Points, of shape ``(n_rows, n_features)``.
        centers: Centres, of shape ``(n_centers, n_features)``.
        unit: Fixed-point units in 1; 1 where rows and centres are whole numbers already.
    """
    units = to_fixed_point(centers, unit=unit)
    squares = (units**2).sum(axis=1)
    labels = np.empty(len(rows), dtype=np.int32)
    for chunk in row_slices(len(rows), CHUNK_ROWS):
        # |x - c|² = |x|² + (|c|² - 2·x·c), and the bracket alone decides which centre is nearest.
        labels[chunk] = (squares - to_fixed_point(rows[chunk], unit=unit) @ (2.0 * units).T).argmin(axis=1)
    return labels
