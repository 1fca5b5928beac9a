"""The laws of the noise: right scale accepted, wrong scales rejected."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.privacy.mechanisms import Mechanisms, QuantileQuestion
from core.privacy.noise import (
    EPSILON_GRID,
    SENSITIVITY_MAX,
    check_epsilon,
    cylinder_noise,
    cylinder_scalar_variance,
    is_secure,
    permute_and_flip,
    round_down,
    secure_rng,
    two_sided_geometric,
    two_sided_wishart,
)

N_DRAWS = 60_000
LEVEL = 1e-6
WRONG_SCALES = [0.8, 1.2]


def geometric_p_value(draws, epsilon):
    """χ² test of P(Z = z) ∝ exp(-ε|z|) on the values expected often, tails pooled."""
    edge = int(np.log(len(draws) / 200) / epsilon)
    values = np.arange(-edge, edge + 1)
    mass = np.tanh(epsilon / 2) * np.exp(-epsilon * np.abs(values))
    observed = np.array([(draws == value).sum() for value in values])
    observed = np.append(observed, len(draws) - observed.sum())
    expected = len(draws) * np.append(mass, 1 - mass.sum())
    return stats.chisquare(observed, expected).pvalue


@pytest.mark.parametrize("epsilon", [0.1, 1.0, 2.5])
def test_geometric_noise_has_its_law_and_no_other_scale(rng, epsilon):
    draws = two_sided_geometric(N_DRAWS, epsilon=epsilon, rng=rng)

    assert geometric_p_value(draws, epsilon) > LEVEL
    assert all(geometric_p_value(draws, epsilon * wrong) < LEVEL for wrong in WRONG_SCALES)


def test_geometric_noise_takes_any_shape_and_every_extreme_epsilon(rng):
    assert two_sided_geometric((3, 4), epsilon=0.5, rng=rng).shape == (3, 4)
    assert two_sided_geometric(0, epsilon=0.5, rng=rng).shape == (0,)
    assert not two_sided_geometric(1000, epsilon=100.0, rng=rng).any()
    assert np.abs(two_sided_geometric(1000, epsilon=1e-6, rng=rng)).mean() == pytest.approx(1e6, rel=0.3)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, np.nan, np.inf, 1e-12])
def test_an_impossible_epsilon_is_named(rng, epsilon):
    with pytest.raises(ValueError, match="epsilon must be positive and finite"):
        two_sided_geometric(3, epsilon=epsilon, rng=rng)


@given(st.floats(1e-6, 1e3))
def test_rounding_never_adds_privacy_loss(epsilon):
    assert 0 <= epsilon - round_down(epsilon) < 1 / EPSILON_GRID


@pytest.mark.parametrize(("n_features", "n_scalars"), [(1, 1), (3, 1), (8, 2)])
def test_cylinder_noise_has_a_gamma_gauge_and_no_other_scale(rng, n_features, n_scalars):
    vectors, scalars = cylinder_noise(N_DRAWS, n_features, n_scalars, epsilon=0.7, rng=rng)
    gauges = np.maximum(np.linalg.norm(vectors, axis=1), np.abs(scalars).max(axis=1))
    # The gauge of a density ∝ exp(-ε·gauge) in m dimensions is Gamma(m, 1/ε).
    law = stats.gamma(n_features + n_scalars, scale=1 / 0.7)

    assert stats.kstest(gauges, law.cdf).pvalue > LEVEL
    for wrong in WRONG_SCALES:
        assert stats.kstest(gauges, stats.gamma(n_features + n_scalars, scale=wrong / 0.7).cdf).pvalue < LEVEL
    assert scalars.var(axis=0) == pytest.approx(cylinder_scalar_variance(n_features, n_scalars, epsilon=0.7), rel=0.05)


def test_cylinder_noise_points_everywhere(rng):
    vectors, scalars = cylinder_noise(N_DRAWS, 3, 1, epsilon=1.0, rng=rng)
    angles = vectors[:, 0] / np.linalg.norm(vectors, axis=1)

    # A coordinate of a uniform direction in three dimensions is uniform (Archimedes).
    assert stats.kstest(angles, stats.uniform(-1, 2).cdf).pvalue > LEVEL
    assert abs(np.sign(scalars).mean()) < 0.03


def test_wishart_noise_in_one_dimension_is_laplace(rng):
    draws = np.array([two_sided_wishart(1, epsilon=2.0, rng=rng)[0, 0] for _ in range(26_000)])

    assert stats.kstest(draws, stats.laplace(scale=1 / 2.0).cdf).pvalue > LEVEL
    for wrong in WRONG_SCALES:
        assert stats.kstest(draws, stats.laplace(scale=wrong / 2.0).cdf).pvalue < LEVEL


def test_wishart_noise_is_symmetric_with_the_spread_of_its_formula(rng):
    draws = np.stack([two_sided_wishart(4, epsilon=0.5, rng=rng) for _ in range(20_000)])

    np.testing.assert_allclose(draws, draws.swapaxes(1, 2), atol=1e-12)
    assert draws[:, 0, 1].std() == pytest.approx(np.sqrt(5 / 2) / 0.5, rel=0.05)
    assert draws[:, 2, 2].std() == pytest.approx(np.sqrt(5) / 0.5, rel=0.05)


def enumerated_law(heads):
    """Permute-and-flip by its definition: every outcome of all coins, one of the heads chosen evenly."""
    law = np.zeros(len(heads))
    for shown in itertools.product([False, True], repeat=len(heads)):
        if any(shown):
            chance = np.prod([p if head else 1 - p for p, head in zip(heads, shown, strict=True)])
            law += chance * np.array(shown) / sum(shown)
    return law


def test_permute_and_flip_has_its_law_and_no_other_epsilon(rng):
    utilities, gaps = np.array([-7, 0, -3, -3, -1]), np.array([7, 0, 3, 3, 1])
    chosen = permute_and_flip(np.tile(utilities, (20_000, 1)), epsilon=0.9, sensitivity=2, rng=rng)

    def p_value(epsilon):
        return stats.chisquare(np.bincount(chosen, minlength=5), 20_000 * enumerated_law(np.exp(-epsilon * gaps / 4)))

    assert p_value(0.9).pvalue > LEVEL
    assert all(p_value(0.9 * wrong).pvalue < LEVEL for wrong in WRONG_SCALES)


@given(
    st.lists(st.integers(-(2**61), 0), min_size=1, max_size=6),
    st.floats(1e-6, 1e3),
    st.integers(1, SENSITIVITY_MAX),
    st.integers(0, 99),
)
def test_permute_and_flip_takes_any_whole_numbers(utilities, epsilon, sensitivity, seed):
    rng = np.random.default_rng(seed)
    rows = np.array([[*utilities, utilities[0]], [*utilities, 2**62]])

    first, second = permute_and_flip(rows, epsilon=epsilon, sensitivity=sensitivity, rng=rng)

    assert 0 <= first <= len(utilities)
    assert second == len(utilities)


@pytest.mark.parametrize("sensitivity", [0, SENSITIVITY_MAX + 1])
def test_a_sensitivity_that_no_choice_has_is_named(rng, sensitivity):
    with pytest.raises(ValueError, match="sensitivity must be between"):
        permute_and_flip(np.zeros((1, 3), int), epsilon=1.0, sensitivity=sensitivity, rng=rng)


def test_only_the_secure_source_counts_as_private():
    assert is_secure(secure_rng())
    assert not is_secure(np.random.default_rng(1))
    assert secure_rng().integers(2**62) != secure_rng().integers(2**62)


def test_queries_note_what_their_noise_was_drawn_with(rng):
    mechanisms = Mechanisms(rng)
    mechanisms.counts(np.arange(5), epsilon=0.3, name="histogram")
    mechanisms.sums(np.zeros((2, 3), int), np.zeros((2, 1), int), unit=1, epsilon=0.25, name="sums")
    mechanisms.second_moment(np.zeros((2, 2), int), unit=1, epsilon=0.5, name="moment")
    mechanisms.quantile(np.array([1, 2]), 2, question=QuantileQuestion(below=1, parts=2), epsilon=1.0, name="median")

    assert [charge.name for charge in mechanisms.charges] == ["histogram", "sums", "moment", "median"]
    assert mechanisms.spent == pytest.approx(2.05)
    assert mechanisms.spent <= 2.05
    assert not mechanisms.is_private


def test_a_quantile_is_found_when_privacy_is_cheap(rng):
    n_below = np.array([10, 50, 79, 100])
    question = QuantileQuestion(below=8, parts=10)

    assert Mechanisms(rng).quantile(n_below, 100, question=question, epsilon=100.0, name="radius") == 2


def test_whole_units_go_in_and_come_out(rng):
    sums, scalars = Mechanisms(rng).sums(
        np.full((2, 3), 7 * 2**20), np.full((2, 1), 5 * 2**20), unit=2**20, epsilon=1e4, name="sums"
    )

    assert sums.dtype == scalars.dtype == np.int64
    np.testing.assert_allclose(sums / 2**20, 7, atol=0.01)
    np.testing.assert_allclose(scalars / 2**20, 5, atol=0.01)


def test_check_epsilon_accepts_the_smallest_step():
    check_epsilon(1 / EPSILON_GRID)
