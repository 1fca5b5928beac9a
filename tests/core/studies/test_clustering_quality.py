"""Utilities to calibrate by: they grow with ε and reach 1 where nothing changes."""

from dataclasses import replace

import numpy as np
import pytest

from core.clustering.engines import PROTOTYPE
from core.data.generate import Recipe, generate
from core.reduction.projection import ReductionMethod
from core.reduction.spec import Reduction, ReleaseSpec
from core.studies.calibration import calibrate_epsilon
from core.studies.clustering_quality import agreement_utility, recommendation_utility

TABLE = generate(Recipe(n_people=400, n_personas=3, overlap=0.0))
ALL = ReleaseSpec(engine=PROTOTYPE, epsilon=1.0, n_clusters=3)
FEW = replace(ALL, reduction=Reduction(method=ReductionMethod.PCA, n_dimensions=2))
UTILITIES = [
    agreement_utility(TABLE.points(), ALL),
    recommendation_utility(TABLE.points(), TABLE.holdings, ALL, products_share=0.25),
    agreement_utility(TABLE.points(), FEW),
    recommendation_utility(TABLE.points(), TABLE.holdings, FEW, products_share=0.25),
]


@pytest.mark.parametrize("utility", UTILITIES)
def test_utility_grows_with_epsilon(utility):
    weak, strong = (np.median([utility(eps, np.random.default_rng(i)) for i in range(7)]) for eps in (0.05, 50.0))

    assert weak < strong <= 1
    assert strong > 0.5


@pytest.mark.parametrize("utility", UTILITIES)
def test_the_same_rng_gives_the_same_utility(utility):
    first, second = (utility(1.0, np.random.default_rng(3)) for _ in range(2))

    assert first == second


def test_one_group_changes_nobody():
    points = TABLE.points()
    agreement = agreement_utility(points, ReleaseSpec(engine=PROTOTYPE, epsilon=1.0, n_clusters=1))
    products = recommendation_utility(
        points, TABLE.holdings, ReleaseSpec(engine=PROTOTYPE, epsilon=1.0, n_clusters=1), products_share=0.25
    )

    assert agreement(0.05, np.random.default_rng(1)) == 1.0
    assert products(100.0, np.random.default_rng(1)) == 1.0


def test_epsilon_can_be_calibrated_on_synthetic_people():
    *_, last = calibrate_epsilon(UTILITIES[0], target=-1.0, seed=1, choices=(1.0, 2.0))

    assert last.result.reached.epsilon == 1.0
