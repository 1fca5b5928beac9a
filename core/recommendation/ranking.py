"""Rank products for each group, with reasons, from counts and profiles of the groups.

Private counts and a private profile give a private ranking; exact ones give the nonprivate one. A person's own
holdings and age are applied last, outside the release.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.types import Clustering
from core.data.catalogue import Catalogue, Product
from core.data.eligibility import Eligibility, check_eligibility
from core.data.table import Column, Holdings
from core.metrics.profile import Profile
from core.recommendation.lift import Lifts, shrink_lifts
from core.recommendation.product_counts import GroupCounts, nonprivate_group_counts
from core.recommendation.reasons import Reason, Use, give_reasons

SHOWN = 5
#: Products of one kind among the first ``SHOWN``, as long as there are others.
KIND_MOST = 3
#: Weight of the fit of the benefits beside use, both as logarithms.
FIT_WEIGHT = 1.0
#: What 1 % back on average spending adds to a product's pull, which is 1 without any benefit.
BENEFIT_PULL = 0.1
#: Standard deviations on either side that hold 95 % of the noise.
MARGIN_WIDTH = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One product for one person, with everything that may be said about why.

    Attributes:
        index: Index of the product in the table.
        product_id: Identifier.
        product: What the catalogue says of it, rates and conditions included; None if it is not in there.
        score: Logarithm of use in the group times fit; higher is better.
        holders: Holders in the group, rounded, at least 0; noisy if the table is.
        margin: Half-width of the 95 % interval of the noise in ``holders``; 0 for exact ones.
        times: Shrunk use in the group over use overall.
        reasons: Why, most telling first.
    """

    index: int
    product_id: str
    product: Product | None
    score: float
    holders: int
    margin: int
    times: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """Scores of every product in every group, and what they rest on.

    Attributes:
        counts: Holders by group.
        lifts: What the counts say about use.
        fits: How much better the benefits fit the group's spending than people's overall, of shape
            ``(n_clusters, n_products)``; 1 without benefits.
        scores: ``log(overall · lift) + FIT_WEIGHT · log(fit)``, of the same shape.
        products: The products as the catalogue knows them; None where it does not.
        columns: Keys of the columns that spending is known in.
        relative: Spending by group over the average, of shape ``(n_clusters, n_columns)``.
    """

    counts: GroupCounts
    lifts: Lifts
    fits: FloatArray
    scores: FloatArray
    products: tuple[Product | None, ...]
    columns: tuple[str, ...]
    relative: FloatArray

    def order(
        self, group: int, *, held: Collection[int] = (), n: int = SHOWN, age: float | None = None
    ) -> tuple[int, ...]:
        """Return the indices of at most ``n`` products for a person of ``group``, best first.

        Args:
            group: The person's group.
            held: Indices of what they hold; left out, as is what their age rules out.
            n: Number of products wanted.
            age: Their age; None if unknown, which rules nothing out.
        """
        ranked = np.argsort(-self.scores[group], kind="stable").tolist()
        allowed = (index for index in ranked if index not in held and not self._is_refused(index, age))
        return self._limit_kinds(allowed, n)

    def recommend(
        self, group: int, *, held: Collection[int] = (), n: int = SHOWN, age: float | None = None
    ) -> tuple[Recommendation, ...]:
        """Return at most ``n`` recommendations with their reasons; see ``order``. Empty for who holds everything."""
        return tuple(self._recommendation(group, index, age) for index in self.order(group, held=held, n=n, age=age))

    def _is_refused(self, index: int, age: float | None) -> bool:
        product = self.products[index]
        return age is not None and product is not None and check_eligibility(product, age=age) is Eligibility.REFUSED

    def _limit_kinds(self, allowed: Iterator[int], n: int) -> tuple[int, ...]:
        """Take the first ``n``, but no more than ``KIND_MOST`` of a kind while other kinds are left."""
        taken: list[int] = []
        spare: list[int] = []
        kinds: dict[object, int] = {}
        for index in allowed:
            if len(taken) >= n:
                break
            product = self.products[index]
            kind = product.kind if product is not None else None
            kinds[kind] = kinds.get(kind, 0) + 1
            (taken if kinds[kind] <= KIND_MOST else spare).append(index)
        return (*taken, *spare)[:n]

    def _recommendation(self, group: int, index: int, age: float | None) -> Recommendation:
        counts, product = self.counts, self.products[index]
        use = Use(
            times=float(self.lifts.lift[group, index]),
            trust=float(self.lifts.trust[group, index]),
            overall=float(self.lifts.overall[index]),
            holders=max(round(float(counts.counts[group, index])), 0),
            margin=round(MARGIN_WIDTH * float(counts.noise_sd[group])),
        )
        spending = dict(zip(self.columns, self.relative[group].tolist(), strict=True))
        return Recommendation(
            index=index,
            product_id=counts.products[index],
            product=product,
            score=float(self.scores[group, index]),
            holders=use.holders,
            margin=use.margin,
            times=use.times,
            reasons=give_reasons(product, use=use, spending=spending, age=age),
        )


def rank_products(counts: GroupCounts, profile: Profile, *, columns: Sequence[Column], catalogue: Catalogue) -> Ranking:
    """Score every product for every group: shrunk use times the fit of its benefits.

    Args:
        counts: Holders by cluster, noisy or exact.
        profile: Spending of the same clusters, in the same order.
        columns: What the spending is in; benefits refer to their keys.
        catalogue: What is known of the products; may know fewer or more than were counted.

    Raises:
        ValueError: If counts and profile are of different clusters.
    """
    if len(profile.amounts) != counts.n_clusters:
        raise ValueError(f"a profile of {len(profile.amounts)} groups cannot describe counts of {counts.n_clusters}")
    by_id = {product.id: product for product in catalogue.products}
    products = tuple(by_id.get(product_id) for product_id in counts.products)
    keys = tuple(column.key for column in columns)
    relative = _relative(profile)
    fits = _fits(relative, _percents(products, keys))
    lifts = shrink_lifts(counts)
    return Ranking(
        counts=counts,
        lifts=lifts,
        fits=fits,
        scores=np.log(lifts.overall) + np.log(lifts.lift) + FIT_WEIGHT * np.log(fits),
        products=products,
        columns=keys,
        relative=relative,
    )


def nonprivate_ranking(
    holdings: Holdings,
    labels: IntArray,
    clustering: Clustering,
    *,
    profile: Profile,
    columns: Sequence[Column],
    catalogue: Catalogue,
) -> Ranking:
    """Score by exact counts, for the plain side: the same ranking, curator only. See ``rank_products``."""
    counts = nonprivate_group_counts(holdings, labels, clustering)
    return rank_products(counts, profile, columns=columns, catalogue=catalogue)


def _relative(profile: Profile) -> FloatArray:
    """Return spending over the average; 1 where nobody spends anything."""
    spent = profile.average > 0
    relative: FloatArray = np.where(spent, profile.amounts / np.where(spent, profile.average, 1.0), 1.0)
    return np.maximum(relative, 0.0)


def _percents(products: Sequence[Product | None], keys: Sequence[str]) -> FloatArray:
    """Return percent back by product and column, of shape ``(n_products, n_columns)``."""
    rows = [[0.0 if product is None else product.benefits.get(key, 0.0) for key in keys] for product in products]
    return np.asarray(rows, dtype=np.float64).reshape(len(products), len(keys))


def _fits(relative: FloatArray, percents: FloatArray) -> FloatArray:
    """Return the pull of each product's benefits on each group over their pull on average spending."""
    fits: FloatArray = (1.0 + BENEFIT_PULL * relative @ percents.T) / (1.0 + BENEFIT_PULL * percents.sum(axis=1))
    return fits
