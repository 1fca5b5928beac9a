"""The exact confidence interval of a binomial probability."""

import numpy as np
from scipy.stats import beta

from core.arrays import FloatArray, IntArray


def clopper_pearson(n_hits: IntArray | int, n_trials: int, *, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Return the ends of the Clopper–Pearson interval, each of the shape of ``n_hits``.

    The tails are equal: each end alone is a one-sided bound with error ``(1 - confidence)/2``.

    Args:
        n_hits: Successes, from 0 to ``n_trials``.
        n_trials: Trials; of none, the interval is [0, 1].
        confidence: Coverage at least, in (0, 1).

    References:
        Clopper, Pearson (1934), "The use of confidence or fiducial limits illustrated in the case of the binomial".
    """
    hits = np.asarray(n_hits)
    misses, tail = n_trials - hits, (1.0 - confidence) / 2.0
    low: FloatArray = np.where(hits > 0, beta.ppf(tail, np.maximum(hits, 1), misses + 1), 0.0)
    high: FloatArray = np.where(misses > 0, beta.ppf(1.0 - tail, hits + 1, np.maximum(misses, 1)), 1.0)
    return low, high
