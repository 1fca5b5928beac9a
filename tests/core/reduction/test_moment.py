"""The noisy second moment: its budget, what one person adds to it, and the distribution of its noise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.clustering.synopsis.chunked import MOMENT_UNIT, ChunkedPoints, second_moment
from core.clustering.synopsis.moments import MomentQueries
from core.limits import EPSILON_MAX, EPSILON_MIN
from core.privacy.mechanisms import Mechanisms
from core.reduction.moment import MomentBudget, moment_noise_variance, release_moment


@given(st.floats(EPSILON_MIN, EPSILON_MAX), st.booleans())
def test_a_split_spends_all_of_epsilon_and_never_more(epsilon, around_mean):
    budget = MomentBudget.split(epsilon, around_mean=around_mean)

    assert budget.total <= epsilon
    assert budget.total == pytest.approx(epsilon, rel=1e-6)
    assert (budget.mean > 0) == around_mean
    assert (budget.people > 0) == (not around_mean)


@given(st.integers(1, 8), st.integers(0, 1000))
def test_one_person_adds_a_positive_moment_of_trace_at_most_one(n_features, seed):
    rng = np.random.default_rng(seed)
    person = rng.uniform(-3, 3, (1, n_features))

    (moment,) = second_moment(person, center=rng.uniform(-1, 1, n_features), radius=float(rng.uniform(0.1, 2)))

    assert np.trace(moment) <= MOMENT_UNIT**2
    # Whole numbers: the smallest eigenvalue is 0 up to rounding.
    assert np.linalg.eigvalsh(moment).min() > -1e-3 * MOMENT_UNIT**2


def test_moment_noise_has_its_distribution_and_no_other_scale(rng):
    epsilon = 0.8
    nobody = np.zeros((1, 1), dtype=np.int64)
    draws = np.array([
        Mechanisms(rng).second_moment(nobody, unit=MOMENT_UNIT, epsilon=epsilon, name="moment")[0, 0]
        for _ in range(26_000)
    ]) / MOMENT_UNIT**2  # fmt: skip

    assert stats.kstest(draws, stats.laplace(scale=1 / epsilon).cdf).pvalue > 1e-6
    for wrong in (0.8, 1.2):
        assert stats.kstest(draws, stats.laplace(scale=wrong / epsilon).cdf).pvalue < 1e-6


def test_the_size_of_the_noise_is_about_its_largest_eigenvalue(rng):
    nobody = np.zeros((8, 8), dtype=np.int64)
    largest = [
        np.linalg.eigvalsh(Mechanisms(rng).second_moment(nobody, unit=2**10, epsilon=0.5, name="moment")).max()
        for _ in range(200)
    ]

    assert np.mean(largest) / 2**20 == pytest.approx(
        moment_noise_variance(8, radius=1.0, n_people=1, epsilon=0.5), rel=0.3
    )


@pytest.mark.parametrize("around_mean", [True, False])
def test_without_noise_it_is_the_moment_of_the_people_by_hand(rng, around_mean):
    # Four people on a cross around (0.2, 0): mean squares 0.08 and 0.02 there, and 0.04 more along x around 0.
    points = np.repeat([[0.6, 0.0], [-0.2, 0.0], [0.2, 0.2], [0.2, -0.2]], 2_500, axis=0)
    budget = MomentBudget.split(1e4, around_mean=around_mean)

    moment = release_moment(
        MomentQueries(ChunkedPoints(points, 2), Mechanisms(rng)),
        n_features=2,
        around_mean=around_mean,
        budget=budget,
    )

    assert moment.center == pytest.approx([0.2 if around_mean else 0.0, 0.0], abs=1e-3)
    assert moment.variances == pytest.approx([0.08 if around_mean else 0.12, 0.02], abs=1e-2)
    assert np.abs(moment.directions) == pytest.approx(np.eye(2), abs=1e-2)
    assert 0 < moment.noise_variance < 1e-6
