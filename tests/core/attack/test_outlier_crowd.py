"""The invented crowd: many who stand together, and a stray whom plain k-means gives away."""

import numpy as np
import pytest

from core.attack.guessing_game import nonprivate_outlier
from core.attack.outlier_crowd import N_CLUSTERS, N_PEOPLE, stray_crowd
from core.clustering.kmeans import nonprivate_clustering


@pytest.mark.parametrize("seed", range(20))
def test_the_stray_is_in_the_box_and_sticks_out_most(seed):
    crowd = stray_crowd(seed)

    assert crowd.shape == (N_PEOPLE, 2)
    assert np.abs(crowd).max() <= 1
    assert nonprivate_outlier(crowd, nonprivate_clustering(crowd, n_clusters=N_CLUSTERS)) == N_PEOPLE - 1


@pytest.mark.parametrize("seed", range(20))
def test_one_centre_moves_visibly_when_the_stray_comes_and_the_others_stay(seed):
    crowd = stray_crowd(seed)

    inside = nonprivate_clustering(crowd, n_clusters=N_CLUSTERS).centers
    outside = nonprivate_clustering(crowd[:-1], n_clusters=N_CLUSTERS).centers

    moved = np.sort(np.linalg.norm(inside[:, np.newaxis] - outside, axis=2).min(axis=1))
    assert moved[-1] > 0.05
    assert moved[-2] < 1e-6


def test_the_same_seed_gives_the_same_crowd_and_another_one_another():
    np.testing.assert_array_equal(stray_crowd(1), stray_crowd(1))
    assert not np.array_equal(stray_crowd(1), stray_crowd(2))
