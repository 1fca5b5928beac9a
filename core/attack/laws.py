"""Claimed laws of the noise: how likely an answer was, and what one person may change about that at most.

For audits of this repository's own mechanisms; no page uses it.
"""

import math

import numpy as np

from core.arrays import FloatArray, IntArray
from core.privacy.measurements import (
    Answer,
    ChoiceMeasurement,
    IntegerMeasurement,
    Measurement,
    MomentMeasurement,
    SumMeasurement,
)


def permute_and_flip_law(utilities: IntArray, *, epsilon: float, sensitivity: int) -> FloatArray:
    """Return ln of the probability of each candidate under permute-and-flip.

    Coins show heads with probability p_j = exp(-ε·gap_j/(2·sensitivity)); one of the heads is chosen evenly, so
    P(i) = p_i·∫₀¹ Π_{j≠i} (1 - p_j·t) dt: candidate i comes at time t of [0, 1] and finds no head before it.
    """
    exponents = -epsilon * (utilities.max() - utilities).astype(np.float64) / (2 * sensitivity)
    # A polynomial in t of degree < n: Gauss–Legendre of n/2 + 1 points integrates it without error.
    nodes, weights = np.polynomial.legendre.leggauss(utilities.size // 2 + 1)
    missed = 1.0 - np.outer(np.exp(exponents), (nodes + 1.0) / 2.0)
    others = np.array([np.delete(missed, i, axis=0).prod(axis=0) for i in range(utilities.size)])
    law: FloatArray = exponents + np.log(others @ weights / 2.0)
    return law


def log_ratio(answered: Answer, first: Measurement, second: Measurement) -> float:
    """Return ln(likelihood of ``answered`` given ``first`` / that given ``second``) under the law that both claim.

    The density of two-sided Wishart noise has no closed form. ε times the nuclear norm stands in for -ln of it: exact
    where all eigenvalues have one sign, and no more telling than ``largest_loss`` by the triangle inequality.

    Raises:
        TypeError: If the two are of different kinds.
    """
    match first, second:
        case IntegerMeasurement(), IntegerMeasurement():
            (noisy,) = answered
            farther = np.abs(noisy - second.values).sum() - np.abs(noisy - first.values).sum()
            return float(farther) * first.epsilon / first.sensitivity
        case SumMeasurement(), SumMeasurement():
            farther = _gauges(answered, second) - _gauges(answered, first)
            return float(farther.sum()) * first.epsilon / first.unit
        case MomentMeasurement(), MomentMeasurement():
            (noisy,) = answered
            farther = _nuclear_norm(noisy - second.moment) - _nuclear_norm(noisy - first.moment)
            return farther * first.epsilon / first.unit**2
        case ChoiceMeasurement(), ChoiceMeasurement():
            return math.fsum(choice_log_ratios(first, second, row)[chosen] for row, chosen in enumerate(answered[0]))
        case _:
            raise TypeError(f"cannot compare {type(first).__name__} with {type(second).__name__}")


def largest_loss(first: Measurement, second: Measurement) -> float:
    """Return a bound on ``log_ratio`` over all answers, by the distance of the exact statistics alone.

    It is what a mechanism's proof says: ε times the size of the change in units of the sensitivity.

    Raises:
        TypeError: If the two are of different kinds.
    """
    match first, second:
        case IntegerMeasurement(), IntegerMeasurement():
            return float(np.abs(first.values - second.values).sum()) * first.epsilon / first.sensitivity
        case SumMeasurement(), SumMeasurement():
            return float(_gauges((first.sums, first.scalars), second).sum()) * first.epsilon / first.unit
        case MomentMeasurement(), MomentMeasurement():
            # A change is a sum of two definite ones, each of which costs ε times its trace.
            return _nuclear_norm(first.moment - second.moment) * first.epsilon / first.unit**2
        case ChoiceMeasurement(), ChoiceMeasurement():
            return math.fsum(
                float(np.abs(choice_log_ratios(first, second, row)).max()) for row in range(len(first.utilities))
            )
        case _:
            raise TypeError(f"cannot compare {type(first).__name__} with {type(second).__name__}")


def _gauges(answered: Answer, measurement: SumMeasurement) -> FloatArray:
    """Return how far each group of an answer is from the exact sums, by the gauge of the cylinder, in units."""
    sums, scalars = answered
    lengths = np.linalg.norm((sums - measurement.sums).astype(np.float64), axis=1)
    gauges: FloatArray = np.maximum(lengths, np.abs(scalars - measurement.scalars).max(axis=1))
    return gauges


def expected_loss(first: Measurement, second: Measurement) -> float:
    """Return how much an answer tells: for choices on average (both Kullback–Leibler divergences), else at most.

    A choice may tell the most by a candidate that is hardly ever chosen; noise that is added tells much every second
    time.
    """
    if not (isinstance(first, ChoiceMeasurement) and isinstance(second, ChoiceMeasurement)):
        return largest_loss(first, second)
    laws = [
        [permute_and_flip_law(row, epsilon=each.each, sensitivity=each.sensitivity) for row in each.utilities]
        for each in (first, second)
    ]
    return math.fsum(float((np.exp(one) - np.exp(other)) @ (one - other)) for one, other in zip(*laws, strict=True))


def choice_log_ratios(first: ChoiceMeasurement, second: ChoiceMeasurement, row: int) -> FloatArray:
    """Return for each candidate ln(its probability given ``first`` / given ``second``) in one of the choices."""
    laws = [
        permute_and_flip_law(each.utilities[row], epsilon=each.each, sensitivity=each.sensitivity)
        for each in (first, second)
    ]
    ratios: FloatArray = laws[0] - laws[1]
    return ratios


def _nuclear_norm(matrix: IntArray) -> float:
    return float(np.abs(np.linalg.eigvalsh(matrix.astype(np.float64))).sum())
