"""k-means of few weighted points, as a synopsis is clustered: deterministic."""

import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from core.arrays import FloatArray

_PUBLIC_SEED = 0


def weighted_kmeans(
    points: FloatArray, weights: FloatArray, *, n_clusters: int, n_init: int = 10, max_iter: int = 100
) -> FloatArray:
    """Return at most ``n_clusters`` centres of weighted points, always the same for the same input.

    Args:
        points: Shape ``(n_points, n_features)``.
        weights: Shape ``(n_points,)``, positive.
        n_clusters: Number of centres wanted; as many as there are points come back if there are fewer.
        n_init: Starts, of which the best is kept.
        max_iter: Lloyd iterations of one start.
    """
    if n_clusters >= points.shape[0]:
        return points.copy()
    model = KMeans(n_clusters, n_init=n_init, max_iter=max_iter, random_state=_PUBLIC_SEED)
    with warnings.catch_warnings():
        # Fewer distinct points than clusters: some centres coincide.
        warnings.simplefilter("ignore", ConvergenceWarning)
        centers: FloatArray = model.fit(points, sample_weight=weights).cluster_centers_
    return np.asarray(centers, dtype=np.float64)
