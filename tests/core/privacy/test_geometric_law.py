"""The law of a noisy count: by hand at ε = ln 2, against its sum, and against what is sampled."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.limits import EPSILON_CHOICES
from core.privacy.geometric_law import geometric_law, share_below_zero, share_within
from core.privacy.noise import two_sided_geometric

epsilons = st.sampled_from(EPSILON_CHOICES)


def test_at_the_logarithm_of_two_each_further_person_is_half_as_likely():
    # q = 1/2: P(0) = (1 - q)/(1 + q) = 1/3, then 1/6, 1/12, ….
    law = geometric_law(np.array([-2, -1, 0, 1, 2]), epsilon=math.log(2))

    assert law == pytest.approx([1 / 12, 1 / 6, 1 / 3, 1 / 6, 1 / 12])
    assert share_within(0, epsilon=math.log(2)) == pytest.approx(1 / 3)
    assert share_within(1, epsilon=math.log(2)) == pytest.approx(2 / 3)
    # Below zero from 2: P(Z ≤ -3) = 1/24 + 1/48 + … = 1/12.
    assert share_below_zero(2, epsilon=math.log(2)) == pytest.approx(1 / 12)


@given(epsilons, st.integers(0, 60))
def test_the_share_within_a_reach_is_the_sum_of_the_law_up_to_it(epsilon, reach):
    law = geometric_law(np.arange(-reach, reach + 1), epsilon=epsilon)

    assert share_within(reach, epsilon=epsilon) == pytest.approx(law.sum())


@given(epsilons, st.integers(0, 60))
def test_a_noisy_count_is_below_zero_as_often_as_noise_leaves_its_reach_to_one_side(epsilon, count):
    assert share_below_zero(count, epsilon=epsilon) == pytest.approx((1.0 - share_within(count, epsilon=epsilon)) / 2)


@given(epsilons, st.integers(-50, 50))
def test_neighbouring_counts_differ_by_the_factor_that_epsilon_allows(epsilon, offset):
    here, there = geometric_law(np.array([offset, offset + 1]), epsilon=epsilon)

    assert abs(math.log(here / there)) == pytest.approx(epsilon)


@pytest.mark.parametrize("epsilon", [0.3, 1.0, 3.0])
def test_the_sampled_noise_follows_the_law_and_not_one_that_is_a_fifth_off(epsilon, rng):
    n = 20_000
    within = (np.abs(two_sided_geometric(n, epsilon=epsilon, rng=rng)) <= 1).mean()

    def error(of):
        share = share_within(1, epsilon=of)
        return abs(within - share) / math.sqrt(share * (1 - share) / n)

    assert error(epsilon) < 4.5
    assert error(1.2 * epsilon) > 4.5
    assert error(epsilon / 1.2) > 4.5


@pytest.mark.parametrize("epsilon", [0.0, -1.0, float("nan"), float("inf")])
def test_there_is_no_law_without_a_positive_epsilon(epsilon):
    with pytest.raises(ValueError, match="epsilon"):
        geometric_law(np.array([0]), epsilon=epsilon)
    with pytest.raises(ValueError, match="epsilon"):
        share_within(0, epsilon=epsilon)
    with pytest.raises(ValueError, match="epsilon"):
        share_below_zero(0, epsilon=epsilon)


def test_a_reach_and_a_count_are_not_negative():
    with pytest.raises(ValueError, match="reach"):
        share_within(-1, epsilon=1.0)
    with pytest.raises(ValueError, match="count"):
        share_below_zero(-1, epsilon=1.0)
