"""Released numbers lie on their public grids, keep their weight, and are read back from JSON without loss."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis.rounding import (
    POINT_GRID,
    WEIGHT_GRID,
    from_whole_numbers,
    snap_to_grid,
    to_whole_numbers,
)


def test_points_that_coincide_are_merged_and_the_heaviest_comes_first():
    near = 0.3 / POINT_GRID

    snapped = snap_to_grid(np.array([[0.5], [near], [-near]]), np.array([3.0, 2.0, 1.53]))

    assert snapped.points.tolist() == [[0.0], [0.5]] or snapped.points.tolist() == [[-0.0], [0.5]]
    # 1.53 is 24.48 sixteenths, so 24: 1.5.
    assert snapped.weights.tolist() == [3.5, 3.0]
    with pytest.raises(ValueError, match="read-only"):
        snapped.points[0] = 1


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 5))
def test_every_number_is_a_multiple_of_its_step_and_near_what_it_was(seed, n_points, d):
    rng = np.random.default_rng(seed)
    points, weights = rng.uniform(-1, 1, (n_points, d)), rng.uniform(0, 100, n_points)

    snapped = snap_to_grid(points, weights)

    assert (snapped.points * POINT_GRID % 1 == 0).all()
    assert (snapped.weights * WEIGHT_GRID % 1 == 0).all()
    assert (snapped.weights > 0).all()
    assert (np.diff(snapped.weights) <= 0).all()
    assert abs(snapped.weights.sum() - weights.sum()) <= n_points / WEIGHT_GRID
    gaps = np.abs(snapped.points[:, np.newaxis] - points).max(axis=2).min(axis=1)
    assert gaps.max() <= 0.5 / POINT_GRID
    again = from_whole_numbers(json.loads(json.dumps(to_whole_numbers(snapped))))
    np.testing.assert_array_equal(again.points, snapped.points)
    np.testing.assert_array_equal(again.weights, snapped.weights)


def test_points_of_the_first_format_are_read():
    read = from_whole_numbers({"places": [[POINT_GRID // 2]], "weights": [WEIGHT_GRID]})

    assert (read.points.tolist(), read.weights.tolist()) == ([[0.5]], [1.0])
