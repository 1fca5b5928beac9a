"""Qualities to aim at: they grow with ε and reach 1 where nothing changes."""

import numpy as np
import pytest

from core.clustering.engines import Engine
from core.data.generate import Recipe, generate
from core.reduction.projection import Method
from core.reduction.reduced import Reduction
from core.studies.calibration import simulate_epsilon
from core.studies.clustering_quality import agreement_quality, recommendation_quality

TABLE = generate(Recipe(n_people=400, n_personas=3, overlap=0.0))
FEW = {"engine": Engine.PROTOTYPE, "n_clusters": 3, "reduction": Reduction(method=Method.PCA, n_dimensions=2)}
QUALITIES = [
    agreement_quality(TABLE.points(), engine=Engine.PROTOTYPE, n_clusters=3),
    recommendation_quality(TABLE.points(), TABLE.holdings, engine=Engine.PROTOTYPE, n_clusters=3, products_share=0.25),
    agreement_quality(TABLE.points(), **FEW),
    recommendation_quality(TABLE.points(), TABLE.holdings, products_share=0.25, **FEW),
]


@pytest.mark.parametrize("quality", QUALITIES)
def test_quality_grows_with_epsilon(quality):
    weak, strong = (np.median([quality(eps, np.random.default_rng(i)) for i in range(7)]) for eps in (0.05, 50.0))

    assert weak < strong <= 1
    assert strong > 0.5


@pytest.mark.parametrize("quality", QUALITIES)
def test_the_same_rng_gives_the_same_quality(quality):
    first, second = (quality(1.0, np.random.default_rng(3)) for _ in range(2))

    assert first == second


def test_one_group_changes_nobody():
    points = TABLE.points()
    agreement = agreement_quality(points, engine=Engine.PROTOTYPE, n_clusters=1)
    products = recommendation_quality(
        points, TABLE.holdings, engine=Engine.PROTOTYPE, n_clusters=1, products_share=0.25
    )

    assert agreement(0.05, np.random.default_rng(1)) == 1.0
    assert products(100.0, np.random.default_rng(1)) == 1.0


def test_a_goal_can_be_simulated_on_practice_people():
    *_, last = simulate_epsilon(QUALITIES[0], target=-1.0, seed=1, choices=(1.0, 2.0))

    assert last.result.reached.epsilon == 1.0
