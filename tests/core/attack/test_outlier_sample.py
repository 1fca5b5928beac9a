"""The synthetic sample: clusters, and one outlier whom plain k-means reveals."""

import numpy as np
import pytest

from core.attack.guessing_game import nonprivate_outlier
from core.attack.outlier_sample import N_CLUSTERS, N_PEOPLE, synthetic_outlier_sample
from core.clustering.kmeans import nonprivate_clustering


@pytest.mark.parametrize("seed", range(20))
def test_the_last_person_is_within_bounds_and_the_farthest_outlier(seed):
    sample = synthetic_outlier_sample(seed)

    assert sample.shape == (N_PEOPLE, 2)
    assert np.abs(sample).max() <= 1
    assert nonprivate_outlier(sample, nonprivate_clustering(sample, n_clusters=N_CLUSTERS)) == N_PEOPLE - 1


@pytest.mark.parametrize("seed", range(20))
def test_one_centre_moves_visibly_when_the_outlier_comes_and_the_others_stay(seed):
    sample = synthetic_outlier_sample(seed)

    inside = nonprivate_clustering(sample, n_clusters=N_CLUSTERS).centers
    outside = nonprivate_clustering(sample[:-1], n_clusters=N_CLUSTERS).centers

    moved = np.sort(np.linalg.norm(inside[:, np.newaxis] - outside, axis=2).min(axis=1))
    assert moved[-1] > 0.05
    assert moved[-2] < 1e-6


def test_the_same_seed_gives_the_same_sample_and_another_one_another():
    np.testing.assert_array_equal(synthetic_outlier_sample(1), synthetic_outlier_sample(1))
    assert not np.array_equal(synthetic_outlier_sample(1), synthetic_outlier_sample(2))
