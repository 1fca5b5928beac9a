"""A synopsis and the k-means on it, iteration by iteration: people are read a few times, then never again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from sklearn.cluster import kmeans_plusplus

from core.arrays import FloatArray, IntArray
from core.clustering.matching import match_clusters
from core.clustering.synopsis.release import release_synopsis
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import Clustering
from core.threads import one_thread

#: Starts of the k-means on the micro-clusters, of which the best is shown; free, whoever the people are.
STARTS = 10
_ITERATIONS_MAX = 24


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SynopsisIteration:
    """One iteration of weighted k-means on the micro-clusters of a synopsis: post-processing, so free.

    Attributes:
        before: Centres that the micro-clusters are assigned to, of shape ``(n_clusters, n_features)``.
        after: Centres after the move.
        labels: Nearest of ``before`` for each micro-cluster, of shape ``(n_micro_clusters,)``.
        inertia: Weighted sum of squared distances of the micro-clusters to the nearest of ``after``.
    """

    before: FloatArray
    after: FloatArray
    labels: IntArray
    inertia: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SynopsisTrace:
    """A synopsis and what k-means makes of it.

    Attributes:
        synopsis: The release.
        nonprivate_cells: The released cell nearest to each person, of shape ``(n_people,)``; exact.
        passes: Times that everybody was read, counted while it happened.
        start: First centres, of shape ``(n_clusters, n_features)``.
        iterations: On the micro-clusters; nobody is read any more.
    """

    synopsis: Synopsis
    nonprivate_cells: IntArray
    passes: int
    start: FloatArray
    iterations: tuple[SynopsisIteration, ...]

    @property
    def centers(self) -> FloatArray:
        """Centres at the end."""
        return self.iterations[-1].after

    def nonprivate_renumber(self, points: FloatArray, like: Clustering) -> "SynopsisTrace":
        """Return the same trace with its centres numbered like those of a plain run that hold the same people.

        Fewer centres than ``like`` has stay as they are numbered.
        """
        n_clusters = like.n_clusters
        if len(self.start) != n_clusters:
            return self
        own = Clustering(centers=self.centers.copy(), weights=np.zeros(n_clusters))
        matching = match_clusters(like.assign(points), own.assign(points), n_clusters)
        order = matching.private_of_plain
        return replace(
            self,
            start=self.start[order],
            iterations=tuple(
                replace(
                    iteration,
                    before=iteration.before[order],
                    after=iteration.after[order],
                    labels=matching.renumber(iteration.labels),
                )
                for iteration in self.iterations
            ),
        )


class _CountedPasses:
    """Points that count how often they are read."""

    def __init__(self, points: FloatArray) -> None:
        self._points = points
        self.passes = 0

    def __iter__(self) -> Iterator[FloatArray]:
        self.passes += 1
        yield self._points


def trace_synopsis(
    points: FloatArray, *, n_clusters: int, n_clusters_served: int, epsilon: float, rng: np.random.Generator, seed: int
) -> SynopsisTrace:
    """Release a synopsis of ``points`` and follow k-means on its micro-clusters.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        n_clusters: Number of centres; more than there are micro-clusters gives as many as there are.
        n_clusters_served: Largest number of clusters to serve well.
        epsilon: Privacy loss of the synopsis.
        rng: Source of the noise.
        seed: Public seed of the starts; k-means on the micro-clusters is post-processing.
    """
    counted = _CountedPasses(points)
    synopsis = release_synopsis(
        counted, epsilon=epsilon, n_clusters_served=n_clusters_served, n_features=points.shape[1], rng=rng
    )
    micro = synopsis.micro_clusters
    runs = [_follow(micro.points, micro.weights, n_clusters=n_clusters, seed=seed + number) for number in range(STARTS)]
    iterations = min(runs, key=lambda run: run[-1].inertia)
    cells = Clustering(centers=synopsis.cells.points.copy(), weights=synopsis.cells.weights.copy())
    return SynopsisTrace(
        synopsis=synopsis,
        nonprivate_cells=cells.assign(points.astype(np.float64)),
        passes=counted.passes,
        start=iterations[0].before,
        iterations=iterations,
    )


def _follow(points: FloatArray, weights: FloatArray, *, n_clusters: int, seed: int) -> tuple[SynopsisIteration, ...]:
    """Follow weighted Lloyd from a k-means++ start until no point changes its centre."""
    with one_thread():
        centers, _ = kmeans_plusplus(
            points, min(n_clusters, len(points)), sample_weight=weights, random_state=seed % 2**32
        )
    iterations: list[SynopsisIteration] = []
    labels = _squared_distances(points, centers).argmin(axis=1)
    while len(iterations) < _ITERATIONS_MAX:
        moved = _weighted_means(points, weights, labels, centers)
        distances = _squared_distances(points, moved)
        inertia = float(weights @ distances.min(axis=1))
        iterations.append(SynopsisIteration(before=centers, after=moved, labels=labels, inertia=inertia))
        nearest = distances.argmin(axis=1)
        if (nearest == labels).all():
            break
        centers, labels = moved, nearest
    return tuple(iterations)


def _squared_distances(points: FloatArray, centers: FloatArray) -> FloatArray:
    squares: FloatArray = ((points[:, np.newaxis] - centers) ** 2).sum(axis=2)
    return squares


def _weighted_means(points: FloatArray, weights: FloatArray, labels: IntArray, centers: FloatArray) -> FloatArray:
    """Return the weighted mean of each centre's points; a centre without any stays where it is."""
    means: FloatArray = centers.copy()
    for cluster in np.unique(labels):
        mine = labels == cluster
        means[cluster] = np.average(points[mine], axis=0, weights=weights[mine])
    return means
