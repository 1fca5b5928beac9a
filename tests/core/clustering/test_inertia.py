import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import pairwise_distances

from core.clustering.exact_assignment import CHUNK_ROWS
from core.clustering.inertia import nonprivate_inertia, nonprivate_inertia_ratio
from core.clustering.types import Clustering


def _centers(*rows):
    return Clustering(centers=np.array(rows, dtype=float), weights=np.ones(len(rows)))


def test_each_person_counts_the_square_to_the_nearest_center():
    points = np.array([[0.0, 0.0], [0.5, 0.0], [1.0, 1.0]], dtype=np.float32)

    assert nonprivate_inertia(points, _centers([0, 0], [1, 0])) == pytest.approx(0 + 0.25 + 1)


@given(st.integers(1, 30), st.integers(1, 6), st.integers(1, 12), st.integers(0, 99))
def test_it_equals_all_distances_spelled_out(n_people, n_features, n_clusters, seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, (n_people, n_features))
    clustering = _centers(*rng.uniform(-1, 1, (n_clusters, n_features)))

    expected = (pairwise_distances(points, clustering.centers).min(axis=1) ** 2).sum()

    assert nonprivate_inertia(points, clustering) == pytest.approx(expected)


def test_chunks_add_up(rng):
    points = rng.uniform(-1, 1, (2 * CHUNK_ROWS + 7, 2)).astype(np.float32)

    inertia = nonprivate_inertia(points, _centers([0.25, -0.5]))

    assert inertia == pytest.approx(((points.astype(float) - [0.25, -0.5]) ** 2).sum())


def test_nobody_has_no_inertia():
    assert nonprivate_inertia(np.empty((0, 2), dtype=np.float32), _centers([0, 0])) == 0


def test_the_ratio_holds_private_against_plain():
    points = np.array([[0.0], [1.0]])

    assert nonprivate_inertia_ratio(points, private=_centers([0]), plain=_centers([0.5])) == pytest.approx(2)


def test_the_ratio_is_one_where_plain_centers_fit_exactly():
    points = np.array([[0.5]])

    assert nonprivate_inertia_ratio(points, private=_centers([0]), plain=_centers([0.5])) == 1
