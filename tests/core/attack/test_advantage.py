"""The threshold attack: fitted on one half, evaluated on the other, held against e^ε/(1 + e^ε)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attack.advantage import ThresholdAttack, log_odds, success_rate_bound
from core.privacy.noise import two_sided_geometric
from core.privacy.private_quantiles import release_bounds
from core.reduction.directions import nonprivate_projection, release_projection
from core.reduction.projection import ReductionMethod

numbers = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40).map(np.array)


def test_the_bound_goes_from_chance_to_certainty():
    assert success_rate_bound(0.0) == 0.5
    assert success_rate_bound(1.0) == pytest.approx(math.e / (1 + math.e))
    assert success_rate_bound(1000.0) == 1.0
    assert success_rate_bound(None) == 1.0
    for wrong in (-1.0, math.nan):
        with pytest.raises(ValueError, match="epsilon"):
            success_rate_bound(wrong)


def test_two_groups_are_cut_in_the_widest_gap_on_the_right_side():
    low, high = np.array([1.0, 2.0, 3.0]), np.array([7.0, 8.0])

    above, below = ThresholdAttack.fit(high, low), ThresholdAttack.fit(low, high)

    assert (above.threshold, above.in_is_above) == (5.0, True)
    assert (below.threshold, below.in_is_above) == (5.0, False)
    assert above.evaluate(high, low).rate == 1.0


def test_equal_groups_are_guessed_by_chance():
    same = np.array([1.0, 1.0])

    assert ThresholdAttack.fit(same, same).evaluate(same, same).rate == 0.5


@given(numbers, numbers)
def test_fitting_finds_the_best_threshold_of_all(inside, outside):
    attack = ThresholdAttack.fit(inside, outside)
    values = np.concatenate([inside, outside])
    tried = [abs((inside > cut).mean() - (outside > cut).mean()) / 2 + 0.5 for cut in [*values, values.min() - 1]]

    assert attack.balanced_accuracy(inside, outside) == pytest.approx(max(tried))


def test_the_interval_of_a_perfect_attack_by_hand():
    low, high = np.zeros(3), np.ones(2)

    found = ThresholdAttack.fit(high, low).evaluate(high, low)

    # Five right in five: the lower end is 0.025^(1/5).
    assert (found.rate, found.n_guesses, found.high) == (1.0, 5, 1.0)
    assert found.low == pytest.approx(0.025**0.2)


@pytest.mark.parametrize("epsilon", [0.2, 1.0])
def test_the_attack_on_geometric_noise_reaches_the_bound_and_no_more(rng, epsilon):
    # A count with two-sided geometric noise is as telling as ε allows: the bound is attained.
    inside = two_sided_geometric(40_000, epsilon=epsilon, rng=rng) + 1.0
    outside = two_sided_geometric(40_000, epsilon=epsilon, rng=rng) + 0.0
    attack = ThresholdAttack.fit(inside[:20_000], outside[:20_000])

    success = attack.evaluate(inside[20_000:], outside[20_000:])

    assert success.rate == pytest.approx(success_rate_bound(epsilon), abs=0.015)
    for wrong in (0.5, 2.0):
        assert not success.low <= success_rate_bound(epsilon * wrong) <= success.high


def test_an_attack_without_anything_to_see_is_not_better_than_chance(rng):
    inside, outside = rng.normal(size=(2, 400))
    attack = ThresholdAttack.fit(inside[:200], outside[:200])

    success = attack.evaluate(inside[200:], outside[200:])

    assert attack.balanced_accuracy(inside[:200], outside[:200]) > 0.5
    assert success.low <= 0.5


def test_log_odds_count_one_more_on_either_side():
    odds = log_odds(np.array([1, 2, 3]), np.array([1, 1, 1]), np.array([2, 2]))

    assert odds == pytest.approx(np.log([4, 1 / 3, 1]))


def with_and_without_outlier():
    others = np.full((6, 3), -0.2)
    return np.concatenate([others, [[1.0, 1.0, 1.0]]]), others


@pytest.mark.parametrize(
    "release",
    [
        lambda points, rng: (
            release_projection(points, method=ReductionMethod.PCA, n_dimensions=1, epsilon=1.0, rng=rng).total_variance
        ),
        lambda points, rng: (
            release_projection(points, method=ReductionMethod.SVD, n_dimensions=1, epsilon=1.0, rng=rng).total_variance
        ),
        lambda points, rng: release_projection(
            points, method=ReductionMethod.PCA, n_dimensions=1, epsilon=1.0, rng=rng
        ).center.sum(),
        lambda points, rng: (
            release_projection(points, method=ReductionMethod.SVD, n_dimensions=1, epsilon=1.0, rng=rng).scale
        ),
        lambda points, rng: release_bounds(points[:, 0], grid=np.linspace(-1, 1, 9), epsilon=1.0, rng=rng).upper,
    ],
    ids=["pca spread", "svd spread", "pca middle", "svd radius", "upper bound"],
)
def test_an_outlier_cannot_be_guessed_beyond_epsilon(rng, release):
    inside, outside = (np.array([release(points, rng) for _ in range(1_000)]) for points in with_and_without_outlier())

    success = ThresholdAttack.fit(inside[:500], outside[:500]).evaluate(inside[500:], outside[500:])

    assert success.low <= success_rate_bound(1.0)


def test_an_outlier_in_an_exact_spread_is_found_at_once():
    inside, outside = (
        np.full(20, nonprivate_projection(points, method=ReductionMethod.PCA, n_dimensions=1).total_variance)
        for points in with_and_without_outlier()
    )

    assert ThresholdAttack.fit(inside[:10], outside[:10]).evaluate(inside[10:], outside[10:]).rate == 1.0
