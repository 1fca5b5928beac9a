"""A synopsis: any k by hand and distinct, read back from JSON."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis.budget import Mode, SynopsisBudget
from core.clustering.synopsis.release import release_synopsis
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import WeightedPoints
from core.privacy.mechanisms import ADJACENCY


def _synopsis(points, weights, **changes):
    weighted = WeightedPoints(points=np.array(points, dtype=float), weights=np.array(weights, dtype=float))
    parts = {
        "epsilon": 1.0,
        "budget": SynopsisBudget.split(1.0, Mode.LOW),
        "charges": (),
        "mode": Mode.LOW,
        "n_clusters_served": 8,
        "noisy_people": 100.0,
        "noise_share": 0.2,
        "is_private": False,
        "micro_clusters": weighted,
        "cells": weighted,
        "axes": np.eye(len(points[0])),
    }
    return Synopsis(**{**parts, **changes})


def blobs(n_people, n_features, n_clusters, rng, spread=0.05):
    middles = rng.uniform(-0.8, 0.8, (n_clusters, n_features))
    groups = rng.integers(n_clusters, size=n_people)
    return np.clip(middles[groups] + spread * rng.standard_normal((n_people, n_features)), -1, 1), groups


def test_two_clusters_of_three_points_by_hand():
    clustering = _synopsis([[-0.5], [-0.3], [0.8]], [30.0, 10.0, 20.0]).cluster(2)

    order = np.argsort(clustering.centers.ravel())
    # (-0.5 * 30 - 0.3 * 10)/40 = -0.45.
    assert clustering.centers.ravel()[order] == pytest.approx([-0.45, 0.8])
    assert clustering.weights[order].tolist() == [40.0, 20.0]


def test_more_clusters_than_points_stand_beside_the_heaviest_and_hold_nobody():
    clustering = _synopsis([[1.0, 0.0], [0.0, 0.0]], [30.0, 10.0]).cluster(4)

    # A step of 2**-8 along each axis, inwards where the box ends.
    assert clustering.centers[2:].tolist() == [[1.0 - 2**-8, 0.0], [1.0, 2**-8]]
    assert clustering.weights.tolist() == [30.0, 10.0, 0.0, 0.0]


def test_a_point_that_lies_a_step_beside_the_heaviest_is_not_given_twice():
    clustering = _synopsis([[0.0], [2 * 2**-8]], [30.0, 10.0]).cluster(4)

    assert (clustering.centers.ravel() * 2**8).tolist() == [0.0, 2.0, 1.0, 3.0]


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 3), st.integers(1, 40))
def test_any_number_of_clusters_is_distinct_and_in_the_box(seed, n_points, d, n_clusters):
    rng = np.random.default_rng(seed)
    # At corners, where there is room inwards only.
    points = np.unique(np.sign(rng.normal(size=(n_points, d))), axis=0)

    clustering = _synopsis(points, rng.uniform(1, 9, len(points))).cluster(n_clusters)

    assert len(np.unique(clustering.centers, axis=0)) == n_clusters
    assert np.abs(clustering.centers).max() <= 1
    assert (clustering.weights >= 0).all()


def test_no_clusters_are_refused():
    with pytest.raises(ValueError, match="n_clusters must be at least 1"):
        _synopsis([[0.0]], [1.0]).cluster(0)


def test_the_margin_of_a_group_by_hand():
    synopsis = _synopsis([[0.0]], [100.0])

    # 1.96 deviations of a fifth of 100 people; half of that for a quarter of them.
    assert synopsis.people_margin(1.0) == pytest.approx(39.2)
    assert synopsis.people_margin(0.25) == pytest.approx(19.6)


@pytest.mark.parametrize(("noise_share", "is_mostly_noise"), [(0.5, False), (0.51, True)])
def test_noise_of_more_than_half_of_the_people_drowns_them(noise_share, is_mostly_noise):
    assert _synopsis([[0.0]], [1.0], noise_share=noise_share).is_mostly_noise is is_mostly_noise


@pytest.mark.parametrize("n_features", [2, 5, 30])
def test_a_synopsis_survives_json_and_is_small(rng, n_features):
    points, _ = blobs(50_000, n_features, 5, rng)
    synopsis = release_synopsis(points, epsilon=3.0, n_clusters_served=8, rng=rng)
    text = synopsis.to_json()
    again = Synopsis.from_json(text)

    assert again.to_json() == text
    assert len(text) < 200_000
    np.testing.assert_array_equal(again.cluster(5).centers, synopsis.cluster(5).centers)
    assert json.loads(text)["adjacency"] == ADJACENCY == "add_or_remove_one_person"


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="format"):
        Synopsis.from_json("{}")


def test_a_synopsis_cannot_be_changed(rng):
    synopsis = release_synopsis(np.zeros((100, 2)), epsilon=1.0, rng=rng)

    with pytest.raises(ValueError, match="read-only"):
        synopsis.micro_clusters.points[0] = 1
    with pytest.raises(AttributeError):
        synopsis.epsilon = 2


def test_the_number_of_groups_is_read_from_the_synopsis(rng):
    middles = np.array([[-0.7, -0.7], [0.7, -0.7], [0.0, 0.7]])
    points = middles[rng.integers(3, size=10_000)] + 0.05 * rng.standard_normal((10_000, 2))
    synopsis = release_synopsis(points, epsilon=1.0, rng=rng)

    explored = synopsis.explore(6)

    assert max(explored, key=lambda each: each.elbow).n_clusters == 3
    assert [each.n_clusters for each in explored] == [2, 3, 4, 5, 6]
    assert explored[1].inertia < 0.2 * explored[0].inertia
    assert all(-1 <= each.silhouette <= 1 for each in explored)
