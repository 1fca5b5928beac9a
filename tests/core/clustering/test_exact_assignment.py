"""One person more moves nobody else: not to another centre, cell or point, not even by a rounding error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import pairwise_distances_argmin

from core.clustering.exact_assignment import UNIT, assign_nearest, project, to_fixed_point
from core.clustering.lloyd.release import GRID
from core.clustering.lloyd.step import to_grid
from core.clustering.synopsis.grid import GridAxes, SourceModel, allocate_levels
from core.clustering.types import Clustering
from core.reduction.projection import Projection, ReductionMethod

seeds = st.integers(0, 999)
n_features = st.integers(1, 60)


def test_the_nearest_centre_by_hand():
    centers = np.array([[-0.5, 0.0], [0.5, 0.0]])

    # In the middle both are as near: the first one.
    assert assign_nearest(np.array([[-0.4, 0.9], [0.1, -1.0], [0.0, 0.3]]), centers).tolist() == [0, 1, 0]


@given(seeds, n_features)
def test_the_nearest_centre_is_scikit_learns_for_people_who_are_not_between_two(seed, d):
    rng = np.random.default_rng(seed)
    rows, centers = rng.uniform(-1, 1, (200, d)), rng.uniform(-1, 1, (7, d))

    distances = np.sort(((rows[:, np.newaxis] - centers) ** 2).sum(axis=2), axis=1)
    clear = distances[:, 1] - distances[:, 0] > 20 * d / UNIT
    assert (assign_nearest(rows, centers) == pairwise_distances_argmin(rows, centers))[clear].all()


def test_values_are_rounded_to_units_and_whole_ones_stay():
    assert to_fixed_point(np.array([0.5, -1.0, 0.4 / UNIT])).tolist() == [UNIT / 2, -UNIT, 0.0]
    assert to_fixed_point(np.array([3, -7], dtype=np.int16), unit=1).tolist() == [3.0, -7.0]


@given(seeds, n_features)
def test_coordinates_are_within_a_rounding_of_the_matrix_product(seed, d):
    rng = np.random.default_rng(seed)
    rows, axes = rng.uniform(-1, 1, (50, d)), np.linalg.qr(rng.normal(size=(d, d)))[0]

    assert project(rows, axes) == pytest.approx(axes @ rows.T, abs=2 * d / UNIT)


# --- whoever else is there -------------------------------------------------------------------------------------------


def _repeated(rng, n_people, d):
    """People who are as near to one centre as to another: amounts that repeat, where rounding would decide."""
    return rng.choice([-1.0, -1 / 3, 0.1, 0.7, 1.0], (n_people, d))


def _rotated_grid(rng, d):
    axes = np.linalg.qr(rng.normal(size=(d, d)))[0]
    # The middle of the box is on a boundary of every axis.
    return allocate_levels(
        GridAxes(center=np.zeros(d), vectors=axes, variances=np.linspace(2.0, 1.0, d), source=SourceModel.GAUSSIAN),
        4096.0,
    )


def _repeated_centers(rng, d):
    half = rng.choice([-2 / 3, 0.3, 2 / 3], d)
    return np.stack([rng.permutation(half) for _ in range(12)])


def _projection(rng, d):
    return Projection(
        method=ReductionMethod.PCA,
        directions=np.linalg.qr(rng.normal(size=(d, d)))[0][:3],
        center=rng.uniform(-0.3, 0.3, d),
        scale=2.0,
        explained_variance=np.ones(3),
        total_variance=float(d),
        is_insider=True,
    )


def _lloyd_labels(rng, d):
    centers = np.rint(_repeated_centers(rng, d) * GRID)
    return lambda rows: assign_nearest(to_grid(rows), centers, unit=1)


ASSIGNED = {
    "centre": lambda rng, d: Clustering(centers=_repeated_centers(rng, d), weights=np.ones(12)).assign,
    "cell": lambda rng, d: _rotated_grid(rng, d).assign_cells,
    "centre of private Lloyd": _lloyd_labels,
    "point after reduction": lambda rng, d: _projection(rng, d).reduce,
}


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("what", ASSIGNED)
def test_nobody_else_moves_when_one_person_joins(rng, what, dtype):
    for d in (3, 8, 13, 40):
        people = _repeated(rng, 1_003, d).astype(dtype)
        assign = ASSIGNED[what](rng, d)
        together = assign(people)

        assert (assign(people[1:]) == together[1:]).all()
        alone = [assign(people[row : row + 1])[0] for row in range(0, len(people), 5)]
        assert (np.array(alone) == together[::5]).all()
