"""Utility of a private result against the plain one, as one number to calibrate ε by; exact, for synthetic data."""

from collections.abc import Callable

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.engines import Engine
from core.data.table import Holdings
from core.metrics.agreement import nonprivate_agreement
from core.reduction.reduced import Reduction, buy_people, nonprivate_people
from core.release.pipelines import NonprivatePipeline, Observation, PrivatePipeline
from core.threads import one_thread

#: Utility of one private result, greater is better, from ε and the source of its noise.
Utility = Callable[[float, np.random.Generator], float]


def agreement_utility(
    points: FloatArray,
    *,
    engine: Engine,
    n_clusters: int,
    k_bought: int | None = None,
    reduction: Reduction | None = None,
) -> Utility:
    """Return the utility "ARI of private against plain groups", at most 1.

    Args:
        points: Synthetic people, scaled.
        engine: How to cluster privately.
        n_clusters: Number of groups.
        k_bought: Number of groups a release serves; ``n_clusters`` unless told.
        reduction: Dimensions that both sides cluster in; None for all columns.
    """
    plain_labels = nonprivate_people(points, reduction=reduction, n_clusters=n_clusters).assign(points)
    bought = k_bought or n_clusters

    def utility(epsilon: float, rng: np.random.Generator) -> float:
        with one_thread():
            release = buy_people(
                points, reduction=reduction, engine=engine, n_clusters=bought, epsilon=epsilon, rng=rng
            )
            labels = release.cluster(n_clusters).assign(points)
        return nonprivate_agreement(plain_labels, labels).adjusted_rand

    return utility


def recommendation_utility(
    points: FloatArray,
    holdings: Holdings,
    *,
    engine: Engine,
    n_clusters: int,
    products_share: float,
    k_bought: int | None = None,
    reduction: Reduction | None = None,
) -> Utility:
    """Return the utility "part of the people whose top product stays the same": 0.95 if 5 % of them change.

    Args:
        points: Synthetic people, scaled.
        holdings: Products that they hold.
        engine: How to cluster privately.
        n_clusters: Number of groups.
        products_share: Part of the clustering's ε that the products cost on top of it.
        k_bought: Number of groups a release serves; ``n_clusters`` unless told.
        reduction: Dimensions that both sides cluster in; None for all columns.
    """
    everybody = np.arange(len(points))
    plain = NonprivatePipeline(points=points, n_clusters=n_clusters, holdings=holdings, reduction=reduction)
    wanted = _top_products(plain(everybody, np.random.default_rng(0)), points)

    def utility(epsilon: float, rng: np.random.Generator) -> float:
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
        return float((_top_products(private(everybody, rng), points) == wanted).mean()) if len(points) else 1.0

    return utility


def _top_products(observation: Observation, points: FloatArray) -> IntArray:
    """Return the top product of each person's group; nobody holding anything gives -1."""
    if observation.top_products is None:
        return np.full(len(points), -1)
    top: IntArray = observation.top_products[observation.clustering.assign(points)]
    return top
