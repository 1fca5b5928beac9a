"""Membership inference by a threshold: held-out success rate, and the success rate that ε allows at most."""

import math
from dataclasses import dataclass

import numpy as np

from core.arrays import BoolArray, FloatArray, IntArray
from core.metrics.binomial import clopper_pearson

#: Coverage of the interval around a success rate.
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessRate:
    """Part of the guesses that were right, on runs that the attack was not fitted on.

    Attributes:
        rate: Part guessed right; 0.5 is chance.
        low: Lower end of the Clopper–Pearson interval of coverage ``CONFIDENCE``.
        high: Upper end.
        n_guesses: Number of guesses.
    """

    rate: float
    low: float
    high: float
    n_guesses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdAttack:
    """Guess "in" for statistics above a threshold, or for those up to it.

    Attributes:
        threshold: Where the guess changes.
        in_is_above: Whether "in" is guessed above the threshold.
    """

    threshold: float
    in_is_above: bool

    @classmethod
    def fit(cls, inside: FloatArray, outside: FloatArray) -> "ThresholdAttack":
        """Return the threshold of the highest balanced accuracy on statistics with and without the person.

        Of equally good thresholds the one in the widest gap is taken, since the guesses are for other runs.

        Args:
            inside: Statistics of runs with the person; not empty, all finite.
            outside: Statistics of runs without; likewise.
        """
        thresholds, gaps = _candidates(np.unique(np.concatenate([inside, outside])))
        above_in, above_out = (_part_above(values, thresholds) for values in (inside, outside))
        advantage = np.round(above_in - above_out, 12)
        best = max(range(thresholds.size), key=lambda i: (abs(advantage[i]), gaps[i]))
        return cls(threshold=float(thresholds[best]), in_is_above=bool(advantage[best] >= 0))

    def predict(self, statistics: FloatArray) -> BoolArray:
        """Return for each value whether "in" is guessed."""
        above: BoolArray = statistics > self.threshold
        return above if self.in_is_above else ~above

    def balanced_accuracy(self, inside: FloatArray, outside: FloatArray) -> float:
        """Return the mean of the parts guessed right of either side."""
        return (float(self.predict(inside).mean()) + 1.0 - float(self.predict(outside).mean())) / 2.0

    def evaluate(self, inside: FloatArray, outside: FloatArray) -> SuccessRate:
        """Return how often the attack is right on runs it was not fitted on.

        The two sides may differ in their chance of success; the binomial interval is then too wide rather than too
        narrow.
        """
        n_right = int(self.predict(inside).sum()) + int((~self.predict(outside)).sum())
        n_guesses = inside.size + outside.size
        low, high = clopper_pearson(n_right, n_guesses, confidence=CONFIDENCE)
        return SuccessRate(rate=n_right / n_guesses, low=float(low), high=float(high), n_guesses=n_guesses)


def success_rate_bound(epsilon: float | None) -> float:
    """Return the success rate that ε-differential privacy allows any attack at even odds: e^ε/(1 + e^ε).

    The odds of "in" against "out" after any result are at most e^ε. Without a guarantee (None) it is 1.

    Raises:
        ValueError: If ``epsilon`` is negative or no number.
    """
    if epsilon is None:
        return 1.0
    if not epsilon >= 0:
        raise ValueError(f"epsilon must not be negative, not {epsilon}")
    return 1.0 / (1.0 + math.exp(-epsilon))


def log_odds(categories: IntArray, inside: IntArray, outside: IntArray) -> FloatArray:
    """Return the log odds of "in" for each of ``categories``, from their counts on either side plus one."""
    n_inside = np.array([(inside == category).sum() for category in categories])
    n_outside = np.array([(outside == category).sum() for category in categories])
    return np.log((n_inside + 1.0) / (n_outside + 1.0))


def _candidates(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return a threshold below all of the increasing ``values`` and one in each gap, with the gaps' widths."""
    # Halfway between neighbours, but below the upper one even where the two are next to each other.
    halfway = np.minimum(values[:-1] / 2.0 + values[1:] / 2.0, np.nextafter(values[1:], -np.inf))
    thresholds = np.concatenate([np.nextafter(values[:1], -np.inf), halfway])
    return thresholds, np.concatenate([[0.0], np.diff(values)])


def _part_above(values: FloatArray, thresholds: FloatArray) -> FloatArray:
    part: FloatArray = 1.0 - np.searchsorted(np.sort(values), thresholds, side="right") / values.size
    return part
