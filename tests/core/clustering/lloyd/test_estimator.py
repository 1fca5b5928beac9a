"""Private Lloyd as a whole: centres in the box, the plain ones for enough people, and scikit-learn's rules."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.utils.estimator_checks import estimator_checks_generator

from core import limits
from core.clustering.lloyd.estimator import DPLloyd, release_lloyd
from core.clustering.lloyd.release import GRID, STEPS
from tests.core.clustering.lloyd.people import draw_blobs, release

epsilons = st.floats(limits.EPSILON_MIN, limits.EPSILON_MAX)
n_features = st.integers(1, limits.COLUMNS_MAX)
n_clusters = st.integers(1, limits.CLUSTERS_MAX)

# Every check of scikit-learn passes at a large ε, so that the groups of its small tables outweigh the noise.
ESTIMATOR = DPLloyd(n_clusters=3, epsilon=1e4, bounds=(-10.0, 10.0), random_state=0)


# --- the release ---------------------------------------------------------------------------------------------------


@given(epsilons, n_features, n_clusters, st.integers(0, 50), st.integers(0, 2**32 - 1))
def test_there_are_always_k_finite_centers_inside_the_box(epsilon, d, k, n_people, seed):
    points = np.random.default_rng(seed).uniform(-1, 1, (n_people, d)).astype(np.float32)

    found = release(points, seed, n_clusters=k, epsilon=epsilon)

    assert found.centers.shape == (k, d)
    assert np.isfinite(found.centers).all()
    assert np.abs(found.centers).max() <= 1
    assert (found.cells.weights >= 0).all()
    assert found.noisy_people >= 0
    assert found.budget.total <= found.epsilon == epsilon


def test_released_values_lie_on_the_public_grid(rng):
    found = release(draw_blobs(rng, 500)[0])

    assert np.array_equal(found.centers * GRID, np.rint(found.centers * GRID))


def test_the_number_of_steps_does_not_follow_the_number_of_people(rng):
    points, _ = draw_blobs(rng)

    assert {release(points[:n]).n_iterations for n in (0, 1, 100, 10_000)} == {STEPS}


def test_the_same_generator_gives_the_same_release(rng):
    points, _ = draw_blobs(rng, 1_000)

    first, second, other = release(points, 1), release(points, 1), release(points, 2)

    assert np.array_equal(first.centers, second.centers)
    assert np.array_equal(first.noisy_counts, second.noisy_counts)
    assert not np.array_equal(first.centers, other.centers)


def test_a_release_is_the_same_for_single_and_double_precision_on_the_grid(rng):
    points = rng.integers(-GRID, GRID + 1, (1_000, 3)) / GRID

    assert np.array_equal(release(points).centers, release(points.astype(np.float32)).centers)


def test_almost_without_noise_it_finds_what_scikit_learn_finds(rng):
    points, _ = draw_blobs(rng)
    exact = KMeans(4, n_init=10, random_state=0).fit(points).cluster_centers_

    # Lloyd's steps may end in a local optimum: the best of some starts is compared.
    centers = [release(points, seed, epsilon=1e6).centers for seed in range(8)]

    gaps = [np.linalg.norm(found[:, np.newaxis] - exact, axis=2).min(axis=0).max() for found in centers]
    assert min(gaps) < 0.01


def test_ten_thousand_people_in_clear_groups_are_found_at_epsilon_one(rng):
    points, groups = draw_blobs(rng)

    found = [adjusted_rand_score(release(points, seed).cluster(4).assign(points), groups) for seed in range(9)]

    assert np.median(found) > 0.9


def test_noisy_people_are_close_to_the_number_of_people(rng):
    points, _ = draw_blobs(rng)

    estimates = [release(points, seed).noisy_people for seed in range(20)]

    # Five totals of four counts, each with sd √2 / 0.02: about 70 together.
    assert np.abs(np.array(estimates) - 10_000).max() < 700


def test_no_clusters_are_refused(rng):
    with pytest.raises(ValueError, match="n_clusters must be at least 1"):
        release_lloyd(np.zeros((5, 2)), n_clusters=0, epsilon=1.0, rng=rng, is_private=False)


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
    points, _ = draw_blobs(rng, d=3)
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
