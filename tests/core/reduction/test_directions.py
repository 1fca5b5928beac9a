"""Directions, exact and released: scikit-learn's, an orthonormal basis whoever the people are, and at most epsilon."""

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.metrics import adjusted_rand_score

from core.clustering.kmeans import nonprivate_clustering
from core.clustering.synopsis.release import release_synopsis
from core.data.generate import Recipe, generate
from core.limits import EPSILON_MAX, EPSILON_MIN
from core.privacy.accounting import BudgetCheck, check_budget
from core.privacy.noise import secure_rng
from core.reduction.directions import nonprivate_projection, release_projection
from core.reduction.projection import ReductionMethod

nonprivate_pca, nonprivate_svd = (partial(nonprivate_projection, method=method) for method in ReductionMethod)
release_pca, release_svd = (partial(release_projection, method=method) for method in ReductionMethod)
RELEASES = [release_pca, release_svd]
PLAIN = [nonprivate_pca, nonprivate_svd]


def ellipsoid(n_people, rng, spreads=(0.25, 0.15, 0.05, 0.02, 0.01)):
    axes = np.linalg.qr(rng.standard_normal((len(spreads), len(spreads))))[0]
    return 0.1 + np.clip(rng.standard_normal((n_people, len(spreads))), -2.5, 2.5) * spreads @ axes


def alignment(first, second):
    """Return the least cosine between the spaces that two projections look at: 1 when equal."""
    return np.linalg.svd(first.directions @ second.directions.T)[1].min()


def test_a_line_is_seen_as_it_is():
    line = np.linspace(-1, 1, 5)[:, np.newaxis] * np.array([0.6, 0.0, 0.8])

    seen = nonprivate_pca(line, n_dimensions=2)

    assert seen.directions[0] == pytest.approx([0.6, 0.0, 0.8])
    assert seen.explained_variance == pytest.approx([0.5, 0.0])
    assert seen.explained_share == pytest.approx([1.0, 0.0])
    assert seen.reduce(line)[:, 0] == pytest.approx([-1, -0.5, 0, 0.5, 1])
    assert seen.lift(seen.reduce(line)) == pytest.approx(line)
    assert (seen.is_insider, seen.is_private, seen.epsilon, seen.charges) == (True, False, 0.0, ())


def test_plain_forms_are_those_of_scikit_learn(rng):
    points = ellipsoid(300, rng)
    pca, svd = PCA(3).fit(points), TruncatedSVD(3, algorithm="arpack").fit(points)

    ours, other = nonprivate_pca(points, n_dimensions=3), nonprivate_svd(points, n_dimensions=3)

    assert np.abs(ours.directions @ pca.components_.T) == pytest.approx(np.eye(3), abs=1e-6)
    assert ours.explained_share == pytest.approx(pca.explained_variance_ratio_)
    assert np.abs(other.directions @ svd.components_.T) == pytest.approx(np.eye(3), abs=1e-4)
    assert other.explained_variance == pytest.approx(svd.singular_values_**2 / 300)


@pytest.mark.parametrize(("release", "plain"), list(zip(RELEASES, PLAIN, strict=True)))
def test_without_noise_the_private_form_is_the_plain_one(rng, release, plain):
    points = ellipsoid(20_000, rng)

    private, exact = release(points, n_dimensions=2, epsilon=100.0, rng=rng), plain(points, n_dimensions=2)

    assert alignment(private, exact) > 0.999
    # The farthest tenth is drawn in to the radius, which takes some of the spread away.
    assert private.explained_share == pytest.approx(exact.explained_share, abs=0.05)
    assert np.abs(private.reduce(points)).max(axis=1).mean() < 1


@pytest.mark.parametrize("release", RELEASES)
def test_enough_people_are_seen_well_and_too_few_are_called_noise(rng, release):
    many, few = generate(Recipe(n_people=5_000)).points(), generate(Recipe(n_people=100)).points()

    seen = release(many, n_dimensions=2, epsilon=1.0, rng=rng)

    assert alignment(seen, nonprivate_pca(many, n_dimensions=2)) > 0.9 or release is release_svd
    assert not seen.is_mostly_noise
    assert release(few, n_dimensions=2, epsilon=0.2, rng=rng).is_mostly_noise


def test_groups_found_in_the_reduced_space_stand_in_the_original_one(rng):
    middles = np.array([[-0.6] * 6, [0.6] * 6, [0.6, -0.6] * 3])
    points = (middles[rng.integers(3, size=6_000)] + 0.05 * rng.standard_normal((6_000, 6))).astype(np.float32)
    seen = release_pca(points, n_dimensions=2, epsilon=1.0, rng=rng)
    reduced = seen.reduce(points)

    found = release_synopsis(reduced, epsilon=1.0, n_clusters_served=3, rng=rng).cluster(3)
    lifted = seen.lift_clustering(found)

    assert reduced.dtype == np.float32
    assert lifted.centers.shape == (3, 6)
    plain = nonprivate_clustering(points, n_clusters=3)
    assert adjusted_rand_score(plain.assign(points), lifted.assign(points)) > 0.99
    assert lifted.weights.tolist() == found.weights.tolist()


@settings(max_examples=60)
@given(
    release=st.sampled_from(RELEASES),
    epsilon=st.floats(EPSILON_MIN, EPSILON_MAX),
    n_people=st.sampled_from([0, 1, 2, 3, 50]),
    n_features=st.integers(1, 9),
    shape=st.sampled_from(["anything", "constant", "nobody differs", "outside"]),
    data=st.data(),
)
def test_any_people_give_an_orthonormal_basis_for_at_most_epsilon(
    *, release, epsilon, n_people, n_features, shape, data
):
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    n_dimensions = data.draw(st.integers(1, min(5, n_features)))
    points = rng.uniform(-1, 1, (n_people, n_features))
    if shape == "constant":
        points[:, ::2] = 0.5
    elif shape == "nobody differs":
        points[:] = -1.0
    elif shape == "outside":
        points *= 1e6

    seen = release(points, n_dimensions=n_dimensions, epsilon=epsilon, rng=rng)

    assert check_budget(epsilon, seen.charges) is BudgetCheck.AGREES
    check_basis(seen, n_dimensions, points)


@settings(max_examples=40)
@given(
    plain=st.sampled_from(PLAIN),
    n_people=st.sampled_from([0, 1, 2, 3, 50]),
    n_features=st.integers(1, 9),
    constant=st.booleans(),
    data=st.data(),
)
def test_any_people_give_the_curator_an_orthonormal_basis(plain, n_people, n_features, constant, data):
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    n_dimensions = data.draw(st.integers(1, min(5, n_features)))
    points = rng.uniform(-1, 1, (n_people, n_features))
    if constant:
        points[:] = data.draw(st.sampled_from([0.0, 0.5, -1.0]))

    seen = plain(points, n_dimensions=n_dimensions)

    check_basis(seen, n_dimensions, points)


def check_basis(seen, n_dimensions, points):
    assert seen.directions @ seen.directions.T == pytest.approx(np.eye(n_dimensions), abs=1e-9)
    assert (seen.explained_variance >= 0).all()
    assert 0 <= seen.explained_share.sum() <= 1 + 1e-9
    assert seen.scale > 0
    assert np.abs(seen.reduce(points)).max(initial=0) <= 1
    lifted = seen.lift(np.ones((1, n_dimensions)))
    assert lifted.shape == (1, points.shape[1])
    assert np.abs(lifted).max() <= 1


@pytest.mark.parametrize("release", RELEASES)
def test_the_same_rng_gives_the_same_projection_and_only_a_secure_one_is_private(rng, release):
    points = ellipsoid(200, rng)
    first, second = (release(points, n_dimensions=2, epsilon=1.0, rng=np.random.default_rng(5)) for _ in range(2))

    np.testing.assert_array_equal(first.directions, second.directions)
    assert first.scale == second.scale
    assert not first.is_private
    assert release(points, n_dimensions=2, epsilon=1.0, rng=secure_rng()).is_private


@pytest.mark.parametrize("n_dimensions", [0, 4, 6])
def test_more_dimensions_than_columns_are_refused(rng, n_dimensions):
    points = ellipsoid(20, rng, spreads=(0.2, 0.1, 0.1))

    for reduction in (*PLAIN, *(lambda p, r=r, **k: r(p, epsilon=1.0, rng=rng, **k) for r in RELEASES)):
        with pytest.raises(ValueError, match="n_dimensions must be between 1 and 3"):
            reduction(points, n_dimensions=n_dimensions)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, math.nan, math.inf])
def test_an_impossible_epsilon_is_named(rng, epsilon):
    with pytest.raises(ValueError, match="epsilon must be positive and finite"):
        release_pca(np.zeros((5, 2)), n_dimensions=1, epsilon=epsilon, rng=rng)
