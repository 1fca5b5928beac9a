"""The law of a noisy count, in closed form: what two-sided geometric noise adds, and how often it adds little."""

import math

import numpy as np

from core.arrays import FloatArray, IntArray
from core.privacy.noise import check_epsilon


def geometric_law(offsets: IntArray, *, epsilon: float) -> FloatArray:
    """Return the probability of each of ``offsets`` under two-sided geometric noise with sensitivity 1.

    P(k) = (1 - q)/(1 + q) · q^|k| with q = e^(-ε).

    Args:
        offsets: Whole numbers of people added, of any shape.
        epsilon: Privacy parameter; positive.

    Raises:
        ValueError: If ``epsilon`` is not positive or too large.

    References:
        Ghosh, Roughgarden, Sundararajan (2009), "Universally utility-maximizing privacy mechanisms".
    """
    check_epsilon(epsilon)
    law: FloatArray = math.tanh(epsilon / 2.0) * np.exp(-epsilon * np.abs(offsets))
    return law


def share_within(reach: int, *, epsilon: float) -> float:
    """Return how likely the noise is at most ``reach`` in size: 1 - 2·q^(reach + 1)/(1 + q) with q = e^(-ε).

    Raises:
        ValueError: If ``reach`` is negative, or ``epsilon`` not positive or too large.
    """
    check_epsilon(epsilon)
    if reach < 0:
        raise ValueError(f"reach must not be negative, not {reach}")
    return 1.0 - 2.0 * math.exp(-epsilon * (reach + 1)) / (1.0 + math.exp(-epsilon))


def share_below_zero(count: int, *, epsilon: float) -> float:
    """Return how likely a noisy ``count`` is negative: P(Z < -count) = q^(count + 1)/(1 + q) with q = e^(-ε).

    Raises:
        ValueError: If ``count`` is negative, or ``epsilon`` not positive or too large.
    """
    check_epsilon(epsilon)
    if count < 0:
        raise ValueError(f"count must not be negative, not {count}")
    return math.exp(-epsilon * (count + 1)) / (1.0 + math.exp(-epsilon))
