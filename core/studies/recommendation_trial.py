"""One trial of all ways to recommend on the same people with hidden products; exact, so insider only."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.arrays import IntArray
from core.clustering.kmeans import nonprivate_clustering
from core.clustering.synopsis.release import release_synopsis
from core.clustering.synopsis.synopsis import Synopsis
from core.clustering.types import Clustering
from core.data.catalogue import Catalogue
from core.data.table import Table
from core.metrics.profile import profile_clusters
from core.recommendation.grouping import GROUPS_MOST, Grouping
from core.recommendation.product_counts import EPSILON_SHARE, MAX_PER_PERSON, release_product_table
from core.recommendation.ranking import Ranking, nonprivate_ranking, rank_products
from core.studies.held_out import HeldOut
from core.studies.recommendation_quality import (
    Changes,
    Quality,
    neighbour_lists,
    nonprivate_changes,
    nonprivate_quality,
    ranked_lists,
    top_lists,
)

_K_FLOOR = 8


class Method(StrEnum):
    """A way to recommend."""

    POPULARITY = "popularity"
    NEIGHBOURS = "neighbours"
    CLUSTER_PLAIN = "cluster_plain"
    CLUSTER_PRIVATE = "cluster_private"
    RANKING_PLAIN = "ranking_plain"
    RANKING_PRIVATE = "ranking_private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one method did in one trial.

    Attributes:
        method: The way to recommend.
        epsilon: Privacy loss of clustering and table together; None for what is not private.
        quality: How well it met the targets.
        changes: How far a private method's lists differ from those of its plain twin; None for the others.
    """

    method: Method
    epsilon: float | None
    quality: Quality
    changes: Changes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Public choices of a trial.

    Attributes:
        catalogue: What is known of the products.
        epsilons: Privacy losses to try beside what is not private.
        n_clusters: Number of groups.
        table_share: Part of ε that buys the product table.
        max_per_person: Products of one person that count.
        n_groups: Coarse groups of one table for every k; None buys a table for the clusters of this k.
    """

    catalogue: Catalogue
    epsilons: tuple[float, ...]
    n_clusters: int
    table_share: float = EPSILON_SHARE
    max_per_person: int = MAX_PER_PERSON
    n_groups: int | None = GROUPS_MOST


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """A clustering and a ranking on it: what one ε bought, or the plain ones."""

    clustering: Clustering
    ranking: Ranking


def private_model(table: Table, setting: Setting, *, epsilon: float, rng: np.random.Generator) -> Model:
    """Buy a clustering and a product table for ε in all, and rank by them."""
    points = table.points()
    for_table = setting.table_share * epsilon
    release = release_synopsis(points, epsilon=epsilon - for_table, n_clusters_served=_K_FLOOR, rng=rng)
    clustering = release.cluster(setting.n_clusters)
    bought = release_product_table(
        table.known_holdings(),
        points,
        grouping=_grouping(release, clustering, setting),
        epsilon=for_table,
        rng=rng,
        max_per_person=setting.max_per_person,
    )
    described = profile_clusters(clustering, table)
    counts = bought.for_clusters(clustering)
    ranking = rank_products(counts, described, columns=table.columns, catalogue=setting.catalogue)
    return Model(clustering=clustering, ranking=ranking)


def nonprivate_model(table: Table, setting: Setting) -> Model:
    """Return plain clustering and ranking of the same people."""
    points = table.points()
    clustering = nonprivate_clustering(points, n_clusters=setting.n_clusters)
    ranking = nonprivate_ranking(
        table.known_holdings(),
        clustering.assign(points),
        clustering,
        profile=profile_clusters(clustering, table),
        columns=table.columns,
        catalogue=setting.catalogue,
    )
    return Model(clustering=clustering, ranking=ranking)


def nonprivate_trial(held_out: HeldOut, setting: Setting, *, rng: np.random.Generator) -> tuple[Outcome, ...]:
    """Try every way to recommend on the same people and the same hidden products; ``rng`` is the source of noise."""
    n_products = len(held_out.holdings.products)
    plain = nonprivate_model(held_out.table, setting)
    labels = plain.clustering.assign(held_out.table.points())
    plain_lists = _plain_lists(plain, labels, held_out)
    outcomes = [
        Outcome(method=method, epsilon=None, quality=nonprivate_quality(lists, held_out.target, n_products=n_products))
        for method, lists in plain_lists.items()
    ]
    for epsilon in setting.epsilons:
        model = private_model(held_out.table, setting, epsilon=epsilon, rng=rng)
        for method, twin, lists in _private_lists(model, held_out):
            quality = nonprivate_quality(lists, held_out.target, n_products=n_products)
            changes = nonprivate_changes(lists, plain_lists[twin], labels)
            outcomes.append(Outcome(method=method, epsilon=epsilon, quality=quality, changes=changes))
    return tuple(outcomes)


def _grouping(release: Synopsis, clustering: Clustering, setting: Setting) -> Grouping:
    if setting.n_groups is None:
        return Grouping.from_clustering(clustering)
    return Grouping.from_release(release, n_clusters=setting.n_clusters, most=setting.n_groups)


def _plain_lists(model: Model, labels: IntArray, held_out: HeldOut) -> dict[Method, IntArray]:
    holdings, counts = held_out.holdings, model.ranking.counts
    everybody = np.zeros(len(labels), dtype=np.int32)
    return {
        Method.POPULARITY: top_lists(counts.overall[np.newaxis], everybody, holdings),
        Method.NEIGHBOURS: neighbour_lists(holdings),
        Method.CLUSTER_PLAIN: top_lists(counts.counts, labels, holdings),
        Method.RANKING_PLAIN: ranked_lists(model.ranking, labels, holdings),
    }


def _private_lists(model: Model, held_out: HeldOut) -> Iterator[tuple[Method, Method, IntArray]]:
    """Yield each private way, its plain twin and what it recommends."""
    holdings = held_out.holdings
    labels = model.clustering.assign(held_out.table.points())
    by_use = top_lists(model.ranking.counts.counts, labels, holdings)
    yield Method.CLUSTER_PRIVATE, Method.CLUSTER_PLAIN, by_use
    yield Method.RANKING_PRIVATE, Method.RANKING_PLAIN, ranked_lists(model.ranking, labels, holdings)
