"""One step of private Lloyd: exact statistics of people on a grid, and the noise that hides each of them."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, row_slices
from core.clustering.lloyd.centers import move_centers
from core.clustering.lloyd.release import GRID, LloydBudget
from core.privacy.measurements import IntegerMeasurement, answer

#: Rows per step of a pass over the people: bounds memory, not results.
CHUNK_ROWS = 16_384


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExactStep:
    """A step before its noise. All of it is exact: only what ``draw_move`` returns may be released.

    Attributes:
        before: Centres that people are sent to, of shape ``(n_clusters, n_features)``.
        labels: Nearest of ``before`` for each person, of shape ``(n_people,)``.
        counts: People of each cluster, of shape ``(n_clusters,)``; one person more or less moves one of them by 1.
        sums: Their grid units added up, of shape ``(n_clusters, n_features)``; one person moves d coordinates by at
            most GRID each, so d·GRID in L1.
        budget: What the noise is drawn with.
    """

    before: FloatArray
    labels: IntArray
    counts: IntArray
    sums: IntArray
    budget: LloydBudget

    @classmethod
    def from_labels(cls, grid: IntArray, labels: IntArray, before: FloatArray, *, budget: LloydBudget) -> "ExactStep":
        """Count the people of ``grid`` by their ``labels`` and add them up."""
        counts = np.bincount(labels, minlength=len(before))
        sums = np.zeros(before.shape)
        clusters = np.arange(len(before))[:, np.newaxis]
        for rows in row_slices(len(grid), CHUNK_ROWS):
            # Whole numbers below 2**53: floating-point sums of them are exact in any order.
            sums += (labels[rows] == clusters).astype(np.float64) @ grid[rows].astype(np.float64)
        return cls(before=before, labels=labels, counts=counts, sums=sums.astype(np.int64), budget=budget)

    def draw_move(self, rng: np.random.Generator, *, times: tuple[int, ...] = ()) -> tuple[FloatArray, IntArray]:
        """Draw noise for every cluster, empty or not; return where it moves the centres, and noisy counts.

        Args:
            rng: Source of the noise.
            times: Shape of independent draws, put before the shapes of the results; empty for the one that a release
                pays for. Several show what the noise could have been, on synthetic data only.
        """
        counts, sums = self.add_noise(rng, times=times)
        return move_centers(self.before, counts, sums, budget=self.budget), counts

    def add_noise(self, rng: np.random.Generator, *, times: tuple[int, ...] = ()) -> tuple[IntArray, IntArray]:
        """Add noise to every count and every coordinate of every sum, whoever is there."""
        counts = np.broadcast_to(self.counts, (*times, *self.counts.shape))
        sums = np.broadcast_to(self.sums, (*times, *self.sums.shape))
        (noisy_counts,) = answer(IntegerMeasurement(values=counts, epsilon=self.budget.counts), rng=rng)
        (noisy_sums,) = answer(
            IntegerMeasurement(values=sums, sensitivity=self.budget.sums_sensitivity, epsilon=self.budget.sums), rng=rng
        )
        return noisy_counts, noisy_sums


def to_grid(points: FloatArray) -> IntArray:
    """Clip to the box and round to whole grid units, int16; this is what bounds a person's influence."""
    grid = np.empty(points.shape, dtype=np.int16)
    for rows in row_slices(len(points), CHUNK_ROWS):
        if not np.isfinite(points[rows]).all():
            raise ValueError("points must be finite")
        grid[rows] = np.rint(np.clip(points[rows], -1.0, 1.0) * GRID)
    return grid
