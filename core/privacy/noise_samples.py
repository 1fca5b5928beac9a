"""Samples of the mechanisms' noise for pictures, with known seeds, and the exact law that they follow."""

import math
from enum import StrEnum

import numpy as np
from scipy.stats import dlaplace

from core.arrays import FloatArray, IntArray
from core.privacy.noise import check_epsilon, cylinder_noise, two_sided_geometric

#: Angles of the midpoint rule over a quarter circle; exact to 10⁻⁹ for every ε of the app.
_ANGLES = 2_000


class NoiseLaw(StrEnum):
    """A noise law; ε is the privacy loss of one person who changes the value by 1.

    LAPLACE is for one real number, GEOMETRIC for counts, SPHERICAL for a point in the plane.
    """

    LAPLACE = "laplace"
    GEOMETRIC = "geometric"
    SPHERICAL = "spherical"

    @property
    def n_axes(self) -> int:
        """Number of coordinates of a draw."""
        return 2 if self is NoiseLaw.SPHERICAL else 1


def sample_noise(law: NoiseLaw, n_draws: int, *, epsilon: float, rng: np.random.Generator) -> FloatArray:
    """Draw noise by the mechanisms' own samplers; Laplace is the spherical law on a line, density ∝ exp(-ε·|z|).

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
    if law is NoiseLaw.GEOMETRIC:
        return two_sided_geometric((n_draws, 1), epsilon=epsilon, rng=rng).astype(np.float64)
    noise, _ = cylinder_noise(n_draws, law.n_axes, 0, epsilon=epsilon, rng=rng)
    return noise


def mean_magnitude(law: NoiseLaw, *, epsilon: float) -> float:
    """Return how far a draw is from zero on average.

    Geometric: E|Z| = 2q/(1 - q²) = 1/sinh(ε), q = e^(-ε). Laplace: 1/ε. Spherical: 2/ε, its radius being Gamma(2, 1/ε).

    Raises:
        ValueError: If ``epsilon`` is not positive and finite.
    """
    check_epsilon(epsilon)
    if law is NoiseLaw.GEOMETRIC:
        return 1.0 / math.sinh(epsilon)
    return law.n_axes / epsilon


def bin_probabilities(law: NoiseLaw, middles: IntArray, *, epsilon: float) -> FloatArray:
    """Return the exact probability that the first coordinate of a draw falls within ½ of each of ``middles``.

    Two-sided geometric noise is SciPy's discrete Laplace law: P(Z = k) = tanh(ε/2)·e^(-ε|k|).

    Args:
        law: Which noise.
        middles: Consecutive whole numbers in rising order.
        epsilon: Privacy parameter; positive.

    Raises:
        ValueError: If ``epsilon`` is not positive and finite.

    References:
        Ghosh, Roughgarden, Sundararajan (2009), "Universally utility-maximizing privacy mechanisms".
    """
    check_epsilon(epsilon)
    if law is NoiseLaw.GEOMETRIC:
        probabilities: FloatArray = dlaplace.pmf(middles, epsilon)
        return probabilities
    edges = np.append(middles - 0.5, middles[-1] + 0.5)
    tail = _laplace_tail if law is NoiseLaw.LAPLACE else _coordinate_tail
    beyond = tail(np.abs(edges), epsilon)
    return np.diff(np.where(edges < 0, beyond, 1.0 - beyond))


def count_within_probability(distance: int, *, epsilon: float) -> float:
    """Return how likely a noisy count is off by at most ``distance``.

    Raises:
        ValueError: If ``distance`` is negative, or ``epsilon`` not positive and finite.
    """
    check_epsilon(epsilon)
    if distance < 0:
        raise ValueError(f"distance must not be negative, not {distance}")
    return float(dlaplace.cdf(distance, epsilon) - dlaplace.cdf(-distance - 1, epsilon))


def count_negative_probability(count: int, *, epsilon: float) -> float:
    """Return how likely a noisy ``count`` is negative.

    Raises:
        ValueError: If ``count`` is negative, or ``epsilon`` not positive and finite.
    """
    check_epsilon(epsilon)
    if count < 0:
        raise ValueError(f"count must not be negative, not {count}")
    return float(dlaplace.cdf(-count - 1, epsilon))


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
