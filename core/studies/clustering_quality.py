"""How good a private result is beside the plain one, as one number to aim at; exact, for practice data."""

from collections.abc import Callable

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.engines import Engine
from core.data.table import Holdings
from core.metrics.agreement import nonprivate_agreement
from core.reduction.reduced import Reduction, buy_people, nonprivate_people
from core.release.pipelines import NonprivatePipeline, Observation, PrivatePipeline
from core.threads import one_thread

#: How good one private result is, greater is better: from ε and the source of its noise.
Quality = Callable[[float, np.random.Generator], float]


def agreement_quality(
    points: FloatArray,
    *,
    engine: Engine,
    n_clusters: int,
    k_bought: int | None = None,
    reduction: Reduction | None = None,
) -> Quality:
    """Return the quality "ARI of private against plain groups", at most 1.

    Args:
        points: Practice people in the box.
        engine: How to cluster privately.
        n_clusters: Number of groups.
        k_bought: Number of groups a release is bought for; ``n_clusters`` unless told.
        reduction: Dimensions that both sides cluster in; None for all columns.
    """
    plain_labels = nonprivate_people(points, reduction=reduction, n_clusters=n_clusters).assign(points)
    bought = k_bought or n_clusters

    def quality(epsilon: float, rng: np.random.Generator) -> float:
        with one_thread():
            release = buy_people(
                points, reduction=reduction, engine=engine, n_clusters=bought, epsilon=epsilon, rng=rng
            )
            labels = release.cluster(n_clusters).assign(points)
        return nonprivate_agreement(plain_labels, labels).adjusted_rand

    return quality


def recommendation_quality(
    points: FloatArray,
    holdings: Holdings,
    *,
    engine: Engine,
    n_clusters: int,
    products_share: float,
    k_bought: int | None = None,
    reduction: Reduction | None = None,
) -> Quality:
    """Return the quality "part of the people whose top product stays the same": 0.95 if 5 % of them change.

    Args:
        points: Practice people in the box.
        holdings: Products that they hold.
        engine: How to cluster privately.
        n_clusters: Number of groups.
        products_share: Part of the clustering's ε that the products cost on top of it.
        k_bought: Number of groups a release is bought for; ``n_clusters`` unless told.
        reduction: Dimensions that both sides cluster in; None for all columns.
    """
    everybody = np.arange(len(points))
    plain = NonprivatePipeline(points=points, n_clusters=n_clusters, holdings=holdings, reduction=reduction)
    wanted = _top_of_each(plain(everybody, np.random.default_rng(0)), points)

    def quality(epsilon: float, rng: np.random.Generator) -> float:
        private = PrivatePipeline(
            points=points,
            engine=engine,
            n_clusters=n_clusters,
            clustering_epsilon=epsilon,
            k_bought=k_bought,
            holdings=holdings,
            products_epsilon=products_share * epsilon,
            reduction=reduction,
        )
        return float((_top_of_each(private(everybody, rng), points) == wanted).mean()) if len(points) else 1.0

    return quality


def _top_of_each(seen: Observation, points: FloatArray) -> IntArray:
    """Return the top product of each person's group; nobody holding anything gives -1."""
    if seen.top_products is None:
        return np.full(len(points), -1)
    top: IntArray = seen.top_products[seen.clustering.assign(points)]
    return top
