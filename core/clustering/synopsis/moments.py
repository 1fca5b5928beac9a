"""Where the people are and how they spread: noisy mean, radius and covariance, and the frame they make."""

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
from core.clustering.synopsis.grid import Frame, Law
from core.privacy.mechanisms import Mechanisms, QuantileQuestion
from core.privacy.noise import cylinder_scalar_variance

_FRAME_RADII = np.geomspace(0.04, 2.0, 48)
_FRAME_QUANTILE = QuantileQuestion(below=8, parts=10)
_MEAN_RADII = np.geomspace(0.05, 1.6, 11)
_MEAN_QUANTILE = QuantileQuestion(below=7, parts=10)
_SMALLEST_VARIANCE = 1e-5


@dataclass(frozen=True, slots=True, kw_only=True)
class NoisyCount:
    """A noisy number of people and the variance of its noise."""

    people: float
    variance: float

    def pooled(self, other: "NoisyCount") -> "NoisyCount":
        """Return the inverse-variance mean of two independent counts, at least 1."""
        precision = 1.0 / self.variance + 1.0 / other.variance
        people = (self.people / self.variance + other.people / other.variance) / precision
        return NoisyCount(people=max(people, 1.0), variance=1.0 / precision)


def shrunk(vectors: FloatArray, noise: FloatArray | float) -> FloatArray:
    """Shrink noisy vectors (rows) towards 0 by the positive-part James–Stein factor; ``noise`` = E‖noise‖²."""
    squares = np.maximum(np.einsum("...i,...i->...", vectors, vectors), 1e-12)
    factors = np.maximum(0.0, 1.0 - noise / squares)
    shrunken: FloatArray = vectors * factors[..., np.newaxis]
    return shrunken


def noisy_mean(
    people: ChunkedPoints,
    known: NoisyCount,
    *,
    center: FloatArray,
    radius: float,
    epsilon: float,
    mechanisms: Mechanisms,
    name: str,
) -> tuple[FloatArray, NoisyCount]:
    """Buy the mean of the people around ``center``, clipped to ``radius``, with a second opinion on their number.

    Sensitivity: one person adds a vector of length ≤ 1 (in units of the radius) and a count of 1.
    """
    counts, sums = people.sum(partial(count_and_sum, center=center, radius=radius))
    noisy_sums, noisy_counts = mechanisms.sums(
        sums[np.newaxis], counts[:, np.newaxis] * SUM_UNIT, unit=SUM_UNIT, epsilon=epsilon, name=name
    )
    n_features = center.size
    variance = cylinder_scalar_variance(n_features, 1, epsilon=epsilon)
    count = known.pooled(NoisyCount(people=float(noisy_counts[0, 0]) / SUM_UNIT, variance=variance))
    offset = noisy_sums[0] * (radius / SUM_UNIT / count.people)
    noise = (radius * (n_features + 1) / (epsilon * count.people)) ** 2
    return np.clip(center + shrunk(offset, noise), -1.0, 1.0), count


def noisy_radius(
    people: ChunkedPoints, *, center: FloatArray, for_mean: bool, epsilon: float, mechanisms: Mechanisms
) -> float:
    """Choose a radius around ``center`` within which most people are, from public candidates."""
    question, shares = (_MEAN_QUANTILE, _MEAN_RADII) if for_mean else (_FRAME_QUANTILE, _FRAME_RADII)
    radii = shares * math.sqrt(center.size)
    n_below, n_people = people.sum(partial(count_within, center=center, radii=radii))
    chosen = mechanisms.quantile(n_below, int(n_people[0]), question=question, epsilon=epsilon, name="radius")
    return float(radii[chosen])


def noisy_frame(
    people: ChunkedPoints, *, center: FloatArray, radius: float, n_people: float, epsilon: float, mechanisms: Mechanisms
) -> Frame:
    """Buy the second moment within ``radius`` of ``center`` and return its principal axes."""
    (moment,) = people.sum(partial(second_moment, center=center, radius=radius))
    noisy = mechanisms.second_moment(moment, unit=MOMENT_UNIT, epsilon=epsilon, name="covariance")
    covariance = _denoised(noisy, radius=radius, n_people=n_people, epsilon=epsilon)
    variances, axes = np.linalg.eigh(covariance)
    return Frame(
        center=center, axes=axes[:, ::-1], variances=np.maximum(variances[::-1], _SMALLEST_VARIANCE), law=Law.GAUSSIAN
    )


def _denoised(moment: IntArray, *, radius: float, n_people: float, epsilon: float) -> FloatArray:
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
