"""k-means of weighted points: by hand, as if every point stood there as often as it weighs, and always the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.weighted_kmeans import weighted_kmeans


def test_the_weighted_mean_of_two_points_by_hand():
    centers = weighted_kmeans(np.array([[0.0], [0.4], [1.0]]), np.array([3.0, 1.0, 2.0]), n_clusters=2)

    assert np.sort(centers.ravel()) == pytest.approx([0.1, 1.0])


def test_no_more_centres_than_points_come_back_and_the_points_stay_untouched():
    points = np.array([[0.2], [0.7]])

    centers = weighted_kmeans(points, np.ones(2), n_clusters=5)
    centers[0] = 9.0

    assert centers.shape == (2, 1)
    assert points.tolist() == [[0.2], [0.7]]


def test_points_that_coincide_are_no_warning():
    assert weighted_kmeans(np.zeros((5, 2)), np.ones(5), n_clusters=3) == pytest.approx(np.zeros((3, 2)))


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_every_centre_is_the_mean_of_the_people_nearest_to_it_and_the_same_every_time(seed, k):
    rng = np.random.default_rng(seed)
    points, weights = rng.uniform(-1, 1, (12, 2)), rng.integers(1, 6, 12)
    # Every point stands there as often as it weighs.
    everybody = np.repeat(points, weights, axis=0)

    first, again = (weighted_kmeans(points, weights.astype(float), n_clusters=k) for _ in range(2))

    assert (first == again).all()
    nearest = ((everybody[:, np.newaxis] - first) ** 2).sum(axis=2).argmin(axis=1)
    means = [everybody[nearest == cluster].mean(axis=0) for cluster in range(k)]
    assert first == pytest.approx(np.array(means), abs=1e-6)
