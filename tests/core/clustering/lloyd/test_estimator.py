import pickle
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.utils.estimator_checks import estimator_checks_generator

from core import limits
from core.clustering.lloyd import step
from core.clustering.lloyd.estimator import DPLloyd, release_lloyd
from core.clustering.lloyd.release import GRID, STEPS, LloydBudget
from core.clustering.lloyd.step import ExactStep, to_grid

epsilons = st.floats(limits.EPSILON_MIN, limits.EPSILON_MAX)
n_features = st.integers(1, limits.COLUMNS_MAX)
n_clusters = st.integers(1, limits.CLUSTERS_MAX)
ALPHA = 1e-6

# Every check of scikit-learn passes at a large ε, so that the groups of its small tables outweigh the noise.
ESTIMATOR = DPLloyd(n_clusters=3, epsilon=1e4, bounds=(-10.0, 10.0), random_state=0)


def _blobs(rng, n_people=10_000, d=12, k=4):
    centers = np.sign(rng.normal(size=(k, d))) * 0.5
    groups = rng.integers(0, k, n_people)
    points = centers[groups] + rng.normal(0, 0.1, (n_people, d))
    return np.clip(points, -1, 1).astype(np.float32), groups


def _released(points, seed=0, **options):
    chosen = {"n_clusters": 4, "epsilon": 1.0, **options}
    return release_lloyd(points, rng=np.random.default_rng(seed), is_private=False, **chosen)


# --- the budget ----------------------------------------------------------------------------------------------------


def test_the_shares_in_two_dimensions_are_those_of_su():
    # Su et al. (2016): ε₀ : εᵢ = ∛(4dρ²) with ρ = 0.225, so ∛0.405 = 0.739864 at d = 2, and d·εᵢ + ε₀ = ε/5.
    budget = LloydBudget.split(1.0, n_features=2, n_steps=5)

    assert budget.counts == pytest.approx(0.2 * 0.739864 / 2.739864, rel=1e-5)
    assert budget.sums == pytest.approx(0.2 * 2 / 2.739864, rel=1e-5)


@given(epsilons, n_features, st.integers(1, 20))
def test_a_split_spends_all_of_epsilon_and_never_more(epsilon, d, n_steps):
    budget = LloydBudget.split(epsilon, n_features=d, n_steps=n_steps)

    exactly = n_steps * (Fraction(budget.counts) + d * GRID * Fraction(budget.sums_per_unit))
    assert exactly <= Fraction(epsilon)
    assert budget.total <= epsilon
    assert budget.total == pytest.approx(epsilon, rel=1e-12)


@given(st.integers(1, 2_000), st.floats(1e-6, 1e6))
def test_no_number_of_features_overspends(d, epsilon):
    assert LloydBudget.split(epsilon, n_features=d).total <= epsilon


@pytest.mark.parametrize("epsilon", [0.0, -1.0, np.inf, np.nan])
def test_a_budget_must_be_positive_and_finite(epsilon):
    with pytest.raises(ValueError, match="epsilon must be positive and finite"):
        LloydBudget.split(epsilon, n_features=2)


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
    engine = DPLloyd(3)
    centers = engine._init_centers(d, rng)

    budget = LloydBudget.split(1.0, n_features=d)
    more, fewer = (
        ExactStep.from_labels(rows, engine._labels(rows, centers), centers, budget=budget) for rows in (grid, grid[:-1])
    )

    assert np.abs(more.counts - fewer.counts).sum() == 1
    assert np.abs(more.sums - fewer.sums).sum() <= d * GRID


def test_a_label_does_not_depend_on_who_else_is_there(rng):
    grid = to_grid(rng.integers(-2, 3, (5_000, 60)) / 2)
    engine = DPLloyd(12)
    centers = engine._init_centers(60, rng)

    together = engine._labels(grid, centers)

    alone = [engine._labels(grid[row : row + 1], centers)[0] for row in range(0, 5_000, 50)]
    assert together[::50].tolist() == alone


def test_chunks_change_nothing(rng, monkeypatch):
    points, _ = _blobs(rng, 1_000)
    whole = _released(points)
    monkeypatch.setattr(step, "CHUNK_ROWS", 7)

    assert np.array_equal(_released(points).centers, whole.centers)


def test_points_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="points must be finite"):
        _released(np.array([[0.0, np.nan]]))


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


def test_every_cluster_draws_noise_on_every_step_wherever_people_are(monkeypatch):
    shapes = []
    original = step.two_sided_geometric

    def recorded(shape, **options):
        shapes.append(shape)
        return original(shape, **options)

    monkeypatch.setattr(step, "two_sided_geometric", recorded)
    for points in (np.empty((0, 3)), np.ones((5, 3)), np.random.default_rng(0).uniform(-1, 1, (500, 3))):
        shapes.clear()
        _released(points)
        assert shapes == [(4,), (4, 3)] * STEPS


# --- the release ---------------------------------------------------------------------------------------------------


@given(epsilons, n_features, n_clusters, st.integers(0, 50), st.integers(0, 2**32 - 1))
def test_there_are_always_k_finite_centers_inside_the_box(epsilon, d, k, n_people, seed):
    points = np.random.default_rng(seed).uniform(-1, 1, (n_people, d)).astype(np.float32)

    release = _released(points, seed, n_clusters=k, epsilon=epsilon)

    assert release.centers.shape == (k, d)
    assert np.isfinite(release.centers).all()
    assert np.abs(release.centers).max() <= 1
    assert (release.cells.weights >= 0).all()
    assert release.noisy_people >= 0
    assert release.budget.total <= release.epsilon == epsilon


def test_released_values_lie_on_the_public_grid(rng):
    release = _released(_blobs(rng, 500)[0])

    assert np.array_equal(release.centers * GRID, np.rint(release.centers * GRID))


def test_the_number_of_steps_does_not_follow_the_number_of_people(rng):
    points, _ = _blobs(rng)

    assert {_released(points[:n]).n_iterations for n in (0, 1, 100, 10_000)} == {STEPS}


def test_the_same_generator_gives_the_same_release(rng):
    points, _ = _blobs(rng, 1_000)

    first, second, other = _released(points, 1), _released(points, 1), _released(points, 2)

    assert np.array_equal(first.centers, second.centers)
    assert np.array_equal(first.noisy_counts, second.noisy_counts)
    assert not np.array_equal(first.centers, other.centers)


def test_a_release_is_the_same_for_single_and_double_precision_on_the_grid(rng):
    points = rng.integers(-GRID, GRID + 1, (1_000, 3)) / GRID

    assert np.array_equal(_released(points).centers, _released(points.astype(np.float32)).centers)


def test_almost_without_noise_it_finds_what_scikit_learn_finds(rng):
    points, _ = _blobs(rng)
    exact = KMeans(4, n_init=10, random_state=0).fit(points).cluster_centers_

    # Lloyd's steps may end in a local optimum: the best of some starts is compared.
    centers = [_released(points, seed, epsilon=1e6).centers for seed in range(8)]

    gaps = [np.linalg.norm(found[:, np.newaxis] - exact, axis=2).min(axis=0).max() for found in centers]
    assert min(gaps) < 0.01


def test_ten_thousand_people_in_clear_groups_are_found_at_epsilon_one(rng):
    points, groups = _blobs(rng)

    found = [adjusted_rand_score(_released(points, seed).cluster(4).assign(points), groups) for seed in range(9)]

    assert np.median(found) > 0.9


def test_noisy_people_are_close_to_the_number_of_people(rng):
    points, _ = _blobs(rng)

    estimates = [_released(points, seed).noisy_people for seed in range(20)]

    # Five totals of four counts, each with sd √2 / 0.02: about 70 together.
    assert np.abs(np.array(estimates) - 10_000).max() < 700


def test_another_k_is_another_release(rng):
    release = _released(_blobs(rng, 100)[0])

    assert not release.clusters_any_k
    with pytest.raises(ValueError, match="n_clusters must be 4, the number that was released, not 5"):
        release.cluster(5)


def test_a_release_survives_pickling(rng):
    release = _released(_blobs(rng, 100)[0])

    copy = pickle.loads(pickle.dumps(release))  # noqa: S301 - our own bytes

    assert np.array_equal(copy.centers, release.centers)
    assert copy.budget == release.budget


def test_starts_keep_apart_from_each_other_and_from_the_walls(rng):
    starts = DPLloyd(4)._init_centers(2, rng)

    gaps = np.linalg.norm(starts[:, np.newaxis] - starts, axis=2)[np.triu_indices(4, 1)]
    # Four discs of radius 0.5 would fill the square; tries come near that.
    assert gaps.min() > 0.5
    assert np.abs(starts).max() < 0.75


# --- the estimator -------------------------------------------------------------------------------------------------


# The list is what parametrize_with_checks makes; pytest 9 takes no generator.
@pytest.mark.parametrize(
    ("estimator", "check"),
    list(estimator_checks_generator(ESTIMATOR)),
    ids=lambda value: value.func.__name__ if hasattr(value, "func") else "DPLloyd",
)
def test_scikit_learn_accepts_the_estimator(estimator, check):
    check(estimator)


def test_bounds_must_be_given():
    with pytest.raises(ValueError, match="bounds must be given as public"):
        DPLloyd(2).fit(np.zeros((5, 2)))


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ((1.0, 0.0), "finite and increasing"),
        ((0.0, np.inf), "finite and increasing"),
        (([0.0, 0.0, 0.0], 1.0), "do not fit 2 features"),
        ((0.0, 1.0, 2.0), "not 3 values"),
    ],
)
def test_bounds_that_do_not_fit_are_refused(bounds, message):
    with pytest.raises(ValueError, match=message):
        DPLloyd(2, bounds=bounds).fit(np.zeros((5, 2)))


def test_far_bounds_are_recentred_and_cost_no_accuracy(rng):
    points, _ = _blobs(rng, d=3)
    near = DPLloyd(4, bounds=(-1, 1), random_state=0).fit(points.astype(float))
    far = DPLloyd(4, bounds=(100, 102), random_state=0).fit(points.astype(float) + 101)

    assert far.cluster_centers_ == pytest.approx(near.cluster_centers_ + 101, abs=1e-3)


def test_a_fixed_seed_is_not_private_and_none_is():
    points = np.zeros((10, 2))

    assert not DPLloyd(2, bounds=(-1, 1), random_state=0).fit(points).is_private_
    assert not DPLloyd(2, bounds=(-1, 1), random_state=np.random.RandomState(0)).fit(points).is_private_
    fits = [DPLloyd(2, bounds=(-1, 1)).fit(points) for _ in range(2)]
    assert all(fit.is_private_ and fit.release_.is_private for fit in fits)
    assert not np.array_equal(fits[0].cluster_centers_, fits[1].cluster_centers_)


def test_a_global_seed_does_not_make_the_noise_known():
    centers = []
    for _ in range(2):
        np.random.seed(0)  # noqa: NPY002 - an attempt to make the noise known
        centers.append(DPLloyd(2, bounds=(-1, 1)).fit(np.zeros((10, 2))).cluster_centers_)

    assert not np.array_equal(*centers)


def test_fewer_people_than_clusters_are_no_error():
    fitted = DPLloyd(8, bounds=(0, 1), random_state=0).fit([[0.5, 0.5]])

    assert fitted.cluster_centers_.shape == (8, 2)
    assert fitted.labels_.shape == (1,)


def test_names_of_features_are_kept():
    frame = pd.DataFrame({"식료품": [1.0, 2.0, 3.0], "교통": [0.0, 1.0, 2.0]})

    fitted = DPLloyd(2, bounds=([0, 0], [10, 5]), random_state=0).fit(frame)

    assert fitted.feature_names_in_.tolist() == ["식료품", "교통"]
    assert fitted.budget_.total <= fitted.epsilon
    assert (fitted.cluster_centers_ >= 0).all()
    assert (fitted.cluster_centers_ <= [10, 5]).all()
    assert fitted.predict(frame).tolist() == fitted.labels_.tolist()


def test_the_score_is_minus_the_inertia_in_the_box():
    fitted = DPLloyd(1, bounds=(-2, 2), epsilon=1e6, random_state=0).fit([[0.0], [2.0]])

    assert fitted.score([[0.0], [2.0]]) == pytest.approx(-0.5, abs=1e-3)
