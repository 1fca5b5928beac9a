"""A plane to draw points of many dimensions on: two directions and limits, chosen without raw rows."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, read_only
from core.clustering.types import WeightedPoints
from core.reduction.projection import fix_signs

#: Part of the reference's weight that may fall outside the frame on either side.
TAIL = 0.004
#: Room around the reference, as a part of its extent.
ROOM = 0.12
#: Least width of the frame in the box: a few released cells may lie close together while people do not.
LEAST_EXTENT = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """A flat picture of the box.

    Attributes:
        directions: Two unit directions, of shape ``(2, n_features)``.
        low: Least value drawn along each direction, of shape ``(2,)``.
        high: Greatest value drawn along each direction, of shape ``(2,)``.
    """

    directions: FloatArray
    low: FloatArray
    high: FloatArray

    def project(self, points: FloatArray) -> FloatArray:
        """Return where ``points`` stand in the picture, of shape ``(n_points, 2)``; inside the frame is [0, 1]."""
        flat: FloatArray = (points @ self.directions.T.astype(points.dtype) - self.low) / (self.high - self.low)
        return flat


def viewpoint(reference: WeightedPoints, axes: tuple[int | None, int | None]) -> Viewpoint:
    """Choose the directions and the frame from ``reference``: released cells, or people nobody knows.

    Args:
        reference: Weighted points that may be seen by anyone.
        axes: For x and y, a column to look along, or None for a principal direction: the first for x, the second for y.

    Returns:
        The viewpoint.
    """
    principal = principal_directions(reference)
    n_features = reference.points.shape[1]
    directions = np.stack([principal[i] if axis is None else np.eye(n_features)[axis] for i, axis in enumerate(axes)])
    flat = reference.points @ directions.T
    low, high = (_quantile(flat, reference.weights, level) for level in (TAIL, 1.0 - TAIL))
    room = np.maximum((high - low) * ROOM, (LEAST_EXTENT - (high - low)) / 2.0)
    low, high = low - room, high + room
    is_column = np.asarray([axis is not None for axis in axes])
    # A column ends where its bounds do.
    low, high = np.where(is_column, np.maximum(low, -1.0), low), np.where(is_column, np.minimum(high, 1.0), high)
    return Viewpoint(directions=read_only(directions), low=read_only(low), high=read_only(high))


def principal_directions(reference: WeightedPoints) -> FloatArray:
    """Return the two directions in which ``reference`` spreads most, of shape ``(2, n_features)``.

    Each is turned so that its largest loading is positive, which makes the picture the same on every machine; with
    one column both are that column.
    """
    n_features = reference.points.shape[1]
    if n_features == 1:
        return np.ones((2, 1))
    weights = np.maximum(reference.weights, 0.0)
    weights = weights if weights.sum() > 0 else np.ones_like(weights)
    middle = np.average(reference.points, axis=0, weights=weights)
    centered = (reference.points - middle) * np.sqrt(weights)[:, np.newaxis]
    _, vectors = np.linalg.eigh(centered.T @ centered)
    directions: FloatArray = vectors[:, ::-1].T[:2]
    return fix_signs(directions)


def _quantile(flat: FloatArray, weights: FloatArray, level: float) -> FloatArray:
    """Return the weighted quantile of each of the two columns of ``flat``."""
    bounds = np.empty(flat.shape[1])
    for i, values in enumerate(flat.T):
        order = np.argsort(values)
        reached = np.cumsum(np.maximum(weights[order], 1e-12))
        bounds[i] = values[order][np.searchsorted(reached, level * reached[-1]).clip(max=len(values) - 1)]
    return bounds
