"""Rank products for each group, with reasons, from counts and profiles of the groups.

Private counts and a private profile give a private ranking; exact ones give the nonprivate one. A person's own
holdings and age are applied last, outside the release.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from core.arrays import FloatArray, IntArray
from core.clustering.types import Clustering
from core.data.catalogue import Catalogue, Product
from core.data.eligibility import Eligibility, check_eligibility
from core.data.table import Column, Holdings
from core.metrics.profile import Profile
from core.recommendation.lift import Lifts, shrink_lifts
from core.recommendation.product_counts import GroupCounts, nonprivate_group_counts

SHOWN = 5
#: Products of one kind among the first ``SHOWN``, as long as there are others.
KIND_MOST = 3
#: Weight of the fit of the benefits beside use, both as logarithms.
FIT_WEIGHT = 1.0
#: What 1 % back on average spending adds to a product's pull, which is 1 without any benefit.
BENEFIT_PULL = 0.1
#: A ratio to the average that is worth a sentence.
RATIO_MENTIONED = 1.15
#: A lift that follows its own count less than this says more about people overall than about the group.
TRUST_LEAST = 0.5
#: Standard deviations on either side that hold 95 % of the noise.
MARGIN_WIDTH = 1.96


class ReasonCode(StrEnum):
    """Why a product is recommended; ``Reason.blanks`` of each:

    =================== ========================================================================================
    USED_MORE           ``times``: use in the group over use overall; ``holders``, ``margin``
    USED_ALIKE          ``times``, ``holders``, ``margin``: the group uses it about as much as people overall
    USED_OVERALL        ``share`` of all people: the group's own count says too little
    BENEFIT_FITS        ``category``: key of a column; ``times``: spending over the average; ``percent`` back
    BENEFIT             ``category``, ``times``, ``percent``: back on what the group spends no more than others on
    ELIGIBILITY_MET     ``age``
    ELIGIBILITY_UNKNOWN none: the product's own terms say what to check
    =================== ========================================================================================
    """  # noqa: D415 - a table follows

    USED_MORE = "used_more"
    USED_ALIKE = "used_alike"
    USED_OVERALL = "used_overall"
    BENEFIT_FITS = "benefit_fits"
    BENEFIT = "benefit"
    ELIGIBILITY_MET = "eligibility_met"
    ELIGIBILITY_UNKNOWN = "eligibility_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: a code and the figures that its sentence needs."""

    code: ReasonCode
    blanks: Mapping[str, float | str]


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
        counts = self.counts
        return Recommendation(
            index=index,
            product_id=counts.products[index],
            product=self.products[index],
            score=float(self.scores[group, index]),
            holders=max(round(float(counts.counts[group, index])), 0),
            margin=round(MARGIN_WIDTH * float(counts.noise_sd[group])),
            times=float(self.lifts.lift[group, index]),
            reasons=tuple(self._reasons(group, index, age)),
        )

    def _reasons(self, group: int, index: int, age: float | None) -> Iterator[Reason]:
        use, benefit = self._use(group, index), self._benefit(group, index)
        # What the group spends on comes first, because it is what a person recognises.
        if benefit is not None and benefit.code is ReasonCode.BENEFIT_FITS:
            yield from (benefit, use)
        else:
            yield from (use,) if benefit is None else (use, benefit)
        product = self.products[index]
        known = Eligibility.UNKNOWN if product is None else check_eligibility(product, age=age)
        if known is Eligibility.UNKNOWN:
            yield _reason(ReasonCode.ELIGIBILITY_UNKNOWN)
        elif known is Eligibility.MET and age is not None:
            yield _reason(ReasonCode.ELIGIBILITY_MET, age=age)

    def _use(self, group: int, index: int) -> Reason:
        times = float(self.lifts.lift[group, index])
        if self.lifts.trust[group, index] < TRUST_LEAST:
            return _reason(ReasonCode.USED_OVERALL, share=float(self.lifts.overall[index]))
        code = ReasonCode.USED_MORE if times >= RATIO_MENTIONED else ReasonCode.USED_ALIKE
        holders = max(round(float(self.counts.counts[group, index])), 0)
        margin = round(MARGIN_WIDTH * float(self.counts.noise_sd[group]))
        return _reason(code, times=times, holders=holders, margin=margin)

    def _benefit(self, group: int, index: int) -> Reason | None:
        """Name the benefit that brings this group most beyond what it brings everybody, else the largest one."""
        product = self.products[index]
        benefits = {} if product is None else product.benefits
        known = [(key, percent) for key, percent in benefits.items() if key in self.columns]
        if not known:
            return None
        times = {key: float(self.relative[group, self.columns.index(key)]) for key, _ in known}
        key, percent = max(known, key=lambda pair: (pair[1] * (times[pair[0]] - 1.0), pair[1]))
        code = ReasonCode.BENEFIT_FITS if times[key] >= RATIO_MENTIONED else ReasonCode.BENEFIT
        return _reason(code, category=key, times=times[key], percent=percent)


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


def _reason(code: ReasonCode, **blanks: float | str) -> Reason:
    return Reason(code=code, blanks=MappingProxyType(blanks))


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
