"""Secure randomness, and samplers of the noise laws that the mechanisms use."""

import math

import numpy as np
from randomgen import ChaCha

from core.arrays import BoolArray, FloatArray, IntArray

#: Privacy parameters of integer noise are rounded down to multiples of 1/EPSILON_GRID, so that sampling is exact.
EPSILON_GRID = 2**32
#: Bounds the memory of exact sampling; small enough for a processor's cache.
_DRAWS_AT_ONCE = 2**15
#: Largest sensitivity of a choice: the uniform numbers that its coins are made of stay far below 2⁶³.
SENSITIVITY_MAX = 2**16
#: Keeps exponents within int64; a coin asked for so many heads in a row never shows them.
_WHOLES_MAX = 2**62


class SecureGenerator(np.random.Generator):
    """A generator whose stream nobody can predict or replay: ChaCha20, keyed by the operating system.

    References:
        Garfinkel, Leclerc (2020), "Randomness concerns when deploying differential privacy".
    """

    def __init__(self) -> None:
        super().__init__(ChaCha(rounds=20))


def secure_rng() -> SecureGenerator:
    """Return a fresh ``SecureGenerator``: the only source that makes a release private."""
    return SecureGenerator()


def is_secure(rng: np.random.Generator) -> bool:
    """Return whether noise drawn from ``rng`` is unknown to everybody; False for any generator with a known seed."""
    return isinstance(rng, SecureGenerator)


def round_down(epsilon: float) -> float:
    """Return the largest multiple of 1/EPSILON_GRID that is at most ``epsilon``; sums of such shares are exact."""
    return math.floor(epsilon * EPSILON_GRID) / EPSILON_GRID


def check_epsilon(epsilon: float) -> None:
    """Raise ``ValueError`` unless ``epsilon`` is positive, finite and at least one step of the public grid."""
    if not (math.isfinite(epsilon) and epsilon * EPSILON_GRID >= 1):
        raise ValueError(f"epsilon must be positive and finite, not {epsilon}")


def two_sided_geometric(shape: int | tuple[int, ...], *, epsilon: float, rng: np.random.Generator) -> IntArray:
    """Draw integer noise Z with P(Z = z) ∝ exp(-ε·|z|), exactly, with ε rounded down to a multiple of 2⁻³².

    Added to integers that one person changes by at most 1 in total, it gives ε-differential privacy. Only uniform
    integers are drawn and compared: no floating-point number enters the law.

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
        Canonne, Kamath, Steinke (2020), "The discrete Gaussian for differential privacy", algorithm 2.
    """
    check_epsilon(epsilon)
    steps = math.floor(epsilon * EPSILON_GRID)
    size = math.prod(shape) if isinstance(shape, tuple) else shape
    noise = np.empty(size, dtype=np.int64)
    for start in range(0, size, _DRAWS_AT_ONCE):
        part = noise[start : start + _DRAWS_AT_ONCE]
        part[:] = _geometric(part.size, steps, rng) - _geometric(part.size, steps, rng)
    return noise.reshape(shape)


def _geometric(size: int, steps: int, rng: np.random.Generator) -> IntArray:
    """Draw Y ≥ 0 with P(Y ≥ y) = exp(-y·steps/EPSILON_GRID)."""
    fractions = np.empty(size, dtype=np.int64)
    waiting = np.arange(size)
    while waiting.size:
        proposed = rng.integers(EPSILON_GRID, size=waiting.size)
        accepted = _happens_with_exp(proposed, rng)
        fractions[waiting[accepted]] = proposed[accepted]
        waiting = waiting[~accepted]
    wholes = np.zeros(size, dtype=np.int64)
    running = np.arange(size)
    while running.size:
        running = running[_happens_with_exp(np.full(running.size, EPSILON_GRID), rng)]
        wholes[running] += 1
    # whole·grid + fraction is geometric with exp(-1/grid); counting it in ``steps`` gives exp(-steps/grid).
    return (wholes * EPSILON_GRID + fractions) // steps


def _happens_with_exp(numerators: IntArray, rng: np.random.Generator, *, unit: int = EPSILON_GRID) -> BoolArray:
    """Draw events of probability exp(-numerator/unit), numerator ≤ unit, by von Neumann's series."""
    happens = np.empty(numerators.size, dtype=np.bool_)
    running = np.arange(numerators.size)
    n_drawn = 1
    while running.size:
        continues = rng.integers(unit * n_drawn, size=running.size) < numerators[running]
        happens[running[~continues]] = n_drawn % 2 == 1
        running = running[continues]
        n_drawn += 1
    return happens


def permute_and_flip(utilities: IntArray, *, epsilon: float, sensitivity: int, rng: np.random.Generator) -> IntArray:
    """Choose a candidate of high utility in every row: ε-private if one person moves none by more than ``sensitivity``.

    Each candidate flips a coin that shows heads with probability exp(-ε·gap/(2·sensitivity)), where gap is how far its
    utility is below the best, and one of the heads is chosen evenly: the first head in a random order of all. ε is
    rounded down to a multiple of 2⁻³²; only whole numbers are drawn and compared, so the law is exact.

    Args:
        utilities: Whole numbers, of shape ``(n_choices, n_candidates)``; at least one candidate.
        epsilon: Privacy parameter of each choice; positive.
        sensitivity: Most that one person moves a utility by, 1 … ``SENSITIVITY_MAX``.
        rng: Source of the noise; a real release passes ``secure_rng()``.

    Returns:
        Indices of candidates, of shape ``(n_choices,)``.

    Raises:
        ValueError: If ``epsilon`` or ``sensitivity`` is out of range.

    References:
        McKenna, Sheldon (2020), "Permute-and-flip: a new mechanism for differentially private selection".
    """
    check_epsilon(epsilon)
    if not 1 <= sensitivity <= SENSITIVITY_MAX:
        raise ValueError(f"sensitivity must be between 1 and {SENSITIVITY_MAX}, not {sensitivity}")
    steps, unit = math.floor(epsilon * EPSILON_GRID), 2 * sensitivity * EPSILON_GRID
    gaps, of_gap = np.unique(utilities.max(axis=1, keepdims=True) - utilities, return_inverse=True)
    # Python's whole numbers: the product may pass 2⁶³.
    exponents = [divmod(steps * int(gap), unit) for gap in gaps]
    wholes = np.array([min(whole, _WHOLES_MAX) for whole, _ in exponents], dtype=np.int64)[of_gap.ravel()]
    parts = np.array([part for _, part in exponents], dtype=np.int64)[of_gap.ravel()]
    heads = _happens_with_exp(parts, rng, unit=unit)
    n_flipped = 0
    while (due := np.flatnonzero(heads & (wholes > n_flipped))).size:
        heads[due] = _happens_with_exp(np.full(due.size, unit), rng, unit=unit)
        n_flipped += 1
    place = np.cumsum(heads.reshape(utilities.shape), axis=1)
    chosen = rng.integers(place[:, -1]) + 1
    first: IntArray = (place >= chosen[:, np.newaxis]).argmax(axis=1)
    return first


def cylinder_noise(
    n_groups: int, n_features: int, n_scalars: int, *, epsilon: float, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Draw noise for a vector sum and bounded scalars that one person changes together, once per group.

    One person moves (vector, scalars) of one group by an element of K = {‖v‖₂ ≤ 1} × [-1, 1]^s; the density is
    ∝ exp(-ε·gauge_K(z)), so neighbouring log densities differ by at most ε·gauge_K(change) ≤ ε.
    Sampled as radius·(uniform in K), radius ~ Gamma(dimension + 1, 1/ε), dimension = d + s.

    Returns:
        Vector noise of shape ``(n_groups, n_features)`` and scalar noise of shape ``(n_groups, n_scalars)``.

    References:
        Hardt, Talwar (2010), "On the geometry of differential privacy".
    """
    radii = rng.gamma(n_features + n_scalars + 1, 1.0 / epsilon, size=(n_groups, 1))
    directions = rng.standard_normal((n_groups, n_features))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    lengths = rng.random((n_groups, 1)) ** (1.0 / n_features)
    return radii * lengths * directions, radii * rng.uniform(-1.0, 1.0, size=(n_groups, n_scalars))


def cylinder_scalar_variance(n_features: int, n_scalars: int, *, epsilon: float) -> float:
    """Variance of one scalar of ``cylinder_noise``: E[radius²]/3, radius ~ Gamma(d + s + 1, 1/ε)."""
    shape = n_features + n_scalars + 1
    return shape * (shape + 1) / 3.0 / epsilon**2


def two_sided_wishart(n_features: int, *, epsilon: float, rng: np.random.Generator) -> FloatArray:
    """Draw symmetric noise W₁ - W₂ for a second moment Σ y yᵀ, ‖y‖₂ ≤ 1.

    W₁, W₂ ~ Wishart(d + 1 degrees, I/(2ε)), whose density is ∝ exp(-ε·tr W) on the positive semidefinite cone.
    The density p(Z) ∝ ∫_{W ⪰ 0, W ⪰ -Z} exp(-ε·tr(2W + Z)) dW. For y yᵀ = Δ ⪰ 0, tr Δ ≤ 1, the domain of p(Z - Δ)
    lies inside that of p(Z) and the integrand grows by exp(ε·tr Δ); for p(Z + Δ) substitute V = W + Δ: again at most
    exp(ε). d = 1 is the Laplace mechanism.
    """
    first, second = rng.standard_normal((2, n_features, n_features + 1))
    noise: FloatArray = (first @ first.T - second @ second.T) / (2.0 * epsilon)
    return noise
