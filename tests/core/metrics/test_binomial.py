"""The exact binomial interval: by hand at its ends, and SciPy's own in between."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from core.metrics.binomial import clopper_pearson


def test_five_misses_in_five_trials_by_hand():
    low, high = clopper_pearson(0, 5, confidence=0.95)

    # P(no hit in 5) = (1 - p)^5 = 0.025 at the upper end.
    assert low == 0.0
    assert high == pytest.approx(1 - 0.025**0.2)


def test_no_trial_says_nothing():
    assert clopper_pearson(0, 0, confidence=0.95) == (0.0, 1.0)


@given(st.integers(1, 300), st.floats(0.5, 0.999), st.data())
def test_the_interval_is_scipys_exact_one(n_trials, confidence, data):
    n_hits = data.draw(st.integers(0, n_trials))
    expected = binomtest(n_hits, n_trials).proportion_ci(confidence, method="exact")

    low, high = clopper_pearson(n_hits, n_trials, confidence=confidence)

    assert (low, high) == (pytest.approx(expected.low, abs=1e-9), pytest.approx(expected.high, abs=1e-9))


def test_many_counts_at_once_are_each_their_own():
    counts = np.array([0, 3, 10])

    low, high = clopper_pearson(counts, 10, confidence=0.9)

    for i, count in enumerate(counts.tolist()):
        assert (low[i], high[i]) == clopper_pearson(count, 10, confidence=0.9)
