"""The whole path from people to what an outsider observes, as one call: what the attacks are run against."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.types import Clustering, Release
from core.data.table import Holdings
from core.privacy.noise_source import TableGenerator
from core.recommendation.grouping import Grouping
from core.recommendation.product_counts import nonprivate_group_counts, release_product_table
from core.reduction.reduced import draw_release, nonprivate_people
from core.reduction.spec import Reduction, ReleaseSpec
from core.threads import one_thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What an outsider observes of one run.

    Attributes:
        clustering: Centres and weights.
        top_products: Most used product by cluster, of shape ``(n_clusters,)``; None if no products are shown.
    """

    clustering: Clustering
    top_products: IntArray | None = None


class Pipeline(Protocol):
    """From some of the people to what an outsider observes.

    ``epsilon`` is the loss of one run, all releases together; None promises nothing and always gives the same result.
    """

    @property
    def epsilon(self) -> float | None: ...  # noqa: D102 - see the class
    def __call__(self, rows: IntArray, rng: TableGenerator) -> Observation: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivatePipeline:
    """Draw a release of the people, cluster it, and release the products of its groups if there are any.

    Attributes:
        points: All people, scaled, of shape ``(n_people, n_features)``.
        spec: What is asked of the release.
        holdings: Products held by the same people; None: no products are shown.
        products_epsilon: Loss of the table of products, on top of the release's; 0 without holdings.
    """

    points: FloatArray
    spec: ReleaseSpec
    holdings: Holdings | None = None
    products_epsilon: float = 0.0

    @property
    def epsilon(self) -> float | None:
        """Loss of one run, both releases together."""
        return self.spec.epsilon + (self.products_epsilon if self.holdings is not None else 0.0)

    def __call__(self, rows: IntArray, rng: TableGenerator) -> Observation:
        """Run on the people in ``rows``, with noise from ``rng``."""
        people = self.points[rows]
        with one_thread():
            release = draw_release(people, self.spec, rng=rng)
            clustering = release.cluster(self.spec.n_clusters)
            return Observation(clustering=clustering, top_products=self._top_products(release, clustering, rows, rng))

    def _top_products(
        self, release: Release, clustering: Clustering, rows: IntArray, rng: TableGenerator
    ) -> IntArray | None:
        if self.holdings is None:
            return None
        table = release_product_table(
            self.holdings.take(rows),
            self.points[rows],
            grouping=Grouping.from_release(release, n_clusters=self.spec.n_clusters),
            epsilon=self.products_epsilon,
            rng=rng,
        )
        top: IntArray = table.for_clusters(clustering).counts.argmax(axis=1)
        return top


@dataclass(frozen=True, slots=True, kw_only=True)
class NonprivatePipeline:
    """Plain k-means and exact counts of products: always the same result, no guarantee.

    Attributes:
        points: All people, scaled, of shape ``(n_people, n_features)``.
        n_clusters: Number of groups shown.
        holdings: Products held by the same people; None: no products are shown.
        reduction: Dimensions to cluster in; None for all columns.
    """

    points: FloatArray
    n_clusters: int
    holdings: Holdings | None = None
    reduction: Reduction | None = None

    @property
    def epsilon(self) -> float | None:
        """None: nothing is promised."""
        return None

    def __call__(self, rows: IntArray, rng: np.random.Generator) -> Observation:  # noqa: ARG002 - a Pipeline
        """Run on the people in ``rows``."""
        people = self.points[rows]
        clustering = nonprivate_people(people, reduction=self.reduction, n_clusters=self.n_clusters)
        if self.holdings is None:
            return Observation(clustering=clustering)
        held = self.holdings.take(rows)
        counts = nonprivate_group_counts(held, clustering.assign(people), clustering)
        return Observation(clustering=clustering, top_products=counts.counts.argmax(axis=1))
