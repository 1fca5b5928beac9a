"""One step of private Lloyd: exact statistics by hand, and noise of the right distribution on all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core import limits
from core.clustering.exact_assignment import assign_nearest
from core.clustering.lloyd import step
from core.clustering.lloyd.centers import draw_starts, move_centers
from core.clustering.lloyd.estimator import release_lloyd
from core.clustering.lloyd.release import GRID, STEPS, LloydBudget
from core.clustering.lloyd.step import ExactStep, to_grid
from core.privacy.measurements import NoiseOracle
from tests.core.clustering.lloyd.people import draw_blobs, release

n_features = st.integers(1, limits.COLUMNS_MAX)
ALPHA = 1e-6


# --- the exact statistics ------------------------------------------------------------------------------------------


def test_statistics_are_counted_in_grid_units():
    grid = to_grid(np.array([[0.5, -1.0], [0.25, 3.0], [1.0, 0.0]]))

    exact = ExactStep.from_labels(
        grid, np.array([1, 1, 0]), np.zeros((3, 2)), budget=LloydBudget.split(1.0, n_features=2)
    )

    assert exact.counts.tolist() == [1, 2, 0]
    assert exact.sums.tolist() == [[GRID, 0], [3 * GRID // 4, 0], [0, 0]]


@given(n_features, st.integers(0, 20), st.integers(0, 2**32 - 1))
def test_one_person_more_changes_counts_by_one_and_sums_by_at_most_the_sensitivity(d, n_people, seed):
    rng = np.random.default_rng(seed)
    # Far outside the box: clipping is what bounds a person.
    grid = to_grid(rng.uniform(-3, 3, (n_people + 1, d)))
    centers = draw_starts(3, d, rng=rng)

    budget = LloydBudget.split(1.0, n_features=d)
    more, fewer = (
        ExactStep.from_labels(rows, assign_nearest(rows, np.rint(centers * GRID), unit=1), centers, budget=budget)
        for rows in (grid, grid[:-1])
    )

    assert np.abs(more.counts - fewer.counts).sum() == 1
    assert np.abs(more.sums - fewer.sums).sum() <= d * GRID


def test_chunks_change_nothing(rng, monkeypatch):
    points, _ = draw_blobs(rng, 1_000)
    whole = release(points)
    monkeypatch.setattr(step, "CHUNK_ROWS", 7)

    assert np.array_equal(release(points).centers, whole.centers)


def test_points_are_clipped_and_rounded_to_grid_units():
    assert to_grid(np.array([[0.5, -3.0, 0.4 / GRID, 0.6 / GRID]])).tolist() == [[GRID // 2, -GRID, 0, 1]]


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_points_that_are_not_finite_are_refused(wrong):
    with pytest.raises(ValueError, match="points must be finite"):
        to_grid(np.array([[0.0, wrong]]))


# --- the noise -----------------------------------------------------------------------------------------------------


def _discrete_ks(draws, law):
    """Return the p-value of integer draws: both distribution functions are compared on the integers only."""
    values, counts = np.unique(draws, return_counts=True)
    empirical = np.cumsum(counts) / len(draws)
    before = np.concatenate([[0.0], empirical[:-1]])
    distance = max(np.abs(empirical - law.cdf(values)).max(), np.abs(before - law.cdf(values - 1)).max())
    return stats.kstwobign.sf(distance * np.sqrt(len(draws)))


@pytest.mark.parametrize("d", [1, 8])
def test_counts_and_sums_of_empty_clusters_get_two_sided_geometric_noise_of_the_right_scale(d, rng):
    budget = LloydBudget.split(1.0, n_features=d)
    nobody = ExactStep.from_labels(
        np.empty((0, d), dtype=np.int16), np.empty(0, dtype=int), np.zeros((30_000, d)), budget=budget
    )

    noisy_counts, noisy_sums = nobody.add_noise(rng)

    for draws, epsilon in ((noisy_counts, budget.counts), (noisy_sums.ravel(), budget.sums / (d * GRID))):
        assert _discrete_ks(draws, stats.dlaplace(epsilon)) > ALPHA
        assert _discrete_ks(draws, stats.dlaplace(epsilon * 1.2)) < ALPHA
        assert _discrete_ks(draws, stats.dlaplace(epsilon / 1.2)) < ALPHA


def test_every_cluster_draws_noise_on_every_step_wherever_people_are():
    shapes = []

    def respond(measurement):
        shapes.append(measurement.values.shape)
        return measurement.draw(np.random.default_rng(0))

    for points in (np.empty((0, 3)), np.ones((5, 3)), np.random.default_rng(0).uniform(-1, 1, (500, 3))):
        shapes.clear()
        release_lloyd(points, n_clusters=4, epsilon=1.0, rng=NoiseOracle(respond), is_private=False)
        assert shapes == [(4,), (4, 3)] * STEPS


def test_several_draws_are_independent_and_one_is_what_a_release_pays_for(rng):
    exact = ExactStep.from_labels(
        to_grid(draw_blobs(rng, 100, d=2)[0]), np.arange(100) % 3, np.zeros((3, 2)),
        budget=LloydBudget.split(1.0, n_features=2),
    )  # fmt: skip

    moves, counts = exact.draw_move(np.random.default_rng(1), times=(7,))
    move, count = exact.draw_move(np.random.default_rng(1))

    assert (moves.shape, counts.shape, move.shape, count.shape) == ((7, 3, 2), (7, 3), (3, 2), (3,))
    assert len(np.unique(counts, axis=0)) > 1
    # The move is that of the noisy statistics, not of the exact ones.
    noisy_counts, noisy_sums = exact.add_noise(np.random.default_rng(1))
    assert np.array_equal(count, noisy_counts)
    assert np.array_equal(move, move_centers(exact.before, noisy_counts, noisy_sums, budget=exact.budget))
