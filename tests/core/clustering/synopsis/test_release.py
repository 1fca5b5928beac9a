"""Releasing a synopsis: at most epsilon whoever the people are, nobody twice, the plain clusters for enough of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from core.clustering.synopsis.release import release_synopsis
from core.limits import EPSILON_MAX, EPSILON_MIN
from core.privacy.noise import secure_rng

epsilons = st.floats(EPSILON_MIN, EPSILON_MAX)


def blobs(n_people, n_features, n_clusters, rng, spread=0.05):
    middles = rng.uniform(-0.8, 0.8, (n_clusters, n_features))
    groups = rng.integers(n_clusters, size=n_people)
    return np.clip(middles[groups] + spread * rng.standard_normal((n_people, n_features)), -1, 1), groups


@settings(max_examples=60)
@given(
    epsilon=epsilons,
    n_people=st.sampled_from([0, 1, 2, 10, 300, 3000]),
    n_features=st.sampled_from([1, 2, 3, 4, 7, 9, 13, 30]),
    n_clusters_served=st.integers(1, 12),
    shape=st.sampled_from(["blobs", "one point", "constant columns", "corners", "outside"]),
    seed=st.integers(0, 2**32 - 1),
)
def test_any_people_give_k_distinct_centres_in_the_box_for_at_most_epsilon(
    *, epsilon, n_people, n_features, n_clusters_served, shape, seed
):
    rng = np.random.default_rng(seed)
    points, _ = blobs(n_people, n_features, 3, rng)
    if shape == "one point":
        points[:] = 0.3
    elif shape == "constant columns":
        points[:, ::2] = -1.0
    elif shape == "corners":
        points = np.sign(points)
    elif shape == "outside":
        points = points * 1e6

    synopsis = release_synopsis(points, epsilon=epsilon, n_clusters_served=n_clusters_served, rng=rng)

    assert sum(charge.epsilon for charge in synopsis.charges) <= epsilon
    assert sum(charge.epsilon for charge in synopsis.charges) == synopsis.budget.total
    assert synopsis.budget.total == pytest.approx(epsilon, rel=1e-5)
    assert 0 <= synopsis.noise_share <= 1
    for n_clusters in {1, 2, n_clusters_served, 12}:
        clustering = synopsis.cluster(n_clusters)
        assert clustering.centers.shape == (n_clusters, n_features)
        assert np.isfinite(clustering.centers).all()
        assert np.abs(clustering.centers).max() <= 1
        assert len(np.unique(clustering.centers, axis=0)) == n_clusters
        assert (clustering.weights >= 0).all()


@pytest.mark.parametrize(("n_features", "n_people"), [(1, 5000), (2, 5000), (5, 20_000), (10, 20_000), (30, 30_000)])
def test_with_enough_people_the_plain_clusters_are_found(rng, n_features, n_people):
    points, _ = blobs(n_people, n_features, 4, rng)
    plain = KMeans(4, n_init=10, random_state=0).fit(points)

    clustering = release_synopsis(points, epsilon=2.0, n_clusters_served=4, rng=rng).cluster(4)

    inertia = ((points - clustering.centers[clustering.assign(points)]) ** 2).sum()
    assert inertia <= 1.1 * plain.inertia_
    # Few random groups of few features overlap; there the labels of near-equal solutions differ.
    assert n_features < 5 or adjusted_rand_score(plain.labels_, clustering.assign(points)) >= 0.9


def test_chunks_of_any_size_give_the_same_release_as_one_array():
    points, _ = blobs(40_000, 4, 3, np.random.default_rng(1))
    points = points.astype(np.float32)
    parts = [points[:1], points[1:30_000], points[30_000:30_000], points[30_000:]]

    whole = release_synopsis(points, epsilon=1.0, n_clusters_served=4, rng=np.random.default_rng(2))
    chunked = release_synopsis(parts, epsilon=1.0, n_clusters_served=4, n_features=4, rng=np.random.default_rng(2))

    assert whole.to_json() == chunked.to_json()


def test_the_order_of_people_changes_nothing(rng):
    points, _ = blobs(20_000, 5, 3, rng)

    first = release_synopsis(points, epsilon=1.0, n_clusters_served=4, rng=np.random.default_rng(2))
    second = release_synopsis(rng.permutation(points), epsilon=1.0, n_clusters_served=4, rng=np.random.default_rng(2))

    assert first.to_json() == second.to_json()


def test_only_unpredictable_noise_is_private(rng):
    assert release_synopsis(np.zeros((100, 2)), epsilon=1.0, rng=secure_rng()).is_private
    assert not release_synopsis(np.zeros((100, 2)), epsilon=1.0, rng=rng).is_private


def test_too_few_people_are_called_mostly_noise_and_many_are_not(rng):
    few, _ = blobs(30, 8, 4, rng)
    many, _ = blobs(20_000, 8, 4, rng)

    assert release_synopsis(few, epsilon=0.1, n_clusters_served=4, rng=rng).is_mostly_noise
    assert not release_synopsis(many, epsilon=1.0, n_clusters_served=4, rng=rng).is_mostly_noise


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"epsilon": 0.0}, "epsilon"), ({"epsilon": np.nan}, "epsilon"), ({"n_clusters_served": 0}, "n_clusters_served")],
)
def test_a_wrong_argument_is_named(rng, wrong, message):
    with pytest.raises(ValueError, match=message):
        release_synopsis(np.zeros((10, 2)), **{"epsilon": 1.0, "rng": rng, **wrong})


def test_a_source_that_can_be_read_once_is_refused(rng):
    with pytest.raises(TypeError, match="several passes"):
        release_synopsis(iter([np.zeros((10, 2))]), epsilon=1.0, n_features=2, rng=rng)
    with pytest.raises(ValueError, match="n_features"):
        release_synopsis([np.zeros((10, 2))], epsilon=1.0, rng=rng)
    with pytest.raises(ValueError, match="n_clusters"):
        release_synopsis(np.zeros((10, 2)), epsilon=1.0, rng=rng).cluster(0)


@given(
    epsilon=st.floats(0.05, 10.0),
    n_people=st.sampled_from([0, 300, 3000, 12_000]),
    n_features=st.sampled_from([1, 2, 3, 4, 6, 9, 12]),
    n_clusters_served=st.integers(1, 12),
    n_groups=st.integers(1, 6),
    spread=st.sampled_from([0.0, 0.02, 0.2]),
    seed=st.integers(0, 2**32 - 1),
)
def test_weights_add_up_to_about_the_noisy_people(
    *, epsilon, n_people, n_features, n_clusters_served, n_groups, spread, seed
):
    rng = np.random.default_rng(seed)
    points, _ = blobs(n_people, n_features, n_groups, rng, spread=spread)

    synopsis = release_synopsis(points, epsilon=epsilon, n_clusters_served=n_clusters_served, rng=rng)

    # The noise of all counts has a scale of some hundred people over ε. Weights are shrunk by their noise and thin
    # cells are left out, so that up to half of spread people may be missing; nothing makes more of them.
    total, noise = synopsis.micro_clusters.weights.sum(), 3000 / epsilon
    assert 0.5 * synopsis.noisy_people - noise <= total <= 1.15 * synopsis.noisy_people + noise


@pytest.mark.parametrize(("n_features", "n_people"), [(1, 3000), (2, 1000), (3, 2000), (6, 4000)])
def test_few_tight_groups_keep_their_sizes(n_features, n_people):
    middles = np.array([-0.5, 0.5])[:, np.newaxis] * np.ones(n_features)
    points = np.repeat(middles, [n_people // 4, n_people - n_people // 4], axis=0)

    totals, shares = [], []
    for seed in range(10):
        synopsis = release_synopsis(points, epsilon=1.0, n_clusters_served=8, rng=np.random.default_rng(seed))
        weights = synopsis.cluster(2).weights
        totals.append(synopsis.micro_clusters.weights.sum() / n_people)
        shares.append(min(weights) / sum(weights))

    # Counted twice they would be 1.6 times as many.
    assert np.median(totals) == pytest.approx(1.0, abs=0.1)
    assert np.median(shares) == pytest.approx(0.25, abs=0.05)
