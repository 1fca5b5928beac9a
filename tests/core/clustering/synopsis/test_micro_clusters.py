"""Micro-clusters: grouped heavy cells by hand, and steps that move to the people's means when noise is small."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis.chunked import ChunkedPoints
from core.clustering.synopsis.grid import allocate_levels, box_axes
from core.clustering.synopsis.histogram import HeavyCells
from core.clustering.synopsis.micro_clusters import MicroClusters, group_heavy_cells, release_step
from core.clustering.synopsis.moments import NoisyCount
from core.privacy.mechanisms import Mechanisms

LINE = allocate_levels(box_axes(1), 4)


def _heavy(*cells):
    cells = np.array(cells)
    return HeavyCells(
        coordinates=cells[:, :1],
        weights=cells[:, 1],
        n_merged=np.ones(len(cells)),
        distortions=np.full(len(cells), 0.01),
    )


def _grouped(heavy, *, n_micro_clusters, by_cell=True):
    return group_heavy_cells(
        heavy, LINE, n_micro_clusters=n_micro_clusters, n_clusters_served=2, clip=1.2, by_cell=by_cell, epsilon=0.5
    )


def test_few_heavy_cells_become_a_micro_cluster_each():
    micro = _grouped(_heavy((-0.75, 30.0), (0.25, 50.0)), n_micro_clusters=5)

    assert micro.centers.ravel().tolist() == [-0.75, 0.25]
    assert micro.weights.tolist() == [30.0, 50.0]
    # One cell each: precision ε²/2; the radius is 1.2 root mean squares of its own width.
    assert micro.precisions == pytest.approx([0.125, 0.125])
    assert micro.radii == pytest.approx([0.12, 0.12])


def test_many_heavy_cells_are_grouped_by_weighted_means():
    micro = _grouped(_heavy((-0.75, 30.0), (-0.25, 10.0), (0.75, 20.0)), n_micro_clusters=2)

    order = np.argsort(micro.centers.ravel())
    # (-0.75·30 - 0.25·10)/40 = -0.625; mean squares around it: (30·0.125² + 10·0.375²)/40 = 0.046875.
    assert micro.centers.ravel()[order] == pytest.approx([-0.625, 0.75])
    assert micro.weights[order].tolist() == [40.0, 20.0]
    assert micro.radii[order] == pytest.approx([1.2 * np.sqrt(0.046875 + 0.01), 0.12])
    assert micro.precisions[order] == pytest.approx([0.0625, 0.125])


def test_cells_are_looked_up_or_people_go_to_the_nearest():
    heavy = _heavy((-0.75, 30.0), (0.25, 50.0))
    rows = np.array([[-0.9], [-0.26], [-0.24], [0.9]])
    cells = LINE.assign_cells(rows)

    # The second cell, from -0.5 to 0, has its middle at -0.25, as near to both: to the first. A person may be nearer.
    assert _grouped(heavy, n_micro_clusters=2).assign(rows, cells).tolist() == [0, 0, 0, 1]
    assert _grouped(heavy, n_micro_clusters=2, by_cell=False).assign(rows, cells).tolist() == [0, 0, 1, 1]


def test_a_weight_of_two_deviations_counts_half():
    micro = MicroClusters.from_mean(np.zeros(2), NoisyCount(people=20.0, variance=100.0))

    assert micro.reliable_weights == pytest.approx([10.0])


def _step(points, micro, *, narrows=False, rng, epsilon=1e5):
    cells = [LINE.assign_cells(rows) for rows in ChunkedPoints(points, 1)]
    return release_step(
        micro, ChunkedPoints(points, 1), cells,
        epsilon=epsilon, narrows=narrows, mechanisms=Mechanisms(rng), name="last step",
    )  # fmt: skip


def test_without_noise_a_step_moves_to_the_means_of_the_people(rng):
    micro = _grouped(_heavy((-0.75, 30.0), (0.25, 50.0)), n_micro_clusters=2)
    points = np.repeat([[-0.7], [-0.72], [0.3]], 1_000, axis=0)

    moved = _step(points, micro, rng=rng)

    assert moved.centers.ravel() == pytest.approx([-0.71, 0.3], abs=1e-4)
    # The new count, far more precise than the histogram's, decides.
    assert moved.weights == pytest.approx([2_000.0, 1_000.0], abs=1.0)
    assert moved.radii.tolist() == micro.radii.tolist()


def test_a_first_step_narrows_the_radius_to_the_spread(rng):
    micro = _grouped(_heavy((-0.75, 30.0), (0.25, 50.0)), n_micro_clusters=2)
    # Everybody of the first group on one side, half a radius out: no spread left but the smallest, of the square 0.02
    # and 1 - 0.9 of half a radius squared.
    points = np.repeat([[-0.75 + 0.06], [0.25 + 0.06], [0.25 - 0.06]], 1_000, axis=0)

    moved = _step(points, micro, narrows=True, rng=rng)

    assert moved.radii[0] == pytest.approx(0.12 * 1.2 * np.sqrt(0.1 * 0.25), abs=1e-3)
    assert moved.radii[1] == pytest.approx(0.12 * 1.2 * np.sqrt(0.25), abs=1e-3)


@given(st.floats(1e-3, 10.0), st.integers(0, 2**32 - 1), st.booleans())
def test_any_noise_leaves_centres_in_the_box_and_counts_more_precise(epsilon, seed, narrows):
    rng = np.random.default_rng(seed)
    micro = _grouped(_heavy((-0.75, 30.0), (0.25, 50.0)), n_micro_clusters=2)

    moved = _step(rng.uniform(-1, 1, (20, 1)), micro, narrows=narrows, rng=rng, epsilon=epsilon)

    assert np.abs(moved.centers).max() <= 1
    # Nobody moves further than the radius within which people count.
    assert (np.abs(moved.centers - micro.centers).ravel() <= micro.radii + 1e-12).all()
    assert (moved.precisions > micro.precisions).all()
    assert (moved.weights > 0).all()
    assert (moved.radii <= micro.radii).all()
    assert (moved.reliable_weights <= moved.weights).all()
