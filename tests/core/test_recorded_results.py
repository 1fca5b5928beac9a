"""The same seeds give the same results as version 0.1: releases, clusterings and rankings of 20 recorded settings.

What may change them is a change of the mechanism, of the generated people or of the ranking: record them anew in the
same commit and say why in its message.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.clustering.engines import get_engine
from core.clustering.inertia import nonprivate_inertia
from core.data import Recipe, generate, load_sample, prototype_2020
from core.data.catalogue import load_catalogue
from core.metrics.comparison import nonprivate_comparison
from core.metrics.profile import profile_clusters
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import release_product_table
from core.recommendation.ranking import rank_products
from core.reduction.projection import ReductionMethod
from core.reduction.reduced import draw_release, nonprivate_people
from core.reduction.spec import Reduction, ReleaseSpec

RECORDED = json.loads((Path(__file__).parents[1] / "recorded" / "results.json").read_text(encoding="utf-8"))
TABLES = {
    "default": lambda: generate(Recipe()),
    "few": lambda: generate(Recipe(n_people=300, n_personas=3, overlap=0.2, inequality=0.5, seed=7)),
    "overlapping": lambda: generate(Recipe(n_people=3000, n_personas=6, overlap=0.6, inequality=0.1, seed=11)),
    "thirty": lambda: generate(Recipe(n_people=30, n_personas=2, seed=3)),
    "prototype": prototype_2020,
    "sample": load_sample,
}
RELEASE_SEED, PRODUCTS_SEED = 1000, 2000
#: Part of the clustering's ε that the table of products costs on top.
TABLE_SHARE = 0.3


@cache
def _table(name):
    return TABLES[name]()


def _spec(recorded):
    reduction = None
    if recorded["method"]:
        reduction = Reduction(method=ReductionMethod(recorded["method"]), n_dimensions=recorded["n_dimensions"])
    return ReleaseSpec(
        engine=get_engine(recorded["engine"]),
        epsilon=recorded["epsilon"],
        n_clusters=recorded["n_clusters"],
        reduction=reduction,
    )


def _first_products(table, spec, release, clustering, number):
    counts = release_product_table(
        table.holdings,
        table.points(),
        grouping=Grouping.from_release(release, n_clusters=spec.n_clusters),
        epsilon=TABLE_SHARE * spec.epsilon,
        rng=np.random.default_rng(PRODUCTS_SEED + number),
    ).for_clusters(clustering)
    ranking = rank_products(
        counts, profile_clusters(clustering, table), columns=table.columns, catalogue=load_catalogue()
    )
    return [list(ranking.order(group, n=5)) for group in range(spec.n_clusters)]


@pytest.mark.parametrize("number", range(len(RECORDED)))
def test_the_same_seed_gives_what_was_recorded(number):
    recorded = RECORDED[number]
    table, spec = _table(recorded["table"]), _spec(recorded)
    points = table.points()

    release = draw_release(points, spec, rng=np.random.default_rng(RELEASE_SEED + number))
    clustering = release.cluster(spec.n_clusters)
    plain = nonprivate_people(points, reduction=spec.reduction, n_clusters=spec.n_clusters)
    comparison = nonprivate_comparison(
        points,
        plain=plain,
        plain_labels=plain.assign(points),
        plain_inertia=nonprivate_inertia(points, plain),
        private=clustering,
        true_groups=table.true_groups,
    )

    assert release.noisy_people == pytest.approx(recorded["noisy_people"], abs=1e-6)
    assert len(release.charges) == recorded["n_charges"]
    assert np.sort(clustering.weights).tolist() == pytest.approx(recorded["weights"], abs=1e-3)
    assert clustering.centers[0].tolist() == pytest.approx(recorded["first_center"], abs=1e-6)
    assert comparison.agreement.adjusted_rand == pytest.approx(recorded["ari"], abs=1e-6)
    assert comparison.inertia_ratio == pytest.approx(recorded["inertia_ratio"], abs=1e-6)
    if recorded["first_products"] is not None:
        assert _first_products(table, spec, release, clustering, number) == recorded["first_products"]
