"""Black-box audit of a claimed ε: a lower confidence bound on the privacy loss from outputs on two neighbours.

No page uses it: it is the repository's own check of its mechanisms, run by the tests.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import QuantileTransformer

from core.arrays import BoolArray, FloatArray, IntArray
from core.metrics.binomial import clopper_pearson

_THRESHOLDS = 200
_SMALLEST_TEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EpsilonLowerBound:
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

    def happens(self, outputs: FloatArray) -> BoolArray:
        happens: BoolArray = self.sign * outputs[:, self.statistic] >= self.threshold
        return happens


def epsilon_lower_bound(first: FloatArray, second: FloatArray, *, confidence: float = 0.95) -> EpsilonLowerBound:
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
    directions = ((first, second), (second, first))
    chosen = np.stack(
        [_bounds(events, likely[:half], unlikely[:half], confidence)[0] for likely, unlikely in directions]
    )
    direction, event = np.unravel_index(chosen.argmax(), chosen.shape)
    likely, unlikely = directions[direction]
    epsilons, hits, false_hits = _bounds([events[event]], likely[half:], unlikely[half:], confidence)
    return EpsilonLowerBound(
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
    hits, false_hits = (np.array([event.happens(runs).sum() for event in events]) for runs in (likely, unlikely))
    # Without a hit nothing is proved; an event that all runs of the other side show has probability up to 1.
    least, _ = clopper_pearson(hits, len(likely), confidence=confidence)
    _, most = clopper_pearson(false_hits, len(unlikely), confidence=confidence)
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
