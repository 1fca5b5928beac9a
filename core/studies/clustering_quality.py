"""Utility of a private result against the plain one, as one number to calibrate ε by; exact, for synthetic data."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.table import Holdings
from core.metrics.agreement import nonprivate_agreement
from core.privacy.noise_source import TableGenerator
from core.reduction.reduced import draw_release, nonprivate_people
from core.reduction.spec import ReleaseSpec
from core.release.pipelines import NonprivatePipeline, Observation, PrivatePipeline
from core.threads import one_thread

#: Utility of one private result, greater is better, from ε and the source of its noise.
Utility = Callable[[float, TableGenerator], float]


def agreement_utility(points: FloatArray, spec: ReleaseSpec) -> Utility:
    """Return the utility "ARI of private against plain groups", at most 1.

    Args:
        points: Synthetic people, scaled.
        spec: How to cluster; both sides in its dimensions, the private one with the ε of each call.
    """
    plain_labels = nonprivate_people(points, reduction=spec.reduction, n_clusters=spec.n_clusters).assign(points)

    def utility(epsilon: float, rng: TableGenerator) -> float:
        with one_thread():
            release = draw_release(points, replace(spec, epsilon=epsilon), rng=rng)
            labels = release.cluster(spec.n_clusters).assign(points)
        return nonprivate_agreement(plain_labels, labels).adjusted_rand

    return utility


def recommendation_utility(
    points: FloatArray, holdings: Holdings, spec: ReleaseSpec, *, products_share: float
) -> Utility:
    """Return the utility "part of the people whose top product stays the same": 0.95 if 5 % of them change.

    Args:
        points: Synthetic people, scaled.
        holdings: Products that they hold.
        spec: How to cluster; both sides in its dimensions, the private one with the ε of each call.
        products_share: Part of the clustering's ε that the products cost on top of it.
    """
    everybody = np.arange(len(points))
    plain = NonprivatePipeline(points=points, n_clusters=spec.n_clusters, holdings=holdings, reduction=spec.reduction)
    wanted = _top_products(plain(everybody, np.random.default_rng(0)), points)

    def utility(epsilon: float, rng: TableGenerator) -> float:
        private = PrivatePipeline(
            points=points,
            spec=replace(spec, epsilon=epsilon),
            holdings=holdings,
            products_epsilon=products_share * epsilon,
        )
        return float((_top_products(private(everybody, rng), points) == wanted).mean()) if len(points) else 1.0

    return utility


def _top_products(observation: Observation, points: FloatArray) -> IntArray:
    """Return the top product of each person's group; nobody holding anything gives -1."""
    if observation.top_products is None:
        return np.full(len(points), -1)
    top: IntArray = observation.top_products[observation.clustering.assign(points)]
    return top
