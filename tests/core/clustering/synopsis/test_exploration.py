"""Elbow and silhouette of weighted points: by hand, and scikit-learn's where all weights are one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import pairwise_distances, silhouette_score

from core.clustering.synopsis.exploration import explore, weighted_silhouette
from core.clustering.types import WeightedPoints
from core.clustering.weighted_kmeans import weighted_kmeans


def test_two_pairs_by_hand():
    points = WeightedPoints(points=np.array([[0.0], [0.1], [0.9], [1.0]]), weights=np.array([1.0, 3.0, 1.0, 1.0]))
    labels = {1: [0, 0, 0, 0], 2: [0, 0, 1, 1], 3: [0, 0, 1, 2]}

    (two,) = explore(points, lambda k: np.array(labels[k]), n_clusters_max=9)

    # Means 0.075 and 0.95: 0.005625 + 3·0.000625 = 0.0075, and 0.005. One cluster: mean 2.2/6, inertia 1.84 - 2.2²/6.
    assert two.n_clusters == 2
    assert two.inertia == pytest.approx(0.0125)
    one, three = 0.03 + 0.81 + 1.0 - 2.2**2 / 6, 0.0075
    assert two.elbow == pytest.approx(math.log(one / 0.0125) - math.log(0.0125 / three))


def test_a_point_counts_as_all_its_people_so_it_is_near_itself():
    distances = np.array([[0.0, 1.0], [1.0, 0.0]])

    # Alone in its cluster a point is 0 from its own and 1 from the other: (1 - 0)/1.
    assert weighted_silhouette(distances, np.array([5.0, 2.0]), np.array([0, 1])) == pytest.approx(1.0)
    # In one cluster there is no other: 0.
    assert weighted_silhouette(distances, np.array([5.0, 2.0]), np.array([0, 0])) == 0.0


@given(st.integers(0, 2**32 - 1), st.integers(2, 5))
def test_many_people_at_each_point_give_scikit_learns_silhouette(seed, k):
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, (12, 2))
    labels = np.concatenate([np.arange(k), rng.integers(0, k, 12 - k)])
    copies = 60
    theirs = silhouette_score(np.repeat(points, copies, axis=0), np.repeat(labels, copies))

    ours = weighted_silhouette(pairwise_distances(points), np.full(12, float(copies)), labels)

    # A person leaves itself out, a point does not: a difference of a part in ``copies``.
    assert ours == pytest.approx(theirs, abs=0.05)


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.integers(4, 30))
def test_it_stops_at_half_as_many_clusters_as_points(seed, n_points):
    rng = np.random.default_rng(seed)
    weighted = WeightedPoints(points=rng.uniform(-1, 1, (n_points, 2)), weights=rng.uniform(1, 9, n_points))

    def label(n_clusters):
        centers = weighted_kmeans(weighted.points, weighted.weights, n_clusters=n_clusters, n_init=1)
        return pairwise_distances(weighted.points, centers).argmin(axis=1)

    explored = explore(weighted, label, n_clusters_max=8)

    assert [each.n_clusters for each in explored] == list(range(2, min(8, n_points // 2) + 1))
    assert all(-1 <= each.silhouette <= 1 and each.inertia >= 0 for each in explored)
