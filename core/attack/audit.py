"""A black-box check of a claimed ε: how different do outputs on neighbouring data sets provably look?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import QuantileTransformer

from core.arrays import BoolArray, FloatArray, IntArray

_THRESHOLDS = 200
_SMALLEST_TEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerBound:
    """What the runs prove about the privacy loss.

    Attributes:
        epsilon: The true ε (δ = 0) is at least this, with probability ``confidence``; at least 0.
        confidence: Probability that the statement is true, over the runs.
        n_runs: Runs on each of the two data sets that tested the event.
        hits: Runs that showed the event on the data set where it is likely.
        false_hits: Runs that showed it on the other one.
    """

    epsilon: float
    confidence: float
    n_runs: int
    hits: int
    false_hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """A statistic above (sign 1) or below (sign -1) a threshold."""

    statistic: int
    sign: int
    threshold: float

    def seen(self, outputs: FloatArray) -> BoolArray:
        seen: BoolArray = self.sign * outputs[:, self.statistic] >= self.threshold
        return seen


def outputs_of(mechanism: Callable[[], FloatArray], *, n_runs: int) -> FloatArray:
    """Run a mechanism and stack its statistics, of shape ``(n_runs, n_statistics)``."""
    return np.stack([np.asarray(mechanism(), dtype=np.float64) for _ in range(n_runs)])


def epsilon_lower_bound(first: FloatArray, second: FloatArray, *, confidence: float = 0.95) -> LowerBound:
    """Bound ε from below by the outputs of a mechanism on two neighbouring data sets.

    One half of the runs chooses the event that tells the data sets apart best: a threshold of one statistic, or of a
    logistic score of all. The other half tests it: with p and q its probabilities, ε ≥ ln(p/q), p bounded from below
    and q from above (Clopper, Pearson), each with half of the allowed error.

    Args:
        first: Outputs on one data set, of shape ``(n_runs, n_statistics)``.
        second: Outputs on the neighbour, of the same shape.
        confidence: Probability that the bound holds.

    Raises:
        ValueError: If the shapes differ or there are fewer than four runs.

    References:
        Jagielski, Ullman, Oprea (2020), "Auditing differentially private machine learning".
    """
    if first.shape != second.shape or first.shape[0] < 2 * _SMALLEST_TEST:
        raise ValueError(f"outputs must have equal shapes and at least 4 runs, not {first.shape} and {second.shape}")
    half = first.shape[0] // 2
    first, second = _with_score(first, second, n_training=half)
    events = _events(np.concatenate([first[:half], second[:half]]))
    ways = ((first, second), (second, first))
    chosen = np.stack([_bounds(events, likely[:half], unlikely[:half], confidence)[0] for likely, unlikely in ways])
    way, place = np.unravel_index(chosen.argmax(), chosen.shape)
    likely, unlikely = ways[way]
    epsilons, hits, false_hits = _bounds([events[place]], likely[half:], unlikely[half:], confidence)
    return LowerBound(
        epsilon=float(epsilons[0]),
        confidence=confidence,
        n_runs=len(likely) - half,
        hits=int(hits[0]),
        false_hits=int(false_hits[0]),
    )


def _bounds(
    events: list[_Event], likely: FloatArray, unlikely: FloatArray, confidence: float
) -> tuple[FloatArray, IntArray, IntArray]:
    """Return what each event proves, and how often both sides show it."""
    hits, false_hits = (np.array([event.seen(runs).sum() for event in events]) for runs in (likely, unlikely))
    n_runs, error = len(likely), (1.0 - confidence) / 2.0
    # Without a hit nothing is proved; an event that all runs of the other side show has probability up to 1.
    least = np.where(hits > 0, beta.ppf(error, np.maximum(hits, 1), n_runs - hits + 1), 0.0)
    most = np.where(false_hits < n_runs, beta.ppf(1.0 - error, false_hits + 1, np.maximum(n_runs - false_hits, 1)), 1.0)
    return np.log(np.maximum(least / most, 1.0)), hits, false_hits


def _events(outputs: FloatArray) -> list[_Event]:
    shares = np.linspace(0.0, 1.0, _THRESHOLDS)
    return [
        _Event(statistic=statistic, sign=sign, threshold=float(threshold))
        for statistic in range(outputs.shape[1])
        for sign in (1, -1)
        for threshold in np.unique(np.quantile(sign * outputs[:, statistic], shares, method="nearest"))
    ]


def _with_score(first: FloatArray, second: FloatArray, *, n_training: int) -> tuple[FloatArray, FloatArray]:
    """Append the score of a classifier trained on the first ``n_training`` runs of both."""
    training = np.concatenate([first[:n_training], second[:n_training]])
    origin = np.repeat([0, 1], n_training)
    scorer = make_pipeline(
        QuantileTransformer(n_quantiles=min(100, 2 * n_training), random_state=0), LogisticRegression()
    ).fit(training, origin)
    return (
        np.column_stack([first, scorer.decision_function(first)]),
        np.column_stack([second, scorer.decision_function(second)]),
    )
