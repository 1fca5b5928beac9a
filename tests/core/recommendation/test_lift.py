"""Lifts: exact ratios, the shrinking by hand, and sane values for any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from core.recommendation.lift import LIFT_LEAST, shrink_lifts
from core.recommendation.product_counts import GroupCounts


def _counts(counts, *, people, noise_sd=0.0):
    counts = np.asarray(counts, dtype=float)
    return GroupCounts(
        products=tuple(f"p{number}" for number in range(counts.shape[1])),
        counts=counts,
        noise_sd=np.full(len(counts), noise_sd),
        people=np.asarray(people, dtype=float),
        overall=counts.sum(axis=0),
        overall_sd=noise_sd * np.sqrt(len(counts)),
    )


def test_lifts_of_large_exact_counts_are_the_ratios_of_use():
    # Group 0: 8 000 of 10 000 use the first product, overall 10 000 of 20 000; 0.8 / 0.5 = 1.6.
    lifts = shrink_lifts(_counts([[8000, 2000], [2000, 8000]], people=[10_000, 10_000]))

    assert lifts.overall == pytest.approx([0.5, 0.5])
    assert lifts.lift == pytest.approx(np.array([[1.6, 0.4], [0.4, 1.6]]), abs=0.001)
    assert (lifts.trust > 0.99).all()


def test_shrinking_follows_the_formula():
    counts = _counts([[60, 40], [40, 60]], people=[100, 100], noise_sd=5.0)

    lifts = shrink_lifts(counts)

    # Expected 50 each; variance (25 + 50)/2500 = 0.03; scatter 0.04, so spread 0.01 and trust 1/4.
    assert lifts.trust == pytest.approx(np.full((2, 2), 0.25))
    assert lifts.lift == pytest.approx(np.array([[1.05, 0.95], [0.95, 1.05]]))


@given(
    hnp.arrays(np.int64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=8), elements=st.integers(-500, 10**6)),
    st.sampled_from([0.0, 3.0, 1e4]),
    st.sampled_from([0.0, 7.0, 1e6]),
)
def test_any_counts_give_positive_shares_and_lifts_between_one_and_their_ratio(counts, noise_sd, people):
    lifts = shrink_lifts(_counts(counts, people=[people] * len(counts), noise_sd=noise_sd))

    assert (lifts.overall > 0).all()
    assert (lifts.lift >= LIFT_LEAST).all()
    assert ((lifts.trust >= 0) & (lifts.trust <= 1)).all()
