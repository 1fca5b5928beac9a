"""Where the pictures look from: two directions and a frame that tell nothing of the people."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.types import WeightedPoints
from core.reduction.viewpoint import LEAST_EXTENT, principal_directions, viewpoint


def cells(places, weights=None):
    places = np.asarray(places, float)
    weights = np.ones(len(places)) if weights is None else np.asarray(weights, float)
    return WeightedPoints(points=places, weights=weights)


def test_the_first_direction_follows_the_widest_spread():
    line = np.linspace(-1, 1, 11)[:, np.newaxis] * np.array([0.6, 0.8]) + np.array([0.0, 0.1])

    first, second = principal_directions(cells(line))

    assert first == pytest.approx([0.6, 0.8])
    assert abs(first @ second) < 1e-12


def test_a_heavy_place_pulls_the_directions():
    places = [[-1, 0], [1, 0], [0, -0.9], [0, 0.9]]

    light, heavy = principal_directions(cells(places)), principal_directions(cells(places, [1, 1, 50, 50]))

    assert light[0] == pytest.approx([1, 0])
    assert heavy[0] == pytest.approx([0, 1])


def test_a_chosen_column_is_looked_along_and_ends_at_its_bounds():
    where = viewpoint(cells([[-1, 0.2, 0], [1, 0.3, 0]]), (0, 1))

    assert where.directions.tolist() == [[1, 0, 0], [0, 1, 0]]
    assert where.low[0] == -1
    assert where.high[0] == 1
    assert where.high[1] - where.low[1] == pytest.approx(LEAST_EXTENT)


def test_the_frame_is_the_unit_square():
    where = viewpoint(cells([[-0.5, -0.5], [0.5, 0.5]]), (0, 1))

    corners = where.project(np.array([where.low, where.high]))

    assert corners == pytest.approx(np.array([[0.0, 0.0], [1.0, 1.0]]))


def test_one_column_is_drawn_against_itself():
    assert viewpoint(cells([[-0.5], [0.5]]), (None, None)).directions.tolist() == [[1.0], [1.0]]


@given(st.integers(1, 20), st.integers(1, 12), st.integers(0, 10_000))
def test_every_reference_gives_a_frame_with_room(n_cells, d, seed):
    rng = np.random.default_rng(seed)
    where = viewpoint(cells(rng.uniform(-1, 1, (n_cells, d)), rng.integers(0, 3, n_cells)), (None, 0))

    assert np.isfinite(where.directions).all()
    assert (where.high > where.low).all()
    assert np.linalg.norm(where.directions, axis=1) == pytest.approx([1.0, 1.0])
