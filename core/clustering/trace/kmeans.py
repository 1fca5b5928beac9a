"""k-means step by step, for showing: what scikit-learn does, by everybody or by batches. Practice data only."""

import warnings
from dataclasses import dataclass, replace

import numpy as np
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import pairwise_distances_argmin

from core.arrays import BoolArray, FloatArray, IntArray, read_only
from core.clustering.inertia import nonprivate_inertia
from core.clustering.types import Clustering
from core.threads import one_thread

#: Lloyd's steps that are shown at most; a picture of few people stands still long before.
STEPS_MAX = 24
BATCH_ROWS = 40


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """One turn: people go to their nearest centre, centres move. Holds exact values: insider, for practice data.

    Attributes:
        before: Centres that people are sent to, of shape ``(n_clusters, n_features)``.
        after: Centres after the move.
        passes: Times that every person has been looked at so far; a batch counts as its part.
        epsilon: Privacy loss spent so far; 0 where nothing is private.
        nonprivate_labels: Nearest of ``before`` for each person, of shape ``(n_people,)``.
        nonprivate_inertia: Sum of squared distances of all people to the nearest of ``after``.
        looked_at: Whether the step looks at each person, of shape ``(n_people,)``; None for everybody.
        nonprivate_means: Exact means that a private move aims at; None where the move is exact.
        cloud: Other places the same noise could have sent the centres to, of shape
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """A whole run.

    Attributes:
        start: First centres, of shape ``(n_clusters, n_features)``.
        steps: The turns in order, at least one.
        is_settled: Whether the last turn changed nobody's group: the run could stop by itself.
    """

    start: FloatArray
    steps: tuple[Step, ...]
    is_settled: bool

    @property
    def centers(self) -> FloatArray:
        """Centres at the end."""
        return self.steps[-1].after

    def n_changing(self, index: int) -> int:
        """Return how many people change their group in the turn after turn ``index``; 0 after the last."""
        if index + 1 >= len(self.steps):
            return 0
        return int((self.steps[index].nonprivate_labels != self.steps[index + 1].nonprivate_labels).sum())


def nonprivate_lloyd_trace(points: FloatArray, *, start: FloatArray, steps_max: int = STEPS_MAX) -> Trace:
    """Follow scikit-learn's k-means from ``start`` until nobody changes the group, or for ``steps_max`` turns.

    Each turn is a fit of one iteration, so empty clusters move to far-off people as they do there.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``; at least as many as centres.
        start: First centres, of shape ``(n_clusters, n_features)``.
        steps_max: Most turns; positive.

    Raises:
        ValueError: If there are fewer people than centres, or ``steps_max`` is not positive.
    """
    _check(points, start, steps_max)
    people = points.astype(np.float64)
    steps: list[Step] = []
    labels = _nearest(people, start)
    centers: FloatArray = start.astype(np.float64)
    is_settled = False
    while len(steps) < steps_max and not is_settled:
        moved = _one_iteration(people, centers)
        steps.append(_step(people, centers, moved, labels, passes=len(steps) + 1.0))
        after = _nearest(people, moved)
        is_settled = bool((after == labels).all())
        centers, labels = moved, after
    return Trace(start=read_only(start.copy()), steps=tuple(steps), is_settled=is_settled)


def nonprivate_minibatch_trace(
    points: FloatArray, *, start: FloatArray, n_steps: int, rng: np.random.Generator, batch_rows: int = BATCH_ROWS
) -> Trace:
    """Follow scikit-learn's mini-batch k-means from ``start``: each turn looks at a few people only.

    Every pass deals the people out anew, so a pass of batches looks at everybody once.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        start: First centres, of shape ``(n_clusters, n_features)``.
        n_steps: Number of turns; positive.
        rng: Who is in which batch.
        batch_rows: People of a batch, at least as many as centres; more than there are means all.

    Raises:
        ValueError: If there are fewer people, or people of a batch, than centres, or ``n_steps`` is not positive.
    """
    _check(points, start, n_steps)
    batch_rows = min(batch_rows, len(points))
    if batch_rows < len(start):
        raise ValueError(f"batch_rows must be at least the number of centres, {len(start)}, not {batch_rows}")
    people = points.astype(np.float64)
    engine = MiniBatchKMeans(len(start), init=start.astype(np.float64), n_init=1, reassignment_ratio=0.0)
    steps: list[Step] = []
    centers = start.astype(np.float64)
    for turn, rows in enumerate(_batches(len(people), batch_rows, n_steps, rng), start=1):
        with one_thread():
            moved = engine.partial_fit(people[rows]).cluster_centers_.copy()
        looked_at = np.zeros(len(people), dtype=np.bool_)
        looked_at[rows] = True
        step = _step(people, centers, moved, _nearest(people, centers), passes=turn * batch_rows / len(people))
        steps.append(replace(step, looked_at=read_only(looked_at)))
        centers = moved
    return Trace(start=read_only(start.copy()), steps=tuple(steps), is_settled=False)


def _check(points: FloatArray, start: FloatArray, n_steps: int) -> None:
    if len(points) < len(start):
        raise ValueError(f"points must hold at least as many people as centres, {len(start)}, not {len(points)}")
    if n_steps < 1:
        raise ValueError(f"the number of steps must be at least 1, not {n_steps}")


def _step(people: FloatArray, before: FloatArray, after: FloatArray, labels: IntArray, *, passes: float) -> Step:
    return Step(
        before=read_only(before),
        after=read_only(after),
        passes=passes,
        epsilon=0.0,
        nonprivate_labels=read_only(labels),
        nonprivate_inertia=nonprivate_inertia(people, Clustering(centers=after, weights=np.zeros(len(after)))),
    )


def _one_iteration(people: FloatArray, centers: FloatArray) -> FloatArray:
    with warnings.catch_warnings(), one_thread():
        # One iteration is not meant to converge; coinciding people may leave clusters empty.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model = KMeans(len(centers), init=centers, n_init=1, max_iter=1, tol=0.0, algorithm="lloyd").fit(people)
    moved: FloatArray = model.cluster_centers_
    return moved


def _nearest(people: FloatArray, centers: FloatArray) -> IntArray:
    # As scikit-learn measures, to the last bit: somebody between two centres must go its way.
    nearest: IntArray = pairwise_distances_argmin(people, centers)
    return nearest


def _batches(n_people: int, batch_rows: int, n_steps: int, rng: np.random.Generator) -> list[IntArray]:
    """Deal people out in random order, again and again; what is too few for a batch is left over."""
    per_pass = n_people // batch_rows
    dealt: list[IntArray] = []
    while len(dealt) < n_steps:
        dealt += list(rng.permutation(n_people)[: per_pass * batch_rows].reshape(per_pass, batch_rows))
    return dealt[:n_steps]
