"""How well weighted points fall into 2, 3, … clusters: elbow and silhouette. Post-processing of a synopsis, so free."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import pairwise_distances

from core.arrays import FloatArray, IntArray
from core.clustering.types import WeightedPoints

#: Stands for nothing where a logarithm or a quotient would fail.
_SMALLEST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploration:
    """How well the synopsis falls into ``n_clusters`` groups; post-processing, so free.

    Attributes:
        n_clusters: Number of clusters.
        inertia: Weighted sum of squared distances of the micro-clusters to their centres.
        elbow: How much more the last cluster gained than the next would, as logarithms of inertia; large at an elbow.
        silhouette: Weighted mean silhouette of the micro-clusters, in [-1, 1].
    """

    n_clusters: int
    inertia: float
    elbow: float
    silhouette: float


def explore(
    weighted: WeightedPoints, label: Callable[[int], IntArray], *, n_clusters_max: int
) -> tuple[Exploration, ...]:
    """Return elbow and silhouette of weighted points for 2, 3, … clusters, at most ``n_clusters_max``.

    It stops at half as many clusters as there are points: beyond, every point becomes its own cluster and both
    measures only tell how few points there are.

    Args:
        weighted: The points, of which there are more than clusters.
        label: Returns the cluster of each point for a number of clusters.
        n_clusters_max: Most clusters.
    """
    points, weights = weighted.points, weighted.weights
    distances = pairwise_distances(points)
    most = max(min(n_clusters_max, weights.size // 2), 2)
    labels = [label(n_clusters) for n_clusters in range(1, most + 2)]
    inertias = [_inertia(points, weights, of) for of in labels]
    gains = np.log(np.maximum(inertias[:-1], _SMALLEST) / np.maximum(inertias[1:], _SMALLEST))
    return tuple(
        Exploration(
            n_clusters=n_clusters,
            inertia=inertias[n_clusters - 1],
            elbow=float(gains[n_clusters - 2] - gains[n_clusters - 1]),
            silhouette=weighted_silhouette(distances, weights, labels[n_clusters - 1]),
        )
        for n_clusters in range(2, most + 1)
    )


def _inertia(points: FloatArray, weights: FloatArray, labels: IntArray) -> float:
    """Weighted sum of squared distances to the weighted mean of each cluster."""
    member = np.eye(int(labels.max()) + 1)[labels] * weights[:, np.newaxis]
    means = member.T @ points / np.maximum(member.sum(axis=0), _SMALLEST)[:, np.newaxis]
    return float(weights @ ((points - means[labels]) ** 2).sum(axis=1))


def weighted_silhouette(distances: FloatArray, weights: FloatArray, labels: IntArray) -> float:
    """Weighted mean of (b - a)/max(a, b); a point counts as all its people, so it is near itself."""
    member = np.eye(int(labels.max()) + 1)[labels]
    people = weights @ member
    means = (distances * weights) @ member / np.maximum(people, _SMALLEST)
    own = means[np.arange(labels.size), labels]
    means[np.arange(labels.size), labels] = np.inf
    means[:, people == 0.0] = np.inf
    nearest_other = means.min(axis=1)
    valid = np.isfinite(nearest_other)
    gains = np.where(valid, nearest_other - own, 0.0) / np.maximum(
        np.maximum(own, np.where(valid, nearest_other, 0.0)), _SMALLEST
    )
    return float(np.average(gains, weights=weights))
