"""Where the people are and how they spread: their noisy number, mean, radius and covariance."""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.synopsis.chunked import (
    MOMENT_UNIT,
    SUM_UNIT,
    ChunkedPoints,
    count_and_sum,
    count_within,
    second_moment,
)
from core.clustering.synopsis.grid import GridAxes, SourceModel
from core.privacy.mechanisms import Mechanisms, QuantileQuestion
from core.privacy.noise import cylinder_scalar_variance

_SMALLEST_VARIANCE = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RadiusQuestion:
    """Which share of the people is to lie within a radius; public.

    Attributes:
        quantile: The share.
        candidates: Radii to choose from as parts of √d, the radius of the box; increasing.
    """

    quantile: QuantileQuestion
    candidates: FloatArray


#: Radius that the second moment is clipped to: 8 of 10 people. Candidates and share were tuned, like the next ones,
#: on the recorded tuning sets and on generated ones (``plan`` names them).
COVARIANCE_RADIUS = RadiusQuestion(quantile=QuantileQuestion(below=8, parts=10), candidates=np.geomspace(0.04, 2.0, 48))
#: Radius that the second of two means is clipped to: few people, so few candidates.
MEAN_RADIUS = RadiusQuestion(quantile=QuantileQuestion(below=7, parts=10), candidates=np.geomspace(0.05, 1.6, 11))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoisyCount:
    """A noisy number of people and the variance of its noise."""

    people: float
    variance: float

    def pool(self, other: "NoisyCount") -> "NoisyCount":
        """Return the inverse-variance mean of two independent counts, at least 1."""
        precision = 1.0 / self.variance + 1.0 / other.variance
        people = (self.people / self.variance + other.people / other.variance) / precision
        return NoisyCount(people=max(people, 1.0), variance=1.0 / precision)


class MomentQueries:
    """Noisy moments of one set of points: exact statistics of its chunks, handed to the mechanisms.

    Args:
        points: People in the box.
        mechanisms: Draws the noise and records what it spent.
    """

    def __init__(self, points: ChunkedPoints, mechanisms: Mechanisms) -> None:
        self._points = points
        self._mechanisms = mechanisms

    def count(self, *, epsilon: float) -> NoisyCount:
        """Release the number of people, at least 1. Sensitivity 1."""
        (n_people,) = self._points.sum(lambda rows: (np.array([rows.shape[0]]),))
        noisy = self._mechanisms.counts(n_people, epsilon=epsilon, name="people")
        return NoisyCount(people=max(float(noisy[0]), 1.0), variance=2.0 / epsilon**2)

    def sum(self, *, center: FloatArray, radius: float, epsilon: float, name: str) -> tuple[IntArray, float]:
        """Release the sum of the offsets from ``center``, clipped to ``radius``, and the number of people.

        Sensitivity: one person adds a vector of length ≤ 1 (in units of the radius) and a count of 1.

        Returns:
            The sum in units of ``radius``/SUM_UNIT, and the number of people.
        """
        counts, sums = self._points.sum(partial(count_and_sum, center=center, radius=radius))
        noisy_sums, noisy_counts = self._mechanisms.sums(
            sums[np.newaxis], counts[:, np.newaxis] * SUM_UNIT, unit=SUM_UNIT, epsilon=epsilon, name=name
        )
        return noisy_sums[0], float(noisy_counts[0, 0]) / SUM_UNIT

    def radius(self, question: RadiusQuestion, *, center: FloatArray, epsilon: float) -> float:
        """Choose the candidate radius around ``center`` within which about the asked share of the people is.

        Sensitivity: at most max(below, parts - below) of the quantile's utility, see ``Mechanisms.quantile``.
        """
        radii = question.candidates * math.sqrt(center.size)
        n_below, n_people = self._points.sum(partial(count_within, center=center, radii=radii))
        chosen = self._mechanisms.quantile(
            n_below, int(n_people[0]), question=question.quantile, epsilon=epsilon, name="radius"
        )
        return float(radii[chosen])

    def second_moment(self, *, center: FloatArray, radius: float, epsilon: float, name: str) -> IntArray:
        """Release Σ y yᵀ of offsets y from ``center``, clipped to ``radius``, in units of (``radius``/MOMENT_UNIT)².

        Sensitivity: one person adds y yᵀ with ‖y‖ ≤ 1 in units of the radius: positive semidefinite, trace ≤ 1.
        """
        (moment,) = self._points.sum(partial(second_moment, center=center, radius=radius))
        return self._mechanisms.second_moment(moment, unit=MOMENT_UNIT, epsilon=epsilon, name=name)

    def mean(
        self, known: NoisyCount, *, center: FloatArray, radius: float, epsilon: float, name: str
    ) -> tuple[FloatArray, NoisyCount]:
        """Release the mean around ``center``, clipped to ``radius``, with a second count to pool with ``known``."""
        noisy_sum, n_people = self.sum(center=center, radius=radius, epsilon=epsilon, name=name)
        n_features = center.size
        variance = cylinder_scalar_variance(n_features, 1, epsilon=epsilon)
        count = known.pool(NoisyCount(people=n_people, variance=variance))
        offset = noisy_sum * (radius / SUM_UNIT / count.people)
        noise = (radius * (n_features + 1) / (epsilon * count.people)) ** 2
        return np.clip(center + james_stein(offset, noise), -1.0, 1.0), count

    def principal_axes(self, *, center: FloatArray, radius: float, n_people: float, epsilon: float) -> GridAxes:
        """Release the second moment within ``radius`` of ``center`` and return its principal axes."""
        noisy = self.second_moment(center=center, radius=radius, epsilon=epsilon, name="covariance")
        covariance = _denoise(noisy, radius=radius, n_people=n_people, epsilon=epsilon)
        variances, vectors = np.linalg.eigh(covariance)
        return GridAxes(
            center=center,
            vectors=vectors[:, ::-1],
            variances=np.maximum(variances[::-1], _SMALLEST_VARIANCE),
            source=SourceModel.GAUSSIAN,
        )


def james_stein(vectors: FloatArray, noise: FloatArray | float) -> FloatArray:
    """Shrink noisy vectors (rows) towards 0 by the positive-part James–Stein factor; ``noise`` = E‖noise‖²."""
    squares = np.maximum(np.einsum("...i,...i->...", vectors, vectors), 1e-12)
    factors = np.maximum(0.0, 1.0 - noise / squares)
    shrunken: FloatArray = vectors * factors[..., np.newaxis]
    return shrunken


def _denoise(moment: IntArray, *, radius: float, n_people: float, epsilon: float) -> FloatArray:
    """Soft-threshold the off-diagonal by one standard deviation of its noise, shrink the diagonal to its mean.

    Where the noise dominates this becomes a multiple of the identity: the original axes, equal spreads.
    """
    n_features = moment.shape[0]
    scale = radius**2 / n_people
    covariance = moment * (scale / MOMENT_UNIT**2)
    noise = scale * math.sqrt((n_features + 1) / 2.0) / epsilon
    diagonal = np.diag(covariance)
    middle = max(float(diagonal.sum()), n_features * 0.02**2, 0.05 * radius**2) / n_features
    spread = max(float(((diagonal - middle) ** 2).mean()), 1e-12)
    off_diagonal = covariance - np.diag(diagonal)
    off_diagonal = np.sign(off_diagonal) * np.maximum(np.abs(off_diagonal) - noise, 0.0)
    denoised: FloatArray = off_diagonal + np.diag(
        middle + max(0.0, 1.0 - 2.0 * noise**2 / spread) * (diagonal - middle)
    )
    return denoised
