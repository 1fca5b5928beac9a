"""Centres of private Lloyd: starts, moves and splits by hand, always on the grid inside the box."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clustering.lloyd.centers import SPLIT_WIDTH, TRUSTED_NOISE, draw_starts, move_centers, respread_empty
from core.clustering.lloyd.release import GRID, LloydBudget

PLENTY = LloydBudget.split(1e6, n_features=2)


def is_on_grid(centers):
    return bool((centers * GRID % 1 == 0).all() and np.abs(centers).max() <= 1)


def test_starts_keep_apart_from_each_other_and_from_the_walls(rng):
    starts = draw_starts(4, 2, rng=rng)

    gaps = np.linalg.norm(starts[:, np.newaxis] - starts, axis=2)[np.triu_indices(4, 1)]
    # Four discs of radius 0.5 would fill the square; tries come near that.
    assert gaps.min() > 0.5
    assert np.abs(starts).max() < 0.75


@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 12))
def test_any_number_of_starts_is_found_on_the_grid(seed, k, d):
    starts = draw_starts(k, d, rng=np.random.default_rng(seed))

    assert starts.shape == (k, d)
    assert is_on_grid(starts)


def test_without_noise_centres_move_all_the_way_to_the_means():
    # Ten people whose coordinates add up to 5 and -10 of the box: mean (0.5, -1).
    moved = move_centers(np.zeros((1, 2)), np.array([10]), np.array([[5 * GRID, -10 * GRID]]), budget=PLENTY)

    assert moved.tolist() == [[0.5, -1.0]]


def test_noise_as_large_as_is_trusted_moves_half_of_the_way():
    budget = LloydBudget.split(1.0, n_features=1)
    people = round(budget.sum_noise / TRUSTED_NOISE)

    moved = move_centers(np.zeros((1, 1)), np.array([people]), np.array([[people * GRID // 2]]), budget=budget)

    assert moved[0, 0] == pytest.approx(0.25, abs=5e-3)


def test_a_centre_of_nobody_splits_the_fullest():
    centers = np.array([[0.0, 0.0], [0.9, 0.9]])

    spread = respread_empty(centers, np.array([100, 0]), budget=PLENTY, rng=np.random.default_rng(0))

    # The two halves lie around the fullest, SPLIT_WIDTH apart along each coordinate (root mean square).
    assert spread.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1 / GRID)
    assert np.linalg.norm(spread[0] - spread[1]) == pytest.approx(SPLIT_WIDTH * np.sqrt(2), abs=2 / GRID)


def test_centres_that_hold_their_share_stay():
    centers = np.array([[0.25, 0.0], [0.5, 0.5], [-0.5, 0.5]])

    stay = respread_empty(centers, np.array([100, 60, 30]), budget=PLENTY, rng=np.random.default_rng(0))

    assert stay.tolist() == centers.tolist()


@given(st.integers(0, 2**32 - 1), st.integers(1, 9), st.integers(1, 5), st.floats(0.01, 10.0))
def test_whatever_the_noise_centres_stay_on_the_grid_in_the_box(seed, k, d, epsilon):
    rng = np.random.default_rng(seed)
    budget = LloydBudget.split(epsilon, n_features=d)
    centers = draw_starts(k, d, rng=rng)
    counts, sums = rng.integers(-100, 1_000, k), rng.integers(-1_000 * GRID, 1_000 * GRID, (k, d))

    moved = move_centers(centers, counts, sums, budget=budget)

    assert is_on_grid(moved)
    assert is_on_grid(respread_empty(moved, counts, budget=budget, rng=rng))
