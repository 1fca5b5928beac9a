"""Buying a second moment: how many people, where, how far around, and how they spread; then eigenvectors for free."""

import math
from dataclasses import dataclass, fields
from functools import partial

import numpy as np

from core.arrays import FloatArray
from core.clustering.synopsis.chunked import (
    MOMENT_UNIT,
    SUM_UNIT,
    ChunkedPoints,
    count_and_sum,
    count_within,
    second_moment,
)
from core.privacy.mechanisms import Mechanisms, QuantileQuestion
from core.privacy.noise import check_epsilon, round_down
from core.reduction.projection import (
    REACH,
    Method,
    Projection,
    check_dimensions,
    farthest,
    noise_variance,
    turned,
)

#: Candidates for the radius that holds most people, as parts of √d, the radius of the box; public.
RADII = np.geomspace(0.08, 1.0, 24)
RADIUS_QUESTION = QuantileQuestion(below=9, parts=10)


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
    def split(cls, epsilon: float, method: Method) -> "MomentBudget":
        """Split ``epsilon`` for ``method``.

        An error of the mean adds its square to the moment, and n only scales it: both get little.
        """
        first, radius = ({"mean": 0.25}, 0.1) if method is Method.PCA else ({"people": 0.05}, 0.1)
        shares = {**first, "radius": radius, "moment": 1.0 - radius - sum(first.values())}
        return cls(**{name: round_down(epsilon * share) for name, share in shares.items()})


def released_projection(
    points: FloatArray, *, method: Method, n_dimensions: int, epsilon: float, rng: np.random.Generator
) -> Projection:
    """Buy a projection; what ``release_pca`` and ``release_svd`` share.

    Sensitivities under adding or removing one person x, after clipping to the box (so ‖x‖₂ ≤ √d):

    - people: a count, 1;
    - mean: (x/√d, 1) lies in the cylinder {‖v‖₂ ≤ 1} × [-1, 1]: gauge 1;
    - radius: at most max(below, parts - below) of the quantile's utility, see ``Mechanisms.quantile``;
    - moment: y yᵀ with y = (x - centre) clipped to length 1 in units of the radius: positive semidefinite, trace ≤ 1.

    Each query sees the people and earlier noisy answers only; the rest is post-processing.

    Raises:
        ValueError: If ``epsilon`` or ``n_dimensions`` is out of range.
    """
    check_epsilon(epsilon / 100.0)  # the smallest share must be on the public grid too
    n_features = points.shape[1]
    check_dimensions(n_dimensions, n_features)
    people, mechanisms = ChunkedPoints(points, n_features), Mechanisms(rng)
    budget = MomentBudget.split(epsilon, method)
    center, n_people = _center(people, n_features, method, budget=budget, mechanisms=mechanisms)
    radius = _radius(people, center, budget=budget, mechanisms=mechanisms)
    variances, directions = _principal(people, center, radius, n_people, budget=budget, mechanisms=mechanisms)
    chosen = turned(directions[:n_dimensions])
    return Projection(
        method=method,
        directions=chosen,
        center=center,
        scale=min(REACH * radius, farthest(chosen, center)),
        explained_variance=variances[:n_dimensions].copy(),
        total_variance=float(variances.sum()),
        noise_variance=noise_variance(n_features, radius=radius, n_people=n_people, epsilon=budget.moment)
        + _mean_error(n_features, n_people=n_people, epsilon=budget.mean),
        epsilon=epsilon,
        charges=mechanisms.charges,
        is_private=mechanisms.is_private,
    )


def _center(
    people: ChunkedPoints, n_features: int, method: Method, *, budget: MomentBudget, mechanisms: Mechanisms
) -> tuple[FloatArray, float]:
    """Return the centre and a noisy number of people, at least 1."""
    middle, box_radius = np.zeros(n_features), math.sqrt(n_features)
    counts, sums = people.sum(partial(count_and_sum, center=middle, radius=box_radius))
    if method is Method.SVD:
        noisy = mechanisms.counts(counts, epsilon=budget.people, name="people")
        return middle, max(float(noisy[0]), 1.0)
    noisy_sums, noisy_counts = mechanisms.sums(
        sums[np.newaxis], counts[:, np.newaxis] * SUM_UNIT, unit=SUM_UNIT, epsilon=budget.mean, name="mean"
    )
    n_people = max(float(noisy_counts[0, 0]) / SUM_UNIT, 1.0)
    mean = noisy_sums[0] * (box_radius / SUM_UNIT / n_people)
    error = _mean_error(n_features, n_people=n_people, epsilon=budget.mean)
    # James and Stein: where the noise dominates, the middle of the box is the better guess.
    kept = max(0.0, 1.0 - error / max(float(mean @ mean), 1e-12))
    return np.clip(kept * mean, -1.0, 1.0), n_people


def _mean_error(n_features: int, *, n_people: float, epsilon: float) -> float:
    """Return the expected squared length of the noise in a mean, which also adds itself to the moment around it."""
    return (math.sqrt(n_features) * (n_features + 1) / (epsilon * n_people)) ** 2 if epsilon else 0.0


def _radius(people: ChunkedPoints, center: FloatArray, *, budget: MomentBudget, mechanisms: Mechanisms) -> float:
    radii = RADII * math.sqrt(center.size)
    n_below, n_people = people.sum(partial(count_within, center=center, radii=radii))
    chosen = mechanisms.quantile(
        n_below, int(n_people[0]), question=RADIUS_QUESTION, epsilon=budget.radius, name="radius"
    )
    return float(radii[chosen])


def _principal(
    people: ChunkedPoints,
    center: FloatArray,
    radius: float,
    n_people: float,
    *,
    budget: MomentBudget,
    mechanisms: Mechanisms,
) -> tuple[FloatArray, FloatArray]:
    """Return mean squares, not below 0, and their directions, the widest first."""
    (moment,) = people.sum(partial(second_moment, center=center, radius=radius))
    noisy = mechanisms.second_moment(moment, unit=MOMENT_UNIT, epsilon=budget.moment, name="moment")
    variances, directions = np.linalg.eigh(noisy * (radius**2 / MOMENT_UNIT**2 / n_people))
    return np.maximum(variances[::-1], 0.0), directions.T[::-1]
