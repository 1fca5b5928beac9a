"""What clustering algorithms cost and give: time, passes over the data, and inertia."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans

from core.arrays import FloatArray
from core.clustering.engines import SYNOPSIS
from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import BATCH_ROWS, RESTARTS, SEED
from core.clustering.lloyd.estimator import release_lloyd
from core.clustering.synopsis.release import release_synopsis
from core.clustering.types import Clustering
from core.data.generate import Recipe, generate
from core.progress import Progress
from core.reduction.spec import ReleaseSpec
from core.threads import one_thread

SIZES = (1_000, 10_000, 100_000, 1_000_000)
EPSILON = 1.0
#: Repetitions whose median time is reported, and up to how many people; one beyond.
REPETITIONS, REPETITIONS_UP_TO = 3, 100_000


class Algorithm(StrEnum):
    """A clustering algorithm."""

    KMEANS = "kmeans"
    MINIBATCH = "minibatch"
    PROTOTYPE = "prototype"
    SYNOPSIS = "synopsis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One clustering and its passes over the data.

    Attributes:
        centers: Centres, scaled.
        passes: Rows read over number of people: 1 is everybody once.
    """

    centers: FloatArray
    passes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AlgorithmCost:
    """What one algorithm takes for so many people.

    Attributes:
        algorithm: The algorithm.
        n_people: Number of people.
        seconds: Median time of one clustering.
        passes: Median number of passes over the data.
        inertia: Median inertia over the median of k-means.
    """

    algorithm: Algorithm
    n_people: int
    seconds: float
    passes: float
    inertia: float


def fit(algorithm: Algorithm, points: FloatArray, *, n_clusters: int, seed: int) -> Fit:
    """Cluster ``points`` by one algorithm, with its own usual restarts, and count its passes.

    Args:
        algorithm: How; the private ones spend ``EPSILON``.
        points: Synthetic people, scaled, at least ``n_clusters`` of them.
        n_clusters: Number of groups.
        seed: Seed of starts and noise; public.
    """
    with one_thread():
        return _FITS[algorithm](points, n_clusters, seed)


def _kmeans(points: FloatArray, n_clusters: int, seed: int) -> Fit:
    """One start after the other, for scikit-learn reports the iterations of the best one only.

    A start reads everybody for each centre that k-means++ draws and in each iteration. That it may read them once more
    for the labels is left out, in favour of k-means.
    """
    starts = [KMeans(n_clusters, n_init=1, random_state=seed + start).fit(points) for start in range(RESTARTS)]
    best = min(starts, key=lambda start: start.inertia_)
    return Fit(centers=best.cluster_centers_, passes=float(sum(n_clusters + start.n_iter_ for start in starts)))


def _minibatch(points: FloatArray, n_clusters: int, seed: int) -> Fit:
    """Starts are drawn from three batches each, and judged on as many people; then batch follows batch."""
    model = MiniBatchKMeans(
        n_clusters, n_init=RESTARTS, batch_size=BATCH_ROWS, compute_labels=False, random_state=seed
    ).fit(points)
    batch, start = min(BATCH_ROWS, len(points)), min(3 * BATCH_ROWS, len(points))
    rows = model.n_steps_ * batch + RESTARTS * (n_clusters + 1) * start
    return Fit(centers=model.cluster_centers_, passes=rows / len(points))


def _prototype(points: FloatArray, n_clusters: int, seed: int) -> Fit:
    """Everybody is rounded to the grid once; then each step reads them to find their centre, and to add them up."""
    release = release_lloyd(
        points, n_clusters=n_clusters, epsilon=EPSILON, rng=np.random.default_rng(seed), is_private=False
    )
    return Fit(centers=release.centers, passes=1.0 + 2.0 * release.n_iterations)


class PassCounter:
    """The data as a re-iterable that counts how often it is read."""

    def __init__(self, points: FloatArray) -> None:
        self._points = points
        self.passes = 0

    def __iter__(self) -> Iterator[FloatArray]:
        self.passes += 1
        yield self._points


def _synopsis(points: FloatArray, n_clusters: int, seed: int) -> Fit:
    people = PassCounter(points)
    release = release_synopsis(
        people,
        epsilon=EPSILON,
        n_clusters_served=ReleaseSpec(engine=SYNOPSIS, epsilon=EPSILON, n_clusters=n_clusters).n_clusters_served,
        n_features=points.shape[1],
        rng=np.random.default_rng(seed),
    )
    return Fit(centers=release.cluster(n_clusters).centers, passes=float(people.passes))


_FITS: dict[Algorithm, Callable[[FloatArray, int, int], Fit]] = {
    Algorithm.KMEANS: _kmeans,
    Algorithm.MINIBATCH: _minibatch,
    Algorithm.PROTOTYPE: _prototype,
    Algorithm.SYNOPSIS: _synopsis,
}


def measure_passes(
    recipe: Recipe, *, n_clusters: int, clock: Callable[[], float], sizes: Sequence[int] = SIZES
) -> Iterator[Progress[tuple[AlgorithmCost, ...]]]:
    """Cluster synthetic people of every size by every algorithm, one after the other on one thread.

    Args:
        recipe: How the people are made, but for their number.
        n_clusters: Number of groups.
        clock: Seconds since some moment, such as ``time.perf_counter``.
        sizes: Numbers of people.

    Yields:
        Progress after each clustering; the last one holds the result. Stop iterating to cancel.

    Raises:
        ValueError: If there are fewer people than groups.
    """
    if not sizes or min(sizes) < n_clusters:
        raise ValueError(f"sizes must be at least n_clusters ({n_clusters}), not {list(sizes)}")
    return _measure(recipe, n_clusters=n_clusters, clock=clock, sizes=sizes)


def _measure(
    recipe: Recipe, *, n_clusters: int, clock: Callable[[], float], sizes: Sequence[int]
) -> Iterator[Progress[tuple[AlgorithmCost, ...]]]:
    total, done = len(Algorithm) * sum(_n_repetitions(size) for size in sizes), 0
    costs: list[AlgorithmCost] = []
    for size in sizes:
        points = generate(replace(recipe, n_people=size)).points()
        # Before anything is timed: the first run of an algorithm pays for what it loads.
        for algorithm in Algorithm:
            fit(algorithm, points[: SIZES[0]], n_clusters=n_clusters, seed=SEED)
        timed: dict[Algorithm, list[tuple[float, Fit]]] = {algorithm: [] for algorithm in Algorithm}
        for repetition in range(_n_repetitions(size)):
            for algorithm in Algorithm:
                start = clock()
                found = fit(algorithm, points, n_clusters=n_clusters, seed=SEED + repetition)
                timed[algorithm].append((clock() - start, found))
                done += 1
                yield Progress(done=done, total=total)
        costs += _costs(timed, points)
    yield Progress(done=done, total=total, result=tuple(costs))


def _n_repetitions(size: int) -> int:
    return REPETITIONS if size <= REPETITIONS_UP_TO else 1


def _costs(timed: dict[Algorithm, list[tuple[float, Fit]]], points: FloatArray) -> Iterator[AlgorithmCost]:
    inertia = {
        algorithm: float(np.median([_inertia(found, points) for _, found in runs])) for algorithm, runs in timed.items()
    }
    for algorithm, runs in timed.items():
        yield AlgorithmCost(
            algorithm=algorithm,
            n_people=len(points),
            seconds=float(np.median([seconds for seconds, _ in runs])),
            passes=float(np.median([found.passes for _, found in runs])),
            inertia=inertia[algorithm] / inertia[Algorithm.KMEANS] if inertia[Algorithm.KMEANS] > 0 else 1.0,
        )


def _inertia(found: Fit, points: FloatArray) -> float:
    return nonprivate_inertia(points, Clustering(centers=found.centers, weights=np.zeros(len(found.centers))))
