"""Membership inference: an honest pipeline stays within its bound, a dishonest one does not, plain k-means leaks."""

from dataclasses import dataclass

import numpy as np
import pytest

from core.attack.advantage import success_rate_bound
from core.attack.membership import Statistic, nonprivate_membership_inference
from core.clustering.engines import ENGINES, PROTOTYPE, SYNOPSIS
from core.clustering.types import Clustering
from core.data.generate import Recipe, generate
from core.privacy.noise import two_sided_geometric
from core.reduction.spec import ReleaseSpec
from core.release.pipelines import NonprivatePipeline, Observation, PrivatePipeline


@pytest.fixture(scope="module")
def table():
    return generate(Recipe(n_people=60, n_personas=3, seed=1))


@dataclass(frozen=True)
class Counting:
    """Statistic how many people there are, with noise at ``true_epsilon`` whatever is claimed."""

    epsilon: float | None
    true_epsilon: float

    def __call__(self, rows, rng):
        noisy = len(rows) + two_sided_geometric(1, epsilon=self.true_epsilon, rng=rng)
        return Observation(clustering=Clustering(centers=np.zeros((1, 2)), weights=noisy.astype(float)))


@dataclass(frozen=True)
class Recommending:
    """Recommend product 7 if person 0 is in, product 3 otherwise, and the other one in one run of five."""

    epsilon: float = 1.0

    def __call__(self, rows, rng):
        product = 7 if (0 in rows) == (rng.random() < 0.8) else 3
        clustering = Clustering(centers=np.zeros((1, 2)), weights=np.ones(1))
        return Observation(clustering=clustering, top_products=np.array([product]))


def final_result(points, pipeline, *, runs, rng, person=0):
    *_, last = nonprivate_membership_inference(points, person=person, pipeline=pipeline, runs=runs, rng=rng)
    return last.result


def private(table, epsilon, engine=PROTOTYPE):
    return PrivatePipeline(
        points=table.points(),
        holdings=table.holdings,
        products_epsilon=0.25 * epsilon,
        spec=ReleaseSpec(engine=engine, epsilon=0.75 * epsilon, n_clusters=3),
    )


def test_plain_k_means_reveals_everybody(table, rng):
    pipeline = NonprivatePipeline(points=table.points(), n_clusters=3, holdings=table.holdings)

    found = final_result(table.points(), pipeline, runs=100, rng=rng, person=5)

    assert found.success.rate == 1.0
    assert found.success.low > 0.95
    assert (found.bound, found.epsilon, found.n_runs) == (1.0, None, 100)


def test_statistics_of_three_people_by_hand(rng):
    # One group of two at (0, 0) and the person at (0.6, 0.8): distance 1, and the mean moves a third of the way.
    points = np.array([[0.0, 0.0], [0.0, 0.0], [0.6, 0.8]])

    found = final_result(points, NonprivatePipeline(points=points, n_clusters=1), runs=4, rng=rng, person=2)

    assert found.distance == pytest.approx(1.0)
    assert found.inside[Statistic.CENTER_SHIFT] == pytest.approx([1 / 3] * 4)
    assert found.outside[Statistic.CENTER_SHIFT] == pytest.approx([0.0] * 4)
    for weight in (Statistic.CLUSTER_WEIGHT, Statistic.TOTAL_WEIGHT):
        assert (found.inside[weight].tolist(), found.outside[weight].tolist()) == ([3.0] * 4, [2.0] * 4)


@pytest.mark.parametrize("engine", ENGINES.values())
def test_a_private_pipeline_stays_under_its_bound(table, rng, engine):
    found = final_result(table.points(), private(table, 0.5, engine), runs=20, rng=rng, person=5)

    assert found.is_within_bound
    assert found.bound == pytest.approx(success_rate_bound(0.5))
    assert set(found.inside) == set(Statistic)
    assert found.inside[Statistic.CENTER_SHIFT].shape == (20,)


def test_a_noise_at_a_tenth_of_its_scale_is_caught(rng):
    found = final_result(np.zeros((5, 2)), Counting(epsilon=0.2, true_epsilon=2.0), runs=400, rng=rng)

    assert not found.is_within_bound
    assert found.statistic in {Statistic.CLUSTER_WEIGHT, Statistic.TOTAL_WEIGHT}
    assert final_result(np.zeros((5, 2)), Counting(epsilon=4.0, true_epsilon=2.0), runs=400, rng=rng).is_within_bound


def test_a_recommendation_can_be_what_tells(rng):
    found = final_result(np.zeros((5, 2)), Recommending(), runs=200, rng=rng)

    assert found.statistic is Statistic.TOP_PRODUCT
    assert found.success.rate == pytest.approx(0.8, abs=0.12)


def test_progress_is_told_and_the_attack_can_be_left(table, rng):
    steps = nonprivate_membership_inference(table.points(), person=0, pipeline=private(table, 1.0), runs=10, rng=rng)

    first, second = next(steps), next(steps)
    steps.close()

    assert [(each.done, each.total, each.result) for each in (first, second)] == [(1, 10, None), (2, 10, None)]


def test_the_same_rng_gives_the_same_attack(table):
    first, second = (
        final_result(table.points(), private(table, 1.0), runs=8, rng=np.random.default_rng(4)) for _ in range(2)
    )

    assert first.success == second.success
    np.testing.assert_array_equal(first.inside[Statistic.CENTER_SHIFT], second.inside[Statistic.CENTER_SHIFT])


def test_two_people_are_enough(rng):
    points = np.array([[0.5, 0.5], [-0.5, 0.0]])
    pipeline = PrivatePipeline(points=points, spec=ReleaseSpec(engine=SYNOPSIS, epsilon=1.0, n_clusters=2))

    assert final_result(points, pipeline, runs=6, rng=rng).is_within_bound


@pytest.mark.parametrize("person", [-1, 60])
def test_a_person_who_is_not_there_is_refused_at_once(table, rng, person):
    with pytest.raises(ValueError, match="person must be a row from 0 to 59"):
        nonprivate_membership_inference(table.points(), person=person, pipeline=private(table, 1.0), rng=rng)


def test_too_few_runs_are_refused(table, rng):
    with pytest.raises(ValueError, match="runs must be at least 4"):
        nonprivate_membership_inference(table.points(), person=0, pipeline=private(table, 1.0), runs=3, rng=rng)
