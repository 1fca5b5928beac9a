"""One person more moves nobody else: not to another centre, cell or point, not even by a rounding error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import pairwise_distances_argmin

from core.clustering.exact_assignment import UNIT, assign_nearest, clip_to_box, project, to_fixed_point
from core.clustering.lloyd.release import GRID
from core.clustering.lloyd.step import to_grid
from core.clustering.synopsis.grid import GridAxes, SourceModel, allocate_levels
from core.clustering.types import Clustering
from core.recommendation.grouping import Grouping
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


@given(
    arrays(st.sampled_from([np.float32, np.float64]), st.tuples(st.integers(0, 4), st.integers(1, 4))), st.booleans()
)
def test_whatever_a_source_holds_becomes_people_of_the_box_in_one_order_of_memory(values, turned):
    rows = values.T if turned else values

    clipped = clip_to_box(rows)

    assert (clipped.dtype, clipped.shape) == (rows.dtype, rows.shape)
    assert clipped.flags.c_contiguous
    assert (np.abs(clipped) <= 1).all()
    assert (clipped[np.isnan(rows)] == 1).all()
    inside = np.abs(rows) <= 1
    assert (clipped[inside] == rows[inside]).all()


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


def _grouping(rng, d):
    return Grouping.from_clustering(Clustering(centers=_repeated_centers(rng, d), weights=np.ones(12)))


def _lloyd_labels(rng, d):
    centers = np.rint(_repeated_centers(rng, d) * GRID)
    return lambda rows: assign_nearest(to_grid(rows), centers, unit=1)


ASSIGNED = {
    "centre": lambda rng, d: Clustering(centers=_repeated_centers(rng, d), weights=np.ones(12)).assign,
    "cell": lambda rng, d: _rotated_grid(rng, d).assign_cells,
    "centre of private Lloyd": _lloyd_labels,
    "point after reduction": lambda rng, d: _projection(rng, d).reduce,
    "group of a table": lambda rng, d: _grouping(rng, d).labels,
}
#: What takes people as they come; a grid's rows were clipped when they were read.
CLIPPING = ["centre", "point after reduction", "group of a table"]


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


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("what", CLIPPING)
def test_values_outside_the_bounds_place_a_person_where_the_bounds_do(rng, what, dtype):
    for d in (1, 3, 8):
        wild = rng.choice([-np.inf, -3e38, -7.0, -0.3, 0.4, 2.5, 1e30, np.inf, np.nan], (200, d)).astype(dtype)
        inside = np.clip(np.where(np.isnan(wild), 1.0, wild), -1.0, 1.0).astype(dtype)
        assign = ASSIGNED[what](rng, max(d, 3))
        columns = np.resize(np.arange(d), max(d, 3))

        assert (assign(wild[:, columns]) == assign(inside[:, columns])).all()
