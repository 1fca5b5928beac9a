"""Rand index and adjusted Rand index of two groupings of the same people."""

from dataclasses import dataclass

from core.arrays import IntArray
from core.clustering.matching import nonprivate_contingency


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
    """Compare two groupings through one contingency table, whose sides are the largest labels.

    Args:
        labels_a: Group of each person, small non-negative integers of shape ``(n_people,)``.
        labels_b: Another grouping of the same people.

    Returns:
        Both indices; 1.0 for fewer than two people.

    Raises:
        ValueError: If the labels differ in length or are negative.

    References:
        Hubert, Arabie (1985), "Comparing partitions"; Rand (1971).
    """
    # Not scikit-learn's ``pair_confusion_matrix``: it checks, sorts and renumbers labels, which takes 25 ms for 100 000
    # people where one pass takes 0.3 ms, and studies compare thousands of clusterings.
    shape = (int(labels_a.max(initial=0)) + 1, int(labels_b.max(initial=0)) + 1)
    table = nonprivate_contingency(labels_a, labels_b, shape=shape)
    # Python integers: a product of two numbers of pairs passes 2**63 from 100 000 people on.
    n_people = int(table.sum())
    together_both = _sum_squares(table) - n_people
    together_a = _sum_squares(table.sum(axis=1)) - n_people
    together_b = _sum_squares(table.sum(axis=0)) - n_people
    return _indices(n_people * (n_people - 1), together_a, together_b, together_both)


def _sum_squares(counts: IntArray) -> int:
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
