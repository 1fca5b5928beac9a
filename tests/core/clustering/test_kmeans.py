import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from core.clustering import kmeans
from core.clustering.inertia import nonprivate_inertia
from core.clustering.kmeans import PlainEngine, nonprivate_clustering


def _blobs(rng, n_people, n_features=3, n_clusters=4):
    groups = rng.integers(0, n_clusters, n_people)
    centers = rng.uniform(-0.8, 0.8, (n_clusters, n_features))
    points = centers[groups] + rng.normal(0, 0.02, (n_people, n_features))
    return np.clip(points, -1, 1).astype(np.float32), groups


def test_two_pairs_of_points_have_their_middles_as_centers():
    points = np.array([[-1.0, 0.0], [-0.5, 0.0], [0.5, 0.5], [1.0, 0.5]], dtype=np.float32)

    clustering = nonprivate_clustering(points, n_clusters=2)

    order = np.argsort(clustering.centers[:, 0])
    assert clustering.centers[order] == pytest.approx(np.array([[-0.75, 0.0], [0.75, 0.5]]))
    assert clustering.weights.tolist() == [2.0, 2.0]


def test_separate_groups_are_found(rng):
    points, groups = _blobs(rng, 2_000)

    labels = nonprivate_clustering(points, n_clusters=4).assign(points)

    assert adjusted_rand_score(groups, labels) > 0.99


def test_it_is_no_worse_than_ten_restarts_of_scikit_learn(rng):
    points = np.clip(rng.normal(0, 0.4, (3_000, 4)), -1, 1).astype(np.float32)

    ours = nonprivate_inertia(points, nonprivate_clustering(points, n_clusters=5))

    assert ours <= 1.02 * KMeans(5, n_init=10, random_state=0).fit(points).inertia_


def test_above_the_public_limit_batches_are_used_and_find_the_same_groups(rng, monkeypatch):
    points, groups = _blobs(rng, 6_000)
    monkeypatch.setattr(kmeans, "MINIBATCH_ABOVE", 5_000)

    labels = nonprivate_clustering(points, n_clusters=4).assign(points)

    assert PlainEngine.for_n_people(6_000) is PlainEngine.MINIBATCH
    assert adjusted_rand_score(groups, labels) > 0.99


def test_the_engine_changes_just_above_the_limit():
    assert PlainEngine.for_n_people(kmeans.MINIBATCH_ABOVE) is PlainEngine.KMEANS
    assert PlainEngine.for_n_people(kmeans.MINIBATCH_ABOVE + 1) is PlainEngine.MINIBATCH


def test_the_same_people_give_the_same_clustering(rng):
    points = np.clip(rng.normal(0, 0.4, (5_000, 6)), -1, 1).astype(np.float32)

    first, second = (nonprivate_clustering(points, n_clusters=6) for _ in range(2))

    assert np.array_equal(first.centers, second.centers)
    assert np.array_equal(first.weights, second.weights)


def test_more_clusters_than_people_repeat_the_first_person():
    points = np.array([[0.5, -0.5], [-0.25, 0.25]], dtype=np.float32)

    clustering = nonprivate_clustering(points, n_clusters=4)

    assert clustering.centers.tolist() == [[0.5, -0.5], [-0.25, 0.25], [0.5, -0.5], [0.5, -0.5]]
    assert clustering.weights.tolist() == [1.0, 1.0, 0.0, 0.0]


def test_nobody_gives_empty_clusters_in_the_middle():
    clustering = nonprivate_clustering(np.empty((0, 3), dtype=np.float32), n_clusters=2)

    assert clustering.centers.tolist() == [[0.0, 0.0, 0.0]] * 2
    assert clustering.weights.tolist() == [0.0, 0.0]


def test_no_clusters_are_refused():
    with pytest.raises(ValueError, match="n_clusters must be at least 1, not 0"):
        nonprivate_clustering(np.zeros((5, 2), dtype=np.float32), n_clusters=0)


@given(
    n_people=st.integers(0, 40), n_distinct=st.integers(1, 5), n_clusters=st.integers(1, 12), seed=st.integers(0, 99)
)
def test_every_person_is_counted_once_in_finite_centers_inside_the_box(n_people, n_distinct, n_clusters, seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, (n_distinct, 2)).astype(np.float32)[rng.integers(0, n_distinct, n_people)]

    clustering = nonprivate_clustering(points, n_clusters=n_clusters)

    assert clustering.centers.shape == (n_clusters, 2)
    assert np.isfinite(clustering.centers).all()
    assert np.abs(clustering.centers).max() <= 1
    assert clustering.weights.sum() == n_people
