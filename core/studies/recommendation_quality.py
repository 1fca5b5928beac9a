"""Offline evaluation of recommendations: hit rates and NDCG on hidden products; exact, curator only."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.neighbors import NearestNeighbors

from core.arrays import FloatArray, IntArray, row_slices
from core.data.table import Holdings
from core.recommendation.contributions import drop_repeats
from core.recommendation.ranking import SHOWN, Ranking
from core.studies.held_out import HiddenProducts

#: Places of a list that changes are looked for in.
COMPARED = 3
#: Items that one item is compared with: Sarwar, Karypis, Konstan, Riedl (2001), "Item-based collaborative filtering".
NEIGHBOURS = 10
_CHUNK_ROWS = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingMetrics:
    """How well lists of five find hidden products; exact, curator only.

    Attributes:
        hit_1: Share of hidden products that are the first of the person's list.
        hit_3: Share among the first three.
        hit_5: Share among the first five.
        ndcg_5: Mean of 1 / log2(1 + position), 0 beyond five.
        coverage: Share of the catalogue that is recommended to anybody.
    """

    hit_1: float
    hit_3: float
    hit_5: float
    ndcg_5: float
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChanges:
    """How far two sets of lists differ; exact, curator only.

    Attributes:
        changed: Share of the first three recommendations that the other list does not make; order does not count.
        first_changed: Share of people whose first recommendation is another.
        by_group: For each plain group, largest first: its people and its ``changed``.
    """

    changed: float
    first_changed: float
    by_group: tuple[tuple[int, float], ...]


def recommend_by_ranking(ranking: Ranking, labels: IntArray, holdings: Holdings, *, n: int = SHOWN) -> IntArray:
    """Return what ``ranking`` recommends to everybody, of shape ``(n_people, n)``; -1 where nothing is left."""
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    lists = np.full((len(labels), n), -1, dtype=np.int32)
    for row, key in enumerate(np.column_stack([labels, drop_repeats(holdings.held)]).tolist()):
        case = tuple(key)
        if case not in known:
            known[case] = ranking.order(case[0], held=set(case[1:]), n=n)
        lists[row, : len(known[case])] = known[case]
    return lists


def recommend_by_scores(scores: FloatArray, labels: IntArray, holdings: Holdings, *, n: int = SHOWN) -> IntArray:
    """Return the products of highest score in each person's row of ``scores[labels]``, held ones left out."""
    lists = np.full((len(labels), n), -1, dtype=np.int32)
    for rows in row_slices(len(labels), _CHUNK_ROWS):
        holds = holdings.take(rows).matrix()
        own = np.where(holds, -np.inf, scores[labels[rows]])
        best = np.argsort(-own, axis=1, kind="stable")[:, :n]
        left = np.take_along_axis(own, best, axis=1) > -np.inf
        lists[rows, : best.shape[1]] = np.where(left, best, -1)
    return lists


def recommend_by_neighbours(holdings: Holdings, *, n: int = SHOWN) -> IntArray:
    """Return the item-based baseline: products held by the same people as what a person holds (cosine).

    Whoever holds nothing gets what most people hold.
    """
    n_people, n_products = len(holdings.held), len(holdings.products)
    held = drop_repeats(holdings.held)
    people, _ = np.nonzero(held >= 0)
    ones = np.ones(people.size, dtype=np.float64)
    by_product = csr_matrix((ones, (held[held >= 0], people)), shape=(n_products, n_people))
    used = np.asarray(by_product.sum(axis=1)).ravel()
    n_neighbours = min(NEIGHBOURS + 1, n_products)
    model = NearestNeighbors(n_neighbors=n_neighbours, metric="cosine", algorithm="brute").fit(by_product)
    distances, nearest = model.kneighbors(by_product)
    alike = np.zeros((n_products, n_products))
    np.put_along_axis(alike, nearest, np.maximum(1.0 - distances, 0.0), axis=1)
    np.fill_diagonal(alike, 0.0)
    # Popularity decides only where similarity says nothing.
    scores = by_product.T @ alike + 1e-9 * used / max(float(used.max(initial=0.0)), 1.0)
    return recommend_by_scores(np.asarray(scores), np.arange(n_people), holdings, n=n)


def nonprivate_ranking_metrics(lists: IntArray, hidden: HiddenProducts, *, n_products: int) -> RankingMetrics:
    """Evaluate ``lists`` on ``hidden`` products; all zero if nothing is hidden."""
    if not hidden.people.size:
        return RankingMetrics(hit_1=0.0, hit_3=0.0, hit_5=0.0, ndcg_5=0.0, coverage=0.0)
    met = lists[hidden.people] == hidden.products[:, np.newaxis]
    gains = 1.0 / np.log2(np.arange(lists.shape[1]) + 2.0)
    hits = met.cumsum(axis=1).mean(axis=0)
    recommended = np.unique(lists[lists >= 0])
    last = lists.shape[1] - 1
    return RankingMetrics(
        hit_1=float(hits[0]),
        hit_3=float(hits[min(2, last)]),
        hit_5=float(hits[min(4, last)]),
        ndcg_5=float((met[:, :5] @ gains[:5]).mean()),
        coverage=recommended.size / n_products,
    )


def nonprivate_list_changes(lists: IntArray, plain_lists: IntArray, plain_labels: IntArray) -> ListChanges:
    """Compare ``lists`` with ``plain_lists``, also by plain group."""
    if not len(lists):
        return ListChanges(changed=0.0, first_changed=0.0, by_group=())
    own, plain = lists[:, :COMPARED], plain_lists[:, :COMPARED]
    kept = ((plain[:, :, np.newaxis] == own[:, np.newaxis, :]).any(axis=2) & (plain >= 0)).sum(axis=1)
    n_plain = (plain >= 0).sum(axis=1)
    changed = np.where(n_plain > 0, 1.0 - kept / np.maximum(n_plain, 1), 0.0)
    sizes = np.bincount(plain_labels)
    by_group = np.bincount(plain_labels, weights=changed) / np.maximum(sizes, 1)
    largest = [group for group in np.argsort(-sizes, kind="stable").tolist() if sizes[group]]
    return ListChanges(
        changed=float(changed.mean()),
        first_changed=float((lists[:, 0] != plain_lists[:, 0]).mean()),
        by_group=tuple((int(sizes[group]), float(by_group[group])) for group in largest),
    )
