"""One trial of all recommenders on the same people with hidden products; exact, curator only."""

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
from core.privacy.noise_source import TableGenerator, check_noise
from core.recommendation.grouping import GROUPS_MOST, Grouping
from core.recommendation.product_counts import EPSILON_SHARE, MAX_PER_PERSON, release_product_table
from core.recommendation.ranking import Ranking, nonprivate_ranking, rank_products
from core.studies.held_out import HeldOut
from core.studies.recommendation_quality import (
    ListChanges,
    RankingMetrics,
    nonprivate_list_changes,
    nonprivate_ranking_metrics,
    recommend_by_neighbours,
    recommend_by_ranking,
    recommend_by_scores,
)


class Recommender(StrEnum):
    """What recommends: one baseline for everybody, by neighbours, or by cluster."""

    POPULARITY = "popularity"
    NEIGHBOURS = "neighbours"
    CLUSTER_PLAIN = "cluster_plain"
    CLUSTER_PRIVATE = "cluster_private"
    RANKING_PLAIN = "ranking_plain"
    RANKING_PRIVATE = "ranking_private"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """How one recommender did in one trial.

    Attributes:
        recommender: The recommender.
        epsilon: Privacy loss of clustering and table together; None for what is not private.
        metrics: How well it found the hidden products.
        changes: How far a private recommender's lists differ from those of its plain twin; None for the others.
    """

    recommender: Recommender
    epsilon: float | None
    metrics: RankingMetrics
    changes: ListChanges | None = None


#: One trial: a result for every recommender, and for the private ones at every ε.
Trial = tuple[TrialResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSettings:
    """Public choices of a trial.

    Attributes:
        catalogue: What is known of the products.
        epsilons: Privacy losses to try beside what is not private.
        n_clusters: Number of groups.
        table_share: Part of ε spent on the product table.
        max_per_person: Products of one person that count.
        n_groups: Coarse groups of one table for every k; None releases a table for the clusters of this k.
    """

    catalogue: Catalogue
    epsilons: tuple[float, ...]
    n_clusters: int
    table_share: float = EPSILON_SHARE
    max_per_person: int = MAX_PER_PERSON
    n_groups: int | None = GROUPS_MOST


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecommendationModel:
    """A clustering and a ranking by it: private for one ε, or plain."""

    clustering: Clustering
    ranking: Ranking


def release_model(table: Table, settings: TrialSettings, *, epsilon: float, rng: TableGenerator) -> RecommendationModel:
    """Release a clustering and a product table for ε in all, and rank by them.

    Raises:
        ValueError: If the table is people's and ``rng`` is not secure.
    """
    check_noise(rng, table.source)
    points = table.points()
    for_table = settings.table_share * epsilon
    release = release_synopsis(points, epsilon=epsilon - for_table, rng=rng)
    clustering = release.cluster(settings.n_clusters)
    product_table = release_product_table(
        table.known_holdings(),
        points,
        grouping=_grouping(release, clustering, settings),
        epsilon=for_table,
        rng=rng,
        max_per_person=settings.max_per_person,
    )
    described = profile_clusters(clustering, table)
    counts = product_table.for_clusters(clustering)
    ranking = rank_products(counts, described, columns=table.columns, catalogue=settings.catalogue)
    return RecommendationModel(clustering=clustering, ranking=ranking)


def nonprivate_model(table: Table, settings: TrialSettings) -> RecommendationModel:
    """Return plain clustering and ranking of the same people."""
    points = table.points()
    clustering = nonprivate_clustering(points, n_clusters=settings.n_clusters)
    ranking = nonprivate_ranking(
        table.known_holdings(),
        clustering.assign(points),
        clustering,
        profile=profile_clusters(clustering, table),
        columns=table.columns,
        catalogue=settings.catalogue,
    )
    return RecommendationModel(clustering=clustering, ranking=ranking)


def nonprivate_trial(held_out: HeldOut, settings: TrialSettings, *, rng: TableGenerator) -> tuple[TrialResult, ...]:
    """Try every recommender on the same people and the same hidden products; ``rng`` is the source of noise."""
    n_products = len(held_out.holdings.products)
    plain = nonprivate_model(held_out.table, settings)
    labels = plain.clustering.assign(held_out.table.points())
    plain_lists = _plain_lists(plain, labels, held_out)
    results = [
        TrialResult(
            recommender=recommender,
            epsilon=None,
            metrics=nonprivate_ranking_metrics(lists, held_out.hidden, n_products=n_products),
        )
        for recommender, lists in plain_lists.items()
    ]
    for epsilon in settings.epsilons:
        model = release_model(held_out.table, settings, epsilon=epsilon, rng=rng)
        for recommender, twin, lists in _private_lists(model, held_out):
            metrics = nonprivate_ranking_metrics(lists, held_out.hidden, n_products=n_products)
            changes = nonprivate_list_changes(lists, plain_lists[twin], labels)
            results.append(TrialResult(recommender=recommender, epsilon=epsilon, metrics=metrics, changes=changes))
    return tuple(results)


def _grouping(release: Synopsis, clustering: Clustering, settings: TrialSettings) -> Grouping:
    if settings.n_groups is None:
        return Grouping.from_clustering(clustering)
    return Grouping.from_release(release, n_clusters=settings.n_clusters, most=settings.n_groups)


def _plain_lists(model: RecommendationModel, labels: IntArray, held_out: HeldOut) -> dict[Recommender, IntArray]:
    holdings, counts = held_out.holdings, model.ranking.counts
    everybody = np.zeros(len(labels), dtype=np.int32)
    return {
        Recommender.POPULARITY: recommend_by_scores(counts.overall[np.newaxis], everybody, holdings),
        Recommender.NEIGHBOURS: recommend_by_neighbours(holdings),
        Recommender.CLUSTER_PLAIN: recommend_by_scores(counts.counts, labels, holdings),
        Recommender.RANKING_PLAIN: recommend_by_ranking(model.ranking, labels, holdings),
    }


def _private_lists(
    model: RecommendationModel, held_out: HeldOut
) -> Iterator[tuple[Recommender, Recommender, IntArray]]:
    """Yield each private recommender, its plain twin and what it recommends."""
    holdings = held_out.holdings
    labels = model.clustering.assign(held_out.table.points())
    by_use = recommend_by_scores(model.ranking.counts.counts, labels, holdings)
    yield Recommender.CLUSTER_PRIVATE, Recommender.CLUSTER_PLAIN, by_use
    yield Recommender.RANKING_PRIVATE, Recommender.RANKING_PLAIN, recommend_by_ranking(model.ranking, labels, holdings)
