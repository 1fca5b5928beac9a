"""Without me: an honest pipeline stays under its bound, a dishonest one is caught, plain k-means gives away all."""

from dataclasses import dataclass

import numpy as np
import pytest

from core.attack.advantage import guess_bound
from core.attack.membership import Tell, nonprivate_presence
from core.clustering.engines import Engine
from core.clustering.types import Clustering
from core.data.generate import Recipe, generate
from core.privacy.noise import two_sided_geometric
from core.release.pipelines import NonprivatePipeline, PrivatePipeline, Seen


@pytest.fixture(scope="module")
def table():
    return generate(Recipe(n_people=60, n_personas=3, seed=1))


@dataclass(frozen=True)
class Counting:
    """Tell how many people there are, with noise at ``true_epsilon`` whatever is claimed."""

    epsilon: float | None
    true_epsilon: float

    def __call__(self, rows, rng):
        noisy = len(rows) + two_sided_geometric(1, epsilon=self.true_epsilon, rng=rng)
        return Seen(clustering=Clustering(centers=np.zeros((1, 2)), weights=noisy.astype(float)))


@dataclass(frozen=True)
class Recommending:
    """Recommend product 7 if person 0 is in, product 3 otherwise, and the other one in one run of five."""

    epsilon: float = 1.0

    def __call__(self, rows, rng):
        product = 7 if (0 in rows) == (rng.random() < 0.8) else 3
        seen = Clustering(centers=np.zeros((1, 2)), weights=np.ones(1))
        return Seen(clustering=seen, top_products=np.array([product]))


def final_result(points, pipeline, *, runs, rng, person=0):
    *_, last = nonprivate_presence(points, person=person, pipeline=pipeline, runs=runs, rng=rng)
    return last.result


def private(table, epsilon, engine=Engine.PROTOTYPE):
    return PrivatePipeline(
        points=table.points(), engine=engine, n_clusters=3, clustering_epsilon=0.75 * epsilon,
        holdings=table.holdings, products_epsilon=0.25 * epsilon,
    )  # fmt: skip


def test_plain_k_means_gives_everybody_away(table, rng):
    pipeline = NonprivatePipeline(points=table.points(), n_clusters=3, holdings=table.holdings)

    found = final_result(table.points(), pipeline, runs=100, rng=rng, person=5)

    assert found.success.share == 1.0
    assert found.success.low > 0.95
    assert (found.bound, found.epsilon, found.inside.n_runs) == (1.0, None, 100)


@pytest.mark.parametrize("engine", Engine)
def test_a_private_pipeline_stays_under_its_bound(table, rng, engine):
    found = final_result(table.points(), private(table, 0.5, engine), runs=20, rng=rng, person=5)

    assert found.holds
    assert found.bound == pytest.approx(guess_bound(0.5))
    assert set(found.inside.tells) == set(Tell)
    assert found.inside.places.shape == (20, 12)


def test_a_noise_at_a_tenth_of_its_scale_is_caught(rng):
    found = final_result(np.zeros((5, 2)), Counting(epsilon=0.2, true_epsilon=2.0), runs=400, rng=rng)

    assert not found.holds
    assert found.tell in {Tell.CROWD, Tell.PEOPLE}
    assert final_result(np.zeros((5, 2)), Counting(epsilon=4.0, true_epsilon=2.0), runs=400, rng=rng).holds


def test_a_recommendation_can_be_the_tell(rng):
    found = final_result(np.zeros((5, 2)), Recommending(), runs=200, rng=rng)

    assert found.tell is Tell.RECOMMENDATION
    assert found.success.share == pytest.approx(0.8, abs=0.12)


def test_progress_is_told_and_the_attack_can_be_left(table, rng):
    steps = nonprivate_presence(table.points(), person=0, pipeline=private(table, 1.0), runs=10, rng=rng)

    first, second = next(steps), next(steps)
    steps.close()

    assert [(each.done, each.total, each.result) for each in (first, second)] == [(1, 10, None), (2, 10, None)]


def test_the_same_rng_gives_the_same_attack(table):
    first, second = (
        final_result(table.points(), private(table, 1.0), runs=8, rng=np.random.default_rng(4)) for _ in range(2)
    )

    assert first.success == second.success
    np.testing.assert_array_equal(first.inside.places, second.inside.places)


def test_two_people_are_enough(rng):
    points = np.array([[0.5, 0.5], [-0.5, 0.0]])
    pipeline = PrivatePipeline(points=points, engine=Engine.SYNOPSIS, n_clusters=2, clustering_epsilon=1.0)

    assert final_result(points, pipeline, runs=6, rng=rng).holds


@pytest.mark.parametrize("person", [-1, 60])
def test_a_person_who_is_not_there_is_refused_at_once(table, rng, person):
    with pytest.raises(ValueError, match="person must be a row from 0 to 59"):
        nonprivate_presence(table.points(), person=person, pipeline=private(table, 1.0), rng=rng)


def test_too_few_runs_are_refused(table, rng):
    with pytest.raises(ValueError, match="runs must be at least 4"):
        nonprivate_presence(table.points(), person=0, pipeline=private(table, 1.0), runs=3, rng=rng)
