"""Which products a group uses: exact counts for the insider, a private table for everybody else."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray, IntArray, read_only
from core.data.schema import Holdings
from core.privacy.noise import two_sided_geometric
from core.recommendation.held import each_once, nonprivate_counts

#: Products of one person that count in a private table; public.
MOST_HELD = 3

# Covers the rounding of ε / most_held and of most_held losses added up again.
_MARGIN = 1.0 - 2.0**-48


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageTable:
    """Released counts of holders by group and product.

    Attributes:
        products: Identifiers of the products; public.
        noisy_counts: Noisy numbers of holders, of shape ``(n_clusters, n_products)``; may be negative.
        epsilon: Privacy loss charged.
        most_held: Products of one person that were counted.
        is_private: Whether nobody knows the seed of the noise.
    """

    products: tuple[str, ...]
    noisy_counts: IntArray
    epsilon: float
    most_held: int
    is_private: bool

    def __post_init__(self) -> None:
        read_only(self.noisy_counts)


def nonprivate_usage(holdings: Holdings, labels: IntArray, n_clusters: int) -> IntArray:
    """Count the holders of every product in every group; exact, so insider.

    Args:
        holdings: Who holds what.
        labels: Group of each person, of shape ``(n_people,)``.
        n_clusters: Number of groups.

    Returns:
        Counts of shape ``(n_clusters, n_products)``, zeros included.

    Raises:
        ValueError: If the labels are of other people or leave 0 … ``n_clusters - 1``.
    """
    return nonprivate_counts(each_once(holdings.held), labels, n_groups=n_clusters, n_products=len(holdings.products))


def release_usage(
    holdings: Holdings,
    labels: IntArray,
    *,
    n_clusters: int,
    epsilon: float,
    rng: np.random.Generator,
    is_private: bool,
    most_held: int = MOST_HELD,
) -> UsageTable:
    """Release the holders of every product in every group with ε-differential privacy.

    A person counts once for each of their first ``most_held`` products in the public order of the catalogue. The
    labels must follow from released centres and the person's own row, so that one person is in one group.

    Args:
        holdings: Who holds what, over the public catalogue.
        labels: Group of each person, of shape ``(n_people,)``.
        n_clusters: Number of groups.
        epsilon: Privacy loss of the whole table; positive and finite.
        rng: Source of the noise; a real release passes ``secure_rng()``.
        is_private: Whether nobody knows the seed of ``rng``; kept on the table.
        most_held: Products of one person that count; positive.

    Returns:
        The table, with noise on every count, zeros included.

    Raises:
        ValueError: If an argument is out of its range.
    """
    if most_held < 1:
        raise ValueError(f"most_held must be at least 1, not {most_held}")
    if not (np.isfinite(epsilon) and epsilon > 0):
        raise ValueError(f"epsilon must be positive and finite, not {epsilon}")
    counts = nonprivate_counts(
        _capped(holdings.held, most_held=most_held),
        labels,
        n_groups=n_clusters,
        n_products=len(holdings.products),
    )
    noise = two_sided_geometric(counts.shape, epsilon=_MARGIN * epsilon / most_held, rng=rng)
    return UsageTable(
        products=holdings.products,
        noisy_counts=counts + noise,
        epsilon=epsilon,
        most_held=most_held,
        is_private=is_private,
    )


def top_products(
    counts: IntArray | FloatArray, n: int, exclude: frozenset[int] | set[int] = frozenset()
) -> tuple[int, ...]:
    """Rank one group's products by use.

    Args:
        counts: Holders of each product in the group, of shape ``(n_products,)``, exact or noisy.
        n: Number of products wanted.
        exclude: Products to leave out, such as what the person holds already.

    Returns:
        Indices of at most ``n`` products, most used first; ties in the order of the catalogue.
    """
    ranked = np.argsort(-counts, kind="stable").tolist()
    return tuple(product for product in ranked if product not in exclude)[:n]


def _capped(held: IntArray, *, most_held: int) -> IntArray:
    """Keep each person's first ``most_held`` products in the order of the catalogue."""
    distinct = each_once(held)
    # Empty places sort last, so that the cut takes products only.
    places = np.where(distinct < 0, np.iinfo(distinct.dtype).max, distinct)
    kept = np.sort(places, axis=1)[:, :most_held]
    return np.where(kept == np.iinfo(distinct.dtype).max, -1, kept)
