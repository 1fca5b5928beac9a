"""The public grids that everything released in a synopsis is rounded to, and its whole numbers in JSON."""

from typing import TypeAlias

import numpy as np

from core.arrays import FloatArray, read_only
from core.clustering.types import WeightedPoints

#: Released numbers are multiples of 1/POINT_GRID (coordinates) and 1/WEIGHT_GRID (people).
POINT_GRID = 2**15
WEIGHT_GRID = 2**4

WholeNumbers: TypeAlias = dict[str, list[int] | list[list[int]]]


def snap_to_grid(points: FloatArray, weights: FloatArray) -> WeightedPoints:
    """Round points and weights to their public grids, merge points that coincide, heaviest first."""
    whole, groups = np.unique(np.rint(points * POINT_GRID).astype(np.int64), axis=0, return_inverse=True)
    whole_weights = np.maximum(np.rint(weights * WEIGHT_GRID), 1.0)
    merged = np.bincount(groups.ravel(), whole_weights, whole.shape[0])
    order = np.argsort(-merged, kind="stable")
    return WeightedPoints(points=read_only(whole[order] / POINT_GRID), weights=read_only(merged[order] / WEIGHT_GRID))


def to_whole_numbers(weighted: WeightedPoints) -> WholeNumbers:
    """Return points and weights counted in steps of their grids."""
    return {
        "points": np.rint(weighted.points * POINT_GRID).astype(int).tolist(),
        "weights": np.rint(weighted.weights * WEIGHT_GRID).astype(int).tolist(),
    }


def from_whole_numbers(parts: WholeNumbers) -> WeightedPoints:
    """Return what ``to_whole_numbers`` described; documents exported earlier call the points "places"."""
    points = parts["places"] if "places" in parts else parts["points"]
    return WeightedPoints(
        points=read_only(np.asarray(points, dtype=np.float64) / POINT_GRID),
        weights=read_only(np.asarray(parts["weights"], dtype=np.float64) / WEIGHT_GRID),
    )
