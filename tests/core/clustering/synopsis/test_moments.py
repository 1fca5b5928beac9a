"""Noisy moments: pooled counts and shrinkage by hand; without noise the mean, radius and axes of the people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis.chunked import ChunkedPoints
from core.clustering.synopsis.grid import SourceModel
from core.clustering.synopsis.moments import (
    COVARIANCE_RADIUS,
    MomentQueries,
    NoisyCount,
    james_stein,
)
from core.privacy.mechanisms import Mechanism, Mechanisms

#: So much ε that the noise disappears.
PLENTY = 1e5


def ask(points, rng):
    return MomentQueries(ChunkedPoints(points, points.shape[1]), Mechanisms(rng))


def test_counts_are_pooled_by_their_precisions():
    # 90 with variance 1 and 120 with variance 2: (90 + 60)/(1.5) = 100, variance 2/3.
    pooled = NoisyCount(people=90.0, variance=1.0).pool(NoisyCount(people=120.0, variance=2.0))

    assert (pooled.people, pooled.variance) == pytest.approx((100.0, 2 / 3))


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_a_pooled_count_is_more_precise_than_either_and_at_least_one(first, second, variance, other):
    pooled = NoisyCount(people=first, variance=variance).pool(NoisyCount(people=second, variance=other))

    assert pooled.variance <= min(variance, other)
    assert pooled.people >= 1.0


def test_james_stein_by_hand():
    # ‖(3, 4)‖² = 25: noise of 5 leaves four fifths, noise of 30 leaves nothing.
    assert james_stein(np.array([3.0, 4.0]), 5.0) == pytest.approx([2.4, 3.2])
    assert james_stein(np.array([[3.0, 4.0], [3.0, 4.0]]), np.array([0.0, 30.0])).tolist() == [[3.0, 4.0], [0.0, 0.0]]


def test_without_noise_the_people_are_counted_and_their_mean_is_found(rng):
    mechanisms = Mechanisms(rng)
    queries = MomentQueries(ChunkedPoints(np.array([[0.5, 0.1]] * 600 + [[-0.1, 0.1]] * 400), 2), mechanisms)

    count = queries.count(epsilon=PLENTY)
    mean, pooled = queries.mean(count, center=np.zeros(2), radius=np.sqrt(2.0), epsilon=PLENTY, name="mean")

    assert count.people == 1000.0
    assert pooled.people == pytest.approx(1000.0)
    assert mean == pytest.approx([0.26, 0.1], abs=1e-4)
    assert [(charge.name, charge.mechanism) for charge in mechanisms.charges] == [
        ("people", Mechanism.TWO_SIDED_GEOMETRIC),
        ("mean", Mechanism.CYLINDER),
    ]


def test_nobody_counts_as_one_so_that_nothing_is_divided_by_zero(rng):
    assert ask(np.empty((0, 2)), rng).count(epsilon=PLENTY).people == 1.0


def test_without_noise_the_radius_is_the_first_that_holds_eight_of_ten(rng):
    # Distances 0.1 … 1.0: eight of ten are nearer than any candidate between 0.8 and 0.9.
    points = np.repeat(np.linspace(0.1, 1.0, 10), 100)[:, np.newaxis]

    radius = ask(points, rng).radius(COVARIANCE_RADIUS, center=np.zeros(1), epsilon=PLENTY)

    assert 0.8 <= radius <= 0.9


def test_without_noise_the_axes_are_the_principal_ones(rng):
    vectors = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    # Two points on each axis, 0.6, 0.3 and 0.1 away: variances 0.12, 0.03 and 0.01/3.
    cross = np.concatenate([vectors.T * [[0.6], [0.3], [0.1]], -vectors.T * [[0.6], [0.3], [0.1]]])

    queries = ask(np.repeat(cross, 1_000, axis=0), rng)
    axes = queries.principal_axes(center=np.zeros(3), radius=1.0, n_people=6_000.0, epsilon=PLENTY)

    assert axes.source is SourceModel.GAUSSIAN
    assert axes.variances == pytest.approx([0.12, 0.03, 0.01 / 3], abs=1e-4)
    assert np.abs(axes.vectors.T @ vectors) == pytest.approx(np.eye(3), abs=1e-2)


def test_where_noise_dominates_the_spreads_become_alike(rng):
    queries = ask(np.array([[0.4, 0.0, 0.0]] * 5), rng)

    axes = queries.principal_axes(center=np.zeros(3), radius=0.5, n_people=5.0, epsilon=1e-3)

    assert (axes.variances > 0).all()
    assert axes.vectors.T @ axes.vectors == pytest.approx(np.eye(3), abs=1e-9)
