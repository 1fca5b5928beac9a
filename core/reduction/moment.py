"""A noisy second moment: how many people, where, how far around, and how they spread; eigenvectors are free."""

import math
from dataclasses import dataclass, fields

import numpy as np

from core.arrays import FloatArray
from core.clustering.synopsis.chunked import MOMENT_UNIT, SUM_UNIT
from core.clustering.synopsis.moments import MomentQueries, RadiusQuestion
from core.privacy.mechanisms import QuantileQuestion
from core.privacy.noise import round_down

#: Radius that the moment is clipped to: 9 of 10 people.
RADIUS = RadiusQuestion(quantile=QuantileQuestion(below=9, parts=10), candidates=np.geomspace(0.08, 1.0, 24))


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentBudget:
    """Shares of ε, by query; queries that are not asked have 0. Rounded down to multiples of 2⁻³².

    Attributes:
        people: Number of people.
        mean: Sum of the people, with a count; asked instead of ``people`` where the mean is wanted.
        radius: Quantile of the distances from the centre.
        moment: Second moment around the centre, clipped to that radius.
    """

    people: float = 0.0
    mean: float = 0.0
    radius: float
    moment: float

    @property
    def total(self) -> float:
        """Sequential composition of all queries; exact, since the shares are multiples of 2⁻³²."""
        return math.fsum(getattr(self, field.name) for field in fields(self))

    @classmethod
    def split(cls, epsilon: float, *, around_mean: bool) -> "MomentBudget":
        """Split ``epsilon`` for a moment around the mean or around the middle of the box.

        An error of the mean adds its square to the moment, and n only scales it: both get little.
        """
        first, radius = ({"mean": 0.25}, 0.1) if around_mean else ({"people": 0.05}, 0.1)
        shares = {**first, "radius": radius, "moment": 1.0 - radius - sum(first.values())}
        return cls(**{name: round_down(epsilon * share) for name, share in shares.items()})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NoisyMoment:
    """How the people spread around a centre; every number is public or noisy.

    Attributes:
        center: Mean, or the middle of the box, of shape ``(n_features,)``.
        radius: Distance from it that people were clipped to.
        variances: Mean squares along ``directions``, not below 0, decreasing.
        directions: Orthonormal rows, of shape ``(n_features, n_features)``.
        noise_variance: Size of the noise in such a mean square.
    """

    center: FloatArray
    radius: float
    variances: FloatArray
    directions: FloatArray
    noise_variance: float


def release_moment(queries: MomentQueries, *, n_features: int, around_mean: bool, budget: MomentBudget) -> NoisyMoment:
    """Release the second moment of people in the box, around their mean or around the middle of the box.

    Sensitivities under adding or removing one person x, after clipping to the box (so ‖x‖₂ ≤ √d):

    - people: a count, 1;
    - mean: (x/√d, 1) lies in the cylinder {‖v‖₂ ≤ 1} × [-1, 1]: gauge 1;
    - radius: at most max(below, parts - below) of the quantile's utility, see ``Mechanisms.quantile``;
    - moment: y yᵀ with y = (x - centre) clipped to length 1 in units of the radius: positive semidefinite, trace ≤ 1.

    Each query sees the people and earlier noisy answers only; the rest is post-processing.
    """
    if around_mean:
        center, n_people = _release_mean(queries, n_features, epsilon=budget.mean)
    else:
        center = np.zeros(n_features)
        n_people = queries.count(epsilon=budget.people).people
    radius = queries.radius(RADIUS, center=center, epsilon=budget.radius)
    moment = queries.second_moment(center=center, radius=radius, epsilon=budget.moment, name="moment")
    variances, vectors = np.linalg.eigh(moment * (radius**2 / MOMENT_UNIT**2 / n_people))
    return NoisyMoment(
        center=center,
        radius=radius,
        variances=np.maximum(variances[::-1], 0.0),
        directions=vectors.T[::-1],
        noise_variance=moment_noise_variance(n_features, radius=radius, n_people=n_people, epsilon=budget.moment)
        + _mean_error(n_features, n_people=n_people, epsilon=budget.mean),
    )


def moment_noise_variance(n_features: int, *, radius: float, n_people: float, epsilon: float) -> float:
    """Return about the largest eigenvalue of two-sided Wishart noise in a second moment, divided by ``n_people``.

    An off-diagonal entry has standard deviation s = radius²·√((d + 1)/2)/ε, a symmetric matrix of such norm ≈ 2√d·s.
    """
    spread = radius**2 * math.sqrt((n_features + 1) / 2.0) / epsilon
    return 2.0 * math.sqrt(n_features) * spread / n_people


def _release_mean(queries: MomentQueries, n_features: int, *, epsilon: float) -> tuple[FloatArray, float]:
    """Return a noisy mean and a noisy number of people, at least 1."""
    radius = math.sqrt(n_features)
    noisy_sum, noisy_people = queries.sum(center=np.zeros(n_features), radius=radius, epsilon=epsilon, name="mean")
    n_people = max(noisy_people, 1.0)
    mean = noisy_sum * (radius / SUM_UNIT / n_people)
    error = _mean_error(n_features, n_people=n_people, epsilon=epsilon)
    # James and Stein: where the noise dominates, the middle of the box is the better guess.
    kept = max(0.0, 1.0 - error / max(float(mean @ mean), 1e-12))
    return np.clip(kept * mean, -1.0, 1.0), n_people


def _mean_error(n_features: int, *, n_people: float, epsilon: float) -> float:
    """Return the expected squared length of the noise in a mean, which also adds itself to the moment around it."""
    return (math.sqrt(n_features) * (n_features + 1) / (epsilon * n_people)) ** 2 if epsilon else 0.0
