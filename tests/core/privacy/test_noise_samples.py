"""Samples of noise: their laws by hand, against their sums, and against what is drawn at this scale and no other."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad
from scipy.special import k1

from core.limits import EPSILON_CHOICES
from core.privacy.noise_samples import (
    NoiseLaw,
    bin_probabilities,
    count_negative_probability,
    count_within_probability,
    mean_magnitude,
    sample_noise,
)

N_DRAWS = 20_000
LEVEL = 1e-4
LAWS = tuple(NoiseLaw)
epsilons = st.sampled_from(EPSILON_CHOICES)


def test_mean_magnitudes_at_the_logarithm_of_two_by_hand():
    # q = 1/2: E|Z| = 2q/(1 - q²) = 4/3.
    assert mean_magnitude(NoiseLaw.GEOMETRIC, epsilon=math.log(2)) == pytest.approx(4 / 3)
    assert mean_magnitude(NoiseLaw.LAPLACE, epsilon=0.5) == 2.0
    assert mean_magnitude(NoiseLaw.SPHERICAL, epsilon=0.5) == 4.0


def test_at_the_logarithm_of_two_each_further_person_is_half_as_likely():
    # q = 1/2: P(0) = (1 - q)/(1 + q) = 1/3, then 1/6, 1/12, ….
    law = bin_probabilities(NoiseLaw.GEOMETRIC, np.arange(-2, 3), epsilon=math.log(2))

    assert law == pytest.approx([1 / 12, 1 / 6, 1 / 3, 1 / 6, 1 / 12])
    assert count_within_probability(0, epsilon=math.log(2)) == pytest.approx(1 / 3)
    assert count_within_probability(1, epsilon=math.log(2)) == pytest.approx(2 / 3)
    # Below zero from 2: P(Z ≤ -3) = 1/24 + 1/48 + … = 1/12.
    assert count_negative_probability(2, epsilon=math.log(2)) == pytest.approx(1 / 12)


@given(epsilons, st.integers(0, 60))
def test_a_count_within_a_distance_is_as_likely_as_the_bins_up_to_it_together(epsilon, distance):
    law = bin_probabilities(NoiseLaw.GEOMETRIC, np.arange(-distance, distance + 1), epsilon=epsilon)

    within = count_within_probability(distance, epsilon=epsilon)

    assert within == pytest.approx(law.sum())
    assert count_negative_probability(distance, epsilon=epsilon) == pytest.approx((1.0 - within) / 2, abs=1e-15)


@given(epsilons, st.integers(-50, 50))
def test_neighbouring_counts_differ_by_the_factor_that_epsilon_allows(epsilon, offset):
    here, there = bin_probabilities(NoiseLaw.GEOMETRIC, np.array([offset, offset + 1]), epsilon=epsilon)

    assert abs(math.log(here / there)) == pytest.approx(epsilon)


def test_laplace_bins_at_the_logarithm_of_four_by_hand():
    # 4^(-1/2) = 1/2: within ±1/2 lies 1/2; from 1/2 to 3/2 half of (1/2 - 1/8).
    probabilities = bin_probabilities(NoiseLaw.LAPLACE, np.array([-1, 0, 1]), epsilon=math.log(4))

    assert probabilities == pytest.approx([3 / 16, 1 / 2, 3 / 16])


def test_a_spherical_coordinate_has_the_density_of_a_bessel_function():
    # The integral of ε²/2π·e^(-ε‖z‖) over the other coordinate is ε²|x|/π·K₁(ε|x|).
    within, _ = quad(lambda x: 0.49 * x / math.pi * k1(0.7 * x), 2.5, 3.5)

    assert bin_probabilities(NoiseLaw.SPHERICAL, np.array([3]), epsilon=0.7) == pytest.approx([within], abs=1e-9)


@given(st.sampled_from(LAWS), epsilons)
def test_the_probabilities_are_symmetric_fall_from_zero_and_sum_to_one(law, epsilon):
    probabilities = bin_probabilities(law, np.arange(-600, 601), epsilon=epsilon)

    assert probabilities.sum() == pytest.approx(1.0)
    assert probabilities == pytest.approx(probabilities[::-1])
    assert (np.diff(probabilities[600:]) <= 1e-12).all()


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("epsilon", [0.3, 1.0])
def test_what_is_drawn_follows_the_law_and_not_one_that_is_a_fifth_off(law, epsilon, rng):
    first = np.round(sample_noise(law, N_DRAWS, epsilon=epsilon, rng=rng)[:, 0]).astype(int)
    middles = np.arange(-4, 5)
    seen = np.array([(first == middle).sum() for middle in middles])

    def plausible(of):
        probabilities = bin_probabilities(law, middles, epsilon=of)
        expected = N_DRAWS * np.append(probabilities, 1.0 - probabilities.sum())
        return stats.chisquare(np.append(seen, N_DRAWS - seen.sum()), expected).pvalue

    assert plausible(epsilon) > LEVEL
    assert plausible(1.2 * epsilon) < LEVEL
    assert plausible(epsilon / 1.2) < LEVEL


@pytest.mark.parametrize(("law", "axes"), [(NoiseLaw.LAPLACE, 1), (NoiseLaw.SPHERICAL, 2)])
def test_the_distance_from_zero_is_a_gamma_of_this_scale_and_no_other(law, axes, rng):
    distances = np.linalg.norm(sample_noise(law, N_DRAWS, epsilon=0.7, rng=rng), axis=1)

    assert stats.kstest(distances, stats.gamma(axes, scale=1 / 0.7).cdf).pvalue > LEVEL
    for wrong in (0.8, 1.2):
        assert stats.kstest(distances, stats.gamma(axes, scale=wrong / 0.7).cdf).pvalue < LEVEL
    assert distances.mean() == pytest.approx(mean_magnitude(law, epsilon=0.7), rel=0.05)


@pytest.mark.parametrize("law", LAWS)
def test_the_same_seed_draws_the_same_noise(law):
    one, other = (sample_noise(law, 50, epsilon=1.0, rng=np.random.default_rng(7)) for _ in range(2))

    assert one.shape == (50, law.n_axes)
    assert (one == other).all()


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("epsilon", [0.0, -1.0, float("nan"), float("inf")])
def test_an_impossible_epsilon_is_named(law, epsilon, rng):
    for ask in (
        lambda: sample_noise(law, 3, epsilon=epsilon, rng=rng),
        lambda: mean_magnitude(law, epsilon=epsilon),
        lambda: bin_probabilities(law, np.array([0]), epsilon=epsilon),
        lambda: count_within_probability(0, epsilon=epsilon),
        lambda: count_negative_probability(0, epsilon=epsilon),
    ):
        with pytest.raises(ValueError, match="epsilon must be positive and finite"):
            ask()


def test_a_distance_and_a_count_are_not_negative():
    with pytest.raises(ValueError, match="distance"):
        count_within_probability(-1, epsilon=1.0)
    with pytest.raises(ValueError, match="count"):
        count_negative_probability(-1, epsilon=1.0)
