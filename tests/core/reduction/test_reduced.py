"""Clustering in few dimensions: one release whose parts add up, seen in the original box, exact nowhere."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clustering.engines import ENGINES, PROTOTYPE, SYNOPSIS
from core.clustering.kmeans import nonprivate_clustering
from core.data.generate import Recipe, generate
from core.limits import EPSILON_MAX, EPSILON_MIN
from core.metrics.agreement import nonprivate_agreement
from core.privacy.accounting import BudgetCheck, check_budget, total_by_name
from core.privacy.cap import BudgetExceededError
from core.privacy.ledger import Ledger
from core.privacy.noise import secure_rng
from core.recommendation.grouping import Grouping
from core.reduction.directions import nonprivate_projection
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import (
    PROJECTION_SHARE,
    ReducedRelease,
    ReductionBudget,
    dimensions_most,
    draw_release,
    nonprivate_reduced_clustering,
    synopsis_of,
)
from core.reduction.spec import Reduction, ReleaseSpec
from core.release.store import ReleaseStore

PLANE = Reduction(method=ReductionMethod.PCA, n_dimensions=2)
epsilons = st.floats(EPSILON_MIN, EPSILON_MAX)
reductions = st.builds(Reduction, method=st.sampled_from(ReductionMethod), n_dimensions=st.integers(1, 3))


def released(points, reduction=PLANE, *, engine=SYNOPSIS, epsilon=1.0, n_clusters=4, rng):
    return draw_release(
        points, ReleaseSpec(engine=engine, epsilon=epsilon, n_clusters=n_clusters, reduction=reduction), rng=rng
    )


def exact_projection(points, reduction=PLANE):
    return nonprivate_projection(points, method=reduction.method, n_dimensions=reduction.n_dimensions)


def four_groups(n_people, rng, n_features=6):
    """Return people in four groups on a plane of the box, and the group of each."""
    corners = np.array([[-0.5, -0.5], [-0.5, 0.5], [0.5, -0.5], [0.5, 0.5]])
    groups = rng.integers(0, 4, n_people)
    plane = np.linalg.qr(rng.standard_normal((n_features, 2)))[0].T
    return np.clip(corners[groups] @ plane + rng.normal(0, 0.05, (n_people, n_features)), -1, 1), groups


def test_the_split_of_one_is_four_tenths_for_the_directions():
    budget = ReductionBudget.split(1.0)

    assert budget.projection == pytest.approx(0.4, abs=2**-32)
    assert budget.projection <= 0.4
    assert PROJECTION_SHARE == 0.4


@given(epsilons, st.floats(0.01, 0.99))
def test_the_split_spends_exactly_epsilon(epsilon, share):
    budget = ReductionBudget.split(epsilon, share=share)

    assert math.fsum([budget.projection, budget.clustering]) == budget.total == epsilon


@settings(max_examples=15)
@given(epsilons, reductions, st.sampled_from(list(ENGINES.values())), st.integers(0, 40), st.integers(0, 1000))
def test_whatever_is_released_composes_to_what_it_declares(epsilon, reduction, engine, n_people, seed):
    rng = np.random.default_rng(seed)

    release = released(rng.uniform(-1, 1, (n_people, 4)), reduction, engine=engine, epsilon=epsilon, rng=rng)

    assert check_budget(epsilon, release.charges) is BudgetCheck.AGREES
    centers = release.cluster(4).centers
    assert centers.shape == (4, 4)
    assert np.abs(centers).max() <= 1
    assert release.reduction == reduction


def test_leaving_out_any_charge_is_caught(rng):
    charges = released(rng.uniform(-1, 1, (500, 5)), epsilon=0.05, rng=rng).charges

    for left_out in range(len(charges)):
        assert check_budget(0.05, charges[:left_out] + charges[left_out + 1 :]) is BudgetCheck.MISSING


@pytest.mark.parametrize(
    ("method", "asked"),
    [(ReductionMethod.PCA, ["mean", "radius", "moment"]), (ReductionMethod.SVD, ["people", "radius", "moment"])],
)
def test_the_tree_shows_what_the_directions_cost(rng, method, asked):
    release = released(rng.uniform(-1, 1, (500, 5)), Reduction(method=method, n_dimensions=2), rng=rng)

    tree = [branch.name for branch in total_by_name(release.charges)]
    assert tree[: len(asked)] == asked
    assert math.fsum(branch.epsilon for branch in total_by_name(release.projection.charges)) == pytest.approx(0.4)


def test_groups_on_a_plane_are_found_on_it_by_both_sides(rng):
    points, groups = four_groups(4_000, rng)

    private = released(points, epsilon=5.0, rng=rng).cluster(4)
    plain = nonprivate_reduced_clustering(points, exact_projection(points), n_clusters=4)

    for clustering in (private, plain):
        assert nonprivate_agreement(groups, clustering.assign(points)).adjusted_rand > 0.95


def test_plainly_all_dimensions_find_what_all_columns_do(rng):
    points, _ = four_groups(1_000, rng, n_features=3)
    everything = exact_projection(points, Reduction(method=ReductionMethod.PCA, n_dimensions=3))

    reduced = nonprivate_reduced_clustering(points, everything, n_clusters=4).assign(points)

    direct = nonprivate_clustering(points, n_clusters=4).assign(points)
    assert nonprivate_agreement(direct, reduced).adjusted_rand == 1.0


def test_people_are_as_near_to_lifted_centres_as_to_reduced_ones(rng):
    points, _ = four_groups(2_000, rng)
    release = released(points, epsilon=5.0, rng=rng)

    in_few = release.within.cluster(4).assign(release.projection.reduce(points))

    assert (release.cluster(4).assign(points) == in_few).mean() > 0.999


def test_everything_handed_out_lies_on_the_plane_of_the_projection(rng):
    points, _ = four_groups(3_000, rng)
    release = released(points, rng=rng)
    seen = release.projection

    for places in (release.cells.points, release.micro_clusters.points, release.cluster(5).centers):
        # What is lifted beyond the box is clipped to it, off the plane.
        inside = places[(np.abs(places) < 1.0).all(axis=1)]
        assert len(inside) > len(places) / 2
        # Whoever is reduced is rounded to whole units of 2⁻²⁰ first.
        assert seen.lift(seen.reduce(inside)) == pytest.approx(inside, abs=1e-5)


def test_one_table_of_products_serves_every_k_of_a_synopsis_and_one_k_of_the_prototype(rng):
    points, _ = four_groups(3_000, rng)

    any_k = Grouping.from_release(released(points, rng=rng), n_clusters=4)
    one_k = Grouping.from_release(released(points, engine=PROTOTYPE, rng=rng), n_clusters=4)

    assert any_k.serves_any_k
    assert any_k.centers.shape[1] == 6
    assert not one_k.serves_any_k


def test_a_prototypes_release_serves_its_own_k_only(rng):
    release = released(rng.uniform(-1, 1, (100, 3)), engine=PROTOTYPE, rng=rng)

    assert not release.clusters_any_k
    assert synopsis_of(release) is None
    with pytest.raises(ValueError, match="n_clusters must be 4"):
        release.cluster(5)


@pytest.mark.parametrize("engine", ENGINES.values())
def test_a_release_survives_being_written_down(rng, engine):
    release = released(four_groups(800, rng)[0], engine=engine, rng=rng)

    again = ReducedRelease.from_json(release.to_json())

    assert again.to_json() == release.to_json()
    assert again.charges == release.charges
    assert again.cluster(4).centers.tolist() == release.cluster(4).centers.tolist()
    assert (again.noisy_people, again.is_private, again.budget) == (
        release.noisy_people,
        release.is_private,
        release.budget,
    )


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="format must be 2, not 7"):
        ReducedRelease.from_json('{"format": 7}')
    with pytest.raises(ValueError, match="reduced release format"):
        ReducedRelease.from_json('{"format": 2}')


def test_an_exact_projection_can_never_be_part_of_a_release(rng):
    points, _ = four_groups(300, rng)
    release = released(points, rng=rng)

    with pytest.raises(ValueError, match="projection must be private"):
        ReducedRelease(
            epsilon=1.0,
            budget=release.budget,
            projection=exact_projection(points),
            engine=SYNOPSIS,
            within=release.within,
        )


@pytest.mark.parametrize(
    "points",
    [np.empty((0, 3)), np.zeros((1, 3)), np.full((500, 3), 0.25), np.ones((40, 3))],
    ids=["nobody", "one person", "all alike", "all at the edge"],
)
@pytest.mark.parametrize("method", ReductionMethod)
def test_constant_data_and_nobody_give_a_release(rng, points, method):
    reduction = Reduction(method=method, n_dimensions=2)

    release = released(points, reduction, rng=rng)
    plain = nonprivate_reduced_clustering(points, exact_projection(points, reduction), n_clusters=3)

    for centers in (release.cluster(3).centers, plain.centers):
        assert centers.shape == (3, 3)
        assert np.isfinite(centers).all()


def test_there_is_nothing_to_reduce_in_one_column_and_never_more_than_five_dimensions():
    assert [dimensions_most(n_features) for n_features in (1, 2, 3, 6, 12)] == [0, 1, 2, 5, 5]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"epsilon": 0.0}, "epsilon"), ({"reduction": Reduction(method=ReductionMethod.SVD, n_dimensions=4)}, "n_dim")],
)
def test_a_wrong_argument_is_named(rng, wrong, message):
    with pytest.raises(ValueError, match=message):
        released(rng.uniform(-1, 1, (30, 3)), **{"reduction": PLANE, "epsilon": 1.0, **wrong}, rng=rng)


def test_the_ledger_is_charged_once_and_nothing_is_drawn_over_the_cap(rng):
    points, _ = four_groups(300, rng)
    releases = ReleaseStore(Ledger(cap=1.0))

    first = releases.get_or_release("release", 1.0, key="pca2", draw=lambda: released(points, rng=rng))

    assert releases.get_or_release("release", 1.0, key="pca2", draw=pytest.fail) is first
    assert releases.ledger.check(releases.ledger.entries[0]) is BudgetCheck.AGREES
    with pytest.raises(BudgetExceededError):
        releases.get_or_release("release", 1.0, key="pca3", draw=pytest.fail)


def test_only_secure_noise_is_private_and_a_seed_repeats_the_release():
    points = np.zeros((50, 3))
    first, second = (released(points, rng=np.random.default_rng(5)) for _ in range(2))

    assert first.to_json() == second.to_json()
    assert not first.is_private
    assert released(points, rng=secure_rng()).is_private


def test_a_reduction_is_read_from_its_release(rng):
    release = released(np.zeros((50, 3)), rng=rng)

    assert release.reduction == PLANE
    assert synopsis_of(release) is synopsis_of(release.within) is release.within


def test_the_share_of_the_directions_serves_generated_people(rng):
    points = generate(Recipe(n_people=10_000)).points()
    plain = nonprivate_clustering(points, n_clusters=4).assign(points)
    reduction = Reduction(method=ReductionMethod.PCA, n_dimensions=3)

    found = [released(points, reduction, n_clusters=8, rng=rng).cluster(4).assign(points) for _ in range(5)]

    assert np.median([nonprivate_agreement(plain, labels).adjusted_rand for labels in found]) > 0.9
