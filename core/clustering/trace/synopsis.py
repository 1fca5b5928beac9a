"""The synopsis step by step, for showing: people are looked at a fixed number of times, then never again."""

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

#: Starts of the k-means on the places, of which the best is shown; free, whoever the people are.
STARTS = 10
_STEPS_MAX = 24


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlaceStep:
    """One turn of k-means on the weighted places of a synopsis: post-processing, so free.

    Attributes:
        before: Centres that places are sent to, of shape ``(n_clusters, n_features)``.
        after: Centres after the move.
        labels: Nearest of ``before`` for each place, of shape ``(n_places,)``.
        inertia: Weighted sum of squared distances of the places to the nearest of ``after``.
    """

    before: FloatArray
    after: FloatArray
    labels: IntArray
    inertia: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SynopsisTrace:
    """A synopsis and what k-means makes of it.

    Attributes:
        synopsis: What was bought.
        nonprivate_cells: The released cell nearest to each person, of shape ``(n_people,)``; exact.
        passes: Times that everybody was looked at, counted while it happened.
        start: First centres, of shape ``(n_clusters, n_features)``.
        steps: The turns on the places; nobody is looked at any more.
    """

    synopsis: Synopsis
    nonprivate_cells: IntArray
    passes: int
    start: FloatArray
    steps: tuple[PlaceStep, ...]

    @property
    def centers(self) -> FloatArray:
        """Centres at the end."""
        return self.steps[-1].after

    def nonprivate_renumbered(self, points: FloatArray, like: Clustering) -> "SynopsisTrace":
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
            steps=tuple(
                replace(
                    step,
                    before=step.before[order],
                    after=step.after[order],
                    labels=matching.renumber(step.labels),
                )
                for step in self.steps
            ),
        )


class _Counted:
    """People who know how often they have been looked at."""

    def __init__(self, points: FloatArray) -> None:
        self._points = points
        self.passes = 0

    def __iter__(self) -> Iterator[FloatArray]:
        self.passes += 1
        yield self._points


def trace_synopsis(
    points: FloatArray, *, n_clusters: int, n_clusters_served: int, epsilon: float, rng: np.random.Generator, seed: int
) -> SynopsisTrace:
    """Buy a synopsis of ``points`` and follow k-means on its places.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        n_clusters: Number of centres; more than there are places gives as many as there are.
        n_clusters_served: Largest number of clusters to serve well.
        epsilon: Privacy loss of the synopsis.
        rng: Source of the noise.
        seed: Public seed of the starts; k-means on the places is post-processing.
    """
    counted = _Counted(points)
    synopsis = release_synopsis(
        counted, epsilon=epsilon, n_clusters_served=n_clusters_served, n_features=points.shape[1], rng=rng
    )
    places, weights = synopsis.micro_clusters.points, synopsis.micro_clusters.weights
    runs = [_run(places, weights, n_clusters=n_clusters, seed=seed + turn) for turn in range(STARTS)]
    steps = min(runs, key=lambda run: run[-1].inertia)
    cells = Clustering(centers=synopsis.cells.points.copy(), weights=synopsis.cells.weights.copy())
    return SynopsisTrace(
        synopsis=synopsis,
        nonprivate_cells=cells.assign(points.astype(np.float64)),
        passes=counted.passes,
        start=steps[0].before,
        steps=steps,
    )


def _run(places: FloatArray, weights: FloatArray, *, n_clusters: int, seed: int) -> tuple[PlaceStep, ...]:
    """Follow weighted Lloyd from a k-means++ start until no place changes its centre."""
    with one_thread():
        centers, _ = kmeans_plusplus(
            places, min(n_clusters, len(places)), sample_weight=weights, random_state=seed % 2**32
        )
    steps: list[PlaceStep] = []
    labels = _distances(places, centers).argmin(axis=1)
    while len(steps) < _STEPS_MAX:
        moved = _weighted_means(places, weights, labels, centers)
        distances = _distances(places, moved)
        inertia = float(weights @ distances.min(axis=1))
        steps.append(PlaceStep(before=centers, after=moved, labels=labels, inertia=inertia))
        nearest = distances.argmin(axis=1)
        if (nearest == labels).all():
            break
        centers, labels = moved, nearest
    return tuple(steps)


def _distances(places: FloatArray, centers: FloatArray) -> FloatArray:
    squares: FloatArray = ((places[:, np.newaxis] - centers) ** 2).sum(axis=2)
    return squares


def _weighted_means(places: FloatArray, weights: FloatArray, labels: IntArray, centers: FloatArray) -> FloatArray:
    """Return the weighted mean of each centre's places; a centre without any stays where it is."""
    means: FloatArray = centers.copy()
    for cluster in np.unique(labels):
        mine = labels == cluster
        means[cluster] = np.average(places[mine], axis=0, weights=weights[mine])
    return means
