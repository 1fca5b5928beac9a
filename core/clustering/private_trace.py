"""Private Lloyd step by step, for showing: the real mechanism, overheard. Practice data only."""

from dataclasses import replace

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.lloyd import DPLloyd
from core.clustering.lloyd_release import GRID, LloydBudget, LloydRelease
from core.clustering.model import Clustering
from core.clustering.trace import Step, Trace
from core.evaluation.inertia import nonprivate_inertia

#: Other places that one step's noise could have sent a centre to: enough to tell where half of them are to ±2 %.
CLOUD_DRAWS = 1_000


class _Overheard(DPLloyd):
    """``DPLloyd`` that writes down every step and lets the same step be drawn again with other noise."""

    def __init__(self, n_clusters: int, *, epsilon: float, cloud_rng: np.random.Generator) -> None:
        super().__init__(n_clusters, epsilon=epsilon, bounds=(-1.0, 1.0))
        self.steps: list[Step] = []
        self._cloud_rng = cloud_rng
        self._cloud: FloatArray = np.empty(0)

    def start(self, n_features: int, rng: np.random.Generator) -> FloatArray:
        """Return the first centres; they are drawn before anything else, without looking at anybody."""
        return self._init_centers(n_features, rng)

    def _update_centers(
        self,
        X: IntArray,
        centers: FloatArray,
        labels: IntArray,
        *,
        budget: LloydBudget,
        random_state: np.random.Generator,
    ) -> tuple[FloatArray, IntArray]:
        moved, counts = super()._update_centers(X, centers, labels, budget=budget, random_state=random_state)
        turns = len(self.steps) + 1
        self.steps.append(
            Step(
                before=read_only(centers.copy()),
                after=read_only(moved.copy()),
                passes=float(turns),
                epsilon=turns * (budget.counts + budget.sums),
                nonprivate_labels=read_only(labels),
                nonprivate_inertia=nonprivate_inertia(
                    X / GRID, Clustering(centers=moved.copy(), weights=np.zeros(len(moved)))
                ),
                nonprivate_means=read_only(_means(X / GRID, labels, centers)),
                cloud=read_only(self._cloud),
            )
        )
        return moved, counts

    def _moved_by_noise(
        self,
        centers: FloatArray,
        exact: tuple[IntArray, IntArray],
        *,
        budget: LloydBudget,
        random_state: np.random.Generator,
    ) -> tuple[FloatArray, IntArray]:
        # The law, not a copy of it: the same step of many equal clusters, from a source of its own.
        counts, sums = (np.concatenate([part] * CLOUD_DRAWS) for part in exact)
        repeated = np.concatenate([centers] * CLOUD_DRAWS)
        again, _ = super()._moved_by_noise(repeated, (counts, sums), budget=budget, random_state=self._cloud_rng)
        self._cloud = again.reshape(CLOUD_DRAWS, *centers.shape)
        return super()._moved_by_noise(centers, exact, budget=budget, random_state=random_state)


def random_start(n_clusters: int, n_features: int, *, rng: np.random.Generator) -> FloatArray:
    """Return the centres that private Lloyd starts from with ``rng``: public, whoever the people are."""
    return _Overheard(n_clusters, epsilon=1.0, cloud_rng=rng).start(n_features, rng)


def trace_private_lloyd(
    points: FloatArray,
    *,
    n_clusters: int,
    epsilon: float,
    rng: np.random.Generator,
    cloud_rng: np.random.Generator,
) -> tuple[Trace, LloydRelease]:
    """Follow ``release_lloyd`` and return its steps and what it released: with equal ``rng``, the same centres.

    The steps hold exact means and clouds around them, so they are for practice data; the release alone is private,
    and only if nobody knows the seed of ``rng``.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        n_clusters: Number of centres; positive.
        epsilon: Privacy loss of the whole run; positive and finite.
        rng: Source of starts and noise; its seed is known, so the run is reproducible and not private.
        cloud_rng: Source of what the noise could have been; must be another stream than ``rng``.
    """
    if n_clusters < 1:
        raise ValueError(f"n_clusters must be at least 1, not {n_clusters}")
    engine = _Overheard(n_clusters, epsilon=epsilon, cloud_rng=cloud_rng)
    release = engine.release(points, rng=rng, is_private=False)
    steps = tuple(engine.steps)
    # The mechanism rounds down: all steps together never pass what was declared.
    last = replace(steps[-1], epsilon=min(steps[-1].epsilon, epsilon))
    return Trace(start=steps[0].before, steps=(*steps[:-1], last), is_settled=False), release


def _means(people: FloatArray, labels: IntArray, centers: FloatArray) -> FloatArray:
    """Return the exact mean of each cluster's people; an empty cluster stays where it is."""
    means: FloatArray = centers.copy()
    for cluster in np.unique(labels):
        means[cluster] = people[labels == cluster].mean(axis=0)
    return means
