"""Thresholds on a noisy histogram: by hand on eight cells, and no weight from nowhere whatever the noise."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.synopsis.grid import allocate_levels, box_axes
from core.clustering.synopsis.histogram import threshold_histogram, total_consistent_scale

LINE = allocate_levels(box_axes(1), 8)


def _heavy(counts, *, epsilon=1.0, merge_threshold=1.0, threshold_scale=1.0):
    return threshold_histogram(
        np.array(counts), LINE, epsilon=epsilon, merge_threshold=merge_threshold, threshold_scale=threshold_scale
    )


def test_one_full_cell_stands_out_and_noise_does_not():
    # ln 8 = 2.08: only 100 reaches it; the rest never reaches a merged threshold.
    heavy = _heavy([0, 1, -1, 100, 2, -2, 0, 1])

    assert heavy.weights.tolist() == [100.0]
    assert heavy.coordinates[0] == pytest.approx(LINE.codes(0)[3])
    assert heavy.n_merged.tolist() == [1.0]
    # A cell of width 1/4: 1/16/12.
    assert heavy.distortions == pytest.approx([1 / 192])


def test_what_no_cell_shows_alone_two_cells_show_together():
    # Two cells of 4 (below ln 8 / 0.5 = 4.16) are one of 8: L = ln 4, and 2·√(2·ln 4)/0.5 = 6.66 is reached.
    heavy = _heavy([4, 4, 0, 0, 0, 0, 0, 0], epsilon=0.5)

    assert heavy.weights.tolist() == [8.0]
    assert heavy.n_merged.tolist() == [2.0]
    assert heavy.coordinates[0] == pytest.approx(LINE.codes(0)[:2].mean())
    # Four cells of width 1/2: 1/4/12.
    assert heavy.distortions == pytest.approx([1 / 48])


def test_a_larger_merge_threshold_keeps_fewer_merged_cells():
    assert len(_heavy([4, 4, 0, 0, 0, 0, 0, 0], epsilon=0.5, merge_threshold=3.0)) == 0


def test_a_smaller_scale_keeps_more():
    counts = [0, 1, 0, 100, 2, 0, 0, 1]

    assert sorted(_heavy(counts, threshold_scale=0.9).weights) == [2.0, 100.0]


def test_the_scale_keeps_four_of_five_people_by_hand():
    # Sorted 50, 30, 10, 5, …: 80 of 100 people are reached at 30; in units of ln 8 / ε that is above 1, so 1.
    counts = np.array([5, 30, 0, 50, 10, 0, 3, 2])

    assert total_consistent_scale(counts, people=100.0, epsilon=1.0) == 1.0
    assert total_consistent_scale(counts, people=100.0, epsilon=0.02) == pytest.approx(30 * 0.02 / math.log(8))
    assert total_consistent_scale(counts, people=1e9, epsilon=1.0) == 0.1


@given(
    st.lists(st.integers(-50, 500), min_size=12, max_size=12),
    st.floats(0.05, 5.0),
    st.floats(0.5, 3.0),
    st.floats(0.1, 1.0),
)
def test_kept_cells_are_disjoint_and_hold_what_they_were_counted(counts, epsilon, merge_threshold, threshold_scale):
    grid = allocate_levels(box_axes(2), 12)

    heavy = threshold_histogram(
        np.array(counts), grid, epsilon=epsilon, merge_threshold=merge_threshold, threshold_scale=threshold_scale
    )

    assert grid.n_cells == 12
    assert (heavy.weights > 0).all()
    assert heavy.n_merged.sum() <= 12
    assert heavy.weights.sum() <= sum(max(count, 0) for count in counts)
    assert np.abs(heavy.coordinates).max(initial=0) <= 1
    assert len(heavy) == len(heavy.coordinates) == len(heavy.distortions)


def _keep(counts, n_cells_min, *, epsilon=1.0):
    return threshold_histogram(np.array(counts), LINE, epsilon=epsilon, merge_threshold=1.0, n_cells_min=n_cells_min)


def test_thresholds_are_lowered_until_enough_cells_are_kept():
    # 90 reaches ln 8 = 2.08 at once. 1 + 1 + 0, what is left of a half, has a threshold of 2·√(3·ln 2) = 2.88 and is
    # kept at 0.85³ of it, before 1 + 1 as a pair, 2·√(2·ln 4) = 3.33, at 0.85⁴. Single ones are kept at 0.85⁵ · 2.08.
    counts = [1, 1, 0, 90, -1, 0, 0, -2]

    assert _keep(counts, 1).weights.tolist() == [90.0]
    assert _keep(counts, 2).weights.tolist() == [90.0, 2.0]
    assert _keep(counts, 2).n_merged.tolist() == [1.0, 3.0]
    assert sorted(_keep(counts, 3).weights) == [1.0, 1.0, 90.0]


def test_cells_that_hold_nobody_fill_up_with_half_a_person():
    heavy = _keep([0, -1, -3, 50, -2, -3, -3, -3], 4, epsilon=2.0)

    assert heavy.weights.tolist() == [50.0, 0.25, 0.25, 0.25]
    assert heavy.coordinates[:, 0] == pytest.approx(LINE.codes(0)[[3, 0, 1, 4]])
    assert heavy.n_merged.tolist() == [1.0] * 4
    # A cell of width 1/4: 1/16/12.
    assert heavy.distortions == pytest.approx([1 / 192] * 4)


def test_no_more_cells_are_kept_than_the_grid_has():
    assert len(_keep([-1] * 8, 12)) == 8


@given(
    st.lists(st.integers(-50, 500), min_size=24, max_size=24),
    st.floats(0.05, 5.0),
    st.floats(0.5, 3.0),
    st.floats(0.1, 1.0),
    st.integers(0, 30),
)
def test_enough_cells_are_kept_and_no_count_twice(counts, epsilon, merge_threshold, threshold_scale, n_cells_min):
    grid = allocate_levels(box_axes(3), 24)
    positive = [count for count in counts if count > 0]

    heavy = threshold_histogram(
        np.array(counts),
        grid,
        epsilon=epsilon,
        merge_threshold=merge_threshold,
        threshold_scale=threshold_scale,
        n_cells_min=n_cells_min,
    )

    assert len(heavy) >= min(n_cells_min, 24)
    assert (heavy.weights > 0).all()
    n_light = max(n_cells_min - len(positive), 0)
    assert heavy.weights.sum() <= sum(positive) + n_light * 0.5 / epsilon + 1e-9
    if not n_light:
        assert heavy.n_merged.sum() <= grid.n_cells
