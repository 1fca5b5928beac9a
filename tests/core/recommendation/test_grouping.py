"""Coarse groups: fixed by the release, and shared out among the clusters of any k."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering import release_lloyd, release_synopsis
from core.clustering.types import Clustering
from core.recommendation.grouping import GROUPS_MOST, Grouping

COARSE = Grouping(
    centers=np.array([[-0.8, 0.0], [0.5, 0.0]]),
    points=np.array([[-0.9, 0.0], [-0.7, 0.0], [0.1, 0.0], [0.9, 0.0]]),
    weights=np.array([10.0, 30.0, 5.0, 15.0]),
    serves_any_k=True,
)


def _clusters(*centers):
    return Clustering(centers=np.array(centers, dtype=float), weights=np.ones(len(centers)))


def test_a_synopsis_is_counted_by_one_set_of_groups_and_the_prototype_by_its_clusters(rng):
    points = rng.uniform(-1, 1, (3000, 2)).astype(np.float32)
    synopsis = release_synopsis(points, epsilon=2.0, rng=rng)
    lloyd = release_lloyd(points, n_clusters=3, epsilon=2.0, rng=rng, is_private=False)

    one, other = (Grouping.from_release(synopsis, n_clusters=k) for k in (2, 7))
    own = Grouping.from_release(lloyd, n_clusters=3)

    assert np.array_equal(one.centers, other.centers)
    assert one.n_groups <= GROUPS_MOST
    assert own.n_groups == 3
    assert own.parts(lloyd.cluster(3)).tolist() == np.eye(3).tolist()
    with pytest.raises(ValueError, match="made for k = 3 cannot serve k = 4"):
        own.parts(synopsis.cluster(4))


def test_a_group_is_shared_out_by_the_weights_of_its_points():
    # The right group has 5 of 20 at 0.1, nearer to the left cluster.
    parts = COARSE.parts(_clusters([-0.5, 0.0], [0.9, 0.0]))

    assert parts.tolist() == [[1.0, 0.25], [0.0, 0.75]]


def test_people_are_labelled_by_the_nearest_centre():
    assert COARSE.labels(np.array([[-1.0, 0.5], [0.9, 0.0]], dtype=np.float32)).tolist() == [0, 1]


def test_a_group_without_weight_goes_to_the_cluster_nearest_to_its_centre():
    empty = Grouping(
        centers=COARSE.centers, points=COARSE.points, weights=np.array([0.0, 0.0, 5.0, 15.0]), serves_any_k=True
    )

    assert empty.parts(_clusters([-0.5, 0.0], [0.9, 0.0]))[:, 0].tolist() == [1.0, 0.0]


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_every_group_is_shared_out_whole(n_clusters, seed):
    centers = np.random.default_rng(seed).uniform(-1, 1, (n_clusters, 2))

    assert COARSE.parts(_clusters(*centers)).sum(axis=0) == pytest.approx([1.0, 1.0])
