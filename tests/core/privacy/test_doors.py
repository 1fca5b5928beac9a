"""No door to the people opens for an ε that promises nothing; nothing is charged or drawn then."""

import math

import numpy as np
import pytest

from core.clustering.engines import DEFAULT, ENGINES, SYNOPSIS
from core.clustering.types import Clustering
from core.data.generate import Recipe, generate
from core.limits import EPSILON_MAX
from core.privacy.ledger import Ledger
from core.privacy.private_quantiles import candidate_bounds, release_bounds
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import release_product_table
from core.reduction.directions import release_projection
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import draw_release
from core.reduction.spec import Reduction, ReleaseSpec
from core.release.store import ReleaseStore

NO_PROMISE = [0.0, -0.0, -1.0, math.nan, math.inf, -math.inf]
TOO_MUCH = [math.nextafter(EPSILON_MAX, math.inf), 100.5, 1e300]
REDUCTION = Reduction(method=ReductionMethod.PCA, n_dimensions=2)


@pytest.fixture(scope="module")
def table():
    return generate(Recipe(n_people=100))


def doors(table, rng):
    """Name every way to buy something of the people of a table."""
    points, column = table.points(), table.columns[0]
    middle = Clustering(centers=np.zeros((1, points.shape[1])), weights=np.ones(1))
    grouping = Grouping.from_clustering(middle)
    kinds = {
        engine: lambda epsilon, engine=engine: engine.release(points, n_clusters=4, epsilon=epsilon, rng=rng)
        for engine in ENGINES.values()
    }
    return kinds | {
        "reduced": lambda epsilon: draw_release(
            points, ReleaseSpec(engine=SYNOPSIS, epsilon=epsilon, n_clusters=4, reduction=REDUCTION), rng=rng
        ),
        "pca": lambda epsilon: release_projection(
            points, method=ReductionMethod.PCA, n_dimensions=2, epsilon=epsilon, rng=rng
        ),
        "svd": lambda epsilon: release_projection(
            points, method=ReductionMethod.SVD, n_dimensions=2, epsilon=epsilon, rng=rng
        ),
        "products": lambda epsilon: release_product_table(
            table.holdings, points, grouping=grouping, epsilon=epsilon, rng=rng
        ),
        "bounds": lambda epsilon: release_bounds(
            table.values[:, 0], grid=candidate_bounds(column), epsilon=epsilon, rng=rng
        ),
    }


@pytest.mark.parametrize("epsilon", NO_PROMISE)
@pytest.mark.parametrize("door", [*ENGINES.values(), "reduced", "pca", "svd", "products", "bounds"])
def test_nothing_is_drawn_for_no_promise(table, door, epsilon):
    rng = np.random.default_rng(0)
    before = rng.bit_generator.state

    with pytest.raises(ValueError, match="epsilon must be positive and finite"):
        doors(table, rng)[door](epsilon)

    assert rng.bit_generator.state == before


@pytest.mark.parametrize("epsilon", NO_PROMISE + TOO_MUCH)
@pytest.mark.parametrize("cap", [None, EPSILON_MAX])
def test_nothing_is_charged_for_no_promise_or_too_much(epsilon, cap):
    releases = ReleaseStore(Ledger(cap=cap))

    with pytest.raises(ValueError, match="epsilon must be"):
        releases.get_or_release("release", epsilon, key="a", draw=pytest.fail)

    assert (len(releases), releases.ledger.entries, releases.ledger.is_locked) == (0, (), cap is None)


def test_the_largest_promise_is_kept(table, rng):
    buy = doors(table, rng)[DEFAULT]
    releases = ReleaseStore(Ledger(cap=EPSILON_MAX))

    releases.get_or_release("release", EPSILON_MAX, key="a", draw=lambda: buy(EPSILON_MAX))

    assert releases.ledger.remaining == 0
