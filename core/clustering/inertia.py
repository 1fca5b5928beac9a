"""Inertia: the sum of squared distances to the nearest centres, which k-means minimises."""

import numpy as np

from core.arrays import FloatArray, row_slices
from core.clustering.exact_assignment import CHUNK_ROWS
from core.clustering.types import Clustering


def nonprivate_inertia(points: FloatArray, clustering: Clustering) -> float:
    """Sum the squared distance of each person to the nearest centre; exact, curator only.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        clustering: Centres in the same box.

    Returns:
        The inertia, non-negative; 0.0 for nobody.
    """
    centers = clustering.centers.astype(np.float64)
    norms = (centers**2).sum(axis=1)
    total = 0.0
    for chunk in row_slices(len(points), CHUNK_ROWS):
        rows = points[chunk].astype(np.float64)
        # |x - c|² = |x|² + (|c|² - 2·x·c), and the bracket alone decides which centre is nearest.
        nearest = (norms - 2.0 * (rows @ centers.T)).min(axis=1)
        total += float(np.maximum(np.einsum("ij,ij->i", rows, rows) + nearest, 0.0).sum())
    return total


def nonprivate_inertia_ratio(points: FloatArray, *, private: Clustering, plain: Clustering) -> float:
    """Return the inertia of ``private`` over that of ``plain``; 1.0 where the plain one is zero."""
    plain_inertia = nonprivate_inertia(points, plain)
    return nonprivate_inertia(points, private) / plain_inertia if plain_inertia > 0 else 1.0
