"""Record the intermediate states of a private Lloyd run. Synthetic data only."""

from dataclasses import replace

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.lloyd.estimator import DPLloyd
from core.clustering.lloyd.release import GRID, LloydRelease
from core.clustering.lloyd.step import ExactStep, to_grid
from core.clustering.trace.kmeans import Iteration, Trace

#: Other points that one step's noise could have sent a centre to: enough to tell where half of them are to ±2 %.
CLOUD_DRAWS = 1_000


class _RecordingLloyd(DPLloyd):
    """``DPLloyd`` that records every step, and what else its noise could have been."""

    def __init__(self, n_clusters: int, *, epsilon: float, people: FloatArray, cloud_rng: np.random.Generator) -> None:
        super().__init__(n_clusters, epsilon=epsilon, bounds=(-1.0, 1.0))
        self.iterations: list[Iteration] = []
        self._people = people
        self._cloud_rng = cloud_rng

    def _update_centers(self, step: ExactStep, *, random_state: np.random.Generator) -> tuple[FloatArray, IntArray]:
        moved, counts = super()._update_centers(step, random_state=random_state)
        # The distribution itself, not a copy of it: the same step drawn again, from a source of its own.
        cloud, _ = step.draw_move(self._cloud_rng, times=(CLOUD_DRAWS,))
        number = len(self.iterations) + 1
        self.iterations.append(
            Iteration.from_move(
                self._people,
                before=step.before.copy(),
                after=moved.copy(),
                labels=step.labels,
                passes=float(number),
                epsilon=number * (step.budget.counts + step.budget.sums),
                nonprivate_means=_exact_means(step),
                cloud=cloud,
            )
        )
        return moved, counts


def trace_private_lloyd(
    points: FloatArray,
    *,
    n_clusters: int,
    epsilon: float,
    rng: np.random.Generator,
    cloud_rng: np.random.Generator,
) -> tuple[Trace, LloydRelease]:
    """Follow ``release_lloyd`` and return its iterations and its release: with equal ``rng``, the same centres.

    The iterations hold exact means and clouds around them, so they are for synthetic data; the release alone is
    private, and only if nobody knows the seed of ``rng``.

    Args:
        points: People in the box, of shape ``(n_people, n_features)``.
        n_clusters: Number of centres; positive.
        epsilon: Privacy loss of the whole run; positive and finite.
        rng: Source of starts and noise; its seed is known, so the run is reproducible and not private.
        cloud_rng: Source of what the noise could have been; must be another stream than ``rng``.
    """
    if n_clusters < 1:
        raise ValueError(f"n_clusters must be at least 1, not {n_clusters}")
    engine = _RecordingLloyd(n_clusters, epsilon=epsilon, people=to_grid(points) / GRID, cloud_rng=cloud_rng)
    release = engine.release(points, rng=rng, is_private=False)
    *former, last = engine.iterations
    # The mechanism rounds down: all steps together never pass what was declared.
    last = replace(last, epsilon=min(last.epsilon, epsilon))
    return Trace(start=engine.iterations[0].before, iterations=(*former, last), is_settled=False), release


def _exact_means(step: ExactStep) -> FloatArray:
    """Return the exact mean of each cluster's people; an empty cluster stays where it is."""
    means = step.sums / GRID / np.maximum(step.counts, 1)[:, np.newaxis]
    stays: FloatArray = np.where(step.counts[:, np.newaxis] > 0, means, step.before)
    return stays
