"""Plain k-means: what the private engines are measured against; exact, curator only."""

import warnings
from enum import StrEnum

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.exceptions import ConvergenceWarning

from core.arrays import FloatArray
from core.clustering.types import Clustering
from core.threads import one_thread

#: Above this many people k-means looks at random batches instead of everybody on every iteration.
MINIBATCH_ABOVE = 50_000
#: Restarts from k-means++; the best inertia wins, which is free here because nothing is released.
RESTARTS = 4
BATCH_ROWS = 8_192
#: Public and fixed: the same people always give the same picture.
SEED = 2020


class PlainEngine(StrEnum):
    """Which of scikit-learn's algorithms clusters a data set of a given size."""

    KMEANS = "kmeans"
    MINIBATCH = "minibatch"

    @classmethod
    def for_n_people(cls, n_people: int) -> "PlainEngine":
        """Return the engine that serves ``n_people``."""
        return cls.MINIBATCH if n_people > MINIBATCH_ABOVE else cls.KMEANS


def nonprivate_clustering(
    points: FloatArray, *, n_clusters: int, engine: PlainEngine | None = None, seed: int = SEED
) -> Clustering:
    """Cluster ``points`` with scikit-learn: exact, deterministic, outside any guarantee.

    With fewer people than clusters each person is a centre and the first is repeated with weight 0; nobody at all
    gives centres in the middle of the box.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        n_clusters: Number of centres; positive.
        engine: Which algorithm; the one that serves this many people by default.
        seed: Seed of the starts; public.

    Returns:
        ``n_clusters`` centres with the exact number of people nearest to each.

    Raises:
        ValueError: If ``n_clusters`` is not positive.
    """
    if n_clusters < 1:
        raise ValueError(f"n_clusters must be at least 1, not {n_clusters}")
    estimator = _make_estimator(engine or PlainEngine.for_n_people(len(points)), n_clusters, seed)
    centers = _pad_centers(points, n_clusters) if len(points) < n_clusters else _fit_centers(points, estimator)
    labels = Clustering(centers=centers, weights=np.zeros(n_clusters)).assign(points)
    return Clustering(centers=centers, weights=np.bincount(labels, minlength=n_clusters).astype(np.float64))


def _pad_centers(points: FloatArray, n_clusters: int) -> FloatArray:
    filler = points[0] if len(points) else np.zeros(points.shape[1])
    missing = np.tile(filler, (n_clusters - len(points), 1))
    return np.clip(np.concatenate([points, missing]).astype(np.float64), -1.0, 1.0)


def _fit_centers(points: FloatArray, estimator: KMeans | MiniBatchKMeans) -> FloatArray:
    # One thread: as fast as two on an idle machine, up to 100 times faster on a busy one, and the same sums every time.
    with warnings.catch_warnings(), one_thread():
        # Fewer distinct people than clusters: the spare centres are duplicates and get no weight.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = estimator.fit(points)
    # Rounding in the means may leave the box by one unit in the last place.
    centers: FloatArray = np.clip(model.cluster_centers_.astype(np.float64), -1.0, 1.0)
    return centers


def _make_estimator(engine: PlainEngine, n_clusters: int, seed: int) -> KMeans | MiniBatchKMeans:
    if engine is PlainEngine.KMEANS:
        return KMeans(n_clusters, n_init=RESTARTS, random_state=seed)
    return MiniBatchKMeans(n_clusters, n_init=RESTARTS, batch_size=BATCH_ROWS, compute_labels=False, random_state=seed)
