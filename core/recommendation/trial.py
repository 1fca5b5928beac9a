"""One trial of all ways to recommend on one data set with hidden products; exact, so insider only."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.engine import release_synopsis
from core.clustering.model import Clustering
from core.clustering.plain import nonprivate_clustering
from core.clustering.synopsis import Synopsis
from core.data.schema import Holdings, Table
from core.evaluation.agreement import nonprivate_agreement
from core.evaluation.inertia import nonprivate_inertia
from core.evaluation.profile import profile
from core.recommendation.catalogue import Catalogue
from core.recommendation.evaluation import (
    Changes,
    Quality,
    Target,
    neighbour_lists,
    nonprivate_changes,
    nonprivate_quality,
    ranked_lists,
    top_lists,
)
from core.recommendation.grouping import GROUPS_MOST, Grouping
from core.recommendation.ranking import Ranking, nonprivate_ranking, rank_products
from core.recommendation.table import EPSILON_SHARE, MOST_HELD, release_product_table

#: Part of the people whom a clustering is made from when the others are to test it.
TRAINING_SHARE = 0.8
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
        n_clusters: Number of groups.
        table_share: Part of ε that buys the product table.
        most_held: Products of one person that count.
        n_groups: Coarse groups of one table for every k; None buys a table for the clusters of this k.
    """

    n_clusters: int
    table_share: float = EPSILON_SHARE
    most_held: int = MOST_HELD
    n_groups: int | None = GROUPS_MOST


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModelSide:
    """A clustering and a ranking on it: what one ε bought, or the plain ones."""

    clustering: Clustering
    ranking: Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """A plain or private model on the people it was made from, and on people whom it never saw.

    Attributes:
        epsilon: Privacy loss; None for the plain model.
        inertia: Mean squared distance to the nearest centre, of people seen and unseen.
        adjusted_rand: Agreement with the true groups, seen and unseen; None where these are unknown.
        plain_agreement: Adjusted Rand index against the plain model of the same people, seen and unseen.
        hit_3: Share of hidden products among the first three, seen and unseen.
    """

    epsilon: float | None
    inertia: tuple[float, float]
    adjusted_rand: tuple[float, float] | None
    plain_agreement: tuple[float, float]
    hit_3: tuple[float, float]


def known_holdings(table: Table) -> Holdings:
    """Return the table's holdings.

    Raises:
        ValueError: If the table knows of none.
    """
    if table.holdings is None:
        raise ValueError(f"the table {table.content_key!r} knows no products")
    return table.holdings


def private_side(
    table: Table, catalogue: Catalogue, *, epsilon: float, setting: Setting, rng: np.random.Generator
) -> ModelSide:
    """Buy a clustering and a product table for ε in all, and rank by them."""
    points = table.points()
    for_table = setting.table_share * epsilon
    release = release_synopsis(points, epsilon=epsilon - for_table, k_floor=_K_FLOOR, rng=rng)
    clustering = release.cluster(setting.n_clusters)
    bought = release_product_table(
        known_holdings(table),
        points,
        grouping=_grouping(release, clustering, setting),
        epsilon=for_table,
        rng=rng,
        most_held=setting.most_held,
    )
    described = profile(clustering, table)
    counts = bought.for_clusters(clustering)
    ranking = rank_products(counts, described, columns=table.columns, catalogue=catalogue)
    return ModelSide(clustering=clustering, ranking=ranking)


def nonprivate_side(table: Table, catalogue: Catalogue, *, n_clusters: int) -> tuple[Clustering, IntArray, Ranking]:
    """Return plain clustering, labels and ranking of the same people."""
    points = table.points()
    clustering = nonprivate_clustering(points, n_clusters=n_clusters)
    labels = clustering.assign(points)
    ranking = nonprivate_ranking(
        known_holdings(table),
        labels,
        clustering,
        described=profile(clustering, table),
        columns=table.columns,
        catalogue=catalogue,
    )
    return clustering, labels, ranking


def nonprivate_trial(
    table: Table,
    target: Target,
    catalogue: Catalogue,
    *,
    epsilons: tuple[float, ...],
    setting: Setting,
    rng: np.random.Generator,
) -> tuple[Outcome, ...]:
    """Try every way to recommend on the same people and the same hidden products.

    Args:
        table: The people, with what they hold apart from the targets.
        target: The hidden products.
        catalogue: What is known of the products.
        epsilons: Privacy losses to try.
        setting: Public choices.
        rng: Source of the noise.
    """
    holdings = known_holdings(table)
    n_products = len(holdings.products)
    _, labels, ranking = nonprivate_side(table, catalogue, n_clusters=setting.n_clusters)
    everybody = np.zeros(len(labels), dtype=np.int32)
    by_use = top_lists(ranking.counts.counts, labels, holdings)
    by_rank = ranked_lists(ranking, labels, holdings)
    plain = {
        Method.POPULARITY: top_lists(ranking.counts.overall[np.newaxis], everybody, holdings),
        Method.NEIGHBOURS: neighbour_lists(holdings),
        Method.CLUSTER_PLAIN: by_use,
        Method.RANKING_PLAIN: by_rank,
    }
    outcomes = [
        Outcome(method=method, epsilon=None, quality=nonprivate_quality(lists, target, n_products=n_products))
        for method, lists in plain.items()
    ]
    for epsilon in epsilons:
        side = private_side(table, catalogue, epsilon=epsilon, setting=setting, rng=rng)
        for method, own, twin in _private_lists(side, table, by_use=by_use, by_rank=by_rank):
            quality = nonprivate_quality(own, target, n_products=n_products)
            changes = nonprivate_changes(own, twin, labels)
            outcomes.append(Outcome(method=method, epsilon=epsilon, quality=quality, changes=changes))
    return tuple(outcomes)


def nonprivate_unseen(
    table: Table,
    target: Target,
    catalogue: Catalogue,
    *,
    epsilons: tuple[float, ...],
    setting: Setting,
    rng: np.random.Generator,
) -> tuple[Unseen, ...]:
    """Make plain and private models from some people and try them on the others as well.

    Args:
        table: The people, with what they hold apart from the targets.
        target: The hidden products.
        catalogue: What is known of the products.
        epsilons: Privacy losses to try beside the plain model.
        setting: Public choices.
        rng: Splits the people and draws the noise.
    """
    order = rng.permutation(table.n_people)
    n_seen = round(TRAINING_SHARE * table.n_people)
    halves = (np.sort(order[:n_seen]), np.sort(order[n_seen:]))
    seen = people_of(table, halves[0])
    clustering, _, ranking = nonprivate_side(seen, catalogue, n_clusters=setting.n_clusters)
    plain_labels = clustering.assign(table.points())
    plain = ModelSide(clustering=clustering, ranking=ranking)
    private = [
        (epsilon, private_side(seen, catalogue, epsilon=epsilon, setting=setting, rng=rng)) for epsilon in epsilons
    ]
    return tuple(
        _unseen(table, target, halves, side, plain_labels, epsilon=epsilon)
        for epsilon, side in [(None, plain), *private]
    )


def people_of(table: Table, rows: IntArray) -> Table:
    """Return the table of the people in ``rows`` only."""
    holdings = table.holdings
    return replace(
        table,
        values=table.values[rows],
        content_key=f"{table.content_key}-part",
        person_ids=None if table.person_ids is None else table.person_ids[rows],
        holdings=None if holdings is None else Holdings(products=holdings.products, held=holdings.held[rows]),
        true_groups=None if table.true_groups is None else table.true_groups[rows],
    )


def _grouping(release: Synopsis, clustering: Clustering, setting: Setting) -> Grouping:
    if setting.n_groups is None:
        return Grouping.of_clustering(clustering)
    return Grouping.of_release(release, n_clusters=setting.n_clusters, most=setting.n_groups)


def _private_lists(
    side: ModelSide, table: Table, *, by_use: IntArray, by_rank: IntArray
) -> Iterator[tuple[Method, IntArray, IntArray]]:
    holdings = known_holdings(table)
    labels = side.clustering.assign(table.points())
    yield Method.CLUSTER_PRIVATE, top_lists(side.ranking.counts.counts, labels, holdings), by_use
    yield Method.RANKING_PRIVATE, ranked_lists(side.ranking, labels, holdings), by_rank


def _unseen(
    table: Table,
    target: Target,
    halves: tuple[IntArray, IntArray],
    side: ModelSide,
    plain_labels: IntArray,
    *,
    epsilon: float | None,
) -> Unseen:
    points, holdings = table.points(), known_holdings(table)
    labels = side.clustering.assign(points)
    lists = ranked_lists(side.ranking, labels, holdings)
    hits = [nonprivate_quality(lists, target.of(rows), n_products=len(holdings.products)).hit_3 for rows in halves]
    truth = table.true_groups
    return Unseen(
        epsilon=epsilon,
        inertia=_pair([_mean_inertia(points[rows], side.clustering) for rows in halves]),
        adjusted_rand=None if truth is None else _agreement(labels, truth, halves),
        plain_agreement=_agreement(labels, plain_labels, halves),
        hit_3=_pair(hits),
    )


def _agreement(labels: IntArray, others: IntArray, halves: tuple[IntArray, IntArray]) -> tuple[float, float]:
    return _pair([nonprivate_agreement(labels[rows], others[rows]).adjusted_rand for rows in halves])


def _mean_inertia(points: FloatArray, clustering: Clustering) -> float:
    return nonprivate_inertia(points, clustering) / max(len(points), 1)


def _pair(values: list[float]) -> tuple[float, float]:
    seen, unseen = values
    return seen, unseen
