"""Noise: where randomness comes from, and each mechanism as a function of exact statistics."""

import numpy as np
from randomgen import ChaCha

from core.arrays import IntArray


def secure_rng() -> np.random.Generator:
    """Return a generator whose stream nobody can predict: ChaCha20, keyed by the operating system.

    References:
        Garfinkel, Leclerc (2020), "Randomness concerns when deploying differential privacy".
    """
    return np.random.Generator(ChaCha(rounds=20))


def two_sided_geometric(shape: int | tuple[int, ...], *, epsilon: float, rng: np.random.Generator) -> IntArray:
    """Draw integer noise Z with P(Z = z) ∝ exp(-ε·|z|).

    Added to integers that one person changes by at most 1 in total, it gives ε-differential privacy.

    Args:
        shape: Shape of the result.
        epsilon: Privacy parameter; positive.
        rng: Source of the noise; a real release passes ``secure_rng()``.

    Returns:
        Integers of ``shape``.

    Raises:
        ValueError: If ``epsilon`` is not positive and finite.

    References:
        Ghosh, Roughgarden, Sundararajan (2009), "Universally utility-maximizing privacy mechanisms".
    """
    if not (np.isfinite(epsilon) and epsilon > 0):
        raise ValueError(f"epsilon must be positive and finite, not {epsilon}")
    success = -np.expm1(-epsilon)
    difference: IntArray = rng.geometric(success, shape) - rng.geometric(success, shape)
    return difference
