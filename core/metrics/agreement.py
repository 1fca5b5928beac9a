"""How far two groupings of the same people agree: Rand index and its adjusted form."""

from dataclasses import dataclass

import numpy as np

from core.arrays import IntArray
from core.clustering.matching import nonprivate_contingency

#: Labels above this are renumbered before they are counted in a table.
_TABLE_SIDE_MAX = 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Exact agreement of two groupings; exact, curator only.

    Attributes:
        rand: Share of pairs of people that both groupings treat alike (together or apart); in [0, 1].
        adjusted_rand: The same, corrected for chance: 1 when equal, about 0 for unrelated groupings.
    """

    rand: float
    adjusted_rand: float


def nonprivate_agreement(labels_a: IntArray, labels_b: IntArray) -> Agreement:
    """Compare two groupings through one contingency table.

    Args:
        labels_a: Group of each person, non-negative integers of shape ``(n_people,)``.
        labels_b: Another grouping of the same people.

    Returns:
        Both indices; 1.0 for fewer than two people.

    Raises:
        ValueError: If the labels differ in length or are negative.

    References:
        Hubert, Arabie (1985), "Comparing partitions"; Rand (1971).
    """
    side_a, side_b = _numbered(labels_a), _numbered(labels_b)
    shape = (int(side_a.max(initial=0)) + 1, int(side_b.max(initial=0)) + 1)
    table = nonprivate_contingency(side_a, side_b, shape=shape)
    # Python integers: a product of two numbers of pairs passes 2**63 from 100 000 people on.
    n_people = int(table.sum())
    together_both = _ordered_pairs(table) - n_people
    together_a = _ordered_pairs(table.sum(axis=1)) - n_people
    together_b = _ordered_pairs(table.sum(axis=0)) - n_people
    return _indices(n_people * (n_people - 1), together_a, together_b, together_both)


def _numbered(labels: IntArray) -> IntArray:
    if labels.size and labels.max() > _TABLE_SIDE_MAX and labels.min() >= 0:
        return np.unique(labels, return_inverse=True)[1]
    return labels


def _ordered_pairs(counts: IntArray) -> int:
    return sum(count * count for count in counts.ravel().tolist())


def _indices(pairs: int, together_a: int, together_b: int, both: int) -> Agreement:
    only_a, only_b = together_a - both, together_b - both
    if only_a == 0 and only_b == 0:
        return Agreement(rand=1.0, adjusted_rand=1.0)
    apart = pairs - both - only_a - only_b
    adjusted = 2 * (both * apart - only_a * only_b)
    # Pairs together on one side times pairs apart on the other.
    scale = together_a * (only_a + apart) + together_b * (only_b + apart)
    return Agreement(rand=(both + apart) / pairs, adjusted_rand=adjusted / scale)
