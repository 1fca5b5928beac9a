"""Pipelines: what an outsider observes is the composed steps, its ε the sum of theirs, and a seed repeats it."""

import numpy as np
import pytest

from core.clustering.engines import PROTOTYPE, SYNOPSIS
from core.data.table import Holdings
from core.reduction.reduced import draw_release
from core.reduction.spec import ReleaseSpec
from core.release.pipelines import NonprivatePipeline, PrivatePipeline

#: Two pairs of people; the left pair holds product 1, of the right pair both hold 2 and one holds 0.
POINTS = np.array([[-0.5, 0.0], [-0.7, 0.0], [0.5, 0.0], [0.7, 0.0]])
HOLDINGS = Holdings(products=("a", "b", "c"), held=np.array([[1, -1], [1, -1], [2, 0], [2, -1]]))
EVERYBODY = np.arange(4)


def private(engine=SYNOPSIS, epsilon=1.0, **others):
    return PrivatePipeline(points=POINTS, spec=ReleaseSpec(engine=engine, epsilon=epsilon, n_clusters=2), **others)


def test_a_plain_observation_by_hand(rng):
    observation = NonprivatePipeline(points=POINTS, n_clusters=2, holdings=HOLDINGS)(EVERYBODY, rng)

    order = observation.clustering.centers[:, 0].argsort()
    assert observation.clustering.centers[order] == pytest.approx(np.array([[-0.6, 0.0], [0.6, 0.0]]))
    assert observation.clustering.weights.tolist() == [2.0, 2.0]
    assert observation.top_products[order].tolist() == [1, 2]


def test_only_the_people_asked_for_are_observed(rng):
    observation = NonprivatePipeline(points=POINTS, n_clusters=1, holdings=HOLDINGS)(np.array([0, 2, 3]), rng)

    assert observation.clustering.weights.tolist() == [3.0]
    assert observation.top_products.tolist() == [2]


def test_without_holdings_no_products_are_observed_or_paid_for(rng):
    pipeline = private(products_epsilon=0.5)

    assert pipeline(EVERYBODY, rng).top_products is None
    assert pipeline.epsilon == 1.0
    assert private(holdings=HOLDINGS, products_epsilon=0.5).epsilon == 1.5
    assert NonprivatePipeline(points=POINTS, n_clusters=2).epsilon is None


def test_with_hardly_any_noise_the_private_observation_is_the_plain_one(rng):
    points, rows = np.repeat(POINTS, 50, axis=0), np.arange(200)
    many = Holdings(products=HOLDINGS.products, held=np.repeat(HOLDINGS.held, 50, axis=0))
    spec = ReleaseSpec(engine=SYNOPSIS, epsilon=100.0, n_clusters=2)

    plain = NonprivatePipeline(points=points, n_clusters=2, holdings=many)(rows, rng)
    noisy = PrivatePipeline(points=points, spec=spec, holdings=many, products_epsilon=100.0)(rows, rng)

    for center, product in zip(plain.clustering.centers, plain.top_products, strict=True):
        nearest = np.linalg.norm(noisy.clustering.centers - center, axis=1).argmin()
        assert noisy.clustering.centers[nearest] == pytest.approx(center, abs=0.05)
        assert noisy.top_products[nearest] == product


@pytest.mark.parametrize("engine", [SYNOPSIS, PROTOTYPE], ids=str)
def test_the_clustering_is_that_of_the_release_itself_for_the_same_noise(engine):
    pipeline = private(engine, holdings=HOLDINGS, products_epsilon=0.5)

    observation = pipeline(EVERYBODY, np.random.default_rng(7))

    release = draw_release(POINTS, pipeline.spec, rng=np.random.default_rng(7))
    np.testing.assert_array_equal(observation.clustering.centers, release.cluster(2).centers)
