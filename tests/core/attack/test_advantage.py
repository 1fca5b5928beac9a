"""The best guesser: trained on one half, judged on the other, held against e^ε/(1 + e^ε)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.attack.advantage import guess_bound, judged, leanings, success_interval, trained_rule
from core.privacy.noise import two_sided_geometric
from core.privacy.private_quantiles import release_bounds
from core.reduction.pca import nonprivate_pca, release_pca
from core.reduction.svd import release_svd

numbers = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40).map(np.array)


def test_the_bound_goes_from_a_coin_to_certainty():
    assert guess_bound(0.0) == 0.5
    assert guess_bound(1.0) == pytest.approx(math.e / (1 + math.e))
    assert guess_bound(1000.0) == 1.0
    assert guess_bound(None) == 1.0
    for wrong in (-1.0, math.nan):
        with pytest.raises(ValueError, match="epsilon"):
            guess_bound(wrong)


def test_two_heaps_are_cut_in_the_widest_gap_on_the_right_side():
    low, high = np.array([1.0, 2.0, 3.0]), np.array([7.0, 8.0])

    above, below = trained_rule(high, low), trained_rule(low, high)

    assert (above.cut, above.in_is_above) == (5.0, True)
    assert (below.cut, below.in_is_above) == (5.0, False)
    assert judged(above, high, low).share == 1.0


def test_equal_heaps_are_guessed_like_a_coin():
    same = np.array([1.0, 1.0])

    assert judged(trained_rule(same, same), same, same).share == 0.5


@given(numbers, numbers)
def test_training_finds_the_best_cut_of_all(inside, outside):
    rule = trained_rule(inside, outside)
    values = np.concatenate([inside, outside])
    tried = [abs((inside > cut).mean() - (outside > cut).mean()) / 2 + 0.5 for cut in [*values, values.min() - 1]]

    assert rule.success(inside, outside) == pytest.approx(max(tried))


def test_the_interval_is_that_of_clopper_and_pearson():
    # Worked by SciPy's own exact test.
    expected = stats.binomtest(14, 20).proportion_ci(0.95, method="exact")

    assert success_interval(14, 20) == pytest.approx((expected.low, expected.high))
    assert success_interval(0, 20)[0] == 0.0
    assert success_interval(20, 20)[1] == 1.0


@pytest.mark.parametrize("epsilon", [0.2, 1.0])
def test_the_guesser_of_geometric_noise_reaches_the_bound_and_no_more(rng, epsilon):
    # A count with two-sided geometric noise is as telling as ε allows: the bound is attained.
    inside = two_sided_geometric(40_000, epsilon=epsilon, rng=rng) + 1.0
    outside = two_sided_geometric(40_000, epsilon=epsilon, rng=rng) + 0.0
    rule = trained_rule(inside[:20_000], outside[:20_000])

    success = judged(rule, inside[20_000:], outside[20_000:])

    assert success.share == pytest.approx(guess_bound(epsilon), abs=0.015)
    for wrong in (0.5, 2.0):
        assert not success.low <= guess_bound(epsilon * wrong) <= success.high


def test_a_guesser_without_anything_to_see_is_not_better_than_a_coin(rng):
    inside, outside = rng.normal(size=(2, 400))
    rule = trained_rule(inside[:200], outside[:200])

    success = judged(rule, inside[200:], outside[200:])

    assert rule.success(inside[:200], outside[:200]) > 0.5
    assert success.low <= 0.5


def test_kinds_lean_to_where_they_were_seen():
    lean = leanings(np.array([1, 2, 3]), np.array([1, 1, 1]), np.array([2, 2]))

    assert lean == pytest.approx(np.log([4, 1 / 3, 1]))


def crowd_and_outlier():
    crowd = np.full((6, 3), -0.2)
    return np.concatenate([crowd, [[1.0, 1.0, 1.0]]]), crowd


@pytest.mark.parametrize(
    "told",
    [
        lambda points, rng: release_pca(points, n_dimensions=1, epsilon=1.0, rng=rng).total_variance,
        lambda points, rng: release_svd(points, n_dimensions=1, epsilon=1.0, rng=rng).total_variance,
        lambda points, rng: release_pca(points, n_dimensions=1, epsilon=1.0, rng=rng).center.sum(),
        lambda points, rng: release_svd(points, n_dimensions=1, epsilon=1.0, rng=rng).scale,
        lambda points, rng: release_bounds(points[:, 0], grid=np.linspace(-1, 1, 9), epsilon=1.0, rng=rng).upper,
    ],
    ids=["pca spread", "svd spread", "pca middle", "svd radius", "upper bound"],
)
def test_an_outlier_cannot_be_guessed_beyond_epsilon(rng, told):
    inside, outside = (np.array([told(points, rng) for _ in range(1_000)]) for points in crowd_and_outlier())

    success = judged(trained_rule(inside[:500], outside[:500]), inside[500:], outside[500:])

    assert success.low <= guess_bound(1.0)


def test_an_outlier_in_an_exact_spread_is_found_at_once():
    inside, outside = (
        np.full(20, nonprivate_pca(points, n_dimensions=1).total_variance) for points in crowd_and_outlier()
    )

    assert judged(trained_rule(inside[:10], outside[:10]), inside[10:], outside[10:]).share == 1.0
