"""k-means iteration by iteration, by everybody or by batches: what scikit-learn does. Synthetic data only."""

import warnings
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import pairwise_distances_argmin

from core.arrays import BoolArray, FloatArray, IntArray, read_only
from core.clustering.inertia import nonprivate_inertia
from core.clustering.types import Clustering
from core.threads import one_thread

#: Lloyd iterations that are shown at most; a picture of few people stands still long before.
ITERATIONS_MAX = 24
BATCH_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Iteration:
    """People go to their nearest centre, centres move. Holds exact values: curator only, for synthetic data.

    Attributes:
        before: Centres that people are assigned to, of shape ``(n_clusters, n_features)``.
        after: Centres after the move.
        passes: Times that every person has been looked at so far; a batch counts as its part.
        epsilon: Privacy loss spent so far; 0 where nothing is private.
        nonprivate_labels: Nearest of ``before`` for each person, of shape ``(n_people,)``.
        nonprivate_inertia: Sum of squared distances of all people to the nearest of ``after``.
        looked_at: Whether the iteration looks at each person, of shape ``(n_people,)``; None for everybody.
        nonprivate_means: Exact means that a private move aims at; None where the move is exact.
        cloud: Other points the same noise could have sent the centres to, of shape
            ``(n_draws, n_clusters, n_features)``, drawn around exact values; None where the move is exact.
    """

    before: FloatArray
    after: FloatArray
    passes: float
    epsilon: float
    nonprivate_labels: IntArray
    nonprivate_inertia: float
    looked_at: BoolArray | None = None
    nonprivate_means: FloatArray | None = None
    cloud: FloatArray | None = None

    def __post_init__(self) -> None:
        for array in (self.before, self.after, self.nonprivate_labels):
            read_only(array)
        for optional in (self.looked_at, self.nonprivate_means, self.cloud):
            if optional is not None:
                read_only(optional)

    @classmethod
    def from_move(
        cls,
        points: FloatArray,
        *,
        before: FloatArray,
        after: FloatArray,
        labels: IntArray,
        passes: float,
        epsilon: float = 0.0,
        looked_at: BoolArray | None = None,
        nonprivate_means: FloatArray | None = None,
        cloud: FloatArray | None = None,
    ) -> "Iteration":
        """Return the iteration that moves the centres of ``points`` from ``before`` to ``after``."""
        clustering = Clustering(centers=after, weights=np.zeros(len(after)))
        return cls(
            before=before,
            after=after,
            passes=passes,
            epsilon=epsilon,
            nonprivate_labels=labels,
            nonprivate_inertia=nonprivate_inertia(points, clustering),
            looked_at=looked_at,
            nonprivate_means=nonprivate_means,
            cloud=cloud,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """A whole run.

    Attributes:
        start: First centres, of shape ``(n_clusters, n_features)``.
        iterations: In order, at least one.
        is_settled: Whether the last iteration changed nobody's group: the run could stop by itself.
    """

    start: FloatArray
    iterations: tuple[Iteration, ...]
    is_settled: bool

    @property
    def centers(self) -> FloatArray:
        """Centres at the end."""
        return self.iterations[-1].after

    def n_changing(self, index: int) -> int:
        """Return how many people change their group in the iteration after ``index``; 0 after the last."""
        if index + 1 >= len(self.iterations):
            return 0
        return int((self.iterations[index].nonprivate_labels != self.iterations[index + 1].nonprivate_labels).sum())


def nonprivate_lloyd_trace(points: FloatArray, *, start: FloatArray, n_iterations_max: int = ITERATIONS_MAX) -> Trace:
    """Follow scikit-learn's k-means (Lloyd) from ``start`` until nobody changes groups.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``; at least as many as centres.
        start: First centres, of shape ``(n_clusters, n_features)``.
        n_iterations_max: Most iterations; positive.

    Raises:
        ValueError: If there are fewer people than centres, or ``n_iterations_max`` is not positive.
    """
    _check(points, start, n_iterations_max)
    people = points.astype(np.float64)
    iterations: list[Iteration] = []
    labels = _assign(people, start)
    centers: FloatArray = start.astype(np.float64)
    is_settled = False
    while len(iterations) < n_iterations_max and not is_settled:
        moved = _iterate(people, centers)
        passes = len(iterations) + 1.0
        iterations.append(Iteration.from_move(people, before=centers, after=moved, labels=labels, passes=passes))
        after = _assign(people, moved)
        is_settled = bool((after == labels).all())
        centers, labels = moved, after
    return Trace(start=read_only(start.copy()), iterations=tuple(iterations), is_settled=is_settled)


def nonprivate_minibatch_trace(
    points: FloatArray, *, start: FloatArray, n_iterations: int, rng: np.random.Generator, batch_rows: int = BATCH_ROWS
) -> Trace:
    """Follow scikit-learn's mini-batch k-means from ``start``: each iteration looks at a few people only.

    Every pass deals the people out anew, so a pass of batches looks at everybody once.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        start: First centres, of shape ``(n_clusters, n_features)``.
        n_iterations: Number of iterations; positive.
        rng: Who is in which batch.
        batch_rows: People of a batch, at least as many as centres; more than there are means all.

    Raises:
        ValueError: If there are fewer people, or people of a batch, than centres, or ``n_iterations`` is not positive.
    """
    _check(points, start, n_iterations)
    batch_rows = min(batch_rows, len(points))
    if batch_rows < len(start):
        raise ValueError(f"batch_rows must be at least the number of centres, {len(start)}, not {batch_rows}")
    people = points.astype(np.float64)
    engine = MiniBatchKMeans(len(start), init=start.astype(np.float64), n_init=1, reassignment_ratio=0.0)
    iterations: list[Iteration] = []
    centers = start.astype(np.float64)
    for number, rows in enumerate(_deal_batches(len(people), batch_rows, n_iterations, rng), start=1):
        with one_thread():
            moved = engine.partial_fit(people[rows]).cluster_centers_.copy()
        looked_at = np.zeros(len(people), dtype=np.bool_)
        looked_at[rows] = True
        iterations.append(
            Iteration.from_move(
                people,
                before=centers,
                after=moved,
                labels=_assign(people, centers),
                passes=number * batch_rows / len(people),
                looked_at=looked_at,
            )
        )
        centers = moved
    return Trace(start=read_only(start.copy()), iterations=tuple(iterations), is_settled=False)


def _check(points: FloatArray, start: FloatArray, n_iterations: int) -> None:
    if len(points) < len(start):
        raise ValueError(f"points must hold at least as many people as centres, {len(start)}, not {len(points)}")
    if n_iterations < 1:
        raise ValueError(f"the number of iterations must be at least 1, not {n_iterations}")


def _iterate(people: FloatArray, centers: FloatArray) -> FloatArray:
    with warnings.catch_warnings(), one_thread():
        # One iteration is not meant to converge; coinciding people may leave clusters empty.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = KMeans(len(centers), init=centers, n_init=1, max_iter=1, tol=0.0, algorithm="lloyd").fit(people)
    moved: FloatArray = model.cluster_centers_
    return moved


def _assign(people: FloatArray, centers: FloatArray) -> IntArray:
    # As scikit-learn measures, to the last bit: somebody between two centres must go its way.
    nearest: IntArray = pairwise_distances_argmin(people, centers)
    return nearest


def _deal_batches(n_people: int, batch_rows: int, n_batches: int, rng: np.random.Generator) -> list[IntArray]:
    """Deal people out in random order, again and again; what is too few for a batch is left over."""
    per_pass = n_people // batch_rows
    dealt: list[IntArray] = []
    while len(dealt) < n_batches:
        dealt += list(rng.permutation(n_people)[: per_pass * batch_rows].reshape(per_pass, batch_rows))
    return dealt[:n_batches]
