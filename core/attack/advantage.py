"""How well the best guesser tells two kinds of results apart, without optimism, against what ε allows."""

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from core.arrays import BoolArray, FloatArray, IntArray

#: Certainty of the interval around a success.
LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Say "in" for values above ``cut``, or for those up to it.

    Attributes:
        cut: Where to cut.
        in_is_above: On which side "in" is.
    """

    cut: float
    in_is_above: bool

    def says_in(self, values: FloatArray) -> BoolArray:
        """Return the guess for each value."""
        above: BoolArray = values > self.cut
        return above if self.in_is_above else ~above

    def success(self, inside: FloatArray, outside: FloatArray) -> float:
        """Return the mean of the two parts guessed right."""
        return (float(self.says_in(inside).mean()) + 1.0 - float(self.says_in(outside).mean())) / 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """Part of the guesses that were right, on runs that the guesser had never seen.

    Attributes:
        share: Part guessed right; 0.5 is a coin.
        low: Lower end of the Clopper–Pearson interval of certainty ``LEVEL``.
        high: Upper end.
        n_guesses: Number of guesses.
    """

    share: float
    low: float
    high: float
    n_guesses: int


def guess_bound(epsilon: float | None) -> float:
    """Return the success that ε-differential privacy allows the best guesser of a fair coin: e^ε/(1 + e^ε).

    The odds of "in" against "out" after any result are at most e^ε. Without a guarantee (None) it is 1.

    Raises:
        ValueError: If ``epsilon`` is negative or no number.
    """
    if epsilon is None:
        return 1.0
    if not epsilon >= 0:
        raise ValueError(f"epsilon must not be negative, not {epsilon}")
    return 1.0 / (1.0 + math.exp(-epsilon))


def trained_rule(inside: FloatArray, outside: FloatArray) -> Rule:
    """Return the cut that tells ``inside`` from ``outside`` best; both non-empty, all finite.

    Of equally good cuts the widest gap is taken, since the guesses are for other runs.
    """
    values = np.unique(np.concatenate([inside, outside]))
    # Halfway between neighbours, but below the upper one even where the two are next to each other.
    halfway = np.minimum(values[:-1] / 2.0 + values[1:] / 2.0, np.nextafter(values[1:], -np.inf))
    cuts = np.concatenate([np.nextafter(values[:1], -np.inf), halfway])
    gaps = np.concatenate([[0.0], np.diff(values)])
    above_in = 1.0 - np.searchsorted(np.sort(inside), cuts, side="right") / inside.size
    above_out = 1.0 - np.searchsorted(np.sort(outside), cuts, side="right") / outside.size
    lead = np.round(above_in - above_out, 12)
    best = max(range(cuts.size), key=lambda i: (abs(lead[i]), gaps[i]))
    return Rule(cut=float(cuts[best]), in_is_above=bool(lead[best] >= 0))


def judged(rule: Rule, inside: FloatArray, outside: FloatArray) -> Success:
    """Return how often ``rule`` is right on runs it was not trained on.

    The two sides may differ in their chance of success; the binomial interval is then too wide rather than too narrow.
    """
    n_right = int(rule.says_in(inside).sum()) + int((~rule.says_in(outside)).sum())
    n_guesses = inside.size + outside.size
    low, high = success_interval(n_right, n_guesses)
    return Success(share=n_right / n_guesses, low=low, high=high, n_guesses=n_guesses)


def success_interval(n_right: int, n_guesses: int, *, level: float = LEVEL) -> tuple[float, float]:
    """Return the Clopper–Pearson interval of a success of ``n_right`` in ``n_guesses``.

    References:
        Clopper, Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the binomial".
    """
    tail = (1.0 - level) / 2.0
    low = float(stats.beta.ppf(tail, n_right, n_guesses - n_right + 1)) if n_right else 0.0
    high = float(stats.beta.ppf(1.0 - tail, n_right + 1, n_guesses - n_right)) if n_right < n_guesses else 1.0
    return low, high


def leanings(kinds: IntArray, inside: IntArray, outside: IntArray) -> FloatArray:
    """Turn ``kinds`` (such as products) into numbers: the more "in", the more often seen in ``inside``."""
    seen_in = np.array([(inside == kind).sum() for kind in kinds])
    seen_out = np.array([(outside == kind).sum() for kind in kinds])
    return np.log((seen_in + 1.0) / (seen_out + 1.0))
