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
    """Return the probability of each candidate under permute-and-flip.

    Coins show heads with probability p_j = exp(-ε·gap_j/(2·sensitivity)); one of the heads is chosen evenly, so
    P(i) = p_i·∫₀¹ Π_{j≠i} (1 - p_j·t) dt: candidate i comes at time t of [0, 1] and finds no head before it.
    """
    gaps = (utilities.max() - utilities).astype(np.float64)
    heads = np.exp(-epsilon * gaps / (2 * sensitivity))
    # A polynomial in t of degree < n: Gauss–Legendre of n/2 + 1 points integrates it without error.
    nodes, weights = np.polynomial.legendre.leggauss(utilities.size // 2 + 1)
    missed = 1.0 - np.outer(heads, (nodes + 1.0) / 2.0)
    law = np.array([p * (np.delete(missed, i, axis=0).prod(axis=0) @ weights) / 2.0 for i, p in enumerate(heads)])
    probabilities: FloatArray = law / law.sum()
    return probabilities


def log_ratio(answered: Answer, first: Measurement, second: Measurement) -> float:
    """Return ln(likelihood of ``answered`` given ``first`` / that given ``second``) under the law that both claim.

    The density of two-sided Wishart noise has no closed form; its bound ε·tr⁺ stands in for it (``largest_loss``).

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
            return largest_loss(first, second)
        case ChoiceMeasurement(), ChoiceMeasurement():
            chosen = answered[0]
            return math.fsum(
                math.log(_law(first, row)[chosen[row]] / _law(second, row)[chosen[row]]) for row in range(chosen.size)
            )
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
            change = np.linalg.eigvalsh((first.moment - second.moment).astype(np.float64))
            return float(np.abs(change).sum()) * first.epsilon / first.unit**2
        case ChoiceMeasurement(), ChoiceMeasurement():
            ratios = (np.log(_law(first, row) / _law(second, row)) for row in range(len(first.utilities)))
            return math.fsum(float(np.abs(each).max()) for each in ratios)
        case _:
            raise TypeError(f"cannot compare {type(first).__name__} with {type(second).__name__}")


def _gauges(answered: Answer, measurement: SumMeasurement) -> FloatArray:
    """Return how far each group of an answer is from the exact sums, by the gauge of the cylinder, in units."""
    sums, scalars = answered
    lengths = np.linalg.norm((sums - measurement.sums).astype(np.float64), axis=1)
    gauges: FloatArray = np.maximum(lengths, np.abs(scalars - measurement.scalars).max(axis=1))
    return gauges


def _law(measurement: ChoiceMeasurement, row: int) -> FloatArray:
    return permute_and_flip_law(
        measurement.utilities[row], epsilon=measurement.each, sensitivity=measurement.sensitivity
    )
