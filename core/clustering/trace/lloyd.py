"""Private Lloyd step by step, for showing: the real mechanism, overheard. Practice data only."""

from dataclasses import replace

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.clustering.inertia import nonprivate_inertia
from core.clustering.lloyd.centers import starts
from core.clustering.lloyd.estimator import DPLloyd
from core.clustering.lloyd.release import GRID, LloydRelease
from core.clustering.lloyd.step import ExactStep, to_grid
from core.clustering.trace.kmeans import Step, Trace
from core.clustering.types import Clustering

#: Other places that one step's noise could have sent a centre to: enough to tell where half of them are to ±2 %.
CLOUD_DRAWS = 1_000


class _Overheard(DPLloyd):
    """``DPLloyd`` that writes down every step, and what else its noise could have been."""

    def __init__(self, n_clusters: int, *, epsilon: float, people: FloatArray, cloud_rng: np.random.Generator) -> None:
        super().__init__(n_clusters, epsilon=epsilon, bounds=(-1.0, 1.0))
        self.steps: list[Step] = []
        self._people = people
        self._cloud_rng = cloud_rng

    def _update_centers(self, step: ExactStep, *, random_state: np.random.Generator) -> tuple[FloatArray, IntArray]:
        moved, counts = super()._update_centers(step, random_state=random_state)
        # The law, not a copy of it: the same step drawn again, from a source of its own.
        cloud, _ = step.drawn(self._cloud_rng, times=(CLOUD_DRAWS,))
        turns = len(self.steps) + 1
        clustering = Clustering(centers=moved.copy(), weights=np.zeros(len(moved)))
        self.steps.append(
            Step(
                before=read_only(step.before.copy()),
                after=clustering.centers,
                passes=float(turns),
                epsilon=turns * (step.budget.counts + step.budget.sums),
                nonprivate_labels=read_only(step.labels),
                nonprivate_inertia=nonprivate_inertia(self._people, clustering),
                nonprivate_means=read_only(_means(step)),
                cloud=read_only(cloud),
            )
        )
        return moved, counts


def random_start(n_clusters: int, n_features: int, *, rng: np.random.Generator) -> FloatArray:
    """Return the centres that private Lloyd starts from with ``rng``: public, whoever the people are."""
    return starts(n_clusters, n_features, rng=rng)


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
    engine = _Overheard(n_clusters, epsilon=epsilon, people=to_grid(points) / GRID, cloud_rng=cloud_rng)
    release = engine.release(points, rng=rng, is_private=False)
    steps = tuple(engine.steps)
    # The mechanism rounds down: all steps together never pass what was declared.
    last = replace(steps[-1], epsilon=min(steps[-1].epsilon, epsilon))
    return Trace(start=steps[0].before, steps=(*steps[:-1], last), is_settled=False), release


def _means(step: ExactStep) -> FloatArray:
    """Return the exact mean of each cluster's people; an empty cluster stays where it is."""
    means = step.sums / GRID / np.maximum(step.counts, 1)[:, np.newaxis]
    stays: FloatArray = np.where(step.counts[:, np.newaxis] > 0, means, step.before)
    return stays
