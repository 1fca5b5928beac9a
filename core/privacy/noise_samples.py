"""Noise to look at: drawn by the mechanisms' own samplers with a known seed, and what the draws must look like."""

import math
from enum import StrEnum

import numpy as np

from core.arrays import FloatArray, IntArray
from core.privacy.geometric_law import geometric_law
from core.privacy.noise import check_epsilon, cylinder_noise, two_sided_geometric

#: Angles of the midpoint rule over a quarter circle; exact to 10⁻⁹ for every ε of the app.
_ANGLES = 2_000


class Law(StrEnum):
    """What noise looks like; ε is the privacy loss of one person who changes the value by 1.

    LAPLACE is for one real number, GEOMETRIC for counts, SPHERICAL for a place in the plane.
    """

    LAPLACE = "laplace"
    GEOMETRIC = "geometric"
    SPHERICAL = "spherical"

    @property
    def n_axes(self) -> int:
        """Number of coordinates of a draw."""
        return 2 if self is Law.SPHERICAL else 1


def sampled(law: Law, n_draws: int, *, epsilon: float, rng: np.random.Generator) -> FloatArray:
    """Draw noise as the mechanisms draw it; Laplace is the spherical law on a line, density ∝ exp(-ε·|z|).

    Args:
        law: Which noise.
        n_draws: How many draws.
        epsilon: Privacy parameter; positive.
        rng: Source of the noise; whoever knows its seed can subtract the noise again.

    Returns:
        Draws in the order they were made, of shape ``(n_draws, law.n_axes)``.

    Raises:
        ValueError: If ``epsilon`` is not positive and finite.
    """
    check_epsilon(epsilon)
    if law is Law.GEOMETRIC:
        return two_sided_geometric((n_draws, 1), epsilon=epsilon, rng=rng).astype(np.float64)
    drawn, _ = cylinder_noise(n_draws, law.n_axes, 0, epsilon=epsilon, rng=rng)
    return drawn


def mean_size(law: Law, *, epsilon: float) -> float:
    """Return how far a draw is from zero on average.

    Geometric: E|Z| = 2q/(1 - q²) = 1/sinh(ε), q = e^(-ε). Laplace: 1/ε. Spherical: 2/ε, its radius being Gamma(2, 1/ε).

    Raises:
        ValueError: If ``epsilon`` is not positive and finite.
    """
    check_epsilon(epsilon)
    if law is Law.GEOMETRIC:
        return 1.0 / math.sinh(epsilon)
    return law.n_axes / epsilon


def bin_chances(law: Law, middles: IntArray, *, epsilon: float) -> FloatArray:
    """Return the exact chance that the first coordinate of a draw falls within ½ of each of ``middles``.

    Args:
        law: Which noise.
        middles: Consecutive whole numbers in rising order.
        epsilon: Privacy parameter; positive.

    Raises:
        ValueError: If ``epsilon`` is not positive and finite.
    """
    if law is Law.GEOMETRIC:
        return geometric_law(middles, epsilon=epsilon)
    check_epsilon(epsilon)
    edges = np.append(middles - 0.5, middles[-1] + 0.5)
    beyond = _laplace_tail(np.abs(edges), epsilon) if law is Law.LAPLACE else _coordinate_tail(np.abs(edges), epsilon)
    chances: FloatArray = np.diff(np.where(edges < 0, beyond, 1.0 - beyond))
    return chances


def _laplace_tail(at: FloatArray, epsilon: float) -> FloatArray:
    tail: FloatArray = 0.5 * np.exp(-epsilon * at)
    return tail


def _coordinate_tail(at: FloatArray, epsilon: float) -> FloatArray:
    """Return P(X > at), at ≥ 0, of X = R·cos U with R ~ Gamma(2, 1/ε) and U uniform on the circle."""
    cosines = np.cos((np.arange(_ANGLES) + 0.5) * np.pi / (2 * _ANGLES))
    reach = epsilon * at[:, np.newaxis] / cosines
    # P(R > r) = (1 + εr)·e^(-εr); half of all directions point to the positive side.
    tail: FloatArray = 0.5 * ((1.0 + reach) * np.exp(-reach)).mean(axis=1)
    return tail
