"""The release of private Lloyd: a budget that adds up, centres and counts that are written down without loss."""

import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import limits
from core.clustering.lloyd.release import GRID, LloydBudget, LloydRelease

epsilons = st.floats(limits.EPSILON_MIN, limits.EPSILON_MAX)
n_features = st.integers(1, limits.COLUMNS_MAX)


def _release(**changes):
    parts = {
        "centers": np.array([[0.5, -1.0], [0.25, 0.0]]),
        "noisy_counts": np.array([30, -2]),
        "noisy_people": 29.0,
        "epsilon": 1.0,
        "budget": LloydBudget.split(1.0, n_features=2),
        "is_private": False,
    }
    return LloydRelease(**{**parts, **changes})


# --- the budget ----------------------------------------------------------------------------------------------------


def test_the_shares_in_two_dimensions_are_those_of_su():
    # Su et al. (2016): ε₀ : εᵢ = ∛(4dρ²) with ρ = 0.225, so ∛0.405 = 0.739864 at d = 2, and d·εᵢ + ε₀ = ε/5.
    budget = LloydBudget.split(1.0, n_features=2, n_steps=5)

    assert budget.counts == pytest.approx(0.2 * 0.739864 / 2.739864, rel=1e-5)
    assert budget.sums == pytest.approx(0.2 * 2 / 2.739864, rel=1e-5)


@given(epsilons, n_features, st.integers(1, 20))
def test_a_split_spends_all_of_epsilon_and_never_more(epsilon, d, n_steps):
    budget = LloydBudget.split(epsilon, n_features=d, n_steps=n_steps)

    exactly = n_steps * (Fraction(budget.counts) + d * GRID * Fraction(budget.sums / budget.sums_sensitivity))
    assert exactly <= Fraction(epsilon)
    assert budget.total <= epsilon
    assert budget.total == pytest.approx(epsilon, rel=1e-12)


@given(st.integers(1, 2_000), st.floats(1e-6, 1e6))
def test_no_number_of_features_overspends(d, epsilon):
    assert LloydBudget.split(epsilon, n_features=d).total <= epsilon


@pytest.mark.parametrize("epsilon", [0.0, -1.0, np.inf, np.nan])
def test_a_budget_must_be_positive_and_finite(epsilon):
    with pytest.raises(ValueError, match="epsilon must be positive and finite"):
        LloydBudget.split(epsilon, n_features=2)


# --- the release ---------------------------------------------------------------------------------------------------


def test_noisy_counts_below_zero_weigh_nothing():
    release = _release()

    assert release.cluster(2).weights.tolist() == [30.0, 0.0]
    assert release.cells.points.tolist() == release.centers.tolist()
    assert release.micro_clusters.weights.tolist() == [30.0, 0.0]


def test_the_noise_of_a_count_by_hand():
    # counts get ∛0.405/(2 + ∛0.405) of a fifth: 0.054007; √2/0.054007 = 26.186, and 1.96 of it either way.
    release = _release()

    assert release.budget.count_noise == pytest.approx(26.186, rel=1e-4)
    assert release.people_margin(0.5) == pytest.approx(1.96 * 26.186, rel=1e-4)
    # Two clusters share 29 people: less than twice the noise.
    assert release.is_mostly_noise
    assert not _release(noisy_people=106.0).is_mostly_noise


def test_counts_and_sums_are_charged_once_a_step():
    charges = _release().charges

    assert [charge.name for charge in charges] == ["counts", "sums"] * 5
    assert sum(charge.epsilon for charge in charges) == pytest.approx(1.0)


def test_another_k_is_another_release():
    release = _release()

    assert not release.clusters_any_k
    with pytest.raises(ValueError, match="n_clusters must be 2, the number that was released, not 5"):
        release.cluster(5)


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 9), epsilons)
def test_a_release_survives_json(seed, k, d, epsilon):
    rng = np.random.default_rng(seed)
    release = _release(
        centers=rng.integers(-GRID, GRID + 1, (k, d)) / GRID,
        noisy_counts=rng.integers(-50, 5_000, k),
        epsilon=epsilon,
        budget=LloydBudget.split(epsilon, n_features=d),
    )

    again = LloydRelease.from_json(release.to_json())

    np.testing.assert_array_equal(again.centers, release.centers)
    assert again.to_json() == release.to_json()
    assert again.charges == release.charges


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="Lloyd release format must be 1"):
        LloydRelease.from_json("{}")


def test_a_release_survives_pickling_and_cannot_be_changed():
    release = _release()

    copy = pickle.loads(pickle.dumps(release))  # noqa: S301 - our own bytes

    assert np.array_equal(copy.centers, release.centers)
    assert copy.budget == release.budget
    with pytest.raises(ValueError, match="read-only"):
        release.centers[0] = 0
