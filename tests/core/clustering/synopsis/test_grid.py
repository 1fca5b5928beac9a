"""Grids: quantisers by hand and from tables, levels spread by reverse water-filling, cells that hold their codes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis.grid import (
    GridAxes,
    SourceModel,
    allocate_levels,
    box_axes,
    optimal_quantiser,
)

seeds = st.integers(0, 2**32 - 1)


def _axes(variances, source=SourceModel.GAUSSIAN):
    d = len(variances)
    return GridAxes(center=np.zeros(d), vectors=np.eye(d), variances=np.array(variances), source=source)


def test_two_and_four_levels_of_a_gaussian_are_those_of_max():
    # Max (1960), "Quantizing for minimum distortion", table I: 0.7980, 0.3634 and 0.9816, 0.4528, 1.510, 0.1175.
    two, four = (optimal_quantiser(SourceModel.GAUSSIAN, n) for n in (2, 4))

    assert two.boundaries == pytest.approx([0.0], abs=1e-9)
    assert two.codes == pytest.approx([-0.7979, 0.7979], abs=1e-3)
    assert two.distortion == pytest.approx(0.3634, abs=1e-3)
    assert four.boundaries == pytest.approx([-0.9816, 0.0, 0.9816], abs=1e-3)
    assert four.codes == pytest.approx([-1.510, -0.4528, 0.4528, 1.510], abs=1e-3)
    assert four.distortion == pytest.approx(0.1175, abs=1e-3)


def test_levels_of_a_uniform_are_equal_parts_with_their_middles_as_codes():
    quantiser = optimal_quantiser(SourceModel.UNIFORM, 3)

    # Variance 1 on [-√3, √3]: three parts of width 2/√3, distortion 1/9 of the variance.
    assert quantiser.boundaries == pytest.approx([-1 / math.sqrt(3), 1 / math.sqrt(3)])
    assert quantiser.codes == pytest.approx([-2 / math.sqrt(3), 0.0, 2 / math.sqrt(3)])
    assert quantiser.distortion == pytest.approx(1 / 9)


@given(st.sampled_from(SourceModel), st.integers(1, 20))
def test_more_levels_distort_less(source, n_levels):
    fewer, more = (optimal_quantiser(source, n).distortion for n in (n_levels, n_levels + 1))

    assert 0 < more < fewer <= 1 + 1e-12


def test_the_widest_axis_gets_the_levels_and_a_narrow_one_none():
    grid = allocate_levels(_axes([0.5, 0.25, 1e-4]), 8)

    # By hand: 2 levels to the first (0.5 against 0.25), then by drop of distortion per log of cells to each in turn.
    assert grid.levels == (4, 2)
    assert grid.axes.vectors.shape == (3, 2)
    assert grid.axes.residual_variance == pytest.approx(1e-4)


@given(seeds, st.integers(1, 8), st.floats(1.0, 5_000.0))
def test_never_more_cells_than_allowed_and_no_variance_lost(seed, d, n_cells):
    variances = np.sort(np.random.default_rng(seed).uniform(1e-5, 1.0, d))[::-1]

    grid = allocate_levels(_axes(variances), n_cells)

    assert 1 <= grid.n_cells <= n_cells
    assert grid.n_cells == math.prod(grid.levels)
    kept = grid.axes.variances.sum() + grid.axes.residual_variance
    assert kept == pytest.approx(variances.sum())


def test_cells_of_the_square_by_hand():
    grid = allocate_levels(box_axes(2), 6)

    assert grid.levels == (3, 2)
    rows = np.array([[-0.9, -0.5], [-0.9, 0.5], [0.0, 0.5], [1.0, 1.0]])
    assert grid.assign_cells(rows).tolist() == [0, 1, 3, 5]
    assert grid.coordinates(np.array([0, 3])) == pytest.approx(np.array([[-2 / 3, -0.5], [0.0, 0.5]]))
    assert grid.axes.lift(grid.coordinates(np.array([5]))) == pytest.approx(np.array([[2 / 3, 0.5]]))


@given(seeds, st.integers(1, 4), st.sampled_from(SourceModel), st.floats(2.0, 3_000.0))
def test_the_code_of_every_cell_lies_in_the_cell(seed, d, source, n_cells):
    rng = np.random.default_rng(seed)
    axes = GridAxes(
        center=rng.uniform(-0.2, 0.2, d),
        vectors=np.linalg.qr(rng.normal(size=(d, d)))[0],
        variances=np.sort(rng.uniform(0.01, 0.05, d))[::-1],
        source=source,
    )
    grid = allocate_levels(axes, n_cells)
    cells = np.arange(grid.n_cells)

    # Not lifted: the box may cut off what lies outside it.
    points = grid.axes.center + grid.coordinates(cells) @ grid.axes.vectors.T

    assert (grid.assign_cells(points) == cells).all()
