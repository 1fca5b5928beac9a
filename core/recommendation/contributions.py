"""Exact counts of holders, and the public rule that bounds how many counts one person contributes to."""

import hashlib

import numpy as np

from core.arrays import IntArray, read_only, row_slices
from core.clustering.matching import nonprivate_contingency
from core.data.table import Holdings

#: Rows per step of a pass over the people: bounds memory, not results.
_CHUNK_ROWS = 65_536
#: The finaliser of SplitMix64: Steele, Lea, Flood (2014), "Fast splittable pseudorandom number generators".
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_LAST_SHIFT = 31


def drop_repeats(held: IntArray) -> IntArray:
    """Sort each person's products and replace repetitions by -1."""
    in_order = np.sort(held.astype(np.int32), axis=1)
    in_order[:, 1:][in_order[:, 1:] == in_order[:, :-1]] = -1
    return in_order


def bound_contributions(holdings: Holdings, *, max_per_person: int) -> IntArray:
    """Keep at most ``max_per_person`` products of each person, chosen by a public rule.

    A person's products are ranked by a hash of the product's id and of everything the person holds; the lowest hashes
    stay. So the choice depends on the person's own products only, no product of the catalogue is favoured, and
    nobody's choice changes when others come or go.

    Args:
        holdings: Who holds what.
        max_per_person: Products of one person that stay; positive.

    Returns:
        Indices of products, of shape ``(n_people, max_per_person)``; -1 where nothing more is held.
    """
    hashes = _hash_products(holdings.products)
    kept = np.full((len(holdings.held), max_per_person), -1, dtype=np.int32)
    for rows in row_slices(len(kept), _CHUNK_ROWS):
        # Descending: the empty places come last.
        distinct = -np.sort(-drop_repeats(holdings.held[rows]), axis=1)
        chosen = distinct[:, :max_per_person].copy()
        crowded = np.flatnonzero((distinct >= 0).sum(axis=1) > max_per_person)
        chosen[crowded] = _lowest_hashes(distinct[crowded], hashes, max_per_person=max_per_person)
        kept[rows, : chosen.shape[1]] = chosen
    return kept


def nonprivate_counts(held: IntArray, labels: IntArray, *, n_groups: int, n_products: int) -> IntArray:
    """Count the holders of every product in every group; exact, curator only.

    Args:
        held: Indices of products, each at most once in a row, of shape ``(n_people, most)``; -1 is an empty place.
        labels: Group of each person, of shape ``(n_people,)``.
        n_groups: Number of groups.
        n_products: Number of products.

    Returns:
        Counts of shape ``(n_groups, n_products)``, zeros included.

    Raises:
        ValueError: If the labels are of other people or leave 0 … ``n_groups - 1``.
    """
    if len(held) != len(labels):
        raise ValueError(f"{len(labels)} labels are not of the same people as {len(held)} rows of holdings")
    groups = np.repeat(labels, held.shape[1])
    # Column 0 collects the empty places (-1) and is cut off.
    return nonprivate_contingency(groups, held.ravel() + 1, shape=(n_groups, n_products + 1))[:, 1:].copy()


def _hash_products(products: tuple[str, ...]) -> IntArray:
    """Return a public number for each product id, uint64; the last one is for empty places."""
    digests = [hashlib.blake2b(product.encode(), digest_size=8).digest() for product in products]
    numbers = [int.from_bytes(digest, "big") for digest in digests]
    return read_only(np.asarray([*numbers, 0], dtype=np.uint64))


def _lowest_hashes(distinct: IntArray, hashes: IntArray, *, max_per_person: int) -> IntArray:
    own = hashes[distinct]
    everything = own.sum(axis=1, dtype=np.uint64, keepdims=True)
    ranks = np.where(distinct >= 0, _mix(own ^ _mix(everything)), np.iinfo(np.uint64).max)
    first = np.argsort(ranks, axis=1, kind="stable")[:, :max_per_person]
    return np.take_along_axis(distinct, first, axis=1)


def _mix(numbers: IntArray) -> IntArray:
    """Return 64-bit numbers that look unrelated to ``numbers`` and to each other."""
    mixed = numbers
    for shift, factor in _MIX:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(_LAST_SHIFT))
